"""Whether a file that has no decoder here is whole: told by what its own tables say of its length."""

from __future__ import annotations

import struct

_NO_SECTOR = 0xFFFFFFFF
_FREE = (_NO_SECTOR,)
_HEAD_SLOTS = 109  # FAT sectors that the head of a compound file names
_SECTOR_SHIFTS = (9, 12)


def is_whole_heif(content: bytes) -> bool:
    """Whether every box of a phone's picture (ISO 14496-12) ends inside the file, and the one that describes is there.

    What a phone hangs on behind the last box is let be.
    """
    at, described = 0, False
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if size == 1 and at + 16 <= len(content):
            (size,) = struct.unpack_from(">Q", content, at + 8)
        if not kind.isalnum():
            break  # no box any more
        if size == 0:  # "to the end of the file"
            size = len(content) - at
        if size < 8 or at + size > len(content):
            return False
        described = described or kind == b"meta"
        at += size
    return described


def is_whole_compound(content: bytes) -> bool:
    """Whether an old Office file (MS-CFB) holds every sector that its allocation table names as used.

    Some programs write the last sector short, so that the end of that one is not asked for.
    """
    if len(content) < 512:
        return False
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in _SECTOR_SHIFTS:
        return False
    sector, highest = 1 << shift, -1
    for number, place in enumerate(_table_sectors(content)):
        start = (place + 1) * sector
        if start + sector > len(content):
            return False
        entries = struct.unpack_from(f"<{sector // 4}I", content, start)
        used = max((index for index, entry in enumerate(entries) if entry not in _FREE), default=-1)
        highest = max(highest, number * (sector // 4) + used if used >= 0 else -1)
    return highest >= 0 and len(content) > (highest + 1) * sector


def _table_sectors(content: bytes) -> list[int]:
    """Sectors of the allocation table that the head names: those of the first 6.8 MB (512) or 436 MB (4,096)."""
    (count,) = struct.unpack_from("<I", content, 44)
    named = struct.unpack_from(f"<{_HEAD_SLOTS}I", content, 76)
    return [place for place in named[: min(count, _HEAD_SLOTS)] if place != _NO_SECTOR]


def decoded_text(content: bytes) -> str | None:
    """The text of a plain text file (UTF-8, or UTF-16 with its mark); None for anything else.

    Raises EOFError where the file ends in the middle of a letter.
    """
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        if fault.end >= len(content) and fault.reason in ("unexpected end of data", "truncated data"):
            raise EOFError from fault
        return None


def has_open_quote(text: str) -> bool:
    """Whether a table of text ends inside a quoted cell."""
    return text.count('"') % 2 == 1
