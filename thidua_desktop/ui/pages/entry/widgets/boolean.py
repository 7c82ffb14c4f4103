"""``boolean``: a tick. Never touched it stays empty, so that "not asked" is not "no"."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.ui.components.fields import FieldState
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BooleanInput(FieldInput):
    """A tick box with "Có" beside it; Space ticks, Enter goes on."""

    passed = Signal()  # Enter: on to the next field
    fill = False
    px_width = 84

    def __init__(self, look: Look, spec: FieldSpec, context: InputContext) -> None:
        super().__init__(look, spec, context)
        self.box = QCheckBox("Có")
        self._untouched: Value = None
        self._touched = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        look.follow(self, lambda: self.setFixedHeight(look.px(34)))
        self.box.installEventFilter(self)
        self.box.clicked.connect(self._on_clicked)

    def value(self) -> Value:
        return self.box.isChecked() if self._touched else self._untouched

    def set_value(self, value: Value) -> None:
        self._untouched = value if isinstance(value, bool) else None
        self._touched = False
        self.box.setChecked(value is True)

    def is_empty(self) -> bool:
        return self.value() is None

    def draft(self) -> object:
        return self.value()

    def set_draft(self, kept: object) -> None:
        self.set_value(kept if isinstance(kept, bool) else None)

    def focus_target(self) -> QWidget:
        return self.box

    def set_state(self, state: FieldState) -> None:
        """A tick box has no frame; its problem line says all."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.type() == QEvent.Type.FocusIn:
                self.entered.emit()
            elif event.type() == QEvent.Type.FocusOut:
                self.left.emit()
        elif isinstance(event, QKeyEvent) and _is_enter(event):
            self.passed.emit()
            return True
        return False

    def _on_clicked(self) -> None:
        self._touched = True
        self.edited.emit()


def _is_enter(event: QKeyEvent) -> bool:
    """Enter alone: with Ctrl it saves."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and held == Qt.KeyboardModifier.NoModifier
