"""What each package brought beside its records, so that it can be taken back; and the packages that were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.packages import PackageEntry

_UNDONE = "header_hash, office, installation, number, taken_at, taken_by, at, actor, reason, details"


@dataclass(frozen=True, slots=True)
class PackageTrace:
    """The changes ``first_seq``…``last_seq`` of this file that a package wrote (first > last: none).

    ``content`` is the caller's own JSON.
    """

    header_hash: str
    first_seq: int
    last_seq: int
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndonePackage:
    """A package that was taken in and taken back again."""

    header_hash: str
    office: str
    installation: str
    number: int
    taken_at: datetime
    taken_by: str
    at: datetime
    actor: str
    reason: str
    details: Mapping[str, Any]


class PackageTraces:
    """The traces of one open office file."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, trace: PackageTrace) -> None:
        """Keep what a package brought."""
        self._database.run(
            "INSERT OR REPLACE INTO package_trace (header_hash, first_seq, last_seq, content) VALUES (?, ?, ?, ?)",
            (trace.header_hash, trace.first_seq, trace.last_seq, compact_json(dict(trace.content))),
        )

    def get(self, header_hash: str) -> PackageTrace | None:
        """What a package brought; None when it was not taken in, or by a program that kept no traces."""
        row = self._database.one("SELECT * FROM package_trace WHERE header_hash = ?", (header_hash,))
        return PackageTrace(row[0], row[1], row[2], json.loads(row[3])) if row else None

    def take_back(
        self, entry: PackageEntry, actor: str, now: datetime, reason: str, details: Mapping[str, Any]
    ) -> None:
        """The package counts no longer as taken in; that it once was stays written."""
        stamp = now.isoformat(timespec="seconds")
        self._database.run(
            f"INSERT OR REPLACE INTO undone_package ({_UNDONE}) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (entry.header_hash, entry.office, entry.installation, entry.number,
             entry.at.isoformat(timespec="seconds"), entry.actor, stamp, actor, reason, compact_json(dict(details))),
        )  # fmt: skip
        self._database.run("DELETE FROM package_trace WHERE header_hash = ?", (entry.header_hash,))
        self._database.run(
            "DELETE FROM package WHERE direction = ? AND office = ? AND installation = ? AND number = ?",
            (entry.direction, entry.office, entry.installation, entry.number),
        )

    def undone(self) -> list[UndonePackage]:
        """The packages taken back, the newest first."""
        sql = f"SELECT {_UNDONE} FROM undone_package ORDER BY at DESC, number DESC"
        return [
            UndonePackage(
                header_hash=row[0], office=row[1], installation=row[2], number=row[3],
                taken_at=datetime.fromisoformat(row[4]), taken_by=row[5], at=datetime.fromisoformat(row[6]),
                actor=row[7], reason=row[8], details=json.loads(row[9]),
            )
            for row in self._database.all(sql)
        ]  # fmt: skip
