"""What people handed in is counted without reading the activities at which nobody did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """CREATE INDEX "movement_activity__rows_items" ON "movement_activity" ("held_on", "office", "residential_area",
  "items") WHERE deleted = 0 AND "items" IS NOT NULL""",
)


def apply(database: Database) -> None:
    """Make the index."""
    add_registers(database, REGISTERS, STATEMENTS)
