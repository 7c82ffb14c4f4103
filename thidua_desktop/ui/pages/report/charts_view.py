"""The charts of a report on the screen: a bar for each value, with its number; they follow the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.services.reports.build import Report, ReportChart
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.painting import LEFT, RIGHT, draw_words
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_INKS = ("accent-ink", "muted", "line-2")
_ROW, _GAP = 18, 8


class ChartBars(QWidget):
    """One group of bars per category; series in the order of the legend."""

    def __init__(self, look: Look, chart: ReportChart) -> None:
        super().__init__()
        self._look, self._chart = look, chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(spoken(chart))

    def sizeHint(self) -> QSize:
        look, chart = self._look, self._chart
        group = look.px(_ROW) * len(chart.series) + look.px(_GAP)
        return QSize(look.px(300), group * len(chart.categories))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, chart = self._look, self._chart
        painter = QPainter(self)
        values = [value for _, series in chart.series for value in series if value is not None]
        most = float(max(values, default=0)) or 1.0
        names = max((look.text_width(name, TextRole.CAPTION) for name in chart.categories), default=0)
        names = min(names, self.width() * 2 // 5)
        numbers = max((look.text_width(format_number(value), TextRole.CAPTION) for value in values), default=0)
        room = self.width() - names - numbers - look.px(20)
        font, row, top = look.font(TextRole.CAPTION), look.px(_ROW), 0
        for place, name in enumerate(chart.categories):
            height = row * len(chart.series)
            draw_words(painter, name, QRect(0, top, names, height), font, look.color("text"), LEFT)
            for order, (_, series) in enumerate(chart.series):
                value = series[place]
                line = QRect(names + look.px(8), top + order * row, room, row)
                width = 0 if value is None else max(1, round(room * float(value) / most))
                bar = QRect(line.left(), line.top() + look.px(4), width, row - look.px(8))
                painter.fillRect(bar, look.color(_INKS[order % len(_INKS)]))
                words = "–" if value is None else format_number(value)
                area = QRect(self.width() - numbers, line.top(), numbers, row)
                draw_words(painter, words, area, font, look.color("text" if order == 0 else "muted"), RIGHT)
            top += height + look.px(_GAP)
        painter.end()


class _Legend(QWidget):
    def __init__(self, look: Look, names: list[str]) -> None:
        super().__init__()
        self._look, self._names = look, names
        look.follow(self, lambda: self.setFixedHeight(look.px(20)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, left = self._look, 0
        painter = QPainter(self)
        for order, name in enumerate(self._names):
            box = QRect(left, (self.height() - look.px(10)) // 2, look.px(10), look.px(10))
            painter.fillRect(box, look.color(_INKS[order % len(_INKS)]))
            left += look.px(16)
            width = look.text_width(name, TextRole.CAPTION)
            area = QRect(left, 0, width, self.height())
            draw_words(painter, name, area, look.font(TextRole.CAPTION), look.color("text-2"))
            left += width + look.px(16)
        painter.end()


class ChartsView(QWidget):
    """All charts of a report, one under the other."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        look.margins(self._column, 16, 12, 16, 16, 8)

    def show_report(self, report: Report) -> int:
        """The charts of a report; gives their number."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for chart in report.charts:
            self._column.addWidget(label(chart.title, TextRole.CARD_TITLE, wrap=True))
            if chart.unit:
                self._column.addWidget(caption(f"Đơn vị tính: {chart.unit}"))
            if len(chart.series) > 1:
                self._column.addWidget(_Legend(self._look, [name for name, _ in chart.series]))
            self._column.addWidget(ChartBars(self._look, chart))
            self._column.addSpacing(self._look.px(12))
        self._column.addStretch(1)
        return len(report.charts)


def spoken(chart: ReportChart) -> str:
    """A chart in words."""
    parts = []
    for place, name in enumerate(chart.categories):
        values = ", ".join(
            f"{series} {format_number(found[place] or 0)}" for series, found in chart.series if found[place] is not None
        )
        parts.append(f"{name}: {values}")
    return "; ".join(parts)
