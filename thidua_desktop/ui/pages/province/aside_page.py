"""Dòng để riêng: what communes sent and was not taken in; what came beside what stands, until somebody settles it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.services.communes import by_name
from thidua_desktop.services.handoff import aside
from thidua_desktop.services.handoff.aside import AsideItem
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_date, format_number
from thidua_desktop.ui.components.buttons import bordered, borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choice_chip import ChoiceChip
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.showing import clear_layout, set_shown
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.table_saving import excel_button
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.reason_dialog import ReasonDialog
from thidua_desktop.ui.shell.page import Navigate, Page

TITLE = "Dòng để riêng"
_WAITING = "Chờ xử lý"
_NO_LINE = "Chưa chọn dòng nào"


def _state(item: AsideItem) -> StateText:
    return StateText(*_state_of(item))


_COLUMNS = (
    RowColumn("Đơn vị", lambda one: one.office_name, sample="phường Buôn Ma Thuột"),
    RowColumn("Sổ", lambda one: one.register_title, sample="Phong trào, hoạt động"),
    RowColumn("Bản ghi", lambda one: one.title, stretch=True),
    RowColumn("Loại", lambda one: one.kind, sample="Ô tính sẵn"),
    RowColumn("Gói", lambda one: str(one.line.number), ColumnKind.NUMBER, sample="0000"),
    RowColumn("Ngày đến", lambda one: format_date(one.line.at.date()), sample="30/12/2026"),
    RowColumn("Xử lý", kind=ColumnKind.STATE, sample="Đã giải quyết", state=_state, hint=lambda one: one.standing),
)
"""The reason stands below the table in full."""


class AsideTable(RecordTable):
    """``line_chosen`` carries a row; ``opened`` when its record is wanted."""

    line_chosen = Signal(int)

    def __init__(self, look: Look, model: RowModel) -> None:
        super().__init__(look, TITLE)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.set_columns(looks(_COLUMNS))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.line_chosen.emit(now.row()))


class AsidePage(Page):
    """Above the lines, below the chosen one field by field."""

    def __init__(self, session: Session, look: Look, navigate: Navigate, back_to: str = "Hộp thư gói") -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle(TITLE)
        self.dialog: ReasonDialog | None = None
        self._build_head(back_to)
        self._build_content()
        self._connect()
        self.load()

    def _build_head(self, back_to: str) -> None:
        look = self.look
        communes = [("", "Tất cả"), *by_name(self.session)]
        self.commune = ChoiceChip(look, "Đơn vị gửi", communes, tall=True)
        self.view = Segments(look, ("Chờ", "Đã xong"), 0, "Chờ xử lý hay đã giải quyết")
        self.settle_button = filled(look, "Đã giải quyết…", "check")
        self.return_button = borderless(look, "Trả lại xã…", "corner-up-left")
        self.open_button = borderless(look, "Mở bản ghi", "pencil")
        self.excel_button = excel_button(
            look, self, self.session, lambda: aside.table_of(list(self.model.rows)), self.navigate.show_message
        )  # fmt: skip
        actions = (self.excel_button, self.open_button, self.return_button, self.settle_button)
        self.head = PageHead(look, TITLE, back_to, scope=(self.view, self.commune), actions=actions)

    def _build_content(self) -> None:
        look = self.look
        self.model = RowModel(self, _COLUMNS)
        self.table = AsideTable(look, self.model)
        self._all_button = bordered(look, "Xem mọi đơn vị", "x")
        self._all_button.clicked.connect(self.commune.clear)
        leave = bordered(look, "Về trang trước", "chevron-left")
        leave.clicked.connect(self.navigate.back)
        self.empty = EmptyState(look, "", (self._all_button, leave), "Không có dòng nào", "circle-check")
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self.empty)
        above = Card(look, flush=True)
        above.add(self._list, 1)
        self.reason = label("", wrap=True, selectable=True)
        self.standing = caption("", "text-2", wrap=True)
        self._values = QWidget()
        self._grid = QGridLayout(self._values)
        look.margins(self._grid, 0, 4, 0, 0, 6)
        for at, stretch in enumerate((2, 3, 3)):
            self._grid.setColumnStretch(at, stretch)
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 16, 10, 16, 12, 6)
        for widget in (self.reason, self.standing, self._values):
            column.addWidget(widget)
        column.addStretch(1)
        self.below = Card(look, "Giá trị đến và giá trị đang có", flush=True)
        self.below.add(scrolling(content, "Giá trị đến và giá trị đang có"), 1)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(above, 11)
        outer.addWidget(self.below, 9)

    def _connect(self) -> None:
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.commune.changed.connect(self.load)
        self.view.chosen.connect(lambda _at: self.load())
        self.table.line_chosen.connect(self._show)
        self.table.doubleClicked.connect(lambda _index: self.open_record())
        self.open_button.clicked.connect(self.open_record)
        self.return_button.clicked.connect(self.ask_return)
        self.settle_button.clicked.connect(self.ask_settle)
        for keys, button in (("Ctrl+Return", self.settle_button), ("Ctrl+R", self.return_button),
                             ("Ctrl+O", self.open_button)):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        self.follow(self.session)

    # What is shown

    def load(self) -> None:
        """Read the lines again; the place in the list stays."""
        row = max(self.table.currentIndex().row(), 0)
        settled, office = self.view.current() == 1, self.commune.chosen()
        self.model.set_rows(aside.aside_items(self.session, office, settled=settled))
        count = len(self.model.rows)
        self._list.setCurrentIndex(0 if count else 1)
        self.empty.set_text(
            "Chưa có dòng nào được ghi là đã giải quyết." if settled else
            "Dòng nào của xã không nhập được, hoặc khác bản tỉnh đang có cùng lần sửa, sẽ chờ ở đây.",
            "Không có dòng nào",
        )  # fmt: skip
        set_shown(self.below, bool(count))
        set_shown(self._all_button, bool(office))
        if count:
            self.table.selectRow(min(row, count - 1))
        self._show(self.table.currentIndex().row() if count else -1)

    def chosen(self) -> AsideItem | None:
        """The current line."""
        row = self.table.currentIndex().row()
        found: AsideItem | None = self.model.row_at(row)
        return found

    def _show(self, row: int) -> None:
        clear_layout(self._grid)
        if not 0 <= row < len(self.model.rows):
            for button in (self.open_button, self.return_button, self.settle_button):
                button.set_reason(_NO_LINE)
            return
        shown = self.model.rows[row]
        self.reason.setText(shown.line.reason)
        self.standing.setText(f"{shown.standing}. Gói {shown.line.number}, người nhập {shown.line.actor}.")
        for column, head in enumerate(("Ô", "Giá trị đến", "Đang có ở tỉnh") if shown.values else ()):
            self._grid.addWidget(caption(head, "text-2"), 0, column)
        for place, value in enumerate(shown.values, start=1):
            self._grid.addWidget(label(value.label, ink="text-2", wrap=True), place, 0)
            self._grid.addWidget(label(value.came, TextRole.STRONG, "warn", wrap=True, selectable=True), place, 1)
            self._grid.addWidget(label(value.stands, wrap=True, selectable=True), place, 2)
        self._offer(shown)

    def _offer(self, shown: AsideItem) -> None:
        may = "" if self.session.may(Permission.RECEIVE) else "Quyền của bạn chỉ xem"
        done = "Dòng này đã giải quyết" if shown.line.settled_at is not None else ""
        self.open_button.set_reason("" if shown.is_here else "Tỉnh chưa có bản ghi này")
        self.return_button.set_reason(may or done or shown.cannot_return)
        self.settle_button.set_reason(may or done)

    # What is done

    def open_record(self) -> None:
        """The record as it stands."""
        shown = self.chosen()
        if shown is not None and shown.is_here:
            self.navigate.open_room(shown.line.register, shown.line.record_id)

    def ask_return(self) -> None:
        """Asks why, and sends the record back."""
        shown = self.chosen()
        if shown is not None:
            words = f"{shown.office_name} sửa bản ghi “{shown.title}” rồi gửi lại; dòng này chờ ở đây đến khi đó."
            self._ask(ReasonDialog(self.look, "Trả lại xã", "Trả lại", words, lambda said: self._return(shown, said),
                                   self))  # fmt: skip

    def ask_settle(self) -> None:
        """Asks how it was settled, and notes it."""
        shown = self.chosen()
        if shown is not None:
            words = "Bản đang có ở tỉnh giữ nguyên. Nhận xét, người ghi và ngày được lưu lại."
            self._ask(ReasonDialog(self.look, "Đã giải quyết", "Ghi", words, lambda said: self._settle(shown, said),
                                   self, "Ví dụ: đã hỏi xã, giữ bản tỉnh đang có.", "Nhận xét"))  # fmt: skip

    def _ask(self, dialog: ReasonDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _return(self, shown: AsideItem, reason: str) -> None:
        aside.return_line(self.session, shown, reason)
        self.navigate.show_message("Đã ghi trả lại; xã biết khi nhận biên nhận kế tiếp", "corner-up-left")

    def _settle(self, shown: AsideItem, remark: str) -> None:
        aside.settle(self.session, shown, remark)
        left = len(self.model.rows)
        self.navigate.show_message(f"Đã ghi; còn {format_number(left)} dòng chờ")

    # Page

    def refresh(self, changes: object = None) -> None:
        self.load()

    def focus_first(self) -> None:
        self.table.setFocus()

    def help_key(self) -> str:
        return "aside"

    def regions(self) -> list[QWidget]:
        return [self.head, self.table, self.below]


def _state_of(item: AsideItem) -> tuple[State, str]:
    if item.line.settled_at is not None:
        return State.OK, "Đã giải quyết"
    return (State.RETURNED, "Đã trả lại") if item.returned else (State.WAITING, _WAITING)
