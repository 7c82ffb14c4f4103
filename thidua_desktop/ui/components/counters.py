"""The vote counter: a number with minus and plus, 42 px, 18 pt bold."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.components.painting import CENTER, draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class VoteCounter(QWidget):
    """A whole number typed by digits, ``+`` ``−`` or ↑ ↓. Not a text field: digits replace the value when fresh.

    ``changed`` carries the new value. ``unit`` is spoken with the value ("34 hộ").
    """

    changed = Signal(int)

    def __init__(self, look: Look, name: str, value: int = 0, maximum: int = 9999, unit: str = "hộ") -> None:
        super().__init__()
        self._look = look
        self._value, self._maximum, self._unit = value, maximum, unit
        self._fresh = True
        self._over = ""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def value(self) -> int:
        """The number shown."""
        return self._value

    def set_value(self, value: int) -> None:
        """Sets the number without emitting ``changed``."""
        self._value = min(self._maximum, max(0, value))
        self._speak()
        self.update()

    def set_state(self, state: str) -> None:
        """``bad`` or ``warn`` border, or an empty string."""
        self.setProperty("state", state)
        self.update()

    def step(self, by: int) -> None:
        """Adds ``by`` within 0 and the maximum."""
        self._take(self._value + by)

    def _take(self, value: int) -> None:
        value = min(self._maximum, max(0, value))
        if value != self._value:
            self._value = value
            self._speak()
            self.update()
            self.changed.emit(value)

    def _speak(self) -> None:
        self.setAccessibleDescription(f"{self._value} {self._unit}")

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(126), self._look.px(42))

    def minimumSizeHint(self) -> QSize:
        number = self._look.text_width("888", TextRole.KEY_FIGURE)
        return QSize(2 * self._look.px(36) + number, self._look.px(42))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if text.isdigit() and text.isascii():
            typed = text if self._fresh else f"{self._value}{text}"
            self._fresh = False
            self._take(int(typed))
        elif key == Qt.Key.Key_Backspace:
            self._fresh = False
            self._take(self._value // 10)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Up, Qt.Key.Key_Equal):
            self.step(1)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Down):
            self.step(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._fresh = True
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; a vote never changes by the wheel

    def _side_at(self, x: float) -> str:
        third = self._look.px(36)
        return "minus" if x < third else "plus" if x > self.width() - third else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            side = self._side_at(event.position().x())
            if side:
                self.step(1 if side == "plus" else -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_over(self._side_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._set_over("")

    def _set_over(self, side: str) -> None:
        if side != self._over:
            self._over = side
            self.setToolTip({"minus": "Bớt 1", "plus": "Thêm 1"}.get(side, ""))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, state = self._look, str(self.property("state") or "")
        painter = QPainter(self)
        ink = state or ("accent-ink" if self.hasFocus() else "edge")
        fill = look.color("surface" if self.isEnabled() else "raised")
        rounded_box(painter, self.rect(), fill, look.color(ink), 2 if state or self.hasFocus() else 1, look.px(4))
        third = look.px(36)
        for side, left in (("minus", 0), ("plus", self.width() - third)):
            if self._over == side and self.isEnabled():
                area = QRect(left, 0, third, self.height()).adjusted(3, 3, -3, -3)
                border = look.color("accent-ink") if look.high_contrast else None
                rounded_box(painter, area, look.color("raised"), border, 1, look.px(3))
            draw_icon_at(painter, look, side, "text-2", left + (third - look.px(16)) // 2, self.height() // 2, 16)
        number_ink = "text" if self.isEnabled() else "muted"
        number = QRect(third, 0, self.width() - 2 * third, self.height())
        draw_words(painter, str(self._value), number, look.font(TextRole.KEY_FIGURE), look.color(number_ink), CENTER)
        painter.end()
