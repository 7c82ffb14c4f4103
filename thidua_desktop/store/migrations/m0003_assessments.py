"""Assessments by sets of criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ("unit_registration", "assessment")
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "unit_registration" (
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
  "criteria_set" TEXT,
  "subject_kind" TEXT,
  "residential_area" TEXT,
  "organization" TEXT,
  "group" TEXT,
  "member_name" TEXT,
  "registered_on" TEXT,
  "head" TEXT,
  "households_total" INTEGER,
  "households_registered" INTEGER,
  "staff_total" INTEGER,
  "staff_briefed" INTEGER,
  "working_models" INTEGER,
  "resolution_number" TEXT,
  "resolution_date" TEXT,
  "plan_number" TEXT,
  "plan_date" TEXT,
  "internal_rules" INTEGER,
  "register_by" TEXT,
  "in_time" INTEGER,
  "everybody" INTEGER,
  "complete" INTEGER,
  "member_name__sort" TEXT,
  "head__sort" TEXT,
  "resolution_number__sort" TEXT,
  "plan_number__sort" TEXT,
  "note" TEXT(400),
  "extra" TEXT
)""",
    """CREATE INDEX "unit_registration__day" ON "unit_registration" ("registered_on") WHERE deleted = 0""",
    """CREATE INDEX "unit_registration__link_residential_area" ON "unit_registration" ("residential_area",
  "registered_on") WHERE deleted = 0""",
    """CREATE INDEX "unit_registration__link_organization" ON "unit_registration" ("organization", "registered_on")
  WHERE deleted = 0""",
    """CREATE INDEX "unit_registration__link_group" ON "unit_registration" ("group", "registered_on") WHERE deleted =
  0""",
    """CREATE INDEX "unit_registration__cover" ON "unit_registration" ("registered_on", "office", "year",
  "criteria_set", "subject_kind", "residential_area", "organization", "group", "households_total",
  "households_registered", "staff_total", "staff_briefed", "working_models", "resolution_date", "plan_date",
  "internal_rules", "register_by", "in_time", "everybody", "complete") WHERE deleted = 0""",
    """CREATE TABLE "assessment" (
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
  "criteria_set" TEXT,
  "subject_kind" TEXT,
  "residential_area" TEXT,
  "organization" TEXT,
  "group" TEXT,
  "member_name" TEXT,
  "leader_discipline" TEXT,
  "vetoes" TEXT,
  "subunits_total" INTEGER,
  "subunits_met" INTEGER,
  "self_assessed_on" TEXT,
  "submitted_on" TEXT,
  "meeting_on" TEXT,
  "meeting_place" TEXT,
  "chair" TEXT,
  "secretary" TEXT,
  "meeting_attendance" TEXT,
  "votes_for" INTEGER,
  "votes_against" INTEGER,
  "appraised_on" TEXT,
  "status" TEXT,
  "decision_number" TEXT,
  "decision_date" TEXT,
  "certificate_number" TEXT,
  "signer" TEXT,
  "subject_name" TEXT,
  "self_total" INTEGER,
  "cross_total" INTEGER,
  "appraised_total" INTEGER,
  "total" INTEGER,
  "unmet" INTEGER,
  "band" TEXT,
  "result" TEXT,
  "recognise_by" TEXT,
  "closed" INTEGER,
  "member_name__sort" TEXT,
  "meeting_place__sort" TEXT,
  "chair__sort" TEXT,
  "secretary__sort" TEXT,
  "meeting_attendance__sort" TEXT,
  "decision_number__sort" TEXT,
  "certificate_number__sort" TEXT,
  "signer__sort" TEXT,
  "subject_name__sort" TEXT,
  "summary" TEXT(400),
  "limits" TEXT(400),
  "note" TEXT(400),
  "criteria" TEXT(1000),
  "extra" TEXT
)""",
    """CREATE INDEX "assessment__day" ON "assessment" ("self_assessed_on") WHERE deleted = 0""",
    """CREATE INDEX "assessment__link_residential_area" ON "assessment" ("residential_area", "self_assessed_on")
  WHERE deleted = 0""",
    """CREATE INDEX "assessment__link_organization" ON "assessment" ("organization", "self_assessed_on") WHERE
  deleted = 0""",
    """CREATE INDEX "assessment__link_group" ON "assessment" ("group", "self_assessed_on") WHERE deleted = 0""",
    """CREATE INDEX "assessment__cover" ON "assessment" ("self_assessed_on", "office", "year", "criteria_set",
  "subject_kind", "residential_area", "organization", "group", "leader_discipline", "vetoes", "subunits_total",
  "subunits_met", "submitted_on", "meeting_on", "votes_for", "votes_against", "appraised_on", "status",
  "decision_date", "subject_name", "self_total", "cross_total", "appraised_total", "total", "unmet", "band",
  "result", "recognise_by", "closed", "subject_name__sort") WHERE deleted = 0""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
