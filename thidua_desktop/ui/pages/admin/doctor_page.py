"""Kiểm tra máy: everything ``thidua doctor`` looks at and the open office, with what to do; copied for support."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.services import doctor
from thidua_desktop.services.doctor import DoctorFinding
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.in_turns import WHOLE_TURN, InTurns
from thidua_desktop.ui.components.labels import StateLabel, breakable, caption, label
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.office_cards import NOT_ALLOWED
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

_ROWS_OF_A_TURN = 6


class DoctorPage(Page):
    """One line a finding: good or not, what was seen, what to do. The whole office file is read on another thread."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Kiểm tra máy")
        self.findings: list[DoctorFinding] = []
        self._task: Task | None = None
        self._turns = InTurns(self)
        self.copy_button = bordered(look, "Chép", "copy")
        self.support_button = bordered(look, "Gói hỗ trợ…", "package")
        self.again_button = bordered(look, "Kiểm tra lại", "refresh-cw")
        actions = (self.copy_button, self.support_button, self.again_button)
        self.head = PageHead(look, "Kiểm tra máy", "Quản trị", actions=actions)
        self.notice = Notice(look, State.INFO, "")
        self.notice.hide()
        self.progress = ProgressStrip(look, cancellable=False)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._build()
        self.start()

    def _build(self) -> None:
        look = self.look
        look.margins(self._grid, 16, 12, 16, 12, 10)
        self._grid.setColumnStretch(1, 1)
        card = Card(look, "Máy này và sổ đang mở", flush=True)
        card.add(scrolling(self._rows, "Những điều đã xem"), 1)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        for widget in (self.head, self.notice, self.progress):
            outer.addWidget(widget)
        outer.addWidget(card, 1)
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.copy_button.clicked.connect(self.copy)
        self.support_button.clicked.connect(self.ask_support)
        self.again_button.clicked.connect(self.start)
        if not self.session.may(Permission.HAND_OVER):
            self.support_button.set_reason(NOT_ALLOWED)

    def start(self) -> None:
        """Looks at everything anew."""
        if self._task is not None:
            return
        session = self.session

        def work(_control: TaskControl) -> list[DoctorFinding]:
            reader = session.reader()
            try:
                return [*doctor.examine(session.clock), *doctor.examine_office(reader)]
            finally:
                reader.close()

        self.again_button.set_reason("Đang kiểm tra")
        self.copy_button.set_reason("Đang kiểm tra")
        self.progress.start("Đang xem máy và đọc cả tệp sổ")
        self._task = run_task(self, work)
        self._task.succeeded.connect(self._show)
        self._task.failed.connect(lambda error: show_error(self.look, error, self))
        self._task.finished.connect(self._on_finished)

    def copy(self) -> None:
        """All lines onto the clipboard."""
        QGuiApplication.clipboard().setText(doctor.as_text(self.findings))
        self.navigate.show_message("Đã chép. Dán vào thư, tin nhắn gửi người hỗ trợ.", "copy", "text-2")

    def ask_support(self) -> None:
        """The bundle, which holds nothing of any person."""
        from thidua_desktop.ui.pages.admin.support_dialog import SupportDialog

        dialog = SupportDialog(self.look, self.session, self)
        dialog.accepted.connect(lambda: self.navigate.show_message("Đã ghi gói hỗ trợ."))
        dialog.open()

    def _show(self, findings: list[DoctorFinding]) -> None:
        self.findings = findings
        clear_layout(self._grid)
        self._turns.do([*(partial(self._add, *at) for at in enumerate(findings)), partial(self._tell, findings)])

    def _tell(self, findings: list[DoctorFinding]) -> None:
        self._grid.setRowStretch(len(findings), 1)
        wrong = sum(1 for one in findings if not one.good)
        if wrong:
            self.notice.set_notice(State.WARN, f"{wrong} điều cần sửa", "Làm theo dòng chỉ dẫn rồi bấm Kiểm tra lại.")
        else:
            self.notice.set_notice(State.OK, "Máy và sổ đều tốt", f"{len(findings)} điều đã xem đều đạt.")
        self.notice.show()

    def _add(self, row: int, finding: DoctorFinding) -> object:
        state = State.OK if finding.good else State.WARN
        self._grid.addWidget(StateLabel(self.look, state, finding.name, role=TextRole.BASE), row, 0)
        words = QVBoxLayout()
        words.addWidget(label(breakable(finding.text), wrap=True, selectable=True))
        if finding.advice:
            words.addWidget(caption(finding.advice, "warn", wrap=True))
        self._grid.addLayout(words, row, 1)
        return WHOLE_TURN if row % _ROWS_OF_A_TURN == _ROWS_OF_A_TURN - 1 else None

    def _on_finished(self) -> None:
        self._task = None
        self.progress.finish()
        self.again_button.set_reason("")
        self.copy_button.set_reason("")

    def title(self) -> str:
        return "Kiểm tra máy"

    def focus_first(self) -> None:
        self.again_button.setFocus()

    def help_key(self) -> str:
        return "doctor"

    def regions(self) -> list[QWidget]:
        return [self.head, self._rows]
