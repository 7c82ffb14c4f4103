"""Holds a page in the stack. When the window is too low for it, the page scrolls instead of being squeezed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

_ABOVE = 48  # px over what is scrolled to: the head of its card is read too


class PageHolder(QScrollArea):
    """Gives the page the whole room, or its least size where that is more.

    It has its place in the ``stack`` before it gets the page: each new parent above a page styles all of it anew.
    """

    def __init__(self, page: QWidget, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self.page = page
        stack.addWidget(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        self.setWidgetResizable(False)
        page.setAutoFillBackground(False)
        page.installEventFilter(self)

    def fit(self) -> None:
        """Sizes the page to the room there is, never below its own minimum at that width."""
        room = self.maximumViewportSize()
        least = self.page.minimumSizeHint()
        width = max(room.width(), least.width())
        height = max(room.height(), self._least_height(width, least))
        bar = self.verticalScrollBar().sizeHint().width()
        if height > room.height():
            width = max(room.width() - bar, least.width())
            height = max(room.height(), self._least_height(width, least))
        self.page.resize(width, height)

    def _least_height(self, width: int, least: QSize) -> int:
        layout = self.page.layout()
        if layout is not None and layout.hasHeightForWidth():
            return max(least.height(), layout.minimumHeightForWidth(width))
        return least.height()

    def reveal(self, widget: QWidget | None) -> None:
        """Scrolls so that what has the keys is seen: to the top where it stands on the first screen.

        A page that is left hands the focus on to its last part, and would open scrolled down to it the next time.
        """
        if widget is None or not self.page.isAncestorOf(widget):
            return
        bar, room = self.verticalScrollBar(), self.maximumViewportSize().height()
        top = widget.mapTo(self.page, QPoint(0, 0)).y()
        end = top + min(widget.height(), room // 3)
        if not bar.value() <= top <= end <= bar.value() + room:
            bar.setValue(0 if end <= room else top - _ABOVE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.page and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)
