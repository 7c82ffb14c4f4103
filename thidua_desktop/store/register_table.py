"""The table of one register: its columns, its statements, and the way between rows and records.

Bookkeeping columns first, then one column per field; lists and long texts last, so that lists and figures, which do not
need them, need not read the pages that they overflow to.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.store.cells import (
    SORTED_BY_KEY,
    Cell,
    compact_json,
    from_cell,
    record_sort_key,
    sort_cell,
    sql_type,
    to_cell,
)
from thidua_desktop.store.queries import Record

BOOKKEEPING = (
    ("row", "INTEGER PRIMARY KEY"),
    ("id", "TEXT NOT NULL UNIQUE"),
    ("office", "TEXT NOT NULL"),
    ("revision", "INTEGER NOT NULL"),
    ("deleted", "INTEGER NOT NULL DEFAULT 0"),
    ("changed_seq", "INTEGER NOT NULL"),
    ("changed_at", "TEXT NOT NULL"),
    ("changed_by", "TEXT NOT NULL"),
    ("record__sort", "TEXT NOT NULL"),
)
_BULKY = (FieldType.LONG_TEXT, FieldType.ROWS, FieldType.CHOICES)
_WRITTEN = tuple(name for name, _ in BOOKKEEPING if name != "row")


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """``number`` places the register's records in the search index: rowid = number * 2^40 + row."""

    spec: RegisterSpec
    number: int
    fields: tuple[FieldSpec, ...]
    sorted_fields: tuple[FieldSpec, ...]
    select: str
    insert: str
    update: str

    @property
    def name(self) -> str:
        """The table's name."""
        return self.spec.name

    def cells(self, values: Values) -> list[Cell]:
        """The register's own part of a row, in the order of the statements."""
        row: list[Cell] = [to_cell(field, values.get(field.name)) for field in self.fields]
        row.extend(sort_cell(field, values.get(field.name)) for field in self.sorted_fields)
        return row

    def record(self, row: Sequence[Any]) -> Record:
        """The record of a row read by ``select``."""
        values: dict[str, Value] = {}
        for field, cell in zip(self.fields, row[9:], strict=True):
            if cell is not None:
                values[field.name] = from_cell(field, cell)
        return Record(
            register=self.spec.name, row=row[0], id=row[1], office=row[2], revision=row[3], deleted=bool(row[4]),
            changed_seq=row[5], changed_at=datetime.fromisoformat(row[6]), changed_by=row[7],
            extra=json.loads(row[8]) if row[8] else {}, values=values,
        )  # fmt: skip

    def parameters(self, record: Record) -> list[Cell]:
        """What ``insert`` and ``update`` take (``update`` the row number after them)."""
        head: list[Cell] = [
            record.id, record.office, record.revision, int(record.deleted), record.changed_seq,
            record.changed_at.isoformat(timespec="seconds"), record.changed_by,
            record_sort_key(self.spec, record.values), compact_json(dict(record.extra)) if record.extra else None,
        ]  # fmt: skip
        return head + self.cells(record.values)


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def register_table(spec: RegisterSpec, number: int) -> RegisterTable:
    """The table of ``spec``."""
    sorted_fields = tuple(field for field in spec.fields if field.type in SORTED_BY_KEY)
    own = [field.name for field in spec.fields] + [f"{field.name}__sort" for field in sorted_fields]
    written = [quoted(name) for name in (*_WRITTEN, "extra", *own)]
    read = ["row", "id", "office", "revision", "deleted", "changed_seq", "changed_at", "changed_by", "extra"]
    select = ", ".join([*read, *(quoted(field.name) for field in spec.fields)])
    table = quoted(spec.name)
    return RegisterTable(
        spec=spec,
        number=number,
        fields=spec.fields,
        sorted_fields=sorted_fields,
        select=f"SELECT {select} FROM {table} AS t",
        insert=f"INSERT INTO {table} ({', '.join(written)}) VALUES ({', '.join('?' * len(written))})",
        update=f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in written)} WHERE row = ?",
    )


def column_definitions(spec: RegisterSpec) -> list[tuple[str, str]]:
    """(name, SQL declaration) of every column in the order of the disk."""
    slim = [field for field in spec.fields if field.type not in _BULKY]
    bulky = [field for field in spec.fields if field.type in _BULKY]
    columns = list(BOOKKEEPING)
    columns += [(field.name, sql_type(field)) for field in slim]
    columns += [(f"{field.name}__sort", "TEXT") for field in spec.fields if field.type in SORTED_BY_KEY]
    columns += [(field.name, sql_type(field)) for field in sorted(bulky, key=lambda field: _BULKY.index(field.type))]
    return [*columns, ("extra", "TEXT")]


def index_columns(spec: RegisterSpec) -> list[tuple[str, ...]]:
    """The columns of every index: changes, the list's own order, dates, areas and links."""
    indexes: list[tuple[str, ...]] = [("changed_seq",), ("deleted", "record__sort")]
    if spec.date_field:
        indexes.append(("deleted", spec.date_field))
    links = [field.name for field in spec.fields if field.type is FieldType.LINK]
    return [*indexes, *((name,) for name in links)]


def creation_statements(spec: RegisterSpec) -> list[str]:
    """The statements that make the table and its indexes, as migrations hold them literally."""
    lines = ",\n  ".join(f"{quoted(name)} {declaration}" for name, declaration in column_definitions(spec))
    statements = [f"CREATE TABLE {quoted(spec.name)} (\n  {lines}\n)"]
    for columns in index_columns(spec):
        name = quoted(f"{spec.name}__by_{'_'.join(columns)}")
        statements.append(f"CREATE INDEX {name} ON {quoted(spec.name)} ({', '.join(map(quoted, columns))})")
    return statements
