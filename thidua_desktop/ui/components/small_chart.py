"""Twelve months in little room, one panel as papers have it: this year as columns, last year as short marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.charts.model import Chart, ChartKind, Panel, Series
from thidua_desktop.charts.panels import Spot, foot_labels, month_columns
from thidua_desktop.charts.scale import Scale
from thidua_desktop.charts.shapes import Band
from thidua_desktop.ui.components.chart_view import ChartPainter, PlacedBand, screen_frame
from thidua_desktop.ui.look.theme import Look

_COLUMN, _GAP = 7, 4
_MONTHS = tuple(str(number) for number in range(1, 13))


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
        this = (*this_year, *(None,) * (len(_MONTHS) - len(this_year)))
        self._panel = Panel("", Series("", this), tuple(last_year))
        self._chart = Chart(ChartKind.PANELS, "", _MONTHS, (), panels=(self._panel,), running=running)
        self.setAccessibleDescription(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = self._look
        return QSize(12 * (look.px(_COLUMN) + look.px(_GAP)) + look.px(2), look.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        frame = screen_frame(look, self.width())
        spot = Spot(0.0, look.px(_COLUMN) + look.px(_GAP), look.px(6), self.height() - look.px(20))
        scale = Scale(max((*(float(value) for value in self._chart.values), 1.0)), 1.0)
        shapes, _ = month_columns(self._chart, self._panel, spot, scale, frame.unit, 0)
        shapes += foot_labels(self._chart, frame, spot)
        painter = QPainter(self)
        ChartPainter(look, painter, frame.unit).paint(PlacedBand(Band(self.height(), tuple(shapes)), 0.0))
        painter.end()
