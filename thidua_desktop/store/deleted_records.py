"""Records that were deleted and are still in the file: found, told by the change that deleted them, brought back.

Indexes hold living records alone (``register_table.indexes``); a deleted one is a row number that the slim covering
index lacks, so that a register of a million records is looked through without reading its rows. What was erased for
good has no row, and is found nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from thidua_desktop import text
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.store import change_log, record_writer, search
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Change, Record, RecordKey
from thidua_desktop.store.record_writer import Writing
from thidua_desktop.store.records import hangs_on_closed, refuse_closed
from thidua_desktop.store.register_table import RegisterTable, quoted
from thidua_desktop.store.titles import Titles

_AT_ONCE = 500
_WORD = re.compile(r"[^\W_]+")


class Standing(StrEnum):
    """Whether a record is in its register."""

    LIVING = "living"
    DELETED = "deleted"
    GONE = "gone"  # erased for good, or never here


class DeletedKey(NamedTuple):
    """One deleted record; ``seq``: the change that deleted it."""

    register: str
    id: str
    row: int
    seq: int


class DeletedRecords:
    """The office's own deleted records; ``closed`` registers have none for the person at the desk."""

    def __init__(self, database: OpenDatabase, closed: frozenset[str] = frozenset()) -> None:
        self._database = database
        self._closed = closed

    def keys(self, registers: Iterable[str], typed: str = "") -> list[DeletedKey]:
        """Deleted records of these registers, the last deleted first; with ``typed`` those that hold all its words.

        Words are looked for without diacritics, each as a beginning, in the record, in who deleted it and why.
        """
        found: list[DeletedKey] = []
        for name in registers:
            if name not in self._closed:
                found += self._of_register(self._database.table(name))
        found.sort(key=lambda key: key.seq, reverse=True)
        words = _WORD.findall(text.fold(typed))
        return list(self._holding(found, words)) if words else found

    def records(self, keys: Sequence[DeletedKey]) -> list[tuple[DeletedKey, Record, Change]]:
        """The records of some keys in their order with the change that deleted each; those restored since left out."""
        changes = {one.seq: one for one in change_log.named(self._database, [key.seq for key in keys])}
        by_register: dict[str, list[DeletedKey]] = {}
        for key in keys:
            by_register.setdefault(key.register, []).append(key)
        records: dict[tuple[str, str], Record] = {}
        for name, part in by_register.items():
            table = self._database.table(name)
            for start in range(0, len(part), _AT_ONCE):
                ids = [key.id for key in part[start : start + _AT_ONCE]]
                read = record_writer.current_all(self._database, table, ids)
                records |= {(name, record.id): record for record in read.values() if record.deleted}
        return [
            (key, records[key.register, key.id], changes[key.seq])
            for key in keys
            if (key.register, key.id) in records and key.seq in changes
        ]

    def standing(self, key: RecordKey) -> Standing:
        """Whether a record is there, of a closed register too."""
        table = quoted(self._database.table(key.register).name)
        row = self._database.one(f"SELECT deleted FROM {table} WHERE id = ?", (key.id,))
        if row is None:
            return Standing.GONE
        return Standing.DELETED if row[0] else Standing.LIVING

    def action_of(self, key: RecordKey) -> int:
        """The action that changed a record last; 0 when it was never here."""
        row = self._database.one(
            "SELECT action FROM change WHERE record_id = ? AND register = ? ORDER BY seq DESC LIMIT 1",
            (key.id, key.register),
        )
        return int(row[0]) if row else 0

    def of_action(self, action: int) -> list[RecordKey]:
        """The records of open registers that an action deleted and that are deleted still."""
        changes = change_log.of_action(self._database, action) if action else []
        known = self._database.definitions.registers.keys() - self._closed
        keys = [RecordKey(one.register, one.record_id) for one in changes if one.register in known]
        return [key for key in dict.fromkeys(keys) if self.standing(key) is Standing.DELETED]

    def bring_back(self, key: RecordKey, values: Values, *, actor: str, now: datetime, reason: str) -> Record:
        """Put a deleted record back as ``values``; UserError TD-DATA-610 when it is not a deleted one any more."""
        database = self._database
        refuse_closed(database, key.register, self._closed)
        table = database.table(key.register)
        with database.atomic():
            old = record_writer.current(database, table, key.id)
            if old is None or not old.deleted:
                raise UserError("TD-DATA-610", singular=table.spec.singular)
            return record_writer.update(database, table, old, values, Writing(actor, now, reason), Titles(database))

    def _of_register(self, table: RegisterTable) -> Iterator[DeletedKey]:
        database, name = self._database, quoted(table.name)
        cover = quoted(f"{table.name}__cover")
        living = f"SELECT group_concat(row) FROM {name} INDEXED BY {cover} WHERE deleted = 0"
        joined = database.one(living)[0]
        last = int(database.one(f"SELECT max(row) FROM {name}")[0] or 0)
        there = bytearray(last + 1)
        for row in map(int, joined.split(",") if joined else ()):
            there[row] = 1
        gaps = list(_gaps(there))
        for start in range(0, len(gaps), _AT_ONCE):
            part = gaps[start : start + _AT_ONCE]
            sql = (
                f"SELECT id, row, changed_seq FROM {name} WHERE row IN ({', '.join('?' * len(part))}) "
                "AND deleted = 1 AND office = ?"
            )
            for record_id, row, seq in database.all(sql, (*part, database.office)):
                yield DeletedKey(table.name, record_id, row, seq)

    def _holding(self, keys: Sequence[DeletedKey], words: Sequence[str]) -> Iterator[DeletedKey]:
        titles = Titles(self._database, self._closed)
        for start in range(0, len(keys), _AT_ONCE):
            for key, record, change in self.records(keys[start : start + _AT_ONCE]):
                if hangs_on_closed(record, self._closed):
                    continue
                table = self._database.table(key.register)
                said = search.searched_text(table, record.values, titles)
                folded = search.with_joined_words(text.fold(f"{said} {change.actor} {change.reason}"))
                known = _WORD.findall(folded)
                if all(any(one.startswith(word) for one in known) for word in words):
                    yield key


def _gaps(there: bytearray) -> Iterator[int]:
    """The numbers from 1 on that are not marked."""
    at = there.find(0, 1)
    while at >= 0:
        yield at
        at = there.find(0, at + 1)
