"""What the window asks of a page, and what a page may ask of the window."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

if TYPE_CHECKING:
    from thidua_desktop.services.session import Session


class LayoutClass(StrEnum):
    """How much width there is: effective width = width of the window divided by the text size (look.md, Window)."""

    WIDE = "wide"  # 1340 and more
    MEDIUM = "medium"  # 1240 to 1339
    COMPACT = "compact"  # less; also large text


def layout_class(width: int, scale: float) -> LayoutClass:
    """The layout class of a window ``width`` px wide at a text size of ``scale`` (1.0 = 100 %)."""
    effective = width / scale
    if effective >= 1340:
        return LayoutClass.WIDE
    return LayoutClass.MEDIUM if effective >= 1240 else LayoutClass.COMPACT


class Navigate(Protocol):
    """What pages get to move about; ``MainWindow`` is one."""

    def open_room(self, key: str, argument: object = None) -> None:
        """Shows a room; ``argument`` goes to the page's ``open_with`` (a filter, a record id, …)."""

    def push(self, page: QWidget) -> None:
        """Shows a child page (a form, a meeting) over the room; ``Esc`` or ``back`` returns."""

    def back(self) -> None:
        """Leaves the child page, if it ``can_leave``."""

    def show_message(self, text: str, icon: str = "circle-check", ink: str = "ok") -> None:
        """Good news without a box: words at the left of the status bar for some seconds."""

    def explain(self, key: str) -> None:
        """Opens the help panel for a help key such as ``movement_activity.attendance_total``."""


class Page(QWidget):
    """A page of the desk. Subclass it and override what applies; every default is harmless.

    ``title_changed`` lets the window follow the title. Pages keep no reference to the window; they get a
    ``Navigate``. The root layout should use ``look.margins(layout, 16, 12, 16, 12, 12)``.
    """

    title_changed = Signal(str)

    def title(self) -> str:
        """Name for the window title and the screen reader."""
        return self.windowTitle()

    def can_leave(self) -> bool:
        """Called before another page or room is shown, or the window closes. Keep drafts here; False stays."""
        return True

    def keeps_words(self, field: QWidget) -> bool:
        """Whether ``can_leave`` keeps what is typed in this field; words of others are kept when the desk is left."""
        return False

    def new_record(self) -> bool:
        """Ghi mới (Ctrl+N): makes this page's record; False lets the window use its own answer."""
        return False

    def take_back(self) -> bool:
        """Ctrl+Z, before the window takes back the last thing written; True when the page took back one of its own."""
        return False

    def do_again(self) -> bool:
        """Ctrl+Y, likewise."""
        return False

    def follow(self, session: Session) -> None:
        """Has ``refresh`` called after every write, until the page is gone."""
        unsubscribe = session.subscribe(self.refresh)
        self.destroyed.connect(lambda *_: unsubscribe())

    def refresh(self, changes: object = None) -> None:
        """Something was written (``services.session.Changes``; None means anything)."""

    def room(self) -> str:
        """The room that a child page belongs to, whatever room it was opened from; "" for the one behind it."""
        return ""

    def help_key(self) -> str:
        """What F1 explains now (the field in focus), or an empty string for the page as a whole."""
        return ""

    def open_with(self, argument: object) -> None:
        """The argument of ``Navigate.open_room``."""

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Called when shown and whenever the layout class changes."""

    def regions(self) -> list[QWidget]:
        """F6 goes through these (head, content, pane); the default is the page itself."""
        return [self]

    def focus_first(self) -> None:
        """Puts the focus where work starts; called when the page is shown."""
        for region in self.regions():
            target = first_focusable(region)
            if target is not None:
                target.setFocus()
                return

    def types_elsewhere(self) -> bool:
        """Whether somebody types outside this page (in the search): what comes late here leaves the keys there."""
        focused = self.window().focusWidget()
        return isinstance(focused, QLineEdit) and not self.isAncestorOf(focused)

    def escape(self) -> bool:
        """Esc, before the window goes back; True when the page used it (closed a panel, cleared a filter)."""
        return False


class ReadingPage(Page):
    """A page that reads what it shows when it is seen, and after every write while it is; unseen it reads nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.load)

    def load(self) -> None:
        """Reads anew, now."""
        self._stale = False
        self.read()

    def read(self) -> None:
        """What ``load`` does in this page; by default nothing."""

    def refresh(self, changes: object = None) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()


def first_focusable(region: QWidget) -> QWidget | None:
    """The first widget in ``region`` (itself included) that Tab would stop at."""
    from PySide6.QtCore import Qt

    def takes_focus(widget: QWidget) -> bool:
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        return bool(tabbed) and widget.isEnabled() and widget.isVisibleTo(region.window())

    if takes_focus(region):
        return region
    current = region.nextInFocusChain()
    while current is not None and current is not region:
        if region.isAncestorOf(current) and takes_focus(current):
            return current
        current = current.nextInFocusChain()
    return None
