"""Binds the rows of a log to each other by SHA-256. Frozen: what is written in office files depends on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

START = b"\0" * 32
"""What stands before the first row."""


def linked(previous: bytes, row: Sequence[Any]) -> bytes:
    """The digest (32 bytes) of a row that follows the one with the digest ``previous``."""
    content = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + content.encode("utf-8")).digest()
