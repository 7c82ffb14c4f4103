"""What the province says of single records: set aside, in conflict, returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "record_answer" (
  "register" TEXT NOT NULL,
  "record_id" TEXT NOT NULL,
  "office" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "field" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  PRIMARY KEY ("register", "record_id")
) WITHOUT ROWID""",
    """CREATE INDEX "record_answer__office" ON "record_answer" ("office", "state")""",
)


def apply(database: Database) -> None:
    """Make the table."""
    add_registers(database, REGISTERS, STATEMENTS)
