"""The one place where a connection to an office file is made.

SQLCipher is reached through ``sqlcipher3``; sqlite-utils is laid over such a connection only after ``sqlcipher3`` has
been registered under the name that sqlite-utils looks for, or it could not catch this driver's errors.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

APPLICATION_ID = 0x54484456  # "THDV"
PAGE_SIZE = 4096
BUSY_MILLISECONDS = 4000
CACHE_KIB = 64 * 1024
"""At most; holds what lists of 100,000 records read, as decrypting a page again costs more than all else."""

DatabaseError: type[Exception] = dbapi2.DatabaseError


def connect(path: Path, key: bytes, *, read_only: bool = False, movable: bool = False) -> Connection:
    """A keyed connection in autocommit mode; nothing has been read yet, so a wrong key shows at the first statement.

    ``movable``: another thread may go on with it, one at a time (``OpenDatabase`` holds who).

    ``synchronous=FULL`` because a power cut must not take a committed record: in WAL mode NORMAL would.
    """
    connection: Connection = dbapi2.connect(
        str(path), isolation_level=None, cached_statements=256, check_same_thread=not movable
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA cipher_page_size = {PAGE_SIZE}")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA temp_store = MEMORY")  # nothing in clear on the disk
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    if read_only:
        keep_from_writing(connection)
    return connection


def keep_from_writing(connection: Connection) -> None:
    """From now on it only reads."""
    connection.execute("PRAGMA query_only = ON")


def cipher_version() -> str:
    """The version of SQLCipher in this installation, "" when the driver is a plain SQLite."""
    connection = dbapi2.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return str(row[0]) if row else ""


def use_wal(connection: Connection) -> None:
    """Write-ahead logging: readers on other threads see a steady picture while a save goes on."""
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA wal_autocheckpoint = 1000")


def sqlite_utils_over(connection: Connection) -> Database:
    """sqlite-utils over a connection of this factory (imported late: a window must not wait for it)."""
    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
    from sqlite_utils import Database

    return Database(connection)
