"""The packages of one stick or folder, each with what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal

from thidua_desktop.services.handoff.inbox import InboxPackage, Standing
from thidua_desktop.text import sort_key
from thidua_desktop.ui.components.delegates import Index
from thidua_desktop.ui.components.narrow_row import NarrowRow
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.words import size_text

_STATES = {
    Standing.READY: State.OK,
    Standing.GAP: State.SOON,
    Standing.TAKEN: State.DONE_QUIETLY,
    Standing.REFUSED: State.BAD,
}
_ICONS = {Standing.GAP: "circle-dashed"}


def _state(package: InboxPackage) -> StateText:
    return StateText(_STATES[package.standing], package.words, _ICONS.get(package.standing, ""))


def _hint(package: InboxPackage) -> str:
    if package.refusal is not None:
        return package.refusal.sentence
    size = f", {size_text(package.claimed.payload_size)}" if package.claimed is not None else ""
    return f"{package.path.name}{size}"


def _sender(package: InboxPackage) -> str:
    return package.claimed.office_name if package.claimed is not None else package.path.name


_COLUMNS = (
    RowColumn("Đơn vị gửi", _sender, stretch=True),
    RowColumn(
        "Gói", lambda one: str(one.claimed.number) if one.claimed is not None else "", ColumnKind.NUMBER, sample="0000"
    ),
    RowColumn("Trạng thái", kind=ColumnKind.STATE, sample="Tệp trống hoặc bị cắt, xin chép lại", state=_state),
)  # fmt: skip


_KINDS: tuple[tuple[str, str, frozenset[Standing]], ...] = (
    ("Tất cả", "", frozenset(Standing)),
    ("Nhập được", "circle-check", frozenset({Standing.READY, Standing.GAP})),
    ("Không nhập được", "triangle-alert", frozenset({Standing.REFUSED})),
    ("Đã nhập", "check", frozenset({Standing.TAKEN})),
)
"""What the list is narrowed to: of a stick with 170 packages those that somebody has to ask about."""


_ORDERS: tuple[Callable[[InboxPackage], Any], ...] = (
    lambda one: sort_key(_sender(one)),
    lambda one: one.claimed.number if one.claimed is not None else 0,
    lambda one: (list(Standing).index(one.standing), sort_key(one.words)),
)
"""By column: what a press on its head sorts by."""


class InboxTable(RecordTable):
    """``package_chosen`` carries the current ``InboxPackage``, ``several_chosen`` how many are chosen.

    ``narrow`` stands over it. Packages are taken in as they lie on the stick, however they are shown here.
    """

    package_chosen = Signal(object)
    several_chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Gói trong hộp thư")
        self._all: list[InboxPackage] = []
        self._model = RowModel(self, _COLUMNS, _hint)
        self.setModel(self._model)
        self.set_columns(looks(_COLUMNS))
        self.narrow = NarrowRow(look, "Tìm đơn vị", [(name, icon) for name, icon, _ in _KINDS])
        self.narrow.serve(self)
        self.narrow.changed.connect(self._show)
        head = self.horizontalHeader()
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorShown(True)
        head.sortIndicatorChanged.connect(lambda *_: self._show())
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.several_chosen.emit(len(self._selected())))

    def packages(self) -> list[InboxPackage]:
        """Everything that lies in the folder, in the order in which packages continue each other."""
        return list(self._all)

    def shown(self) -> list[InboxPackage]:
        """What the words and the kind leave, in the same order."""
        kept = _KINDS[self.narrow.chosen()][2]
        return [one for one in self._all if one.standing in kept and self._fits(one)]

    def set_packages(self, packages: list[InboxPackage]) -> None:
        """Replaces the rows; the chosen file stays chosen, else the first that can be taken in."""
        self._all = packages
        self._show()

    def choose(self, path: Path) -> None:
        """Makes a file of the list the current one; does nothing when it is not listed."""
        row = next((at for at, one in enumerate(self._model.rows) if one.path.name == path.name), -1)
        if row >= 0:
            self.selectRow(row)

    def chosen(self) -> InboxPackage | None:
        """The current package."""
        found: InboxPackage | None = self._model.row_at(self.currentIndex().row())
        return found

    def chosen_together(self) -> list[InboxPackage]:
        """All that are chosen, as they lie on the stick."""
        names = {self._model.rows[row].path for row in self._selected()}
        return [one for one in self._all if one.path in names]

    def _selected(self) -> list[int]:
        rows = (index.row() for index in self.selectionModel().selectedRows())
        return [row for row in rows if row < len(self._model.rows)]

    def _fits(self, package: InboxPackage) -> bool:
        return self.narrow.fits(f"{_sender(package)} {package.path.name} {package.words}")

    def _show(self) -> None:
        chosen, together = self.chosen(), {one.path for one in self.chosen_together()}
        said = [one for one in self._all if self._fits(one)]
        self.narrow.set_counts([sum(one.standing in kept for one in said) for _, _, kept in _KINDS])
        rows, head = self.shown(), self.horizontalHeader()
        column = head.sortIndicatorSection()
        if 0 <= column < len(_ORDERS):
            rows = sorted(rows, key=_ORDERS[column], reverse=head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder)
        self._model.set_rows(rows)
        paths = [package.path for package in rows]
        ready = [row for row, package in enumerate(rows) if package.can_be_taken]
        if chosen is not None and chosen.path in paths:
            self.selectRow(paths.index(chosen.path))
        elif rows:
            self.selectRow(ready[0] if ready else 0)
        if len(together) > 1:
            self._select({row for row, path in enumerate(paths) if path in together})
        self.several_chosen.emit(len(self._selected()))

    def _select(self, rows: set[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in rows:
            self.selectionModel().select(self._model.index(row, 0), flags)

    def _on_current(self, now: Index, _before: Index) -> None:
        if now.isValid():
            self.package_chosen.emit(self._model.row_at(now.row()))
