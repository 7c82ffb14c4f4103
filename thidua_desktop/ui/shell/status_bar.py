"""The status bar: what is saved, what the province has not acknowledged, last backup, next deadline, text size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from thidua_desktop.ui.components.buttons import pressed_by_enter
from thidua_desktop.ui.components.painting import draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.components.showing import clear_layout, set_shown
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.help_places import explain_by
from thidua_desktop.ui.shell.rooms import StatusPart

TEXT_SIZE_KEY = "text-size"
_MESSAGE_SECONDS = 8


class StatusButton(QAbstractButton):
    """One part: icon in the state's ink, words in ``text-2``; a button to where it is mended."""

    def __init__(self, look: Look, part: StatusPart) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self.part, self._shortened = look, part, False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_part(part)
        explain_by(f"status_{part.key}", self)

    def set_part(self, part: StatusPart) -> None:
        """Changes icon, words and ink."""
        self.part = part
        self.setText(part.text)
        self.setAccessibleName(part.text)
        self.setToolTip(part.text if self._shortened and part.short else "")
        set_shown(self, bool(part.text))
        self.updateGeometry()
        self.update()

    def shorten(self, shortened: bool) -> None:
        """The short words instead of the long ones, or back."""
        if shortened != self._shortened:
            self._shortened = shortened
            self.set_part(self.part)

    def words(self) -> str:
        """What is drawn."""
        return self.part.short if self._shortened and self.part.short else self.part.text

    def width_for(self, words: str) -> int:
        """Pixels for icon and words."""
        look = self._look
        icon = look.px(16) + look.px(6) if self.part.icon else 0
        return 2 * look.px(8) + icon + look.text_width(words, TextRole.CAPTION)

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(self.words()), self._look.px(27))

    def minimumSizeHint(self) -> QSize:
        if self.part.key == TEXT_SIZE_KEY:
            return self.sizeHint()
        return QSize(self._look.px(48), self._look.px(27))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, part = self._look, self.part
        painter = QPainter(self)
        box = self.rect().adjusted(0, 2, 0, -2)
        if self.underMouse():
            fill = "nav-sel" if not look.high_contrast else "side"
            edge = look.color("accent-ink") if look.high_contrast else None
            rounded_box(painter, box, look.color(fill), edge, 1, look.px(4))
        if self.hasFocus():
            rounded_box(painter, box, None, look.color("accent-ink"), 2, look.px(4))
        left = look.px(8)
        if part.icon:
            left = draw_icon_at(painter, look, part.icon, part.ink, left, self.height() // 2, 16) + look.px(6)
        area = QRect(left, 0, self.width() - left - look.px(4), self.height())
        elided = draw_words(painter, self.words(), area, look.font(TextRole.CAPTION), look.color("text-2"))
        self.setToolTip(part.text if elided or self.words() != part.text else "")
        painter.end()


class _Divider(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        look.follow(self, lambda: self.setFixedSize(look.px(17), look.px(16)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRect(self.width() // 2, 0, 1, self.height()), self._look.color("line-2"))
        painter.end()


class StatusBar(QWidget):
    """28 px; ``activated`` carries the key of the part that was pressed (``text-size`` for the text size)."""

    activated = Signal(str)

    def __init__(self, look: Look, parts: Sequence[StatusPart] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("kind", "statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Trạng thái")
        self._row = QHBoxLayout(self)
        look.margins(self._row, 10, 1, 8, 0, 0)
        self._message = StatusButton(look, StatusPart("message", ""))
        self._buttons: dict[str, StatusButton] = {}
        self._dividers: dict[str, _Divider] = {}  # by the part that stands after it
        self._parts: tuple[StatusPart, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._forget_message)
        self.set_parts(parts)
        look.follow(self, self._restyle)

    def set_parts(self, parts: Sequence[StatusPart]) -> None:
        """Replaces all parts (the text size is always added at the right end)."""
        keys = [part.key for part in parts]
        if keys == [part.key for part in self._parts] and self._buttons:
            self._parts = tuple(parts)
            for part in parts:
                self._buttons[part.key].set_part(part)
        else:
            self._parts = tuple(parts)
            self._build()
        self._give_way()

    def set_part(self, part: StatusPart) -> None:
        """Changes the part with the same key."""
        self.set_parts([part if old.key == part.key else old for old in self._parts])

    def show_message(self, text: str, icon: str = "circle-check", ink: str = "ok") -> None:
        """Words at the left for some seconds, in place of the first part."""
        self._message.set_part(StatusPart("message", text, icon, ink))
        first = self._first()
        if first is not None:
            first.hide()
        self._give_way()
        self._timer.start(_MESSAGE_SECONDS * 1000)

    def _first(self) -> StatusButton | None:
        """The part that a message takes the place of."""
        return next((self._buttons[part.key] for part in self._parts if not part.right), None)

    def button(self, key: str) -> StatusButton:
        """The button of a part."""
        return self._buttons[key]

    def _forget_message(self) -> None:
        self._message.set_part(StatusPart("message", ""))
        for part in self._parts:
            self._buttons[part.key].set_part(part)
        self._give_way()

    def _build(self) -> None:
        clear_layout(self._row, keep=self._message)
        self._buttons.clear()
        self._dividers.clear()
        self._row.addWidget(self._message)
        for side in (False, True):
            shown = [part for part in self._parts if part.right is side]
            if side:
                self._row.addStretch(1)
                shown.append(StatusPart(TEXT_SIZE_KEY, self._size_text(), right=True))
            for index, part in enumerate(shown):
                if index:
                    divider = self._dividers[part.key] = _Divider(self._look)
                    self._row.addWidget(divider)
                button = StatusButton(self._look, part)
                button.clicked.connect(lambda _checked=False, key=part.key: self.activated.emit(key))
                self._buttons[part.key] = button
                self._row.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """All parts say the short words when the long ones have no room together, beside a message too; one that has
        none beside these stands alone: it is gone in some seconds, and nobody can read what was cut."""
        shown = [one for one in self._buttons.values() if one.part.text]  # new ones are not shown yet
        said = bool(self._message.part.text)
        if said:
            shown = [self._message, *(one for one in shown if one is not self._first())]
        between = self._look.px(17) * len(shown) + self._look.px(18)
        short = sum(one.width_for(one.part.text) for one in shown) + between > self.width()
        for one in self._buttons.values():
            one.shorten(short)
        alone = said and sum(one.width_for(one.words()) for one in shown) + between > self.width()
        for key, one in self._buttons.items():
            stays = not alone or key == TEXT_SIZE_KEY
            set_shown(one, bool(one.part.text) and stays and not (said and one is self._first()))
            if key in self._dividers:
                set_shown(self._dividers[key], stays)

    def _size_text(self) -> str:
        return f"Cỡ chữ {round(self._look.text_scale * 100)}%"

    def _restyle(self) -> None:
        self.setFixedHeight(self._look.px(28))
        self._buttons[TEXT_SIZE_KEY].set_part(StatusPart(TEXT_SIZE_KEY, self._size_text(), right=True))
        self._give_way()
