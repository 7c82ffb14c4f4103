"""Undo and redo over the change log: each is itself a new change, so nothing is ever taken out of the log.

An action is everything one transaction wrote. Undoing it writes the old values back, unless a later change touched the
same fields: then it is refused and nothing happens. A redo takes back an undo, and is again an action that can be
undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from thidua_desktop.errors import UserError
from thidua_desktop.store import change_log, record_writer
from thidua_desktop.store.cells import plain_of, values_of_plain
from thidua_desktop.store.change_log import REACH
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Change, Line, Record, RecordKey
from thidua_desktop.store.record_writer import LateRows, Write, Writing
from thidua_desktop.store.register_table import RegisterTable
from thidua_desktop.store.titles import Titles

Told: TypeAlias = Callable[[int, int], None]
"""Hears how many changes of how many are taken back."""

_MARKED = ("create", "delete")
_NEVER_UNDONE = ("merge", "unmerge", "erase", "decide", "decide_deleted")


@dataclass(frozen=True, slots=True)
class _Action:
    number: int
    undoes: int | None


def to_nobody(_done: int, _total: int) -> None:
    """Nobody waits."""


def undo(database: OpenDatabase, actor: str, now: datetime, told: Told = to_nobody) -> list[RecordKey]:
    """Take back the last action of ``actor`` on this device that still stands.

    UserError TD-STORE-014 nothing to undo, TD-STORE-016 changed since.
    """
    number = undoable(database, actor)
    if number is None:
        raise UserError("TD-STORE-014")
    return _take_back(database, number, actor, now, told)


def redo(database: OpenDatabase, actor: str, now: datetime, told: Told = to_nobody) -> list[RecordKey]:
    """Take back the last undo, when ``actor`` did nothing else since. UserError TD-STORE-015 nothing, TD-STORE-016."""
    number = redoable(database, actor)
    if number is None:
        raise UserError("TD-STORE-015")
    return _take_back(database, number, actor, now, told)


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


def _take_back(database: OpenDatabase, number: int, actor: str, now: datetime, told: Told) -> list[RecordKey]:
    by, titles, gone = Writing(actor, now, undoes=number), Titles(database), LateRows()
    keys: dict[RecordKey, None] = {}
    with database.atomic():
        changes = change_log.of_action(database, number)
        for part in _parts(reversed(changes)):
            told(len(keys), len(changes))
            if not _mark(database, part, by, titles, gone):
                _reverse(database, part, by, titles, gone)
            keys |= dict.fromkeys(RecordKey(change.register, change.record_id) for change in part)
        record_writer.take_out(database, gone)
    return list(keys)


def _parts(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Blocks to be written at once, in the order of the changes: no record comes twice in one."""
    part: list[Change] = []
    there: set[tuple[str, str]] = set()
    for change in changes:
        key = (change.register, change.record_id)
        if len(part) == record_writer.BLOCK or key in there:
            yield part
            part, there = [], set()
        part.append(change)
        there.add(key)
    if part:
        yield part


def _mark(database: OpenDatabase, part: Sequence[Change], by: Writing, titles: Titles, gone: LateRows) -> bool:
    """Takes back changes that made or deleted records of one register, as an import or a deletion of many does: these
    only go or come back. False, and nothing done, for any other part.
    """
    if len({(change.register, change.operation) for change in part}) > 1 or part[0].operation not in _MARKED:
        return False
    table, made = database.table(part[0].register), part[0].operation == "create"
    standing = record_writer.stored_all(database, table, [change.record_id for change in part])
    rows = []
    for change in part:
        row = standing.get(change.record_id)
        _require(row is not None, table.spec.title)
        assert row is not None
        _require(bool(row[4]) != made and (not made or _is_as_made(change, table, row)), table.spec.title)
        rows.append(row)
    record_writer.mark_all(database, table, rows, by, titles, gone)
    return True


def _is_as_made(change: Change, table: RegisterTable, row: Line) -> bool:
    plain = table.plain_record(row).plain
    fields = change.fields
    return len(plain) == len(fields) and all(plain.get(name) == new for name, (_, new) in fields.items())


def _reverse(database: OpenDatabase, part: Sequence[Change], by: Writing, titles: Titles, gone: LateRows) -> None:
    ids: dict[str, list[str]] = {}
    for change in part:
        ids.setdefault(change.register, []).append(change.record_id)
    standing = {name: record_writer.current_all(database, database.table(name), some) for name, some in ids.items()}
    firsts: list[Write] = []
    seconds: list[Write] = []
    for change in part:
        table = database.table(change.register)
        steps = _steps(table, change, standing[change.register].get(change.record_id), by)
        firsts += steps[:1]
        seconds += steps[1:]
    for writes in (firsts, seconds):
        record_writer.write_all(database, writes, by, titles, gone=gone)


def _steps(table: RegisterTable, change: Change, record: Record | None, by: Writing) -> list[Write]:
    """What takes back one change of a record: one write, or two where it was brought back with other values."""
    title = table.spec.title
    if record is None:
        raise UserError("TD-STORE-016", register=title)
    if change.operation == "delete":
        _require(record.deleted, title)
        return _filled(record_writer.change(table, record, record.values, by))
    plain = plain_of(table.spec, record.values)
    _require(not record.deleted and _still_as(change, plain, record), title)
    if change.operation == "create":
        return [record_writer.deletion(table, record, by)]
    before = {**plain, **{name: old for name, (old, _) in change.fields.items()}}
    values = values_of_plain(table.spec, {name: value for name, value in before.items() if value is not None})
    changed = record_writer.change(table, record, values, by)
    if change.operation != "restore":
        return _filled(changed)
    return [*_filled(changed), record_writer.deletion(table, record if changed is None else changed.record, by)]


def _filled(write: Write | None) -> list[Write]:
    return [] if write is None else [write]


def _still_as(change: Change, plain: Mapping[str, Any], record: Record) -> bool:
    """Whether the fields still hold what the change wrote (a created record: all of its fields)."""
    if change.operation == "create":
        return dict(plain) == {name: new for name, (_, new) in change.fields.items()}
    return all(plain.get(name) == new for name, (_, new) in change.fields.items())


def _require(fits: bool, title: str) -> None:
    if not fits:
        raise UserError("TD-STORE-016", register=title)
