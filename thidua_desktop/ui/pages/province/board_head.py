"""The board's head: period, due day, a bar and x/y, once per column."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from thidua_desktop.services.board import BoardState
from thidua_desktop.ui.components.painting import LEFT, RIGHT, broken_lines, draw_words
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.board_model import FIRST_PERIOD, BoardModel

_HEIGHT = 92
_WORD_LINES = 3  # that fit above each other


class BoardHead(QHeaderView):
    """Four lines and a bar; the first two columns only their words at the bottom."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setSectionsMovable(False)
        self.setHighlightSections(False)
        look.follow(self, lambda: self.setFixedHeight(look.px(_HEIGHT)))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        look, model = self._look, self.model()
        painter.save()
        painter.fillRect(rect, look.color("raised"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line-2"))
        if isinstance(model, BoardModel) and model.board is not None:
            area = rect.adjusted(look.px(12 if logicalIndex == 0 else 8), look.px(4), -look.px(8), -look.px(4))
            if logicalIndex < FIRST_PERIOD:
                words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
                self._paint_words(painter, area, words, RIGHT if logicalIndex == 1 else LEFT)
            else:
                self._paint_period(painter, area, model, logicalIndex - FIRST_PERIOD)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, words: str, flags: int) -> None:
        """At the bottom, in as many lines as large text needs."""
        look, font = self._look, self._look.font(TextRole.TABLE_HEAD)
        row = look.px(20)
        for up, line in enumerate(reversed(broken_lines(words, font, area.width(), _WORD_LINES))):
            place = QRect(area.left(), area.bottom() - (up + 1) * row, area.width(), row)
            draw_words(painter, line, place, font, look.color("text-2"), flags)

    def _paint_period(self, painter: QPainter, area: QRect, model: BoardModel, at: int) -> None:
        if model.board is None:
            return
        look, column = self._look, model.board.periods[at]
        row = look.px(18)
        first = QRect(area.left(), area.top(), area.width(), row)
        draw_words(painter, column.period.name, first, look.font(TextRole.TABLE_HEAD), look.color("text"))
        second = first.translated(0, row)
        due = f"hạn {column.due:%d/%m}"
        draw_words(painter, due, second, look.font(TextRole.CAPTION), look.color("text-2"))
        bar = QRect(area.left(), second.bottom() + look.px(2), area.width(), look.px(4))
        painter.fillRect(bar, look.color("line"))
        if column.expected:
            done = QRect(bar)
            done.setWidth(round(bar.width() * column.received / column.expected))
            painter.fillRect(done, look.color("accent-ink"))
        third = QRect(area.left(), bar.bottom() + look.px(3), area.width(), row)
        words = f"{column.received}/{column.expected} đơn vị"
        draw_words(painter, words, third, look.font(TextRole.CAPTION), look.color("text-2"))
        accepted = f"{column.counts[BoardState.ACCEPTED]} chấp nhận"
        draw_words(painter, accepted, third.translated(0, row), look.font(TextRole.CAPTION), look.color("text-2"))
