"""What an officer writes in an issued paper: addressees, grounds, text, annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.store.migrations.adding import add_registers

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTERS: tuple[str, ...] = ()
"""New registers; each takes the next free number in the search index."""

STATEMENTS: tuple[str, ...] = (
    """ALTER TABLE "issued_document" ADD COLUMN "addressees" TEXT""",
    """ALTER TABLE "issued_document" ADD COLUMN "grounds" TEXT""",
    """ALTER TABLE "issued_document" ADD COLUMN "body" TEXT""",
    """ALTER TABLE "issued_document" ADD COLUMN "annex" TEXT""",
)


def apply(database: Database) -> None:
    """Run the statements."""
    add_registers(database, REGISTERS, STATEMENTS)
