"""People's tips, management and education in the community, grassroots forces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ("tip", "supervised_person")
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "tip" (
  "row" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "office" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "deleted" INTEGER NOT NULL DEFAULT 0,
  "changed_seq" INTEGER NOT NULL,
  "changed_at" TEXT NOT NULL,
  "changed_by" TEXT NOT NULL,
  "record__sort" TEXT NOT NULL,
  "received_on" TEXT,
  "received_at" TEXT,
  "residential_area" TEXT,
  "way" TEXT,
  "topics" TEXT,
  "content" TEXT,
  "value" TEXT,
  "checked_on" TEXT,
  "result" TEXT,
  "incident" TEXT,
  "people_found" INTEGER,
  "people_turned_in" INTEGER,
  "thanked" INTEGER,
  "rewarded" INTEGER,
  "content__sort" TEXT,
  "note" TEXT(400),
  "extra" TEXT
)""",
    """CREATE INDEX "tip__day" ON "tip" ("received_on") WHERE deleted = 0""",
    """CREATE INDEX "tip__link_residential_area" ON "tip" ("residential_area", "received_on") WHERE deleted = 0""",
    """CREATE INDEX "tip__link_incident" ON "tip" ("incident", "received_on") WHERE deleted = 0""",
    """CREATE INDEX "tip__cover" ON "tip" ("received_on", "office", "residential_area", "way", "topics", "content",
  "value", "checked_on", "result", "incident", "people_found", "people_turned_in", "thanked", "rewarded",
  "content__sort") WHERE deleted = 0""",
    """CREATE TABLE "supervised_person" (
  "row" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "office" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "deleted" INTEGER NOT NULL DEFAULT 0,
  "changed_seq" INTEGER NOT NULL,
  "changed_at" TEXT NOT NULL,
  "changed_by" TEXT NOT NULL,
  "record__sort" TEXT NOT NULL,
  "name" TEXT,
  "sex" TEXT,
  "born_on" TEXT,
  "identity_number" TEXT,
  "residential_area" TEXT,
  "address" TEXT,
  "group" TEXT,
  "reintegration_group" TEXT,
  "decision" TEXT,
  "decided_on" TEXT,
  "decided_by" TEXT,
  "measure" TEXT,
  "term_months" INTEGER,
  "term_starts_on" TEXT,
  "term_ends_on" TEXT,
  "received_on" TEXT,
  "reported_on" TEXT,
  "reception_told_on" TEXT,
  "plan_on" TEXT,
  "officer" TEXT,
  "helper" TEXT,
  "helper_unit" TEXT,
  "helper_decision" TEXT,
  "helper_decided_on" TEXT,
  "closed_on" TEXT,
  "closing_reason" TEXT,
  "certificate" TEXT,
  "certificate_on" TEXT,
  "name__sort" TEXT,
  "address__sort" TEXT,
  "decision__sort" TEXT,
  "decided_by__sort" TEXT,
  "measure__sort" TEXT,
  "officer__sort" TEXT,
  "helper__sort" TEXT,
  "helper_unit__sort" TEXT,
  "helper_decision__sort" TEXT,
  "certificate__sort" TEXT,
  "remarks" TEXT(1000),
  "roll_calls" TEXT(1000),
  "helper_reports" TEXT(1000),
  "violations" TEXT(1000),
  "absences" TEXT(1000),
  "extra" TEXT
)""",
    """CREATE INDEX "supervised_person__link_residential_area" ON "supervised_person" ("residential_area") WHERE
  deleted = 0""",
    """CREATE INDEX "supervised_person__cover" ON "supervised_person" ("record__sort", "office", "name", "sex",
  "born_on", "residential_area", "group", "reintegration_group", "decided_on", "term_months", "term_starts_on",
  "term_ends_on", "received_on", "reported_on", "reception_told_on", "plan_on", "officer", "helper_decided_on",
  "closed_on", "closing_reason", "certificate_on", "name__sort", "officer__sort") WHERE deleted = 0""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
