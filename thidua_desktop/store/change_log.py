"""The change log: every write to a register, in order, each row bound to the one before by SHA-256.

History, undo, audit trail, packages and merging all read it. Rows are never changed or removed. Of registers whose
records may have to be erased, the row holds only a digest of what was written (``change_content``).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any, NamedTuple, TypeAlias

from thidua_desktop.store import change_content
from thidua_desktop.store.cells import canonical_json
from thidua_desktop.store.hash_chain import START, linked, linked_all
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Change

_COLUMNS = (
    "seq, register, record_id, revision, operation, at, actor, installation, office, fields, reason, action, undoes, "
    "hash"
)
_READ = f"SELECT {_COLUMNS}, content FROM change LEFT JOIN change_content USING (seq)"
_AT_ONCE = 500
REACH = 1_000  # actions of anybody: undo looks no further back, so that asking costs the same in every log


Encoded: TypeAlias = tuple[str, str, int, str, str, str, str, str, str, int | None]
"""A change on its way to the log: register, id, revision, operation, at, actor, office, fields as JSON, reason, undoes.
"""


class NewChange(NamedTuple):
    """What a writer knows of a change before it has its place in the log."""

    operation: str
    actor: str
    at: datetime
    fields: Mapping[str, tuple[Any, Any]]
    reason: str = ""
    undoes: int | None = None


def append(database: OpenDatabase, register: str, record_id: str, revision: int, office: str, new: NewChange) -> int:
    """Add a row inside the running transaction; the sequence number of it."""
    return append_all(database, [(register, record_id, revision, office, new)])


def append_all(database: OpenDatabase, changes: Sequence[tuple[str, str, int, str, NewChange]]) -> int:
    """Add rows (register, id, revision, office, change) in their order; the sequence number of the first."""
    first = _last(database)[0] + 1
    encoded: list[Encoded] = []
    for seq, (register, record_id, revision, office, new) in enumerate(changes, start=first):
        fields, reason = canonical_json(new.fields) if new.fields else "{}", new.reason
        if change_content.kept_aside(database, register):
            fields, reason = change_content.put(database, seq, new.fields, reason), ""
        at = new.at.isoformat(timespec="seconds")
        encoded.append(
            (register, record_id, revision, new.operation, at, new.actor, office, fields, reason, new.undoes)
        )
    return append_encoded(database, encoded)


def append_encoded(database: OpenDatabase, changes: Sequence[Encoded]) -> int:
    """The same of rows whose fields are JSON already; of registers that are kept aside, what stands for them."""
    seq, last_hash = _last(database)
    first = seq + 1
    if database.action is None:
        database.action = first
    installation, action = repeat(database.installation), repeat(database.action)
    seqs, (*head, office, fields, reason, undoes) = range(first, first + len(changes)), zip(*changes, strict=True)
    told = [seqs, *head, installation, office, fields, reason, action]
    hashes = linked_all(last_hash, list(zip(*told, undoes, strict=False)))
    digests = map(bytearray, hashes)  # the driver looks for an adapter of each ``bytes``, and of each None
    if all(one is None for one in undoes):  # most
        insert = f"INSERT INTO change ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL,?)"
        database.run_many(insert, list(zip(*told, digests, strict=False)))
    else:
        insert = f"INSERT INTO change ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        database.run_many(insert, list(zip(*told, undoes, digests, strict=False)))
    return first


def field_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """(old, new) of every plain value that differs."""
    if not old:
        return {name: (None, new[name]) for name in sorted(new) if new[name] is not None}
    return {name: (old.get(name), new.get(name)) for name in sorted({*old, *new}) if old.get(name) != new.get(name)}


def history(database: OpenDatabase, register: str, record_id: str) -> list[Change]:
    """All changes of one record, oldest first."""
    sql = f"{_READ} WHERE register = ? AND record_id = ? ORDER BY seq"
    return [_change(row) for row in database.all(sql, (register, record_id))]


def since(database: OpenDatabase, seq: int) -> Iterator[Change]:
    """Changes after ``seq`` in order."""
    for row in database.run(f"{_READ} WHERE seq > ? ORDER BY seq", (seq,)):
        yield _change(row)


def of_action(database: OpenDatabase, action: int) -> list[Change]:
    """The changes that one transaction wrote: they stand together, from the one that gave the action its number."""
    rows = database.run(f"{_READ} WHERE seq >= ? ORDER BY seq", (action,))
    changes = map(_change, rows)
    return list(itertools.takewhile(lambda change: change.action == action, changes))


def named(database: OpenDatabase, seqs: Sequence[int]) -> list[Change]:
    """The changes of these numbers, in no certain order."""
    found: list[Change] = []
    for start in range(0, len(seqs), _AT_ONCE):
        part = list(seqs[start : start + _AT_ONCE])
        rows = database.all(f"{_READ} WHERE seq IN ({', '.join('?' * len(part))})", part)
        found += map(_change, rows)
    return found


def head(database: OpenDatabase) -> tuple[int, str]:
    """Number and hash (hex) of the last change; (0, zeros) for an empty log."""
    seq, digest = _last(database)
    return seq, digest.hex()


def last_before(database: OpenDatabase, moment: datetime) -> datetime | None:
    """When the newest change was written of those before ``moment``; None where there is none."""
    row = database.one("SELECT at FROM change WHERE at < ? ORDER BY seq DESC LIMIT 1", (moment.isoformat(),))
    return datetime.fromisoformat(row[0]) if row else None


def digest_of(database: OpenDatabase, seq: int) -> str | None:
    """The hash (hex) of a change, which stands for everything up to it; None when there is no such change."""
    row = database.one("SELECT hash FROM change WHERE seq = ?", (seq,))
    return row[0].hex() if row else None


def verify_chain(database: OpenDatabase) -> int | None:
    """The first change that does not fit the one before (or its content kept aside), or None when all is sound."""
    expected, previous = 1, START
    for *row, digest, content in database.run(f"{_READ} ORDER BY seq"):
        fits = row[0] == expected and digest == linked(previous, tuple(row))
        if not fits or not change_content.fits(row[9], content):
            return int(expected)
        expected, previous = expected + 1, digest
    return None


def _last(database: OpenDatabase) -> tuple[int, bytes]:
    row = database.one("SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1")
    return (row[0], row[1]) if row else (0, START)


def _change(row: tuple[Any, ...]) -> Change:
    written, reason = change_content.read(row[9], row[14], row[10])
    fields = {name: (pair[0], pair[1]) for name, pair in written.items()}
    return Change(
        seq=row[0], register=row[1], record_id=row[2], revision=row[3], operation=row[4],
        at=datetime.fromisoformat(row[5]), actor=row[6], installation=row[7], office=row[8], fields=fields,
        reason=reason, action=row[11], undoes=row[12], hash=row[13].hex(),
    )  # fmt: skip
