"""The packages of one stick or folder, each with what may be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from thidua_desktop.services.handoff.inbox import InboxPackage, Standing
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.words import size_text

_STATES = {
    Standing.READY: State.OK,
    Standing.GAP: State.SOON,
    Standing.TAKEN: State.DONE_QUIETLY,
    Standing.REFUSED: State.BAD,
}
_ICONS = {Standing.GAP: "circle-dashed"}
_HEADS = ("Đơn vị gửi", "Gói", "Cỡ", "Trạng thái")


class _InboxModel(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.packages: list[InboxPackage] = []

    def set_packages(self, packages: list[InboxPackage]) -> None:
        self.beginResetModel()
        self.packages = packages
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.packages)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        package, column = self.packages[index.row()], index.column()
        if role == CellRole.STATE and column == 3:
            return StateText(_STATES[package.standing], package.words, _ICONS.get(package.standing, ""))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (1, 2):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(package, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return package.refusal.sentence if package.refusal else package.path.name
        return None


class InboxTable(RecordTable):
    """``package_chosen`` carries an ``InboxPackage``."""

    package_chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Gói trong hộp thư")
        self._packages = _InboxModel(self)
        self.setModel(self._packages)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.set_columns(
            [
                Column("Đơn vị gửi", stretch=True),
                Column("Gói", ColumnKind.NUMBER, sample="0000"),
                Column("Cỡ", ColumnKind.NUMBER, sample="999,9 MB"),
                Column("Trạng thái", ColumnKind.STATE, sample="Thiếu gói 2–4, 6, vẫn nhập được"),
            ]
        )
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def packages(self) -> list[InboxPackage]:
        """What is shown."""
        return self._packages.packages

    def set_packages(self, packages: list[InboxPackage]) -> None:
        """Replaces the rows; the chosen file stays chosen, else the first that can be taken in."""
        chosen = self.chosen()
        self._packages.set_packages(packages)
        paths = [package.path for package in packages]
        ready = [row for row, package in enumerate(packages) if package.can_be_taken]
        if chosen is not None and chosen.path in paths:
            self.selectRow(paths.index(chosen.path))
        elif packages:
            self.selectRow(ready[0] if ready else 0)

    def choose(self, path: Path) -> None:
        """Makes a file of the list the current one; does nothing when it is not listed."""
        row = next((at for at, one in enumerate(self.packages()) if one.path.name == path.name), -1)
        if row >= 0:
            self.selectRow(row)

    def chosen(self) -> InboxPackage | None:
        """The current package."""
        row = self.currentIndex().row()
        return self._packages.packages[row] if 0 <= row < len(self._packages.packages) else None

    def _on_current(self, now: Index, _before: Index) -> None:
        if now.isValid():
            self.package_chosen.emit(self._packages.packages[now.row()])


def _cell(package: InboxPackage, column: int) -> str:
    claimed = package.claimed
    if column == 3:
        return package.words
    if claimed is None:
        return package.path.name if column == 0 else ""
    return (claimed.office_name, str(claimed.number), size_text(claimed.payload_size))[column]
