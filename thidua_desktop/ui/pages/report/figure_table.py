"""The figures table: choosing a line shows its records; an odd value has its own line with "Giữ, ghi lý do"."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from thidua_desktop.services.reports.figure_columns import FigureColumn
from thidua_desktop.ui.components.delegates import CellRole, RowDelegate, asked
from thidua_desktop.ui.components.painting import broken_lines, draw_icon_at, draw_words, hairline, rounded_box
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.figure_lines import OF_OTHER_PERIODS, FigureLine, FigureModel, Index, LineKind

_LINKS = {LineKind.ODD: "Giữ, ghi lý do", LineKind.KEPT: "Sửa", LineKind.PLACE: "Xem"}
_NAMES = {LineKind.ODD: "Khác thường", LineKind.CHANGED: "Sổ đã đổi", LineKind.PLACE: "Nhiều nhất ở"}
_NOTE_ICONS = {LineKind.KEPT: ("check", "muted"), LineKind.PLACE: ("landmark", "warn")}


_SAMPLES = {
    FigureColumn.THIS: "20.152", FigureColumn.SHARE: "100,0%", FigureColumn.LAST: "20.152",
    FigureColumn.LAST_YEAR: "20.152", FigureColumn.YEAR: "190.609", FigureColumn.TARGET: "190.609",
    FigureColumn.REACHED: "100,0%",
}  # fmt: skip
FIGURE_ROW, _LINE, _SMALL, _ABOVE = 31, 21, 18, 4  # px at 100 %
_MOST_LINES = 3
_TWO = 2
_FIRST_TO_GO = (FigureColumn.TARGET, FigureColumn.SHARE, FigureColumn.REACHED)
_LEAST_NAME = 190  # px at 100 %


class _LineDelegate(RowDelegate):
    """Paints notes over the whole width, figures as plain cells, and the chevron in the last column."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = _line(index)
        if line is None or line.kind is LineKind.FIGURE:
            super().paint(painter, option, index)
            return
        painter.save()
        self._paint_note(painter, option.rect, line)
        if option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(option.rect.left(), option.rect.top(), self.look.px(3), option.rect.height())
            painter.fillRect(bar, self.look.color("accent-ink"))
            rounded_box(painter, option.rect.adjusted(0, 0, -1, -1), None, self.look.color("accent-ink"), 1, 0)
        painter.restore()

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        if index.column() == index.model().columnCount() - 1:
            name = self.ink_name(option, "accent-ink")
            middle = area.top() + area.height() // 2
            draw_icon_at(painter, self.look, "chevron-right", name, area.left(), middle, 16)
            return
        lines = self.name_lines(index, area.width()) if index.column() == 0 else []
        if len(lines) < _TWO:
            super().paint_content(painter, option, index, area)
            return
        look = self.look
        top = area.top() + look.px(_ABOVE)
        for place, words in enumerate(lines):
            last = place == len(lines) - 1 and bool(index.data(CellRole.CAPTION))
            high = look.px(_SMALL if last else _LINE)
            font = look.font(TextRole.CAPTION if last else TextRole.BASE)
            ink = self.ink(option, "muted" if last else "text")
            draw_words(painter, words, QRect(area.left(), top, area.width(), high), font, ink)
            top += high

    def name_lines(self, index: Index, width: int) -> list[str]:
        """The name of a figure, and under it what stands beside a short one; one line where all has room."""
        look, says = self.look, asked(index)
        name, beside = str(says(Qt.ItemDataRole.DisplayRole) or ""), str(says(CellRole.CAPTION) or "")
        used = look.text_width(f"{name}, ") + look.text_width(beside, TextRole.CAPTION) if beside else 0
        if max(used, look.text_width(name)) <= width:
            return [name]
        return [*broken_lines(name, look.font(), width, _MOST_LINES), *([beside] if beside else [])]

    def height_of(self, index: Index, width: int) -> int:
        """Pixels of a figure's row."""
        look, lines = self.look, self.name_lines(index, width)
        if len(lines) < _TWO:
            return look.px(FIGURE_ROW)
        small = bool(asked(index)(CellRole.CAPTION))
        return look.px(2 * _ABOVE + 1) + (len(lines) - small) * look.px(_LINE) + small * look.px(_SMALL)

    def _paint_note(self, painter: QPainter, rect: QRect, line: FigureLine) -> None:
        look = self.look
        quiet = line.kind is LineKind.KEPT
        painter.fillRect(rect, look.color("surface" if quiet else "warn-soft"))
        hairline(painter, look, rect.left(), rect.right(), rect.bottom())
        left, middle = rect.left() + look.px(12), rect.top() + rect.height() // 2
        icon, ink = _NOTE_ICONS.get(line.kind, ("triangle-alert", "warn"))
        left = draw_icon_at(painter, look, icon, ink, left, middle, 16) + look.px(5)
        right = rect.right() - look.px(12)
        link = _LINKS.get(line.kind, "")
        if link:
            width = look.text_width(link)
            area = QRect(right - width, rect.top(), width, rect.height())
            draw_words(painter, link, area, look.font(), look.color("accent-ink"))
            right -= width + look.px(6)
            drawn = "chart-column" if line.kind is LineKind.PLACE else "pencil"
            draw_icon_at(painter, look, drawn, "accent-ink", right - look.px(16), middle, 16)
            right -= look.px(28)
        name = _NAMES.get(line.kind, "")
        if name:
            width = look.text_width(name, bold=True)
            area = QRect(left, rect.top(), width, rect.height())
            draw_words(painter, name, area, look.font(bold=True), look.color("warn"))
            left += width + look.px(8)
        area = QRect(left, rect.top(), max(0, right - left), rect.height())
        draw_words(painter, line.words, area, look.font(), look.color("muted" if quiet else "text"))


class FigureTable(RecordTable):
    """``figure_chosen``: another figure is current; ``records_wanted``: Enter; ``answer_wanted``: a reason is asked.

    ``yardstick_chosen``: a figure of another period is current, which left and right or the mouse came to.
    ``place_wanted``: a commune of an odd figure, by Enter or a click.
    """

    figure_chosen = Signal(str)
    yardstick_chosen = Signal(str, FigureColumn)
    records_wanted = Signal(str)
    answer_wanted = Signal(str)
    place_wanted = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Số liệu của báo cáo", row_height=FIGURE_ROW)
        self._figures = FigureModel(self)
        self.setModel(self._figures)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._painter = _LineDelegate(look, self, height=FIGURE_ROW)
        self.setItemDelegate(self._painter)
        look.follow(self, self._fit)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.opened.connect(self._on_opened)
        self.clicked.connect(self._on_clicked)

    def set_lines(self, lines: list[FigureLine], columns: tuple[FigureColumn, ...]) -> None:
        """Replaces the lines and columns; the figure that was chosen stays chosen."""
        chosen = self.chosen()
        top = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self.clearSpans()
        self._figures.set_lines(lines, columns)
        self._set_columns()
        for row, line in enumerate(lines):
            if line.kind is not LineKind.FIGURE:
                self.setSpan(row, 0, 1, self._figures.columnCount())
        if chosen:
            self._select(chosen)
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(top)
        self.viewport().update()

    def _set_columns(self) -> None:
        model = self._figures
        heads = zip(model.columns, model.heads[1:], strict=False)
        shown = [
            Column(title, ColumnKind.NUMBER, self._longest(place, _SAMPLES[one]))
            for place, (one, title) in enumerate(heads, start=1)
        ]
        self.set_columns([Column(model.heads[0], stretch=True), *shown, Column("", sample="")])
        self._fit()

    def _longest(self, column: int, usual: str) -> str:
        """The longest figure of a column: a province's are longer than the usual ones, and none is cut."""
        model = self._figures
        figures = [place for place, line in enumerate(model.lines) if line.kind is LineKind.FIGURE]
        return max([usual, *(str(model.data(model.index(place, column)) or "") for place in figures)], key=len)

    def _fit(self) -> None:
        """Leaves the name room enough to be read: what the records' card says of the chosen figure too goes first."""
        columns = self._figures.columns
        if not columns:
            return
        self.setColumnWidth(len(columns) + 1, self._look.px(30))
        for column in columns:
            self.setColumnHidden(columns.index(column) + 1, False)
        for column in _FIRST_TO_GO:
            if column in columns and self.columnWidth(0) < self._look.px(_LEAST_NAME):
                self.setColumnHidden(columns.index(column) + 1, True)
        self._fit_heights()

    def _fit_heights(self) -> None:
        """Long names go on in a second line, with their unit under them."""
        room = self.columnWidth(0) - self._look.px(12) - self._look.px(8)
        for row, line in enumerate(self._figures.lines):
            if line.kind is LineKind.FIGURE:
                self.setRowHeight(row, self._painter.height_of(self._figures.index(row, 0), room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def lines(self) -> list[FigureLine]:
        """The lines that are shown."""
        return self._figures.lines

    def chosen(self) -> str:
        """The indicator of the current line, or an empty string."""
        row = self.currentIndex().row()
        return self._figures.lines[row].figure.indicator if 0 <= row < len(self._figures.lines) else ""

    def choose(self, indicator: str) -> None:
        """Makes a figure current and brings it into view."""
        if indicator != self.chosen():
            self._select(indicator)

    def bring_into_view(self) -> None:
        """Scrolls to the chosen figure and what is said under it."""
        row = self.currentIndex().row()
        if row >= 0:
            for shown in (row + 1, row):
                self.scrollTo(self._figures.index(min(shown, self._figures.rowCount() - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self._ask_answer()
            return
        if event.text().isalnum():
            event.ignore()  # nothing is typed here
            return
        super().keyPressEvent(event)

    def _ask_answer(self) -> None:
        """F2: why the chosen figure is right, where that is asked or was said."""
        chosen = self.chosen()
        if any(line.figure.indicator == chosen and line.kind in _LINKS for line in self._figures.lines):
            self.answer_wanted.emit(chosen)

    def _select(self, indicator: str) -> None:
        row = self._figures.row_of(indicator)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._figures.index(row, 0))

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if not now.isValid():
            return
        indicator, column = self._figure_at(now)
        if (indicator, column) == self._figure_at(before):
            return
        if column is None:
            self.figure_chosen.emit(indicator)
        else:
            self.yardstick_chosen.emit(indicator, column)

    def _figure_at(self, index: QModelIndex) -> tuple[str, FigureColumn | None]:
        """The indicator of a cell, and its column where it shows another period."""
        lines = self._figures.lines
        if not index.isValid() or index.row() >= len(lines):
            return "", None
        line, column = lines[index.row()], self._figures.column_at(index.column())
        shown = column in OF_OTHER_PERIODS and line.kind is LineKind.FIGURE
        return line.figure.indicator, column if shown else None

    def _on_opened(self, row: int) -> None:
        line = self._figures.lines[row]
        if line.kind in _LINKS:
            self._follow(line)
        else:
            self.records_wanted.emit(line.figure.indicator)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self._figures.lines[index.row()]
        if line.kind in _LINKS:
            self._follow(line)

    def _follow(self, line: FigureLine) -> None:
        if line.kind is LineKind.PLACE:
            self.place_wanted.emit(line.figure.indicator, line.place)
        else:
            self.answer_wanted.emit(line.figure.indicator)


def _line(index: Index) -> FigureLine | None:
    model = index.model()
    return model.lines[index.row()] if isinstance(model, FigureModel) else None
