"""Undo and redo over the change log: each is itself a new change, so nothing is ever taken out of the log.

An action is everything one transaction wrote. Undoing it writes the old values back, unless a later change touched the
same fields: then it is refused and nothing happens. A redo takes back an undo, and is again an action that can be
undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.store import change_log, record_writer
from thidua_desktop.store.cells import plain_of, values_of_plain
from thidua_desktop.store.change_log import REACH
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Change, Record, RecordKey
from thidua_desktop.store.record_writer import Writing
from thidua_desktop.store.titles import Titles

_NEVER_UNDONE = ("merge", "unmerge", "erase", "decide", "decide_deleted")


@dataclass(frozen=True, slots=True)
class _Action:
    number: int
    undoes: int | None


def undo(database: OpenDatabase, actor: str, now: datetime) -> list[RecordKey]:
    """Take back the last action of ``actor`` on this device that still stands.

    UserError TD-STORE-014 nothing to undo, TD-STORE-016 changed since.
    """
    number = undoable(database, actor)
    if number is None:
        raise UserError("TD-STORE-014")
    return _take_back(database, number, actor, now)


def redo(database: OpenDatabase, actor: str, now: datetime) -> list[RecordKey]:
    """Take back the last undo, when ``actor`` did nothing else since. UserError TD-STORE-015 nothing, TD-STORE-016."""
    number = redoable(database, actor)
    if number is None:
        raise UserError("TD-STORE-015")
    return _take_back(database, number, actor, now)


def undoable(database: OpenDatabase, actor: str) -> int | None:
    """The action that ``undo`` would take back."""
    undone: set[int] = set()
    kinds = _Kinds(database)
    for action in _actions(database, actor):
        if action.number in undone:
            continue
        if action.undoes is None or kinds.is_redo(action):
            return action.number
        undone.add(action.undoes)
    return None


def redoable(database: OpenDatabase, actor: str) -> int | None:
    """The undo that ``redo`` would take back."""
    undone: set[int] = set()
    kinds = _Kinds(database)
    for action in _actions(database, actor):
        if action.number in undone:
            continue
        if action.undoes is None:
            return None
        if not kinds.is_redo(action):
            return action.number
        undone.add(action.undoes)
    return None


class _Kinds:
    """Tells redos from undos: a redo takes back an undo, an undo takes back anything else."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def is_redo(self, action: _Action) -> bool:
        """Whether the action took back an undo."""
        undoes, redo = action.undoes, False
        while undoes is not None:
            row = self._database.one("SELECT undoes FROM change WHERE seq = ?", (undoes,))
            undoes = row[0] if row else None
            redo = not redo
        return not redo


def _actions(database: OpenDatabase, actor: str) -> Iterator[_Action]:
    """The actor's actions on this device, newest first; merges are taken back by package, erasures never."""
    sql = (
        "SELECT first.seq, first.undoes, first.actor = ? AND first.installation = ? AND "
        "first.operation NOT IN (?, ?, ?, ?, ?) "
        "FROM change AS last JOIN change AS first ON first.seq = last.action WHERE last.seq = ?"
    )
    place = change_log.head(database)[0]
    for _ in range(REACH):
        row = database.one(sql, (actor, database.installation, *_NEVER_UNDONE, place))
        if row is None:
            return
        if row[2]:
            yield _Action(row[0], row[1])
        place = row[0] - 1  # from action to action, however many changes each holds


def _take_back(database: OpenDatabase, number: int, actor: str, now: datetime) -> list[RecordKey]:
    by, titles = Writing(actor, now, undoes=number), Titles(database)
    keys: dict[RecordKey, None] = {}
    with database.atomic():
        for change in reversed(change_log.of_action(database, number)):
            _reverse(database, change, by, titles)
            keys[RecordKey(change.register, change.record_id)] = None
    return list(keys)


def _reverse(database: OpenDatabase, change: Change, by: Writing, titles: Titles) -> None:
    table = database.table(change.register)
    record = record_writer.current(database, table, change.record_id)
    if record is None:
        raise UserError("TD-STORE-016", register=table.spec.title)
    if change.operation == "delete":
        _require(record.deleted, table.spec.title)
        record_writer.update(database, table, record, record.values, by, titles)
        return
    plain = plain_of(table.spec, record.values)
    _require(not record.deleted and _still_as(change, plain, record), table.spec.title)
    if change.operation == "create":
        record_writer.delete(database, table, record, by, titles)
        return
    before = {**plain, **{name: old for name, (old, _) in change.fields.items()}}
    values = values_of_plain(table.spec, {name: value for name, value in before.items() if value is not None})
    if change.operation == "restore":
        record = record_writer.update(database, table, record, values, by, titles) if change.fields else record
        record_writer.delete(database, table, record, by, titles)
    else:
        record_writer.update(database, table, record, values, by, titles)


def _still_as(change: Change, plain: Mapping[str, Any], record: Record) -> bool:
    """Whether the fields still hold what the change wrote (a created record: all of its fields)."""
    if change.operation == "create":
        return dict(plain) == {name: new for name, (_, new) in change.fields.items()}
    return all(plain.get(name) == new for name, (_, new) in change.fields.items())


def _require(fits: bool, title: str) -> None:
    if not fits:
        raise UserError("TD-STORE-016", register=title)
