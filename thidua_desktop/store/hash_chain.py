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
    """The digest (32 bytes) of a row that follows the one with the digest ``previous``: of its cells as compact JSON,
    letters as they are.
    """
    cells = [str(cell) if type(cell) is int else _ENCODER.encode(cell) for cell in row]
    return hashlib.sha256(previous + f"[{','.join(cells)}]".encode()).digest()
