"""Tiles: a key figure with its yardstick, a place with its state, a choice between large options."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionButton

from thidua_desktop.ui.components.buttons import pressed_by_enter
from thidua_desktop.ui.components.painting import LEFT, RIGHT, draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.components.states import StateText
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class PlaceTile(QAbstractButton):
    """A residential area and how it stands; tinted and bordered only when ``state`` is not as it should be."""

    def __init__(self, look: Look, name: str, shown: StateText, tinted: bool) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self._shown, self._tinted = look, shown, tinted
        self.setText(name)
        self.setAccessibleName(f"{name}: {shown.text}")
        self.setToolTip(self.accessibleName())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(87), self._look.px(42))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(64), self._look.px(42))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, shown = self._look, self._shown
        painter = QPainter(self)
        fill = shown.soft if self._tinted else "raised" if self.underMouse() else "surface"
        border = "accent-ink" if self.hasFocus() else shown.ink if self._tinted else "line"
        width = 2 if self.hasFocus() else 1
        rounded_box(painter, self.rect(), look.color(fill), look.color(border), width, look.px(4))
        pad = look.px(7)
        upper = QRect(pad, look.px(3), self.width() - 2 * pad, look.px(19))
        draw_words(painter, self.text(), upper, look.font(TextRole.CAPTION), look.color("text"))
        left = draw_icon_at(painter, look, shown.icon_name, shown.ink, pad, look.px(30), 16) + look.px(4)
        lower = QRect(left, look.px(21), self.width() - left - look.px(3), look.px(18))
        draw_words(painter, shown.text, lower, look.font(TextRole.CAPTION), look.color(shown.ink))
        painter.end()


class OptionTile(QAbstractButton):
    """One of several large options with a radio mark: a stick to write on. Exclusive among tiles of one parent.

    ``detail`` stands under the title, ``right`` at its right end, as a link where it ``leads`` to a choice of its own;
    with ``refused`` it cannot be chosen and says why.
    """

    def __init__(
        self, look: Look, title: str, detail: str = "", right: str = "", refused: str = "", leads: bool = False
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self._detail, self._right, self._refused, self._leads = look, detail, right, refused, leads
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setEnabled(not refused)
        self.setAccessibleName(title)
        self.setAccessibleDescription(", ".join(part for part in (right, refused or detail) if part))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = self._look
        words = look.text_width(self.text(), bold=True) + look.text_width(self._right)
        return QSize(words + look.px(76), look.px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(56))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._leads or not pressed_by_enter(self, event):  # else Enter goes on with the tile that is chosen
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, on = self._look, self.isChecked()
        painter = QPainter(self)
        fill = "accent-soft" if on else "raised" if self.underMouse() and self.isEnabled() else "surface"
        marked = on or self.hasFocus()
        border = look.color("accent-ink" if marked else "line-2")
        rounded_box(painter, self.rect(), look.color(fill), border, 2 if marked else 1, look.px(4))
        self._draw_radio(painter)
        left, edge = look.px(41), self.width() - look.px(12)
        upper = QRect(left, look.px(6), edge - left, look.px(23))
        ink = look.color("text" if self.isEnabled() else "muted")
        draw_words(painter, self._right, upper, look.font(), look.color("accent-ink") if self._leads else ink, RIGHT)
        upper.setRight(edge - look.text_width(self._right) - look.px(8))
        draw_words(painter, self.text(), upper, look.font(bold=on), ink, LEFT)
        middle = look.px(39)
        small = look.font(TextRole.CAPTION)
        if self._refused:
            left = draw_icon_at(painter, look, "triangle-alert", "warn", left, middle, 16) + look.px(5)
        lower = QRect(left, middle - look.px(9), edge - left, look.px(18))
        draw_words(
            painter, self._refused or self._detail, lower, small, look.color("warn" if self._refused else "muted")
        )
        painter.end()

    def _draw_radio(self, painter: QPainter) -> None:
        side = self._look.px(18)
        option = QStyleOptionButton()
        option.initFrom(self)
        option.rect = QRect(self._look.px(12), self._look.px(9), side, side)
        option.state |= QStyle.StateFlag.State_On if self.isChecked() else QStyle.StateFlag.State_Off
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorRadioButton, option, painter, self)
