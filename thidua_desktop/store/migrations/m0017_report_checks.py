"""How the province checks communes' reports: a sheet for each closing that came, and every decision on a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "report_check" (
  "report" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "figures" TEXT NOT NULL,
  "lines" TEXT NOT NULL,
  "remark" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  PRIMARY KEY ("report", "period", "figures")
) WITHOUT ROWID""",
    """CREATE TABLE "report_decision" (
  "id" INTEGER PRIMARY KEY,
  "report" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "edition" INTEGER NOT NULL,
  "figures" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL
)""",
    """CREATE INDEX "report_decision__report" ON "report_decision" ("report", "period")""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
