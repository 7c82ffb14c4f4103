"""The frame of a step: number, title, state at the right; middle; a tinted foot."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import StateLabel, label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.steps import StepNumber
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class StepCard(Card):
    """``middle`` is the layout for the step's content."""

    def __init__(self, look: Look, number: int, title: str) -> None:
        super().__init__(look, flush=True)
        self.setAccessibleName(f"Bước {number}: {title}")
        self.number = StepNumber(look, number)
        self.state = StateLabel(look, State.MISSING, "")
        head = QWidget()
        row = QHBoxLayout(head)
        look.margins(row, 16, 14, 16, 4, 12)
        row.addWidget(self.number)
        row.addWidget(label(title, TextRole.RECORD_TITLE))
        row.addStretch(1)
        row.addWidget(self.state)
        self.add(head)
        self.middle = QVBoxLayout()
        look.margins(self.middle, 16, 6, 16, 12, 8)
        holder = QWidget()
        holder.setLayout(self.middle)
        self.add(holder, 1)
        self.state.hide()

    def say(self, state: State, words: str) -> None:
        """The state beside the title; empty words hide it."""
        self.state.set_state(state, words)
        self.state.setVisible(bool(words))

    def tinted_foot(self, look: Look) -> QVBoxLayout:
        """A tinted foot; gives its layout."""
        foot = QFrame()
        foot.setProperty("kind", "foot")
        column = QVBoxLayout(foot)
        look.margins(column, 16, 10, 16, 12, 4)
        self.add(foot)
        return column
