"""What the province decided about records of communes, as values of their fields: results of proposals for awards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "record_decision" (
  "register" TEXT NOT NULL,
  "record_id" TEXT NOT NULL,
  "office" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "settled" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  PRIMARY KEY ("register", "record_id")
) WITHOUT ROWID""",
    """CREATE INDEX "record_decision__office" ON "record_decision" ("office")""",
)


def apply(database: Database) -> None:
    """Make the table."""
    add_registers(database, REGISTERS, STATEMENTS)
