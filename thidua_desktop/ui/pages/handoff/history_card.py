"""Every package ever made here with its state; Enter on a row prints its slip."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from thidua_desktop.services.handoff.history import PackageLife, PackageRow
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.words import moment_text, size_text

_STATES = {
    PackageLife.WAITING: State.WAITING,
    PackageLife.COVERED: State.QUIET,
    PackageLife.RECEIVED: State.OK,
}
_HEADS = ("Gói", "Lập lúc", "Nội dung", "Cỡ", "Trạng thái", "")


class _PackageModel(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[PackageRow] = []

    def set_rows(self, rows: list[PackageRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.rows[index.row()], index.column()
        if role == CellRole.STATE and column == 4:
            return StateText(_STATES[row.life], row.words)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (0, 3):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (str(row.number), moment_text(row.at), row.content, size_text(row.size), row.words, "In phiếu")[column]


class HistoryCard(Card):
    """``slip_wanted`` carries a package number."""

    slip_wanted = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Gói đã lập", flush=True, head_line=False)
        self.table = RecordTable(look, "Gói đã lập")
        self._model = _PackageModel(self)
        self.table.setModel(self._model)
        self.table.set_columns(
            [
                Column("Gói", ColumnKind.NUMBER, sample="0000"),
                Column("Lập lúc", sample="16/11/2026, 10:24"),
                Column("Nội dung", stretch=True),
                Column("Cỡ", ColumnKind.NUMBER, sample="999,9 MB"),
                Column("Trạng thái", ColumnKind.STATE, sample="Đã chép ra, chờ tỉnh nhận"),
                Column("", ColumnKind.LINK, sample="In phiếu"),
            ]
        )
        self._empty = label("Chưa lập gói nào. Gói đầu tiên mang toàn bộ số liệu gửi được.", ink="text-2")
        self._empty.setContentsMargins(16, 4, 16, 16)
        self.add(self._empty)
        self.add(self.table, 1)
        self.table.opened.connect(self._on_row)
        self.table.link_clicked.connect(lambda row, _column: self._on_row(row))
        look.follow(self, lambda: self.setMinimumHeight(look.px(140)))

    def show_rows(self, rows: list[PackageRow]) -> None:
        """Replaces the rows."""
        self._model.set_rows(rows)
        waiting = sum(row.life is PackageLife.WAITING for row in rows)
        received = sum(row.life is PackageLife.RECEIVED for row in rows)
        if self.head is not None:
            words = f"{len(rows)} gói, tỉnh đã nhận {received}, đang chờ {waiting}"
            self.head.set_caption(words if rows else "")
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))

    def rows(self) -> list[PackageRow]:
        """What is shown."""
        return self._model.rows

    def _on_row(self, row: int) -> None:
        self.slip_wanted.emit(self._model.rows[row].number)
