"""A filter of few values as a chip: its name and what it is set to; the first value is "all", which applies nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.look.theme import Look

_IN_A_MENU = 20


class ChoiceChip(Chip):
    """``changed`` after another value was chosen. A click offers the values in a menu, many of them in a dialog where
    one types to find; × and Delete take the filter away."""

    changed = Signal()

    def __init__(
        self, look: Look, name: str, choices: Sequence[tuple[str, str]], current: str = "", tall: bool = False
    ) -> None:  # fmt: skip
        self._choices = list(choices)
        self._at = 0
        super().__init__(look, name, self._choices[0][1], tall=tall)
        self._title = name
        self._values = QMenu(self)
        self._values.setAccessibleName(name)
        self.clicked.connect(self._offer)
        self.removed.connect(self.clear)
        self._set(current)

    def chosen(self) -> str:
        """The value; that of "all" is the first one's."""
        return self._choices[self._at][0]

    def choose(self, value: str) -> None:
        """Sets the filter to a value; does nothing when there is none such."""
        before = self._at
        self._set(value)
        if self._at != before:
            self.changed.emit()

    def clear(self) -> None:
        """Takes the filter away."""
        self.choose(self._choices[0][0])

    def _set(self, value: str) -> None:
        self._at = next((at for at, (one, _) in enumerate(self._choices) if one == value), self._at)
        applied = self._at > 0
        self._removable, self._chevron = applied, not applied
        self.set_value(self._choices[self._at][1], applied)

    def _offer(self) -> None:
        if len(self._choices) > _IN_A_MENU:
            dialog = PickDialog(self._look, self._title, self._choices, (self.chosen(),), self, single=True)
            if dialog.ask():
                self.choose(next(iter(dialog.chosen()), self._choices[0][0]))
            return
        menu = self._values
        menu.clear()
        for at, (value, words) in enumerate(self._choices):
            action = QAction(words.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(at == self._at)
            act = partial(self.choose, value)
            action.triggered.connect(lambda _checked=False, act=act: QTimer.singleShot(0, self, act))
            menu.addAction(action)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
