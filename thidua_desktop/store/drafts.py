"""Typed but unsaved text, kept so that a power cut takes at most the last seconds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.open_database import OpenDatabase


class StoredDraft(NamedTuple):
    """What ``owner`` had typed into a record (``record_id`` None: a new one) at ``at``."""

    register: str
    record_id: str | None
    owner: str
    values: Mapping[str, Any]
    at: datetime


class Drafts:
    """One draft per register, record and owner."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, register: str, record_id: str | None, owner: str, values: Mapping[str, Any], now: datetime) -> bool:
        """Keep JSON-able ``values``, replacing the draft before; False when another connection writes just now."""
        return self._database.run_at_once(
            "INSERT OR REPLACE INTO draft (register, record_id, owner, fields, at) VALUES (?, ?, ?, ?, ?)",
            (register, record_id or "", owner, compact_json(dict(values)), now.isoformat(timespec="seconds")),
        )

    def get(self, register: str, record_id: str | None, owner: str) -> StoredDraft | None:
        """The draft, or None."""
        sql = "SELECT * FROM draft WHERE register = ? AND record_id = ? AND owner = ?"
        row = self._database.one(sql, (register, record_id or "", owner))
        return _draft(row) if row else None

    def all(self, owner: str | None = None) -> list[StoredDraft]:
        """All drafts (of one owner), newest first."""
        rows = self._database.all("SELECT * FROM draft WHERE ?1 IS NULL OR owner = ?1 ORDER BY at DESC", (owner,))
        return [_draft(row) for row in rows]

    def drop(self, register: str, record_id: str | None, owner: str) -> bool:
        """Forget a draft, if there is one; False when another connection writes just now."""
        return self._database.run_at_once(
            "DELETE FROM draft WHERE register = ? AND record_id = ? AND owner = ?", (register, record_id or "", owner)
        )


def _draft(row: tuple[Any, ...]) -> StoredDraft:
    return StoredDraft(row[0], row[1] or None, row[2], json.loads(row[3]), datetime.fromisoformat(row[4]))
