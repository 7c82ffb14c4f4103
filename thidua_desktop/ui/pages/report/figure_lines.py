"""The lines of the figures table: one per figure, and under it what has to be known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from thidua_desktop.domain.figures import Number
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.figure_columns import SHORT_TITLES, FigureColumn, cell_text
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.text import format_number, lower_first, unit_beside
from thidua_desktop.ui.components.delegates import CellRole

Index = QModelIndex | QPersistentModelIndex
NAME_HEAD = "Nội dung"
VALUE_COLUMN = 1
OF_OTHER_PERIODS = frozenset({FigureColumn.LAST, FigureColumn.LAST_YEAR, FigureColumn.YEAR})


class LineKind(StrEnum):
    """What a line says."""

    FIGURE = "figure"
    ODD = "odd"  # waits for a reason
    KEPT = "kept"  # odd, with its reason
    PLACE = "place"  # at the province: a commune that the odd figure comes from
    CHANGED = "changed"  # records changed since the report was closed


WAITING = frozenset({LineKind.ODD, LineKind.CHANGED})
"""Lines that ask to be looked at."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line; ``words`` are those of a note, ``place`` is the commune that it leads to."""

    kind: LineKind
    figure: Figure
    words: str = ""
    place: str = ""


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
            lines.append(FigureLine(LineKind.ODD, figure, lower_first(words)))
        for one in report.odd_places.get(figure.indicator, ()):
            lines.append(FigureLine(LineKind.PLACE, figure, one.words, one.office))
    return lines


class FigureModel(QAbstractTableModel):
    """Figures with their yardsticks; note lines have words in the first column only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[FigureLine] = []
        self.columns: tuple[FigureColumn, ...] = ()

    def set_lines(self, lines: list[FigureLine], columns: tuple[FigureColumn, ...]) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self.lines = lines
        self.columns = columns
        self.endResetModel()

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads: the name, the columns, and the place of the arrow."""
        return (NAME_HEAD, *(SHORT_TITLES[column] for column in self.columns), "")

    def column_at(self, section: int) -> FigureColumn | None:
        """Which column stands at a place; None for the name and the arrow."""
        return self.columns[section - 1] if 0 < section <= len(self.columns) else None

    def row_of(self, indicator: str) -> int:
        """The row of a figure; -1 when it has none."""
        rows = (row for row, line in enumerate(self.lines) if line.figure.indicator == indicator)
        return next(rows, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns) + 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and self.column_at(section):
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

    def _beside(self, figure: Figure, column: int, role: int) -> object:
        if role == CellRole.CAPTION and column == 0:
            return unit_words(figure)
        if role == Qt.ItemDataRole.ToolTipRole and column == 0:
            return ", ".join(filter(None, (figure.label, unit_words(figure))))
        if role == Qt.ItemDataRole.TextAlignmentRole and self.column_at(column):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and figure.unrecorded:
            return figure.unrecorded
        if role == Qt.ItemDataRole.ToolTipRole and self.column_at(column) in OF_OTHER_PERIODS:
            return f"Xem bản ghi của cột {self.heads[column]}"
        return None

    def _cell(self, figure: Figure, column: int) -> str:
        if column == 0:
            return figure.label
        shown = self.column_at(column)
        return cell_text(figure, shown) if shown else ""

    def _spoken(self, line: FigureLine, column: int) -> str:
        if line.kind is not LineKind.FIGURE:
            return line.words
        return (
            f"{self.heads[column]}: {line.figure.unrecorded or f'{self._cell(line.figure, column)} {line.figure.unit}'}"
            if column
            else line.figure.label
        )


def unit_words(figure: Figure) -> str:
    """The unit, and what the figure is counted out of: "lượt, trong 150 hộ"."""
    unit = unit_beside(figure.label, figure.unit)
    if not figure.whole:
        return ", ".join(filter(None, (unit, figure.partly)))
    of = figure.whole_unit if figure.whole_unit != figure.unit else ""
    whole = f"trong {format_number(figure.whole)} {of}".rstrip()
    return ", ".join(filter(None, (unit, whole, figure.partly)))
