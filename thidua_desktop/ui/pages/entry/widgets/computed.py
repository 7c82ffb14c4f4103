"""The place of a field that nobody types: its value as the other fields give it, with the word that says so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.services import links
from thidua_desktop.ui.components.fields import FieldState
from thidua_desktop.ui.components.labels import Picture, caption, label, set_style_property
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext

COMPUTED = "tự tính"
NOTHING_YET = "chưa đủ số liệu"
_WORD_FROM = 150  # px at 100 %: a narrower box has the picture alone


class ComputedInput(FieldInput):
    """Shows what the program computes. No stop for Tab; a press takes the focus, so that help tells where it is from.

    It holds no draft and is never "filled": nothing in it was typed.
    """

    def __init__(self, look: Look, spec: FieldSpec, context: InputContext) -> None:
        super().__init__(look, spec, context)
        self._value: Value = None
        self._name = spec.label
        self.box = _Box(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        self.box.entered.connect(self.entered)
        self.box.left.connect(self.left)
        self.set_value(None)

    def value(self) -> Value:
        return self._value

    def set_value(self, value: Value) -> None:
        self._value = value
        shown = links.label(self.context.session, self.spec, value) if value is not None else ""
        self.box.show_text(shown)
        self._speak()

    def focus_target(self) -> QWidget:
        return self.box

    def set_state(self, state: FieldState) -> None:
        set_style_property(self.box, "state", str(state))

    def set_spoken(self, name: str, description: str = "") -> None:
        self._name = self.spec.label
        self._speak()

    def shown(self) -> str:
        """The value as it reads."""
        return self.box.text() or NOTHING_YET

    def _speak(self) -> None:
        unit = f" {self.spec.unit}" if self.spec.unit and self._value is not None else ""
        self.box.setAccessibleName(f"{self._name}: {self.shown()}{unit}, {COMPUTED}")


class _Box(QFrame):
    """A flat box without the frame of a field."""

    entered = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._text = look, ""
        self.setProperty("kind", "computed")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = QHBoxLayout(self)
        look.margins(row, 8, 2, 8, 2, 6)
        row.addWidget(Picture(look, "calculator", 16))
        self.words = label("", wrap=True)
        row.addWidget(self.words, 1)
        self._word = caption(COMPUTED)
        row.addWidget(self._word)
        self.setToolTip(f"Chương trình {COMPUTED} từ các ô khác")
        look.follow(self, lambda: self.setMinimumHeight(look.px(34)))

    def text(self) -> str:
        """The value, "" for none."""
        return self._text

    def show_text(self, text: str) -> None:
        """The value, or that there is none yet."""
        self._text = text
        self._show_words()
        set_style_property(self.words, "ink", "text" if text else "muted")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_words()

    def _show_words(self) -> None:
        """Words where they have room; a narrow box (a number beside others) has the bare value."""
        roomy = self.width() >= self._look.px(_WORD_FROM)
        set_shown(self._word, roomy)
        self.words.setText(self._text or (NOTHING_YET if roomy else "–"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
