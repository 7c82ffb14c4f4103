"""How a migration adds registers: its literal statements, and a number in the search index for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

LAST_NUMBER = 999
"""Numbers above are for registers that come as data (``added_registers``)."""


def add_registers(database: Database, registers: Sequence[str], statements: Sequence[str]) -> None:
    """Run ``statements`` and give each register the next number below those of registers that came as data."""
    for statement in statements:
        database.execute(statement)
    for register in registers:
        database.execute(
            "INSERT INTO register_number (register, number) "
            "SELECT ?, coalesce(max(number), 0) + 1 FROM register_number WHERE number <= ?",
            (register, LAST_NUMBER),
        )
