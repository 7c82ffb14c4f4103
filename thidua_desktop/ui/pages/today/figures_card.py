"""The running month: leading figures with the same month last year, and twelve months in little room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.text import UNTOLD, format_number
from thidua_desktop.ui.components.buttons import pressed_by_enter
from thidua_desktop.ui.components.labels import ElidedLabel, caption, figure_row, label
from thidua_desktop.ui.components.painting import rounded_box
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

if TYPE_CHECKING:
    from thidua_desktop.domain.figures import Number
    from thidua_desktop.services.standing import KeyFigure


class FigureView(QAbstractButton):
    """One figure; a press opens the page of its indicator."""

    def __init__(self, look: Look, figure: KeyFigure, month: int) -> None:
        from thidua_desktop.ui.components.small_chart import SmallChart

        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self.figure = look, figure
        self.yardstick = "chưa ghi" if figure.unrecorded else yardstick(figure.value, figure.year_ago)
        spoken = figure.unrecorded or f"{format_number(figure.value)} {figure.unit}, {self.yardstick}"
        spoken = f"{figure.label}: {spoken}"
        self.setText(figure.label)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        look.margins(column, 8, 6, 0, 6, 0)
        number = label(UNTOLD if figure.unrecorded else format_number(figure.value), TextRole.KEY_FIGURE)
        unit = label(f" {figure.unit}", ink="text-2")
        chart = SmallChart(
            look,
            [float(value) for value in figure.months],
            [None if value is None else float(value) for value in figure.last_year],
            month,
            spoken,
        )
        column.addWidget(ElidedLabel(figure.label, TextRole.CAPTION))
        column.addLayout(figure_row(look, number, unit))
        self._against = ElidedLabel(self.yardstick, TextRole.CAPTION, "text-2")
        column.addWidget(self._against)
        column.addWidget(chart)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(144), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self._against.width()
        fits = self._look.text_width(self.yardstick, TextRole.CAPTION) <= room
        self._against.setText(self.yardstick if fits else self.yardstick.replace("cùng kỳ", "từ"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        if self.underMouse():
            rounded_box(painter, self.rect(), look.color("raised"), None, radius=look.px(4))
        if self.hasFocus():
            rounded_box(painter, self.rect(), None, look.color("accent-ink"), 2, look.px(4))
        painter.end()


class FiguresView(QWidget):
    """Four figures side by side, two by two where there is no room; ``opened`` carries the indicator's name."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._grid = QGridLayout(self)
        self._columns = 4
        look.margins(self._grid, 8, 2, 8, 6, 0)
        self.figures: list[FigureView] = []

    def set_figures(self, figures: Sequence[KeyFigure], month: int) -> None:
        """Replaces all figures; ``month`` is the running one."""
        for old in self.figures:
            old.hide()
            old.deleteLater()
        self.figures = [FigureView(self._look, figure, month) for figure in figures]
        for view in self.figures:
            view.clicked.connect(lambda _checked=False, name=view.figure.indicator: self.opened.emit(name))
        self._place()

    def set_columns(self, columns: int) -> None:
        """How many stand side by side."""
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        for number, view in enumerate(self.figures):
            self._grid.addWidget(view, number // self._columns, number % self._columns)


class YearsLegend(QWidget):
    """Which mark is which year."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        look.margins(row, 16, 0, 0, 0, 6)
        self._this, self._last = caption("", "text-2"), caption("", "text-2")
        for mark, words in ((_Mark(look, column=True), self._this), (_Mark(look, column=False), self._last)):
            row.addWidget(mark)
            row.addWidget(words)

    def set_year(self, year: int) -> None:
        """The running year."""
        self._this.setText(f"năm {year}")
        self._last.setText(f"năm {year - 1}")


class _Mark(QWidget):
    def __init__(self, look: Look, column: bool) -> None:
        super().__init__()
        self._look, self._column = look, column
        look.follow(self, lambda: self.setFixedSize(look.px(12), look.px(12)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._column:
            side = self._look.px(8)
            painter.fillRect(QRect(2, 0, side, self.height()), self._look.color("accent-ink"))
        else:
            painter.fillRect(QRect(0, self.height() // 2 - 1, self.width(), 2), self._look.color("text"))
        painter.end()


def yardstick(value: Number, year_ago: Number | None) -> str:
    """ "tăng 4, cùng kỳ 14"."""
    if year_ago is None:
        return "chưa có số cùng kỳ"
    gap: Number = value - year_ago
    if not gap:
        return f"bằng cùng kỳ {format_number(year_ago)}"
    word = "tăng" if gap > 0 else "giảm"
    return f"{word} {format_number(gap if gap > 0 else -gap)}, cùng kỳ {format_number(year_ago)}"
