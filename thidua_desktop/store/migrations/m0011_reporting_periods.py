"""Reporting calendars that came to the office as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE office_calendar (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  content BLOB NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL
)""",
)


def apply(database: Database) -> None:
    """Make the table."""
    for statement in STATEMENTS:
        database.execute(statement)
