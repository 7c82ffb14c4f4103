"""Bản ghi đã xóa: what was deleted from one register or all, when, by whom and why; looked at, and brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import deleted, records
from thidua_desktop.services.deleted import DeletedKey, DeletedLine, RecordKey
from thidua_desktop.services.lists import ListQuery, is_quick
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import format_moment, format_number
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choice_chip import ChoiceChip
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.showing import ANY_WIDTH, set_shown
from thidua_desktop.ui.components.tables import RecordTable
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.deleted.pane import DeletedPane
from thidua_desktop.ui.pages.deleted.return_dialog import ReturnDialog
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error

_COLUMNS = (
    RowColumn("Xóa lúc", lambda line: format_moment(line.at), sample="30/12/2026, 00:00"),
    RowColumn("Bản ghi", lambda line: line.title, sample="Phòng, chống lừa đảo qua", stretch=True),
    RowColumn("Sổ", lambda line: line.register_title, sample="Quản lý, giáo dục"),
    RowColumn("Người xóa", lambda line: line.who, sample="nguyễn Thu Sương"),
    RowColumn("Lý do", lambda line: line.reason or "(không ghi)", sample="ghi hai lần"),
)
_REGISTER_COLUMN = 2
_TYPING_PAUSE, _PANE_WAIT = 150, 90
_KEPT = "Hồ sơ đã xóa vĩnh viễn khi hết hạn lưu, bản ghi của nơi khác không có ở đây."


@dataclass(frozen=True, slots=True)
class _Found:
    """What the file answered: every key, and the first ones in words."""

    keys: list[DeletedKey]
    lines: list[DeletedLine]


class DeletedPage(Page):
    """Filters above, lines on the left, the chosen record on the right. ``register``: the one to begin with."""

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, register: str = "", back_to: str = "Quản trị"
    ) -> None:  # fmt: skip
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle(deleted.TITLE)
        self.keys: list[DeletedKey] = []
        self.dialog: ReturnDialog | None = None
        self._stale, self._begun = False, False
        self._asker, self._pages, self._plans = (Asker(session, self) for _ in range(3))
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._pane_timer = QTimer(self, singleShot=True, interval=_PANE_WAIT)
        self._build(register, back_to)
        self._connect()
        self.follow(session)
        self.load()

    # Building

    def _build(self, register: str, back_to: str) -> None:
        look = self.look
        self.together_button = bordered(look, "Chọn cả lần xóa", "list-checks", "Ctrl+G")
        self.together_button.set_tip("Chọn mọi bản ghi đã xóa trong cùng một lần với dòng đang đứng")
        self.return_button = filled(look, "Lấy lại", "undo-2", "Ctrl+Enter")
        self.head = PageHead(look, deleted.TITLE, back_to, actions=(self.together_button, self.return_button))
        self.field = SearchField(look, "Gõ để tìm trong bản ghi, lý do, người xóa", "list-filter", small=True)
        self.field.setAccessibleName("Tìm trong bản ghi đã xóa")
        choices = [("", "Tất cả"), *deleted.registers(self.session)]
        self.register = ChoiceChip(look, "Sổ", choices, register)
        self.filters = QWidget()
        row = QHBoxLayout(self.filters)
        look.margins(row, 0, 0, 0, 0, 8)
        row.addWidget(self.field, 1)
        row.addWidget(self.register)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        look.margins(self._middle, 0, 0, 0, 0, 12)
        self.pane = DeletedPane(look, self.session)
        self._middle.addWidget(self._card(), 1)
        self._middle.addWidget(self.pane)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.filters)
        outer.addLayout(self._middle, 1)
        self._compact = False
        look.follow(self, self._set_widths)

    def _card(self) -> QWidget:
        look = self.look
        self.model = RowModel(self, _COLUMNS, hint=lambda line: f"{line.title}\n{line.reason}".strip())
        self.table = RecordTable(look, deleted.TITLE)
        self.table.setModel(self.model)
        self.table.set_columns(looks(_COLUMNS))
        self._clear = bordered(look, "Bỏ bộ lọc", "x")
        self._leave = bordered(look, "Về trang trước", "chevron-left")
        self.empty = EmptyState(look, "", (self._clear, self._leave), "Không có bản ghi đã xóa", "trash-2")
        self.views = QStackedWidget()
        self.views.addWidget(self.table)
        self.views.addWidget(self.empty)
        self.more = bordered(look, "Hiện thêm", "chevron-down")
        self.told = caption("", "text-2", wrap=True)
        card = Card(look, flush=True)
        card.add(self.views, 1)
        row = WrapRow(look)
        row.add(self.more)
        self._more_row = row
        card.add_padded(self.told, top=8, bottom=8)
        card.add_padded(row, top=0, bottom=10)
        return card

    def _connect(self) -> None:
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self._leave.clicked.connect(self.navigate.back)
        self._clear.clicked.connect(self.clear_filters)
        self._pause.timeout.connect(self._on_pause)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.register.changed.connect(self.load)
        self.table.opened.connect(lambda _row: self.ask_return())
        self.table.filter_by(self.field)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        self._pane_timer.timeout.connect(self._show_current)
        self.more.clicked.connect(self.show_more)
        self.return_button.clicked.connect(self.ask_return)
        self.together_button.clicked.connect(self.choose_together)
        for asker in (self._asker, self._pages, self._plans):
            asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._asker.slow_changed.connect(lambda slow: self.told.setText("Đang tìm…") if slow else None)
        keys: dict[str, Callable[[], None]] = {
            "Ctrl+Return": self.ask_return, "Ctrl+G": self.choose_together, "Ctrl+Tab": self.pane.next_tab,
            "Ctrl+F": self.field.begin_search,
            "Alt+Right": lambda: self.pane.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "Alt+Left": lambda: self.table.setFocus(Qt.FocusReason.ShortcutFocusReason),
        }  # fmt: skip
        for sequence, act in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # What is listed

    def load(self) -> None:
        """Reads what the filters leave, beside the window where the office is large."""
        register, text = self.register.chosen(), self.field.text().strip()
        self.table.setColumnHidden(_REGISTER_COLUMN, bool(register))

        def read(session: Session) -> _Found:
            keys = deleted.find(session, register, text)
            return _Found(keys, deleted.lines(session, keys[: deleted.PAGE]))

        if register and is_quick(self.session, ListQuery(register)):
            self._asker.drop()
            self._show(read(self.session))
        else:
            self._asker.ask(read, self._show)

    def _show(self, found: _Found) -> None:
        keep = [line.key for line in self._chosen_lines()]
        self.keys = found.keys
        self._set_lines(found.lines, keep)

    def show_more(self) -> None:
        """The next page under those that are shown."""
        shown = len(self.model.rows)
        part = self.keys[shown : shown + deleted.PAGE]
        before: list[DeletedLine] = list(self.model.rows)
        keep = [line.key for line in self._chosen_lines()]
        if part:
            self._pages.ask(
                lambda session: deleted.lines(session, part), lambda lines: self._set_lines(before + lines, keep)
            )

    def _set_lines(self, lines: list[DeletedLine], keep: Sequence[RecordKey]) -> None:
        """Shows lines; those that were chosen stay so, else the first one is."""
        begins = not self._begun and not self.field.hasFocus() and not self.types_elsewhere()
        focused = begins or self.table.hasFocus() or self.empty.isAncestorOf(self.window().focusWidget() or self)
        self._begun = True
        at = max(self.table.currentIndex().row(), 0)
        self.model.set_rows(lines)
        deleted.note_listed(self.session, lines)
        self.views.setCurrentIndex(0 if lines else 1)
        self._say()
        places = [place for place, line in enumerate(lines) if line.key in set(keep)]
        self._select(places or ([min(at, len(lines) - 1)] if lines else []))
        if focused:
            self.focus_first()
        self._on_selection()

    def _say(self) -> None:
        whole, shown = len(self.keys), len(self.model.rows)
        narrowed = bool(self.field.text().strip() or self.register.chosen())
        words = "Không có bản ghi đã xóa nào hợp với chữ đang gõ và sổ đang chọn." if narrowed else (
            "Chưa xóa bản ghi nào, hoặc đã lấy lại hết."
        )  # fmt: skip
        self.empty.set_text(f"{words} {_KEPT}", "Không có bản ghi đã xóa")
        set_shown(self._clear, narrowed)
        part = f", đang hiện {format_number(shown)}" if shown < whole else ""
        self.told.setText(f"{format_number(whole)} bản ghi đã xóa{part}. {_KEPT}")
        set_shown(self._more_row, shown < whole)

    def clear_filters(self) -> None:
        """Every register, every word."""
        self.field.clear()
        self.register.clear()
        self.load()

    def _on_pause(self) -> None:
        if self.field.composing():
            self._pause.start()
        else:
            self.load()

    # What is chosen

    def _select(self, places: Sequence[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        chosen = self.table.selectionModel()
        chosen.clearSelection()
        for place in places:
            chosen.select(self.model.index(place, 0), flags.Select | flags.Rows)
        if places:
            chosen.setCurrentIndex(self.model.index(places[0], 0), flags.NoUpdate)
            self.table.scrollTo(self.model.index(places[0], 0))

    def _chosen_lines(self) -> list[DeletedLine]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.rows[row] for row in rows if row < len(self.model.rows)]

    def _current(self) -> DeletedLine | None:
        line: DeletedLine | None = self.model.row_at(self.table.currentIndex().row())
        return line

    def choose_together(self) -> None:
        """Chooses everything that was deleted in one go with the current line."""
        line = self._current()
        if line is None:
            return
        together = set(deleted.deleted_together(self.session, line.key))
        places = [place for place, one in enumerate(self.model.rows) if one.key in together]
        self._select(places)
        left = len(together) - len(places)
        more = f"; {format_number(left)} bản ghi khác không hiện ở đây" if left else ""
        self.navigate.show_message(f"Xóa cùng một lần: {format_number(len(places))} bản ghi{more}.", "list-checks")

    def _on_selection(self) -> None:
        count = len(self._chosen_lines())
        self.return_button.set_content(f"Lấy lại {format_number(count)} bản ghi" if count > 1 else "Lấy lại")
        may = self.session.may(Permission.RECORD)
        none = "" if count else "Chọn bản ghi cần lấy lại"
        self.return_button.set_reason(none if may else "Quyền của bạn chỉ xem sổ")
        self.together_button.set_reason(none)
        self._pane_timer.start()

    def _show_current(self) -> None:
        line = self._current()
        try:
            record = records.find(self.session, line.key.register, line.key.id) if line is not None else None
        except UserError as refused:  # a look that cannot be written down
            record = None
            self.navigate.show_message(refused.sentence, "triangle-alert", "warn")
        set_shown(self.pane, record is not None)
        if line is not None and record is not None:
            self.pane.show_record(record, line)

    # The way back

    def ask_return(self) -> None:
        """Shows what bringing the chosen ones back would do; nothing is written before the person says so."""
        chosen = [line.key for line in self._chosen_lines()]
        if chosen and self.return_button.isEnabled():
            self._plans.ask(lambda session: deleted.plan(session, chosen), self._offer)

    def _offer(self, plan: deleted.ReturnPlan) -> None:
        self.dialog = ReturnDialog(self.look, self.session, plan, self)
        self.dialog.returned.connect(self._told_returned)
        self.dialog.open()

    def _told_returned(self, changes: Changes) -> None:
        self.session.announce(changes)  # nobody hears what is written on another thread
        self.navigate.show_message(f"Đã lấy lại {format_number(len(changes.ids))} bản ghi. Ctrl+Z để bỏ lại.", "undo-2")

    # Page

    def refresh(self, changes: object = None) -> None:
        if self.isVisible():
            self.load()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.load()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()  # a page that nobody sees reads nothing; the office may be closed by then
        self._pane_timer.stop()

    def help_key(self) -> str:
        return f"page:{deleted.TITLE}"

    def focus_first(self) -> None:
        target: QWidget = self.table if self.model.rows else self._leave if self._clear.isHidden() else self._clear
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        return [self.head, self.filters, self.table, self.pane]

    def escape(self) -> bool:
        if not self.field.text():
            return False
        self.field.clear()
        self.focus_first()
        return True

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Large text: the record under the list."""
        self._compact = kind is LayoutClass.COMPACT
        way = QBoxLayout.Direction
        self._middle.setDirection(way.TopToBottom if self._compact else way.LeftToRight)
        self._set_widths()

    def _set_widths(self) -> None:
        width = self.look.px(332)
        self.pane.setMinimumWidth(0 if self._compact else width)
        self.pane.setMaximumWidth(ANY_WIDTH if self._compact else width)
        self.pane.setMinimumHeight(self.look.px(220) if self._compact else 0)
        self.table.setMinimumHeight(self.look.px(160))
