"""Every package ever made here with its state; Enter on a row prints its slip."""

from __future__ import annotations

from PySide6.QtCore import Signal

from thidua_desktop.services.handoff.history import PackageLife, PackageRow
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.words import moment_text, size_text

_STATES = {
    PackageLife.WAITING: State.WAITING,
    PackageLife.COVERED: State.QUIET,
    PackageLife.RECEIVED: State.OK,
}
_COLUMNS = (
    RowColumn("Gói", lambda one: str(one.number), ColumnKind.NUMBER, sample="0000"),
    RowColumn("Lập lúc", lambda one: moment_text(one.at), sample="16/11/2026, 10:24"),
    RowColumn("Nội dung", lambda one: one.content, stretch=True),
    RowColumn("Cỡ", lambda one: size_text(one.size), ColumnKind.NUMBER, sample="999,9 MB"),
    RowColumn("Trạng thái", kind=ColumnKind.STATE, sample="Đã chép ra, chờ tỉnh nhận",
              state=lambda one: StateText(_STATES[one.life], one.words)),
    RowColumn("", lambda _one: "In phiếu", ColumnKind.LINK, sample="In phiếu"),
)  # fmt: skip

_LEAST, _ABOVE_ROWS, _ROW = 150, 76, 32  # px at 100 %; above the rows stand the titles of card and table


class HistoryCard(Card):
    """``slip_wanted`` carries a package number."""

    slip_wanted = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Gói đã lập", flush=True, head_line=False)
        self.table = RecordTable(look, "Gói đã lập")
        self._model = RowModel(self, _COLUMNS)
        self.table.setModel(self._model)
        self.table.set_columns(looks(_COLUMNS))
        self._empty = label("Chưa lập gói nào. Gói đầu tiên mang toàn bộ số liệu gửi được.", ink="text-2")
        self._empty.setContentsMargins(16, 4, 16, 16)
        self.add(self._empty)
        self.add(self.table, 1)
        self.table.opened.connect(self._on_row)
        self.table.link_clicked.connect(lambda row, _column: self._on_row(row))
        look.follow(self, self._fit)

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
        self._fit()

    def _fit(self) -> None:
        """No higher than its rows need, so that the steps above have the room."""
        rows = self._model.rowCount()
        self.setMinimumHeight(self._look.px(_LEAST))
        self.setMaximumHeight(self._look.px(max(_LEAST, _ABOVE_ROWS + _ROW * rows)))

    def rows(self) -> list[PackageRow]:
        """What is shown."""
        return list(self._model.rows)

    def _on_row(self, row: int) -> None:
        self.slip_wanted.emit(self._model.row_at(row).number)
