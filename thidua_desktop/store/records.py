"""Records of all registers: read, save, delete, list."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Condition, FieldType, RegisterSpec, Value, Values
from thidua_desktop.store import change_content, list_sql, record_writer
from thidua_desktop.store.cells import Cell, from_cell
from thidua_desktop.store.new_records import Columns
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Line, ListQuery, PlainRecord, Record, RecordKey, RowKeys, Totals
from thidua_desktop.store.record_blocks import RecordBlocks
from thidua_desktop.store.record_writer import Writing
from thidua_desktop.store.register_table import RegisterTable, narrowed, quoted
from thidua_desktop.store.titles import Titles

if TYPE_CHECKING:
    from sqlite3 import Cursor

_AT_ONCE = 500
_MANY = 1000  # so many new records change how queries are best answered


class Records:
    """The registers of one open office file; ``closed`` are those that the person at the desk may not see.

    Of a closed register anybody may know how many records it has and that one of them points to a record, nothing else:
    UserError TD-STORE-240.
    """

    def __init__(self, database: OpenDatabase, closed: frozenset[str] = frozenset()) -> None:
        self._database = database
        self._closed = closed
        self._pointing_of: Mapping[str, RegisterSpec] | None = None
        self._pointing: dict[str, dict[str, str]] = {}

    def get(self, register: str, record_id: str) -> Record | None:
        """The record, also when it is deleted (``Record.deleted``); None when there never was one."""
        self._require_open(register)
        found = record_writer.current(self._database, self._database.table(register), record_id)
        return found if found is None or not hangs_on_closed(found, self._closed) else None

    def save(
        self, register: str, values: Values, *, id: str | None = None, expected_revision: int | None = None,
        actor: str, now: datetime, reason: str = "",
    ) -> Record:  # fmt: skip
        """Write ``values`` (the whole record) and return it as it stands.

        Without ``id`` a new record; with an ``id`` that is not there yet, a new record of that id (lossless import).
        Nothing is written when nothing differs. UserError TD-STORE-012 deleted, TD-STORE-013 changed since
        ``expected_revision``.
        """
        database = self._database
        self._require_open(register)
        by, table, titles = Writing(actor, now, reason), database.table(register), Titles(database)
        with database.atomic():
            old = record_writer.current(database, table, id) if id else None
            if old is None and expected_revision is None:
                return record_writer.create(database, table, values, id or record_writer.new_id(), by, titles)
            old = record_writer.require(table, old, expected_revision)
            return record_writer.update(database, table, old, values, by, titles)

    def save_many(
        self,
        register: str,
        records: Iterable[tuple[str | None, Values]],
        *,
        actor: str,
        now: datetime,
        reason: str = "",
    ) -> list[RecordKey]:
        """Write many records in one transaction (one undo): (id or None for a new one, values); the keys written.

        They are written in blocks: what ``records`` reads meanwhile may not hold those that it gave just before.
        """
        database = self._database
        self._require_open(register)
        keys: list[RecordKey] = []
        waiting: dict[str, tuple[bool, Values]] = {}
        blocks = RecordBlocks(database, database.table(register), Writing(actor, now, reason))
        with database.atomic():
            for given, values in records:
                if len(waiting) >= record_writer.BLOCK or given in waiting:
                    blocks.write(waiting)
                    waiting.clear()
                record_id = given or record_writer.new_id()
                keys.append(RecordKey(register, record_id))
                waiting[record_id] = (given is not None, values)
            blocks.write(waiting)
        self._measure(len(keys))
        return keys

    def create_many(
        self, register: str, columns: Iterable[Columns], *, actor: str, now: datetime, reason: str = ""
    ) -> list[RecordKey]:
        """Write new records in one transaction (one undo), given by column in parts of at most
        ``record_writer.BLOCK``; their keys.
        """
        database = self._database
        self._require_open(register)
        blocks = RecordBlocks(database, database.table(register), Writing(actor, now, reason))
        with database.atomic():
            ids = [record_id for some in columns for record_id in blocks.create(some)]
        self._measure(len(ids))
        return [RecordKey(register, record_id) for record_id in ids]

    def _measure(self, written: int) -> None:
        if written >= _MANY:
            self._database.measure_tables()

    def delete(self, register: str, record_id: str, *, actor: str, now: datetime, reason: str = "") -> Record:
        """Delete a record (kept for history and undo); UserError TD-STORE-012 when it is not there."""
        database = self._database
        self._require_open(register)
        table = database.table(register)
        with database.atomic():
            old = record_writer.require(table, record_writer.current(database, table, record_id), None)
            return record_writer.delete(database, table, old, Writing(actor, now, reason), Titles(database))

    def delete_many(self, register: str, ids: Sequence[str], *, actor: str, now: datetime, reason: str = "") -> None:
        """The same of many in one transaction; no id may come twice."""
        database = self._database
        self._require_open(register)
        table, by, titles = database.table(register), Writing(actor, now, reason), Titles(database)
        gone = record_writer.LateRows()
        with database.atomic():
            for first in range(0, len(ids), record_writer.BLOCK):
                some = ids[first : first + record_writer.BLOCK]
                standing = record_writer.current_all(database, table, some)
                old = [record_writer.require(table, standing.get(record_id), None) for record_id in some]
                writes = [record_writer.deletion(table, one, by) for one in old]
                record_writer.write_all(database, writes, by, titles, gone=gone)
            record_writer.take_out(database, gone)

    def erase(self, register: str, ids: Sequence[str], *, actor: str, now: datetime, reason: str) -> list[RecordKey]:
        """Take records out of the file for good (``erasure``); those that were there."""
        from thidua_desktop.store import erasure

        self._require_open(register)
        gone = erasure.erase(self._database, register, ids, actor, now, reason)
        return [RecordKey(register, record.id) for record in gone]

    def erase_told(self, key: RecordKey, *, actor: str, now: datetime, reason: str) -> bool:
        """Inside a transaction: erase what another installation of this office erased; whether there was anything."""
        from thidua_desktop.store import erasure

        office = self._database.office
        return erasure.erase_told(self._database, key.register, key.id, office, actor, now, reason)

    def wipe(self) -> None:
        """Write the file anew without what was erased in it."""
        from thidua_desktop.store import erasure

        erasure.wipe(self._database)

    def ids(self, query: ListQuery) -> RowKeys:
        """The list's row numbers in its order, eight bytes each; records come by ``window``."""
        self._require_open(query.register)
        sql, parameters = list_sql.rows_statement(self._database, self._open_part(query))
        # in one step of SQLite: a million steps would take the interpreter's lock a million times from the window
        joined = self._database.one(f"SELECT group_concat(row) FROM ({sql})", parameters)[0]
        return RowKeys(array("q", map(int, joined.split(",")) if joined else ()))

    def newest_row(self, register: str) -> int:
        """The highest row number of a register, and so no less than its records; unlike ``count`` it costs nothing."""
        name = quoted(self._database.table(register).name)
        return int(self._database.one(f"SELECT max(row) FROM {name}")[0] or 0)

    def ids_of_rows(self, register: str, rows: Sequence[int]) -> list[str]:
        """The record ids of row numbers (a part of ``ids``) in their order; vanished ones are left out."""
        self._require_open(register)
        name, found = quoted(self._database.table(register).name), dict[int, str]()
        for start in range(0, len(rows), _AT_ONCE):
            part = list(rows[start : start + _AT_ONCE])
            sql = f"SELECT row, id FROM {name} WHERE row IN ({', '.join('?' * len(part))})"
            found.update(self._database.all(sql, part))
        return [found[row] for row in rows if row in found]

    def window(
        self, register: str, keys: Sequence[int] | Sequence[str], fields: Iterable[str] | None = None
    ) -> list[Record]:
        """The records of row numbers (a slice of ``ids``) or of record ids, in that order; vanished ones are left out.

        With ``fields`` only these are read (lists need no child rows, which cost most).
        """
        self._require_open(register)
        table = self._database.table(register)
        if fields is not None:
            owner = (change_content.OWNER,) if register == change_content.ATTACHMENTS else ()  # it says who may see one
            table = narrowed(table, (*fields, *owner))
        records = map(table.record, self._in_order(f"{table.select} WHERE", keys))
        return [record for record in records if not hangs_on_closed(record, self._closed)]

    def lines(self, register: str, keys: Sequence[int] | Sequence[str], columns: Sequence[str]) -> list[Line]:
        """The same with the named columns as they are stored, for what shows many records and keeps none of them.

        Making whole records costs three times the reading.
        """
        self._require_open(register)
        database, every = self._database, ListQuery(register, include_deleted=True)
        seen = list_sql.filter_of(database, database.table(register), self._open_part(every))
        spec = database.table(register).spec
        read = ", ".join(("t.row", "t.id", "t.deleted", *(list_sql.column_of(spec, name) for name in columns)))
        sql = f"SELECT {read} FROM {quoted(register)} AS t WHERE {seen.clause} AND"
        return self._in_order(sql, keys, seen.parameters)

    def _in_order(
        self, sql: str, keys: Sequence[int] | Sequence[str], parameters: Sequence[Cell] = ()
    ) -> list[Line]:  # fmt: skip
        """What ``sql`` (of row, id and more, "… WHERE" or "… AND") gives of these keys, in their order."""
        by_id = bool(keys) and isinstance(keys[0], str)
        column, place = ("id", 1) if by_id else ("row", 0)
        found: dict[int | str, Line] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            rows = self._database.all(f"{sql} t.{column} IN ({', '.join('?' * len(part))})", [*parameters, *part])
            found.update((row[place], row) for row in rows)
        return [found[key] for key in keys if key in found]

    def plain_window(self, register: str, ids: Sequence[str]) -> list[PlainRecord]:
        """The records of these ids (deleted ones too) with their values as they travel, in no certain order."""
        self._require_open(register)
        table = self._database.table(register)
        found: list[PlainRecord] = []
        for start in range(0, len(ids), _AT_ONCE):
            part = list(ids[start : start + _AT_ONCE])
            sql = f"{table.select} WHERE id IN ({', '.join('?' * len(part))})"
            found += map(table.plain_record, self._database.all(sql, part))
        return found

    def row_of(self, register: str, record_id: str) -> int | None:
        """The row number of a record, to find it again in ``ids``."""
        self._require_open(register)
        row = self._database.one(
            f"SELECT row FROM {quoted(self._database.table(register).name)} WHERE id = ?", (record_id,)
        )
        return int(row[0]) if row else None

    def every(self, query: ListQuery, fields: Sequence[str] | None = None) -> Iterator[Record]:
        """All records of a list in its order, read in windows (for exports); with ``fields`` only these of them."""
        keys = self.ids(query)
        for start in range(0, len(keys), _AT_ONCE):
            yield from self.window(query.register, keys[start : start + _AT_ONCE], fields)

    def changed_since(self, register: str, seq: int, by_id: bool = False) -> Iterator[Record]:
        """Records (deleted ones too) whose last change is after ``seq``, in the order of change or of id."""
        self._require_open(register)
        table = self._database.table(register)
        return map(table.record, self._rows_since(table, seq, "id" if by_id else "changed_seq"))

    def plain_changed_since(
        self, register: str, seq: int, also: Sequence[str] = (), office: str | None = None
    ) -> Iterator[PlainRecord]:
        """The same in the order of id, values as they travel; of one office alone where given.

        ``also``: records that go although unchanged.
        """
        self._require_open(register)
        table = self._database.table(register)
        clause, parameters = _changed(table.name, seq, also, office)
        return map(table.plain_record, self._database.run(f"{table.select} WHERE {clause} ORDER BY id", parameters))

    def _rows_since(self, table: RegisterTable, seq: int, order: str) -> Cursor:
        changed = (
            "id IN (SELECT record_id FROM change WHERE seq > ?1 AND register = ?2)" if seq else "?1 = 0 AND ?2 <> ''"
        )
        return self._database.run(f"{table.select} WHERE {changed} ORDER BY {order}", (seq, table.name))

    def first_day(self, register: str, offices: Sequence[str] | None = None) -> date | None:
        """The earliest day that a living record of the register is dated (standing registers: valid) from, or None."""
        table = self._database.table(register)
        dated = table.spec.date_field or table.spec.valid_from
        if not dated:
            return None
        where = "" if offices is None else f" AND office IN ({', '.join('?' * len(offices))})"
        sql = f"SELECT min({quoted(dated)}) FROM {quoted(table.name)} WHERE deleted = 0{where}"
        found = self._database.one(sql, tuple(offices or ()))[0]
        return date.fromisoformat(found) if found else None

    def count_changed_since(self, register: str, seq: int, also: Sequence[str] = (), office: str | None = None) -> int:
        """How many records (deleted ones too) ``plain_changed_since`` would give."""
        name = self._database.table(register).name
        clause, parameters = _changed(name, seq, also, office)
        return int(self._database.one(f"SELECT count(*) FROM {quoted(name)} WHERE {clause}", parameters)[0])

    def count(self, register: str) -> int:
        """How many living records a register has."""
        name = quoted(self._database.table(register).name)
        return int(self._database.one(f"SELECT count(*) FROM {name} WHERE deleted = 0")[0])

    def holds_any(self, register: str, offices: Sequence[str] | None = None) -> bool:
        """Whether a register has a living record; unlike ``count`` it costs the same in every office."""
        return self._holds(register, "", offices)

    def holds_filled(self, register: str, field: str, offices: Sequence[str] | None = None) -> bool:
        """Whether a living record has something in a field; where none has, the covering index is read through."""
        return self._holds(register, f" AND {quoted(field)} IS NOT NULL", offices)

    def _holds(self, register: str, test: str, offices: Sequence[str] | None) -> bool:
        name = quoted(self._database.table(register).name)
        of = "" if offices is None else f" AND office IN ({', '.join('?' * len(offices))})"
        sql = f"SELECT EXISTS (SELECT 1 FROM {name} WHERE deleted = 0{test}{of})"
        return bool(self._database.one(sql, tuple(offices or ()))[0])

    def offices_with(self, register: str, field: str = "") -> frozenset[str]:
        """The offices that have a living record of a register, with something in ``field`` where one is given."""
        name = quoted(self._database.table(register).name)
        filled = f" AND {quoted(field)} IS NOT NULL" if field else ""
        rows = self._database.run(f"SELECT DISTINCT office FROM {name} WHERE deleted = 0{filled}")
        return frozenset(row[0] for row in rows)

    def totals(self, query: ListQuery) -> Totals:
        """Count, and the sums of the fields declared ``total``; none of a field in which no record has anything."""
        self._require_open(query.register)
        table = self._database.table(query.register)
        found = list_sql.filter_of(self._database, table, self._open_part(query))
        fields = [spec for spec in table.spec.living_fields if spec.total]
        columns, parameters = list_sql.total_columns(table.spec, fields)
        sql = f"SELECT count(*){columns} FROM {quoted(table.name)} AS t WHERE {found.clause}"
        row = self._database.one(sql, [*parameters, *found.parameters])
        totals: dict[str, int | Decimal] = {}
        filled: dict[str, tuple[int, int]] = {}
        for place, spec in enumerate(fields):
            cell, told, asked = row[1 + 3 * place : 4 + 3 * place]
            if cell is not None:
                totals[spec.name] = Decimal(cell).scaleb(-spec.digits) if spec.type is FieldType.DECIMAL else cell
            if 0 < told < (asked or 0):
                filled[spec.name] = (told, asked)
        return Totals(row[0], totals, filled)

    def value_counts(self, query: ListQuery, limits: Mapping[str, int]) -> dict[str, list[tuple[Value, int]]]:
        """The values that fields have in the records of a list and in how many, the most frequent first.

        ``limits``: how many values of each field at the most (-1: all). Typed words are looked up once for all fields.
        """
        self._require_open(query.register)
        table = self._database.table(query.register)
        found = list_sql.filter_of(self._database, table, self._open_part(query))
        counted = {}
        for field, limit in limits.items():
            spec, column = list_sql.field_of(table.spec, field), list_sql.column_of(table.spec, field)
            sql = (
                f"SELECT {column}, count(*) FROM {quoted(table.name)} AS t WHERE {found.clause} "
                f"AND {column} IS NOT NULL GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT ?"
            )
            rows = self._database.all(sql, [*found.parameters, limit])
            counted[field] = [(from_cell(spec, cell), count) for cell, count in rows]
        return counted

    def office_counts(self, query: ListQuery) -> list[tuple[str, int]]:
        """The offices that have records in a list, and how many each."""
        self._require_open(query.register)
        table = self._database.table(query.register)
        found = list_sql.filter_of(self._database, table, self._open_part(query))
        sql = f"SELECT t.office, count(*) FROM {quoted(table.name)} AS t WHERE {found.clause} GROUP BY t.office"
        return [(str(office), int(count)) for office, count in self._database.all(sql, found.parameters)]

    def title(self, record: Record) -> str:
        """What the record is called, links included."""
        return Titles(self._database, self._closed).title(record.register, record.values)

    def titles(self, register: str, ids: Iterable[str]) -> dict[str, str]:
        """Titles of many records by id; unknown ids are left out."""
        self._require_open(register)
        titles = Titles(self._database, self._closed)
        fields = self._database.definitions.registers[register].title_fields
        records = self.window(register, list(dict.fromkeys(ids)), fields)
        return {record.id: titles.title(register, record.values) for record in records}

    def linked(
        self, register: str, field: str, record_id: str, shown: int, counted: int
    ) -> tuple[int, list[Record]]:  # fmt: skip
        """How many living records have ``record_id`` in a link (at most ``counted``), and the newest ``shown`` of them.

        The link's index answers, however many there are.
        """
        self._require_open(register)
        table = self._database.table(register)
        newest = f"t.{quoted(table.spec.date_field)} DESC, " if table.spec.date_field else ""
        where = f"t.{quoted(field)} = ? AND t.deleted = 0"
        some = f"SELECT 1 FROM {quoted(table.name)} AS t WHERE {where} LIMIT ?"
        count = self._database.one(f"SELECT count(*) FROM ({some})", (record_id, counted))[0]
        sql = f"{table.select} WHERE {where} ORDER BY {newest}t.row DESC LIMIT ?"
        return int(count), [table.record(row) for row in self._database.all(sql, (record_id, shown))]

    def backlinks(self, register: str, record_id: str, within: Iterable[str] | None = None) -> list[RecordKey]:
        """Living records that point to this one, in own fields or in child rows; of ``within``, or of all registers."""
        pointing = self._pointing_to(register)
        names = pointing if within is None else sorted(pointing.keys() & set(within))
        return [RecordKey(name, row[0]) for name in names for row in self._database.all(pointing[name], (record_id,))]

    def _pointing_to(self, register: str) -> dict[str, str]:
        """The registers with links to this one, each with the statement that finds who points to a record: looked up
        in the definitions once, as many records are asked about when many are deleted.
        """
        registers = self._database.definitions.registers
        if self._pointing_of is not registers:
            self._pointing_of, self._pointing = registers, {}
        if register not in self._pointing:
            found = self._pointing[register] = {}
            for spec in registers.values():
                tests = _links_to(spec, register)
                if tests:
                    where = f"deleted = 0 AND ({' OR '.join(tests)})"
                    found[spec.name] = f"SELECT id FROM {quoted(spec.name)} WHERE {where} ORDER BY row"
        return self._pointing[register]

    def _open_part(self, query: ListQuery) -> ListQuery:
        """Of attached files only those that hang on records of open registers."""
        if query.register != change_content.ATTACHMENTS or not self._closed:
            return query
        open_ones = tuple(self._database.definitions.registers.keys() - self._closed)
        return query._replace(conditions=(*query.conditions, Condition(change_content.OWNER, open_ones)))

    def _require_open(self, register: str) -> None:
        self._database.refuse_unknown(register)
        refuse_closed(self._database, register, self._closed)


def _links_to(spec: RegisterSpec, register: str) -> list[str]:
    """What is true of records that point to one (``?1``) of a register, in own fields or in child rows."""
    tests: list[str] = []
    for field in spec.fields:
        if field.type is FieldType.LINK and field.register == register:
            tests.append(f"{quoted(field.name)} = ?1")
        if any(child.type is FieldType.LINK and child.register == register for child in field.fields):
            tests.append(f"instr({quoted(field.name)}, ?1) > 0")
    return tests


def hangs_on_closed(record: Record, closed: frozenset[str]) -> bool:
    """Whether a record is a file attached to a record that the person at the desk may not see."""
    return record.register == change_content.ATTACHMENTS and record.values.get(change_content.OWNER) in closed


def refuse_closed(database: OpenDatabase, register: str, closed: frozenset[str]) -> None:
    """UserError TD-STORE-240 when the person at the desk may not see the register."""
    if register in closed:
        raise UserError("TD-STORE-240", register=database.definitions.registers[register].title)


def _changed(register: str, seq: int, also: Sequence[str], office: str | None) -> tuple[str, list[Any]]:
    """Records whose last change is after ``seq`` (0: every one), as a clause that lets an index be counted."""
    clauses, parameters = [], list[Any]()
    if seq:
        changed = "id IN (SELECT record_id FROM change WHERE seq > ? AND register = ?)"
        clauses.append(f"({changed} OR id IN (SELECT value FROM json_each(?)))" if also else changed)
        parameters += [seq, register, *([json.dumps(list(also))] if also else [])]
    if office is not None:
        clauses.append("office = ?")
        parameters.append(office)
    return " AND ".join(clauses) or "1", parameters
