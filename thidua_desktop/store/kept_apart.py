"""Pairs of records of which a person has said that they are two, however alike they look."""

from __future__ import annotations

from datetime import datetime

from thidua_desktop.store.open_database import OpenDatabase


class KeptApart:
    """The pairs of one office file; which of the two is named first does not matter."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, register: str, one: str, other: str, actor: str, now: datetime) -> None:
        """Remember a pair."""
        first, second = sorted((one, other))
        self._database.run(
            "INSERT OR REPLACE INTO kept_apart (register, first, second, at, actor) VALUES (?, ?, ?, ?, ?)",
            (register, first, second, now.isoformat(timespec="seconds"), actor),
        )

    def remove(self, register: str, one: str, other: str) -> None:
        """Forget a pair."""
        self._database.run(
            "DELETE FROM kept_apart WHERE register = ? AND first = ? AND second = ?", (register, *sorted((one, other)))
        )

    def pairs(self, register: str) -> frozenset[tuple[str, str]]:
        """All pairs of a register, each in the order of its ids."""
        rows = self._database.all("SELECT first, second FROM kept_apart WHERE register = ?", (register,))
        return frozenset((row[0], row[1]) for row in rows)
