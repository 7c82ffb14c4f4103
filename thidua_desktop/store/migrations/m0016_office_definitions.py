"""Code lists and sets of criteria that came to the office with a directive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "office_definition" (
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  PRIMARY KEY ("kind", "name")
) WITHOUT ROWID""",
)


def apply(database: Database) -> None:
    """Make the table."""
    add_registers(database, REGISTERS, STATEMENTS)
