"""People named in the office's books, and the log of incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ("person", "incident")
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "person" (
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
  "birth_year" INTEGER,
  "born_on" TEXT,
  "identity_number" TEXT,
  "ethnicity" TEXT,
  "education" TEXT,
  "party_member" INTEGER,
  "residential_area" TEXT,
  "phone" TEXT,
  "address" TEXT,
  "organization" TEXT,
  "position" TEXT,
  "since" TEXT,
  "until" TEXT,
  "name__sort" TEXT,
  "education__sort" TEXT,
  "address__sort" TEXT,
  "position__sort" TEXT,
  "note" TEXT(400),
  "extra" TEXT
)""",
    """CREATE INDEX "person__link_residential_area" ON "person" ("residential_area") WHERE deleted = 0""",
    """CREATE INDEX "person__link_organization" ON "person" ("organization") WHERE deleted = 0""",
    """CREATE INDEX "person__cover" ON "person" ("record__sort", "office", "name", "sex", "birth_year", "born_on",
  "ethnicity", "party_member", "residential_area", "phone", "organization", "position", "since", "until",
  "name__sort", "position__sort") WHERE deleted = 0""",
    """CREATE TABLE "incident" (
  "row" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "office" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "deleted" INTEGER NOT NULL DEFAULT 0,
  "changed_seq" INTEGER NOT NULL,
  "changed_at" TEXT NOT NULL,
  "changed_by" TEXT NOT NULL,
  "record__sort" TEXT NOT NULL,
  "occurred_on" TEXT,
  "occurred_at" TEXT,
  "residential_area" TEXT,
  "organization" TEXT,
  "place" TEXT,
  "kind" TEXT,
  "severity" TEXT,
  "title" TEXT,
  "topics" TEXT,
  "force_majeure" INTEGER,
  "found_in_time" INTEGER,
  "solved_by_tip" INTEGER,
  "people_involved" INTEGER,
  "people_female" INTEGER,
  "minors" INTEGER,
  "deaths" INTEGER,
  "injured" INTEGER,
  "damage" INTEGER,
  "outcome" TEXT,
  "settled_on" TEXT,
  "people_handled" INTEGER,
  "assets_recovered" INTEGER,
  "place__sort" TEXT,
  "title__sort" TEXT,
  "summary" TEXT(400),
  "note" TEXT(400),
  "extra" TEXT
)""",
    """CREATE INDEX "incident__day" ON "incident" ("occurred_on") WHERE deleted = 0""",
    """CREATE INDEX "incident__link_residential_area" ON "incident" ("residential_area", "occurred_on") WHERE deleted
  = 0""",
    """CREATE INDEX "incident__link_organization" ON "incident" ("organization", "occurred_on") WHERE deleted = 0""",
    """CREATE INDEX "incident__cover" ON "incident" ("occurred_on", "office", "residential_area", "organization",
  "kind", "severity", "title", "topics", "force_majeure", "found_in_time", "solved_by_tip", "people_involved",
  "people_female", "minors", "deaths", "injured", "damage", "outcome", "settled_on", "people_handled",
  "assets_recovered", "title__sort") WHERE deleted = 0""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
