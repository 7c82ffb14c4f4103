"""One write to a register: the row, its change, its place in the search index, all in the running transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldType, Values
from thidua_desktop.store import change_log, search
from thidua_desktop.store.cells import Cell, PlainValues, filled, plain_of
from thidua_desktop.store.change_log import NewChange
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Line, Record
from thidua_desktop.store.register_table import RegisterTable, quoted
from thidua_desktop.store.titles import Titles


class Writing(NamedTuple):
    """Who writes, when, why, and as what; ``undoes`` is the action that an undo or redo takes back."""

    actor: str
    now: datetime
    reason: str = ""
    undoes: int | None = None


class Write(NamedTuple):
    """A record about to be written over ``old``; ``plain``: its values, ``fields``: what the log says of them."""

    table: RegisterTable
    old: Record | None
    record: Record
    plain: PlainValues
    operation: str
    fields: Mapping[str, tuple[Any, Any]]


LateRows: TypeAlias = dict[str, set[int]]
"""Register -> numbers of rows whose words are not in the search index yet."""

_MARKS = ("delete", "restore")
BLOCK = 500
"""So many records are written at once: one statement after the other for all of them keeps the processor's caches."""


def new_id() -> str:
    """A fresh record id: UUIDv7, so that ids of one desk grow with time."""
    import uuid_utils  # a library of its own, and nothing is written at start

    return str(uuid_utils.uuid7())


def current(database: OpenDatabase, table: RegisterTable, record_id: str) -> Record | None:
    """The record as it stands, deleted or not."""
    row = database.one(f"{table.select} WHERE id = ?", (record_id,))
    return table.record(row) if row else None


def current_all(database: OpenDatabase, table: RegisterTable, ids: Sequence[str]) -> dict[str, Record]:
    """Those of up to ``BLOCK`` records that there are, by id, deleted or not."""
    rows = database.all(f"{table.select} WHERE id IN ({', '.join('?' * len(ids))})", ids)
    return {record.id: record for record in map(table.record, rows)}


def stored_all(database: OpenDatabase, table: RegisterTable, ids: Sequence[str]) -> dict[str, Line]:
    """The same as rows of ``table.select``; making records of them costs more than reading them."""
    rows = database.all(f"{table.select} WHERE id IN ({', '.join('?' * len(ids))})", ids)
    return {row[1]: row for row in rows}


def creation(database: OpenDatabase, table: RegisterTable, values: Values, record_id: str, by: Writing) -> Write:
    """What writes a record that is not there yet."""
    record = Record(
        register=table.name, id=record_id, office=database.office, revision=1, values=filled(values),
        deleted=False, changed_at=by.now, changed_by=by.actor,
    )  # fmt: skip
    plain = plain_of(table.spec, record.values)
    return Write(table, None, record, plain, "create", change_log.field_changes({}, plain))


def change(table: RegisterTable, old: Record, values: Values, by: Writing) -> Write | None:
    """What writes new values over ``old``; None when nothing differs and it is not deleted."""
    kept = filled(values)
    plain = plain_of(table.spec, kept)
    fields = change_log.field_changes(plain_of(table.spec, old.values), plain)
    if not fields and not old.deleted:
        return None
    operation = "restore" if old.deleted else "update"
    record = replace(old, values=kept, revision=old.revision + 1, deleted=False, changed_at=by.now, changed_by=by.actor)
    return Write(table, old, record, plain, operation, fields)


def deletion(table: RegisterTable, old: Record, by: Writing) -> Write:
    """What marks a record as deleted."""
    record = replace(old, revision=old.revision + 1, deleted=True, changed_at=by.now, changed_by=by.actor)
    return Write(table, old, record, plain_of(table.spec, record.values), "delete", {})


def create(
    database: OpenDatabase, table: RegisterTable, values: Values, record_id: str, by: Writing, titles: Titles
) -> Record:
    """Write a record that is not there yet."""
    return write(database, creation(database, table, values, record_id, by), by, titles)


def update(
    database: OpenDatabase, table: RegisterTable, old: Record, values: Values, by: Writing, titles: Titles
) -> Record:
    """Write new values over ``old``; the same record when nothing differs and it is not deleted."""
    changed = change(table, old, values, by)
    return old if changed is None else write(database, changed, by, titles)


def delete(database: OpenDatabase, table: RegisterTable, old: Record, by: Writing, titles: Titles) -> Record:
    """Mark a record as deleted; its values stay for history and undo."""
    return write(database, deletion(table, old, by), by, titles)


def write(database: OpenDatabase, one: Write, by: Writing, titles: Titles) -> Record:
    """Write one record; the record as it then stands."""
    [(seq, row)] = write_all(database, [one], by, titles)
    return replace(one.record, changed_seq=seq, row=row)


def write_all(
    database: OpenDatabase, writes: Sequence[Write], by: Writing, titles: Titles, late: LateRows | None = None,
    gone: LateRows | None = None,
) -> list[tuple[int, int]]:  # fmt: skip
    """The one way to the disk: changes, rows, search index, and the index of records that show their titles.

    No record may come twice. With ``late`` the words of records that point to one that is not there are put off: enter
    them by ``put_late`` before the transaction ends. With ``gone`` the words of deleted records stay for now: take them
    out by ``take_out``. Returns (number of the change, number of the row) of each.
    """
    if not writes:
        return []
    first = change_log.append_all(
        database,
        [
            (one.table.name, one.record.id, one.record.revision, one.record.office,
             NewChange(one.operation, by.actor, by.now, one.fields, by.reason, by.undoes))
            for one in writes
        ],
    )  # fmt: skip
    by_table: dict[str, list[tuple[Write, int]]] = {}
    for seq, one in enumerate(writes, start=first):
        by_table.setdefault(one.table.name, []).append((one, seq))
    rows: dict[int, int] = {}
    for part in by_table.values():
        rows |= _put_rows(database, part[0][0].table, part)
    titles.forget((one.table.name, one.record.id, one.old is None) for one in writes if _is_renamed(one))
    for part in by_table.values():
        _put_words(database, part[0][0].table, [(one, rows[seq]) for one, seq in part], titles, late, gone)
    for part in by_table.values():
        ids = [one.record.id for one, _ in part if _may_be_shown(one)]
        _refresh_dependents(database, part[0][0].table, ids, titles, late or {})
    return sorted(rows.items())


def mark_all(
    database: OpenDatabase, table: RegisterTable, rows: Sequence[Line], by: Writing, titles: Titles, gone: LateRows
) -> None:
    """What ``write_all`` does of records (rows of ``table.select``) that go, or come back, as they are."""
    for deleted in (0, 1):
        marked = [row for row in rows if row[4] != deleted]
        if marked:
            _mark(database, table, marked, deleted, by)
    search.put_all(database, table, [(row[0], table.record(row).values) for row in rows if row[4]], titles)
    waiting = gone.setdefault(table.name, set())
    waiting.update(row[0] for row in rows if not row[4])
    waiting.difference_update(row[0] for row in rows if row[4])


def _mark(database: OpenDatabase, table: RegisterTable, rows: Sequence[Line], deleted: int, by: Writing) -> None:
    change = NewChange(_MARKS[not deleted], by.actor, by.now, {}, by.reason, by.undoes)
    seq = change_log.append_all(database, [(table.name, row[1], row[3] + 1, row[2], change) for row in rows])
    at = by.now.isoformat(timespec="seconds")
    marks = [(row[3] + 1, deleted, number, at, by.actor, row[0]) for number, row in enumerate(rows, start=seq)]
    database.run_many(table.mark, marks)


def _put_rows(database: OpenDatabase, table: RegisterTable, part: Iterable[tuple[Write, int]]) -> dict[int, int]:
    """Write the rows of one register: (write, number of its change); number of the change -> number of the row."""
    new, changed, marked, rows = list[list[Cell]](), list[list[Cell]](), list[list[Cell]](), dict[int, int]()
    last = 0
    for one, seq in part:
        if one.old is None:
            last = (last or int(database.one(f"SELECT max(row) FROM {quoted(table.name)}")[0] or 0)) + 1
            rows[seq] = last
            new.append(table.parameters(one.record, one.plain, seq, last))
        elif one.operation in _MARKS and not one.fields:
            rows[seq] = one.old.row
            marked.append(table.mark_parameters(one.record, seq))
        else:
            rows[seq] = one.old.row
            changed.append(table.parameters(one.record, one.plain, seq, one.old.row))
    if new:
        database.run_many(table.insert, new)
    if changed:
        database.run_many(table.update, changed)
    if marked:
        database.run_many(table.mark, marked)
    return rows


def _put_words(
    database: OpenDatabase, table: RegisterTable, part: Iterable[tuple[Write, int]], titles: Titles,
    late: LateRows | None, gone: LateRows | None,
) -> None:  # fmt: skip
    """Bring the search index up to the rows written: (write, number of its row)."""
    found: list[tuple[int, Values]] = []
    deleted: list[int] = []
    for one, row in part:
        if one.record.deleted:
            deleted.append(row)
        elif one.old is None or one.old.deleted or search.touches(table, one.fields):
            if late is not None and titles.lacks_one(table.spec, one.record.values):
                late.setdefault(table.name, set()).add(row)
            else:
                found.append((row, one.record.values))
    if gone is None:
        search.remove_all(database, table, deleted)
    else:
        waiting = gone.setdefault(table.name, set())
        waiting.update(deleted)
        waiting.difference_update(row for row, _ in found)
    search.put_all(database, table, found, titles)


def _is_renamed(one: Write) -> bool:
    return one.old is None or not one.fields.keys().isdisjoint(one.table.spec.title_fields)


def _may_be_shown(one: Write) -> bool:
    """Whether other records may be found by another title from now on.

    Nothing points to a record that was just made here; to one that a package brings, records that came before it may.
    """
    return one.operation == "merge" if one.old is None else _is_renamed(one)


def require(table: RegisterTable, record: Record | None, expected_revision: int | None) -> Record:
    """The record, living; UserError TD-STORE-012 not there, TD-STORE-013 changed since ``expected_revision``."""
    if record is None or record.deleted:
        raise UserError("TD-STORE-012", register=table.spec.title)
    if expected_revision is not None and record.revision != expected_revision:
        raise UserError("TD-STORE-013", register=table.spec.title, who=record.changed_by)
    return record


def take_out(database: OpenDatabase, gone: LateRows) -> None:
    """Take the words of deleted records out of the search index that ``write_all`` left there."""
    for register, rows in gone.items():
        search.remove_all(database, database.table(register), sorted(rows))


def put_late(database: OpenDatabase, late: LateRows, titles: Titles) -> None:
    """Enter the words that ``write_all`` put off."""
    for register, rows in late.items():
        _put_again(database, database.table(register), rows, titles)


def _refresh_dependents(
    database: OpenDatabase, shown: RegisterTable, ids: Sequence[str], titles: Titles, late: LateRows
) -> None:
    """Records are found by the titles they link to: when titles of ``shown`` change, index those records again."""
    marks = ", ".join("?" * len(ids))
    for table in database.tables() if ids else ():
        links = [spec for spec in table.spec.fields if spec.type is FieldType.LINK and spec.register == shown.name]
        rows: set[int] = set()
        for link in links:
            sql = f"SELECT row FROM {quoted(table.name)} WHERE {quoted(link.name)} IN ({marks}) AND deleted = 0"
            rows.update(row[0] for row in database.all(sql, ids))
        _put_again(database, table, rows - late.get(table.name, set()), titles)


def _put_again(database: OpenDatabase, table: RegisterTable, rows: Iterable[int], titles: Titles) -> None:
    """Enter living records of one register as they stand."""
    wanted = sorted(rows)
    for start in range(0, len(wanted), BLOCK):
        part = wanted[start : start + BLOCK]
        sql = f"{table.select} WHERE row IN ({', '.join('?' * len(part))}) AND deleted = 0"
        found = map(table.record, database.all(sql, part))
        search.put_all(database, table, [(one.row, one.values) for one in found], titles)
