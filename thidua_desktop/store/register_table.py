"""The table of one register: its columns, its statements, and the way between rows and records.

Bookkeeping columns first, then one column per field; child rows and long texts last, so that what does not need them
does not read the pages that they overflow to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.store.cells import (
    SORTED_BY_KEY,
    Cell,
    CellReader,
    PlainValues,
    cell_of_plain,
    compact_json,
    plain_of_cell,
    reader_of,
    record_sort_key,
    sort_cell,
    sql_type,
)
from thidua_desktop.store.queries import PlainRecord, Record

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
_BULKY = (FieldType.LONG_TEXT, FieldType.ROWS)
_COUNTED = (
    FieldType.INTEGER, FieldType.DECIMAL, FieldType.DATE, FieldType.BOOLEAN, FieldType.CHOICE, FieldType.CHOICES,
    FieldType.LINK,
)  # fmt: skip
_WRITTEN = tuple(name for name, _ in BOOKKEEPING if name != "row")
_MARKED = ("revision", "deleted", "changed_seq", "changed_at", "changed_by")


class RegisterTable(NamedTuple):
    """``number`` places the register's records in the search index: rowid = number * 2^40 + row."""

    spec: RegisterSpec
    number: int
    fields: tuple[FieldSpec, ...]
    sorted_fields: tuple[FieldSpec, ...]
    select: str
    insert: str
    update: str
    mark: str
    readers: tuple[tuple[FieldSpec, CellReader | None], ...]

    @property
    def name(self) -> str:
        """The table's name."""
        return self.spec.name

    def cells(self, values: Values, plain: PlainValues) -> list[Cell]:
        """The register's own part of a row, in the order of the statements."""
        row: list[Cell] = [
            None if (value := plain.get(field.name)) is None else cell_of_plain(field, value) for field in self.fields
        ]
        row += [sort_cell(field, values.get(field.name)) for field in self.sorted_fields]
        return row

    def record(self, row: Sequence[Any]) -> Record:
        """The record of a row read by ``select``."""
        values: dict[str, Value] = {
            field.name: cell if read is None else read(field, cell)
            for (field, read), cell in zip(self.readers, row[9:], strict=True)
            if cell is not None
        }
        return Record(
            register=self.spec.name, row=row[0], id=row[1], office=row[2], revision=row[3], deleted=bool(row[4]),
            changed_seq=row[5], changed_at=datetime.fromisoformat(row[6]), changed_by=row[7],
            extra=json.loads(row[8]) if row[8] else {}, values=values,
        )  # fmt: skip

    def plain_record(self, row: Sequence[Any]) -> PlainRecord:
        """The record of a row read by ``select``, as it travels."""
        plain = {
            field.name: plain_of_cell(field, cell)
            for field, cell in zip(self.fields, row[9:], strict=True)
            if cell is not None
        }
        return PlainRecord(row[1], row[2], row[3], bool(row[4]), plain)

    def insert_of(self, names: Sequence[str], sorted_names: Sequence[str]) -> str:
        """The statement for new rows that have only these fields: bookkeeping, fields, sort keys, number of the row."""
        own = [*names, *(f"{name}__sort" for name in sorted_names)]
        columns = [quoted(name) for name in (*_WRITTEN, *own, "row")]
        return f"INSERT INTO {quoted(self.name)} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"

    def parameters(
        self, record: Record, plain: PlainValues, changed_seq: int, row: int | None
    ) -> list[Cell]:  # fmt: skip
        """What ``insert`` and ``update`` take; ``plain``: the record's values, ``row`` None: the next one."""
        head: list[Cell] = [
            record.id, record.office, record.revision, int(record.deleted), changed_seq,
            record.changed_at.isoformat(timespec="seconds"), record.changed_by,
            record_sort_key(self.spec, record.values), compact_json(dict(record.extra)) if record.extra else None,
        ]  # fmt: skip
        return [*head, *self.cells(record.values, plain), row]

    def mark_parameters(self, record: Record, changed_seq: int) -> list[Cell]:
        """What ``mark`` takes: a record that goes or comes back as it was writes no field, no sort key and no index
        of them again.
        """
        at = record.changed_at.isoformat(timespec="seconds")
        return [record.revision, int(record.deleted), changed_seq, at, record.changed_by, record.row]


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def register_table(spec: RegisterSpec, number: int) -> RegisterTable:
    """The table of ``spec``."""
    sorted_fields = tuple(field for field in spec.fields if field.type in SORTED_BY_KEY)
    own = [field.name for field in spec.fields] + [f"{field.name}__sort" for field in sorted_fields]
    written = [quoted(name) for name in (*_WRITTEN, "extra", *own)]
    table = quoted(spec.name)
    return RegisterTable(
        spec=spec,
        number=number,
        fields=spec.fields,
        sorted_fields=sorted_fields,
        select=_select(spec, spec.fields),
        insert=f"INSERT INTO {table} ({', '.join(written)}, row) VALUES ({', '.join('?' * len(written))}, ?)",
        readers=_readers(spec.fields),
        update=f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in written)} WHERE row = ?",
        mark=f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in _MARKED)} WHERE row = ?",
    )


def narrowed(table: RegisterTable, names: Iterable[str]) -> RegisterTable:
    """The same table, reading only the named fields."""
    fields = tuple(table.spec.field(name) for name in dict.fromkeys(names))
    return table._replace(fields=fields, readers=_readers(fields), select=_select(table.spec, fields))


def _readers(fields: tuple[FieldSpec, ...]) -> tuple[tuple[FieldSpec, CellReader | None], ...]:
    return tuple((field, reader_of(field)) for field in fields)


def _select(spec: RegisterSpec, fields: tuple[FieldSpec, ...]) -> str:
    read = ["row", "id", "office", "revision", "deleted", "changed_seq", "changed_at", "changed_by", "extra"]
    return f"SELECT {', '.join([*read, *(quoted(field.name) for field in fields)])} FROM {quoted(spec.name)} AS t"


def column_definitions(spec: RegisterSpec) -> list[tuple[str, str]]:
    """(name, SQL declaration) of every column in the order of the disk."""
    columns = list(BOOKKEEPING)
    columns += [(field.name, sql_type(field)) for field in spec.fields if field.type not in _BULKY]
    columns += [(f"{field.name}__sort", "TEXT") for field in spec.fields if field.type in SORTED_BY_KEY]
    bulky = [field for field in spec.fields if field.type in _BULKY]
    columns += [(field.name, sql_type(field)) for field in sorted(bulky, key=_bulk)]
    return [*columns, ("extra", "TEXT")]


def indexes(spec: RegisterSpec) -> dict[str, tuple[str, ...]]:
    """Index of living records (named ``<register>__<this>``) -> columns: days, links, and one that covers lists and
    figures.

    Child rows that few records have are counted from an index of those records alone, which holds them whole; SQLite
    takes it for ``json_each`` over them. The covering one holds what lists show and what is counted, so that sorting,
    filtering, totals and figures read a fiftieth of the pages; other texts would only fatten it. Every index costs each
    save a page; so there are no more.
    """
    day = [spec.date_field] if spec.date_field else []
    found: dict[str, tuple[str, ...]] = {}
    if day:
        found["day"] = (spec.date_field,)
    for field in spec.fields:
        if field.type is FieldType.LINK:
            found[f"link_{field.name}"] = (field.name, *day)
    for field in spec.fields:
        if field.seldom:
            area = [spec.area_field] if spec.area_field not in ("", "id") else []
            found[f"rows_{field.name}"] = (*day, "office", *area, field.name)
    shown = {*spec.list.columns, *spec.list.filters}
    covered = [field for field in spec.fields if field.type in _COUNTED or field.name in shown]
    slim = [field.name for field in covered if field.type not in _BULKY and field.name not in day]
    slim += [f"{field.name}__sort" for field in covered if field.type in SORTED_BY_KEY]
    found["cover"] = (*(day or ["record__sort"]), "office", *slim)
    return found


def _bulk(field: FieldSpec) -> tuple[int, bool]:
    """How far back a bulky column stands: rows that list members (attendance) are the longest."""
    return _BULKY.index(field.type), any(child.type is FieldType.LINK for child in field.fields)


def creation_statements(spec: RegisterSpec) -> list[str]:
    """The statements that make the table and its indexes, as migrations hold them literally."""
    lines = ",\n  ".join(f"{quoted(name)} {declaration}" for name, declaration in column_definitions(spec))
    statements = [f"CREATE TABLE {quoted(spec.name)} (\n  {lines}\n)"]
    for name, columns in indexes(spec).items():
        place = f"{quoted(spec.name)} ({', '.join(map(quoted, columns))})"
        rows = name.removeprefix("rows_") if name.startswith("rows_") else ""
        living = f"deleted = 0 AND {quoted(rows)} IS NOT NULL" if rows else "deleted = 0"
        statements.append(f"CREATE INDEX {quoted(f'{spec.name}__{name}')} ON {place} WHERE {living}")
    return statements
