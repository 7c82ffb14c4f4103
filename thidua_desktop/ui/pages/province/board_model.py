"""The board as a table: communes down, periods across; each cell says what there is to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from thidua_desktop.services.board import STATE_WORDS, TO_CHECK, Board, BoardCell, BoardState, Receipt, brief_words
from thidua_desktop.services.spreadsheets import ScreenTable
from thidua_desktop.text import format_date, format_number
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
            return cell.receipt in (Receipt.LATE, Receipt.OVERDUE) or cell.changed
        if role == Qt.ItemDataRole.AccessibleTextRole and self.board is not None:
            period = self.board.periods[column - FIRST_PERIOD].period.name
            return f"{name}, {period}: {shown.text}"
        return told(cell) or None if role == Qt.ItemDataRole.ToolTipRole else None


def told(cell: BoardCell) -> str:
    """What there is to say of a report: when it came, how late, what was decided, what changed, when the unit ended."""
    parts = [f"nhận ngày {format_date(cell.day)}"] if cell.day else []
    if cell.receipt is Receipt.LATE or (cell.receipt is Receipt.ACCEPTED and cell.days):
        parts.append(f"trễ {cell.days} ngày")
    if cell.receipt in TO_CHECK:
        parts.append("chờ kiểm tra")
    if cell.decided is not None:
        done = "chấp nhận" if cell.receipt is Receipt.ACCEPTED else "trả lại"
        parts.append(f"{done} ngày {format_date(cell.decided)}")
    if cell.changes:
        parts.append(f"{cell.changes} chỉ tiêu thay đổi sau khi chấp nhận")
    if cell.overtaken:
        parts.append("xã gửi bản chốt khác sau khi chấp nhận")
    if cell.why:
        parts.append(cell.why)
    return ", ".join(parts)


def board_sheets(board: Board, kept: Sequence[int]) -> list[ScreenTable]:
    """The board for Excel: what is shown with due days in the heads, and how many communes are in which state."""
    heads = [f"{one.period.name} (hạn {format_date(one.due)})" for one in board.periods]
    rows = [
        [row.name, str(row.package or "–"), *(cell_words(cell) for cell in row.cells)]
        for row in (board.rows[place] for place in kept)
    ]
    counts = [
        [STATE_WORDS[state], *(format_number(one.counts.get(state, 0)) for one in board.periods)]
        for state in BoardState
    ]
    numbers = list(range(1, len(heads) + 1))
    return [
        ScreenTable("Bảng theo dõi", ["Đơn vị", "Gói", *heads], rows, [1]),
        ScreenTable("Số đơn vị theo trạng thái", ["Trạng thái", *heads], counts, numbers),
    ]


def cell_words(cell: BoardCell) -> str:
    """A cell where there is room for everything."""
    words = told(cell)
    if cell.day is not None or cell.brief:
        return words
    return ", ".join(part for part in (cell_state(cell).text, words) if part)


def cell_state(cell: BoardCell) -> StateText:
    """A cell as icon and words; one that came late waits to be checked like one in time."""
    if cell.changed:
        return StateText(State.WARN, "có thay đổi")
    state = {
        Receipt.ACCEPTED: State.OK,
        Receipt.RETURNED: State.RETURNED,
        Receipt.IN_TIME: State.INBOX,
        Receipt.LATE: State.SOON,
        Receipt.OVERDUE: State.LATE,
        Receipt.WAITING: State.WAITING,
        Receipt.NOT_EXPECTED: State.MISSING,
    }[cell.receipt]
    return StateText(state, brief_words(cell))
