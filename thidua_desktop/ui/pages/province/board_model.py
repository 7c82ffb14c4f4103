"""The board as a table: communes down, periods across; on-time cells are a tick and a date."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from thidua_desktop.services.board import Board, BoardCell, Receipt
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.states import State, StateText

FIRST_PERIOD = 2


class BoardModel(QAbstractTableModel):
    """Columns: commune, last package, then one per period."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.kept: list[int] = []

    def set_board(self, board: Board, kept: list[int]) -> None:
        """Another board; ``kept`` are the rows that a filter leaves."""
        self.beginResetModel()
        self.board, self.kept = board, kept
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.kept)

    def columnCount(self, parent: Index | None = None) -> int:
        if self.board is None or (parent is not None and parent.isValid()):
            return 0
        return FIRST_PERIOD + len(self.board.periods)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.board is None or orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIRST_PERIOD:
            return ("Xếp: cần nhắc trước", "Gói")[section]
        return self.board.periods[section - FIRST_PERIOD].period.name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.board is None:
            return None
        row, column = self.board.rows[self.kept[index.row()]], index.column()
        if column >= FIRST_PERIOD:
            return self._period_cell(row.name, row.cells[column - FIRST_PERIOD], column, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name if column == 0 else str(row.package or "–")
        if role == Qt.ItemDataRole.TextAlignmentRole and column == 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _period_cell(self, name: str, cell: BoardCell, column: int, role: int) -> object:
        shown = cell_state(cell)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.text
        if role == CellRole.STATE:
            return shown
        if role == CellRole.TINTED:
            return cell.receipt in (Receipt.LATE, Receipt.OVERDUE)
        if role == Qt.ItemDataRole.AccessibleTextRole and self.board is not None:
            period = self.board.periods[column - FIRST_PERIOD].period.name
            return f"{name}, {period}: {shown.text}"
        if role == Qt.ItemDataRole.ToolTipRole and cell.day is not None:
            return f"nhận ngày {format_date(cell.day)}"
        return None


def cell_state(cell: BoardCell) -> StateText:
    """A cell as icon and words: days, not dates, when it is late."""
    if cell.receipt is Receipt.IN_TIME and cell.day is not None:
        return StateText(State.DONE_QUIETLY, cell.day.strftime("%d/%m"))
    if cell.receipt is Receipt.LATE:
        return StateText(State.SOON, f"trễ {cell.days} ngày")
    if cell.receipt is Receipt.RETURNED:
        return StateText(State.WARN, "trả lại")
    if cell.receipt is Receipt.OVERDUE:
        return StateText(State.LATE, f"quá {cell.days} ngày")
    if cell.receipt is Receipt.WAITING:
        return StateText(State.WAITING, "chờ")
    return StateText(State.MISSING, "chưa nối")
