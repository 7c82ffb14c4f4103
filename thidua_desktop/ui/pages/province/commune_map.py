"""The communes by one figure as a chart of the screen: a grid map, or bars of few."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.charts.model import Chart
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chart_view import ChartView
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.theme import Look


class CommuneMap(Card):
    """The communes as a grid map of the figure that is chosen in the table."""

    def __init__(self, look: Look, arrange: Callable[[], None]) -> None:
        arranging = link(look, "Xếp ô")
        arranging.clicked.connect(arrange)
        super().__init__(look, "Theo xã", link=arranging)
        self._look = look
        self.view: ChartView | None = None
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        look.margins(self._column, 16, 8, 16, 12, 0)
        self.add(scrolling(holder, "Bản đồ các xã"), 1)
        look.follow(self, lambda: self.setMinimumHeight(look.px(180)))

    def show_chart(self, chart: Chart) -> None:
        """Another figure, or the same one as it stands now."""
        if self.view is not None and self.view.chart == chart:
            return
        clear_layout(self._column)
        self.view = ChartView(self._look, chart)
        self._column.addWidget(self.view)
        self._column.addStretch(1)
        if self.head is not None:
            self.head.set_title(f"{chart.title} theo xã")
