"""Asks under which name something is kept; a name that is refused is mended where it was typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.ui.components.buttons import filled
from thidua_desktop.ui.components.dialogs import cancel_button, dialog_foot, grow_to_content, size_to_content
from thidua_desktop.ui.components.fields import FieldLabel, FieldState, ProblemLine, set_field_state
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

Keep = Callable[[str], object]
"""Keeps something under a name; raises ``UserError`` where the name cannot be had."""


class NameDialog(QDialog):
    """``keep`` does the work and closes the dialog, unless it refuses; ``told`` says of a name what will come of it."""

    def __init__(
        self, look: Look, title: str, field: str, keep: Keep, parent: QWidget, before: str = "",
        told: Callable[[str], str] = lambda _name: "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._keep, self._told = keep, told
        self.name = QLineEdit(before)
        self.name.setAccessibleName(field)
        self.name.selectAll()
        look.follow(self.name, lambda: self.name.setFixedHeight(look.px(34)))
        self.note, self.problem = caption("", wrap=True), ProblemLine(look)
        self.keep_button = filled(look, "Lưu", "check")
        self.keep_button.setDefault(True)
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(title, TextRole.CARD_TITLE, wrap=True))
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 4)
        for part in (FieldLabel(field, True), self.name, self.note, self.problem):
            column.addWidget(part)
        outer.addLayout(column)
        outer.addStretch(1)
        outer.addLayout(dialog_foot(look, cancel_button(look, self), self.keep_button))
        self.name.textChanged.connect(lambda _text: self._say(""))
        self.keep_button.clicked.connect(self.accept)
        self._say("")
        size_to_content(look, self, 420)

    def accept(self) -> None:
        try:
            self._keep(self.name.text().strip())
        except UserError as refused:
            self._say(f"{refused.sentence} {refused.remedy}".strip())
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().accept()

    def _say(self, problem: str) -> None:
        note = "" if problem else self._told(self.name.text().strip())
        self.note.setText(note)
        set_shown(self.note, bool(note))
        self.problem.set_problem(problem)
        set_field_state(self.name, FieldState.BAD if problem else FieldState.NORMAL)
        self.name.setAccessibleDescription(problem or note)
        if self.isVisible():
            grow_to_content(self)
