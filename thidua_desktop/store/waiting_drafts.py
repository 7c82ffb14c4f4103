"""Drafts kept while a long piece of work writes: beside the office file, for that time alone.

The office file has one writer, and an import or an undo is one action, so a draft has to wait for its end; a power cut
must not take it meanwhile. It lies in a small database of its own under the same key (``<name>.drafts``), which nobody
else writes. What was left there comes to its place at the next opening.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.connection import DatabaseError, connect
from thidua_desktop.store.environment import code_of, told_to_the_person

if TYPE_CHECKING:
    from sqlite3 import Connection

_OF_ANOTHER_FILE = "TD-STORE-002"
_TABLE = "CREATE TABLE IF NOT EXISTS draft (register TEXT, record_id TEXT, owner TEXT, fields TEXT, at TEXT)"


class WaitingDraft(NamedTuple):
    """As ``StoredDraft``; ``values`` None: the draft before is to be forgotten."""

    register: str
    record_id: str | None
    owner: str
    values: Mapping[str, Any] | None
    at: datetime


class WaitingDrafts:
    """Of one office file; every call opens and closes it, in whatever thread, one at a time."""

    def __init__(self, office: Path, key: bytes) -> None:
        self._path, self._key = waiting_path(office), key

    def keep(self, drafts: Sequence[WaitingDraft]) -> None:
        """In the place of all that was kept before; with none the file goes. UserError TD-ENV-…"""
        with told_to_the_person(self._path):
            if drafts or self._path.exists():
                self._write(drafts)
            if not drafts:
                self._path.unlink(missing_ok=True)

    def all(self) -> list[WaitingDraft]:
        """What waits; nothing where the file is another office's, which was removed."""
        if not self._path.exists():
            return []
        with told_to_the_person(self._path):
            try:
                with self._opened() as connection:
                    return list(map(_draft, connection.execute("SELECT * FROM draft").fetchall()))
            except DatabaseError as problem:
                if code_of(problem) != _OF_ANOTHER_FILE:
                    raise
                return []

    def _write(self, drafts: Sequence[WaitingDraft]) -> None:
        try:
            self._replace_all(drafts)
        except DatabaseError as problem:
            if code_of(problem) != _OF_ANOTHER_FILE:
                raise
            self._path.unlink()
            self._replace_all(drafts)

    def _replace_all(self, drafts: Sequence[WaitingDraft]) -> None:
        rows = [
            (one.register, one.record_id or "", one.owner, _text(one), one.at.isoformat(timespec="seconds"))
            for one in drafts
        ]
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM draft")
            connection.executemany("INSERT INTO draft VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        with closing(connect(self._path, self._key)) as connection:
            connection.execute("PRAGMA synchronous = EXTRA")  # a journal that comes back would take back what was said
            connection.execute(_TABLE)
            yield connection


def waiting_path(office: Path) -> Path:
    """Where the drafts of the office file ``office`` wait."""
    return office.with_name(office.name + ".drafts")


def move_in(connection: Connection, office: Path, key: bytes) -> None:
    """At an opening: what waited when the program was cut off comes to its place in the office file.

    A draft that was written since is left. Trouble with the small file keeps nobody out; it waits for the next opening.
    """
    waiting = WaitingDrafts(office, key)
    with suppress(UserError):
        drafts = waiting.all()
        _put(connection, drafts)
        waiting.keep(())


def _put(connection: Connection, drafts: Sequence[WaitingDraft]) -> None:
    if not drafts:
        return
    connection.execute("BEGIN IMMEDIATE")
    for one in drafts:
        place = (one.register, one.record_id or "", one.owner)
        at = one.at.isoformat(timespec="seconds")
        connection.execute(
            "DELETE FROM draft WHERE register = ? AND record_id = ? AND owner = ? AND at <= ?", (*place, at)
        )
        if one.values is not None:
            connection.execute(
                "INSERT OR IGNORE INTO draft (register, record_id, owner, fields, at) VALUES (?, ?, ?, ?, ?)",
                (*place, _text(one), at),
            )
    connection.execute("COMMIT")


def _text(one: WaitingDraft) -> str | None:
    return None if one.values is None else compact_json(dict(one.values))


def _draft(row: tuple[Any, ...]) -> WaitingDraft:
    values = None if row[3] is None else json.loads(row[3])
    return WaitingDraft(row[0], row[1] or None, row[2], values, datetime.fromisoformat(row[4]))
