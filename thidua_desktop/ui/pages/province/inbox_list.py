"""The packages of one stick or folder, each with what may be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView

from thidua_desktop.services.handoff.inbox import InboxPackage, Standing
from thidua_desktop.ui.components.delegates import Index
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


_COLUMNS = (
    RowColumn(
        "Đơn vị gửi", lambda one: one.claimed.office_name if one.claimed is not None else one.path.name, stretch=True
    ),
    RowColumn(
        "Gói", lambda one: str(one.claimed.number) if one.claimed is not None else "", ColumnKind.NUMBER, sample="0000"
    ),
    RowColumn("Trạng thái", kind=ColumnKind.STATE, sample="Chưa nhận thẻ của đơn vị gửi", state=_state),
)  # fmt: skip


class InboxTable(RecordTable):
    """``package_chosen`` carries an ``InboxPackage``."""

    package_chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Gói trong hộp thư")
        self._model = RowModel(self, _COLUMNS, _hint)
        self.setModel(self._model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.set_columns(looks(_COLUMNS))
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def packages(self) -> list[InboxPackage]:
        """What is shown."""
        return list(self._model.rows)

    def set_packages(self, packages: list[InboxPackage]) -> None:
        """Replaces the rows; the chosen file stays chosen, else the first that can be taken in."""
        chosen = self.chosen()
        self._model.set_rows(packages)
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
        found: InboxPackage | None = self._model.row_at(self.currentIndex().row())
        return found

    def _on_current(self, now: Index, _before: Index) -> None:
        if now.isValid():
            self.package_chosen.emit(self._model.row_at(now.row()))
