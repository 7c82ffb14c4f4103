"""Nhận bàn giao từ đơn vị cũ: its file is opened for looking, what stands is shown, then taken over in one action."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services import own_unit, take_over
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.services.take_over import OldPart, RegisterLine, TakeOverPlan
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

TITLE = "Nhận bàn giao từ đơn vị cũ"
_KINDS = "Tệp sổ hoặc bản sao lưu (*.thidua)"
_CHOICES = [("", "Chưa nói"), ("here", "Về đơn vị này"), ("there", "Về nơi khác")]
_HEADS = ("Sổ", "Đang có", "Nhận", "Đã nhận", "Chờ phân", "Nơi khác")
_WAITING_SHOWN = 20


class TakeOverPage(Page):
    """Left the old file and, of a split, what comes here; right what would come. Nothing is written before "Nhận"."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle(TITLE)
        self.path: Path | None = None
        self.plan: TakeOverPlan | None = None
        self.choices: dict[str, ChoiceBox] = {}
        self._task: Task | None = None
        self._build()
        self._show_reason()
        self.follow(session)

    def _build(self) -> None:
        look = self.look
        self.take_button = filled(look, "Nhận bàn giao", "check")
        self.take_button.clicked.connect(lambda: self.start(take=True))
        self.head = PageHead(look, TITLE, "Quản trị", actions=(self.take_button,))
        self.file_button = bordered(look, "Chọn tệp sổ hoặc bản sao lưu", "folder-open")
        self.file_button.clicked.connect(self.ask_file)
        self.file = caption("Chưa chọn tệp nào.", wrap=True)
        self.password = PlainLine(look, "Mật khẩu của sổ cũ", secret=True)
        self.sheet = PlainLine(look, "Dãy chữ trên phiếu khôi phục")
        self.sheet.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)  # never kept for later
        self.open_button = bordered(look, "Mở để xem", "eye")
        self.open_button.clicked.connect(self.look_in)
        self.password.returnPressed.connect(self.look_in)
        self.notice = Notice(look, State.INFO, "", "")
        self.lines, self.waiting = QGridLayout(), label("", ink="text-2", wrap=True)
        look.margins(self.lines, 0, 0, 0, 0, 6)
        self.lines.setColumnStretch(0, 1)
        self.parts = QGridLayout()
        look.margins(self.parts, 0, 0, 0, 0, 6)
        self.parts.setColumnStretch(0, 1)
        self.parts_card = Card(look, "Phần nào về đơn vị này", flush=True)
        self.parts_card.hide()
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(12))
        left = QVBoxLayout()
        left.setSpacing(look.px(12))
        left.addWidget(self._source())
        holder = QWidget()
        column = QVBoxLayout(holder)
        look.margins(column, 16, 12, 16, 16, 8)
        column.addLayout(self.parts)
        column.addStretch(1)
        self.parts_card.add(scrolling(holder, "Phần nào về đơn vị này"), 1)
        left.addWidget(self.parts_card, 1)
        left.addStretch(0)
        middle.addLayout(left, 1)
        middle.addWidget(self._result(), 1)
        outer.addLayout(middle, 1)

    def _source(self) -> Card:
        look, card = self.look, Card(self.look, "Sổ của đơn vị cũ")
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 10)
        known = own_unit.predecessors(self.session)
        names = [unit.name for code, change in known.items() for unit in change.ending if unit.code == code]
        column.addWidget(caption(f"Nhận từ: {', '.join(names)}" if names else "Chưa có đơn vị nào để nhận.", wrap=True))
        column.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.file)
        column.addWidget(FormRow(look, "Mật khẩu của sổ cũ", self.password))
        column.addWidget(FormRow(look, "Hoặc phiếu khôi phục", self.sheet, "Gõ 14 nhóm chữ trên phiếu."))
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.add_padded(column, top=12, bottom=12)
        return card

    def _result(self) -> Card:
        card, holder = Card(self.look, "Nhận những gì", flush=True), QWidget()
        column = QVBoxLayout(holder)
        self.look.margins(column, 16, 12, 16, 16, 8)
        column.addWidget(self.notice)
        column.addLayout(self.lines)
        column.addWidget(self.waiting)
        column.addStretch(1)
        self.notice.set_notice(
            State.INFO, "Chưa mở sổ cũ.",
            "Tệp cũ chỉ được đọc, không thay đổi. Việc đã xong ở lại đơn vị cũ; phần đang có và việc còn chờ kết quả "
            "được chép về đây.",
        )  # fmt: skip
        card.add(scrolling(holder, "Nhận những gì"), 1)
        return card

    # What is asked

    def ask_file(self) -> None:
        """Asks for the old office's file."""
        path = file_to_open(self, "Chọn sổ của đơn vị cũ", _KINDS, Files.OFFICES)
        if path is not None:
            self.set_file(path)
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_file(self, path: Path) -> None:
        """The file to open; what was shown of another one goes."""
        self.path, self.plan = path, None
        self.file.setText(str(path))
        self._show_reason()

    def said(self) -> dict[str, bool] | None:
        """What the person says of each part; None before they were shown."""
        if not self.choices:
            return None
        return {key: box.chosen() == "here" for key, box in self.choices.items() if box.chosen()}

    def look_in(self) -> None:
        """Opens the old file and shows what would come."""
        self.start()

    def start(self, take: bool = False) -> None:
        """Opens the old file in a worker and looks, or takes over."""
        path, session, said = self.path, self.session, self.said()
        if path is None or self._task is not None:
            return
        password, sheet = self.password.text(), self.sheet.text().strip()

        def work(_control: TaskControl) -> object:
            with session.worker() as own, take_over.old_office(own, path, password, sheet) as old:
                done = take_over.apply(own, old, said) if take else None
                return done, take_over.plan(own, old, said)

        for button in (self.open_button, self.take_button):
            button.set_reason("Đang đọc sổ cũ")
        self._task = run_task(self, work)
        self._task.succeeded.connect(self._show_found)
        self._task.failed.connect(lambda error: show_error(self.look, error, self))
        self._task.finished.connect(self._on_finished)

    def is_busy(self) -> bool:
        """Whether the old file is being read."""
        return self._task is not None

    def _on_finished(self) -> None:
        self._task = None
        self._show_reason()
        if self.take_button.isEnabled():  # the next thing to do; what was looked at stands beside it
            self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reason(self) -> None:
        self.open_button.set_reason("" if self.path is not None else "Chọn tệp sổ của đơn vị cũ trước")
        reason = "" if self.plan is not None and self.plan.coming else "Mở sổ cũ để xem trước"
        if self.plan is not None and not self.plan.coming:
            reason = "Không còn gì mới để nhận" if not self.plan.waiting else "Nói phần nào về đơn vị này trước"
        self.take_button.set_reason(reason)

    # What is shown

    def _show_found(self, found: object) -> None:
        assert isinstance(found, tuple)
        done, self.plan = found
        if done is not None:
            self.session.announce(Changes(frozenset(self.session.definitions.registers)))
            count = format_number(done.coming)
            self.navigate.show_message(f"Đã nhận {count} bản ghi từ {done.name}. Ctrl+Z để lấy lại tất cả.")
        assert isinstance(self.plan, TakeOverPlan)
        self._show_plan(self.plan)

    def _show_plan(self, plan: TakeOverPlan) -> None:
        files = f", {format_number(plan.files)} tệp đính kèm" if plan.files else ""
        if plan.coming:
            words = f"{format_number(plan.coming)} bản ghi{files} sẽ chép về đây trong một lần, một lần hoàn tác."
            self.notice.set_notice(State.OK, plan.name, words)
        elif plan.waiting:
            self.notice.set_notice(State.WAITING, plan.name, "Nói phần nào về đơn vị này rồi bấm Mở để xem.")
        else:
            self.notice.set_notice(State.OK, plan.name, "Đã nhận đủ.")
        clear_layout(self.lines)
        for column, head in enumerate(_HEADS):
            self.lines.addWidget(caption(head), 0, column, _side(column))
        for row, line in enumerate(plan.lines, start=1):
            for column, text in enumerate(_cells(line)):
                self.lines.addWidget(label(text), row, column, _side(column))
        shown = plan.waiting_titles[:_WAITING_SHOWN]
        rest = plan.waiting - len(shown)
        more = [f"và {format_number(rest)} bản ghi khác"] if rest > 0 else []
        self.waiting.setText("Chờ phân:\n" + "\n".join([*shown, *more]) if shown else "")
        self._show_parts(plan.parts)

    def _show_parts(self, parts: tuple[OldPart, ...]) -> None:
        self.parts_card.setVisible(bool(parts))
        if set(self.choices) == {part.key for part in parts}:
            return
        clear_layout(self.parts)
        self.choices = {}
        for row, part in enumerate(parts):
            box = ChoiceBox(self.look, part.title, _CHOICES, {None: "", True: "here", False: "there"}[part.said])
            box.currentIndexChanged.connect(lambda _at: self._on_said())
            self.choices[part.key] = box
            self.parts.addWidget(label(f"{part.title}: {format_number(part.records)} bản ghi", wrap=True), row, 0)
            self.parts.addWidget(box, row, 1)

    def _on_said(self) -> None:
        """What is shown is of what was said before."""
        self.plan = None
        self.notice.set_notice(State.WAITING, "Đã nói khác.", "Bấm Mở để xem để đếm lại.")
        self._show_reason()

    # Page protocol

    def refresh(self, _changes: object = None) -> None:
        """After an undo what is shown as taken over is not here any more: the old file is looked at again."""
        if self.plan is not None:
            self.start()

    def title(self) -> str:
        return TITLE

    def help_key(self) -> str:
        return "take_over"

    def focus_first(self) -> None:
        self.file_button.setFocus()

    def regions(self) -> list[QWidget]:
        return [self.head, self.file_button, self.notice]


def _cells(line: RegisterLine) -> tuple[str, ...]:
    if line.closed:
        return (f"{line.title} (người được xem mới nhận)", *[""] * (len(_HEADS) - 1))
    numbers = (line.standing, line.coming, line.here, line.waiting, line.elsewhere)
    return (line.title, *(format_number(one) if one else "–" for one in numbers))


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
