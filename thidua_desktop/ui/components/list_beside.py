"""A list and, beside it, what is to be known and decided about its chosen line; without lines the words for none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.theme import Look


class ListBeside(QWidget):
    """The list at the left takes two parts of the width, the card of the chosen line five.

    ``acting`` are buttons that do something with the chosen line: there only while there is one, so not before it is
    known whether there is. ``shown`` carries the row to show: whenever another one is chosen, after every ``fill`` and,
    as -1, when there is none.
    """

    shown = Signal(int)

    def __init__(
        self, look: Look, name: str, card: Card, none: EmptyState, acting: Sequence[QWidget] = ()
    ) -> None:  # fmt: skip
        super().__init__()
        self.none, self._acting = none, tuple(acting)
        self.list = WordList(look, name, framed=False)
        self.list.currentRowChanged.connect(self.shown)
        left = Card(look, flush=True)
        left.add(self.list, 1)
        self._both = QWidget()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        look.margins(self._middle, 0, 0, 0, 0, 12)
        self._middle.addWidget(left, 2)
        self._middle.addWidget(card, 5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._both, 1)
        outer.addWidget(none, 1)
        for widget in (none, *self._acting):
            widget.hide()

    def fill(self, lines: Sequence[str], row: int = 0) -> None:
        """Other lines; ``row``, or the last one where there are fewer, is chosen and shown."""
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems(lines)
        row = min(row, len(lines) - 1)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._both.setVisible(bool(lines))
        self.none.setVisible(not lines)
        for button in self._acting:
            set_shown(button, bool(lines))
        self.shown.emit(row)

    def stack(self, stacked: bool) -> None:
        """The card under the list, for large text and narrow windows."""
        way = QBoxLayout.Direction
        self._middle.setDirection(way.TopToBottom if stacked else way.LeftToRight)
