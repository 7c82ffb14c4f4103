"""What the steps of the wizard share: a title, a lead, a form column, and fields that show their problems."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.services.setup_flow import AnswerProblem, SetupFlow
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.form_row import FormRow


class StepPage(QWidget):
    """One step. ``changed`` after every answer; ``column`` takes the content."""

    changed = Signal()

    def __init__(self, look: Look, flow: SetupFlow, title: str, lead: str) -> None:
        super().__init__()
        self.look, self.flow = look, flow
        self.rows: dict[str, FormRow] = {}
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        look.margins(self.column, 24, 20, 24, 16, 12)
        self.column.addWidget(label(title, TextRole.PAGE_TITLE, wrap=True))
        self.column.addWidget(label(lead, ink="text-2", wrap=True))

    def enter(self) -> None:
        """Called whenever the step is shown: takes the answers that earlier steps made."""

    def leave(self) -> None:
        """Called before going on: hands over what is still only typed."""

    def first_field(self) -> QWidget | None:
        """Where the focus goes."""
        return next((row.field for row in self.rows.values()), None)

    def show_problems(self, problems: Sequence[AnswerProblem]) -> None:
        """Puts each problem under its field; the first one gets the focus."""
        texts = {problem.field: problem.text for problem in problems}
        for name, row in self.rows.items():
            row.set_problem(texts.get(name, ""))
        first = next((row.field for name, row in self.rows.items() if name in texts), None)
        if first is not None:
            first.setFocus()

    def clear_problem(self, name: str) -> None:
        """A field that is being typed in is not blamed."""
        if name in self.rows:
            self.rows[name].set_problem("")
