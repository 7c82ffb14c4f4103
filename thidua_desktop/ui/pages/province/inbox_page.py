"""Hộp thư gói: put the stick in, see who sent what, see the plan, take it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import answers, aside, cards
from thidua_desktop.services.handoff.inbox import (
    InboxPackage,
    cards_waiting,
    closed_reports,
    look_into,
    report_names,
    reports_to_check,
)
from thidua_desktop.services.handoff.kinds import Arrival, Came
from thidua_desktop.services.handoff.sticks import Stick, folders_with_packages, sticks
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.report_periods import period_for
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.file_choice import folder_to_use
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.introduction import IntroductionView
from thidua_desktop.ui.pages.province import writing_receipts
from thidua_desktop.ui.pages.province.directives_view import DirectivesView
from thidua_desktop.ui.pages.province.inbox_list import InboxTable
from thidua_desktop.ui.pages.province.paper_codes_view import PaperCodesView
from thidua_desktop.ui.pages.province.plan_card import PlanCard
from thidua_desktop.ui.pages.province.taking_in import Taken, take_in, told
from thidua_desktop.ui.pages.province.writing_receipts import Written, write_all
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task, work_line

PACKAGES, PAPER, CARDS, DIRECTIVES = range(4)
VIEWS = {"packages": PACKAGES, "paper": PAPER, "cards": CARDS, "directives": DIRECTIVES}
"""How other pages and Ctrl+K name the views."""
_WAITING = (
    "Cắm USB của xã rồi bấm Chọn USB hoặc thư mục. Mỗi gói được kiểm tra xong mới hiện ra; chưa bấm Nhập thì "
    "không có gì thay đổi."
)
_GONE = "USB đã rút, hoặc thư mục không còn. Cắm lại rồi bấm Đọc lại; gói đã nhập thì không mất."
_LOOKS_ONLY = "Quyền của bạn chỉ xem, không nhận gói"
_NOBODY = (
    "Trước hết tỉnh và xã nhận thẻ của nhau: xã đưa tệp thẻ (.tdcard) và phiếu giấy có dãy vân tay. Chọn USB có các "
    "tệp thẻ, hoặc mở Thẻ đơn vị."
)


class InboxPage(Page):
    """``open_with`` takes a folder (Path or text), the name of a view (``VIEWS``), "receipts", "undo", "aside", or an
    ``Arrival``.

    ``looked`` when a folder has been read.
    """

    looked = Signal()

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Hộp thư gói")
        self._doings = {"receipts": self.ask_receipts, "undo": self.show_undo, "aside": self.show_aside}
        self.folder: Path | None = None
        self._wanted: Path | None = None
        self._task: Task | None = None
        self._taken: Taken | None = None
        self._pool = work_line(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        look = self.look
        self.views = Segments(
            look, ("Gói đến", "Mã trên giấy", "Thẻ đơn vị", "Chỉ đạo"), PACKAGES, "Gói, mã, thẻ hay chỉ đạo"
        )
        self.folder_button = bordered(look, "Chọn USB hoặc thư mục", "usb")
        self.again_button = borderless(look, "Đọc lại", "refresh-cw")
        self.again_button.set_reason("Chưa chọn thư mục")
        self.receipts_button = bordered(look, "Ghi biên nhận", "file-check")
        self.undo_button = borderless(look, "Gỡ gói", "undo-2")
        self.aside_button = borderless(look, "Dòng để riêng", "triangle-alert")
        actions = (self.undo_button, self.receipts_button, self.again_button, self.folder_button)
        self.head = PageHead(look, "Hộp thư gói", scope=(self.views,), actions=actions, movable=(self.receipts_button,))
        self.table = InboxTable(look)
        self.plan = PlanCard(look)
        self.reading = ProgressStrip(look)
        self.cards_button = bordered(look, "Mở Thẻ đơn vị", "landmark")
        self.retry_button = bordered(look, "Đọc lại", "refresh-cw")
        ways = (self.cards_button, self.retry_button)
        self.empty = EmptyState(look, _WAITING, ways, "Chưa mở USB nào", "inbox")
        self.retry_button.hide()
        self.list_card = Card(look, "Gói trong hộp thư", flush=True, head_line=False, link=self.aside_button)
        self._list = QStackedWidget()
        self._list.addWidget(self.empty)
        self._list.addWidget(self.table)
        self.list_card.add_padded(self.reading, 0, 0)
        self.list_card.add_padded(self.table.narrow, 8, 8)
        self.table.narrow.hide()
        self.list_card.add(self._list, 1)
        self.introduction = IntroductionView(self.session, look)
        self.paper = PaperCodesView(self.session, look)
        self.directives = DirectivesView(self.session, look)
        packages = QWidget()
        self._columns = QHBoxLayout(packages)
        look.margins(self._columns, 0, 0, 0, 0, 12)
        self._columns.addWidget(self.list_card, 11)
        self._columns.addWidget(self.plan, 10)
        self._stack = Views()
        self._stack.addWidget(scrolling(packages, "Gói đến"))
        self._stack.addWidget(self.paper)
        self._stack.addWidget(scrolling(self.introduction, "Thẻ đơn vị"))
        self._stack.addWidget(self.directives)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.views.chosen.connect(self._stack.setCurrentIndex)
        self.folder_button.clicked.connect(self.ask_folder)
        for read in (self.again_button.clicked, self.retry_button.clicked):
            read.connect(self.look_again)
        self.undo_button.clicked.connect(self.show_undo)
        for button in (self.aside_button.clicked, self.plan.aside_wanted):
            button.connect(self.show_aside)
        self.receipts_button.clicked.connect(self.ask_receipts)
        self.cards_button.clicked.connect(lambda: self.show_view(CARDS))
        self.table.package_chosen.connect(self._show_package)
        self.table.several_chosen.connect(self._offer_chosen)
        self.table.narrow.changed.connect(self._offer_all)
        self.plan.check_wanted.connect(self.open_check)
        self.plan.support_wanted.connect(self.ask_support)
        self.plan.card_wanted.connect(lambda: self.show_view(CARDS))
        self.plan.update_wanted.connect(lambda: self.navigate.open_room("admin", "program"))
        self.plan.take_wanted.connect(self._take_chosen)
        self.plan.take_all_wanted.connect(self._take_all)
        self.plan.stop_wanted.connect(self._stop)
        self.reading.cancelled.connect(self._stop)
        self.introduction.told.connect(self.navigate.show_message)
        self.paper.told.connect(self.navigate.show_message)
        self.directives.told.connect(self.navigate.show_message)
        self.introduction.accepted.connect(self._on_accepted)
        if not self.session.may(Permission.RECEIVE):
            for closed in (self.folder_button, self.undo_button, self.receipts_button):
                closed.set_reason(_LOOKS_ONLY)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.plan.take_button.click)

    def show_undo(self) -> None:
        """Packages that can be taken back."""
        from thidua_desktop.ui.pages.handoff.undo_page import UndoPage

        self.navigate.push(UndoPage(self.session, self.look, self.navigate))

    def show_aside(self) -> None:
        """Lines that were not taken in."""
        from thidua_desktop.ui.pages.province.aside_page import AsidePage

        self.navigate.push(AsidePage(self.session, self.look, self.navigate))

    # Reading

    def ask_folder(self) -> None:
        """The only stick with packages is opened at once; otherwise a folder is asked for."""

        def work(_control: TaskControl) -> object:
            return [stick for stick in sticks() if stick.packages]

        task = run_task(self, work, self._pool)
        task.succeeded.connect(self._on_sticks)

    def _on_sticks(self, found: list[Stick]) -> None:
        if len(found) == 1 and found[0].folder != self.folder:
            self.show_view(PACKAGES)
            self.open_folder(found[0].folder)
            return
        start = self.folder or (found[0].folder if found else None)
        folder = folder_to_use(self, "Chọn USB hoặc thư mục có gói", Files.PACKAGES, start)
        if folder is not None:
            self.show_view(PACKAGES)  # it may have been asked for beside cards or directives
            self.open_folder(folder)

    def show_view(self, view: int) -> None:
        """Packages, codes on paper, cards or directives."""
        self.views.set_current(view)
        self._stack.setCurrentIndex(view)
        if view != PACKAGES:
            self.focus_first()

    def open_folder(self, folder: Path, choose: Path | None = None) -> None:
        """Reads every package of a folder, off the window's thread; ``choose`` is then the current one."""
        if not self.session.may(Permission.RECEIVE):  # a folder that was dropped on the window
            self.navigate.show_message(f"{_LOOKS_ONLY}.", "lock", "muted")
            return
        if self._task is not None:
            return
        self.folder, self._wanted = folder, choose
        self.again_button.set_reason("")
        session = self.session

        def work(control: TaskControl) -> object:
            with session.worker() as working:
                return look_into(working, folder, control.progress), cards_waiting(working, folder)

        self.reading.start(f"Đang kiểm tra các gói trong {folder.name or folder}")
        task = run_task(self, work, self._pool)
        task.progressed.connect(self.reading.set_progress)
        task.succeeded.connect(self._show_packages)
        self._follow(task, self._on_unreadable)

    def look_again(self) -> None:
        """Reads the same folder again."""
        if self.folder is not None:
            self.open_folder(self.folder)

    def _show_packages(self, found: tuple[list[InboxPackage], list[Path]]) -> None:
        packages, waiting = found
        self.introduction.offer(waiting)
        self._list.setCurrentIndex(1 if packages else 0)
        set_shown(self.table.narrow, bool(packages))
        if self.list_card.head is not None:
            self.list_card.head.set_caption(f"{self.folder}, {len(packages)} gói")
        if not packages:
            self._say_nothing_here(len(waiting))
            self.plan.show_nothing()
        self.table.set_packages(packages)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        self._offer_all()
        chosen = self.table.chosen()
        if chosen is not None:
            self._show_package(chosen)
        if self._taken is not None:
            self.plan.show_received(self._taken, self._renewed(self._taken))
            self._taken = None
        self._give_keys()
        self.looked.emit()

    def _give_keys(self) -> None:
        if self.isVisible() and self._stack.currentIndex() == PACKAGES:
            self.focus_first()

    def _renewed(self, outcome: Taken) -> list[str]:
        return [
            f"{one.sender_name}, {name}" for one in outcome.received for name in report_names(self.session, one.renewed)
        ]

    def _on_unreadable(self, error: BaseException) -> None:
        """The stick is gone: nothing of it is offered any more; what was taken in before is told once."""
        told_already = self._taken is not None and bool(self._taken.refusals)
        self._show_packages(([], []))
        self.empty.set_text(_GONE, "Không đọc được nữa")
        set_shown(self.retry_button, True)
        self._give_keys()
        if not told_already:
            show_error(self.look, error, self)

    def _offer_all(self) -> None:
        """All that can be taken in, or those of them that the filter leaves."""
        shown, whole = self.table.shown(), self.table.packages()
        self.plan.set_ready_count(sum(one.can_be_taken for one in shown), len(shown) == len(whole))

    def _offer_chosen(self, chosen: int) -> None:
        ready = sum(one.can_be_taken for one in self.table.chosen_together()) if chosen > 1 else 0
        self.plan.set_chosen_count(ready, chosen)

    def _say_nothing_here(self, waiting: int) -> None:
        """No package on the top level: cards of communes that wait, folders below that hold packages, or nothing."""
        set_shown(self.cards_button, bool(waiting))
        set_shown(self.retry_button, False)
        below = folders_with_packages(self.folder) if self.folder is not None else []
        if waiting:
            self.cards_button.set_content(f"Nhận {waiting} thẻ", "landmark")
            text, title = "Ở đây có thẻ của xã mà tỉnh chưa nhận.", f"Không có gói, có {waiting} thẻ"
        elif below:
            text, title = f"Gói nằm trong thư mục con: {', '.join(below)}. Chọn thư mục ấy.", "Không có gói ở ngoài"
        else:
            text, title = "Thư mục này không có gói nào (tệp .tdp). Chọn thư mục khác.", "Không có gói"
        self.empty.set_text(text, title)

    def _say_how_to_begin(self) -> None:
        """Before a folder was opened; without any commune that is known the cards come first."""
        if not self.session.may(Permission.RECEIVE):
            words = "Số liệu đã nhận xem ở Bảng theo dõi, Tổng hợp, Báo cáo tổng hợp."
            self.empty.set_text(words, _LOOKS_ONLY)
            set_shown(self.cards_button, False)
        elif self.folder is None:
            nobody = not any(one.status == cards.ACCEPTED for one in cards.known_offices(self.session))
            self.empty.set_text(
                _NOBODY if nobody else _WAITING, "Chưa nhận thẻ xã nào" if nobody else "Chưa mở USB nào"
            )
            set_shown(self.cards_button, nobody)

    def _on_accepted(self) -> None:
        self._say_how_to_begin()
        self.look_again()

    def _show_package(self, package: InboxPackage) -> None:
        """A package's plan; of one that was taken in also the closed reports that can be checked."""
        self.plan.show_package(package, closed_reports(self.session, package.plan) if package.plan is not None else [])
        self.plan.show_reports(reports_to_check(self.session, package))
        claimed = package.claimed
        waiting = aside.waiting_of(self.session, claimed.office_code, claimed.number) if claimed is not None else 0
        self.plan.show_aside(waiting)

    def open_check(self, name: str) -> None:
        """The page on which a closed report of the chosen package is checked."""
        chosen = self.table.chosen()
        if chosen is None or chosen.claimed is None:
            return
        from thidua_desktop.ui.pages.province.check_page import CheckPage

        report, _, code = name.partition("-")
        try:
            period = period_for(self.session, report_spec(self.session, report), code)
        except UserError as error:
            show_error(self.look, error, self)
            return
        wanted = (chosen.claimed.office_code, report, period)
        self.navigate.push(CheckPage(self.session, self.look, self.navigate, *wanted, "Hộp thư gói"))

    def ask_support(self) -> None:
        """What a file for support about the chosen package would hold, before it is written."""
        chosen = self.table.chosen()
        if chosen is None:
            return
        from thidua_desktop.ui.pages.admin.support_dialog import SupportDialog

        self.support = SupportDialog(self.look, self.session, self, chosen.path)
        self.support.accepted.connect(lambda: self.navigate.show_message("Đã ghi gói hỗ trợ."))
        self.support.open()

    # Taking in

    def _take_chosen(self, confirmed: bool) -> None:
        chosen, together = self.table.chosen(), self.table.chosen_together()
        if len(together) > 1 and not confirmed:
            self.take([package for package in together if package.can_be_taken], False)
        elif chosen is not None and chosen.plan is not None:
            self.take([chosen], confirmed)

    def _take_all(self) -> None:
        self.take([package for package in self.table.shown() if package.can_be_taken], False)

    def take(self, packages: list[InboxPackage], deletions_confirmed: bool) -> None:
        """Takes packages in, one transaction each, in the order in which they continue each other."""
        if self._task is not None or not packages:
            return
        session = self.session

        def work(control: TaskControl) -> object:
            return take_in(session, packages, deletions_confirmed, control)

        if not self.table.hasFocus():
            self.table.setFocus()  # a button that says why it waits would hand the keys to the status bar
        self.plan.show_taking(len(packages))
        task = run_task(self, work, self._pool)
        task.progressed.connect(self.plan.strip.set_progress)
        task.succeeded.connect(self._on_taken)
        self._follow(task)

    def _on_taken(self, outcome: Taken) -> None:
        self._taken = outcome if outcome.received or outcome.stopped else None
        if outcome.received:
            self.session.announce(Changes(frozenset(self.session.definitions.registers)))
        if outcome.received or outcome.stopped:
            self.navigate.show_message(told(outcome))
        if outcome.refusals:
            show_error(self.look, outcome.refusals[0][1], self)

    # Receipts

    def show_waiting(self) -> None:
        """How many communes have something new to hear, how many lines wait."""
        waiting = aside.waiting_count(self.session)
        self.aside_button.set_content(f"{format_number(waiting)} dòng để riêng", "triangle-alert")
        set_shown(self.aside_button, bool(waiting))
        count = len(answers.waiting_for_receipt(self.session))
        words = f"Ghi {count} biên nhận" if count else "Ghi biên nhận"
        self.receipts_button.set_content(words, "file-check")
        self.receipts_button.set_reason("" if count else "Mọi xã đã có biên nhận mới nhất")

    def ask_receipts(self) -> None:
        """Asks where, from the stick that is open, and writes a receipt for every commune that waits for one."""
        if not answers.waiting_for_receipt(self.session):
            self.navigate.show_message("Mọi xã đã có biên nhận mới nhất", "info", "text-2")
            return
        folder = folder_to_use(self, "Chọn USB hoặc thư mục để ghi biên nhận", Files.PACKAGES, self.folder)
        if folder is not None:
            self.write_receipts(folder)

    def write_receipts(self, folder: Path) -> None:
        """Writes them, off the window's thread."""
        if self._task is not None:
            return
        session = self.session

        def work(control: TaskControl) -> object:
            return write_all(session, folder, control)

        self.receipts_button.set_reason("Đang ghi")
        self.show_view(PACKAGES)  # the bar stands there, and what became of it
        self.reading.start("Đang ghi biên nhận, đừng rút USB")
        task = run_task(self, work, self._pool)
        task.progressed.connect(self.reading.set_progress)
        task.succeeded.connect(self._on_receipts)
        self._follow(task)

    def _on_receipts(self, outcome: Written) -> None:
        self.plan.show_written(outcome)
        self.navigate.show_message(writing_receipts.told(outcome))
        if outcome.fault is not None:
            show_error(self.look, outcome.fault, self)

    # Tasks

    def _follow(self, task: Task, failed: Callable[[BaseException], None] | None = None) -> None:
        self._task = task
        task.failed.connect(failed or (lambda error: show_error(self.look, error, self)))
        task.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._task = None
        self.reading.finish()
        self.show_waiting()
        self.plan.taking_ended()
        if self._taken is not None:
            self.look_again()
        elif (chosen := self.table.chosen()) is not None and not self._just_told():
            self._show_package(chosen)

    def _just_told(self) -> bool:
        return self.plan.notice.accessibleName().startswith(("Đã nhập", "Đã ghi"))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    # Page

    def open_with(self, argument: object) -> None:
        if isinstance(argument, Arrival):
            cards = argument.kind in (Came.CARD, Came.KEY_CHANGE, Came.ACCEPTANCE)
            self.show_view(CARDS if cards else PACKAGES)
            if argument.kind is Came.CARD:
                self.introduction.open_card(argument.path)
            elif argument.kind is Came.ACCEPTANCE:
                self.introduction.open_acceptance(argument.path)
            elif argument.kind is Came.KEY_CHANGE:
                self.introduction.open_change(argument.path)
            else:
                self.open_folder(argument.path.parent, argument.path)
        elif isinstance(argument, str) and argument in VIEWS:
            self.show_view(VIEWS[argument])
        elif isinstance(argument, str) and argument in self._doings:
            QTimer.singleShot(0, self, self._doings[argument])  # this page is shown first
        elif isinstance(argument, str | Path) and str(argument):
            self.open_folder(Path(argument))

    def can_leave(self) -> bool:
        if self._task is not None:
            self.navigate.show_message("Đang đọc hoặc nhập gói, chờ xong hoặc bấm Dừng", "clock", "warn")
            return False
        return True

    def help_key(self) -> str:
        views = {PAPER: "inbox_paper", CARDS: "inbox_cards", DIRECTIVES: "inbox_directives"}
        return views.get(self.views.current(), "inbox")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_waiting()
        self._say_how_to_begin()

    def regions(self) -> list[QWidget]:
        return [self.head, self.table.narrow, self.table, self.plan]

    def focus_first(self) -> None:
        """The packages, or where a stick is chosen; on the other views the first field."""
        view = self._stack.currentIndex()
        if view == CARDS:
            self.introduction.begin()
        elif view == PACKAGES:
            (self.table if self._list.currentIndex() else self._way_on()).setFocus()
        else:
            (self.directives.about if view == DIRECTIVES else self.paper.code).setFocus()

    def _way_on(self) -> QWidget:
        """Of a stick without packages the button that goes on with it, where there is one."""
        ways = (self.retry_button, self.cards_button) if self.folder is not None else ()
        return next((way for way in ways if way.isVisibleTo(self)), self.folder_button)

    def set_layout_class(self, kind: LayoutClass) -> None:
        compact = kind is LayoutClass.COMPACT
        direction = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self.introduction.set_narrow(compact)
