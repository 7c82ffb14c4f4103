"""A field's value as it lies in its column, and the key that it sorts by.

Scalars have columns of their type, exact decimals are scaled integers, lists (choices, rows) are JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from thidua_desktop import text
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values

Cell: TypeAlias = str | int | None
PlainValues: TypeAlias = dict[str, Any]
CellReader: TypeAlias = Callable[[FieldSpec, Any], Value]

_LISTS = (FieldType.CHOICES, FieldType.ROWS)
SORTED_BY_KEY = (FieldType.NAME, FieldType.TEXT)


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def compact_json(value: object) -> str:
    """JSON without spaces, letters as they are."""
    return _COMPACT.encode(value)


def canonical_json(value: object) -> str:
    """Compact JSON with sorted names: the same text for the same facts."""
    return _CANONICAL.encode(value)


def sql_type(spec: FieldSpec) -> str:
    """The column's type; the number behind TEXT is SQLite's only hint of how long the texts are, and it plans by it."""
    if spec.type in (FieldType.INTEGER, FieldType.BOOLEAN, FieldType.DECIMAL):
        return "INTEGER"
    return {FieldType.ROWS: "TEXT(1000)", FieldType.LONG_TEXT: "TEXT(400)"}.get(spec.type, "TEXT")


def cell_of_plain(spec: FieldSpec, plain: Any) -> Cell:
    """What is stored for a plain value; empty values are NULL."""
    if plain is None or plain in ("", []):
        return None
    if spec.type is FieldType.DECIMAL:
        return int(Decimal(plain).scaleb(spec.digits))
    if spec.type in _LISTS:
        return compact_json(plain)
    if isinstance(plain, bool):
        return int(plain)
    if isinstance(plain, str | int):
        return plain
    raise TypeError(f"{spec.name}: {type(plain).__name__} is no {spec.type}")


def from_cell(spec: FieldSpec, cell: Cell) -> Value:
    """The value that ``cell_of_plain`` stored."""
    if cell is None:
        return None
    read = _READ.get(spec.type)
    return read(spec, cell) if read else cell


def reader_of(spec: FieldSpec) -> CellReader | None:
    """What makes a value of a stored cell that is not NULL; None where the cell is the value."""
    return _READ.get(spec.type)


def plain_of_cell(spec: FieldSpec, cell: Cell) -> Any:
    """The plain value that ``cell_of_plain`` stored, without making the value in between: packages hold 100,000."""
    if spec.type in _LISTS:
        return json.loads(str(cell))
    if spec.type is FieldType.BOOLEAN:
        return bool(cell)
    if spec.type is FieldType.DECIMAL:
        return field_type(spec).to_plain(spec, from_cell(spec, cell))
    return cell


def _read_list(spec: FieldSpec, cell: Any) -> Value:
    return field_type(spec).from_plain(spec, json.loads(cell))


@lru_cache(maxsize=1024)  # the same few codes stand in every other record
def _codes(cell: str) -> tuple[str, ...]:
    return tuple(json.loads(cell))


_READ: dict[FieldType, CellReader] = {
    FieldType.DATE: lambda spec, cell: date.fromisoformat(cell),
    FieldType.BOOLEAN: lambda spec, cell: bool(cell),
    FieldType.DECIMAL: lambda spec, cell: Decimal(cell).scaleb(-spec.digits),
    FieldType.CHOICES: lambda spec, cell: _codes(cell),
    FieldType.ROWS: _read_list,
}


def filled(values: Values) -> dict[str, Value]:
    """``values`` without the empty ones."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", ())}


def plain_of(register: RegisterSpec, values: Values) -> PlainValues:
    """JSON-able values by field name, empty ones left out; KeyError for a name that the register does not have."""
    plain: PlainValues = {}
    for name, value in values.items():
        if value is not None and value not in ("", ()):
            spec = register.field(name)
            plain[name] = field_type(spec).to_plain(spec, value)
    return plain


def values_of_plain(register: RegisterSpec, plain: Mapping[str, Any]) -> dict[str, Value]:
    """The values of ``plain``; names that the register does not know are left out; ValueError for a foreign shape."""
    values: dict[str, Value] = {}
    for spec in register.fields:
        found = plain.get(spec.name)
        if found is None:
            continue
        value = field_type(spec).from_plain(spec, found)
        if value is not None and value not in ("", ()):
            values[spec.name] = value
    return values


def sort_cell(spec: FieldSpec, value: Value) -> str | None:
    """What ``<field>__sort`` holds: Vietnamese order for texts, given name first for persons."""
    if not isinstance(value, str) or not value:
        return None
    return _sort_key(value, spec.type is FieldType.NAME)


@lru_cache(maxsize=4096)  # a title is keyed for its column and for its record; places and topics come again and again
def _sort_key(value: str, is_person: bool) -> str:
    return text.person_sort_key(value) if is_person else text.sort_key(value)


def record_sort_key(register: RegisterSpec, values: Values) -> str:
    """The key that links to this record sort by: its title's own fields in order (linked titles take no part)."""
    own = ((register.field(name), values.get(name)) for name in register.title_fields)
    return "\x1f".join(
        title_sort_part(spec, value) for spec, value in own if value is not None and spec.type is not FieldType.LINK
    )


def title_sort_part(spec: FieldSpec, value: Value) -> str:
    """What one field of a title, not a link, brings to the key of its record."""
    if spec.type in SORTED_BY_KEY:
        return sort_cell(spec, value) or ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:012d}"
    return value.isoformat() if isinstance(value, date) else str(value)
