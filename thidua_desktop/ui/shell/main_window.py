"""The window: top bar, rooms, pages, status bar, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from thidua_desktop.ui.components.dropping import local_files
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.dialog_help import give_help, told_around
from thidua_desktop.ui.shell.page import LayoutClass, Page, first_focusable, layout_class
from thidua_desktop.ui.shell.page_holder import PageHolder
from thidua_desktop.ui.shell.rooms import ROOM_HELP, HelpText, Room, ShellHeader, StatusPart
from thidua_desktop.ui.shell.sidebar import Sidebar
from thidua_desktop.ui.shell.status_bar import TEXT_SIZE_KEY, StatusBar
from thidua_desktop.ui.shell.top_bar import TopBar

if TYPE_CHECKING:
    from thidua_desktop.ui.shell.help_panel import HelpPanel

GENERAL_HELP = HelpText(
    "Trợ giúp",
    "Chọn phòng ở bên trái, tìm bằng ô ở trên. "
    "Đứng ở một ô nhập rồi nhấn F1 để xem ô đó nghĩa là gì và căn cứ vào đâu.",
)


class MainWindow(QWidget):
    """The shell. Rooms' pages are made when first shown; child pages are pushed over a room. It is a ``Navigate``.

    ``layout_class_changed`` carries a ``LayoutClass``; ``status_activated`` the key of a status part;
    ``room_shown`` the key of the room; ``files_dropped`` paths that were dragged onto the window.
    """

    layout_class_changed = Signal(str)
    status_activated = Signal(str)
    room_shown = Signal(str)
    closing = Signal()
    files_dropped = Signal(list)

    def __init__(self, look: Look, rooms: Sequence[Room], header: ShellHeader) -> None:
        super().__init__()
        self._look = look
        self._header = header
        self._rooms = {room.key: room for room in _flat(rooms)}
        self._pages: dict[str, QWidget] = {}
        self._pushed: list[QWidget] = []
        self._holders: dict[QWidget, PageHolder] = {}
        self._room = ""
        self._class = LayoutClass.WIDE
        look.dress(self)
        self.setWindowTitle(f"{header.office} – Thi đua")
        # Each with its parent from the start: a widget that gets one later is styled anew with all that it holds.
        self.top_bar = TopBar(look, header, self)
        self.sidebar = Sidebar(look, rooms, header.person, header.person_detail, self)
        self.stack = QStackedWidget(self)
        self.status_bar = StatusBar(look, header.status, self)
        self._help_panel: HelpPanel | None = None
        self._assemble()
        self._connect()
        self._shortcuts = list(self._make_shortcuts())
        look.give_keys(self)
        self.resize(1366, 768)
        self.setMinimumSize(800, 480)
        self.setAcceptDrops(True)

    def _assemble(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(self.stack, 1)
        outer.addWidget(self.top_bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_bar)

    def _connect(self) -> None:
        header = self._header
        self.sidebar.chosen.connect(self.open_room)
        self.top_bar.new.clicked.connect(self.new_record)
        self.top_bar.help.clicked.connect(self.explain_focus)
        self.top_bar.undo.clicked.connect(self.undo)
        self.status_bar.activated.connect(self._on_status)
        if header.lock is not None:
            self.sidebar.lock_requested.connect(header.lock)
        if header.undo is None:
            self.top_bar.undo.set_reason("Chưa có gì để hoàn tác")
        self.top_bar.new.set_reason(header.new_barred)
        self._look.changed.connect(self._update_layout_class)
        self._mend_timer = QTimer(self, singleShot=True, interval=0)
        self._mend_timer.timeout.connect(self._mend_lost_focus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _make_shortcuts(self) -> Iterator[QShortcut]:
        keys: list[tuple[str, object]] = [
            ("Ctrl+K", self.top_bar.search.start),
            ("Ctrl+L", self.lock),
            ("Ctrl+N", self.new_record),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("F1", self.explain_focus),
            ("F6", lambda: self.next_region(1)),
            ("Shift+F6", lambda: self.next_region(-1)),
            ("Esc", self._escape),
        ]
        for number in range(1, 10):
            keys.append((f"Alt+{number}", lambda at=number: self._open_number(at)))
        for sequence, slot in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(slot)
            yield shortcut

    # Pages

    def page(self) -> QWidget | None:
        """The page that is shown."""
        holder = self.stack.currentWidget()
        return holder.page if isinstance(holder, PageHolder) else None

    def pages(self) -> list[QWidget]:
        """Every page that was shown and is still there, child pages first."""
        return [*self._pushed, *self._pages.values()]

    def room(self) -> str:
        """Key of the room that is shown, or behind the child page."""
        return self._room

    def marked_room(self) -> str:
        """Key of the room that is marked at the left: that of the form on screen, however it was opened; of its papers
        too, which have none of their own."""
        own = (page.room() for page in reversed(self._pushed) if isinstance(page, Page))
        return next((room for room in own if room in self.sidebar.buttons), self._room)

    def room_title(self, key: str) -> str:
        """The name of a room; empty for none."""
        return self._rooms[key].title if key in self._rooms else ""

    def rooms_in(self, key: str) -> list[str]:
        """Names of the rooms that a group opens."""
        return [room.title for room in self._rooms[key].children] if key in self._rooms else []

    def has_room(self, key: str) -> bool:
        """Whether there is such a room."""
        return key in self._rooms

    def open_room(self, key: str, argument: object = None) -> None:
        """Shows a room, leaving child pages behind if they can be left."""
        room = self._rooms[key]
        if room.make_page is None:
            self.sidebar.set_open(key, True)
            return
        if not self._leave_all():
            self.sidebar.set_chosen(self.marked_room())
            return
        self._room = key
        page = self._pages.get(key)
        if page is None:
            page = room.make_page()
            self._pages[key] = page
            self._hold(page)
        if argument is not None and isinstance(page, Page):
            page.open_with(argument)
        self._show(page)
        self.room_shown.emit(key)

    def push(self, page: QWidget) -> None:
        """Shows a child page over the room (a form, a meeting); the room keeps its state."""
        current = self.page()
        if isinstance(current, Page) and not current.can_leave():
            page.deleteLater()
            return
        self._pushed.append(page)
        self._hold(page)
        self._show(page)

    def back(self) -> None:
        """Leaves the child page if it can be left; the page below is refreshed by its own subscription."""
        if not self._pushed:
            return
        page = self._pushed[-1]
        if isinstance(page, Page) and not page.can_leave():
            return
        self._drop(self._pushed.pop())
        below = self._pushed[-1] if self._pushed else self._pages.get(self._room)
        if below is not None:
            self._show(below)

    def refresh(self, changes: object = None) -> None:
        """Tells every page that something was written (``services.session.Changes``)."""
        for page in reversed(self.pages()):
            if isinstance(page, Page):
                page.refresh(changes)

    def _leave_all(self) -> bool:
        current = self.page()
        if isinstance(current, Page) and not current.can_leave():
            return False
        while self._pushed:
            page = self._pushed[-1]
            if page is not current and isinstance(page, Page) and not page.can_leave():
                return False
            self._drop(self._pushed.pop())
        return True

    def _hold(self, page: QWidget) -> None:
        self._holders[page] = PageHolder(page, self.stack)
        if isinstance(page, Page):
            page.title_changed.connect(self._update_title)

    def _drop(self, page: QWidget) -> None:
        holder = self._holders.pop(page)
        self.stack.removeWidget(holder)
        holder.deleteLater()

    def _show(self, page: QWidget) -> None:
        if self._help_panel is not None:
            self._help_panel.hide()
        if isinstance(page, Page):
            page.set_layout_class(self._class)
        self.stack.setCurrentWidget(self._holders[page])
        self._holders[page].fit()
        self.sidebar.set_chosen(self.marked_room())
        self._update_title()
        if isinstance(page, Page):
            page.focus_first()
        self._mend_focus(page)
        self._holders[page].reveal(self.focusWidget())

    def _mend_focus(self, page: QWidget) -> None:
        """Keys must always reach the page: where its usual place is not shown, what an empty page offers has them."""
        focused = self.focusWidget()
        if focused is not None and page.isAncestorOf(focused) and focused.isVisibleTo(self):
            return
        empties = [one for one in page.findChildren(EmptyState) if one.isVisibleTo(self)]
        found = (first_focusable(region) for region in (*empties, page))
        target = next((widget for widget in found if widget is not None), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """A dialog came up: F1 explains it. What had the keys went away (an empty list, a button that did its work):
        the page keeps them."""
        dialog = new.window() if new is not None and isValid(new) else None
        if isinstance(dialog, QDialog):
            give_help(self._look, dialog, self._header.help_text or (lambda _key: None))
        page = self.page()
        if page is None or not page.isVisible():
            return
        left = old is not None and isValid(old) and page.isAncestorOf(old) and not old.isVisible()
        if new is None or (left and not page.isAncestorOf(new)):
            self._mend_timer.start()

    def _mend_lost_focus(self) -> None:
        page = self.page()
        blocked = QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
        if page is not None and self.isActiveWindow() and not blocked:
            self._mend_focus(page)

    def _update_title(self) -> None:
        page = self.page()
        if page is None:
            return
        name = page.title() if isinstance(page, Page) else page.windowTitle()
        self.setWindowTitle(f"{name} – {self._header.office}" if name else self._header.office)
        page.setAccessibleName(name)

    # What the bars and keys do

    def new_record(self) -> None:
        """Ghi mới: the page's own record, or the window's answer."""
        if self._header.new_barred:
            self.show_message(self._header.new_barred, "lock", "warn")
            return
        page = self.page()
        if isinstance(page, Page) and page.new_record():
            return
        if self._header.new_record is not None:
            self._header.new_record()

    def undo(self) -> None:
        """Hoàn tác; text fields with the focus undo their own typing first, then the page what is not written yet."""
        page = self.page()
        if isinstance(page, Page) and page.take_back():
            return
        if self._header.undo is not None:
            self._header.undo()

    def lock(self) -> None:
        """Khóa máy làm việc."""
        if self._header.lock is not None:
            self._header.lock()

    def redo(self) -> None:
        """Làm lại."""
        page = self.page()
        if isinstance(page, Page) and page.do_again():
            return
        if self._header.redo is not None:
            self._header.redo()

    def explain_focus(self) -> None:
        """F1: what the field in focus means; a second F1 puts the panel away."""
        if self._help_shown():
            self.help_panel.put_away()
            return
        page, focused = self.page(), self.focusWidget()
        told = told_around(focused, self._header.help_text or (lambda _key: None))
        if told and page is not None and focused is not None and not page.isAncestorOf(focused):
            self._tell(*told)  # a room, the search, the bars: the page has no part in them
        else:
            self.explain(page.help_key() if isinstance(page, Page) else "", told)

    @property
    def help_panel(self) -> HelpPanel:
        """The panel of F1, made when first asked for."""
        if self._help_panel is None:
            from thidua_desktop.ui.shell.help_panel import HelpPanel

            self._help_panel = HelpPanel(self._look, self.stack, self._header.guide)
        return self._help_panel

    def _help_shown(self) -> bool:
        return self._help_panel is not None and self._help_panel.isVisible()

    def explain(self, key: str, nearer: Sequence[HelpText] = ()) -> None:
        """Shows the help text of a key, else that of the room, else the general one, below what stands nearer."""
        ask = self._header.help_text or (lambda _key: None)
        found = (ask(key) if key else None) or ask(f"{ROOM_HELP}{self._room}") or GENERAL_HELP
        self._tell(*(one for one in nearer if one.title != found.title), found)

    def _tell(self, *parts: HelpText) -> None:
        self.help_panel.explain(*parts)
        self.help_panel.place(self.focusWidget())

    def show_message(self, text: str, icon: str = "circle-check", ink: str = "ok") -> None:
        """Good news without a box."""
        self.status_bar.show_message(text, icon, ink)

    def set_status(self, parts: Sequence[StatusPart]) -> None:
        """Replaces the parts of the status bar."""
        self.status_bar.set_parts(parts)

    def set_badge(self, key: str, badge: int, spoken: str = "") -> None:
        """The number at a room."""
        self.sidebar.set_badge(key, badge, spoken)

    def regions(self) -> list[QWidget]:
        """F6 goes through these: rooms, head, what the page names, status."""
        page = self.page()
        middle = page.regions() if isinstance(page, Page) else [page] if page is not None else []
        return [self.sidebar, self.top_bar, *middle, self.status_bar]

    def next_region(self, step: int) -> None:
        """Moves the focus to the first place of the next (1) or previous (-1) region."""
        regions = self.regions()
        focused = self.focusWidget()
        at = next(
            (
                i
                for i, region in enumerate(regions)
                if focused is not None and (region is focused or region.isAncestorOf(focused))
            ),
            len(regions) - 1 if step > 0 else 0,
        )
        for _ in regions:
            at = (at + step) % len(regions)
            target = self._room_in_focus() if regions[at] is self.sidebar else first_focusable(regions[at])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                holder = self.stack.currentWidget()
                if isinstance(holder, PageHolder):
                    holder.reveal(target)
                return

    def _room_in_focus(self) -> QWidget | None:
        button = self.sidebar.buttons.get(self.marked_room())
        return button if button is not None and button.isVisibleTo(self) else first_focusable(self.sidebar)

    def _open_number(self, number: int) -> None:
        stops = self.sidebar.stops()
        if number <= len(stops):
            self.sidebar.go_to_stop(stops[number - 1])

    def _escape(self) -> None:
        page = self.page()
        if self._help_shown():
            self.help_panel.put_away()
        elif self.top_bar.search.hasFocus():
            self.top_bar.search.leave()
        elif isinstance(page, Page) and page.escape():
            return
        else:
            self.back()

    def _on_status(self, key: str) -> None:
        if key == TEXT_SIZE_KEY:
            scale = self._look.text_scale
            self._look.set_text_scale(0.9 if scale >= 1.59 else scale + 0.1)
        self.status_activated.emit(key)

    # Geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_layout_class()
        if self._help_shown():
            self.help_panel.place()

    def _update_layout_class(self) -> None:
        kind = layout_class(self.width(), self._look.text_scale)
        if kind is self._class:
            return
        self._class = kind
        self.top_bar.set_layout_class(kind)
        self.sidebar.set_groups_closed(kind is LayoutClass.COMPACT)
        page = self.page()
        if isinstance(page, Page):
            page.set_layout_class(kind)
        self.layout_class_changed.emit(str(kind))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):  # also what has no place here: that is told once it is dropped
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def can_close(self) -> bool:
        """Whether every page can be left now; what was typed is kept as drafts."""
        return all(page.can_leave() for page in self.pages() if isinstance(page, Page))

    def closeEvent(self, event: QCloseEvent) -> None:
        may_close = self._header.may_close
        if not self.can_close() or (may_close is not None and not may_close()):
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)


def _flat(rooms: Sequence[Room]) -> Iterator[Room]:
    for room in rooms:
        yield room
        yield from _flat(room.children)
