"""What all inputs of one typed line share: the text is parsed by its field type and tidied when the focus leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from thidua_desktop.formdef.field_types import NotUnderstood, field_type
from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext, TypedLine


class LineInput(FieldInput):
    """One line, typed freely. ``numeric`` aligns right. The field type's ``parse`` and ``show`` do the rest."""

    numeric = False

    def __init__(self, look: Look, spec: FieldSpec, context: InputContext) -> None:
        super().__init__(look, spec, context)
        self.line = TypedLine()
        if self.numeric:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._stored: tuple[str, Value] | None = None
        self._place(self.line)
        self.line.textEdited.connect(self._on_edited)
        self.line.entered.connect(self.entered)
        self.line.left.connect(self._on_left)

    def _place(self, line: TypedLine) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line)

    def value(self) -> Value:
        text = self.line.text()
        if self._stored is not None and self._stored[0] == text:
            return self._stored[1]
        session = self.context.session
        return field_type(self.spec).parse(self.spec, text, session.today, session.definitions.catalogs)

    def set_value(self, value: Value) -> None:
        shown = field_type(self.spec).show(self.spec, value, self.context.session.definitions.catalogs)
        self.line.setText(shown)
        self.line.setCursorPosition(0)
        self._stored = (shown, value)
        self.note_changed.emit(self.note())

    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def draft(self) -> object:
        return self.line.text() or None

    def set_draft(self, kept: object) -> None:
        self._stored = None
        self.line.setText(kept if isinstance(kept, str) else "")
        self.note_changed.emit(self.note())

    def focus_target(self) -> QWidget:
        return self.line

    def composing(self) -> bool:
        return self.line.composing()

    def tidy(self) -> None:
        """Brings an understood text into its usual form; a text that is not understood stays as typed."""
        try:
            value = self.value()
        except NotUnderstood:
            return
        shown = field_type(self.spec).show(self.spec, value, self.context.session.definitions.catalogs)
        if shown != self.line.text():
            self.line.setText(shown)
            self._stored = (shown, value)

    def _on_edited(self) -> None:
        self._stored = None
        self.note_changed.emit(self.note())
        self.edited.emit()

    def _on_left(self, reason: object) -> None:
        self.tidy()
        self.note_changed.emit(self.note())
        self.left.emit()
