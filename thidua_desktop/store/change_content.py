"""What changes of sensitive registers wrote, kept beside the change log so that it can be erased for good.

The log's row then holds only the SHA-256 of the content, which begins with a salt: once the content is gone, nobody
can find out by trying names what stood there, and the chain of the log still holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from thidua_desktop.store.cells import canonical_json
from thidua_desktop.store.open_database import OpenDatabase

ATTACHMENTS, OWNER = "attachment", "of_register"
"""Descriptions of files that hang on records of any register, and the field that says of which."""

_SIGN = "sha256:"
_AT_ONCE = 500


def kept_aside(database: OpenDatabase, register: str) -> bool:
    """Whether what is written to a register may have to be erased one day."""
    spec = database.definitions.registers.get(register)
    return register == ATTACHMENTS or (spec is not None and (spec.restricted or spec.retention_years > 0))


def put(database: OpenDatabase, seq: int, fields: Mapping[str, tuple[Any, Any]], reason: str) -> str:
    """Keep the content of change ``seq``; what stands for it in the log."""
    content = canonical_json({"fields": fields, "reason": reason, "salt": secrets.token_hex(16)})
    database.run("INSERT INTO change_content (seq, content) VALUES (?, ?)", (seq, content))
    return json.dumps(_sign(content))


def read(cell: str, content: str | None, reason: str) -> tuple[Mapping[str, Any], str]:
    """Fields and reason of a change: from its own row, or from its content; nothing where that was erased."""
    written = json.loads(cell)
    if isinstance(written, dict):
        return written, reason
    if content is None:
        return {}, ""
    kept = json.loads(content)
    return kept["fields"], str(kept["reason"])


def fits(cell: str, content: str | None) -> bool:
    """Whether a content that is still there is the one that the log speaks of."""
    return content is None or json.loads(cell) == _sign(content)


def erase(database: OpenDatabase, seqs: Iterable[int]) -> None:
    """Take the content of changes away, inside the running transaction."""
    wanted = list(seqs)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        database.run(f"DELETE FROM change_content WHERE seq IN ({', '.join('?' * len(part))})", part)


def missing(database: OpenDatabase) -> list[int]:
    """Changes whose content is gone though their record was never erased."""
    sql = (
        "SELECT c.seq FROM change AS c LEFT JOIN change_content AS k USING (seq) "
        f"WHERE c.fields LIKE '\"{_SIGN}%' AND k.seq IS NULL AND NOT EXISTS (SELECT 1 FROM change AS e WHERE "
        "e.record_id = c.record_id AND e.register = c.register AND e.operation = 'erase' AND e.seq >= c.seq)"
    )
    return [int(row[0]) for row in database.all(sql)]


def _sign(content: str) -> str:
    return _SIGN + hashlib.sha256(content.encode("utf-8")).hexdigest()
