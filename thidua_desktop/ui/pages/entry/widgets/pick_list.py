"""The list that opens under a pick field. It never takes the focus, so typing goes on undisturbed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from thidua_desktop.services.links import Choice
from thidua_desktop.ui.components.delegates import CellRole, RowDelegate
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.look.theme import Look

_MOST_SHOWN = 8
_ROOT = QModelIndex()


class _Choices(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.choices: Sequence[Choice] = ()
        self.chosen: Collection[str] = ()

    def replace(self, choices: Sequence[Choice], chosen: Collection[str]) -> None:
        self.beginResetModel()
        self.choices, self.chosen = choices, chosen
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.choices[index.row()]
        chosen = choice.value in self.chosen
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            spoken = role == Qt.ItemDataRole.AccessibleTextRole and chosen
            return f"{choice.label}, đã chọn" if spoken else choice.label
        if role == CellRole.CAPTION:
            return "  ".join(part for part in (choice.detail, "đã chọn" if chosen else "") if part)
        if role == CellRole.BOLD:
            return chosen
        return None


class PickList(QFrame):
    """Choices under a field, eight rows high at most, child of the field's window. ``picked`` carries a ``Choice``.

    ``keys`` stands below them: what is not known from every other field.
    """

    picked = Signal(object)

    def __init__(self, look: Look, field: QWidget, keys: str = "") -> None:
        super().__init__(field.window())
        self._look, self._field = look, field
        self.setProperty("kind", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = _Choices()
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(RowDelegate(look, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName("Danh sách để chọn")
        self.view.clicked.connect(lambda index: self.picked.emit(self._model.choices[index.row()]))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.view)
        self._foot = caption(keys)
        if not keys:
            self._foot.hide()
        look.follow(self._foot, lambda: self._foot.setContentsMargins(look.px(8), look.px(4), look.px(8), look.px(4)))
        column.addWidget(self._foot)
        self.hide()

    def offer(self, choices: Sequence[Choice], chosen: Collection[str], current: int) -> None:
        """Shows ``choices`` under the field with row ``current`` highlighted (-1: none); hides without choices."""
        self._model.replace(tuple(choices), chosen)
        if not choices:
            self.hide()
            return
        self._fit(len(choices))
        self.set_current(current)
        self.show()
        self.raise_()

    def is_open(self) -> bool:
        """True while choices are shown."""
        return not self.isHidden()

    def current(self) -> Choice | None:
        """The highlighted choice."""
        row = self.view.currentIndex().row()
        return self._model.choices[row] if 0 <= row < len(self._model.choices) else None

    def set_current(self, row: int) -> None:
        """Highlights a row; -1 for none."""
        index = self._model.index(row, 0) if 0 <= row < len(self._model.choices) else QModelIndex()
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)
        else:
            self.view.clearSelection()

    def step(self, rows: int) -> None:
        """Moves the highlight, stopping at both ends."""
        last = len(self._model.choices) - 1
        self.set_current(max(0, min(last, self.view.currentIndex().row() + rows)))

    def _fit(self, count: int) -> None:
        look, window = self._look, self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        words = max(
            look.text_width(choice.label, bold=True) + look.text_width(f"  {choice.detail}")
            for choice in self._model.choices[:60]
        )
        foot = self._foot.sizeHint() if self._foot.text() else QSize()
        width = max(self._field.width(), min(words + look.px(48), look.px(460)), foot.width() + 2)
        height = min(count, _MOST_SHOWN) * look.px(32) + max(foot.height(), 0) + 2
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if count <= _MOST_SHOWN else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.view.setVerticalScrollBarPolicy(policy)
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        top = below.y()
        if top + height > window.height():
            above = self._field.mapTo(window, QPoint(0, 0)).y() - height - 2
            top = above if above >= 0 else max(0, window.height() - height)
        left = max(0, min(below.x(), window.width() - width))
        self.setGeometry(left, top, min(width, window.width()), height)
