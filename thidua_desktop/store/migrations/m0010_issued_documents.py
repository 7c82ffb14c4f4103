"""The register of issued papers with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ("issued_document",)
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "issued_document" (
  "row" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "office" TEXT NOT NULL,
  "revision" INTEGER NOT NULL,
  "deleted" INTEGER NOT NULL DEFAULT 0,
  "changed_seq" INTEGER NOT NULL,
  "changed_at" TEXT NOT NULL,
  "changed_by" TEXT NOT NULL,
  "record__sort" TEXT NOT NULL,
  "number" INTEGER,
  "symbol" TEXT,
  "designation" TEXT,
  "series" TEXT,
  "issued_on" TEXT,
  "type" TEXT,
  "subject" TEXT,
  "signer" TEXT,
  "copy_kept_by" TEXT,
  "copies" INTEGER,
  "sent_on" TEXT,
  "received_by" TEXT,
  "replaces" TEXT,
  "symbol__sort" TEXT,
  "designation__sort" TEXT,
  "series__sort" TEXT,
  "subject__sort" TEXT,
  "signer__sort" TEXT,
  "copy_kept_by__sort" TEXT,
  "received_by__sort" TEXT,
  "recipients" TEXT(400),
  "note" TEXT(400),
  "extra" TEXT
)""",
    """CREATE INDEX "issued_document__day" ON "issued_document" ("issued_on") WHERE deleted = 0""",
    """CREATE INDEX "issued_document__link_replaces" ON "issued_document" ("replaces", "issued_on")
  WHERE deleted = 0""",
    """CREATE INDEX "issued_document__cover" ON "issued_document" ("issued_on", "office", "number", "designation",
  "type", "subject", "signer", "copy_kept_by", "copies", "sent_on", "received_by", "replaces",
  "designation__sort", "subject__sort", "signer__sort", "copy_kept_by__sort", "received_by__sort") WHERE deleted
  = 0""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
