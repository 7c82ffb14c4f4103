"""What a closed report said, word for word, so that its paper can be made again; and reports that were returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """ALTER TABLE "report_frozen" ADD COLUMN "content" TEXT""",
    """CREATE TABLE "report_return" (
  "report" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "edition" INTEGER NOT NULL,
  "returned_on" TEXT NOT NULL,
  "returned_by" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  PRIMARY KEY ("report", "period", "edition")
) WITHOUT ROWID""",
)


def apply(database: Database) -> None:
    """Add the column and make the table."""
    add_registers(database, REGISTERS, STATEMENTS)
