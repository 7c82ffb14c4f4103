"""Files dragged from the desktop or a stick onto a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def known_files(mime: QMimeData) -> list[Path]:
    """The files of a drag that the program has a place for."""
    if not mime.hasUrls():
        return []
    from thidua_desktop.services.handoff.kinds import is_known

    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if is_known(path)]
