"""A part of a page that is brought into sight, and stays there while what stands above it is still being read."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from thidua_desktop.ui.shell.page import first_focusable

_NOT_LEAVING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


def bring_into_sight(part: QWidget, at: QWidget | None = None) -> None:
    """Scrolls to a part of a page and puts the focus on ``at`` or its first place. What is read later and pushes it out
    of sight is followed, until the person goes on: to another place, or by scrolling.

    A part never names that place as its focus proxy: Qt then takes it for one control, and Tab passes by the others.
    """
    target = at or first_focusable(part)
    if target is not None:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
    _Follower(part, target).show()


def show_now(part: QWidget, at: QWidget) -> None:
    """Scrolls once to a part of a page and to a place in it; the focus stays where it is."""
    for area in _areas_above(part):
        for one in (part, at):
            area.ensureWidgetVisible(one, 0, 0)


class _Follower(QObject):
    """Ends with the part, or as soon as the person goes on."""

    def __init__(self, part: QWidget, target: QWidget | None) -> None:
        super().__init__(part)
        self._part, self._target = part, target
        self._areas = list(_areas_above(part))
        for area in self._areas:
            area.verticalScrollBar().rangeChanged.connect(self.show)
            area.verticalScrollBar().actionTriggered.connect(self._end)
        self._watched = list(_moving(part, self._areas))
        for one in (*self._watched, *([target] if target is not None else [])):
            one.installEventFilter(self)

    def show(self) -> None:
        """From the inner area to the outer one."""
        for area in self._areas:
            for one in (self._part, self._target):
                if one is not None:
                    area.ensureWidgetVisible(one, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and watched in self._watched:
            self.show()
        elif watched is self._target and isinstance(event, QFocusEvent) and _leaves(event):
            self._end()
        return False

    def _end(self) -> None:
        for area in self._areas:
            area.verticalScrollBar().rangeChanged.disconnect(self.show)
            area.verticalScrollBar().actionTriggered.disconnect(self._end)
        for one in (*self._watched, self._target):
            if one is not None:
                one.removeEventFilter(self)
        self._areas, self._watched, self._target = [], [], None
        self.deleteLater()


def _leaves(event: QFocusEvent) -> bool:
    return event.lostFocus() and event.reason() not in _NOT_LEAVING


def _areas_above(part: QWidget) -> Iterator[QScrollArea]:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()


def _moving(part: QWidget, areas: list[QScrollArea]) -> Iterator[QWidget]:
    """What lies inside the areas and holds the part: where it moves to, other parts have pushed it. What an area itself
    moves when it scrolls is left alone.
    """
    scrolled = [one for area in areas for one in (area.widget(), area.viewport())]
    above: QWidget | None = part
    while above is not None and any(area.isAncestorOf(above) for area in areas):
        if above not in scrolled:
            yield above
        above = above.parentWidget()
