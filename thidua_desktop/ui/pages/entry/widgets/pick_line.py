"""The text part of a pick field: type any part of a name without diacritics, or Alt+↓ for everything.

Keys that mean the list (arrows, Enter, Esc) are taken only while no input method is composing; every other key is text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from thidua_desktop.services.links import Choice
from thidua_desktop.ui.components.painting import draw_icon_at
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import TypedLine
from thidua_desktop.ui.pages.entry.widgets.pick_list import PickList

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MORE = "Enter: chọn, sang ô kế · dấu ; chọn, ghi thêm"


class PickLine(TypedLine):
    """A line with a list under it. ``find(text)`` gives the choices, ``chosen()`` the values that are chosen already.

    ``picked`` carries the ``Choice`` taken from the list by Enter, Tab or the mouse. Enter then goes on as always.
    Where ``several`` may be chosen a semicolon takes one and waits for the next. What is typed only adds; Enter at a
    chosen one of a list that was opened by an arrow takes it away and stays.
    """

    picked = Signal(object)

    def __init__(
        self,
        look: Look,
        find: Callable[[str], Sequence[Choice]],
        chosen: Callable[[], Collection[str]],
        several: bool = False,
    ) -> None:
        super().__init__()
        self._look, self._find, self._chosen, self._several = look, find, chosen, several
        self._list: PickList | None = None
        self.leaving = False  # True while Tab takes the highlighted choice along
        self.adding = False  # True while what was typed, or Tab, takes a choice: that takes none away
        self.textEdited.connect(self._on_typed)
        if not several:
            look.follow(self, lambda: self.setTextMargins(0, 0, look.px(22), 0))

    def is_open(self) -> bool:
        """True while the list is shown."""
        return self._list is not None and self._list.is_open()

    def open_list(self, everything: bool = True, highlight: bool = True) -> None:
        """Opens the list; ``everything`` shows all choices, otherwise those that hold the typed text.

        Without ``highlight`` Enter takes none until an arrow has chosen one.
        """
        if self.composing():
            return
        found = self._find("" if everything else self.text())
        chosen = self._chosen()
        at = next((row for row, choice in enumerate(found) if choice.value in chosen), 0) if highlight else -1
        self._popup().offer(found, chosen, at if everything else 0)

    def open_what_fits(self) -> None:
        """The list of what the typed text may mean; where it means nothing, of everything: Enter takes none, and what
        is typed next takes the text's place."""
        fits = bool(self._find(self.text()))
        self.open_list(everything=not fits, highlight=fits)
        if not fits:
            self.selectAll()

    def close_list(self) -> None:
        """Closes the list."""
        if self._list is not None:
            self._list.hide()

    def highlighted(self) -> Choice | None:
        """The highlighted choice of an open list."""
        return self._list.current() if self._list is not None and self._list.is_open() else None

    def _popup(self) -> PickList:
        if self._list is None:
            self._list = PickList(self._look, self, MORE if self._several else "")
            self._list.picked.connect(self._take)
            popup = self._list
            self.destroyed.connect(popup.deleteLater)
        return self._list

    def _take(self, choice: Choice) -> None:
        self.close_list()
        self.picked.emit(choice)

    def _add(self, choice: Choice) -> None:
        self.adding = True
        self._take(choice)
        self.adding = False

    def _on_typed(self, text: str) -> None:
        if self.composing():
            return
        if text.strip():
            self.open_list(everything=False)
        else:
            self.close_list()

    def event(self, event: QEvent) -> bool:
        # Esc closes the list; without this the window's own Esc would leave the page
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and self.is_open() and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing() or not self._takes(event):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt_only = held == Qt.KeyboardModifier.AltModifier
        if not self.is_open():
            opens = key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and (alt_only or not held)
            if opens:
                self.open_list()
            return opens
        assert self._list is not None
        if key == Qt.Key.Key_Escape or (alt_only and key == Qt.Key.Key_Up):
            self.close_list()
            return True
        if held:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}
        if key in steps:
            self._list.step(steps[Qt.Key(key)])
            return True
        current = self._list.current()
        return current is not None and self._chooses(current, key)

    def _chooses(self, current: Choice, key: int) -> bool:
        if key in _ENTER:
            taken_away = self._several and not self.text().strip() and current.value in self._chosen()
            self._take(current) if taken_away else self._add(current)
            if not taken_away:
                self.returnPressed.emit()  # it is chosen: the form may go on to the next field
            return True
        if self._several and key == Qt.Key.Key_Semicolon:
            self._add(current)
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        on_chevron = not self._several and event.position().x() >= self.width() - self._look.px(32)
        if on_chevron or not self.text():
            self.close_list() if self.is_open() else self.open_list()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.preeditString():
            self.close_list()
        super().inputMethodEvent(event)
        if event.commitString() and not self.composing():
            self._on_typed(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        current = self.highlighted()
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.close_list()
        if by_tab and current is not None and self.isModified():
            self.leaving = True
            self._add(current)
            self.leaving = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._several:
            painter = QPainter(self)
            left = self.width() - self._look.px(10) - self._look.px(18)
            draw_icon_at(painter, self._look, "chevron-down", "text-2", left, self.height() // 2)
            painter.end()
