"""The table's model over ``services.lists.RecordList``: rows are read in windows as they come into view."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from thidua_desktop.services.lists import ListRow, RecordList
from thidua_desktop.text import with_unit
from thidua_desktop.ui.components.delegates import CellRole
from thidua_desktop.ui.pages.lists.list_columns import ListLook, due_text

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_DISPLAY, _SPOKEN = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RecordModel(QAbstractTableModel):
    """Sorting and filtering happen in SQL: ``replace`` shows another list."""

    def __init__(self, rows: RecordList, shown: ListLook) -> None:
        super().__init__()
        self.rows, self.shown = rows, shown
        self.sorted_by: tuple[int, bool] | None = None  # column, whether from the last to the first

    def sort_words(self, column: int) -> str:
        """How the list is sorted by a column, as words; "" when it is not sorted by it."""
        if self.sorted_by is None or self.sorted_by[0] != column:
            return ""
        return "giảm dần" if self.sorted_by[1] else "tăng dần"

    def replace(self, rows: RecordList, shown: ListLook) -> None:
        """Shows another list of the same register."""
        self.beginResetModel()
        self.rows, self.shown = rows, shown
        self.endResetModel()

    def row(self, place: int) -> ListRow | None:
        """The row at ``place``; None beyond the end."""
        return self.rows.row(place) if 0 <= place < len(self.rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place, column = index.row(), index.column()
        if role == _ALIGNMENT:
            return _RIGHT if column in self.shown.numbers else None
        if role in (_DISPLAY, _SPOKEN):
            row = self.rows.row(place)
            waits = column == self.shown.due and row.due is not None
            text = due_text(row, column).text if waits else self._cell(row, column)
            return f"{self.shown.columns[column].title}: {text or 'trống'}" if role == _SPOKEN else text
        if role == CellRole.STATE:
            if column == self.shown.due and self.rows.row(place).due is not None:
                return due_text(self.rows.row(place), column)
            return self.shown.states.get(column, {}).get(self.rows.row(place).cells[column])
        if role == CellRole.INK:
            return "muted" if self.rows.row(place).state else None
        return True if role == CellRole.MIDDLE and column in self.shown.alike else None

    def _cell(self, row: ListRow, column: int) -> str:
        """A share stands with its sign: its head does not say that 100 is all of it."""
        text, unit = row.cells[column], self.rows.columns[column].unit
        return with_unit(text, unit) if text and unit == "%" else text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.shown.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown.columns[section].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.sort_words(section)
            return f"{self.shown.columns[section].title}, xếp {words}" if words else self.shown.columns[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            column = self.rows.columns[section]
            words = f"{self.shown.columns[section].title}, đơn vị: {column.unit}" if column.unit else ""
            return words or self.shown.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in self.shown.numbers else None
        return None
