"""An office with sample records of every register, to print every paper from: full, nearly empty, very long ones."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value
from thidua_desktop.formdef.records import sample_values
from thidua_desktop.services.offices import NewArea, NewOffice, create_office
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.store.key_slots import KeyCost

SELECTED = 40
KINDS = ("full", "empty", "long")
_NOW = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM_TIME)
_WORDS = "Nguyễn Thị Quỳnh Hương vận động Nhân dân thôn Ẵng Phước Thượng bảo đảm an ninh, trật tự ở cơ sở "
_LONG_TEXT = 1_500


def made_office(folder: Path) -> Session:
    """A new office that holds ``SELECTED`` records of each kind in each register; links point at full records."""
    areas = (NewArea("thon", "Tân Lập", 48),)
    office = NewOffice(unit_code="24412", user_name="Y Bhăm Niê", login="ybham", password="bốn-từ-dễ-nhớ", areas=areas)
    made = create_office(folder / "xa.thidua", office, Clock(_NOW), KeyCost(memory_kib=16, passes=1, lanes=1))
    session = made.session
    for register in session.definitions.registers.values():
        rows = [
            (record_id(register.name, kind, number), _values(session, register, kind))
            for kind in KINDS
            for number in range(SELECTED)
        ]
        session.file.records.save_many(register.name, rows, actor="thử", now=_NOW)
    return session


def record_id(register: str, kind: str, number: int = 0) -> str:
    """The id of one of the made records."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{register}/{kind}/{number}"))


def _values(session: Session, register: RegisterSpec, kind: str) -> Mapping[str, Value]:
    samples = sample_values(session.definitions, register)
    values: dict[str, Value] = {}
    for field in register.living_fields:
        if kind == "empty" and not field.required:
            continue
        value = _link(field) if field.type is FieldType.LINK else samples.get(field.name)
        if field.type is FieldType.ROWS and isinstance(value, tuple):
            value = tuple({**row, **dict(_row_values(field, kind))} for row in value)
        values[field.name] = _long(field, value) if kind == "long" else value
    return {name: value for name, value in values.items() if value is not None}


def _row_values(field: FieldSpec, kind: str) -> Iterator[tuple[str, Value]]:
    for child in field.fields:
        if child.type is FieldType.LINK:
            yield child.name, _link(child)
        elif kind == "long" and child.type in {FieldType.TEXT, FieldType.LONG_TEXT}:
            yield child.name, _long(child, "")


def _link(field: FieldSpec) -> str:
    return record_id(field.register, "full")


def _long(field: FieldSpec, value: Value) -> Value:
    """As many letters as the field takes, in words as people write them."""
    usual = {FieldType.TEXT: 300, FieldType.NAME: 80, FieldType.LONG_TEXT: _LONG_TEXT}
    if field.type not in usual:
        return value
    most = min(field.max_length or usual[field.type], usual[field.type])
    return (_WORDS * (most // len(_WORDS) + 1))[:most].strip()
