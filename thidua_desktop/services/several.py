"""The same change to several records at once, looked at before it is made, and taken back by one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import sentence_of
from thidua_desktop.services import records
from thidua_desktop.services.following import follow
from thidua_desktop.services.lists import cell_text
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.queries import Record

MOST = 5_000
"""So many records at once; a list of more is narrowed first."""
_TOGETHER = 500  # are deleted at once
_NOT_TOGETHER = {FieldType.ROWS}
Progress = Callable[[int, int], bool | None]


@dataclass(frozen=True, slots=True)
class OneChange:
    """One record: what stood, what would stand, and the warnings that a reason lets through."""

    record_id: str
    title: str
    before: str
    values: Values
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that stays as it is, and why."""

    record_id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class SeveralPlan:
    """What a change would do; nothing is written yet. ``after`` is the new value as people read it."""

    register: str
    field: FieldSpec
    after: str
    changes: tuple[OneChange, ...]
    unchanged: int
    left_out: tuple[LeftOut, ...]

    @property
    def needs_reason(self) -> bool:
        """Whether a record would be kept with a warning."""
        return any(one.warnings for one in self.changes)


@dataclass(frozen=True, slots=True)
class SeveralDone:
    """How many were written, those that were left out, and what was touched."""

    count: int
    left_out: tuple[LeftOut, ...]
    changes: Changes


def barred_for(session: Session, register: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Whose records these are where not one is this office's own, by name: such are only looked at here. Else ()."""
    own, owners = session.file.identity.code, {}
    for start in range(0, len(ids), _TOGETHER):
        for record in session.file.records.window(register, list(ids[start : start + _TOGETHER]), ()):
            if record.office == own:
                return ()
            owners[record.office] = record
    return tuple(sorted(records.owner_of(session, one) for one in owners.values()))


def changeable_fields(session: Session, register: str) -> list[FieldSpec]:
    """Fields that one value can be given to in many records: seen, typed, no child rows, no title of its own."""
    spec = session.register(register)
    own = {name for name in spec.title_fields[:1] if spec.field(name).type in {FieldType.TEXT, FieldType.NAME}}
    return [
        field
        for field in spec.living_fields
        if field.type not in _NOT_TOGETHER
        and field.name not in spec.computed_fields
        and field.name not in own
        and session.sees(field)
    ]


def plan_change(
    session: Session, register: str, ids: Sequence[str], field: str, value: Value, on_progress: Progress | None = None
) -> SeveralPlan:
    """What it would do to give ``field`` the same ``value`` in all these records; None empties it.

    Raises TD-STORE-350 for more than ``MOST`` records, 351 for a field that cannot be changed so.
    """
    spec = session.register(register)
    _require_few(ids)
    changed = next((one for one in changeable_fields(session, register) if one.name == field), None)
    if changed is None:
        raise UserError("TD-STORE-351", field=field, register=spec.title)
    changes: list[OneChange] = []
    left_out: list[LeftOut] = []
    unchanged = 0
    for done, record in enumerate(session.file.records.window(register, list(ids))):
        if on_progress is not None and done % 50 == 0:
            on_progress(done, len(ids))
        if record.deleted:
            continue
        if record.values.get(field) == value:
            unchanged += 1
            continue
        found = _one(session, spec, record, {**record.values, field: value}, changed)
        if isinstance(found, OneChange):
            changes.append(found)
        else:
            left_out.append(found)
    return SeveralPlan(
        register, changed, cell_text(session, changed, value), tuple(changes), unchanged, tuple(left_out)
    )


def _one(
    session: Session, spec: RegisterSpec, record: Record, values: Values, changed: FieldSpec
) -> OneChange | LeftOut:
    """The change of one record, or why there is none."""
    title = title_with_links(session, spec, record.values)
    owner = records.owner_of(session, record)
    if owner:
        return LeftOut(record.id, title, f"của {owner}, chỉ đơn vị ấy sửa được")
    tidy = {name: one for name, one in values.items() if one is not None}
    problems = records.check(session, spec.name, tidy, record.id)
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if errors:
        return LeftOut(record.id, title, sentence_of(spec, errors[0]))
    before = cell_text(session, changed, record.values.get(changed.name))
    warnings = tuple(sentence_of(spec, one) for one in problems if one.severity is Severity.WARNING)
    return OneChange(record.id, title, before, records.completed(session, spec.name, tidy, record.id), warnings)


def apply_change(
    session: Session, plan: SeveralPlan, reason: str = "", on_progress: Progress | None = None
) -> SeveralDone:
    """Make the change in one transaction, which one undo takes back. TD-STORE-352 while warnings have no reason.

    A record that was changed since it was looked at is left out.
    """
    session.require(Permission.RECORD)
    if plan.needs_reason and not told_reason(reason):
        raise UserError("TD-STORE-352", count=sum(1 for one in plan.changes if one.warnings))
    left_out = list(plan.left_out)
    touched: set[str] = {plan.register}
    ids: list[str] = []
    with session.file.atomic():
        for done, one in enumerate(plan.changes):
            if on_progress is not None and done % 50 == 0:
                on_progress(done, len(plan.changes))
            stands = session.file.records.get(plan.register, one.record_id)
            if stands is None or stands.deleted or _was(session, plan, stands) != one.before:
                left_out.append(LeftOut(one.record_id, one.title, "vừa được sửa ở nơi khác, xem lại"))
                continue
            kept = {name: value for name, value in one.values.items() if value is not None}
            session.file.records.save(
                plan.register, kept, id=one.record_id, actor=session.user.name, now=session.now(),
                reason=reason.strip(),
            )  # fmt: skip
            session.forget(Changes(frozenset({plan.register}), (one.record_id,)))
            more = follow(session, plan.register, one.record_id, records.completed)
            touched |= more.registers
            ids += [one.record_id, *more.ids]
    count = len(plan.changes) - (len(left_out) - len(plan.left_out))
    return SeveralDone(count, tuple(left_out), _announced(session, touched, ids))


def _was(session: Session, plan: SeveralPlan, record: Record) -> str:
    return cell_text(session, plan.field, record.values.get(plan.field.name))


def delete_several(
    session: Session, register: str, ids: Sequence[str], reason: str, on_progress: Progress | None = None
) -> SeveralDone:
    """Delete records in one transaction, which one undo takes back; those that others point at are left out.

    Raises TD-STORE-227 without a reason, 350 for more than ``MOST``.
    """
    session.require(Permission.RECORD)
    spec = session.register(register)
    _require_few(ids)
    if not told_reason(reason):
        raise UserError("TD-STORE-227", singular=spec.singular)
    gone: list[str] = []
    waiting: list[str] = []
    left_out: list[LeftOut] = []

    def write() -> None:
        session.file.records.delete_many(
            register, waiting, actor=session.user.name, now=session.now(), reason=reason.strip()
        )
        gone.extend(waiting)
        waiting.clear()

    with session.file.atomic():
        for done, record in enumerate(session.file.records.window(register, list(dict.fromkeys(ids)))):
            if on_progress is not None and done % 50 == 0:
                on_progress(done, len(ids))
            why = _why_it_stays(session, register, record)
            if why and waiting:  # perhaps what points at it is about to go
                write()
                why = _why_it_stays(session, register, record)
            if why:
                left_out.append(LeftOut(record.id, title_with_links(session, spec, record.values), why))
            elif not record.deleted:
                waiting.append(record.id)
                if len(waiting) == _TOGETHER:
                    write()
        write()
    return SeveralDone(len(gone), tuple(left_out), _announced(session, {register}, gone))


def _why_it_stays(session: Session, register: str, record: Record) -> str:
    owner = records.owner_of(session, record)
    if owner:
        return f"của {owner}, chỉ đơn vị ấy xóa được"
    users = session.file.records.backlinks(register, record.id)
    return f"đang được {len(users)} bản ghi khác nhắc tới" if users else ""


def _require_few(ids: Sequence[str]) -> None:
    if len(ids) > MOST:
        raise UserError("TD-STORE-350", count=len(ids), most=MOST)


def _announced(session: Session, registers: set[str], ids: Sequence[str]) -> Changes:
    changes = Changes(frozenset(registers) if ids else frozenset(), tuple(dict.fromkeys(ids)))
    if ids:
        session.announce(changes)
    return changes


def warnings_of(plan: SeveralPlan) -> tuple[str, ...]:
    """Different warnings of a plan, as they are told."""
    return tuple(dict.fromkeys(text for one in plan.changes for text in one.warnings))
