"""Two installations of one office, and packages that are taken back.

``record_version`` holds where each value of a record that came from another installation of this office was written;
``package_trace`` what a package brought beside records; ``undone_package`` what was taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "record_version" (
  "register" TEXT NOT NULL,
  "record_id" TEXT NOT NULL,
  "seq" INTEGER NOT NULL,
  "open" INTEGER NOT NULL,
  "content" TEXT NOT NULL,
  PRIMARY KEY ("register", "record_id", "seq")
) WITHOUT ROWID""",
    """CREATE INDEX "record_version__open" ON "record_version" ("register", "record_id") WHERE "open" = 1""",
    """CREATE TABLE "package_trace" (
  "header_hash" TEXT NOT NULL PRIMARY KEY,
  "first_seq" INTEGER NOT NULL,
  "last_seq" INTEGER NOT NULL,
  "content" TEXT NOT NULL
) WITHOUT ROWID""",
    """CREATE TABLE "undone_package" (
  "header_hash" TEXT NOT NULL,
  "office" TEXT NOT NULL,
  "installation" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "taken_at" TEXT NOT NULL,
  "taken_by" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "details" TEXT NOT NULL,
  PRIMARY KEY ("at", "header_hash")
) WITHOUT ROWID""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
