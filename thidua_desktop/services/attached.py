"""Attached files as lists show them, and what comes in before it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.text import format_number

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attached:
    """One attached file as lists show it. ``is_here``: its content lies in this office file.

    ``id`` is that of its line; before a record's first save there is none, and the digest stands for it.
    """

    id: str
    register: str
    record: str
    name: str
    media_type: str
    size: int
    sha256: str
    taken_on: date | None
    description: str
    added_by: str
    is_here: bool

    @property
    def size_text(self) -> str:
        """The size for the eye: "180 KB", "2,4 MB"."""
        return size_text(self.size)

    @property
    def is_shown_here(self) -> bool:
        """Whether the program itself shows it: a PDF, or a picture of a kind that it decodes."""
        picture = self.media_type.startswith("image/") and self.media_type != "image/heic"
        return picture or self.media_type == "application/pdf"


@dataclass(frozen=True, slots=True)
class AttachLimits:
    """The largest file in bytes, and the largest picture in pixels, of an office."""

    most_bytes: int
    most_pixels: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file on its way in: at a ``path``, or its ``content`` in memory (a picture from the clipboard)."""

    name: str
    path: Path | None = None
    content: bytes = b""
    taken_on: date | None = None


def size_text(size: int) -> str:
    """Bytes for the eye: "180 KB", "2,4 MB"."""
    if size < MEGABYTE:
        return f"{format_number(max(1, round(size / 1024)))} KB"
    return f"{format_number(Decimal(size) / MEGABYTE, 1)} MB"


def too_large(name: str, size: int, limits: AttachLimits) -> UserError:
    """TD-XFER-060 with both sizes."""
    megabytes = format_number(Decimal(size) / MEGABYTE, 1)
    return UserError("TD-XFER-060", name=name, size=megabytes, limit=limits.most_bytes // MEGABYTE)
