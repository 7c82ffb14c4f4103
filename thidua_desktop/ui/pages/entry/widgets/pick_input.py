"""What ``choice`` and ``link`` share: one value out of a list, typed by any part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from thidua_desktop.formdef.field_types import NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.services import links
from thidua_desktop.services.links import Choice
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext
from thidua_desktop.ui.pages.entry.widgets.pick_line import PickLine

MOST_CHOICES = 200


class PickInput(FieldInput):
    """One of a list. The text stays as typed until the focus leaves; then it becomes the label of what it names."""

    def __init__(self, look: Look, spec: FieldSpec, context: InputContext) -> None:
        super().__init__(look, spec, context)
        self._value = ""
        self._label = ""
        self.line = PickLine(look, self.offered, lambda: (self._value,) if self._value else ())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self.line.textEdited.connect(self._on_edited)
        self.line.picked.connect(self._on_picked)
        self.line.entered.connect(self.entered)
        self.line.left.connect(self._on_left)

    def offered(self, text: str) -> Sequence[Choice]:
        """What the list offers for a typed text."""
        return links.choices(self.context.session, self.spec, text, MOST_CHOICES, self.context.day())

    def resolve(self, text: str) -> str:
        """The value that a typed text names; raises ``NotUnderstood``."""
        return text

    def value(self) -> Value:
        text = self.line.text().strip()
        if not text:
            return None
        return self._value if self._value and text == self._label else self.resolve(text)

    def set_value(self, value: Value) -> None:
        self._value = value if isinstance(value, str) else ""
        self._label = links.label(self.context.session, self.spec, self._value or None)
        self.line.setText(self._label)
        self.line.setCursorPosition(0)
        self.line.setModified(False)

    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def draft(self) -> object:
        if self.is_empty():
            return None
        try:
            return {"value": self.value()}
        except NotUnderstood:
            return {"typed": self.line.text()}

    def set_draft(self, kept: object) -> None:
        found = kept if isinstance(kept, dict) else {}
        value, typed = found.get("value"), found.get("typed")
        self.set_value(value if isinstance(value, str) else None)
        if isinstance(typed, str):
            self.line.setText(typed)

    def focus_target(self) -> QWidget:
        return self.line

    def stay(self) -> None:
        self.line.open_what_fits()

    def composing(self) -> bool:
        return self.line.composing()

    def _on_edited(self) -> None:
        self.edited.emit()

    def _on_picked(self, choice: Choice) -> None:
        self.set_value(choice.value)
        self.edited.emit()

    def _on_left(self, reason: object) -> None:
        if self.line.isModified():
            self._tidy()
        self.left.emit()

    def _tidy(self) -> None:
        try:
            value = self.value()
        except NotUnderstood:
            return
        if isinstance(value, str):
            self.set_value(value)
