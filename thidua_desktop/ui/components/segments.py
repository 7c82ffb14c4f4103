"""Segments: two or three exclusive views of one thing (Giơ tay | Phiếu kín). For contents of one thing use tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from thidua_desktop.ui.components.painting import CENTER, draw_words, rounded_box
from thidua_desktop.ui.look.theme import Look


class _Segment(QPushButton):
    def __init__(self, look: Look, text: str, height: int) -> None:
        super().__init__(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self._height = look, height
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = self._look
        return QSize(look.text_width(self.text(), bold=True) + 2 * look.px(14), look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() - 2 * self._look.px(8), self._look.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        on = self.isChecked()
        fill = "accent-soft" if on else "raised" if self.underMouse() else "surface"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._inside_frame(), look.color(fill))
        if on and look.high_contrast:
            rounded_box(painter, self.rect().adjusted(2, 3, -2, -3), None, look.color("accent-ink"), 1, 2)
        if self.hasFocus():
            rounded_box(painter, self.rect(), None, look.color("accent-ink"), 2, look.px(4))
        area = QRect(2, 0, self.width() - 4, self.height())
        draw_words(painter, self.text(), area, look.font(bold=on), look.color("text" if on else "text-2"), CENTER)
        painter.end()

    def _inside_frame(self) -> QPainterPath:
        """The segment without the round corners that the frame has beside the first and the last one."""
        row, radius = self.parentWidget(), self._look.px(4) - 1
        left = self.x() <= 1
        right = row is None or self.geometry().right() >= row.width() - 2
        path, beyond = QPainterPath(), QRectF(self.rect()).adjusted(0 if left else -9, 1, 0 if right else 9, -1)
        path.addRoundedRect(beyond, radius, radius)
        return path


class Segments(QWidget):
    """Exclusive views in one frame; ``chosen`` tells the index of the new one. Arrow keys move between them."""

    chosen = Signal(int)

    def __init__(self, look: Look, texts: Sequence[str], current: int = 0, name: str = "", height: int = 34) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 1, 0)
        row.setSpacing(1)
        self._segments = [_Segment(look, text, height) for text in texts]
        for index, segment in enumerate(self._segments):
            row.addWidget(segment)
            segment.clicked.connect(lambda _checked=False, at=index: self._on_clicked(at))
        self.set_current(current)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def current(self) -> int:
        """Index of the chosen segment."""
        return next(index for index, segment in enumerate(self._segments) if segment.isChecked())

    def set_current(self, index: int) -> None:
        """Chooses a segment without emitting ``chosen``."""
        self._segments[index].setChecked(True)
        # Qt does so too, but only once one has the keys: from another one than the chosen, arrows choose nothing.
        for at, segment in enumerate(self._segments):
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == index else Qt.FocusPolicy.ClickFocus)

    def _on_clicked(self, index: int) -> None:
        self.set_current(index)
        self.chosen.emit(index)

    def set_text(self, index: int, text: str) -> None:
        """Changes the words of one segment, for example its count."""
        self._segments[index].setText(text)
        self._segments[index].setAccessibleName(text)
        self._segments[index].updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded_box(painter, self.rect(), self._look.color("line-2"), self._look.color("line-2"), 1, self._look.px(4))
        painter.end()
