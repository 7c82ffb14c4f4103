"""Kết quả khen thưởng: what the province decided on this commune's proposals, beside what stands here, taken over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from thidua_desktop.services.awards import results
from thidua_desktop.services.awards.award_fields import REGISTER
from thidua_desktop.services.awards.results import AwardResult, FieldResult, TakenOver
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import caption, hairline_widget, label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout, set_shown
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error

_PROVINCE, _OWN = range(2)
_EMPTY = "(để trống)"
_TWO_LINES = 50  # px at 100 %: households and clubs have long names


class AwardResultsPage(Page):
    """Left the proposals, right what would change in the chosen one; ``shown`` after they were read."""

    shown = Signal()

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Kết quả khen thưởng của tỉnh")
        self.choices: dict[tuple[str, str], int] = {}  # (record, field) -> whose value stands
        self._taken = False
        self.groups: dict[str, QButtonGroup] = {}  # by field of the chosen proposal
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(look, error, self))
        self.work = LongWork(look, self)
        self._build()
        self.follow(session)
        self.load()

    def _build(self) -> None:
        look = self.look
        self.take_button = filled(look, "Ghi vào sổ", "check", "Ctrl+Enter")
        self.open_button = bordered(look, "Mở đề nghị", "pencil")
        self.again_button = bordered(look, "", "undo-2")
        self.again_button.hide()
        self.head = PageHead(look, self.windowTitle(), "Gửi – nhận", actions=(self.open_button, self.take_button))
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.model = RowModel(self, self._columns(), quiet=lambda one: bool(one.barred))
        self.table = RecordTable(look, "Đề nghị có kết quả", row_height=_TWO_LINES)
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.set_columns(looks(self._columns()))
        left = Card(look, flush=True)
        left.add(self.table, 1)
        self._fields = QWidget()
        self._column = QVBoxLayout(self._fields)
        look.margins(self._column, 16, 10, 16, 12, 8)
        right = Card(look, "Thay đổi trong sổ", flush=True)
        right.add(scrolling(self._fields, "Thay đổi trong sổ"), 1)
        self._both = QWidget()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        look.margins(self._middle, 0, 0, 0, 0, 12)
        self._middle.addWidget(left, 3)
        self._middle.addWidget(right, 2)
        self.leave_button = leave = bordered(look, "Về trang trước", "chevron-left")
        leave.clicked.connect(self.navigate.back)
        words = "Sổ đề nghị khen thưởng đã đúng như kết quả tỉnh báo trong biên nhận mới nhất."
        self._empty = EmptyState(look, words, (leave,), "Không còn kết quả nào chờ ghi", "circle-check")
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        for widget, stretch in ((self.head, 0), (self._both, 1), (self._empty, 1)):
            outer.addWidget(widget, stretch)
        outer.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._empty.hide()
        self._connect()

    def set_layout_class(self, kind: LayoutClass) -> None:
        """Large text: what would change under the list of proposals."""
        way = QBoxLayout.Direction
        self._middle.setDirection(way.TopToBottom if kind is LayoutClass.COMPACT else way.LeftToRight)

    def _connect(self) -> None:
        self.take_button.clicked.connect(self.take_over)
        self.open_button.clicked.connect(self.open_record)
        self.again_button.clicked.connect(self.ask_again)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_fields())
        self.table.opened.connect(lambda _row: self.open_record())
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.take_over)
        if not self.session.may(Permission.RECORD):
            self.take_button.set_reason("Quyền của bạn chỉ xem sổ")

    def _columns(self) -> tuple[RowColumn, ...]:
        return (
            RowColumn("Đề nghị", lambda one: one.title, stretch=True),
            RowColumn("Kết quả của tỉnh", _result, sample="Không khen thưởng"),
            RowColumn("Ghi được", kind=ColumnKind.STATE, state=self._state, sample="Chọn giữ số nào "),
        )

    # Reading

    def load(self) -> None:
        """Reads the results again, off the window's thread."""
        self._asker.ask(lambda reading: (results.waiting(reading), results.declined(reading)), self._show)

    def _show(self, found: tuple[list[AwardResult], int]) -> None:
        rows, declined = found
        place = max(self.table.currentIndex().row(), 0)
        self.model.set_rows(rows)
        set_shown(self._both, bool(rows))
        set_shown(self._empty, not rows)
        set_shown(self.open_button, bool(rows))
        set_shown(self.take_button, bool(rows))
        self.again_button.set_content(f"Xem lại {format_number(declined)} đề nghị giữ của xã")
        set_shown(self.again_button, bool(declined) and self.session.may(Permission.RECORD))
        if rows:
            self.table.setCurrentIndex(self.model.index(min(place, len(rows) - 1), 0))
        self._show_fields()
        self._tell_ready()
        if self._taken and not rows:
            self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def current(self) -> AwardResult | None:
        """The proposal that is chosen."""
        found: AwardResult | None = self.model.row_at(self.table.currentIndex().row())
        return found

    # Deciding

    def choose(self, one: AwardResult, field: FieldResult, whose: int) -> None:
        """Whose value of a field stands: the province's (0) or the commune's own (1)."""
        self.choices[(one.record_id, field.name)] = whose
        self._tell_ready()
        self.table.viewport().update()

    def ready(self) -> list[AwardResult]:
        """The proposals of which nothing is left to decide, and that can be written."""
        return [one for one in self.model.rows if not one.barred and not self._undecided(one)]

    def _undecided(self, one: AwardResult) -> bool:
        return any((one.record_id, field.name) not in self.choices for field in one.conflicts)

    def _state(self, one: AwardResult) -> StateText:
        if one.barred:
            return StateText(State.BAD, "Chưa ghi được")
        if self._undecided(one):
            return StateText(State.WARN, "Chọn giữ số nào")
        return StateText(State.OK, "Ghi được")

    def _tell_ready(self) -> None:
        ready, count = len(self.ready()), len(self.model.rows)
        self.take_button.set_content(f"Ghi {format_number(ready)} đề nghị vào sổ", "check")
        if self.session.may(Permission.RECORD):
            left = "Chọn giữ số của tỉnh hay của xã ở cột bên phải"
            self.take_button.set_reason("" if ready or not count else left)

    def take_over(self) -> None:
        """Writes all that is decided, as one action."""
        ready = self.ready()
        if not ready or not self.take_button.isEnabled():
            return
        keep = {
            one.record_id: {field.name for field in one.conflicts if self.choices[(one.record_id, field.name)] == _OWN}
            for one in ready
        }
        ids = tuple(one.record_id for one in ready)
        write = in_office(self.session, lambda own: results.take_over(own, ready, keep))
        if self.work.start("Đang ghi kết quả khen thưởng", write, lambda done: self._told(done, ids),
                           at_end=self._tell_ready):  # fmt: skip
            self.take_button.set_reason("Đang ghi")

    def _told(self, done: TakenOver, ids: tuple[str, ...]) -> None:
        self.session.announce(Changes(frozenset({REGISTER}), ids))  # nobody hears what another thread writes
        words = f"Đã ghi kết quả {format_number(done.changed)} đề nghị. Ctrl+Z để hoàn tác tất cả."
        if done.kept:
            words += f" Giữ nguyên {format_number(done.kept)} đề nghị như xã đã ghi."
        if done.left_out:
            words += f" Chưa ghi {done.left_out[0][0]}: {done.left_out[0][1]}."
        self._taken = True
        self.navigate.show_message(words, "circle-check" if not done.left_out else "info")
        self.load()

    def ask_again(self) -> None:
        """What the commune kept is put up again."""
        results.ask_again(self.session)
        self.choices.clear()
        self.load()

    def open_record(self) -> None:
        """The whole proposal."""
        one = self.current()
        if one is not None:
            self.navigate.open_room(REGISTER, one.record_id)

    # The chosen one

    def _show_fields(self) -> None:
        clear_layout(self._column)
        self.groups.clear()
        one = self.current()
        if one is None:
            return
        self._column.addWidget(label(one.title, TextRole.RECORD_TITLE, wrap=True))
        self._column.addWidget(label(one.words, wrap=True))
        for field in one.fields:
            self._column.addWidget(hairline_widget())
            self._column.addWidget(label(field.label, TextRole.STRONG, wrap=True))
            self._column.addWidget(self._sides(one, field))
        before, after = one.money
        if before != after:
            self._column.addWidget(hairline_widget())
            self._column.addWidget(label("Tiền thưởng", TextRole.STRONG))
            said = f"Theo quy định: {_paid(after)} đồng"
            self._column.addWidget(label(said if before is None else f"{said}, đang là {_paid(before)}", wrap=True))
        if one.barred:
            self._column.addWidget(caption(f"Chưa ghi được: {one.barred}", "bad", wrap=True))
        for warning in one.warnings:
            self._column.addWidget(caption(f"Ghi kèm lý do theo quyết định của tỉnh: {warning}", "warn", wrap=True))
        self._column.addStretch(1)

    def _sides(self, one: AwardResult, field: FieldResult) -> QWidget:
        if not field.conflict:
            before = f", đang là {field.here}" if field.here else ""
            return label(f"{field.there}{before}", wrap=True)
        sides, group = QWidget(), QButtonGroup(self._fields)
        column = QVBoxLayout(sides)
        self.look.margins(column, 0, 0, 0, 0, 4)
        for whose, words in (
            (_PROVINCE, f"Theo tỉnh: {field.there}"), (_OWN, f"Giữ của xã: {field.here or _EMPTY}"),
        ):  # fmt: skip
            button = QRadioButton(words)
            button.setAccessibleName(f"{field.label}, {words}")
            button.setChecked(self.choices.get((one.record_id, field.name)) == whose)
            button.clicked.connect(lambda _checked=False, which=whose: self.choose(one, field, which))
            group.addButton(button, whose)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.groups[field.name] = group
        return sides

    # Page

    def refresh(self, changes: object = None) -> None:
        if self.isVisible():
            self.load()

    def focus_first(self) -> None:
        self.table.setFocus()

    def help_key(self) -> str:
        return "award_results"

    def regions(self) -> list[QWidget]:
        return [self.head, self.table, self._fields]


def _result(one: AwardResult) -> str:
    """The result alone; number and day stand beside the list."""
    return one.words.partition(", ")[0]


def _paid(money: int | None) -> str:
    return format_number(money) if money is not None else "–"
