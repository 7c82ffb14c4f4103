"""Emulation launches, targets, clusters, awards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ("emulation_launch", "target", "cluster")
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "emulation_launch" (
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
  "kind" TEXT,
  "level" TEXT,
  "launched_on" TEXT,
  "plan_number" TEXT,
  "plan_date" TEXT,
  "criteria_points" INTEGER,
  "starts_on" TEXT,
  "ends_on" TEXT,
  "dossier_due" TEXT,
  "award_forms" TEXT,
  "summed_up_on" TEXT,
  "budget" INTEGER,
  "name__sort" TEXT,
  "plan_number__sort" TEXT,
  "aim" TEXT(400),
  "participants" TEXT(400),
  "content" TEXT(400),
  "result" TEXT(400),
  "note" TEXT(400),
  "criteria" TEXT(1000),
  "legal_grounds" TEXT(1000),
  "extra" TEXT
)""",
    """CREATE INDEX "emulation_launch__day" ON "emulation_launch" ("launched_on") WHERE deleted = 0""",
    """CREATE INDEX "emulation_launch__cover" ON "emulation_launch" ("launched_on", "office", "name", "kind",
  "level", "plan_number", "plan_date", "criteria_points", "starts_on", "ends_on", "dossier_due", "award_forms",
  "summed_up_on", "budget", "name__sort", "plan_number__sort") WHERE deleted = 0""",
    """CREATE TABLE "target" (
  "row" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "office" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "deleted" INTEGER NOT NULL DEFAULT 0,
  "changed_seq" INTEGER NOT NULL,
  "changed_at" TEXT NOT NULL,
  "changed_by" TEXT NOT NULL,
  "record__sort" TEXT NOT NULL,
  "year" INTEGER,
  "registered_on" TEXT,
  "subject_kind" TEXT,
  "launch" TEXT,
  "residential_area" TEXT,
  "organization" TEXT,
  "subject_name" TEXT,
  "name" TEXT,
  "unit" TEXT,
  "direction" TEXT,
  "measure" TEXT,
  "base_value" INTEGER,
  "target_value" INTEGER,
  "starts_on" TEXT,
  "ends_on" TEXT,
  "counted_until" TEXT,
  "source" TEXT,
  "indicator" TEXT,
  "closed_on" TEXT,
  "final_value" INTEGER,
  "latest_value" INTEGER,
  "percent" INTEGER,
  "result" TEXT,
  "completed_on" TEXT,
  "subject_name__sort" TEXT,
  "name__sort" TEXT,
  "unit__sort" TEXT,
  "note" TEXT(400),
  "progress" TEXT(1000),
  "extra" TEXT
)""",
    """CREATE INDEX "target__link_launch" ON "target" ("launch") WHERE deleted = 0""",
    """CREATE INDEX "target__link_residential_area" ON "target" ("residential_area") WHERE deleted = 0""",
    """CREATE INDEX "target__link_organization" ON "target" ("organization") WHERE deleted = 0""",
    """CREATE INDEX "target__cover" ON "target" ("record__sort", "office", "year", "registered_on", "subject_kind",
  "launch", "residential_area", "organization", "subject_name", "name", "unit", "direction", "measure",
  "base_value", "target_value", "starts_on", "ends_on", "counted_until", "source", "indicator", "closed_on",
  "final_value", "latest_value", "percent", "result", "completed_on", "subject_name__sort", "name__sort",
  "unit__sort") WHERE deleted = 0""",
    """CREATE TABLE "cluster" (
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
  "kind" TEXT,
  "decision" TEXT,
  "founded_on" TEXT,
  "closed_on" TEXT,
  "member_count" INTEGER,
  "name__sort" TEXT,
  "decision__sort" TEXT,
  "note" TEXT(400),
  "members" TEXT(1000),
  "leaders" TEXT(1000),
  "extra" TEXT
)""",
    """CREATE INDEX "cluster__cover" ON "cluster" ("record__sort", "office", "name", "kind", "decision",
  "founded_on", "closed_on", "member_count", "name__sort", "decision__sort") WHERE deleted = 0""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
