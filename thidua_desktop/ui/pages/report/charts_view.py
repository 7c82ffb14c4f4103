"""The charts of a report on the screen, one under the other; a mark opens the records behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.charts.model import Chart, ChartKind
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.charts import FigureSource
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.chart_view import ChartView
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class ChartsView(QWidget):
    """``source_chosen`` carries the ``FigureSource`` of the mark that was chosen, and the mark in words.

    ``arranging_wanted``: the cells of the map shall lie elsewhere; only offered while ``may_arrange``.
    """

    source_chosen = Signal(object, str)
    arranging_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        look.margins(self._column, 16, 12, 16, 16, 8)
        self.views: list[ChartView] = []
        self.may_arrange = False

    def show_report(self, report: Report) -> int:
        """The charts of a report; gives their number."""
        if [view.chart for view in self.views] == list(report.charts):
            return len(self.views)  # what is chosen and scrolled to stays
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.views = []
        for chart in report.charts:
            self._column.addWidget(self._title(chart))
            if chart.unit:
                self._column.addWidget(caption(f"Đơn vị tính: {chart.unit}"))
            view = ChartView(self._look, chart)
            view.opened.connect(self._on_opened)
            self.views.append(view)
            self._column.addWidget(view)
            self._column.addSpacing(self._look.px(12))
        self._column.addStretch(1)
        return len(self.views)

    def _title(self, chart: Chart) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        self._look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(label(chart.title, TextRole.CARD_TITLE, wrap=True), 1)
        if chart.kind is ChartKind.GRID and self.may_arrange:
            arrange = link(self._look, "Xếp ô")
            arrange.clicked.connect(self.arranging_wanted)
            row.addWidget(arrange, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _on_opened(self, source: object, words: str) -> None:
        if isinstance(source, FigureSource):
            self.source_chosen.emit(source, words)
