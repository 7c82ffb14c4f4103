"""A field of the wizard and of small dialogs: label above, the field, a quiet hint, and its problem under it."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.ui.components.fields import FieldLabel, FieldState, ProblemLine, set_field_state
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.look.theme import Look


class PlainLine(QLineEdit):
    """A text field 34 px high; no filter, no mask, no completion. ``composing`` while an input method holds text."""

    def __init__(self, look: Look, name: str, text: str = "", secret: bool = False) -> None:
        super().__init__(text)
        self._preedit = ""
        self.setAccessibleName(name)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        look.follow(self, lambda: self.setFixedHeight(look.px(34)))

    def composing(self) -> bool:
        """True while an input method holds unfinished text."""
        return bool(self._preedit)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)


class FormRow(QWidget):
    """Label, field, hint and problem, one under the other; ``extra`` stands at the right of the field."""

    def __init__(
        self,
        look: Look,
        text: str,
        field: QWidget,
        hint: str = "",
        required: bool = False,
        extra: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.field, self.title = field, text
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 4)
        outer.addWidget(FieldLabel(text, required))
        if extra is None:
            outer.addWidget(field)
        else:
            row = QHBoxLayout()
            look.margins(row, 0, 0, 0, 0, 8)
            row.addWidget(field, 1)
            row.addWidget(extra)
            outer.addLayout(row)
        self.hint = caption(hint, wrap=True)
        set_shown(self.hint, bool(hint))
        outer.addWidget(self.hint)
        self.problem = ProblemLine(look)
        outer.addWidget(self.problem)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_problem(self, text: str) -> None:
        """Shows or takes away the sentence under the field and the border around it."""
        self.problem.set_problem(text)
        set_field_state(self.field, FieldState.BAD if text else FieldState.NORMAL)
        self.field.setAccessibleDescription(text)
