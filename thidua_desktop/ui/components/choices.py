"""A short list to choose one of: a drop-down whose rows are as high as those of a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QStyledItemDelegate, QStyleOptionViewItem

from thidua_desktop.text import fold
from thidua_desktop.ui.look.theme import Look


class _ChoiceRow(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QComboBox) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width() + self._look.px(16), self._look.px(30))


class _ChoiceList(QListView):
    """Letters go to the next choice that begins with them, without diacritics: "dia" finds "Địa điểm".

    Where none begins so, one with a word that does: "dong" finds "Mức đóng góp".
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed, self._since = "", QElapsedTimer()

    def keyboardSearch(self, search: str) -> None:
        """What Qt asks for each letter, whether the list is open or not."""
        late = not self._since.isValid() or self._since.hasExpired(QApplication.keyboardInputInterval())
        self._since.start()
        typed = fold(search)
        self._typed = typed if late else self._typed + typed
        same = set(self._typed) == {typed}  # "kk": the second one that begins with k
        wanted, model, at = typed if same else self._typed, self.model(), self.currentIndex().row()
        first = at + 1 if same or late else max(at, 0)
        rows = [model.index(row, self.modelColumn()) for row in (*range(first, model.rowCount()), *range(first))]
        words = {index.row(): fold(str(index.data())) for index in rows if index.flags() & Qt.ItemFlag.ItemIsEnabled}
        begun = [row for row, text in words.items() if text.startswith(wanted)]
        named = begun or [row for row, text in words.items() if f" {wanted}" in text]
        if wanted and named:
            self.setCurrentIndex(model.index(named[0], self.modelColumn()))


class ChoiceBox(QComboBox):
    """A drop-down. The wheel scrolls the page and never changes the choice unless the list is open."""

    def __init__(
        self, look: Look, name: str, choices: Sequence[tuple[object, str]] = (), current: object = None
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setView(_ChoiceList())
        self.setItemDelegate(_ChoiceRow(look, self))
        self.setMaxVisibleItems(12)
        # Qt makes the list at once and takes the bar away, as Fusion wants arrows; the stylesheet says otherwise later.
        self.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        for value, text in choices:
            self.addItem(text, value)
        if current is not None:
            self.choose(current)

    def chosen(self) -> object:
        """Value of the current choice; None when nothing is chosen."""
        return self.currentData()

    def choose(self, value: object) -> None:
        """Makes the choice with this value the current one; does nothing when there is none."""
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
