"""One write to a register: the row, its change, its place in the search index, all in the running transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldType, Values
from thidua_desktop.store import change_log, search
from thidua_desktop.store.cells import PlainValues, filled, plain_of
from thidua_desktop.store.change_log import NewChange
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Record
from thidua_desktop.store.register_table import RegisterTable, quoted
from thidua_desktop.store.titles import Titles


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, when, why, and as what; ``undoes`` is the action that an undo or redo takes back."""

    actor: str
    now: datetime
    reason: str = ""
    undoes: int | None = None


def new_id() -> str:
    """A fresh record id: UUIDv7, so that ids of one desk grow with time."""
    import uuid_utils  # a library of its own, and nothing is written at start

    return str(uuid_utils.uuid7())


def current(database: OpenDatabase, table: RegisterTable, record_id: str) -> Record | None:
    """The record as it stands, deleted or not."""
    row = database.one(f"{table.select} WHERE id = ?", (record_id,))
    return table.record(row) if row else None


def create(
    database: OpenDatabase, table: RegisterTable, values: Values, record_id: str, by: Writing, titles: Titles,
    office: str = "",
) -> Record:  # fmt: skip
    """Write a record that is not there yet."""
    record = Record(
        register=table.name, id=record_id, office=office or database.office, revision=1, values=filled(values),
        deleted=False, changed_at=by.now, changed_by=by.actor,
    )  # fmt: skip
    plain = plain_of(table.spec, record.values)
    fields = change_log.field_changes({}, plain)
    return write(database, table, None, record, plain, "create", fields, by, titles)


def update(
    database: OpenDatabase, table: RegisterTable, old: Record, values: Values, by: Writing, titles: Titles
) -> Record:
    """Write new values over ``old``; the same record when nothing differs and it is not deleted."""
    kept = filled(values)
    plain = plain_of(table.spec, kept)
    fields = change_log.field_changes(plain_of(table.spec, old.values), plain)
    if not fields and not old.deleted:
        return old
    operation = "restore" if old.deleted else "update"
    record = replace(old, values=kept, revision=old.revision + 1, deleted=False, changed_at=by.now, changed_by=by.actor)
    return write(database, table, old, record, plain, operation, fields, by, titles)


def delete(database: OpenDatabase, table: RegisterTable, old: Record, by: Writing, titles: Titles) -> Record:
    """Mark a record as deleted; its values stay for history and undo."""
    record = replace(old, revision=old.revision + 1, deleted=True, changed_at=by.now, changed_by=by.actor)
    return write(database, table, old, record, plain_of(table.spec, record.values), "delete", {}, by, titles)


def write(
    database: OpenDatabase, table: RegisterTable, old: Record | None, record: Record, plain: PlainValues,
    operation: str, fields: Mapping[str, tuple[Any, Any]], by: Writing, titles: Titles,
) -> Record:  # fmt: skip
    """The one way to the disk: change, row, search index, and the index of records that show this one's title."""
    new = NewChange(operation, by.actor, by.now, fields, by.reason, by.undoes)
    seq = change_log.append(database, table.name, record.id, record.revision, record.office, new)
    record = replace(record, changed_seq=seq)
    if old is None:
        cursor = database.run(table.insert, table.parameters(record, plain))
        record = replace(record, row=int(cursor.lastrowid or 0))
    else:
        database.run(table.update, [*table.parameters(record, plain), old.row])
    if record.deleted:
        search.remove(database, table, record.row)
    elif old is None or old.deleted or search.touches(table, fields):
        search.put(database, table, record.row, record.values, titles)
    if old is not None and set(fields) & set(table.spec.title_fields):
        _refresh_dependents(database, record)
    return record


def require(table: RegisterTable, record: Record | None, expected_revision: int | None) -> Record:
    """The record, living; UserError TD-STORE-012 not there, TD-STORE-013 changed since ``expected_revision``."""
    if record is None or record.deleted:
        raise UserError("TD-STORE-012", register=table.spec.title)
    if expected_revision is not None and record.revision != expected_revision:
        raise UserError("TD-STORE-013", register=table.spec.title, who=record.changed_by)
    return record


def _refresh_dependents(database: OpenDatabase, record: Record) -> None:
    """Records are found by the titles they link to: when a title changes, index those records again."""
    titles = Titles(database)
    for table in database.tables():
        if record.register not in table.spec.linked:
            continue
        for link in table.spec.fields:
            if link.type is not FieldType.LINK or link.register != record.register:
                continue
            for row in database.all(f"{table.select} WHERE {quoted(link.name)} = ? AND deleted = 0", (record.id,)):
                dependent = table.record(row)
                search.put(database, table, dependent.row, dependent.values, titles)
