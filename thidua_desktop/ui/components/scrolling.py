"""A scroll area that cannot be seen until it is needed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LEAST = 60  # px: two lines of it are seen whatever the room


def scrolling(content: QWidget, name: str = "Nội dung") -> QScrollArea:
    """A frameless vertical scroll area around ``content`` that shows the ground behind it; ``name`` is spoken."""
    area = QScrollArea()
    make_plain(area, content, name)
    return area


def make_plain(area: QScrollArea, content: QWidget, name: str) -> None:
    """Without frame, ground or horizontal bar; ``content`` as wide as the area."""
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)


class FittingArea(QScrollArea):
    """A vertical scroll area in a dialog: as high as its content while the screen has room, then it scrolls.

    ``size_to_content`` reads ``needed``; content that grows later (a problem line) makes the dialog grow.
    """

    def __init__(self, content: QWidget, name: str = "Nội dung") -> None:
        super().__init__()
        self._content = content
        make_plain(self, content, name)
        content.installEventFilter(self)

    def keep_keys_inside(self) -> None:
        """Tab stops at the parts inside, not at the area around them; an area of words alone takes it to scroll."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._stops() else Qt.FocusPolicy.StrongFocus)

    def showEvent(self, event: QShowEvent) -> None:
        """Where nobody else has the keys yet they go to the first part inside, not to a button of the dialog."""
        super().showEvent(event)
        stops = [part for part in self._stops() if part.isEnabled() and part.isVisibleTo(self)]
        if stops and self.window().focusWidget() in (None, self):
            self._first(stops).setFocus(Qt.FocusReason.OtherFocusReason)

    def _stops(self) -> list[QWidget]:
        parts = self._content.findChildren(QWidget)
        return [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def _first(self, parts: list[QWidget]) -> QWidget:
        """The part that Tab comes to first."""
        at = self.nextInFocusChain()
        while at is not self and at not in parts and at is not None:
            at = at.nextInFocusChain()
        return at if at in parts and at is not None else parts[0]

    def needed(self, width: int) -> int:
        """Height of the content at a width."""
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return self._content.sizeHint().height()

    def sizeHint(self) -> QSize:
        return QSize(self._content.minimumSizeHint().width(), _LEAST)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            more = self.needed(self.viewport().width()) - self.viewport().height()
            window = self.window()
            room = window.screen().availableGeometry().height() - window.frameGeometry().height()
            if min(more, room) > 0:
                window.resize(window.width(), window.height() + min(more, room))
        return super().eventFilter(watched, event)
