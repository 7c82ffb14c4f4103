"""Gửi – nhận of a commune: what goes, which stick, written and checked; below it every package ever made."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.paths import is_there
from thidua_desktop.services import own_unit
from thidua_desktop.services.handoff import cards, outgoing
from thidua_desktop.services.handoff.finding import Found
from thidua_desktop.services.handoff.history import made_rows, slip_of_number
from thidua_desktop.services.handoff.kinds import Arrival, Came
from thidua_desktop.services.handoff.orders import FoundDirective
from thidua_desktop.services.handoff.outgoing import MadePackage, Outgoing
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components import paper_output
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import IconLabel
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.paper_pictures import sheets_of
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.content_card import ContentCard
from thidua_desktop.ui.pages.handoff.directive_card import DirectiveCard
from thidua_desktop.ui.pages.handoff.exchange_view import ExchangeView
from thidua_desktop.ui.pages.handoff.found_card import FoundCard
from thidua_desktop.ui.pages.handoff.history_card import HistoryCard
from thidua_desktop.ui.pages.handoff.introduction import IntroductionView
from thidua_desktop.ui.pages.handoff.receipt_card import ReceiptCard
from thidua_desktop.ui.pages.handoff.stick_card import StickCard
from thidua_desktop.ui.pages.handoff.update_card import UpdateCard
from thidua_desktop.ui.pages.handoff.words import size_text
from thidua_desktop.ui.pages.handoff.write_card import WriteCard, WriteState
from thidua_desktop.ui.shell.in_sight import bring_into_sight
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task, work_line

SEND, RECEIVE, EXCHANGE = range(3)
TO_RECEIVE = "receive"
"""Opened with this, the page shows where packages of the province are taken."""
TO_AWARDS = "awards"
"""Opened with this, the page shows what the province decided on proposals for awards."""
_LEADS_TO = {own_unit.BEGINS: "Nhận bàn giao", own_unit.NAME: "Xem tên mới"}
"""What the button beside news of this unit says; both are done in Quản trị."""
_CARD_HEIGHT = 356


class HandoffPage(Page):
    """The commune's room. ``open_with`` takes an ``Arrival``.

    ``slip_printer(parent, pdf, title)`` may be replaced (tests).
    """

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Gửi – nhận")
        self.made: MadePackage | None = None
        self._task: Task | None = None
        self._started = 0.0
        self._to_stick = False
        self._counting = Asker(session, self)
        self._counting.failed.connect(lambda error: show_error(self.look, error, self))
        self._pool = work_line(self)
        self.printing = LongWork(look, self)
        self._file_name = ""
        self.slip_printer: Callable[[QWidget, bytes, str], None] = self._print_slip
        self._build()
        self._connect()
        self._reload = QTimer(self, singleShot=True, interval=0)
        self._reload.timeout.connect(self.reload)
        self.follow(session)
        self.reload()

    # Building

    def _build(self) -> None:
        look = self.look
        self.views = Segments(look, ("Gửi lên tỉnh", "Nhận của tỉnh", "Máy khác của cơ quan"), SEND, "Gửi hay nhận")
        self.whose = IconLabel(look, "lock", "", "text-2", gives_way=True)
        self.head = PageHead(look, "Gửi – nhận", scope=(self.views,), actions=(self.whose,))
        self.content, self.stick, self.write = ContentCard(look), StickCard(look), WriteCard(look)
        self.history = HistoryCard(look)
        self.introduction = IntroductionView(self.session, look)
        self.found = FoundCard(self.session, look)
        self.receipt = ReceiptCard(self.session, look)
        self.directive = DirectiveCard(self.session, look)
        self.update_card = UpdateCard(self.session, look)
        self.notice = Notice(look, State.INFO, "")
        self._columns = QHBoxLayout()
        look.margins(self._columns, 0, 0, 0, 0, 12)
        for card in (self.content, self.stick, self.write):
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)  # three equal ones
            self._columns.addWidget(card, 1)
        send = QWidget()
        column = QVBoxLayout(send)
        look.margins(column, 0, 0, 0, 0, 12)
        column.addLayout(self._columns, 1)  # they take what a short history leaves
        column.addWidget(self.history, 1)
        receive = QWidget()
        other = QVBoxLayout(receive)
        look.margins(other, 0, 0, 0, 0, 12)
        other.addWidget(self.notice)
        other.addWidget(self.found)
        other.addWidget(self.receipt)
        other.addWidget(self.directive)
        other.addWidget(self.update_card)
        other.addWidget(self.introduction, 1)
        self.exchange = ExchangeView(self.session, look)
        self._views = (send, scrolling(receive, "Nhận của tỉnh"), self.exchange)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        self.unit = Notice(look, State.WARN, "", below=True)
        self.unit_button = bordered(look, "", "file-input")
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(self.unit, 1)
        row.addWidget(self.unit_button, 0, Qt.AlignmentFlag.AlignTop)
        outer.addWidget(self.head)
        outer.addLayout(row)
        for widget in self._views:  # not a stack: the hidden one must not make the page higher
            outer.addWidget(widget, 1)
        look.follow(self, self._size_cards)
        self.show_view(SEND)

    def _size_cards(self) -> None:
        for card in (self.content, self.stick, self.write):
            card.setMinimumHeight(self.look.px(_CARD_HEIGHT))

    def _connect(self) -> None:
        self.views.chosen.connect(self.show_view)
        self.stick.chosen.connect(self._on_place)
        self.content.size_changed.connect(self._tell_room)
        self.stick.folder_chosen.connect(self.focus_first)
        self.write.write_wanted.connect(self.start_writing)
        self.write.stop_wanted.connect(self._stop)
        self.write.slip_wanted.connect(self._slip_of_made)
        self.write.again_wanted.connect(self._write_again)
        self.history.slip_wanted.connect(self.print_slip)
        self.introduction.accepted.connect(self.reload)
        self.introduction.told.connect(self.navigate.show_message)
        self.exchange.told.connect(self.navigate.show_message)
        self.exchange.conflicts_wanted.connect(self.show_conflicts)
        self.exchange.undo_wanted.connect(self.show_undo)
        self.found.found.connect(self._show_found)
        self.found.opened.connect(self.open_with)
        self.receipt.told.connect(self.navigate.show_message)
        self.receipt.taken.connect(self._on_taken)
        self.receipt.opened.connect(self.navigate.open_room)
        self.receipt.awards_wanted.connect(self.show_awards)
        self.unit_button.clicked.connect(lambda: self.navigate.open_room("admin", "unit"))
        self.directive.told.connect(self.navigate.show_message)
        self.directive.taken.connect(self._on_taken)
        self.directive.finder.found.connect(self._look_for_update)
        self.update_card.chosen.connect(lambda path: self.navigate.open_room("admin", path))
        QShortcut(QKeySequence("Ctrl+2"), self).activated.connect(self.history.table.setFocus)

    # What is shown

    def reload(self) -> None:
        """Reads what would go and what was made again."""
        own = self.session.file.identity.code
        self._show_unit()
        known = cards.known_offices(self.session)
        offices = [one for one in known if one.status == cards.ACCEPTED and one.code != own]
        self._counting.ask(outgoing.what_would_go, self._show_outgoing)
        self.history.show_rows(made_rows(self.session))
        self.receipt.setVisible(bool(offices))
        self.receipt.refresh()
        self.exchange.refresh()
        self.directive.setVisible(bool(offices))
        self.directive.refresh()
        self.update_card.refresh()
        if offices:
            first = " ".join(offices[0].fingerprint.split()[:3])
            self.whose.set_content("lock", f"Chỉ {offices[0].name} mở được gói, vân tay khóa {first}", "text-2")
            self.notice.set_notice(
                State.INFO, "Thẻ của tỉnh đã nhận", "Có thể gửi gói. Khi tỉnh đổi khóa, nhận thẻ mới ở đây."
            )
        else:
            self.whose.set_content("lock", "Chưa nhận thẻ của tỉnh", "text-2")
            self.notice.set_notice(
                State.WARN, "Chưa gửi được gói",
                "Máy này chưa biết khóa của tỉnh. Làm hai bước dưới đây một lần, sau đó gửi như thường.",
            )  # fmt: skip
            if self.views.current() != EXCHANGE:
                self.show_view(RECEIVE)
        self._on_place()

    def _show_outgoing(self, found: Outgoing) -> None:
        self.content.show_outgoing(found)
        if self.made is not None and not outgoing.carries_all(self.session, self.made.number):
            self.made = None  # written since: "Đã ghi xong" would be taken for that too
            self.write.show_waiting(self.stick.is_stick())
            self._on_place()
        self._file_name = found.file_name
        self._tell_room()

    def _tell_room(self) -> None:
        """How much room the package needs; of one that is made its name and its size stand."""
        if self.made is None and self._file_name:
            prefix = f"THIDUA_{self.session.file.identity.code}_"
            self.stick.set_package(self._file_name, self.content.package_bytes(), prefix)

    def _show_unit(self) -> None:
        """That this unit ends, begins or has another name, in the words of Hôm nay."""
        found = own_unit.news(self.session)
        if found:
            words = dict.fromkeys(one.detail for one in found)
            self.unit.set_notice(State.WARN, "; ".join(one.title for one in found), " ".join(words))
        set_shown(self.unit, bool(found))
        leads_to = next((_LEADS_TO[one.what] for one in found if one.what in _LEADS_TO), "")
        self.unit_button.set_content(leads_to, "file-input")
        set_shown(self.unit_button, bool(leads_to))

    def show_view(self, view: int) -> None:
        """Sending or receiving."""
        self.views.set_current(view)
        for at, widget in enumerate(self._views):
            widget.setVisible(at == view)

    def _look_for_update(self, found: list[FoundDirective]) -> None:
        """Beside a directive its province may have laid a later version of the program."""
        if found:
            self.update_card.look_beside(found[0].path)

    def _show_found(self, found: Found) -> None:
        """Each kind where it is taken; of what was not found its card says what it said before."""
        if found.updates:
            self.update_card.show_found(list(found.updates))
        if found.directives and not self.directive.isHidden():
            self.directive.show_found(list(found.directives))
        if found.receipts and not self.receipt.isHidden():
            self.receipt.show_found(list(found.receipts))

    def _on_taken(self) -> None:
        """What was taken in is shown; the keys go on to what else was found, then to what is to be mended."""
        self.reload()
        left = (
            self.receipt.take_button, self.directive.apply_button, self.update_card.open_button,
            *self.receipt.to_do(), self.unit_button, self.found.find_button,
        )  # fmt: skip
        on = next(one for one in left if one.isVisibleTo(self))
        bring_into_sight(on, on)

    def show_conflicts(self) -> None:
        """What two machines of the office wrote differently."""
        from thidua_desktop.ui.pages.handoff.conflicts_page import ConflictsPage

        self.navigate.push(ConflictsPage(self.session, self.look, self.navigate))

    def show_awards(self) -> None:
        """What the province decided on proposals for awards."""
        from thidua_desktop.ui.pages.handoff.award_results_page import AwardResultsPage

        self.navigate.push(AwardResultsPage(self.session, self.look, self.navigate))

    def show_undo(self) -> None:
        """Packages that can be taken back."""
        from thidua_desktop.ui.pages.handoff.undo_page import UndoPage

        self.navigate.push(UndoPage(self.session, self.look, self.navigate))

    def _on_place(self) -> None:
        if self.write.current in (WriteState.WRITING, WriteState.DONE):
            return
        if self.stick.folder() is None:
            self.write.show_no_place()
        elif self.write.current is not WriteState.FAILED:
            self.write.show_waiting(self.stick.is_stick(), copy=self.made is not None)

    # Writing

    def start_writing(self) -> None:
        """Makes the package in the chosen place, or copies the one just made, in a worker."""
        folder = self.stick.folder()
        if folder is None or self._task is not None:
            return
        session, made, with_files = self.session, self.made, self.content.with_files.isChecked()

        def work(control: TaskControl) -> object:
            if made is not None and is_there(made.path) and made.path.parent != folder:
                return _copied(made, outgoing.copy_package(made.path, folder))
            with session.worker() as working:
                return outgoing.make_package(working, folder, control.progress, with_files)

        self._started = time.monotonic()
        self._to_stick = self.stick.is_stick()
        self.write.show_writing(self._to_stick)
        self.stick.setEnabled(False)
        task = run_task(self, work, self._pool)
        task.progressed.connect(self.write.set_progress)
        task.succeeded.connect(self._on_made)
        task.failed.connect(self._on_failed)
        task.stopped.connect(self._on_stopped)
        task.finished.connect(self._on_finished)
        self._task = task

    def _on_made(self, made: MadePackage) -> None:
        self.made = made
        seconds = round(time.monotonic() - self._started)
        now = f"{self.session.now():%H:%M}"
        self.write.show_done(self._to_stick, now, size_text(made.size), seconds, made.path.name)
        self.session.announce(Changes(frozenset()))

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.write.show_failed(error)
        else:
            self.write.show_waiting(self.stick.is_stick())
            show_error(self.look, error, self)

    def _on_stopped(self) -> None:
        self.write.show_waiting(self.stick.is_stick())
        self.navigate.show_message("Đã dừng, chưa có gói nào được lập", "info", "text-2")

    def _on_finished(self) -> None:
        self._task = None
        self.stick.renew()
        self.stick.setEnabled(True)
        self.refresh()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _write_again(self) -> None:
        self.write.show_waiting(self.stick.is_stick(), copy=True)
        self._on_place()
        self.stick.setFocus()

    # Slips

    def _slip_of_made(self) -> None:
        if self.made is not None:
            self.slip_printer(self, self.made.slip_pdf, f"phieu-ban-giao-goi-{self.made.number}")

    def print_slip(self, number: int) -> None:
        """The slip of an earlier package."""
        session = self.session

        def work(_control: TaskControl) -> object:
            with closing(session.reader()) as reading:
                return slip_of_number(reading, number)

        task = run_task(self, work, self._pool)
        task.succeeded.connect(lambda pdf: self.slip_printer(self, pdf, f"phieu-ban-giao-goi-{number}"))
        task.failed.connect(lambda error: show_error(self.look, error, self))

    def _print_slip(self, parent: QWidget, pdf: bytes, title: str) -> None:
        printer = paper_output.ask_printer(parent, title, len(sheets_of(pdf)))
        if printer is not None:
            told = "Đã gửi phiếu bàn giao đến máy in"
            paper_output.send_to_printer(self.printing, pdf, printer, lambda: self.navigate.show_message(told))

    # Page

    def open_with(self, argument: object) -> None:
        if argument in (TO_RECEIVE, TO_AWARDS):
            self.show_view(RECEIVE)
        if argument == TO_AWARDS:
            QTimer.singleShot(0, self, self.show_awards)  # this page is shown first
        if not isinstance(argument, Arrival):
            return
        self.show_view(EXCHANGE if argument.kind is Came.EXCHANGE else RECEIVE)
        path = argument.path
        if argument.kind is Came.EXCHANGE:
            self.exchange.open_file(path)
        elif argument.kind is Came.CARD:
            self.introduction.open_card(path)
        elif argument.kind is Came.ACCEPTANCE:
            self.introduction.open_acceptance(argument.path)
        elif argument.kind is Came.KEY_CHANGE:
            self.introduction.open_change(path)
        elif not self.receipt.isHidden():
            card = self.receipt if argument.kind is Came.RECEIPT else self.directive
            card.finder.look_into(path.parent, path)

    def can_leave(self) -> bool:
        if self._task is not None:
            self.navigate.show_message("Đang ghi gói, chờ xong hoặc bấm Dừng", "clock", "warn")
            return False
        return True

    def refresh(self, changes: object = None) -> None:
        if self._task is None and self.isVisible():
            self._reload.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reload.stop()  # the office may be closed next

    def help_key(self) -> str:
        return {RECEIVE: "handoff_receive", EXCHANGE: "handoff_exchange"}.get(self.views.current(), "handoff")

    def regions(self) -> list[QWidget]:
        if self.views.current() == EXCHANGE:
            return [self.head, self.exchange]
        if self.views.current() == RECEIVE:
            return [self.head, self.receipt, self.directive, self.update_card, self.introduction]
        return [self.head, self.content, self.stick, self.write, self.history.table]

    def focus_first(self) -> None:
        button = self.write.step_button()
        if self.views.current() == SEND and button is not None:
            button.setFocus()
        elif self.views.current() == RECEIVE and not self.receipt.isHidden():
            self.found.find_button.setFocus()
        else:
            self.views.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.views.current() == SEND:
            button = self.write.step_button()
            if button is self.write.write_button:
                self.start_writing()
                return
        super().keyPressEvent(event)

    def set_layout_class(self, kind: LayoutClass) -> None:
        compact = kind is LayoutClass.COMPACT
        direction = QHBoxLayout.Direction.TopToBottom if compact else QHBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self.introduction.set_narrow(compact)
        self.whose.setVisible(not compact)
        self.write.set_narrow(kind is not LayoutClass.WIDE)


def _copied(made: MadePackage, path: Path) -> MadePackage:
    return MadePackage(path, made.number, made.sha256, made.size, made.records, made.slip_pdf)
