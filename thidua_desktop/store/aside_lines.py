"""Lines of packages that were not taken in: what came, why it was left, and how it was settled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.store.cells import canonical_json
from thidua_desktop.store.open_database import OpenDatabase

_COLUMNS = (
    "office, register, record_id, revision, state, reason, came, package, number, at, actor, settled_at, settled_by, "
    "remark, settled_with"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideLine:
    """One line that ``office`` sent. ``came``: plain values, None for a deletion; ``package``: its header's hash.

    ``settled_with`` is the hash of the package that brought the record after all, "" when a person settled it.
    """

    office: str
    register: str
    record_id: str
    revision: int
    state: str
    reason: str
    came: Mapping[str, Any] | None
    package: str
    number: int
    at: datetime
    actor: str
    settled_at: datetime | None = None
    settled_by: str = ""
    remark: str = ""
    settled_with: str = ""

    def says_the_same(self, other: AsideLine) -> bool:
        """Whether both carry the same content with the same fate."""
        return (self.revision, self.state, self.reason, self.came) == (
            other.revision, other.state, other.reason, other.came
        )  # fmt: skip


class AsideLines:
    """The lines of one office file; of a record of a sender at most one, the newest."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, line: AsideLine) -> None:
        """Keep a line in place of the one before; one that says the same keeps its place and how it was settled."""
        before = self.get(line.office, line.register, line.record_id)
        if before is not None and before.says_the_same(line):
            return
        row = (
            line.office, line.register, line.record_id, line.revision, line.state, line.reason,
            canonical_json(line.came), line.package, line.number, line.at.isoformat(timespec="seconds"), line.actor,
            "", "", "", "",
        )  # fmt: skip
        marks = ",".join("?" * len(row))
        self._database.run(f"INSERT OR REPLACE INTO aside_line ({_COLUMNS}) VALUES ({marks})", row)

    def settle(self, line: AsideLine, actor: str, now: datetime, remark: str, settled_with: str = "") -> None:
        """Note who settled a line, when and how."""
        self._database.run(
            "UPDATE aside_line SET settled_at = ?, settled_by = ?, remark = ?, settled_with = ? "
            "WHERE office = ? AND register = ? AND record_id = ?",
            (now.isoformat(timespec="seconds"), actor, remark, settled_with, line.office, line.register,
             line.record_id),
        )  # fmt: skip

    def take_back(self, package: str) -> None:
        """The package is taken back: its lines go, those that it settled are open again."""
        self._database.run("DELETE FROM aside_line WHERE package = ?", (package,))
        self._database.run(
            "UPDATE aside_line SET settled_at = '', settled_by = '', remark = '', settled_with = '' "
            "WHERE settled_with = ?", (package,),
        )  # fmt: skip

    def get(self, office: str, register: str, record_id: str) -> AsideLine | None:
        """The line of a sender about a record, or None."""
        sql = f"SELECT {_COLUMNS} FROM aside_line WHERE office = ? AND register = ? AND record_id = ?"
        row = self._database.one(sql, (office, register, record_id))
        return _line(row) if row else None

    def all(self, settled: bool = False) -> list[AsideLine]:
        """The lines that wait, or those that are settled; the newest first."""
        sql = (
            f"SELECT {_COLUMNS} FROM aside_line WHERE (settled_at <> '') = ? "
            "ORDER BY at DESC, office, register, record_id"
        )
        return [_line(row) for row in self._database.all(sql, (settled,))]

    def waiting(self) -> list[tuple[str, str, int]]:
        """(office, register, number of the package) of each line that waits; nothing else is read."""
        rows = self._database.all("SELECT office, register, number FROM aside_line WHERE settled_at = ''")
        return [(row[0], row[1], row[2]) for row in rows]


def _line(row: tuple[Any, ...]) -> AsideLine:
    return AsideLine(
        office=row[0], register=row[1], record_id=row[2], revision=row[3], state=row[4], reason=row[5],
        came=json.loads(row[6]), package=row[7], number=row[8], at=datetime.fromisoformat(row[9]), actor=row[10],
        settled_at=datetime.fromisoformat(row[11]) if row[11] else None, settled_by=row[12], remark=row[13],
        settled_with=row[14],
    )  # fmt: skip
