"""Rename, merge or split residential areas and self-managed groups: looked at first, then done in one action.

Old units are never deleted: they end on the day before, and what happened until then stays with them, so figures of
the past do not change. What stands (groups, households, people, organizations …) and what happened since goes to the
successor. Where a unit is split, people say what goes where; what nobody has said waits (Decree 185/2026/NĐ-CP).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity, blocking
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Condition, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import sentence_of
from thidua_desktop.services import records
from thidua_desktop.services.automatic_backups import Step, copy_before
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import entries_of, title, title_with_links
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import format_date, match_key, parse_number

REGISTER = "unit_succession"
AREA, GROUP = "residential_area", "self_managed_group"
ROWS = {AREA: "areas", GROUP: "groups"}
RENAME, MERGE, SPLIT = "rename", "merge", "split"


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit as it will be. Empty parts are taken from the old one, numbers of a merger are added up."""

    name: str = ""
    kind: str = ""
    number: str = ""  # of a group
    households: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """What is asked for. ``successor``: a merger into a unit that is recorded already (it begins on the day).

    ``assigned``: record id → place in ``targets``, for a split.
    """

    kind: str
    level: str
    effective_on: date
    sources: tuple[str, ...]
    targets: tuple[NewUnit, ...] = ()
    successor: str = ""
    decision: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    legal_basis: str = "Nghị định 185/2026/NĐ-CP"
    note: str = ""
    assigned: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moving:
    """The records of one register that go to the successor by one of their links."""

    register: str
    title: str
    link: str
    records: tuple[Record, ...]
    is_event: bool


@dataclass(frozen=True, slots=True)
class SuccessionPlan:
    """What would change. ``waiting``: records of a split unit that nobody has assigned yet."""

    summary: str
    steps: tuple[str, ...]
    moving: tuple[Moving, ...]
    waiting: int
    problems: tuple[Problem, ...]

    @property
    def moved(self) -> int:
        """How many records change their unit now."""
        return sum(len(one.records) for one in self.moving) - self.waiting


def plan(session: Session, asked: Succession) -> SuccessionPlan:
    """What applying would do, with every finding; nothing is written."""
    spec = session.register(asked.level)
    found = [records.find(session, asked.level, one) for one in asked.sources]
    sources = [one for one in found if one is not None and not one.deleted]
    problems = list(_problems(session, spec, asked, sources))
    moving = tuple(_moving(session, asked, sources)) if asked.kind != RENAME else ()
    keys = {record.id for one in moving for record in one.records}
    waiting = sum(len(one.records) for one in moving)
    waiting = waiting - _assigned(asked, moving) if asked.kind == SPLIT else 0
    if waiting:
        problems.append(finding("TD-DATA-077", "", Severity.HINT, count=waiting, total=len(keys)))
    problems += _repeated_numbers(session, asked, sources)
    steps = tuple(_steps(session, spec, asked, sources, moving)) if sources else ()
    return SuccessionPlan(_summary(session, spec, asked, sources), steps, moving, waiting, tuple(problems))


def apply(session: Session, asked: Succession) -> Record:
    """Do it in one transaction, which one undo takes back whole; the record of the succession.

    Raises TD-STORE-255 with the first finding that stands in the way, TD-STORE-220 without permission.
    """
    session.require(Permission.RECORD)
    planned = plan(session, asked)
    stopping = blocking(list(planned.problems))
    if stopping:
        raise UserError("TD-STORE-255", reason=stopping[0].text)
    copy_before(session, Step.SUCCESSION)
    with session.file.atomic():
        written = _Writer(session, asked).write(planned)
    session.announce(Changes(frozenset(session.definitions.registers)))
    return written


def waiting(session: Session, level: str, source: str) -> tuple[Moving, ...]:
    """What still stands in a unit that has ended: to be assigned by a person."""
    unit = records.get(session, level, source)
    ended = unit.values.get(session.register(level).valid_to)
    day = ended + timedelta(days=1) if isinstance(ended, date) else session.today
    asked = Succession(kind=SPLIT, level=level, effective_on=day, sources=(source,))
    return tuple(_moving(session, asked, [unit]))


def split_in_work(session: Session, record_id: str) -> tuple[str, str] | None:
    """(level, old unit) of a split of which records still wait to be assigned; None for everything else."""
    values = records.get(session, REGISTER, record_id).values
    rows = cast("tuple[Mapping[str, Any], ...]", values.get(ROWS.get(str(values["level"]), ""), ()))
    if values["kind"] != SPLIT or not rows:
        return None
    level, source = str(values["level"]), str(rows[0]["old"])
    unit = records.find(session, level, source)
    gone = unit is None or unit.deleted
    return None if gone or not waiting(session, level, source) else (level, source)


def assign(session: Session, moving: Moving, ids: Sequence[str], unit: str) -> int:
    """Give waiting records to a unit, in one action; how many."""
    session.require(Permission.RECORD)
    chosen = [record for record in moving.records if record.id in set(ids)]
    with session.file.atomic():
        _move(session, moving.register, moving.link, [(record, unit) for record in chosen], "Phân về đơn vị mới")
    session.announce(Changes(frozenset({moving.register}), tuple(record.id for record in chosen)))
    return len(chosen)


def successors(session: Session, level: str, source: str) -> tuple[str, ...]:
    """Ids of the units that came of one, by the recorded successions."""
    rows = ROWS[level]
    found: dict[str, None] = {}
    for record in session.file.records.every(ListQuery(REGISTER, conditions=(Condition("level", (level,)),))):
        for row in cast("tuple[Mapping[str, Any], ...]", record.values.get(rows, ())):
            if row.get("old") == source and row.get("new") != source:
                found[str(row["new"])] = None
    return tuple(found)


def typed_unit(text: str) -> NewUnit:
    """A new unit as people type it: "Tân Lập 1; 120" (the number of households may be left out)."""
    name, _, households = text.partition(";")
    number = parse_number(households.strip()) if households.strip() else None
    return NewUnit(name.strip(), households=number if isinstance(number, int) else None)


# What stands in the way


def _problems(session: Session, spec: RegisterSpec, asked: Succession, sources: list[Record]) -> Iterator[Problem]:
    wanted = {RENAME: (1, 1, 1, 1), MERGE: (2, 99, 1, 1), SPLIT: (1, 1, 2, 20)}[asked.kind]
    targets = 1 if asked.successor else len(asked.targets)
    if not wanted[0] <= len(sources) <= wanted[1] or not wanted[2] <= targets <= wanted[3]:
        yield finding("TD-DATA-072", "sources", rule=_RULES[asked.kind], unit=spec.singular)
        return
    if asked.effective_on > session.today:
        yield finding("TD-DATA-070", "effective_on", day=format_date(asked.effective_on))
    if not asked.decision.strip():
        yield finding("TD-DATA-075", "decision")
    last = asked.effective_on - timedelta(days=1)
    for source in sources:
        if source.office != session.file.identity.code:
            yield finding("TD-DATA-079", "sources", unit=title_with_links(session, spec, source.values))
        begins, ends = source.values.get(spec.valid_from), source.values.get(spec.valid_to)
        over = isinstance(ends, date) and ends < last
        if over or (isinstance(begins, date) and begins > last):
            name = title_with_links(session, spec, source.values)
            yield finding("TD-DATA-071", "sources", unit=name, day=format_date(last))
    yield from _name_problems(session, spec, asked)
    if asked.successor:
        yield from _successor_problems(session, spec, asked)
    elif asked.level == GROUP and len({source.values.get("residential_area") for source in sources}) > 1:
        yield finding("TD-DATA-078", "sources")


def _name_problems(session: Session, spec: RegisterSpec, asked: Succession) -> Iterator[Problem]:
    """Each new unit has a name that no other standing unit has."""
    if asked.successor:
        return
    names = [match_key(unit.name) for unit in asked.targets]
    others = {
        match_key(str(record.values.get("name")))
        for record in session.file.records.every(ListQuery(spec.name, valid_on=asked.effective_on))
        if record.id not in asked.sources and spec.name == AREA
    }
    for unit, name in zip(asked.targets, names, strict=True):
        if not name or name in others or names.count(name) > 1:
            yield finding("TD-DATA-073", "targets", name=unit.name or "(trống)", unit=spec.singular)


def _successor_problems(session: Session, spec: RegisterSpec, asked: Succession) -> Iterator[Problem]:
    record = records.find(session, spec.name, asked.successor)
    begins = record.values.get(spec.valid_from) if record is not None and not record.deleted else None
    if asked.successor in asked.sources or begins != asked.effective_on:
        yield finding("TD-DATA-074", "successor", day=format_date(asked.effective_on))


def _repeated_numbers(session: Session, asked: Succession, sources: list[Record]) -> Iterator[Problem]:
    """Groups of merged areas that have the same number: to be renumbered by people."""
    if asked.level != AREA or asked.kind != MERGE:
        return
    areas = tuple(source.id for source in sources)
    query = ListQuery(GROUP, conditions=(Condition("residential_area", areas),), valid_on=asked.effective_on)
    counted = Counter(str(group.values.get("number")) for group in session.file.records.every(query))
    repeated = sorted(number for number, count in counted.items() if count > 1)
    if repeated:
        yield finding("TD-DATA-076", "", Severity.HINT, numbers=", ".join(repeated[:12]))


# What moves


def _moving(session: Session, asked: Succession, sources: Sequence[Record]) -> Iterator[Moving]:
    ids = tuple(source.id for source in sources)
    for spec in session.definitions.registers.values():
        if spec.name in (asked.level, REGISTER):
            continue
        for link in spec.living_fields:
            if link.type is not FieldType.LINK or link.register != asked.level:
                continue
            query = ListQuery(spec.name, conditions=(Condition(link.name, ids),))
            own = session.file.identity.code
            found = tuple(
                one
                for one in session.file.records.every(query)
                if one.office == own and _follows(spec, one, asked.effective_on)
            )
            if found:
                yield Moving(spec.name, spec.title, link.name, found, bool(spec.date_field))


def _follows(spec: RegisterSpec, record: Record, day: date) -> bool:
    """Whether a record goes to the successor: it stands on the day, or happened on it or later."""
    if spec.date_field:
        happened = record.values.get(spec.date_field)
        return isinstance(happened, date) and happened >= day
    ended = record.values.get(spec.valid_to) if spec.valid_to else None
    return not (isinstance(ended, date) and ended < day)


def _assigned(asked: Succession, moving: Sequence[Moving]) -> int:
    return sum(record.id in asked.assigned for one in moving for record in one.records)


def _move(session: Session, register: str, link: str, pairs: Sequence[tuple[Record, str]], reason: str) -> None:
    rows: list[tuple[str | None, Values]] = [(record.id, {**record.values, link: unit}) for record, unit in pairs]
    session.file.records.save_many(register, rows, actor=session.user.name, now=session.now(), reason=reason)


# Words

_KINDS = {RENAME: "Đổi tên", MERGE: "Sáp nhập", SPLIT: "Chia tách"}
_RULES = {
    RENAME: "Đổi tên: một thành một",
    MERGE: "Sáp nhập: từ hai trở lên thành một",
    SPLIT: "Chia tách: một thành từ hai trở lên",
}


def _steps(
    session: Session, spec: RegisterSpec, asked: Succession, sources: list[Record], moving: Sequence[Moving]
) -> Iterator[str]:
    names = [title_with_links(session, spec, source.values) for source in sources]
    new = _new_names(session, spec, asked, sources)
    if asked.kind == RENAME:
        yield f"{names[0]} mang tên {', '.join(new)} từ ngày {format_date(asked.effective_on)}, vẫn là một đơn vị."
        yield "Sổ và số liệu đã ghi giữ nguyên; tên cũ ghi vào ghi chú."
        return
    last = format_date(asked.effective_on - timedelta(days=1))
    yield f"{', '.join(names)} kết thúc ngày {last}; việc đã ghi đến hôm đó ở lại, số liệu cũ không đổi."
    verb = "Có sẵn" if asked.successor else "Lập"
    yield f"{verb} {', '.join(new)} từ ngày {format_date(asked.effective_on)}."
    where = "chờ phân" if asked.kind == SPLIT else "chuyển sang đơn vị mới"
    for one in moving:
        since = " ghi từ ngày hiệu lực" if one.is_event else " còn hiệu lực"
        yield f"{one.title}: {len(one.records)} bản ghi{since} {where}."


def _summary(session: Session, spec: RegisterSpec, asked: Succession, sources: list[Record]) -> str:
    names = [title_with_links(session, spec, source.values) for source in sources]
    return f"{', '.join(names)} thành {', '.join(_new_names(session, spec, asked, sources))}"[:300]


def _new_names(session: Session, spec: RegisterSpec, asked: Succession, sources: list[Record]) -> list[str]:
    if asked.successor:
        return [title(session, spec.name, asked.successor)]
    first: Values = sources[0].values if sources else {}
    return [title_with_links(session, spec, {**first, **_own_values(spec, unit)}) for unit in asked.targets]


def _own_values(spec: RegisterSpec, unit: NewUnit) -> dict[str, Value]:
    given: dict[str, Value] = {
        "name": unit.name, "kind": unit.kind, "number": unit.number, "households": unit.households,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value not in ("", None)}


class _Writer:
    """Writes one succession inside the running transaction."""

    def __init__(self, session: Session, asked: Succession) -> None:
        self.session, self.asked = session, asked
        self.spec = session.register(asked.level)
        self.reason = f"{_KINDS[asked.kind]} theo {asked.decision}"
        self.sources = [records.get(session, asked.level, one) for one in asked.sources]
        self.old_names = [title_with_links(session, self.spec, source.values) for source in self.sources]

    def write(self, planned: SuccessionPlan) -> Record:
        """Old units, new units, what moves, and the record that says so."""
        asked = self.asked
        if asked.kind == RENAME:
            units = [self._rename()]
        else:
            units = [asked.successor] if asked.successor else [self._found(unit) for unit in asked.targets]
            self._end_sources(units)
            if asked.successor and asked.level == AREA:
                self._name_predecessors(asked.successor)
            self._move_all(planned, units)
        return self._record(planned, units)

    def _save(self, register: str, values: Values, record_id: str | None = None) -> str:
        found = blocking(records.check(self.session, register, values, record_id))
        if found:
            raise UserError("TD-STORE-255", reason=sentence_of(self.session.register(register), found[0]))
        written = self.session.file.records.save(
            register, values, id=record_id, actor=self.session.user.name, now=self.session.now(), reason=self.reason
        )
        self.session.entries.pop(register, None)  # titles are read again while the transaction runs
        self.session.whole_registers.discard(register)
        return written.id

    def _rename(self) -> str:
        source, unit = self.sources[0], self.asked.targets[0]
        last = format_date(self.asked.effective_on - timedelta(days=1))
        told = f"Đến hết ngày {last} tên là {self.old_names[0]} ({self.asked.decision})."
        note = "\n".join(part for part in (str(source.values.get("note") or ""), told) if part)
        values = {**source.values, **_own_values(self.spec, unit), "note": note[-2000:]}
        return self._save(self.spec.name, values, source.id)

    def _found(self, unit: NewUnit) -> str:
        """A new unit; of a merger it has the sums of the old ones."""
        first = self.sources[0].values
        values: dict[str, Value] = {"kind": first.get("kind"), self.spec.valid_from: self.asked.effective_on}
        if self.asked.kind == MERGE:
            values.update(self._sums())
        if self.asked.level == AREA:
            values["predecessors"] = tuple({"area": source.id} for source in self.sources)
            types = [source.values.get("area_types") or () for source in self.sources]
            values["area_types"] = tuple(dict.fromkeys(code for some in types for code in cast("tuple[str]", some)))
        else:
            values["residential_area"] = first.get("residential_area")
            values["decision"] = self.asked.decision
            values["number"] = first.get("number")
        return self._save(self.spec.name, {**values, **_own_values(self.spec, unit)})

    def _sums(self) -> dict[str, Value]:
        sums: dict[str, Value] = {}
        for one in self.spec.living_fields:
            values = [source.values.get(one.name) for source in self.sources]
            if one.total and one.type is FieldType.INTEGER and None not in values:
                sums[one.name] = sum(cast("list[int]", values))
        return sums

    def _end_sources(self, units: Sequence[str]) -> None:
        last = self.asked.effective_on - timedelta(days=1)
        for source in self.sources:
            values = {**source.values, self.spec.valid_to: last}
            if self.asked.level == GROUP:
                values["successor"] = units[0]
            self._save(self.spec.name, values, source.id)

    def _name_predecessors(self, successor: str) -> None:
        record = records.get(self.session, AREA, successor)
        known = cast("tuple[Mapping[str, Any], ...]", record.values.get("predecessors") or ())
        ids = dict.fromkeys([*(str(row.get("area")) for row in known), *(source.id for source in self.sources)])
        self._save(AREA, {**record.values, "predecessors": tuple({"area": one} for one in ids)}, successor)

    def _move_all(self, planned: SuccessionPlan, units: Sequence[str]) -> None:
        """A merger takes everything; of a split only what people assigned."""
        for one in planned.moving:
            if self.asked.kind == MERGE:
                pairs = [(record, units[0]) for record in one.records]
            else:
                given = self.asked.assigned
                pairs = [(record, units[given[record.id]]) for record in one.records if record.id in given]
            if not pairs:
                continue
            # Read again: an area and a group of one household may both have moved.
            fresh = [(records.get(self.session, one.register, record.id), unit) for record, unit in pairs]
            _move(self.session, one.register, one.link, fresh, self.reason)

    def _record(self, planned: SuccessionPlan, units: Sequence[str]) -> Record:
        asked, names = self.asked, entries_of(self.session, self.spec.name)
        rows = tuple(
            {"old": source.id, "old_name": old[:120], "new": unit, "new_name": names[unit].label[:120]}
            for source, old in zip(self.sources, self.old_names, strict=True)
            for unit in units
        )
        values: dict[str, Value] = {
            "kind": asked.kind, "level": asked.level, "summary": planned.summary,
            "effective_on": asked.effective_on, "moved": planned.moved if asked.kind != RENAME else None,
            "decision": asked.decision, "decided_on": asked.decided_on, "decided_by": asked.decided_by,
            "legal_basis": asked.legal_basis, "note": asked.note, ROWS[asked.level]: cast("Value", rows),
        }  # fmt: skip
        written = self._save(REGISTER, values)
        return records.get(self.session, REGISTER, written)
