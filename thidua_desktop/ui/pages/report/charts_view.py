"""The charts of a report on the screen, one under the other; a mark opens the records behind it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.charts import FigureSource
from thidua_desktop.ui.components.chart_block import ChartBlock
from thidua_desktop.ui.components.chart_view import ChartView
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.theme import Look


class ChartsView(QWidget):
    """``source_chosen`` carries the ``FigureSource`` of the mark that was chosen, and the mark in words.

    ``arranging_wanted``: the cells of the map shall lie elsewhere; only offered while ``may_arrange``. ``print_wanted``
    carries a chart, ``told`` what was copied.
    """

    source_chosen = Signal(object, str)
    arranging_wanted = Signal()
    print_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        look.margins(self._column, 16, 12, 16, 16, 20)
        self.blocks: list[ChartBlock] = []
        self.may_arrange = self.may_print = False

    @property
    def views(self) -> list[ChartView]:
        """The drawn charts, in their order."""
        return [block.view for block in self.blocks]

    def show_report(self, report: Report) -> int:
        """The charts of a report; gives their number."""
        about = report.period.label
        if [(block.chart, block.about) for block in self.blocks] == [(chart, about) for chart in report.charts]:
            return len(self.blocks)  # what is chosen and scrolled to stays
        clear_layout(self._column)
        self.blocks = []
        for chart in report.charts:
            block = ChartBlock(self._look, chart, self.may_arrange, self.may_print, about)
            block.opened.connect(self._on_opened)
            block.arranging_wanted.connect(self.arranging_wanted)
            block.print_wanted.connect(self.print_wanted)
            block.told.connect(self.told)
            self.blocks.append(block)
            self._column.addWidget(block)
        self._column.addStretch(1)
        return len(self.blocks)

    def _on_opened(self, source: object, words: str) -> None:
        if isinstance(source, FigureSource):
            self.source_chosen.emit(source, words)
