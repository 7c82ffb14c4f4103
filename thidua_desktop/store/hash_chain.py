"""Binds the rows of a log to each other by SHA-256. Frozen: what is written in office files depends on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

START = b"\0" * 32
"""What stands before the first row."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def linked(previous: bytes, row: Sequence[Any]) -> bytes:
    """The digest (32 bytes) of a row that follows the one with the digest ``previous``."""
    return linked_all(previous, [row])[0]


def linked_all(previous: bytes, rows: Sequence[Sequence[Any]]) -> list[bytes]:
    """The digests of rows one after the other: each of the digest before and the row's cells as compact JSON."""
    known: dict[Any, str] = {}  # most cells of rows that are written together are the same

    def encoded(cell: Any) -> str:
        text = known[cell] = _ENCODER.encode(cell)
        return text

    found = []
    for row in rows:
        cells = [str(cell) if type(cell) is int else known.get(cell) or encoded(cell) for cell in row]
        previous = hashlib.sha256(previous + f"[{','.join(cells)}]".encode()).digest()
        found.append(previous)
    return found
