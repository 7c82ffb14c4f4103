"""A new commune takes over what stands of an old one: looked at in the old office's file, then copied in one action.

What stands on the day of the change comes as new records of this office: groups, areas, households, people, forces,
plans. Events stay where they happened; those dated on the day or later come too, because they count nowhere there, and
those whose end is still open (proposals, tasks, cases), because it is written here: what happened before the day goes
on counting with the old office alone. Ids are reckoned from the old ones, so that taking over twice changes nothing and
two machines of this office agree.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.paths import is_there
from thidua_desktop.services import due, offices, own_unit
from thidua_desktop.services.assessments.registers import ASSESSMENTS
from thidua_desktop.services.automatic_backups import Step, copy_before
from thidua_desktop.services.session import Changes, Clock, Permission, Session
from thidua_desktop.services.titles import AREA_REGISTER, title_with_links
from thidua_desktop.store.attached_files import REGISTER as ATTACHMENT
from thidua_desktop.store.commune_changes import CommuneChange, arrived_id
from thidua_desktop.store.file_lock import FileLock
from thidua_desktop.store.key_slots import second_slots_path, slots_path
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import upper_first

SPLIT = "split"
REST = "register:"
"""Before a register's name: what is said of its records without an area."""
_LEFT_BEHIND = frozenset({ATTACHMENT, "unit_succession", "issued_document"})
_SAID = "take_over.said."
_PREFIX = ".ban-giao-"
_ITSELF = "commune"  # subject of an assessment
_LEFT_AFTER = 24 * 3600  # seconds: a copy of this age belongs to no work that still goes on
Said = Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class OldPart:
    """A residential area (or the records of one register without an area) of a unit that is split.

    ``key`` names it in ``Said``; ``said``: comes here, goes elsewhere, or nobody has said (None).
    """

    key: str
    title: str
    records: int
    said: bool | None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One register: what stands, comes now, is here already, waits, goes elsewhere. ``closed``: may not be seen."""

    register: str
    title: str
    standing: int = 0
    coming: int = 0
    here: int = 0
    waiting: int = 0
    elsewhere: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class TakeOverPlan:
    """What taking over would do. ``waiting_titles``: the first records that wait, by name; ``files``: attachments."""

    office: str
    name: str
    change: CommuneChange
    parts: tuple[OldPart, ...]
    lines: tuple[RegisterLine, ...]
    files: int
    waiting_titles: tuple[str, ...]

    @property
    def coming(self) -> int:
        """How many records come now."""
        return sum(line.coming for line in self.lines)

    @property
    def waiting(self) -> int:
        """How many records wait until somebody says where they go."""
        return sum(line.waiting for line in self.lines)


@contextmanager
def old_office(session: Session, path: Path, password: str = "", sheet: str = "") -> Iterator[Session]:
    """The old office's file or a copy of it, opened over a copy of its own, so that not a byte of it changes.

    Raises TD-STORE-001 and its kin as opening does (005 while it is open elsewhere), TD-STORE-360 when it is not of a
    unit that this one takes over from, TD-ENV-… without room, TD-STORE-220.
    """
    for permission in (Permission.MANAGE, Permission.RECORD):
        session.require(permission)
    if is_there(path) and path.samefile(session.file.path):
        raise UserError("TD-STORE-360", name=session.file.identity.name, own=session.file.identity.name)
    _sweep(session.file.path.parent)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=session.file.path.parent) as folder:
        copy = Path(folder) / path.name
        _copy(path, copy)
        old = _opened(copy, path, password, sheet, Clock(session.now()))
        try:
            if old.file.identity.code not in own_unit.predecessors(session):
                raise UserError("TD-STORE-360", name=old.file.identity.name, own=session.file.identity.name)
            yield old
        finally:
            old.close()


def _opened(copy: Path, path: Path, password: str, sheet: str, clock: Clock) -> Session:
    """The copy, opened; what is wrong is told of the file that a person chose."""
    try:
        if sheet:
            return offices.open_with_recovery(copy, sheet, clock)
        return offices.open_office(copy, password, clock=clock)
    except UserError as fault:
        folders = (str(copy.parent), str(path.parent))
        fault.values = {
            name: value.replace(*folders) if isinstance(value, str) else value for name, value in fault.values.items()
        }
        raise


def _copy(path: Path, copy: Path) -> None:
    from thidua_desktop.services.files import environment_problem

    if not is_there(path, Path.is_file):
        raise UserError("TD-STORE-020", path=str(path))
    try:
        lock = FileLock(path)
    except OSError:
        lock = None  # on a stick that cannot be written nobody else works in the file
    try:
        shutil.copyfile(path, copy)
        for beside in (slots_path, second_slots_path):
            with suppress(FileNotFoundError):
                shutil.copyfile(beside(path), beside(copy))
        with suppress(FileNotFoundError):
            shutil.copyfile(path.with_name(f"{path.name}-wal"), copy.with_name(f"{copy.name}-wal"))
    except OSError as fault:
        raise environment_problem(fault) from fault
    finally:
        if lock is not None:
            lock.release()


def _sweep(folder: Path) -> None:
    """Copies that a killed program left are encrypted as the old office was, and go."""
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_AFTER:
                shutil.rmtree(left, ignore_errors=True)


def plan(session: Session, old: Session, said: Said | None = None) -> TakeOverPlan:
    """What would come, register by register; nothing is written. ``said`` None: what was said before."""
    return _TakingOver(session, old, said).plan()


def apply(session: Session, old: Session, said: Said | None = None) -> TakeOverPlan:
    """Copy what comes, in one transaction that one undo takes back; what it did, as planned.

    What was said of parts is kept for the next time. Raises TD-STORE-364 when nothing comes, TD-STORE-220.
    """
    for permission in (Permission.MANAGE, Permission.RECORD):
        session.require(permission)
    taking = _TakingOver(session, old, said)
    planned = taking.plan()
    if not planned.coming:
        with session.file.atomic():
            taking.remember(planned)
        raise UserError("TD-STORE-364", name=planned.name, waiting=planned.waiting)
    copy_before(session, Step.SUCCESSION)
    with session.file.atomic():
        taking.write(planned)
    session.announce(Changes(frozenset(session.definitions.registers)))
    return planned


class _TakingOver:
    """One look at the old office: what stands, where it goes, what it hangs on."""

    def __init__(self, session: Session, old: Session, said: Said | None) -> None:
        self.session, self.old = session, old
        self.office, self.own = old.file.identity.code, session.file.identity.code
        self.change = own_unit.predecessors(session)[self.office]
        self.comes_by = own_unit.comes_by(session, self.office)
        self.day: date = self.change.effective_on
        kept = session.file.settings.get(f"{_SAID}{self.office}", {})
        self.said: dict[str, bool] = dict(kept if said is None else said)
        self.specs = [spec for spec in old.definitions.registers.values() if self._is_taken(spec)]
        self.closed = [spec for spec in self.specs if not (old.opens(spec.name) and session.opens(spec.name))]
        self.specs = _parents_first([spec for spec in self.specs if spec not in self.closed])
        self.standing = {spec.name: dict(self._standing(spec)) for spec in self.specs}
        self.coming: dict[tuple[str, str], bool | None] = {}  # comes, goes elsewhere, waits
        self.behind: dict[str, dict[str, Record]] = {spec.name: {} for spec in self.specs}  # ended, still named
        self._judge()

    def _is_taken(self, spec: RegisterSpec) -> bool:
        return spec.name not in _LEFT_BEHIND and spec.survey is None and spec.name in self.session.definitions.registers

    def _standing(self, spec: RegisterSpec) -> Iterator[tuple[str, Record]]:
        found = due.still_open(spec)
        open_ones: set[str] = set()
        if found:
            every = self.old.file.records.every(ListQuery(spec.name, conditions=found))
            open_ones = {record.id for record in every if self._may_go_on(spec, record)}
        for record in self.old.file.records.every(ListQuery(spec.name)):
            if record.office == self.office and (record.id in open_ones or self._follows(spec, record)):
                yield record.id, record

    def _may_go_on(self, spec: RegisterSpec, record: Record) -> bool:
        """The unit's assessment of itself ends with it."""
        return spec.name != ASSESSMENTS or record.values.get("subject_kind") != _ITSELF

    def _follows(self, spec: RegisterSpec, record: Record) -> bool:
        """Whether a record stands on the day, or is dated on it or later."""
        if spec.valid_from or spec.valid_to:
            ended = record.values.get(spec.valid_to) if spec.valid_to else None
            return not (isinstance(ended, date) and ended < self.day)
        happened = record.values.get(spec.date_field)
        return isinstance(happened, date) and happened >= self.day

    # Where it goes

    def _part(self, spec: RegisterSpec, record: Record) -> str:
        area = record.id if spec.area_field == "id" else record.values.get(spec.area_field) if spec.area_field else None
        return str(area) if area in self.standing.get(AREA_REGISTER, {}) else f"{REST}{spec.name}"

    def _judge(self) -> None:
        """First by what people said, then by what each record hangs on: it waits with what waits."""
        split = self.change.kind == SPLIT
        for spec in self.specs:
            for record in self.standing[spec.name].values():
                goes = self.said.get(self._part(spec, record)) if split else True
                self.coming[spec.name, record.id] = goes
        changed = True
        while changed:
            changed = False
            for spec in self.specs:
                for record in [*self.standing[spec.name].values(), *self.behind[spec.name].values()]:
                    if self.coming[spec.name, record.id] and self._hangs(spec, record):
                        self.coming[spec.name, record.id] = None
                        changed = True

    def _hangs(self, spec: RegisterSpec, record: Record) -> bool:
        """Whether a record names one that waits, or needs one that does not come; ended ones it names come along."""
        for field, target, needed in _links(spec, record.values):
            key = (field.register, target)
            if self._is_shared(field.register, target):
                continue
            if key not in self.coming and field.register in self.behind:
                found = self._own(field.register, target)
                followed = self.old.definitions.registers[field.register]
                if found is not None and (needed or followed.valid_from or followed.valid_to):
                    self.behind[field.register][target] = found
                    self.coming[key] = True
            goes = self.coming.get(key, False)
            if goes is None or (not goes and needed):
                return True
        return False

    def _own(self, register: str, record_id: str) -> Record | None:
        """A record of the old unit itself."""
        found = self.old.file.records.get(register, record_id)
        return found if found is not None and not found.deleted and found.office == self.office else None

    def _is_shared(self, register: str, record_id: str) -> bool:
        """Whether a record is the province's, which both offices have by its directives."""
        if register not in self.session.definitions.registers:
            return False
        here = self.session.file.records.get(register, record_id)
        return here is not None and not here.deleted and here.office not in (self.own, self.office)

    # What it comes to

    def plan(self) -> TakeOverPlan:
        """Counted by register and by part."""
        lines = [*(self._line(spec) for spec in self.specs),
                 *(RegisterLine(spec.name, spec.title, closed=True) for spec in self.closed)]  # fmt: skip
        shown = tuple(line for line in lines if line.standing or line.coming or line.here or line.closed)
        titles = [
            f"{upper_first(spec.singular)}: {title_with_links(self.old, spec, record.values)}"
            for spec in self.specs
            for record in self.standing[spec.name].values()
            if self.coming[spec.name, record.id] is None
        ]
        files = sum(1 for _ in self._files({key for key, _ in self._fresh}))
        parts = tuple(self._parts()) if self.change.kind == SPLIT else ()
        name = self.old.file.identity.name
        return TakeOverPlan(self.office, name, self.change, parts, shown, files, tuple(titles[:200]))

    def _line(self, spec: RegisterSpec) -> RegisterLine:
        states = [self.coming[spec.name, one] for one in self.standing[spec.name]]
        fresh = sum(1 for (register, _), _ in self._fresh if register == spec.name)
        taken = [one for (register, one), goes in self.coming.items() if register == spec.name and goes]
        return RegisterLine(
            spec.name, spec.title, len(states), fresh, len(taken) - fresh, states.count(None), states.count(False)
        )

    def _parts(self) -> Iterator[OldPart]:
        counted: dict[str, int] = {}
        for spec in self.specs:
            for record in self.standing[spec.name].values():
                part = self._part(spec, record)
                counted[part] = counted.get(part, 0) + 1
        for area in self.standing.get(AREA_REGISTER, {}).values():
            spec = self.old.register(AREA_REGISTER)
            words = title_with_links(self.old, spec, area.values)
            yield OldPart(area.id, words, counted.get(area.id, 0), self.said.get(area.id))
        for spec in self.specs:
            key = f"{REST}{spec.name}"
            if key in counted:
                yield OldPart(key, f"{spec.title}, không ghi khu dân cư", counted[key], self.said.get(key))

    @cached_property
    def _fresh(self) -> list[tuple[tuple[str, str], Record]]:
        """What comes and is not here yet; after an undo everything comes again."""
        again = self._was_undone()
        return [
            ((spec.name, record.id), record)
            for spec in self.specs
            for record in [*self.standing[spec.name].values(), *self.behind[spec.name].values()]
            if self.coming[spec.name, record.id] and not self._is_here(spec.name, record.id, again)
        ]

    def _is_here(self, register: str, old_id: str, again: bool) -> bool:
        here = self.session.file.records.get(register, arrived_id(self.comes_by, self.own, old_id))
        return here is not None and not (here.deleted and again)

    def _was_undone(self) -> bool:
        kept = self.session.file.settings.get(own_unit.TAKEN, {}).get(self.office)
        record = self.session.file.records.get(kept["register"], kept["id"]) if kept and kept["id"] else None
        return record is not None and record.deleted

    # Writing, inside the running transaction

    def write(self, planned: TakeOverPlan) -> None:
        """The records, what is attached to them, and what is remembered of it."""
        fresh = self._fresh
        from thidua_desktop.services.awards.succeeding import come_along

        reason = f"Nhận bàn giao từ {planned.name} ({planned.office}), {self.change.decision}"[:200]
        for spec in self.specs:
            rows: list[tuple[str | None, Values]] = [
                (arrived_id(self.comes_by, self.own, record.id), self._values(spec, record))
                for key, record in fresh
                if key[0] == spec.name
            ]
            if rows:
                self._save(spec.name, rows, reason)
        files = [
            (arrived_id(self.comes_by, self.own, line.id), self._attached(line))
            for line in self._files({key for key, _ in fresh})
        ]
        if files:
            self._save(ATTACHMENT, list(files), reason)
        come_along(self.session, self.old, {key[1]: arrived_id(self.comes_by, self.own, key[1]) for key, _ in fresh})
        (register, old_id), _ = fresh[0]
        self.remember(planned, register, arrived_id(self.comes_by, self.own, old_id))

    def remember(self, planned: TakeOverPlan, register: str = "", record_id: str = "") -> None:
        """What was said of parts, how many wait, and a record that came, by which an undo is seen ("" for none).

        Where nothing comes and nothing waits, the office is done with its old one; not so while it may not see all.
        """
        settings = self.session.file.settings
        settings.put(f"{_SAID}{self.office}", self.said or None)
        before = settings.get(own_unit.TAKEN, {})
        kept = before.get(self.office, {"register": "", "id": ""})
        if not kept["id"] or self._was_undone():
            if not record_id and (planned.waiting or self.closed):
                return
            kept = {"register": register, "id": record_id}
        settings.put(own_unit.TAKEN, {**before, self.office: {**kept, "waiting": planned.waiting}})

    def _save(self, register: str, rows: list[tuple[str | None, Values]], reason: str) -> None:
        session = self.session
        session.file.records.save_many(register, rows, actor=session.user.name, now=session.now(), reason=reason)

    def _values(self, spec: RegisterSpec, record: Record) -> Values:
        """The record with links to what came along; a link to what stays behind is empty."""
        values = {name: self._linked(spec.field(name), value) for name, value in record.values.items()
                  if name in self.session.definitions.registers[spec.name].by_name}  # fmt: skip
        return {name: value for name, value in values.items() if value is not None}

    def _linked(self, field: FieldSpec, value: Value) -> Value:
        if field.type is FieldType.LINK and value is not None and self._is_shared(field.register, str(value)):
            return value
        if field.type is FieldType.LINK and value is not None:
            return (
                arrived_id(self.comes_by, self.own, str(value))
                if self.coming.get((field.register, str(value)))
                else None
            )
        if field.type is FieldType.ROWS and value:
            rows = cast("tuple[Mapping[str, Any], ...]", value)
            return tuple(row for row in (self._row(field, row) for row in rows) if row)
        return value

    def _row(self, field: FieldSpec, row: Mapping[str, Any]) -> dict[str, Any]:
        """A child row; one that cannot be without a link to what stays behind falls away."""
        children = {child.name: child for child in field.fields}
        made = {name: self._linked(children[name], one) if name in children else one for name, one in row.items()}
        lost = any(children[name].required and made[name] is None for name in made.keys() & children.keys())
        return {} if lost else {name: one for name, one in made.items() if one is not None}

    def _files(self, copied: set[tuple[str, str]]) -> Iterator[Record]:
        """Lines about files attached to records that come."""
        if not copied or ATTACHMENT not in self.old.definitions.registers:
            return
        for line in self.old.file.records.every(ListQuery(ATTACHMENT)):
            if (str(line.values.get("of_register")), str(line.values.get("of_record"))) in copied:
                yield line

    def _attached(self, line: Record) -> Values:
        content = self.old.file.attached_files.get(str(line.values.get("sha256")))
        if content is not None:
            self.session.file.attached_files.put(content, self.session.now())
        return {**line.values, "of_record": arrived_id(self.comes_by, self.own, str(line.values["of_record"]))}


def _links(spec: RegisterSpec, values: Values) -> Iterator[tuple[FieldSpec, str, bool]]:
    """Every link of a record, those of child rows too, and whether the record cannot be without it."""
    for field in spec.living_fields:
        value = values.get(field.name)
        if field.type is FieldType.LINK and value:
            yield field, str(value), field.required
        elif field.type is FieldType.ROWS and value:
            for row in cast("tuple[Mapping[str, Any], ...]", value):
                for child in field.fields:
                    if child.type is FieldType.LINK and row.get(child.name):
                        yield child, str(row[child.name]), False


def _parents_first(specs: list[RegisterSpec]) -> list[RegisterSpec]:
    """Registers before those that link to them; a circle is broken where it is met."""
    ordered: dict[str, RegisterSpec] = {}
    known = {spec.name: spec for spec in specs}

    def add(spec: RegisterSpec, above: frozenset[str]) -> None:
        for name in sorted(spec.linked & known.keys() - above - ordered.keys()):
            add(known[name], above | {spec.name})
        ordered.setdefault(spec.name, spec)

    for spec in specs:
        add(spec, frozenset({spec.name}))
    return list(ordered.values())
