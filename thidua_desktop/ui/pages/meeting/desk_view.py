"""The parts of a running meeting and how they share the room: attendance, tiles, agenda and item, the facts form."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import hairline_widget
from thidua_desktop.ui.components.showing import ANY_WIDTH
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import InputContext
from thidua_desktop.ui.pages.meeting.agenda_pane import AgendaPane
from thidua_desktop.ui.pages.meeting.attendance_card import AttendanceCard
from thidua_desktop.ui.pages.meeting.facts_form import FactsForm
from thidua_desktop.ui.pages.meeting.facts_line import FactsLine
from thidua_desktop.ui.pages.meeting.item_pane import ItemPane
from thidua_desktop.ui.pages.meeting.meeting_clock import MeetingClock
from thidua_desktop.ui.pages.meeting.presence_tiles import PresenceTiles
from thidua_desktop.ui.pages.meeting.sheet import MeetingSheet
from thidua_desktop.ui.pages.meeting.tasks_pane import TasksPane
from thidua_desktop.ui.shell.in_sight import show_now
from thidua_desktop.ui.shell.page import LayoutClass

_SETTLE = 40  # milliseconds until a page that was just opened stands
_ATTENDANCE_WIDTH = {LayoutClass.WIDE: 356, LayoutClass.MEDIUM: 296}
_LEAST_ROWS = 5
_AGENDA_WIDTH = {LayoutClass.WIDE: 196, LayoutClass.MEDIUM: 172, LayoutClass.COMPACT: 196}


class DeskView(QWidget):
    """Everything between the head and the end of the page. ``edited`` after every change by the person."""

    edited = Signal()
    facts_shown = Signal()
    reason_kept = Signal(str, str)
    last_passed = Signal()

    def __init__(self, look: Look, sheet: MeetingSheet, context: InputContext) -> None:
        super().__init__()
        self.look, self.sheet = look, sheet
        self._class = LayoutClass.WIDE
        self.facts_line = FactsLine(look)
        self.attendance = AttendanceCard(look, sheet, context)
        self.tiles = PresenceTiles(look)
        self.agenda = AgendaPane(look, sheet)
        self.clock = MeetingClock(sheet, self)
        self.item = ItemPane(look, sheet, self.clock, context)
        self.tasks = TasksPane(look, sheet, context)
        self._facts: FactsForm | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        look = self.look
        add = bordered(look, "Thêm nội dung", "plus")
        add.clicked.connect(self.add_item)
        words = "Thêm việc đầu tiên đưa ra họp; loại việc cho biết cần bao nhiêu hộ tán thành."
        self.no_items = EmptyState(look, words, [add], "Chưa có nội dung họp", "list-checks")
        self.panes = Views()
        for pane in (self.item, self.tasks, self.no_items):
            self.panes.addWidget(pane)
        work = Card(look, flush=True)
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.agenda)
        row.addWidget(hairline_widget(vertical=True))
        row.addWidget(self.panes, 1)
        work.add(inner, 1)
        self.work = Views()
        self.work.addWidget(work)
        self.right = QWidget()
        self._column = QVBoxLayout(self.right)
        look.margins(self._column, 0, 0, 0, 0, 12)
        self._column.addWidget(self.tiles)
        self._column.addWidget(self.work, 1)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Phần của cuộc họp")
        self.tabs.addTab("Điểm danh")
        self.tabs.addTab("Nội dung họp")
        self.tabs.currentChanged.connect(lambda _at: self._share_room())
        both = QWidget()
        middle = QHBoxLayout(both)
        look.margins(middle, 0, 0, 0, 0, 12)
        middle.addWidget(self.attendance)
        middle.addWidget(self.right, 1)
        self._outer = QVBoxLayout(self)
        look.margins(self._outer, 0, 0, 0, 0, 9)
        self._outer.addWidget(self.facts_line)
        self._outer.addWidget(self.tabs)
        self._outer.addWidget(both, 1)
        look.follow(self, self._share_room)

    def _connect(self) -> None:
        self.sheet.changed.connect(lambda _what: self.retell())
        for part in (self.attendance, self.item, self.tasks):
            part.edited.connect(self.edited)
        self.attendance.load_wanted.connect(self._load_households)
        self.agenda.chosen.connect(self.show_item)
        self.agenda.opened.connect(self._open_item)
        self.agenda.add_wanted.connect(self.add_item)
        self.item.next_wanted.connect(self.next_item)
        self.item.moved.connect(self.show_item)
        self.item.removed.connect(lambda: self.show_item(max(0, self.agenda.current - 1)))
        self.tasks.next_wanted.connect(self.next_item)
        self.facts_line.edit.clicked.connect(self.open_facts)
        for shown in (self.attendance.reason_kept, self.item.reason_kept, self.tasks.findings.kept):
            shown.connect(self.reason_kept)

    @property
    def facts(self) -> FactsForm:
        """The form behind "Sửa", made when first asked for: most meetings are opened without it."""
        if self._facts is None:
            self._facts = FactsForm(self.look, self.sheet.session)
            self._facts.closed.connect(self.close_facts)
            self._facts.edited.connect(self._on_facts)
            self._facts.reason_kept.connect(self.reason_kept)
            self.work.addWidget(self._facts)
        return self._facts

    # What is shown

    def show_meeting(self) -> None:
        """Shows the meeting anew, at its first item."""
        self.clock.forget()
        self.work.setCurrentIndex(0)
        self.attendance.show_meeting()
        self.tasks.show_meeting()
        self.set_layout_class(self._class)
        self.show_item(0)
        self.retell()

    def retell(self) -> None:
        """Tiles and facts as they stand."""
        self.tiles.show_state(self.sheet.state)
        self.facts_line.show_facts(self.sheet.session, self.sheet.values)

    def set_layout_class(self, kind: LayoutClass) -> None:
        """How the parts share the width (look.md, Window)."""
        self._class = kind
        self.attendance.set_hint_shown(kind is not LayoutClass.MEDIUM)
        for pane in (self.item, self.tasks):
            pane.set_hints_shown(True)
        self._share_room()

    def _share_room(self) -> None:
        compact = self._class is LayoutClass.COMPACT
        self.tabs.setVisible(compact)
        self.attendance.setVisible(not compact or self.tabs.currentIndex() == 0)
        self.right.setVisible(not compact or self.tabs.currentIndex() == 1)
        if compact:  # the tiles go with the list, or nothing would be left for the item
            self._outer.insertWidget(2, self.tiles)
        else:
            self._column.insertWidget(0, self.tiles)
        self.tiles.setVisible(not compact or self.tabs.currentIndex() == 0)
        wanted = _ATTENDANCE_WIDTH.get(self._class)
        self.attendance.setMinimumWidth(self.look.px(wanted) if wanted else 0)
        self.attendance.setMaximumWidth(self.look.px(wanted) if wanted else ANY_WIDTH)
        self.agenda.set_width(_AGENDA_WIDTH[self._class])
        self.attendance.set_least_rows(_LEAST_ROWS if compact else 0)

    def minimumSizeHint(self) -> QSize:
        """With all lines that words take at this width: the page scrolls before a part of it is squeezed."""
        hint, needed = super().minimumSizeHint(), self._outer.minimumHeightForWidth(self.width())
        return QSize(hint.width(), max(hint.height(), needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self.updateGeometry()

    def show_item(self, at: int) -> None:
        """Shows an item, or the tasks past the last one."""
        count = len(self.sheet.agenda)
        self.agenda.choose(at)
        if at < count:
            self.item.show_item(at)
            self.panes.setCurrentWidget(self.item)
        else:
            self.panes.setCurrentWidget(self.tasks if count else self.no_items)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.clock.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.clock.hide()

    # Where the focus goes

    def go_attendance(self) -> None:
        """Ctrl+1."""
        self.tabs.setCurrentIndex(0)
        place = self.attendance.first_place()
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(_SETTLE, self, lambda: show_now(self.attendance, place))  # large text has it below the tiles

    def find_household(self) -> None:
        """Ctrl+F; where there is no list of households, to their numbers."""
        self.go_attendance()
        if self.attendance.sheet.attendance:
            self.attendance.search.begin_search()

    def go_agenda(self) -> None:
        """Ctrl+2."""
        self._work_shown()
        self.agenda.first_place().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_item(self) -> None:
        """Ctrl+3."""
        self._work_shown()
        pane = self.panes.currentWidget()
        if pane is self.no_items:
            self.add_item()
            return
        if pane is self.tasks:
            self.clock.rest()
        else:
            self.clock.open_matter(self.item.at)
        place = self.tasks.first_place() if pane is self.tasks else self.item.first_place()
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_item(self) -> None:
        """Ctrl+Enter: the next item, then the tasks, then the end of the meeting."""
        if self.agenda.current >= len(self.sheet.agenda):
            self.last_passed.emit()
            return
        self.show_item(self.agenda.current + 1)
        self.go_item()

    def add_item(self) -> None:
        """A new item, its name to be typed."""
        self.show_item(self.sheet.add_item())
        self.go_item()

    def open_facts(self) -> None:
        """Shows the form behind "Sửa"."""
        self.tabs.setCurrentIndex(1)
        self.facts.form.set_values(self.sheet.values)
        self.work.setCurrentWidget(self.facts)
        self.facts.form.inputs[self.facts.form.order[0]].go_to()
        self.facts_shown.emit()

    def facts_open(self) -> bool:
        """Whether the facts form is shown."""
        return self._facts is not None and self.work.currentWidget() is self._facts

    def close_facts(self) -> bool:
        """Goes back to the items; a text that is not understood keeps the form open. Whether it was closed."""
        unread = self.facts.form.read().unread
        if unread:
            self.facts.show_findings((), {})
            self.facts.form.go_to(unread[0])
            return False
        self.work.setCurrentIndex(0)
        self._follow_place()
        self.go_item() if self.sheet.agenda else self.go_agenda()
        self.edited.emit()
        return True

    def help_key(self, focused: QWidget | None) -> str:
        """The field in focus, for F1: ``agenda.matter``; nothing outside of fields."""
        for part in (self.attendance, self.item, self.tasks):
            if focused is not None and part.isAncestorOf(focused):
                return part.help_key(focused)
        return ""

    def _work_shown(self) -> None:
        self.tabs.setCurrentIndex(1)
        if self.facts_open():
            self.close_facts()

    def _open_item(self, at: int) -> None:
        self.show_item(at)
        self.go_item()

    def _on_facts(self, _name: str) -> None:
        self.sheet.set_facts(self.facts.changed_values())
        self.edited.emit()

    def _load_households(self) -> None:
        if self.sheet.load_households():
            self.attendance.show_meeting()
            self.go_attendance()
            self.edited.emit()
        else:
            self.attendance.no_list.setText("Sổ hộ gia đình chưa có hộ nào của nơi này. Nhập số hộ ở dưới.")

    def _follow_place(self) -> None:
        """Another area or group has other households."""
        known = {row.get("household") for row in self.sheet.attendance}
        if known and not self.sheet.same_households():
            self.sheet.load_households()
        self.attendance.show_meeting()
