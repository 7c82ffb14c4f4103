"""The access log is a chain: every row bound to the one before. What was written so far becomes its beginning.

The number and digest of the newest row stand beside it, so that rows taken from the end are missed too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.hash_chain import START, linked

if TYPE_CHECKING:
    from sqlite_utils import Database

_ROWS = "SELECT seq, at, login, actor, installation, what, register, record_id, records FROM access ORDER BY seq"
_FIXED = "CREATE TRIGGER access__fixed BEFORE UPDATE ON access BEGIN SELECT RAISE(ABORT, 'the access log is kept'); END"


def apply(database: Database) -> None:
    """Add the digests and the head."""
    database.execute("DROP TRIGGER access__fixed")
    database.execute("ALTER TABLE access ADD COLUMN hash BLOB NOT NULL DEFAULT x''")
    last, digest = 0, START
    for row in database.execute(_ROWS).fetchall():
        last, digest = row[0], linked(digest, row)
        database.execute("UPDATE access SET hash = ? WHERE seq = ?", (digest, last))
    database.execute(_FIXED)
    database.execute("CREATE TABLE access_head (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER, hash BLOB)")
    database.execute("INSERT INTO access_head VALUES (1, ?, ?)", (last, digest))
