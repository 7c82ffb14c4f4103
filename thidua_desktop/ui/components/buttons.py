"""Buttons: filled, bordered, borderless, tinted, danger, link. Icon left, verb first, a key hint in a second ink.

Each function returns a ``Button`` (a ``QPushButton``): connect ``clicked``, call ``setEnabled`` with ``set_reason``.
One filled button per page (look.md, rule 2).
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QSizePolicy, QWidget

from thidua_desktop.ui.components.painting import LEFT, draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class ButtonKind(StrEnum):
    """How loud a button is."""

    FILLED = "filled"
    BORDERED = "bordered"
    BORDERLESS = "borderless"
    TINTED = "tinted"
    DANGER = "danger"
    LINK = "link"


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the focus, as people expect; Qt itself takes only the space bar. False for any
    other key; a key that is still held from the line before presses nothing."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if not plain or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    if event.isAutoRepeat():
        event.accept()
    elif isinstance(button, QPushButton) and button.menu() is not None:
        button.showMenu()
    else:
        button.click()
    return True


class Button(QPushButton):
    """A button that paints itself: icon, words, key hint, and a chevron when it has a menu or leads somewhere."""

    def __init__(
        self, look: Look, kind: ButtonKind, text: str, icon: str = "", key_hint: str = "", trailing: str = ""
    ) -> None:
        super().__init__(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look = look
        self._kind = kind
        self._icon_name = icon
        self._key_hint = key_hint
        self._trailing = trailing
        self._hint_shown = True
        self._tip = ""
        self._focus_went_to: QWidget | None = None
        self._height = 34 if kind is not ButtonKind.LINK else 26
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> ButtonKind:
        """How loud it is."""
        return self._kind

    @property
    def icon_name(self) -> str:
        """Name of its icon; "" for none."""
        return self._icon_name

    def set_content(self, text: str, icon: str | None = None) -> None:
        """Changes words and, when given, icon."""
        self.setText(text)
        self.setAccessibleName(text)
        if icon is not None:
            self._icon_name = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """Changes loudness, for example when the next step becomes the page's filled button."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_tip(self, tip: str) -> None:
        """What it is for, where its words do not say it; a reason takes its place while there is one."""
        self._tip = tip
        if self.isEnabled():
            self.setToolTip(tip)

    def set_reason(self, reason: str) -> None:
        """Disables the button with the reason as tooltip and spoken description; an empty reason enables it.

        A button that is disabled while it works loses the focus to the next one: it has it again afterwards, unless
        the person went elsewhere meanwhile.
        """
        focused = self.hasFocus()
        self.setEnabled(not reason)
        if focused and reason:
            self._focus_went_to = self.window().focusWidget()
        elif not reason and self._focus_went_to is not None:
            if self._focus_went_to is self.window().focusWidget():
                self.setFocus()
            self._focus_went_to = None
        self.setToolTip(reason or self._tip)
        self.setAccessibleDescription(reason)

    def set_key_hint_shown(self, shown: bool) -> None:
        """Key hints are the first words to go when room is short."""
        if shown != self._hint_shown:
            self._hint_shown = shown
            self.updateGeometry()
            self.update()

    def width_of_gone_hint(self) -> int:
        """What the key hint would take that is not shown now; 0 where there is none or it is shown."""
        return 0 if self._hint_shown else self._hint_width()

    def set_compact(self, height: int = 30) -> None:
        """Another height, px at 100 %."""
        self._height = height
        self.updateGeometry()

    def setMenu(self, menu: QMenu) -> None:
        super().setMenu(menu)
        self._trailing = self._trailing or "chevron-down"
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    # Geometry

    def _role(self) -> TextRole:
        loud = self._kind in (ButtonKind.FILLED, ButtonKind.TINTED)
        return TextRole.STRONG if loud else TextRole.BASE

    def _padding(self) -> int:
        if self._kind is ButtonKind.LINK:
            return 0
        return self._look.px(11) if self.text() else self._look.px(7)

    def _gap(self) -> int:
        return self._look.px(4 if self._kind is ButtonKind.LINK else 7)

    def sizeHint(self) -> QSize:
        look = self._look
        width = 2 * self._padding()
        if self._icon_name:
            width += look.px(18) + (self._gap() if self.text() else 0)
        if self.text():
            width += look.text_width(self.text(), self._role())
        if self._hint_shown:
            width += self._hint_width()
        if self._trailing:
            width += look.px(4) + look.px(18)
        return QSize(width, look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _hint_width(self) -> int:
        if not self._key_hint:
            return 0
        return self._look.px(10) + self._look.text_width(self._key_hint, TextRole.CAPTION, self._hint_bold())

    def _hint_bold(self) -> bool:
        return self._kind in (ButtonKind.FILLED, ButtonKind.TINTED)

    # Drawing

    def _inks(self) -> tuple[str, str, str, str]:
        """Fill, border, text and icon/hint inks as token names; an empty name draws nothing."""
        if not self.isEnabled():
            boxed = self._kind not in (ButtonKind.BORDERLESS, ButtonKind.LINK)
            return ("raised" if boxed else "", "line-2" if boxed else "", "muted", "muted")
        down, over = self.isDown() or (self.menu() is not None and self.menu().isVisible()), self.underMouse()
        contrast = self._look.high_contrast
        if self._kind is ButtonKind.FILLED:
            fill = "accent-pressed" if down else "accent-hover" if over else "accent"
            same = self._look.tokens.accent_ink == self._look.tokens.accent
            return fill, "" if same else "accent-ink", "on-accent", "on-accent"
        hover = "sel" if down else "raised" if over else ""
        edge = "accent-ink" if over and contrast else ""
        inks = {
            ButtonKind.TINTED: (hover or "accent-soft", "accent-ink", "accent-ink", "accent-ink"),
            ButtonKind.BORDERED: (hover or "surface", edge or "line-2", "text", "text-2"),
            ButtonKind.DANGER: (hover or "surface", "bad", "bad", "bad"),
            ButtonKind.LINK: ("", "", "accent-ink", "accent-ink"),
            ButtonKind.BORDERLESS: (hover, edge, "text", "text-2"),
        }[self._kind]
        if down and contrast and self._kind is not ButtonKind.LINK:
            return inks[0], inks[1], "on-sel", "on-sel"
        return inks

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        fill, border, ink, second = self._inks()
        radius = look.px(4)
        if fill or border:
            rounded_box(
                painter,
                self.rect(),
                look.color(fill) if fill else None,
                look.color(border) if border else None,
                radius=radius,
                dashed=look.high_contrast and not self.isEnabled(),  # all inks are the same there
            )
        self._draw_focus(painter, radius)
        self._draw_content(painter, ink, second)
        painter.end()

    def _draw_focus(self, painter: QPainter, radius: int) -> None:
        if not self.hasFocus():
            return
        look = self._look
        if self._kind is ButtonKind.FILLED:
            rounded_box(painter, self.rect(), None, look.color("text"), 2, radius)
            rounded_box(painter, self.rect().adjusted(2, 2, -2, -2), None, look.color("on-accent"), 1, radius)
        elif self._kind is ButtonKind.LINK:
            y = self.height() // 2 + look.px(10)
            painter.fillRect(QRect(0, y, self.width(), 2), look.color("accent-ink"))
        else:
            rounded_box(painter, self.rect(), None, look.color("accent-ink"), 2, radius)

    def _draw_content(self, painter: QPainter, ink: str, second: str) -> None:
        look = self._look
        middle = self.height() // 2
        needed = self.sizeHint().width()
        left = self._padding()
        if self.width() > needed and self._kind is not ButtonKind.LINK:
            left += (self.width() - needed) // 2
        if self._icon_name:
            left = draw_icon_at(painter, look, self._icon_name, second, left, middle) + self._gap()
        if self.text():
            room = self.width() - left - min(look.px(4), self._padding())
            width = min(look.text_width(self.text(), self._role()), room)
            font = look.font(self._role())
            draw_words(painter, self.text(), QRect(left, 0, width, self.height()), font, look.color(ink), LEFT)
            left += width
        if self._key_hint and self._hint_shown:
            left += look.px(10)
            hint_ink = second if self._hint_bold() else "muted"
            width = look.text_width(self._key_hint, TextRole.CAPTION, self._hint_bold())
            font = look.font(TextRole.CAPTION, self._hint_bold())
            draw_words(painter, self._key_hint, QRect(left, 0, width, self.height()), font, look.color(hint_ink))
            left += width
        if self._trailing:
            draw_icon_at(painter, look, self._trailing, second, left + look.px(4), middle)


def filled(look: Look, text: str, icon: str = "", key_hint: str = "") -> Button:
    """The one thing the page is for."""
    return Button(look, ButtonKind.FILLED, text, icon, key_hint)


def bordered(look: Look, text: str, icon: str = "", key_hint: str = "", menu: QMenu | None = None) -> Button:
    """An ordinary action; with ``menu`` it opens that and shows a chevron."""
    return _with_menu(Button(look, ButtonKind.BORDERED, text, icon, key_hint), menu)


def borderless(look: Look, text: str, icon: str = "", key_hint: str = "", menu: QMenu | None = None) -> Button:
    """A tool in a page head or at a card's foot."""
    return _with_menu(Button(look, ButtonKind.BORDERLESS, text, icon, key_hint), menu)


def tinted(look: Look, text: str, icon: str = "", key_hint: str = "") -> Button:
    """Ghi mới: always there, never the loudest."""
    return Button(look, ButtonKind.TINTED, text, icon, key_hint)


def danger(look: Look, text: str, icon: str = "") -> Button:
    """Something that takes away: bordered in the ``bad`` ink."""
    return Button(look, ButtonKind.DANGER, text, icon)


def link(look: Look, text: str, icon: str = "", leads: bool = True) -> Button:
    """Words in the accent ink; ``leads`` adds the chevron that says "there"."""
    return Button(look, ButtonKind.LINK, text, icon, trailing="chevron-right" if leads else "")


def back_link(look: Look, text: str) -> Button:
    """The way back to the list that a page came from, naming the list."""
    made = Button(look, ButtonKind.LINK, text, "chevron-left")
    made.setAccessibleName(f"Về {text}")
    return made


def icon_button(look: Look, icon: str, name: str) -> Button:
    """One of the few icons that stand alone; ``name`` is tooltip and accessible name."""
    made = Button(look, ButtonKind.BORDERLESS, "", icon)
    made.setAccessibleName(name)
    made.set_tip(name)
    return made


def _with_menu(button: Button, menu: QMenu | None) -> Button:
    if menu is not None:
        menu.setParent(button, menu.windowFlags())
        button.setMenu(menu)
    return button
