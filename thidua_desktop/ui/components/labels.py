"""Labels by role and ink, and lines. Sizes and colours come from the stylesheet, so nothing has to be restyled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from thidua_desktop.text import rejoined, unbroken
from thidua_desktop.ui.components.painting import broken_lines, draw_icon_at
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_BREAK = "\u200b"  # no width, and a line may end there


class _Words(QLabel):
    """Words of several lines, none of which ends within the number of a paper or an error code.

    What is copied out of them is what was set, without the signs that only say where a line may end.
    """

    def setText(self, text: str) -> None:
        super().setText(unbroken(text))

    def text(self) -> str:
        return rejoined(super().text())

    def copy(self) -> None:
        """Puts the selected part on the clipboard."""
        if self.hasSelectedText():
            QGuiApplication.clipboard().setText(rejoined(self.selectedText()).replace(_BREAK, ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            self.menu().popup(event.globalPos())
        else:
            super().contextMenuEvent(event)

    def menu(self) -> QMenu:
        """What a right click offers."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Chép", QKeySequence.StandardKey.Copy, self.copy).setEnabled(self.hasSelectedText())
        menu.addAction("Chọn tất cả", self._choose_all)
        return menu

    def _choose_all(self) -> None:
        self.setSelection(0, len(super().text()))


def label(
    text: str, role: TextRole = TextRole.BASE, ink: str = "text", wrap: bool = False, selectable: bool = False
) -> QLabel:
    """A plain-text label; ``ink`` is a token name such as ``text-2`` or ``muted``."""
    made = _Words() if wrap else QLabel()
    made.setText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", str(role))
    made.setProperty("ink", ink)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def caption(text: str, ink: str = "muted", wrap: bool = False) -> QLabel:
    """A 9,5 pt label in the quiet ink."""
    return label(text, TextRole.CAPTION, ink, wrap)


def breakable(text: str) -> str:
    """A text with paths in it: they may go on in the next line after each separator."""
    return text.replace("/", f"/{_BREAK}").replace("\\", f"\\{_BREAK}")


def set_ink(widget: QLabel, ink: str) -> None:
    """Changes the ink of a label made by ``label``."""
    set_style_property(widget, "ink", ink)


def set_style_property(widget: QWidget, name: str, value: str) -> None:
    """Sets a dynamic property that the stylesheet or the control style looks at, and makes it show."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it is styled when it is first shown
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def hairline_widget(vertical: bool = False) -> QFrame:
    """A decorative line of one pixel."""
    line = QFrame()
    line.setProperty("kind", "vline" if vertical else "line")
    return line


def figure_row(look: Look, number: QLabel, rest: QLabel) -> QHBoxLayout:
    """A large number and what follows it ("/52 hộ") on one base line."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(number, 0, Qt.AlignmentFlag.AlignBottom)
    row.addWidget(rest, 0, Qt.AlignmentFlag.AlignBottom)
    row.addStretch(1)

    def restyle() -> None:
        deeper = _descent(look, number) - _descent(look, rest)
        rest.setContentsMargins(0, 0, 0, max(0, deeper))

    look.follow(rest, restyle)
    return row


def _descent(look: Look, words: QLabel) -> int:
    """Of the font of its role: the label itself has it only once it stands in a window."""
    return QFontMetrics(look.font(TextRole(words.property("role")))).descent()


class ElidedLabel(QLabel):
    """A label that gives way: it elides at the end of its last line and keeps the whole text as tooltip.

    ``lines``: how many it may take; as high as it needs with the width that it has.
    """

    def __init__(self, text: str, role: TextRole = TextRole.BASE, ink: str = "text", lines: int = 1) -> None:
        super().__init__(text)
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", str(role))
        self.setProperty("ink", ink)
        self.setMinimumWidth(24)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return self._lines > 1

    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().lineSpacing() * len(self._broken(width))

    def _broken(self, width: int) -> list[str]:
        """The words line by line; what is left over ends in dots on the last line."""
        return broken_lines(self.text(), self.font(), width, self._lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self._broken(room.width())
        self.setToolTip("" if " ".join(shown) == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()), "\n".join(shown))
        painter.end()


class IconLabel(QWidget):
    """Icon and word on one line; ``size`` is the icon's, px at 100 %. Words that ``gives_way`` end in dots where there
    is no room, with the whole as tooltip."""

    def __init__(
        self,
        look: Look,
        icon: str,
        text: str,
        ink: str = "text-2",
        role: TextRole = TextRole.CAPTION,
        size: int = 16,
        text_ink: str = "",
        wrap: bool = False,
        gives_way: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._icon, self._ink, self._size = icon, ink, size
        self._separate_ink = bool(text_ink)
        self._picture = QLabel()
        self._words = (
            ElidedLabel(text, role, text_ink or ink) if gives_way else label(text, role, text_ink or ink, wrap)
        )
        if gives_way:
            self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        look.margins(row, 0, 0, 0, 0, 4 if size <= 16 else 8)
        if wrap:
            self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        look.follow(self, self._restyle)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The words."""
        return self._words.text()

    def set_content(self, icon: str, text: str, ink: str) -> None:
        """Changes icon, words and ink together."""
        self._icon, self._ink = icon, ink
        self._words.setText(text)
        if not self._separate_ink:
            set_ink(self._words, ink)
        self.setAccessibleName(text)
        self._restyle()

    def _restyle(self) -> None:
        self._picture.setPixmap(self._look.pixmap(self._icon, self._ink, self._size))
        lower = self._look.px(2 if self._size <= 16 else 1)  # the middle of the first line of words
        self._picture.setContentsMargins(0, lower, 0, 0)
        self._picture.setFixedSize(self._look.px(self._size), self._look.px(self._size) + lower)


class StateLabel(IconLabel):
    """A state as icon and word, without tint."""

    def __init__(
        self, look: Look, state: State, text: str, icon: str = "", role: TextRole = TextRole.CAPTION,
        gives_way: bool = False, wrap: bool = False,
    ) -> None:  # fmt: skip
        shown = StateText(state, text, icon)
        super().__init__(look, shown.icon_name, text, shown.ink, role, wrap=wrap, gives_way=gives_way)

    def set_state(self, state: State, text: str, icon: str = "") -> None:
        """Changes the state and its word."""
        shown = StateText(state, text, icon)
        self.set_content(shown.icon_name, text, shown.ink)


class Picture(QWidget):
    """An icon that stands beside words and is not spoken."""

    def __init__(self, look: Look, icon: str, size: int = 18, ink: str = "text-2") -> None:
        super().__init__()
        self._look, self._icon, self._size, self._ink = look, icon, size, ink
        look.follow(self, lambda: self.setFixedSize(look.px(size), look.px(size)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_icon_at(painter, self._look, self._icon, self._ink, 0, self.height() // 2, self._size)
        painter.end()
