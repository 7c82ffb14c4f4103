"""Conflicts between installations of this office: one field with two values, or deleted here and changed there.

Each is a work item with every value, who wrote it, when and why. A person's decision is an ordinary change with its
reason; it travels with the next package, and the other installation does not ask again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.field_types.kind import NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.formdef.records import sentence_of
from thidua_desktop.services import history
from thidua_desktop.services.handoff.record_versions import version_of
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.queries import PlainRecord, RecordKey
from thidua_desktop.store.record_writer import Writing
from thidua_desktop.sync.canonical import canonical_bytes
from thidua_desktop.sync.versions import LIVING, Dot, Version
from thidua_desktop.text import format_moment

LONGEST_REASON = 500
KEPT, DELETED = "Giữ bản ghi", "Xóa bản ghi"
_NOT_TYPED = (FieldType.ROWS, FieldType.LINK, FieldType.CHOICES)
_ROWS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of the values that stand in a field. ``plain``: the value itself (of a deletion: whether it lives)."""

    plain: Any
    text: str
    by: str
    at: datetime | None
    reason: str
    machine: str
    here: bool

    @property
    def words(self) -> str:
        """Who, when, where and why, in one line."""
        when = f", {format_moment(self.at)}" if self.at is not None else ""
        where = "máy này" if self.here else f"máy {self.machine}"
        return f"{self.by or 'Không rõ người ghi'}{when}, {where}" + (f": {self.reason}" if self.reason else "")


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field to decide; ``values[stands]`` is what the record shows until then. ``name`` is "" for a deletion."""

    name: str
    label: str
    values: tuple[ConflictValue, ...]
    stands: int
    can_be_typed: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """One record with fields to decide."""

    register: str
    register_title: str
    record_id: str
    title: str
    fields: tuple[FieldConflict, ...]


def conflicts(session: Session) -> list[Conflict]:
    """Every record that people must decide, by register and title."""
    found = []
    for key in session.file.versions.open():
        if key.register in session.definitions.registers and session.opens(key.register):
            one = find(session, key.register, key.id)
            if one is not None:
                found.append(one)
    return sorted(found, key=lambda one: (one.register_title, one.title, one.record_id))


def find(session: Session, register: str, record_id: str) -> Conflict | None:
    """The conflict of one record, or None when there is nothing (more) to decide."""
    spec = session.register(register)
    record = _record(session, register, record_id)
    if record is None:
        return None
    version = version_of(session, register, record)
    names = version.conflicts(spec.computed_fields)
    if not names:
        return None
    current = session.file.records.get(register, record_id)
    title = session.file.records.title(current) if current is not None else ""
    return Conflict(register, spec.title, record_id, title or spec.title, tuple(_fields(session, spec, version, names)))


def decide(session: Session, register: str, record_id: str, chosen: Mapping[str, Any], reason: str) -> Conflict | None:
    """Write a decision; ``chosen``: field -> plain value ("" -> whether the record lives). What is left to decide.

    Raises TD-SYNC-111 without a reason, TD-SYNC-112 when there is no such conflict, TD-SYNC-113 for a value that the
    field does not take, TD-STORE-220, TD-STORE-240.
    """
    session.require(Permission.RECORD)
    spec, said = session.register(register), " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise UserError("TD-SYNC-111", most=LONGEST_REASON)
    open_now = find(session, register, record_id)
    if open_now is None or not chosen or not set(chosen) <= {field.name for field in open_now.fields}:
        raise UserError("TD-SYNC-112", register=spec.title)
    for name, value in chosen.items():
        if name != LIVING:
            _require_fit(session, spec, spec.field(name), value)
    by = Writing(session.user.name, session.now(), said)
    values = {name: value for name, value in chosen.items() if name != LIVING}
    session.file.decide(RecordKey(register, record_id), values, values, chosen.get(LIVING) is False, by)
    session.announce(Changes(frozenset({register}), (record_id,)))
    return find(session, register, record_id)


def typed(session: Session, register: str, name: str, text: str) -> Any:
    """The plain value of a third value that a person types; TD-SYNC-113 when the field does not take it."""
    field = session.register(register).field(name)
    try:
        value = field_type(field).parse(field, text, session.today, session.definitions.catalogs)
    except NotUnderstood as fault:
        raise UserError("TD-SYNC-113", field=field.label, detail=fault.text) from fault
    return None if value is None else field_type(field).to_plain(field, value)


def _require_fit(session: Session, spec: RegisterSpec, field: FieldSpec, plain: Any) -> None:
    try:
        value = None if plain is None else field_type(field).from_plain(field, plain)
    except (ValueError, TypeError, AttributeError) as fault:
        raise UserError("TD-SYNC-113", field=field.label, detail=str(fault)) from fault
    for problem in field_type(field).check(field, value, session.definitions.catalogs):
        if problem.severity == "error":
            raise UserError("TD-SYNC-113", field=field.label, detail=sentence_of(spec, problem))


def _record(session: Session, register: str, record_id: str) -> PlainRecord | None:
    found = session.file.records.plain_window(register, [record_id])
    return found[0] if found else None


def _fields(session: Session, spec: RegisterSpec, version: Version, names: tuple[str, ...]) -> Iterator[FieldConflict]:
    known = {field.name: field for field in spec.fields}
    for name in names:
        field = known.get(name)
        if name == LIVING:
            label, can_be_typed = "Bản ghi đã xóa ở một máy, sửa ở máy kia", False
        elif field is None:
            continue  # of a newer definition: decided where the program knows it
        else:
            label, can_be_typed = field.label, field.type not in _NOT_TYPED and session.sees(field)
        values = list(_values(session, field, version, name))
        shown = version.living if name == LIVING else version.values.get(name)
        stands = next(place for place, value in enumerate(values) if value.plain == shown)
        yield FieldConflict(name, label, tuple(values), stands, can_be_typed)


def _values(session: Session, field: FieldSpec | None, version: Version, name: str) -> Iterator[ConflictValue]:
    """Each different value once, as the first of its writers wrote it; own ones first."""
    own = session.file.installation_id
    seen: set[bytes] = set()
    for dot, plain in sorted(version.fields[name].items(), key=lambda one: (one[0][0] != own, one[0])):
        if canonical_bytes(plain) in seen:
            continue
        seen.add(canonical_bytes(plain))
        text = (KEPT if plain else DELETED) if field is None else _shown(session, field, plain)
        yield _value(version, dot, plain, text, own)


def _value(version: Version, dot: Dot, plain: Any, text: str, own: str) -> ConflictValue:
    write = version.writes[dot]
    at = datetime.fromisoformat(write.at) if write.at else None
    return ConflictValue(plain, text, write.by, at, write.reason, dot[0][-4:], dot[0] == own)


def _shown(session: Session, field: FieldSpec, plain: Any) -> str:
    if field.type is not FieldType.ROWS or plain is None or not session.sees(field):
        return history.shown_value(session, field, plain) or "(để trống)"
    lines = [
        "; ".join(text for child in field.fields if (text := history.shown_value(session, child, row.get(child.name))))
        for row in plain[:_ROWS_SHOWN]
    ]
    more = [f"… và {len(plain) - _ROWS_SHOWN} dòng nữa"] if len(plain) > _ROWS_SHOWN else []
    return "\n".join([*lines, *more])
