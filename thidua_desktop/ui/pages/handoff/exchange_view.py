"""Máy khác của cơ quan: a package for the other machine, the other machine's package, and what people must decide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import conflicts, exchange_state, sideways
from thidua_desktop.services.handoff.sideways import Exchanged, ExchangePlan, MadeExchange, Meeting
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.file_choice import file_to_open, folder_to_use
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task, work_line

_NOBODY = (
    "Ở máy thứ hai lập tệp sổ mới cho cùng đơn vị, để trống khu dân cư, rồi bấm “Máy này là máy thứ hai”. Sau đó hai "
    "máy nhận thẻ của nhau ở mục Nhận của tỉnh. Không chép tệp sổ sang máy kia."
)
_FATES = (
    (Meeting.NEW, "mới"), (Meeting.TAKEN, "máy kia sửa"), (Meeting.MERGED, "hai máy sửa, tự gộp được"),
    (Meeting.DELETED, "xóa"), (Meeting.CONFLICT, "phải quyết định"), (Meeting.SET_ASIDE, "để riêng"),
)  # fmt: skip


class ExchangeView(QWidget):
    """``told`` carries good news; ``conflicts_wanted`` and ``undo_wanted`` ask for their pages."""

    told = Signal(str)
    conflicts_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self.plan: ExchangePlan | None = None
        self._task: Task | None = None
        self._pool = work_line(self)
        self.ask_folder: Callable[[], Path | None] = self._ask_folder
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self._build()
        self.refresh()

    def _build(self) -> None:
        look = self._look
        self.notice = Notice(look, State.INFO, "")
        self.make_button = filled(look, "Lập gói cho máy kia", "usb")
        self.open_button = bordered(look, "Mở gói của máy kia", "inbox")
        self.take_button = filled(look, "Nhập gói này", "check")
        self.conflicts_button = bordered(look, "Xem xung đột", "list-checks")
        self.undo_button = bordered(look, "Gỡ gói đã nhập", "undo-2")
        self.begin_button = bordered(look, "Máy này là máy thứ hai", "copy")
        self._made = label("", wrap=True)
        self._lines = QVBoxLayout()
        look.margins(self._lines, 0, 0, 0, 0, 4)
        give = self._card("Gửi sang máy kia", (self._made,), (self.make_button, self.begin_button))
        take = self._card("Nhận của máy kia", (), (self.open_button, self.take_button, self.undo_button), self._lines)
        self._question = label("", wrap=True)
        decide = self._card("Hai máy ghi khác nhau", (self._question,), (self.conflicts_button,))
        self._columns = QHBoxLayout()
        look.margins(self._columns, 0, 0, 0, 0, 12)
        for card in (give, take, decide):
            self._columns.addWidget(card, 1)
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 12)
        outer.addWidget(self.notice)
        outer.addLayout(self._columns)
        outer.addStretch(1)
        self.make_button.clicked.connect(self.make)
        self.begin_button.clicked.connect(self.begin)
        self.open_button.clicked.connect(self.open)
        self.take_button.clicked.connect(self.take)
        self.conflicts_button.clicked.connect(self.conflicts_wanted)
        self.undo_button.clicked.connect(self.undo_wanted)

    def _card(
        self, title: str, words: tuple[QWidget, ...], buttons: tuple[QWidget, ...], lines: QVBoxLayout | None = None
    ) -> Card:
        card, content = Card(self._look, title), QWidget()
        column = QVBoxLayout(content)
        self._look.margins(column, 0, 0, 0, 0, 8)
        for widget in words:
            column.addWidget(widget)
        if lines is not None:
            column.addLayout(lines)
        for button in buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        card.add_padded(content)
        return card

    def refresh(self) -> None:
        """Which machines are known, and how much waits for a decision."""
        others = exchange_state.peers(self._session)
        open_now = len(conflicts.conflicts(self._session))
        if others:
            names = ", ".join(one.installation[-4:] for one in others)
            words = "Gói mang mọi sổ, cả phần không gửi tỉnh; chỉ máy của cơ quan mở được."
            self.notice.set_notice(State.OK, f"Đã nhận thẻ của máy {names}", words)
        else:
            self.notice.set_notice(State.INFO, "Chưa có máy nào khác", _NOBODY)
        for button in (self.make_button, self.open_button):
            button.set_reason("" if others else "Chưa nhận thẻ của máy kia")
        self.begin_button.setVisible(sideways.can_begin(self._session))
        self.conflicts_button.set_reason("" if open_now else "Không có gì phải quyết định")
        words = f"{open_now} bản ghi có ô hai giá trị, chờ một người quyết định." if open_now else (
            "Không có gì phải quyết định. Mỗi máy sửa ô khác nhau thì chương trình tự gộp."
        )  # fmt: skip
        self._question.setText(words)
        if not self._made.text():
            self._made.setText("Gói gồm mọi thay đổi mà máy kia chưa báo đã nhận; mất USB thì gói sau vẫn đủ.")
        if self.plan is None:
            self._show_lines(["Mở gói trên USB để xem sẽ thay đổi gì; chưa bấm Nhập thì sổ chưa đổi."])
        self.take_button.setVisible(self.plan is not None)

    def make(self) -> None:
        """Asks for a place and writes the package there, off the window's thread."""
        folder = self.ask_folder()
        if folder is not None:
            self._work(lambda session: sideways.make_exchange(session, folder), self._on_made)

    def begin(self) -> None:
        """This machine is the new one: letterhead, signers and calendar come from the machine that works already."""
        try:
            sideways.begin(self._session)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self._made.setText("Đã ghi: thông tin chung của cơ quan lấy theo máy đã có. Nay nhập gói của máy ấy.")
        self.told.emit("Đã đánh dấu máy này là máy thứ hai")

    def open(self) -> None:
        """Asks for a package and shows what it would do."""
        path = self.ask_file()
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Shows what a package would do; nothing is written."""
        self._work(lambda session: sideways.look_at_exchange(session, path), self.show_plan)

    def show_plan(self, plan: ExchangePlan) -> None:
        """What the package would do here."""
        self.plan = plan
        lines = [f"Gói {plan.number} của máy {plan.installation[-4:]}"]
        lines += [f"{format_number(count)} {words}" for fate, words in _FATES if (count := plan.total(fate))]
        if len(lines) == 1:
            lines.append("Không có gì mới so với máy này.")
        self._show_lines([*lines, *plan.set_aside[:5], *((plan.gap,) if plan.gap else ())])
        self.take_button.show()

    def take(self) -> None:
        """Takes the shown package in; many deletions are asked about."""
        plan = self.plan
        if plan is None:
            return
        deletions = plan.total(Meeting.DELETED)
        many = deletions > sideways.DELETIONS_WITHOUT_ASKING
        if many and not self._means_it(deletions):
            return
        self._work(lambda session: sideways.take_exchange(session, plan, deletions_confirmed=many), self._on_taken)

    def _means_it(self, deletions: int) -> bool:
        words = f"Gói này xóa {format_number(deletions)} bản ghi ở máy này. Nhập?"
        return QMessageBox.question(self, "Nhập gói", words) is QMessageBox.StandardButton.Yes

    def _on_made(self, made: MadeExchange) -> None:
        self._made.setText(f"Đã ghi {made.path.name}: {format_number(made.records)} bản ghi. Rút USB được rồi.")
        self.told.emit(f"Đã lập gói {made.number} cho máy kia")

    def _on_taken(self, done: Exchanged) -> None:
        self.plan = None
        self._session.announce(Changes(frozenset(self._session.definitions.registers)))
        self.refresh()
        more = f", {done.conflicts} bản ghi phải quyết định" if done.conflicts else ""
        self.told.emit(f"Đã nhập gói {done.number} của máy kia{more}")

    def _work(self, work: Callable[[Session], object], then: Callable[..., None]) -> None:
        if self._task is not None:
            return
        session = self._session

        def run(_control: TaskControl) -> object:
            with session.worker() as working:
                return work(working)

        self._task = run_task(self, run, self._pool)
        self._task.succeeded.connect(then)
        self._task.failed.connect(self._on_failed)
        self._task.finished.connect(self._on_finished)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._show_lines([f"{error.sentence} {error.remedy}"])
        else:
            show_error(self._look, error, self)

    def _on_finished(self) -> None:
        self._task = None

    def _show_lines(self, lines: list[str]) -> None:
        clear_layout(self._lines)
        for place, words in enumerate(lines):
            strong = TextRole.STRONG if self.plan is not None and not place else TextRole.BASE
            self._lines.addWidget(label(words, strong, wrap=True))

    def _ask_folder(self) -> Path | None:
        return folder_to_use(self, "Chọn USB hoặc thư mục", Files.PACKAGES)

    def _ask_file(self) -> Path | None:
        return file_to_open(self, "Gói của máy kia", "Gói (*.tdp)", Files.PACKAGES)
