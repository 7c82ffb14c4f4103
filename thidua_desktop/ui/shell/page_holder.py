"""Holds a page in the stack. When the window is too low for it, the page scrolls instead of being squeezed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class PageHolder(QScrollArea):
    """Gives the page the whole room, or its least size where that is more."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        self.setWidgetResizable(False)
        self.viewport().setAutoFillBackground(False)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.page and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)
