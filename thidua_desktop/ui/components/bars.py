"""Bars with a yardstick: value of a whole, and a mark where it should be by now."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.look.theme import Look

_TALL = 20  # the mark is taller than the bar


class Bar(QWidget):
    """``value`` of ``total`` as a bar, ``mark`` (same unit) as a 2 px yardstick; ``spoken`` says it in words.

    Never alone: its x/y with unit stands beside it.
    """

    def __init__(
        self, look: Look, value: float, total: float, mark: float | None = None, spoken: str = "", width: int = 168
    ) -> None:
        super().__init__()
        self._look = look
        self._value, self._total, self._mark = value, total, mark
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(spoken)

    def set_values(self, value: float, total: float, mark: float | None = None, spoken: str = "") -> None:
        """Changes everything that is drawn."""
        self._value, self._total, self._mark = value, total, mark
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(self._width), self._look.px(_TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(48), self._look.px(_TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_bar(painter, self._look, self.rect(), self._value, self._total, self._mark)
        painter.end()


def draw_bar(painter: QPainter, look: Look, rect: QRect, value: float, total: float, mark: float | None = None) -> None:
    """Draws a bar centred in ``rect``; delegates use it too."""
    height = look.px(9)
    track = QRect(rect.left(), rect.center().y() - height // 2 + 1, rect.width(), height)
    painter.fillRect(track, look.color("raised"))
    share = min(1.0, max(0.0, value / total)) if total > 0 else 0.0
    done = QRect(track.left(), track.top(), round(track.width() * share), track.height())
    painter.fillRect(done, look.color("accent-ink"))
    if look.high_contrast:
        painter.setPen(look.color("line"))
        painter.drawRect(track.adjusted(0, 0, -1, -1))
    if mark is not None and total > 0:
        at = track.left() + round((track.width() - 2) * min(1.0, max(0.0, mark / total)))
        top, tall = track.top() - look.px(4), track.height() + 2 * look.px(4)
        painter.fillRect(QRect(at - 1, top, 4, tall), look.color("surface"))
        painter.fillRect(QRect(at, top, 2, tall), look.color("text"))
