"""Files dragged from the desktop or a stick onto a window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

_NAMED = 2


def local_files(mime: QMimeData) -> list[Path]:
    """The files of this machine (or of a share) that a drag brings."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []


def names_of(paths: Sequence[Path]) -> str:
    """The first of them by name, and how many more."""
    more = len(paths) - _NAMED
    named = ", ".join(path.name or str(path) for path in paths[:_NAMED])
    return f"{named} và {more} tệp khác" if more > 0 else named


def known_files(mime: QMimeData) -> list[Path]:
    """Those that the program has a place for."""
    from thidua_desktop.services.handoff.kinds import is_known

    return [path for path in local_files(mime) if is_known(path)]
