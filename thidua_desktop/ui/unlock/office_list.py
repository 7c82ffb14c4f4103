"""The offices opened before on this machine, newest first, and the file that was chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from thidua_desktop.paths import is_there
from thidua_desktop.ui import tasks
from thidua_desktop.ui.components.delegates import CellRole, TwoLineDelegate
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.unlock.pace import MOMENT

_PATH = Qt.ItemDataRole.UserRole + 40


class OfficeList(QListView):
    """Two lines per file: its name, and its folder or that it is not there. ``chosen`` carries the path.

    Whether a file is there is asked beside the window: a mapped drive whose server is gone takes half a minute to say
    no. ``found`` when the newest one that is there is known only later.
    """

    chosen = Signal(object)
    opened = Signal()
    found = Signal()

    def __init__(self, look: Look, paths: Sequence[Path]) -> None:
        super().__init__()
        self._look = look
        self._there: dict[Path, bool] = {}
        self._first_wanted = False
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
        self._ask(paths)
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
        self._ask([path])
        self.setCurrentIndex(self._model.index(0, 0))

    def choose_first(self) -> None:
        """Chooses the newest file that is there; none while nobody knows of any."""
        said = [self.knows(self._path_of(row)) for row in range(self._model.rowCount())]
        self._first_wanted = None in said and True not in said
        if said and not self._first_wanted:
            self.setCurrentIndex(self._model.index(said.index(True) if True in said else 0, 0))

    def waits(self) -> bool:
        """Whether the newest file that is there is not known yet."""
        return self._first_wanted

    def knows(self, path: Path) -> bool | None:
        """Whether the file is there; None as long as its disk has not answered."""
        return self._there.get(path)

    def count(self) -> int:
        """How many files are listed."""
        return self._model.rowCount()

    def _path_of(self, row: int) -> Path:
        found = self._model.index(row, 0).data(_PATH)
        assert isinstance(found, Path)
        return found

    def _item(self, path: Path) -> QStandardItem:
        item = QStandardItem(path.stem)
        item.setData(path, _PATH)
        item.setData(str(path.parent), CellRole.CAPTION)
        item.setToolTip(str(path))
        item.setData(f"{path.stem}, thư mục {path.parent}", Qt.ItemDataRole.AccessibleTextRole)
        return item

    def _ask(self, paths: Sequence[Path]) -> None:
        pool = tasks.work_line(self)
        pool.setMaxThreadCount(max(1, len(paths)))  # none waits behind a disk that does not answer
        begun = []
        for path in paths:
            task = tasks.run_task(self, partial(_is_file, path), pool)
            task.succeeded.connect(partial(self._tell, path))
            begun.append(task)
        tasks.wait_briefly(begun, pool, MOMENT)

    def _tell(self, path: Path, there: bool) -> None:
        self._there[path] = there
        row = next(row for row in range(self._model.rowCount()) if self._path_of(row) == path)
        if not there:
            item = self._model.item(row)
            item.setData(StateText(State.WARN, "Không thấy tệp"), CellRole.STATE)
            spoken = f"{path.stem}, thư mục {path.parent}, không thấy tệp"
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        if self._first_wanted:
            self.choose_first()
            if not self._first_wanted:
                self.found.emit()
        elif path == self.path():
            self.chosen.emit(path)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        path = index.data(_PATH)
        if isinstance(path, Path):
            self._first_wanted = False
            self.chosen.emit(path)


def _is_file(path: Path, _control: tasks.TaskControl) -> bool:
    return is_there(path, Path.is_file)
