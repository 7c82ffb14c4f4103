"""Packages made and received, and the cards of the offices they go to and come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.open_database import OpenDatabase

MADE, RECEIVED = "made", "received"  # directions of a package

_PACKAGE = (
    "direction, office, installation, number, kind, header_hash, sha256, state, first_seq, last_seq, file_name, at, "
    "actor, details"
)


class PackageEntry(NamedTuple):
    """A package. ``direction``: MADE or RECEIVED; ``office`` and ``installation`` are its sender's."""

    direction: str
    office: str
    installation: str
    number: int
    header_hash: str
    sha256: str
    state: str
    at: datetime
    actor: str
    kind: str = "report"
    first_seq: int = 0
    last_seq: int = 0
    file_name: str = ""
    details: Mapping[str, Any] = {}


class Partner(NamedTuple):
    """Another office as its card says; ``status``: accepted, waiting or revoked. ``keys`` is sync's own JSON."""

    office: str
    installation: str
    name: str
    keys: Mapping[str, Any]
    status: str
    at: datetime


class Packages:
    """Packages of one office file."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, entry: PackageEntry) -> None:
        """Add a package, or change its state."""
        self._database.run(
            f"INSERT OR REPLACE INTO package ({_PACKAGE}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (entry.direction, entry.office, entry.installation, entry.number, entry.kind, entry.header_hash,
             entry.sha256, entry.state, entry.first_seq, entry.last_seq, entry.file_name,
             entry.at.isoformat(timespec="seconds"),
             entry.actor, compact_json(dict(entry.details))),
        )  # fmt: skip

    def all(self, direction: str | None = None) -> list[PackageEntry]:
        """Packages in the order of time, the newest first.

        Those that this PC made itself stand by their number, since its clock may have been wrong for a while.
        """
        sql = (
            f"SELECT {_PACKAGE} FROM package WHERE ?1 IS NULL OR direction = ?1 "
            "ORDER BY iif(?1 = ?2 AND installation = ?3, number, 0) DESC, at DESC, number DESC"
        )
        return [_entry(row) for row in self._database.all(sql, (direction, MADE, self._database.installation))]

    def last(self, direction: str, office: str, installation: str) -> PackageEntry | None:
        """The package with the highest number of one sender, or None."""
        sql = (
            f"SELECT {_PACKAGE} FROM package WHERE direction = ? AND office = ? AND installation = ? "
            "ORDER BY number DESC LIMIT 1"
        )
        row = self._database.one(sql, (direction, office, installation))
        return _entry(row) if row else None

    def numbers(self, direction: str, office: str, installation: str) -> list[int]:
        """The numbers seen of one sender, ascending."""
        sql = "SELECT number FROM package WHERE direction = ? AND office = ? AND installation = ? ORDER BY number"
        return [row[0] for row in self._database.all(sql, (direction, office, installation))]

    def by_header(self, header_hash: str) -> PackageEntry | None:
        """The package with this header, or None."""
        row = self._database.one(f"SELECT {_PACKAGE} FROM package WHERE header_hash = ?", (header_hash,))
        return _entry(row) if row else None


class Partners:
    """Cards of other offices."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, partner: Partner) -> None:
        """Add or change a card."""
        self._database.run(
            "INSERT OR REPLACE INTO partner (office, installation, name, keys, status, at) VALUES (?, ?, ?, ?, ?, ?)",
            (partner.office, partner.installation, partner.name, compact_json(dict(partner.keys)), partner.status,
             partner.at.isoformat(timespec="seconds")),
        )  # fmt: skip

    def all(self) -> list[Partner]:
        """All cards by office."""
        return [_partner(row) for row in self._database.all("SELECT * FROM partner ORDER BY office, installation")]

    def get(self, office: str, installation: str | None = None) -> Partner | None:
        """The card of an office (of one installation of it; else the newest), or None."""
        sql = "SELECT * FROM partner WHERE office = ?1 AND (?2 IS NULL OR installation = ?2) ORDER BY at DESC LIMIT 1"
        row = self._database.one(sql, (office, installation))
        return _partner(row) if row else None


def _entry(row: tuple[Any, ...]) -> PackageEntry:
    return PackageEntry(
        direction=row[0], office=row[1], installation=row[2], number=row[3], kind=row[4], header_hash=row[5],
        sha256=row[6], state=row[7],
        first_seq=row[8], last_seq=row[9], file_name=row[10], at=datetime.fromisoformat(row[11]),
        actor=row[12], details=json.loads(row[13]),
    )  # fmt: skip


def _partner(row: tuple[Any, ...]) -> Partner:
    return Partner(
        office=row[0], installation=row[1], name=row[2], keys=json.loads(row[3]), status=row[4],
        at=datetime.fromisoformat(row[5]),
    )  # fmt: skip
