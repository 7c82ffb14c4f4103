"""Communes that were merged, split or renamed: what the province writes, and what a commune hears by directives.

``number`` is that of the directive that brought a change, 0 of one written here; of an ``id`` the latest ``at`` holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE "commune_change" (
  "id" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "effective_on" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "stands" INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  PRIMARY KEY ("id", "number")
) WITHOUT ROWID""",
)


def apply(database: Database) -> None:
    """Make the tables."""
    add_registers(database, REGISTERS, STATEMENTS)
