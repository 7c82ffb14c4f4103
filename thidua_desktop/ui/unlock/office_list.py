"""The offices opened before on this machine, newest first, and the file that was chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from thidua_desktop.paths import is_there
from thidua_desktop.ui.components.delegates import CellRole, TwoLineDelegate
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.theme import Look

_PATH = Qt.ItemDataRole.UserRole + 40


class OfficeList(QListView):
    """Two lines per file: its name, and its folder or that it is not there. ``chosen`` carries the path."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, look: Look, paths: Sequence[Path]) -> None:
        super().__init__()
        self._look = look
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setAccessibleName("Sổ đã mở trên máy này")
        self.setItemDelegate(TwoLineDelegate(look, self, state_width=0))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for path in paths:
            self._model.appendRow(self._item(path))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(lambda _index: self.opened.emit())

    def path(self) -> Path | None:
        """The chosen file."""
        found = self.currentIndex().data(_PATH)
        return found if isinstance(found, Path) else None

    def choose(self, path: Path) -> None:
        """Chooses a file, adding it at the top when it is new."""
        for row in range(self._model.rowCount()):
            if self._model.index(row, 0).data(_PATH) == path:
                self.setCurrentIndex(self._model.index(row, 0))
                return
        self._model.insertRow(0, self._item(path))
        self.setCurrentIndex(self._model.index(0, 0))

    def choose_first(self) -> None:
        """Chooses the newest file that is there."""
        rows = range(self._model.rowCount())
        there = next((row for row in rows if is_there(self._model.index(row, 0).data(_PATH), Path.is_file)), 0)
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(there, 0))

    def count(self) -> int:
        """How many files are listed."""
        return self._model.rowCount()

    def _item(self, path: Path) -> QStandardItem:
        there = is_there(path, Path.is_file)
        item = QStandardItem(path.stem)
        item.setData(path, _PATH)
        item.setData(str(path.parent), CellRole.CAPTION)
        if not there:
            item.setData(StateText(State.WARN, "Không thấy tệp"), CellRole.STATE)
        item.setToolTip(str(path))
        spoken = f"{path.stem}, thư mục {path.parent}" + ("" if there else ", không thấy tệp")
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        return item

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        path = index.data(_PATH)
        if isinstance(path, Path):
            self.chosen.emit(path)
