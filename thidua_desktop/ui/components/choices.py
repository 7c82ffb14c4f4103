"""A short list to choose one of: a drop-down whose rows are as high as those of a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem

from thidua_desktop.ui.look.theme import Look


class _ChoiceRow(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QComboBox) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width() + self._look.px(16), self._look.px(30))


class ChoiceBox(QComboBox):
    """A drop-down. The wheel scrolls the page and never changes the choice unless the list is open."""

    def __init__(
        self, look: Look, name: str, choices: Sequence[tuple[object, str]] = (), current: object = None
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
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
