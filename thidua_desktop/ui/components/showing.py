"""Showing and hiding parts of a page, and taking away what is shown anew."""

from __future__ import annotations

from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QMenu, QWidget

ANY_WIDTH = 16_777_215
"""Pixels of Qt's own "no limit", of widths and heights."""


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


def widgets_of(layout: QLayout) -> list[QWidget]:
    """The widgets that stand in a layout itself, in its order.

    It is asked for places and never for its items: PySide keeps what it once gave of an item, also when the item is
    long gone and something else lies there in memory, and the program ends.
    """
    page = layout.parentWidget()
    parts = [one for one in page.children() if isinstance(one, QWidget)] if page is not None else []
    places = ((layout.indexOf(one), one) for one in parts)
    return [one for _, one in sorted((place for place in places if place[0] >= 0), key=itemgetter(0))]


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
