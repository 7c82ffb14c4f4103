"""Why something was refused, on the page instead of in a box: sentence in bold, what to do under it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from thidua_desktop.errors import UserError
from thidua_desktop.ui.components.labels import IconLabel, label
from thidua_desktop.ui.components.states import State, state_look
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class RefusalBlock(QFrame):
    """Hidden until ``tell``."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        shown = state_look(State.ERROR)
        self.setProperty("kind", "error")
        column = QVBoxLayout(self)
        look.margins(column, 12, 8, 12, 8, 4)
        self._sentence = IconLabel(look, shown.icon, "", shown.ink, TextRole.STRONG, 18, wrap=True)
        self._remedy = label("", wrap=True)
        column.addWidget(self._sentence)
        column.addWidget(self._remedy)
        self.hide()

    def text(self) -> str:
        """Sentence and remedy as they stand there; empty while nothing is told."""
        return "" if self.isHidden() else f"{self._sentence.text()} {self._remedy.text()}".strip()

    def tell(self, error: UserError) -> None:
        """Shows an error."""
        self.say(error.sentence, error.remedy)

    def say(self, sentence: str, remedy: str = "") -> None:
        """Shows a sentence and what to do."""
        shown = state_look(State.ERROR)
        self._sentence.set_content(shown.icon, sentence, shown.ink)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setAccessibleName(f"{sentence} {remedy}".strip())
        self.show()
