"""Twelve months in little room: this year as columns, the running month outlined, last year as a short mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.components.painting import CENTER, draw_words
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_COLUMN, _GAP = 7, 4
_LABELLED = (1, 6, 11)


class SmallChart(QWidget):
    """``this_year``: up to 12 values; month number ``running`` (1 to 12) is still growing.

    ``last_year``: 12 values, None where nothing is known.
    """

    def __init__(
        self,
        look: Look,
        this_year: Sequence[float],
        last_year: Sequence[float | None] = (),
        running: int = 0,
        spoken: str = "",
        height: int = 88,
    ) -> None:
        super().__init__()
        self._look, self._height = look, height
        self._this, self._last, self._running = tuple(this_year), tuple(last_year), running
        self.setAccessibleDescription(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_values(
        self, this_year: Sequence[float], last_year: Sequence[float | None] = (), running: int = 0, spoken: str = ""
    ) -> None:
        """Changes everything that is drawn."""
        self._this, self._last, self._running = tuple(this_year), tuple(last_year), running
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        return QSize(12 * (look.px(_COLUMN) + look.px(_GAP)) + look.px(2), look.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        base = self.height() - look.px(20)
        column, step = look.px(_COLUMN), look.px(_COLUMN) + look.px(_GAP)
        room = base - look.px(6)
        top = max((*self._this, *(value for value in self._last if value is not None), 1.0))
        painter.fillRect(QRect(0, base, step * 12, 1), look.color("line-2"))
        for month in range(12):
            left = month * step
            if month < len(self._this):
                tall = round(room * self._this[month] / top)
                box = QRect(left, base - tall, column, tall)
                if month + 1 == self._running:
                    painter.setPen(look.color("accent-ink"))
                    painter.drawRect(box.adjusted(0, 0, -1, -1))
                else:
                    painter.fillRect(box, look.color("accent-ink"))
            year_ago = self._last[month] if month < len(self._last) else None
            if year_ago is not None:
                y = base - round(room * year_ago / top)
                mark = QRect(left - 1, y - 1, column + 2, 2)
                painter.fillRect(mark.adjusted(0, -1, 0, 1), look.color("surface"))
                painter.fillRect(mark, look.color("text"))
            if month + 1 in _LABELLED:
                area = QRect(left - look.px(8), base + look.px(2), column + look.px(16), look.px(18))
                if month == 0:
                    area.moveLeft(0)
                    area.setWidth(column)
                draw_words(
                    painter,
                    str(month + 1),
                    area.adjusted(0, 0, 2, 0),
                    look.font(TextRole.CAPTION),
                    look.color("text-2"),
                    CENTER,
                )
        painter.end()
