"""A scroll area that cannot be seen until it is needed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
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
