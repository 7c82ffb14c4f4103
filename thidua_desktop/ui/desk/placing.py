"""Where a window stands on the screen when it is shown."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

_FRAME = 40  # pixels for a title bar and the lower edge


def show_in_place(window: QWidget, geometry: str) -> None:
    """Where it stood at the last end; on a screen that is no more, Qt moves it to one that is."""
    state = QByteArray.fromBase64(geometry.encode("ascii", "replace")) if geometry else QByteArray()
    if state.isEmpty() or not window.restoreGeometry(state):
        show_whole(window)
    else:
        window.show()


def show_whole(window: QWidget) -> None:
    """Maximised where the screen has no room for the window and its frame, so that the status bar stays in sight."""
    room = window.screen().availableSize()
    if room.width() <= window.width() or room.height() <= window.height() + _FRAME:
        window.showMaximized()
    else:
        window.show()
