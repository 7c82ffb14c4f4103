"""``long_text``: several lines, growing with what is written."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import _NOT_LEAVING, FieldInput, InputContext

_LEAST_LINES = 2
_MOST_LINES = 12


class GrowingText(QPlainTextEdit):
    """A text area from two to twelve lines high; Tab goes on to the next field."""

    entered = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._preedit = ""
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        look.follow(self, self._grow)

    def composing(self) -> bool:
        """True while an input method holds unfinished text."""
        return bool(self._preedit)

    def _grow(self) -> None:
        lines = max(_LEAST_LINES, min(_MOST_LINES, int(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + self._look.px(22))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words; files are the page's, which attaches them: their address is no text that anybody wants here."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._preedit = ""
        if event.reason() not in _NOT_LEAVING:
            self.left.emit()


class LongTextInput(FieldInput):
    """Several lines of text."""

    def __init__(self, look: Look, spec: FieldSpec, context: InputContext) -> None:
        super().__init__(look, spec, context)
        self.area = GrowingText(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.area)
        self._quiet = False
        self.area.textChanged.connect(self._on_changed)
        self.area.entered.connect(self.entered)
        self.area.left.connect(self.left)

    def value(self) -> Value:
        return field_type(self.spec).parse(self.spec, self.area.toPlainText(), self.context.session.today)

    def set_value(self, value: Value) -> None:
        self._show(value if isinstance(value, str) else "")

    def is_empty(self) -> bool:
        return not self.area.toPlainText().strip()

    def draft(self) -> object:
        return self.area.toPlainText() or None

    def set_draft(self, kept: object) -> None:
        self._show(kept if isinstance(kept, str) else "")

    def focus_target(self) -> QWidget:
        return self.area

    def composing(self) -> bool:
        return self.area.composing()

    def _show(self, text: str) -> None:
        self._quiet = True
        self.area.setPlainText(text)
        self._quiet = False

    def _on_changed(self) -> None:
        if not self._quiet:
            self.edited.emit()
