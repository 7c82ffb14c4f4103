"""Chips: filters as name and value in two inks; count chips as radio buttons."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from thidua_desktop.ui.components.buttons import pressed_by_enter
from thidua_desktop.ui.components.painting import draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class Chip(QPushButton):
    """A filter. Standing ones end in a chevron and open ``menu`` (or emit ``clicked``); added ones end in ×.

    ``removed`` is emitted by the × (mouse on it, or Delete on the chip). ``name`` may be empty; ``icon`` leads.
    ``short`` stands for the value where there is too little room, and is never cut.
    """

    removed = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        value: str,
        removable: bool = False,
        menu: QMenu | None = None,
        applied: bool = False,
        icon: str = "",
        tall: bool = False,
        short: str = "",
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self._short = look, short
        self._name, self._value = name, value
        self._removable = removable
        self._chevron = not removable
        self._applied = applied
        self._as_tag = False
        self._icon_name = icon
        self._height = 34 if tall else 30
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if menu is not None:
            menu.setParent(self, menu.windowFlags())
            self.setMenu(menu)
        self._speak()

    def value(self) -> str:
        """What the filter is set to, as shown."""
        return self._value

    def set_value(self, value: str, applied: bool | None = None) -> None:
        """Changes the shown value and, when given, whether the filter is applied."""
        self._value = value
        if applied is not None:
            self._applied = applied
        self._speak()
        self.updateGeometry()
        self.update()

    def _speak(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._value}" if self._name else self._value)
        self.setAccessibleDescription("phím Delete để bỏ" if self._removable else "")

    def words(self) -> str:
        """What is painted of the value in the width that there is."""
        return self._short if self._short and self.width() < self.sizeHint().width() else self._value

    def sizeHint(self) -> QSize:
        return self._size_of(self._value)

    def least_width(self) -> int:
        """With all its words, or the short ones where there are such."""
        return self._size_of(self._short or self._value).width()

    def _size_of(self, value: str) -> QSize:
        look = self._look
        width = 2 * look.px(10) + look.text_width(value, self._role())
        if self._icon_name:
            width += look.px(18) + look.px(6)
        if self._name:
            width += look.text_width(self._name) + look.px(6)
        if self._removable or self._chevron:
            width += look.px(6) + look.px(16)
        return QSize(width, look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        least = self._size_of(self._short).width() if self._short else self._look.px(80)
        return QSize(min(self.sizeHint().width(), least), self._look.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        on = self._applied or self.isChecked()
        fill = "accent-soft" if on else "surface"
        if self.isDown():
            fill = "sel"
        elif self.underMouse() and not on:
            fill = "raised"
        inverse = self.isDown() and look.high_contrast
        self._draw_box(painter, fill, on)
        middle, left = self.height() // 2, look.px(10)
        second = "on-sel" if inverse else "text-2"
        if self._icon_name:
            left = draw_icon_at(painter, look, self._icon_name, second, left, middle) + look.px(6)
        if self._name:
            words = look.text_width(self._name)
            draw_words(painter, self._name, QRect(left, 0, words, self.height()), look.font(), look.color(second))
            left += words + look.px(6)
        tail = look.px(6) + look.px(16) if self._removable or self._chevron else 0
        area = QRect(left, 0, self.width() - left - tail - look.px(10) + 1, self.height())
        draw_words(painter, self.words(), area, look.font(self._role()), look.color("on-sel" if inverse else "text"))
        if tail:
            name = "x" if self._removable else "chevron-down"
            draw_icon_at(painter, look, name, second, self.width() - look.px(10) - look.px(16), middle, 16)
        painter.end()

    def _role(self) -> TextRole:
        return TextRole.CAPTION if self._as_tag else TextRole.BASE

    def _draw_box(self, painter: QPainter, fill: str, on: bool) -> None:
        look, focused = self._look, self.hasFocus()
        if self._as_tag and not look.high_contrast:
            border = look.color("accent-ink") if focused else None
            tint = fill if fill == "sel" else "raised"
            rounded_box(painter, self.rect(), look.color(tint), border, 2, look.px(4))
            return
        accented = on or focused or (self.underMouse() and look.high_contrast)
        width = 2 if focused or (on and look.high_contrast) else 1
        border = look.color("accent-ink" if accented else "line-2")
        rounded_box(painter, self.rect(), look.color(fill), border, width, look.px(4))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._removable and self.isDown() and event.position().x() >= self.width() - self._look.px(32):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif not pressed_by_enter(self, event):
            super().keyPressEvent(event)


def count_chip(look: Look, text: str, icon: str = "", checked: bool = False) -> Chip:
    """A chip that behaves as a radio button ("Cần nhắc 31"); put several into one parent."""
    made = Chip(look, "", text, icon=icon)
    made._chevron = False
    made.setCheckable(True)
    made.setAutoExclusive(True)
    made.setChecked(checked)
    return made


def small_tag_chip(look: Look, text: str) -> Chip:
    """A chosen value inside a pick-many field: 24 px, ends in ×."""
    made = Chip(look, "", text, removable=True)
    made._height = 24
    made._as_tag = True
    made.setToolTip(text)
    made.setAccessibleDescription("phím Delete để bỏ")
    return made
