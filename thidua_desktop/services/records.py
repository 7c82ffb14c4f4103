"""A record's life: blank, checked, saved with its reasons, copied, deleted, undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity, blocking
from thidua_desktop.domain.reasons import reason_for, told_reason
from thidua_desktop.domain.rules.registry import RuleContext
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Condition, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import check_record, field_labels, normalise, show_field, with_computed
from thidua_desktop.services import access, drafts, own_unit
from thidua_desktop.services import history as histories
from thidua_desktop.services.already_there import already_there
from thidua_desktop.services.collector import collector_paused
from thidua_desktop.services.counted_links import follow_counts
from thidua_desktop.services.following import follow
from thidua_desktop.services.history import HistoryEntry
from thidua_desktop.services.known_records import twin_problems
from thidua_desktop.services.periods import closing_of, parse_in
from thidua_desktop.services.running_numbers import number_problems
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.targets import with_final_value
from thidua_desktop.services.titles import AREA_REGISTER, entries_of, title, title_with_links
from thidua_desktop.services.unseen import UnclearRowsError, seen, with_unseen
from thidua_desktop.store.own_copies import copy_id, original_id
from thidua_desktop.store.queries import ListQuery, Record, RecordKey
from thidua_desktop.text import format_date, format_moment, format_number, lower_first

__all__ = [
    "CLOSED_PERIOD", "HistoryEntry", "Record", "Refused", "Saved", "Similar", "Undone", "blank", "check", "completed",
    "copy_of", "delete", "find", "get", "history", "joined_reasons", "redo", "rule_context", "save", "similar",
    "undo", "whole",
]  # fmt: skip

CLOSED_PERIOD = "TD-DATA-201"
_NOT_COPIED = {FieldType.DATE, FieldType.TIME}
_SIMILAR_SHOWN = 5
_YEAR = "year"
_LOOKED_AT = 20
_BACKLINKS_SHOWN = 3
_RELATED_READ = 2000  # a rule looks at no more other records than this


@dataclass(frozen=True, slots=True)
class Saved:
    """The record as it now stands, with the warnings and hints that it was saved with."""

    record: Record
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written. ``problems`` holds every finding; ``needs_reason`` those that a reason would let through."""

    problems: tuple[Problem, ...]

    @property
    def needs_reason(self) -> tuple[Problem, ...]:
        """The warnings; empty while an error stands in the way."""
        if blocking(list(self.problems)):
            return ()
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did: a sentence to show, and what it touched."""

    text: str
    changes: Changes


_LEVELS = frozenset({"issuing_level", "launch_level"})
"""Catalogs of who issues something; both have the codes of commune and province."""
_COMMUNE, _PROVINCE = "commune", "province"


@dataclass(frozen=True, slots=True)
class Similar:
    """A record that may be the same: ``title`` as lists show it, ``where`` it is met ("Trong sổ", "Số 12")."""

    id: str
    title: str
    where: str = ""


def blank(session: Session, register: str) -> Values:
    """The values that a new record starts with: declared defaults, today for a register of events, the running year
    where one is asked for. What the province writes itself is issued by the province.
    """
    spec = session.register(register)
    values: dict[str, Value] = {f.name: f.default for f in spec.living_fields if f.default is not None}
    if session.is_province:
        levels = [f.name for f in spec.living_fields if f.catalog in _LEVELS and values.get(f.name) == _COMMUNE]
        values.update(dict.fromkeys(levels, _PROVINCE))
    if any(f.name == _YEAR and f.required and f.type is FieldType.INTEGER for f in spec.living_fields):
        values.setdefault(_YEAR, session.today.year)
    if _begins_today(spec):
        values.setdefault(spec.date_field, session.today)
    areas = entries_of(session, AREA_REGISTER) if spec.area_field not in {"", "id"} else {}
    if len(areas) == 1:
        values.setdefault(spec.area_field, next(iter(areas)))
    return values


def check(session: Session, register: str, values: Values, record_id: str | None = None) -> list[Problem]:
    """Every finding about ``values``: declared checks, named rules, links to records, closed periods."""
    spec = session.register(register)
    try:
        tidy = completed(session, register, values, record_id)
    except UnclearRowsError as fault:
        return [fault.problem]
    return _findings(session, spec, tidy, record_id)


def _findings(session: Session, spec: RegisterSpec, tidy: Values, record_id: str | None) -> list[Problem]:
    """What ``check`` finds in values that are completed already."""
    before = session.file.records.get(spec.name, record_id) if record_id else None
    problems = check_record(session.definitions, spec, tidy, rule_context(session, spec, record_id))
    problems += _link_problems(session, spec, tidy)
    problems += _closed_problems(session, spec, tidy, before)
    problems += own_unit.day_problems(session, spec, tidy)
    problems += twin_problems(session, spec, tidy, record_id)
    problems += number_problems(session, spec, tidy, record_id) if spec.running_fields else []
    return problems + _twice_problems(session, spec, tidy, record_id)


def completed(session: Session, register: str, values: Values, record_id: str | None = None) -> Values:
    """``values`` tidied, with the fields that nobody types, and those that the person at the desk may not see."""
    spec = session.register(register)
    tidy = with_final_value(session, register, normalise(spec, with_unseen(session, spec, values, record_id)))
    return with_computed(spec, tidy, rule_context(session, spec, record_id)) if spec.computed else tidy


def save(
    session: Session,
    register: str,
    values: Values,
    *,
    record_id: str | None = None,
    revision: int | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Saved | Refused:
    """Check and write one record in one transaction; its draft is gone when it is written.

    ``reasons`` gives one for each warning to be let through: by ``Problem.key``, code or field name ("*" for all). They
    are kept in the change log. ``revision`` is what the form was opened with; when somebody saved since, raises
    TD-STORE-222, which says who changed what. Raises TD-STORE-220 (permission), 221 (record gone), 270 (of another
    office).
    """
    session.require(Permission.RECORD)
    spec = session.register(register)
    before = _own(session, _present(session, spec, record_id)) if record_id else None
    if before is not None and revision is not None and before.revision != revision:
        raise _conflict(session, spec, before, revision)
    try:
        tidy = completed(session, register, values, record_id)
    except UnclearRowsError as fault:
        return Refused((fault.problem,))
    problems = _findings(session, spec, tidy, record_id)
    unexplained = [p for p in problems if p.severity is Severity.WARNING and not reason_for(p, reasons)]
    if blocking(problems) or unexplained:
        return Refused(tuple(problems))
    record, changes = _written(session, register, tidy, before, joined_reasons(problems, reasons))
    drafts.drop(session, register, record_id)
    session.announce(changes)
    return Saved(seen(session, spec, record), tuple(problems))


def _written(
    session: Session, register: str, values: Values, before: Record | None, reason: str
) -> tuple[Record, Changes]:
    """Write a record, and what is computed from it in others, as one action; what was touched."""
    with session.file.atomic():
        record = session.file.records.save(
            register,
            values,
            id=before.id if before else None,
            expected_revision=before.revision if before else None,
            actor=session.user.name,
            now=session.now(),
            reason=reason,
        )
        own = Changes(frozenset({register}), (record.id,))
        session.forget(own)
        more = follow(session, register, record.id, completed) if before else Changes(frozenset(), ())
        counted = follow_counts(session, session.register(register), before.values if before else None, record.values)
        more = Changes(more.registers | counted.registers, more.ids + counted.ids)
    return record, Changes(own.registers | more.registers, own.ids + more.ids)


def get(session: Session, register: str, record_id: str) -> Record:
    """One living record, opened to be looked at; raises TD-STORE-221 when it is not there, 240 when it is closed.

    It has no values that the person at the desk may not see.
    """
    return seen(session, session.register(register), whole(session, register, record_id))


def whole(session: Session, register: str, record_id: str) -> Record:
    """As ``get``, with all its values: for services that hide by themselves what the person may not see."""
    spec = session.register(register)
    found = _present(session, spec, record_id)
    access.note_look(session, spec, record_id, found.values)
    return found


def find(session: Session, register: str, record_id: str) -> Record | None:
    """One record, deleted ones too, opened to be looked at; None when the office never had it."""
    spec = session.register(register)
    found = session.file.records.get(register, record_id)
    if found is not None:
        access.note_look(session, spec, record_id, found.values)
        found = seen(session, spec, found)
    return found


def delete(session: Session, register: str, record_id: str, reason: str) -> None:
    """Delete one record (history keeps it).

    Raises TD-STORE-226 while others point at it, 227 without a reason, 270 for a record of another office.
    """
    session.require(Permission.RECORD)
    spec = session.register(register)
    _own(session, _present(session, spec, record_id))
    if not told_reason(reason):
        raise UserError("TD-STORE-227", singular=spec.singular)
    users = session.file.records.backlinks(register, record_id)
    if users:
        named = "; ".join(_named(session, key) for key in users[:_BACKLINKS_SHOWN])
        raise UserError("TD-STORE-226", singular=spec.singular, count=len(users), examples=named)
    gone = _present(session, spec, record_id).values
    with session.file.atomic():
        session.file.records.delete(
            register, record_id, actor=session.user.name, now=session.now(), reason=reason.strip()
        )
        counted = follow_counts(session, spec, gone, None)
    drafts.drop(session, register, record_id)
    session.announce(Changes(frozenset({register}) | counted.registers, (record_id, *counted.ids)))


def owner_of(session: Session, record: Record) -> str:
    """The name of the office that a record came from; "" for this office's own. Only its owner may change it."""
    if record.office == session.file.identity.code:
        return ""
    partner = session.file.partners.get(record.office)
    return partner.name if partner is not None else record.office


def _own(session: Session, record: Record) -> Record:
    """The record; TD-STORE-270 when it belongs to another office: a change here would never reach its owner."""
    refuse_foreign(session, record)
    return record


def refuse_foreign(session: Session, record: Record) -> None:
    """Raise TD-STORE-270 for a record of another office."""
    owner = owner_of(session, record)
    if owner:
        raise UserError("TD-STORE-270", owner=owner)


def history(session: Session, register: str, record_id: str) -> list[HistoryEntry]:
    """Who changed what when, newest first, with labels and values as people read them."""
    return histories.history(session, register, record_id)


def undo(session: Session, told: Callable[[int, int], None] | None = None, *, known: bool = False) -> Undone:
    """Take back the last action (a save, a deletion, a whole import); raises TD-STORE-014 when there is none, 016 when
    the records were changed since, 387 for what is taken back elsewhere, 388 once for work written before the office
    was opened, where it is not ``known`` what that is. ``told`` hears how many changes of how many are done; what it
    raises stops all."""
    session.require(Permission.RECORD)
    beside = session.acts.undo(session)
    if beside is not None:
        return _beside(session, "Đã hoàn tác", *beside)
    earlier = None if known else session.acts.untold_earlier(session)
    if earlier is not None:
        raise _earlier_work(session, earlier)
    with collector_paused():
        keys = session.file.changes.undo(session.user.name, session.now(), told)
    return _undone(session, "Đã hoàn tác", keys)


def redo(session: Session, told: Callable[[int, int], None] | None = None) -> Undone:
    """Do again what was undone last; raises TD-STORE-015 when there is nothing, 016 as above."""
    session.require(Permission.RECORD)
    beside = session.acts.redo(session)
    if beside is not None:
        return _beside(session, "Đã làm lại", *beside)
    with collector_paused():
        keys = session.file.changes.redo(session.user.name, session.now(), told)
    return _undone(session, "Đã làm lại", keys)


def copy_of(session: Session, register: str, record_id: str) -> Values:
    """Values for a new record like this one: days, hours, running numbers and what is computed are left out, the date
    is today."""
    spec = session.register(register)
    values = dict(get(session, register, record_id).values)
    for field in spec.fields:
        if field.type in _NOT_COPIED or field.retired or field.runs_in or field.name in spec.computed_fields:
            values.pop(field.name, None)
    return {**values, **({spec.date_field: session.today} if _begins_today(spec) else {})}


def _begins_today(spec: RegisterSpec) -> bool:
    """A day by which something is to be done is never today for want of another: the person says it; and one that the
    definition proposes is proposed."""
    due = spec.due is not None and spec.due.field == spec.date_field and not spec.due.within
    return bool(spec.date_field) and not due and all(one.field != spec.date_field for one in spec.proposed)


def similar(session: Session, register: str, values: Values, record_id: str | None = None) -> list[Similar]:
    """Other records that are known by the same, have the number already or are the one that may be; then those of the
    same day and residential area: perhaps written twice."""
    spec = session.register(register)
    found: dict[str, Similar] = {}
    same_day = (("Cùng ngày, cùng nơi", one) for one in _same_day_and_area(session, spec, values, record_id))
    for where, one in (*already_there(session, spec, normalise(spec, values), record_id), *same_day):
        if one.id not in found and len(found) < _SIMILAR_SHOWN:
            found[one.id] = Similar(one.id, title_with_links(session, spec, one.values), where)
    return list(found.values())


def rule_context(session: Session, spec: RegisterSpec, record_id: str | None = None) -> RuleContext:
    """What named rules may know in this office: today, other records, labels. ``record_id``: the record under check.

    The record of a commune for which the province wrote it, or the other way round, is the same matter: no other one.
    """
    same = {record_id, copy_id(record_id), original_id(record_id)} if record_id else set[str | None]()

    def lookup(register: str, record_id: str) -> Mapping[str, object] | None:
        record = session.file.records.get(register, record_id) if session.opens(register) else None
        return None if record is None or record.deleted else record.values

    def related(register: str, field: str, value: str) -> list[Mapping[str, object]]:
        if not session.opens(register):
            return []
        keys = session.file.records.ids(ListQuery(register, conditions=(Condition(field, (value,)),)))
        found = session.file.records.window(register, keys[:_RELATED_READ])
        return [{**record.values, "id": record.id} for record in found if record.id not in same]

    def shown(name: str, value: object) -> str:
        field = spec.field(name)
        if field.type is FieldType.LINK:
            return title(session, field.register, str(value))
        return show_field(session.definitions, field, {name: cast(Value, value)})

    labels, sets = field_labels(spec), session.definitions.assessments
    return RuleContext(session.today, lookup, labels, related, shown, sets, session.is_province)


def joined_reasons(problems: Sequence[Problem], reasons: Mapping[str, str] | None) -> str:
    """The reasons of all warnings as one text for the change log."""
    texts = [reason_for(problem, reasons) for problem in problems if problem.severity is Severity.WARNING]
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _present(session: Session, spec: RegisterSpec, record_id: str) -> Record:
    record = session.file.records.get(spec.name, record_id)
    if record is None or record.deleted:
        raise UserError("TD-STORE-221", singular=spec.singular)
    return record


def _conflict(session: Session, spec: RegisterSpec, current: Record, revision: int) -> UserError:
    newer = [entry for entry in history(session, spec.name, current.id) if entry.revision > revision]
    changed = dict.fromkeys(label for entry in newer for label, _, _ in entry.fields)
    last = newer[0] if newer else None
    return UserError(
        "TD-STORE-222",
        singular=spec.singular,
        who=last.who if last else current.changed_by,
        at=format_moment(current.changed_at),
        what=", ".join(changed) or "nội dung",
    )


def _link_problems(session: Session, spec: RegisterSpec, values: Values) -> list[Problem]:
    problems = []
    for field in spec.living_fields:
        value = values.get(field.name)
        if field.type is FieldType.LINK and isinstance(value, str) and value and session.opens(field.register):
            target = session.file.records.get(field.register, value)
            if target is None or target.deleted:
                problems.append(finding("TD-DATA-203", field.name, label=field.label))
    return problems


def _same_day_and_area(session: Session, spec: RegisterSpec, values: Values, record_id: str | None) -> list[Record]:
    """Other records of the same day and area, at most ``_LOOKED_AT``."""
    day = values.get(spec.date_field) if spec.date_field else None
    area = values.get(spec.area_field) if spec.area_field not in {"", "id"} else None
    if not isinstance(day, date) or not isinstance(area, str):
        return []
    same_area = (Condition(spec.area_field, (area,)),)
    keys = session.file.records.ids(ListQuery(spec.name, day, day, same_area))
    found = session.file.records.window(spec.name, keys[:_LOOKED_AT])
    return [record for record in found if record.id != record_id]


def _closed_problems(session: Session, spec: RegisterSpec, values: Values, before: Record | None) -> list[Problem]:
    if not spec.date_field:
        return []
    for day in (values.get(spec.date_field), before.values.get(spec.date_field) if before else None):
        lock = closing_of(session, day) if isinstance(day, date) else None
        if lock is not None and isinstance(day, date):
            told = {"day": format_date(day), "period": period_name(session, lock.code)}
            return [finding(CLOSED_PERIOD, spec.date_field, Severity.WARNING, **told)]
    return []


def period_name(session: Session, code: str) -> str:
    """ "tháng 11/2026" for 2026-11."""
    return lower_first(parse_in(session.definitions, code).name)


def _twice_problems(session: Session, spec: RegisterSpec, values: Values, record_id: str | None) -> list[Problem]:
    """A hint where another record has this one's day, area and first title field: perhaps written twice."""
    names = [name for name in spec.title_fields if name != spec.date_field]
    if not names or values.get(names[0]) is None:
        return []
    for other in _same_day_and_area(session, spec, values, record_id):
        if other.values.get(names[0]) == values[names[0]]:
            title = title_with_links(session, spec, other.values)
            return [finding("TD-DATA-202", spec.date_field, Severity.HINT, singular=spec.singular, title=title)]
    return []


def _beside(session: Session, done: str, what: str, changes: Changes) -> Undone:
    session.announce(changes)
    return Undone(f"{done}: {what}.", changes)


def _undone(session: Session, done: str, keys: Sequence[RecordKey]) -> Undone:
    changes = Changes(frozenset(key.register for key in keys), tuple(key.id for key in keys))
    session.announce(changes)
    return Undone(f"{done}: {_what(session, keys)}.", changes)


def _earlier_work(session: Session, action: int) -> UserError:
    changes = session.file.changes.of_action(action)
    keys = list(dict.fromkeys(RecordKey(change.register, change.record_id) for change in changes))
    return UserError("TD-STORE-388", what=_what(session, keys), at=format_moment(changes[0].at))


def _what(session: Session, keys: Sequence[RecordKey]) -> str:
    return _named(session, keys[0]) if len(keys) == 1 else _counted(session, keys)


def _counted(session: Session, keys: Sequence[RecordKey]) -> str:
    """How many records, and of what: of several registers the one that most of them are of."""
    most, count = Counter(key.register for key in keys).most_common(1)[0]
    singular = session.definitions.registers[most].singular
    if count == len(keys):
        return f"{format_number(count)} {singular}"
    return f"{format_number(len(keys))} bản ghi, phần lớn là {singular}"


def _named(session: Session, key: RecordKey) -> str:
    spec = session.definitions.registers[key.register]
    if not session.opens(key.register):
        return f"một bản ghi của {spec.title}"
    record = session.file.records.get(key.register, key.id)
    title = title_with_links(session, spec, record.values) if record else key.id
    return f"{spec.singular} {title}"
