"""Attachments, succession of units, survey forms, people kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ("attachment", "unit_succession")
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE attached_file (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  at TEXT NOT NULL,
  content BLOB NOT NULL
)""",
    """CREATE TABLE survey_form (
  register TEXT PRIMARY KEY,
  content TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL
)""",
    """CREATE TABLE kept_apart (
  register TEXT NOT NULL,
  first TEXT NOT NULL,
  second TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (register, first, second)
) WITHOUT ROWID""",
    """CREATE TABLE "attachment" (
  "row" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "office" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "deleted" INTEGER NOT NULL DEFAULT 0,
  "changed_seq" INTEGER NOT NULL,
  "changed_at" TEXT NOT NULL,
  "changed_by" TEXT NOT NULL,
  "record__sort" TEXT NOT NULL,
  "of_register" TEXT,
  "of_record" TEXT,
  "file_name" TEXT,
  "media_type" TEXT,
  "size" INTEGER,
  "sha256" TEXT,
  "taken_on" TEXT,
  "description" TEXT,
  "of_register__sort" TEXT,
  "of_record__sort" TEXT,
  "file_name__sort" TEXT,
  "media_type__sort" TEXT,
  "sha256__sort" TEXT,
  "description__sort" TEXT,
  "extra" TEXT
)""",
    """CREATE INDEX "attachment__cover" ON "attachment" ("record__sort", "office", "file_name", "size", "taken_on",
  "description", "file_name__sort", "description__sort") WHERE deleted = 0""",
    """CREATE INDEX "attachment__owner" ON "attachment" ("of_record") WHERE deleted = 0""",
    """CREATE TABLE "unit_succession" (
  "row" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "office" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "deleted" INTEGER NOT NULL DEFAULT 0,
  "changed_seq" INTEGER NOT NULL,
  "changed_at" TEXT NOT NULL,
  "changed_by" TEXT NOT NULL,
  "record__sort" TEXT NOT NULL,
  "kind" TEXT,
  "level" TEXT,
  "summary" TEXT,
  "effective_on" TEXT,
  "moved" INTEGER,
  "decision" TEXT,
  "decided_on" TEXT,
  "decided_by" TEXT,
  "legal_basis" TEXT,
  "summary__sort" TEXT,
  "decision__sort" TEXT,
  "decided_by__sort" TEXT,
  "legal_basis__sort" TEXT,
  "note" TEXT(400),
  "offices" TEXT(1000),
  "areas" TEXT(1000),
  "groups" TEXT(1000),
  "extra" TEXT
)""",
    """CREATE INDEX "unit_succession__day" ON "unit_succession" ("effective_on") WHERE deleted = 0""",
    """CREATE INDEX "unit_succession__cover" ON "unit_succession" ("effective_on", "office", "kind", "level",
  "summary", "moved", "decision", "decided_on", "summary__sort", "decision__sort") WHERE deleted = 0""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
