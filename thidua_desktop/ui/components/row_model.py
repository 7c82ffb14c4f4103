"""A table of things that are all here: what each column says of a thing, declared once for model, heads and widths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.states import StateText
from thidua_desktop.ui.components.tables import Column, ColumnKind

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

_DISPLAY, _ALIGNMENT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.TextAlignmentRole)
_HINTS = (int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.AccessibleDescriptionRole))


@dataclass(frozen=True, slots=True)
class RowColumn:
    """One column: ``text`` of a row, or its ``state`` (icon and words).

    ``sample`` is the longest word it must show; ``caption`` stands quietly after the text; ``hint`` is the tooltip and
    what a screen reader adds, that of every column where ``RowModel`` has one; ``about`` is the tooltip of the head.
    """

    title: str
    text: Callable[[Any], str] | None = None
    kind: ColumnKind = ColumnKind.TEXT
    sample: str = ""
    stretch: bool = False
    state: Callable[[Any], StateText] | None = None
    caption: Callable[[Any], str] | None = None
    hint: Callable[[Any], str] | None = None
    bold: Callable[[Any], bool] | None = None
    about: str = ""

    def words(self, row: object) -> str:
        """What the cell says."""
        if self.state is not None:
            return self.state(row).text
        return self.text(row) if self.text is not None else ""

    @property
    def column(self) -> Column:
        """How the column looks."""
        return Column(self.title, self.kind, self.sample, self.stretch)


class RowModel(QAbstractTableModel):
    """``rows`` as ``columns`` say them; ``hint`` is the tooltip of cells whose column has none of its own.

    Rows that are ``quiet`` stand in the ink of what matters less.
    """

    def __init__(
        self, parent: QObject, columns: Sequence[RowColumn] = (), hint: Callable[[Any], str] | None = None,
        quiet: Callable[[Any], bool] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Sequence[Any] = ()
        self._hint, self._quiet = hint, quiet

    def set_rows(self, rows: Sequence[Any], columns: Sequence[RowColumn] | None = None) -> None:
        """Replaces all rows, and the columns where others are given."""
        self.beginResetModel()
        self.rows = rows
        self.columns = self.columns if columns is None else tuple(columns)
        self.endResetModel()

    def row_at(self, place: int) -> Any:
        """The row at a place; None where there is none."""
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[section].about or None
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.rows[index.row()], self.columns[index.column()]
        saying: Callable[[Any], object] | None = None
        if role == _DISPLAY:
            return column.words(row)
        if role == _ALIGNMENT:
            return _RIGHT if column.kind is ColumnKind.NUMBER else None
        if role == CellRole.INK:
            return "text-2" if self._quiet is not None and self._quiet(row) else None
        if role == CellRole.STATE:
            saying = column.state
        elif role == CellRole.CAPTION:
            saying = column.caption
        elif role == CellRole.BOLD:
            saying = column.bold
        elif role in _HINTS:
            saying = column.hint or self._hint
        return saying(row) if saying is not None else None


def looks(columns: Sequence[RowColumn]) -> list[Column]:
    """The columns as ``RecordTable.set_columns`` takes them."""
    return [one.column for one in columns]
