"""Ctrl + and −: larger and smaller text in every window of the program, in its dialogs and message boxes too.

Shortcuts, not an event filter: a paper preview that enlarges itself by the same keys takes them first.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_GIVEN = "text_size_keys"


def give_keys(
    window: QWidget, larger: Callable[[], None], smaller: Callable[[], None], usual: Callable[[], None]
) -> None:
    """The keys to a window; one that has them keeps them."""
    if window.property(_GIVEN):
        return
    window.setProperty(_GIVEN, True)
    for keys, act in (("Ctrl++", larger), ("Ctrl+=", larger), ("Ctrl+-", smaller), ("Ctrl+0", usual)):
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.activated.connect(act)


def window_of(system: QWindow | None) -> QWidget | None:
    """The widget that a window of the system shows, if it is one of the program's and no menu."""
    if system is None or not isinstance(QGuiApplication.instance(), QApplication):
        return None
    shown = (widget for widget in QApplication.topLevelWidgets() if widget.windowHandle() is system)
    found = next(shown, None)
    return None if found is None or QApplication.activePopupWidget() is found else found
