"""Lines of packages that were not taken in, with what came, until somebody settles them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "aside_line" (
  "office" TEXT NOT NULL,
  "register" TEXT NOT NULL,
  "record_id" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "came" TEXT NOT NULL,
  "package" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  "settled_at" TEXT NOT NULL,
  "settled_by" TEXT NOT NULL,
  "remark" TEXT NOT NULL,
  "settled_with" TEXT NOT NULL,
  PRIMARY KEY ("office", "register", "record_id")
) WITHOUT ROWID""",
)


def apply(database: Database) -> None:
    """Make the table."""
    add_registers(database, REGISTERS, STATEMENTS)
