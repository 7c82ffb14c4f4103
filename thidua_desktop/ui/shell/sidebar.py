"""The rooms: icon and word, a count of what is due, groups that open in place, and who is signed in at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import Button, icon_button, pressed_by_enter
from thidua_desktop.ui.components.labels import ElidedLabel, Picture, caption
from thidua_desktop.ui.components.painting import LEFT, RIGHT, draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.help_places import explain_by
from thidua_desktop.ui.shell.rooms import CARD_HELP, ROOM_HELP, Room

SIDEBAR_WIDTH = 208
_NARROWEST = 90  # per cent of the usual width of letters


class RoomButton(QAbstractButton):
    """One room; ``child`` ones have no icon and are 30 px high, groups end in a chevron."""

    def __init__(self, look: Look, room: Room, child: bool = False) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self.room, self._child = look, room, child
        self._badge = room.badge
        self.open = self.holds_chosen = False
        self.setCheckable(True)
        self.setText(room.title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_badge(room.badge, room.badge_text)
        explain_by(f"{ROOM_HELP}{room.key}", self)

    @property
    def is_group(self) -> bool:
        """True for a room that only opens its children."""
        return bool(self.room.children) and self.room.make_page is None

    def is_marked(self) -> bool:
        """Whether it is drawn as where one is: the room itself, or the closed group that hides it."""
        return self.holds_chosen and not self.open if self.is_group else self.isChecked()

    def set_badge(self, badge: int, spoken: str = "") -> None:
        """The bare number at the right and what it means."""
        self._badge = badge
        self.setAccessibleName(self.room.title)
        said = spoken or (f"{badge} việc đến hạn" if badge else "")
        if self.is_group:
            said = f"{'đang mở' if self.open else 'đang đóng'} {said}".strip()
        self.setAccessibleDescription(said)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(SIDEBAR_WIDTH - 16), self._look.px(30 if self._child else 32))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(80), self._look.px(30 if self._child else 32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        middle, height = self.height() // 2, self.height()
        chosen = self.is_marked()
        if chosen:
            border = look.color("accent-ink") if look.high_contrast else None
            rounded_box(painter, self.rect(), look.color("nav-sel"), border, 1, look.px(4))
            bar = QRect(0, look.px(6), look.px(3), height - 2 * look.px(6))
            painter.fillRect(bar, look.color("accent-ink"))
        elif self.underMouse():
            hover = "nav-sel" if not look.high_contrast else "side"
            edge = look.color("accent-ink") if look.high_contrast else None
            rounded_box(painter, self.rect(), look.color(hover), edge, 1, look.px(4))
        if self.hasFocus():
            rounded_box(painter, self.rect(), None, look.color("accent-ink"), 2, look.px(4))
        left, right = self._words_between()
        if self.room.icon and not self._child:
            draw_icon_at(painter, look, self.room.icon, "accent-ink" if chosen else "text-2", look.px(10), middle)
        if self.is_group:
            chevron = "chevron-down" if self.open else "chevron-right"
            draw_icon_at(painter, look, chevron, "text-2", right + look.px(4), middle, 16)
        if self._badge and not (self.is_group and self.open):
            number = str(self._badge)
            width = look.text_width(number, TextRole.CAPTION)
            area = QRect(right - width, 0, width, height)
            draw_words(painter, number, area, look.font(TextRole.CAPTION), look.color("text-2"), RIGHT)
            right -= width + look.px(6)
        words = QRect(left, 0, right - left, height)
        bold = chosen and look.text_width(self.room.title, bold=True) <= words.width()  # a whole name before a bold one
        draw_words(painter, self.room.title, words, self._narrowed(words.width(), bold), look.color("text"), LEFT)
        painter.end()

    def _words_between(self) -> tuple[int, int]:
        left, right = self._look.px(28 if self._child else 38), self.width() - self._look.px(1 if self._child else 8)
        return left, right - (self._look.px(20) if self.is_group else 0)

    def _narrowed(self, width: int, bold: bool = False) -> QFont:
        """The font of the name; letters a little narrower where a few pixels are missing, as they are at some text
        sizes, with some fonts, and beside the bar of a low window."""
        font, needed = QFont(self._look.font(bold=bold)), self._look.text_width(self.room.title, bold=bold)
        if needed > width:
            font.setStretch(max(_NARROWEST, 100 * width // needed))
        return font

    def shows_whole_name(self) -> bool:
        """Whether the name of the room has the room it needs."""
        left, right = self._words_between()
        metrics = QFontMetrics(self._narrowed(right - left))
        return metrics.horizontalAdvance(self.room.title) <= right - left


class Sidebar(QWidget):
    """All rooms; ``chosen`` carries the key of the room that was pressed. ↑ ↓ move between rooms,
    → ← open and close groups."""

    chosen = Signal(str)
    lock_requested = Signal()

    def __init__(
        self, look: Look, rooms: Sequence[Room], person: str = "", person_detail: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look = look
        self.buttons: dict[str, RoomButton] = {}
        self._parents: dict[str, str] = {}
        self._children: dict[str, QWidget] = {}
        self._groups_closed = False
        self.setProperty("kind", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Các phòng")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._area = QScrollArea()
        outer.addWidget(self._area, 1)
        self._fill_area(rooms)
        self._lock: Button | None = None
        if person:
            outer.addWidget(self._person(person, person_detail))
        look.follow(self, lambda: self.setFixedWidth(look.px(SIDEBAR_WIDTH)))

    def _fill_area(self, rooms: Sequence[Room]) -> None:
        area, holder = self._area, QWidget()
        area.setWidget(holder)
        column = QVBoxLayout(holder)
        self._look.margins(column, 8, 8, 8, 8, 0)
        group = ""
        for room in rooms:
            if room.group != group:
                group = room.group
                words = caption(group)
                self._look.follow(words, partial(self._pad_caption, words))
                column.addWidget(words)
            self._add_room(column, room)
        column.addStretch(1)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder.setAutoFillBackground(False)

    def _pad_caption(self, words: QLabel) -> None:
        words.setContentsMargins(self._look.px(10), self._look.px(9), 0, self._look.px(3))

    def _add_room(self, column: QVBoxLayout, room: Room) -> None:
        button = self._button(room, child=False)
        column.addWidget(button)
        if not room.children:
            return
        inner = QWidget()
        inner.hide()
        column.addWidget(inner)
        inner_column = QVBoxLayout(inner)
        inner_column.setContentsMargins(0, 0, 0, 0)
        inner_column.setSpacing(0)
        for child in room.children:
            inner_column.addWidget(self._button(child, child=True))
            self._parents[child.key] = room.key
        self._children[room.key] = inner

    def _button(self, room: Room, child: bool) -> RoomButton:
        button = RoomButton(self._look, room, child)
        button.clicked.connect(lambda _checked=False, key=room.key: self._on_click(key))
        self.buttons[room.key] = button
        return button

    def _person(self, person: str, detail: str) -> QWidget:
        foot = QWidget(self)
        foot.setProperty("kind", "person")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        self._look.margins(row, 18, 6, 6, 6, 10)
        row.addWidget(Picture(self._look, "circle-user"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(person))
        names.addWidget(ElidedLabel(detail, TextRole.CAPTION, "muted"))
        row.addLayout(names, 1)
        self._lock = icon_button(self._look, "lock", "Khóa máy làm việc")
        explain_by(f"{CARD_HELP}{self._lock.accessibleName()}", self._lock)
        self._lock.clicked.connect(self.lock_requested)
        row.addWidget(self._lock)
        self._look.follow(foot, lambda: foot.setFixedHeight(self._look.px(52)))
        return foot

    # What it does

    def set_chosen(self, key: str) -> None:
        """Marks the room that is shown and opens its group."""
        for other, button in self.buttons.items():
            button.setChecked(other == key)
            button.holds_chosen = self._parents.get(key) == other
            button.update()
        parent = self._parents.get(key)
        if parent is not None and not self._groups_closed:
            self.set_open(parent, True)
        if key in self.buttons:
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.buttons[key], 0, self._look.px(32)))

    def set_open(self, key: str, is_open: bool) -> None:
        """Opens or closes a group; opening one closes the others."""
        for group, holder in self._children.items():
            shown = is_open if group == key else holder.isVisibleTo(self) and not is_open
            holder.setVisible(shown)
            button = self.buttons[group]
            button.open = shown
            button.set_badge(button.room.badge, button.room.badge_text)

    def set_badge(self, key: str, badge: int, spoken: str = "") -> None:
        """Changes the number at a room."""
        self.buttons[key].set_badge(badge, spoken)

    def set_groups_closed(self, closed: bool) -> None:
        """In compact windows groups stay closed until pressed."""
        self._groups_closed = closed
        for group in self._children:
            if closed:
                self.set_open(group, False)
            elif any(self.buttons[key].isChecked() for key, parent in self._parents.items() if parent == group):
                self.set_open(group, True)

    def visible_keys(self) -> list[str]:
        """Keys of the rooms shown now, in order, groups included (for arrows)."""
        return [key for key, button in self.buttons.items() if button.isVisibleTo(self)]

    def stops(self) -> list[list[str]]:
        """What Alt+1…9 lead to: each room of the first level; the groups that stand together share one number."""
        found: list[list[str]] = []
        for key in self.buttons:
            if key in self._parents:
                continue
            if self.buttons[key].is_group and found and self.buttons[found[-1][0]].is_group:
                found[-1].append(key)
            else:
                found.append([key])
        return found

    def go_to_stop(self, keys: Sequence[str]) -> None:
        """Opens a room; of groups the first, or the one after the group that has the focus."""
        if not self.buttons[keys[0]].is_group:
            self._on_click(keys[0])
            return
        focused = next((key for key, button in self.buttons.items() if button.hasFocus()), "")
        at = self._parents.get(focused, focused)
        following = keys[(keys.index(at) + 1) % len(keys)] if at in keys else keys[0]
        self.set_open(following, True)
        self._focus(following)

    def activate(self, key: str) -> None:
        """As if the room were pressed."""
        self._on_click(key)

    def _on_click(self, key: str) -> None:
        button = self.buttons[key]
        if button.is_group:
            button.setChecked(False)
            self.set_open(key, not button.open)
        else:
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = Qt.Key(event.key())
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(pressed)
        keys = self.visible_keys()
        focused = next((key for key in keys if self.buttons[key].hasFocus()), None)
        if focused is not None and pressed in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._fold(focused, pressed == Qt.Key.Key_Right)
        elif step is None or focused is None:
            super().keyPressEvent(event)
        elif 0 <= keys.index(focused) + step < len(keys):
            self._focus(keys[keys.index(focused) + step])

    def _fold(self, key: str, is_open: bool) -> None:
        """→ opens a group; ← closes it, from inside too."""
        group = self._parents.get(key, key)
        if self.buttons[group].is_group and (not is_open or key == group):
            self.set_open(group, is_open)
            self._focus(group)

    def _focus(self, key: str) -> None:
        self.buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(self.buttons[key], 0, self._look.px(32))
