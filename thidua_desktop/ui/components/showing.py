"""Showing and hiding parts of a page, and taking away what is shown anew."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QMenu, QWidget


def bring_forward(window: QWidget) -> None:
    """In front of other programs, and out of the task bar."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()


def set_shown(widget: QWidget, shown: bool) -> None:
    """``setVisible`` for a part of a page that may not have its place yet.

    A widget without a parent that is told to be visible becomes a window of its own: it flashes up and takes the focus
    from the field that somebody types in. Such a one is visible by default, so only hiding has to be said. Said again
    of one that is shown, Qt lays out and styles all that stands around it, at once, also where nobody sees it yet.
    """
    if not shown or (widget.isHidden() and widget.parentWidget() is not None):
        widget.setVisible(shown)


def clear_layout(layout: QLayout, keep: QWidget | None = None, after: int = 0) -> None:
    """Takes all widgets out and lets them go, but for ``keep``, which comes out alone, and for those ``after`` which
    they come.

    They are hidden at once: else they are seen through what comes in their place until they are deleted.
    """
    while (item := layout.takeAt(after)) is not None:
        widget = item.widget()
        if widget is not None and widget is not keep:
            widget.hide()
            widget.deleteLater()


def clear_menu(menu: QMenu) -> None:
    """Takes everything out of a menu, and lets the menus within it go: Qt's ``clear`` keeps these for ever."""
    menu.clear()
    for inner in menu.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
        inner.deleteLater()
