"""Of a supervised person whose judgment names no day of birth the year alone can be recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """ALTER TABLE "supervised_person" ADD COLUMN "birth_year" INTEGER""",
    """DROP INDEX "supervised_person__cover\"""",
    """CREATE INDEX "supervised_person__cover" ON "supervised_person" ("record__sort", "office", "name", "sex",
  "born_on", "birth_year", "residential_area", "group", "reintegration_group", "decided_on", "term_months",
  "term_starts_on", "term_ends_on", "received_on", "reported_on", "reception_told_on", "plan_on", "officer",
  "helper_decided_on", "closed_on", "closing_reason", "certificate_on", "name__sort", "officer__sort") WHERE
  deleted = 0""",
)


def apply(database: Database) -> None:
    """Add the column, and the index over what lists show with it."""
    add_registers(database, REGISTERS, STATEMENTS)
