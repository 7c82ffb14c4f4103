"""Contents of attached files, named by their SHA-256, inside the encrypted office file: the same content lies once.

Lines that name a content are records of the register ``attachment``; what they say is in the change log, the content
itself is not. A content goes only when nothing that undo could bring back names it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from thidua_desktop.store.change_log import REACH
from thidua_desktop.store.open_database import OpenDatabase

REGISTER = "attachment"
_IN_DRAFTS = (
    "SELECT json_extract(held.value, '$.sha256') FROM draft, json_each(draft.fields, '$.files') AS held "
    "WHERE json_type(held.value) = 'object' AND json_extract(held.value, '$.sha256') IS NOT NULL"
)
"""Digests of contents that were added to a form before its first save."""


class AttachedFiles:
    """The contents that one office file holds."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, content: bytes, now: datetime, digest: str = "") -> str:
        """Keep ``content`` unless it is here; its SHA-256 (hex), which ``digest`` is where it is known already."""
        digest = digest or hashlib.sha256(content).hexdigest()
        if self.size(digest) is None:  # asked first: the statement would copy all of it before it finds it there
            self._database.run(
                "INSERT OR IGNORE INTO attached_file (sha256, size, at, content) VALUES (?, ?, ?, ?)",
                (digest, len(content), now.isoformat(timespec="seconds"), content),
            )
        return digest

    def get(self, digest: str) -> bytes | None:
        """The content, or None when it is not here."""
        row = self._database.one("SELECT content FROM attached_file WHERE sha256 = ?", (digest,))
        return bytes(row[0]) if row else None

    def size(self, digest: str) -> int | None:
        """How many bytes the content has, without reading it; None when it is not here."""
        row = self._database.one("SELECT size FROM attached_file WHERE sha256 = ?", (digest,))
        return int(row[0]) if row else None

    def total(self) -> tuple[int, int]:
        """How many contents are here, and their bytes together."""
        row = self._database.one("SELECT count(*), coalesce(sum(size), 0) FROM attached_file")
        return int(row[0]), int(row[1])

    def sweep(self) -> int:
        """Remove contents that neither a line nor a draft names, and those of removed lines beyond undo's reach.

        Gives how many went.
        """
        keep = self._database.one(
            "SELECT min(seq) FROM (SELECT DISTINCT action AS seq FROM change ORDER BY seq DESC LIMIT ?)", (REACH,)
        )
        oldest = int(keep[0] or 0) if keep else 0
        cursor = self._database.run(
            "DELETE FROM attached_file WHERE sha256 NOT IN "
            "(SELECT sha256 FROM attachment WHERE sha256 IS NOT NULL AND (deleted = 0 OR changed_seq >= ?)) "
            f"AND sha256 NOT IN ({_IN_DRAFTS})",
            (oldest,),
        )
        return int(cursor.rowcount)
