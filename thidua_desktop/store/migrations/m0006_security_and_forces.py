"""People's tips, management and education in the community, grassroots forces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ("tip",)
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
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
