"""One search for everything: a field in the top bar and a list under it that never takes the focus from the typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.ui.components.announcing import announce
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.in_turns import InTurns
from thidua_desktop.ui.components.labels import ElidedLabel, label
from thidua_desktop.ui.components.painting import RIGHT, draw_icon_at, draw_words
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout, widgets_of
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.rooms import SearchGroup, SearchResult

_DELAY_MS = 150
_POPUP_WIDTH = 760  # px at 100 %: titles are read whole although the field is narrower
_WHY_MS = 250  # after the last answer: while somebody types, no line says more than its title
_SLOW_MS = 300  # after which it is told that something is looked for
Search = Callable[[str, Callable[[Sequence[SearchGroup]], None]], None]


class _ResultLine(QWidget):
    """One result, 34 px; chosen by mouse or from the field's arrow keys."""

    pressed = Signal()

    def __init__(self, look: Look, result: SearchResult) -> None:
        super().__init__()
        self._look, self.result, self._current = look, result, False
        self.detail = result.detail
        self.setAccessibleName(f"{result.title}, {result.detail}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_current(self, current: bool) -> None:
        self._current = current
        self.update()

    def tell_why(self) -> None:
        """Says where the words stand that the title does not show, before what else is said of it."""
        why = self.result.why() if self.result.why is not None else ""
        if why:
            self.detail = ", ".join(filter(None, (why, self.result.detail)))
            self.setAccessibleName(f"{self.result.title}, {self.detail}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(320), self._look.px(34))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, result = self._look, self.result
        painter = QPainter(self)
        inverse = self._current and look.high_contrast
        if self._current:
            painter.fillRect(self.rect(), look.color("sel"))
        left = look.px(12)
        if result.icon:
            draw_icon_at(painter, look, result.icon, "on-sel" if inverse else "text-2", left, self.height() // 2)
        left += look.px(26)
        detail = min(look.text_width(self.detail, TextRole.CAPTION), self.width() // 2)
        area = QRect(left, 0, self.width() - left - detail - look.px(24), self.height())
        draw_words(painter, result.title, area, look.font(), look.color("on-sel" if inverse else "text"))
        rest = QRect(self.width() - detail - look.px(12), 0, detail, self.height())
        ink = look.color("on-sel" if inverse else "muted")
        draw_words(painter, self.detail, rest, look.font(TextRole.CAPTION), ink, RIGHT)
        painter.end()


class SearchPopup(QFrame):
    """The results under the field: a child of the window, so the input method keeps its context."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.setProperty("kind", "popup")
        self.setAccessibleName("Kết quả tìm")
        self._lines_widget = QWidget()
        self._column = QVBoxLayout(self._lines_widget)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = scrolling(self._lines_widget, "Kết quả tìm")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the field
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 6, 1, 6)
        outer.addWidget(self._scroll)
        self._lines: list[_ResultLine] = []
        self._at = -1
        self._turns = InTurns(self)
        self._pause = QTimer(self, singleShot=True, interval=_WHY_MS)
        self._pause.timeout.connect(lambda: self._turns.do([one.tell_why for one in self._lines if one.result.why]))
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()
        self._turns.drop()

    def set_groups(self, groups: Sequence[SearchGroup], chosen: Callable[[SearchResult], None]) -> None:
        """Replaces the results; the first one is current."""
        self._empty()
        for group in groups:
            if not group.results:
                continue
            head = ElidedLabel(group.caption, TextRole.CAPTION, "muted")
            head.setMinimumWidth(0)
            head.setContentsMargins(self._look.px(12), self._look.px(4), 0, self._look.px(2))
            self._column.addWidget(head)
            for result in group.results:
                line = _ResultLine(self._look, result)
                line.pressed.connect(lambda made=result: chosen(made))
                self._column.addWidget(line)
                self._lines.append(line)
        if not self._lines:
            self._add_sentence("Không thấy. Thử gõ ít chữ hơn, không cần dấu.")
        self._at = 0 if self._lines else -1
        self._mark()
        self._pause.start()

    def say(self, words: str) -> None:
        """One sentence in the place of results."""
        self._empty()
        self._add_sentence(words)

    def _empty(self) -> None:
        self._turns.drop()
        clear_layout(self._column)
        self._lines, self._at = [], -1

    def _add_sentence(self, words: str) -> None:
        made = label(words, ink="text-2", wrap=True)
        made.setContentsMargins(self._look.px(12), self._look.px(4), self._look.px(12), self._look.px(4))
        self._column.addWidget(made)

    def move_current(self, step: int) -> None:
        """Moves the current line up or down."""
        if self._lines:
            self._at = min(len(self._lines) - 1, max(0, self._at + step))
            self._mark()

    def wanted_height(self) -> int:
        """Room for every line at its full height; with less the list scrolls."""
        for line in widgets_of(self._column):  # of a shown list Qt shows new ones later, and counts them only then
            line.show()
        self._lines_widget.ensurePolished()
        self._column.activate()
        return self._column.sizeHint().height() + 12 + 2 * self.frameWidth()

    def current(self) -> SearchResult | None:
        """The result that Enter opens."""
        return self._lines[self._at].result if 0 <= self._at < len(self._lines) else None

    def current_words(self) -> str:
        """What is said of the current line."""
        return self._lines[self._at].accessibleName() if 0 <= self._at < len(self._lines) else ""

    def _mark(self) -> None:
        for index, line in enumerate(self._lines):
            line.set_current(index == self._at)
        if self._at == 0:
            self._scroll.verticalScrollBar().setValue(0)  # with the caption above it
        elif self._at > 0:
            self._scroll.ensureWidgetVisible(self._lines[self._at], 0, 0)


_HINTS = ("Tìm sổ, người, văn bản, lệnh (không cần gõ dấu)", "Tìm sổ, người, văn bản, lệnh", "Tìm mọi thứ")
"""What the field says while it is empty: the first that it has room for."""


class SearchBox(SearchField):
    """The search field of the top bar. ``asked`` carries the text after a short pause; ``search`` gives the results."""

    asked = Signal(str)

    def __init__(self, look: Look, search: Search | None = None) -> None:
        super().__init__(look, _HINTS[0])
        self._search = search
        self._waiting = self._answered = ""  # the words that are looked for, and those whose results are shown
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._say_waiting)
        self._popup: SearchPopup | None = None
        self._came_from: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self.setAccessibleName("Tìm mọi thứ")
        self.textEdited.connect(lambda _text: self._timer.start(_DELAY_MS))
        self.returnPressed.connect(self._open_current)
        for key, slot in (("Down", self._down), ("Up", self._up)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hint()

    def _restyle(self) -> None:
        super()._restyle()
        self._fit_hint()

    def _fit_hint(self) -> None:
        margins = self.textMargins()
        room = self.contentsRect().width() - margins.left() - margins.right() - self._look.px(4)
        fitting = (words for words in _HINTS if self.fontMetrics().horizontalAdvance(words) <= room)
        self.setPlaceholderText(next(fitting, _HINTS[-1]))

    def set_search(self, search: Search | None) -> None:
        """What answers: the words, and where the grouped results go (at once or later, or never when asked anew)."""
        self._search = search

    def start(self) -> None:
        """Ctrl+K: focus, everything selected; Esc later returns to where the focus was."""
        focused = self.window().focusWidget()
        if focused is not self:
            self._came_from = focused
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def popup(self) -> SearchPopup:
        """The list under the field, made when first needed."""
        if self._popup is None:
            self._popup = SearchPopup(self._look, self.window())
            self.window().installEventFilter(self)
        return self._popup

    def hideEvent(self, event: QHideEvent) -> None:
        """The window is put away, and the office may be closed by the time a pause of typing is over."""
        super().hideEvent(event)
        for timer in (self._timer, self._slow):
            timer.stop()

    def close_popup(self) -> bool:
        """Hides the results; True when they were shown."""
        shown = self._popup is not None and self._popup.isVisible()
        if self._popup is not None:
            self._popup.hide()
        self._waiting = ""
        return shown

    def leave(self) -> None:
        """Esc in the field: hides the results, then empties the field and gives the focus back."""
        if self.close_popup():
            return
        self.clear()
        if self._came_from is not None:
            self._came_from.setFocus()

    def _ask(self) -> None:
        if self.composing():
            self._timer.start(_DELAY_MS)
            return
        text = self._waiting = self.text().strip()
        self.asked.emit(text)
        if not text or self._search is None:
            self._slow.stop()
            self.close_popup()
            return
        self._slow.start()
        self._search(text, lambda groups: self._show(text, groups))

    def _show(self, text: str, groups: Sequence[SearchGroup]) -> None:
        """Shows an answer, unless something else stands in the field by now or nobody is there any more."""
        if text != self.text().strip() or not self.hasFocus():
            return
        self._slow.stop()
        self._waiting, self._answered = "", text
        self.popup().set_groups(groups, self._choose)
        self._place()

    def _say_waiting(self) -> None:
        """Where nothing is shown yet; earlier results stay until the answer comes."""
        if self.hasFocus() and not self.popup().isVisible():
            self._answered = ""
            self.popup().say("Đang tìm…")
            self._place()

    def _place(self) -> None:
        popup = self.popup()
        at = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        least, room = self._look.px(_POPUP_WIDTH), self.window().width() - at.x() - self._look.px(16)
        popup.setFixedWidth(max(self.width(), min(least, room)))
        room = self.window().height() - at.y() - self._look.px(40)
        popup.move(at)
        popup.show()  # of a hidden list Qt forgets that its lines take more room than those before, and squeezes them
        popup.setFixedHeight(min(popup.wanted_height(), room))
        popup.raise_()

    def _choose(self, result: SearchResult) -> None:
        self.close_popup()
        self.clear()
        result.open()

    def _open_current(self) -> None:
        self._timer.stop()
        if self._popup is None or not self._popup.isVisible() or self._answered != self.text().strip():
            if self._waiting != self.text().strip():
                self._ask()  # what is shown belongs to other words: nobody chose from it
            return
        result = self._popup.current()
        if result is not None:
            self._choose(result)

    def _down(self) -> None:
        self._move(1)

    def _up(self) -> None:
        self._move(-1)

    def _move(self, step: int) -> None:
        if self._popup is None or not self._popup.isVisible():
            return
        self._popup.move_current(step)
        current = self._popup.current()
        if current is not None:
            announce(self, self._popup.current_words())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.MouseButtonPress, QEvent.Type.WindowDeactivate):
            self.close_popup()
        return False

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.close_popup()
