"""The folder into which the office's scanner writes: chosen once on a PC, its newest files first."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services.attached import Source
from thidua_desktop.services.session import VIETNAM_TIME, Session

SHOWN = 60
"""Newest files that are offered: those of some weeks."""

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"})
_ENDINGS = PICTURES | {".pdf"}


@dataclass(frozen=True, slots=True)
class Scan:
    """A file in the scanner's folder. ``at``: when it was written, in Vietnam's time."""

    path: Path
    size: int
    at: datetime

    @property
    def is_picture(self) -> bool:
        """Whether it can be bound into one PDF with others."""
        return self.path.suffix.lower() in PICTURES


def newest(folder: Path, most: int = SHOWN) -> list[Scan]:
    """Scans and pictures of a folder, the newest first; raises TD-DATA-586 when it is not there.

    Files that the scanner has only begun (nothing in them yet) and hidden ones are left out.
    """
    found = []
    try:
        for path in folder.iterdir():
            if path.suffix.lower() not in _ENDINGS or path.name.startswith((".", "~")):
                continue
            with contextlib.suppress(OSError):  # it went in between
                facts = path.stat()
                if path.is_file() and facts.st_size:
                    found.append(Scan(path, facts.st_size, datetime.fromtimestamp(facts.st_mtime, VIETNAM_TIME)))
    except OSError as fault:
        raise UserError("TD-DATA-586", path=str(folder)) from fault
    return sorted(found, key=lambda scan: (scan.at, scan.path.name), reverse=True)[:most]


def bound_name(session: Session) -> str:
    """How pictures that are bound into one PDF are called."""
    return f"Bản quét {session.now():%d-%m-%Y %H%M}.pdf"


def bound(sources: Sequence[Source], name: str) -> Source:
    """Pictures bound into one PDF, in the order given; raises TD-DATA-587 for what is no picture, 582 for one gone."""
    from thidua_desktop.services.pictures import as_one_pdf

    contents = []
    for source in sources:
        try:
            contents.append(source.content if source.path is None else source.path.read_bytes())
        except OSError as fault:
            raise UserError("TD-DATA-582", name=source.name, path=str(source.path)) from fault
    for source, content in zip(sources, contents, strict=True):
        if not is_picture(content):
            raise UserError("TD-DATA-587", name=source.name)
    return Source(name, content=as_one_pdf(contents, name))


def is_picture(content: bytes) -> bool:
    """Whether a content is a picture that can be decoded here."""
    from thidua_desktop.services.pictures import shown_small

    try:
        shown_small(content, 8)
    except ValueError:
        return False
    return True
