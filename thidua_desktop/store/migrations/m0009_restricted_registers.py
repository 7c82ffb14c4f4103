"""Openings of restricted records, and contents of their changes that can be erased for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE access (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  login TEXT NOT NULL,
  actor TEXT NOT NULL,
  installation TEXT NOT NULL,
  what TEXT NOT NULL,
  register TEXT NOT NULL,
  record_id TEXT NOT NULL,
  records INTEGER NOT NULL
)""",
    "CREATE INDEX access__lately ON access (login, what, register, record_id, at)",
    "CREATE TRIGGER access__kept BEFORE DELETE ON access BEGIN SELECT RAISE(ABORT, 'the access log is kept'); END",
    "CREATE TRIGGER access__fixed BEFORE UPDATE ON access BEGIN SELECT RAISE(ABORT, 'the access log is kept'); END",
    """CREATE TABLE change_content (
  seq INTEGER PRIMARY KEY,
  content TEXT NOT NULL
)""",
    """CREATE TRIGGER change_content__fixed BEFORE UPDATE ON change_content
BEGIN SELECT RAISE(ABORT, 'the change log is kept'); END""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
