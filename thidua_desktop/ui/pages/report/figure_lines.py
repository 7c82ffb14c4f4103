"""The lines of the figures table: one per figure, and under it what has to be known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from thidua_desktop.domain.figures import Number
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.delegates import CellRole

Index = QModelIndex | QPersistentModelIndex
NO_YARDSTICK = "–"
HEADS = ("Nội dung", "Kỳ này", "Kỳ trước", "Cùng kỳ", "Năm", "")
VALUE_COLUMN = 1


class LineKind(StrEnum):
    """What a line says."""

    FIGURE = "figure"
    ODD = "odd"  # waits for a reason
    KEPT = "kept"  # odd, with its reason
    CHANGED = "changed"  # records changed since the report was closed


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line; ``words`` are those of a note."""

    kind: LineKind
    figure: Figure
    words: str = ""


def lines_of(report: Report) -> list[FigureLine]:
    """The figures of a report in order, notes under theirs."""
    changed: Mapping[str, Number] = {}
    if report.closed:
        changed = {figure.indicator: told for figure, told in report.differences}
    lines: list[FigureLine] = []
    for figure in report.figures:
        lines.append(FigureLine(LineKind.FIGURE, figure))
        if figure.indicator in changed:
            told = format_number(changed[figure.indicator])
            words = f"đã báo {told} {figure.unit}, nay theo sổ {format_number(figure.value)} {figure.unit}"
            lines.append(FigureLine(LineKind.CHANGED, figure, words))
        if figure.odd and figure.kept_reason:
            lines.append(FigureLine(LineKind.KEPT, figure, f"Đã ghi lý do: {figure.kept_reason}"))
        elif figure.odd:
            words = figure.odd.partition(":")[0]
            lines.append(FigureLine(LineKind.ODD, figure, words[0].lower() + words[1:]))
    return lines


class FigureModel(QAbstractTableModel):
    """Figures with their yardsticks; note lines have words in the first column only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[FigureLine] = []

    def set_lines(self, lines: list[FigureLine]) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def row_of(self, indicator: str) -> int:
        """The row of a figure; -1 when it has none."""
        rows = (row for row, line in enumerate(self.lines) if line.figure.indicator == indicator)
        return next(rows, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < section < 5:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line, column)
        if line.kind is not LineKind.FIGURE:
            return line.words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(line.figure, column)
        if role == CellRole.INK:
            return "accent-ink" if column == VALUE_COLUMN else "text"
        return self._beside(line.figure, column, role)

    @staticmethod
    def _beside(figure: Figure, column: int, role: int) -> object:
        if role == CellRole.CAPTION and column == 0:
            return unit_words(figure)
        if role == Qt.ItemDataRole.ToolTipRole and column == 0:
            return f"{figure.label}, {unit_words(figure)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < column < 5:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    @staticmethod
    def _cell(figure: Figure, column: int) -> str:
        if column == 0:
            return f"{figure.label},"
        if column == 5:
            return ""
        if column == 1:
            return format_number(figure.value)
        value = (figure.last, figure.last_year, figure.year)[column - 2]
        return NO_YARDSTICK if value is None else format_number(value)

    def _spoken(self, line: FigureLine, column: int) -> str:
        if line.kind is not LineKind.FIGURE:
            return line.words
        return f"{HEADS[column]}: {self._cell(line.figure, column)} {line.figure.unit}" if column else line.figure.label


def unit_words(figure: Figure) -> str:
    """The unit, and what the figure is counted out of: "tổ, trong 150 tổ"."""
    if figure.whole is None:
        return figure.unit
    return f"{figure.unit}, trong {format_number(figure.whole)} {figure.whole_unit}".rstrip()


def counted(figure: Figure) -> str:
    """The figure, or x/y where it is counted out of another."""
    if figure.whole is None:
        return format_number(figure.value)
    return f"{format_number(figure.value)}/{format_number(figure.whole)}"
