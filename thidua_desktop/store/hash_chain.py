"""Binds the rows of a log to each other by SHA-256. Frozen: what is written in office files depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import repeat
from json.encoder import JSONEncoder, encode_basestring
from typing import Any

START = b"\0" * 32
"""What stands before the first row."""

_ENCODER = JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def linked(previous: bytes, row: Sequence[Any]) -> bytes:
    """The digest (32 bytes) of a row that follows the one with the digest ``previous``."""
    return linked_all(previous, [row])[0]


def linked_all(previous: bytes, rows: Sequence[Sequence[Any]]) -> list[bytes]:
    """The digests of rows one after the other: each of the digest before and the row's cells as compact JSON."""
    found = []
    for line in _lines(rows):
        previous = sha256(previous + line.encode()).digest()
        found.append(previous)
    return found


def _lines(rows: Sequence[Sequence[Any]]) -> Iterable[str]:
    """Each row as JSON. Rows that are written together have most cells in common: these are made into text once."""
    parts: list[Iterable[str]] = []
    common = "["
    for place, column in enumerate(zip(*rows, strict=True)):
        common += "," if place else ""
        kinds = set(map(type, column))  # 1 and True are equal
        if len(kinds) == 1 and column.count(column[0]) == len(column):
            common += _ENCODER.encode(column[0])
            continue
        encode = encode_basestring if kinds == {str} else str if kinds == {int} else _ENCODER.encode
        parts += (repeat(common), map(encode, column))
        common = ""
    if not parts:
        return [f"{common}]"] * len(rows)
    return map("".join, zip(*parts, repeat(f"{common}]"), strict=False))  # what is common has no end
