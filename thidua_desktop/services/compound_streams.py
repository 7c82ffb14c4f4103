"""Streams of a compound file (MS-CFB), in which programs of Office kept their documents before .docx and .xlsx."""

from __future__ import annotations

import struct

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHIFTS = (9, 12)
_HEAD_SLOTS = 109  # sectors of the allocation table that the head names
_LAST_SECTOR = 0xFFFFFFFA  # numbers above it are marks
_ENTRY = 128
_STREAM = 2


def stream_of(content: bytes, *names: str) -> bytes:
    """The first stream that is called one of ``names``; b"" where there is none, or the file is not sound.

    Streams below 4,096 bytes lie elsewhere and are not looked for: a workbook is never as small.
    """
    try:
        return _Compound(content).stream(names)
    except (ValueError, struct.error):
        return b""


class _Compound:
    """The allocation table of a file, and its chains of sectors."""

    def __init__(self, content: bytes) -> None:
        (shift,) = struct.unpack_from("<H", content, 30)
        if not content.startswith(_MAGIC) or shift not in _SHIFTS:
            raise ValueError("no compound file")
        self._content, self._size = content, 1 << shift
        self._most = len(content) // self._size + 1
        self._next: list[int] = []
        for place in self._table_places():
            self._next += struct.unpack_from(f"<{self._size // 4}I", content, (place + 1) * self._size)

    def stream(self, names: tuple[str, ...]) -> bytes:
        """The content of a stream, by name."""
        (first,) = struct.unpack_from("<I", self._content, 48)
        directory = self._chain(first)
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            name = directory[at : at + max(length, 2) - 2].decode("utf-16-le", "replace")
            if kind == _STREAM and name in names:
                start, size = struct.unpack_from("<II", directory, at + 116)
                return self._chain(start)[:size]
        return b""

    def _table_places(self) -> list[int]:
        """Where the sectors of the allocation table lie: the head names the first, a chain of lists the others."""
        places = list(struct.unpack_from(f"<{_HEAD_SLOTS}I", self._content, 76))
        (further,) = struct.unpack_from("<I", self._content, 68)
        for _ in range(self._most):
            if further > _LAST_SECTOR:
                break
            *more, further = struct.unpack_from(f"<{self._size // 4}I", self._content, (further + 1) * self._size)
            places += more
        return [place for place in places[: self._most] if place <= _LAST_SECTOR]

    def _chain(self, sector: int) -> bytes:
        """All sectors of a chain; raises ValueError where it goes in a circle."""
        parts = []
        while sector < len(self._next):
            start = (sector + 1) * self._size
            parts.append(self._content[start : start + self._size])
            if len(parts) > self._most:
                raise ValueError("sectors in a circle")
            sector = self._next[sector]
        return b"".join(parts)
