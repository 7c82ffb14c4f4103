"""Gỡ gói: which packages were taken in, what taking one back would do, and the reason for it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QMessageBox, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import undoing
from thidua_desktop.services.handoff.undoing import PackageEntry, UndoPlan
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.text import format_moment, format_number
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.fields import FieldLabel
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.list_beside import ListBeside
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error

_KEPT_SHOWN = 30


class UndoPage(Page):
    """Left the packages that can be taken back now, right what would happen. ``ask`` may be replaced (tests)."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Gỡ gói đã nhập")
        self.entries: list[PackageEntry] = []
        self.plan: UndoPlan | None = None
        self.work = LongWork(look, self)
        self._asker = Asker(session, self)
        self._asker.failed.connect(self._say_why_not)
        self._listing = Asker(session, self)
        self._listing.failed.connect(lambda error: show_error(self.look, error, self))
        self._build()
        self.follow(session)
        self.load()

    def _build(self) -> None:
        look = self.look
        self.undo_button = filled(look, "Gỡ gói này", "undo-2")
        self.undo_button.clicked.connect(self.undo)
        self.head = PageHead(
            look,
            "Gỡ gói đã nhập",
            "Hộp thư gói" if self.session.is_province else "Gửi – nhận",
            actions=(self.undo_button,),
        )
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self._what = QWidget()
        self._column = QVBoxLayout(self._what)
        look.margins(self._column, 16, 10, 16, 12, 6)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Lý do gỡ")
        self.reason.setMaxLength(undoing.LONGEST_REASON)
        foot = QWidget()
        line = QVBoxLayout(foot)
        look.margins(line, 0, 0, 0, 0, 4)
        line.addWidget(FieldLabel("Lý do gỡ", required=True))
        line.addWidget(self.reason)
        right = Card(look, "Gỡ thì sao", flush=True)
        right.add(scrolling(self._what, "Gỡ gói thì mất gì, còn gì"), 1)
        right.add_padded(foot)
        leave = bordered(look, "Về trang trước", "chevron-left")
        leave.clicked.connect(self.navigate.back)
        none = EmptyState(
            look, "Gói nhập xong thì hiện ở đây, gói mới nhất trước.", (leave,), "Chưa có gói nào gỡ được", "inbox"
        )
        self.beside = ListBeside(look, "Các gói gỡ được", right, none, (self.undo_button,))
        self.beside.shown.connect(self._show)
        self.list = self.beside.list
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.beside, 1)

    def load(self) -> None:
        """The packages that can be taken back now, read off the window's thread."""
        self._listing.ask(undoing.undoable_packages, self._show_entries)

    def _show_entries(self, entries: list[PackageEntry]) -> None:
        self.entries = entries
        self.beside.fill(
            [
                f"Gói {entry.number} của {entry.details.get('name', entry.office)}, máy {entry.installation[-4:]}\n"
                f"Nhập {format_moment(entry.at)}, {entry.actor}"
                for entry in self.entries
            ]
        )

    def undo(self) -> None:
        """Takes the chosen package back, after asking once more."""
        plan = self.plan
        if plan is None or not self.ask(plan):
            return
        reason = self.reason.text()
        take_back = in_office(self.session, lambda own: undoing.undo_package(own, plan, reason))
        self.work.start("Đang gỡ gói", take_back, lambda _done: self._on_undone(plan), stoppable=True)

    def _on_undone(self, plan: UndoPlan) -> None:
        self.session.announce(Changes(frozenset(self.session.definitions.registers)))
        self.reason.clear()
        self.load()
        self.navigate.show_message(f"Đã gỡ gói {plan.number} của {plan.office_name}")

    def ask(self, plan: UndoPlan) -> bool:
        """Whether the person means it."""
        words = f"{plan.words}. Gỡ gói {plan.number} của {plan.office_name}?"
        return QMessageBox.question(self, "Gỡ gói", words) is QMessageBox.StandardButton.Yes

    def refresh(self, changes: object = None) -> None:
        if isinstance(changes, Changes) and self.isVisible():
            self.load()

    def focus_first(self) -> None:
        self.list.setFocus()

    def help_key(self) -> str:
        return "undo"

    def regions(self) -> list[QWidget]:
        return [self.head, self.list, self._what, self.reason]

    def _show(self, row: int) -> None:
        clear_layout(self._column)
        self.plan = None
        self.undo_button.set_reason("Đang xem gỡ gói này thì sao")
        if not 0 <= row < len(self.entries):
            return
        entry = self.entries[row]
        wanted = (entry.office, entry.installation, entry.number)
        self._asker.ask(lambda reading: undoing.plan_undo(reading, *wanted), self._show_plan)

    def _say_why_not(self, error: BaseException) -> None:
        self.undo_button.set_reason("Gói này không gỡ được")
        if isinstance(error, UserError):
            self._column.addWidget(label(f"{error.sentence} {error.remedy}", wrap=True))
        else:
            show_error(self.look, error, self)

    def _show_plan(self, plan: UndoPlan) -> None:
        self.plan = plan
        self.undo_button.set_reason("")
        self._column.addWidget(label(plan.words, TextRole.STRONG, wrap=True))
        self._column.addWidget(caption("Sổ trở lại như trước gói; gói ấy nhập lại được lúc nào cũng được.", wrap=True))
        for one in plan.registers:
            parts = [
                f"{words} {format_number(count)}"
                for words, count in (("bỏ", one.removed), ("trả về như trước", one.returned), ("giữ lại", one.kept))
                if count
            ]
            self._column.addWidget(label(f"{one.title}: {', '.join(parts)}", wrap=True))
        for report in plan.reports:
            self._column.addWidget(label(f"Bỏ báo cáo đã chốt: {report}", wrap=True))
        if plan.kept:
            self._column.addWidget(label("Giữ lại vì", TextRole.STRONG))
        for kept in plan.kept[:_KEPT_SHOWN]:
            self._column.addWidget(label(kept.title, wrap=True))
            self._column.addWidget(caption(kept.why, wrap=True))
        if plan.kept_count > _KEPT_SHOWN:
            self._column.addWidget(caption(f"… và {format_number(plan.kept_count - _KEPT_SHOWN)} bản ghi nữa"))
        self._column.addStretch(1)
