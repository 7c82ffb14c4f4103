"""Kiểm tra báo cáo: a commune's report figure by figure, with the records behind each, until it is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff.answers import return_closed_report
from thidua_desktop.services.report_checks import papers
from thidua_desktop.services.report_checks.decisions import WORDS, Standing, accept, decision_day, reopen
from thidua_desktop.services.report_checks.sheet import CheckSheet, check_sheet, difference_text, paper_of, set_remark
from thidua_desktop.services.reports.contributions import Contributions, contributions, list_filter
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_date, format_number, lower_first
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import Button, bordered, borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chips import count_chip
from thidua_desktop.ui.components.fields import Notice, ProblemLine
from thidua_desktop.ui.components.labels import StateLabel, caption
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.check_table import MOVED, CheckModel, CheckTable
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage, Maker, file_of
from thidua_desktop.ui.pages.province.reason_dialog import ReasonDialog
from thidua_desktop.ui.pages.report.records_card import RecordsCard
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.wizard.form_row import PlainLine

TITLE = "Kiểm tra báo cáo"
_STATES = {Standing.TO_CHECK: State.INBOX, Standing.RETURNED: State.RETURNED, Standing.ACCEPTED: State.OK}
_REMARK_AFTER = 600  # ms after the last letter
_CHANGES_NAMED = 4


class CheckPage(Page):
    """``shown`` after the sheet has been read, ``records_shown`` after the records of the chosen figure have."""

    shown = Signal()
    records_shown = Signal()

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, office: str, report: str, period: Period, back_to: str,
        following: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.office, self.report, self.period = office, report, period
        self.back_to, self.following = back_to, tuple(following)
        self.setWindowTitle(TITLE)
        self._asker, self._readers = (Asker(session, self) for _ in range(2))  # records need not wait for a recount
        for asker in (self._asker, self._readers):
            asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._build_head(back_to)
        self._build_content()
        self._connect()
        self.load()

    @property
    def sheet(self) -> CheckSheet | None:
        """What is shown."""
        return self.model.sheet

    def _build_head(self, back_to: str) -> None:
        look = self.look
        self.accept_button = filled(look, "Chấp nhận và khóa", "lock", "Ctrl+Enter")
        self.next_button = bordered(look, "", "arrow-right", "Ctrl+PgDown")
        self.next_button.hide()
        self.return_button = bordered(look, "Trả lại…", "corner-up-left")
        self.reopen_button = bordered(look, "Mở lại…", "lock-open")
        self.report_button = borderless(look, "Báo cáo của xã", "file-text")
        self.print_button = borderless(look, "Phiếu kiểm tra", "printer", "Ctrl+P")
        self.slip_button = bordered(look, "Phiếu trả lại", "printer")
        self.decisive: tuple[Button, ...] = (self.accept_button, self.return_button, self.reopen_button)
        actions = (self.slip_button, self.print_button, self.report_button, self.reopen_button, self.return_button,
                   self.next_button, self.accept_button)  # fmt: skip
        self.head = PageHead(look, TITLE, back_to, actions=actions)
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)

    def _build_content(self) -> None:
        look = self.look
        self.about = caption("", "text-2", wrap=True)
        self.state = StateLabel(look, State.WAITING, "")
        self.notice = Notice(look, State.WARN, "")
        self.notice.hide()
        self.filters = [count_chip(look, "Tất cả", checked=True), count_chip(look, "Đếm lại khác", "triangle-alert"),
                        count_chip(look, "Đã ghi", "pen-line"),
                        count_chip(look, "So lần trước", "history")]  # fmt: skip
        self.filters[MOVED].hide()
        line = QHBoxLayout()
        look.margins(line, 0, 0, 0, 0, 8)
        for chip in self.filters:
            line.addWidget(chip)
        line.addSpacing(look.px(8))
        line.addWidget(self.state)
        line.addWidget(self.about, 1)
        self.model = CheckModel(self.session, self)
        self.table = CheckTable(look, self.model)
        self.problem = ProblemLine(look)
        self.remark = PlainLine(look, "Nhận xét chung")
        self.remark.setPlaceholderText("Nhận xét chung về báo cáo; xã đọc được khi báo cáo được chấp nhận hoặc trả lại")
        card = Card(look, flush=True)
        card.add(self.table, 1)
        self.records = RecordsCard(look)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        for widget in (self.head, self.notice):
            outer.addWidget(widget)
        outer.addLayout(line)
        outer.addWidget(card, 13)
        outer.addWidget(self.problem)
        outer.addWidget(self.remark)
        outer.addWidget(self.records, 6)

    def _connect(self) -> None:
        for at, chip in enumerate(self.filters):
            chip.clicked.connect(lambda _=False, a=at: self.model.set_filter(a))
        self.accept_button.clicked.connect(self.accept)
        self.return_button.clicked.connect(self.ask_return)
        self.reopen_button.clicked.connect(self.ask_reopen)
        self.next_button.clicked.connect(self.show_next)
        self.report_button.clicked.connect(self.show_report)
        self.print_button.clicked.connect(self.show_sheet_paper)
        self.slip_button.clicked.connect(self.show_slip)
        self.model.written.connect(self._show_counts)
        self.model.refused.connect(self.problem.set_problem)
        self.table.figure_chosen.connect(self._find_records)
        self.table.opened.connect(lambda _row: self.records.table.setFocus())
        self.records.record_opened.connect(self.navigate.open_room)
        self.records.register_wanted.connect(self._open_register)
        self.records.pictures_wanted.connect(self._open_pictures)
        self._keeping = QTimer(self, singleShot=True, interval=_REMARK_AFTER)
        self._keeping.timeout.connect(self.keep_remark)
        self.remark.textEdited.connect(lambda _text: self._keeping.start())
        self.remark.editingFinished.connect(self.keep_remark)
        keys = (
            ("Ctrl+P", self.show_sheet_paper),
            ("Ctrl+Return", self._accept_by_key),
            ("Ctrl+PgDown", self.show_next),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._reload = QTimer(self, singleShot=True, interval=0)
        self._reload.timeout.connect(self.load)
        self.follow(self.session)

    # What is shown

    def load(self) -> None:
        """Counts off the window's thread."""
        wanted = (self.office, self.report, self.period)
        self._asker.ask(lambda reading: check_sheet(reading, *wanted), self._show)

    def _show(self, found: CheckSheet) -> None:
        if self.table.editing():
            self._reload.start(_REMARK_AFTER)  # what is being typed is not taken away
            return
        at = self.table.currentIndex()
        first = self.sheet is None
        self.model.set_sheet(found)
        if first or at.isValid():
            self.table.go_to(*((at.row(), at.column()) if at.isValid() else (0,)))
        if not self.remark.hasFocus():
            self.remark.setText(found.remark)
        self.remark.setReadOnly(not found.editable)
        self._show_standing(found)
        self._show_counts()
        self.shown.emit()

    def _show_standing(self, found: CheckSheet) -> None:
        standing = found.standing
        decision = standing.decision
        words = WORDS[standing.standing]
        if standing.accepted and decision is not None:
            words = f"{words} ngày {format_date(decision_day(decision))}, {decision.actor}"
        elif found.returned is not None:
            words = f"{words} ngày {format_date(found.returned.day)}: {found.returned.reason}"
        elif decision is not None:
            words = f"{words}, mở lại vì: {decision.reason}"
        self.state.set_state(_STATES[standing.standing], words)
        period = lower_first(found.period.name)
        paper = "" if found.has_paper else ", chỉ có số liệu từ mã QR"
        self.head.set_title(f"{found.office_name}, {period}")
        back = found.sent_back
        sent_back = f"; lần trước trả lại ngày {format_date(back.day)}: {back.reason}" if back else ""
        came = f"lần nhận {standing.edition}, ngày {format_date(found.came.date())}"
        self.about.setText(f"{found.title}, {came}{paper}{sent_back}")
        set_shown(self.filters[MOVED], bool(found.earlier))
        self._show_changes(found)
        self._offer(found)

    def _show_changes(self, found: CheckSheet) -> None:
        """What came after the acceptance."""
        parts = [
            f"{one.label} từ {format_number(one.then)} thành {format_number(one.now)} "
            f"({difference_text(one.difference)})"
            for one in found.changes[:_CHANGES_NAMED]
        ]
        if len(found.changes) > _CHANGES_NAMED:
            parts.append(f"và {len(found.changes) - _CHANGES_NAMED} chỉ tiêu khác")
        if found.standing.overtaken:
            parts.append("Xã đã chốt lại và gửi bản khác; bản đã chấp nhận vẫn giữ. Mở lại để kiểm tra bản mới")
        self.notice.set_notice(State.WARN, "Có thay đổi sau khi chấp nhận", f"{'; '.join(parts)}.")
        set_shown(self.notice, bool(parts))

    def _offer(self, found: CheckSheet) -> None:
        standing = found.standing.standing
        may = "" if self.session.may(Permission.RECEIVE) else "Quyền của bạn chỉ xem"
        for button in self.decisive:
            button.set_reason(may)
        set_shown(self.accept_button, standing is not Standing.ACCEPTED)
        self.accept_button.set_content(
            "Vẫn chấp nhận" if standing is Standing.RETURNED else "Chấp nhận và khóa", "lock"
        )  # fmt: skip
        set_shown(self.return_button, standing is Standing.TO_CHECK)
        set_shown(self.reopen_button, standing is Standing.ACCEPTED)
        set_shown(self.slip_button, found.returned is not None)
        done = standing is not Standing.TO_CHECK and bool(self.following)
        set_shown(self.next_button, done)
        if done:
            self.next_button.set_content(f"Tiếp: {self.following[0][1]}", "arrow-right")
        self.report_button.set_reason("" if found.has_paper else "Xã gửi số liệu bằng mã QR, không kèm báo cáo")

    def _show_counts(self) -> None:
        counts = [len(self.model.kept(at)) for at in range(len(self.filters))]
        names = ("Tất cả", "Đếm lại khác", "Đã ghi", "So lần trước")
        for chip, name, count in zip(self.filters, names, counts, strict=True):
            chip.set_value(f"{name} {count}")

    # Records behind a figure

    def _find_records(self, row: int) -> None:
        line, sheet = self.model.line(row), self.sheet
        if line is None or sheet is None or line.indicator not in self.session.definitions.indicators:
            return
        wanted = (line.indicator, sheet.period, self.office)
        where = "; bản ghi không rời xã" if line.stays else ""
        words = f"{line.label} {format_number(line.counted)} {line.unit}{where}"
        self._readers.ask(
            lambda reading: contributions(reading, *wanted, as_kept=True),
            lambda found: self._show_records(words, found, line.said_of_it),
        )

    def _show_records(self, words: str, found: Contributions, beside: str) -> None:
        self.records.show_mark(words, found, beside)
        self.records_shown.emit()

    def _open_register(self) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is not None and self.sheet is not None:
            register = self.session.definitions.indicators[line.indicator].register
            self.navigate.open_room(
                register, list_filter(self.session, line.indicator, self.sheet.period, office=self.office)
            )

    def _open_pictures(self) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is not None and line.indicator in self.session.definitions.indicators:
            from thidua_desktop.ui.pages.indicator.page import IndicatorPage

            wanted = (line.indicator, self.period, self.head.title(), self.office)
            self.navigate.push(IndicatorPage(self.session, self.look, self.navigate, *wanted))

    # What is decided

    def keep_remark(self) -> None:
        """Keeps the general remark as it stands in its field."""
        self._keeping.stop()
        self.remark.setModified(False)
        if self.sheet is not None and self.sheet.editable and self.remark.text() != self.sheet.remark:
            sheet, text = self.sheet, self.remark.text()
            self._do(lambda: set_remark(self.session, sheet, text))

    def accept(self) -> None:
        """Accepts and locks; the commune hears it with its next receipt."""
        self.keep_remark()
        if self._do(lambda: accept(self.session, self.office, self.report, self.period)):
            self.navigate.show_message("Đã chấp nhận và khóa; xã biết khi nhận biên nhận kế tiếp", "lock")

    def _accept_by_key(self) -> None:
        """Only what waits: a report that was just returned is not accepted by a key pressed from habit."""
        waits = self.sheet is not None and self.sheet.standing.standing is Standing.TO_CHECK
        if waits and self.accept_button.isEnabled() and not self.table.editing():
            self.accept()

    def show_next(self) -> None:
        """The report of the next commune that waits to be checked, in place of this one."""
        if not self.following:
            return
        (office, _), *rest = self.following
        wanted = (office, self.report, self.period, self.back_to, rest)
        self.navigate.back()
        self.navigate.push(CheckPage(self.session, self.look, self.navigate, *wanted))

    def ask_return(self) -> None:
        """Asks why, and returns the report with what is written beside its figures."""
        self.keep_remark()
        said = len(self.sheet.differing) if self.sheet else 0
        words = "Báo cáo trở về xã để sửa số liệu, chốt lại và gửi lại."
        if said:
            words = f"{words} Kèm số kiểm tra, nhận xét của {said} chỉ tiêu."
        self._ask("Trả lại báo cáo", "Trả lại", words, self._return)

    def ask_reopen(self) -> None:
        """Asks why, and takes the acceptance back."""
        words = "Báo cáo trở lại chờ kiểm tra; xã được mở, sửa và chốt lại sau khi nhận biên nhận."
        self._ask("Mở lại báo cáo đã chấp nhận", "Mở lại", words, self._reopen)

    def _ask(self, title: str, verb: str, words: str, keep: Callable[[str], object]) -> None:
        self.dialog = ReasonDialog(self.look, title, verb, words, keep, self)
        self.dialog.accepted.connect(self.table.setFocus)  # its button goes, and the next one accepts the report
        self.dialog.open()

    def _return(self, reason: str) -> None:
        return_closed_report(self.session, self.office, self.report, self.period, reason)
        self.navigate.show_message("Đã ghi trả lại; xã biết khi nhận biên nhận kế tiếp", "corner-up-left")

    def _reopen(self, reason: str) -> None:
        reopen(self.session, self.office, self.report, self.period, reason)
        self.navigate.show_message("Đã mở lại; xã biết khi nhận biên nhận kế tiếp", "lock-open")

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            show_error(self.look, error, self)
            return False
        return True

    # Papers

    def show_report(self) -> None:
        """The commune's closed report as it came."""
        wanted = (self.office, self.report, self.period)
        self._push("Báo cáo của xã", lambda reading, _: paper_of(reading, *wanted) or b"", editable=False)

    def show_sheet_paper(self) -> None:
        """The check sheet on paper."""
        self.keep_remark()
        self._push("Phiếu kiểm tra", self._of_the_sheet(papers.sheet_document))

    def show_slip(self) -> None:
        """The slip with which the report goes back."""
        self._push("Phiếu trả lại", self._of_the_sheet(papers.slip_document))

    def _of_the_sheet(self, paper: Callable[[Session, CheckSheet], Any]) -> Maker:
        wanted = (self.office, self.report, self.period)
        return file_of(lambda reading: paper(reading, check_sheet(reading, *wanted)))

    def _push(self, title: str, make: Maker, *, editable: bool = True) -> None:
        where = (self._paper_title(title), self.head.title())
        self.navigate.push(MadePaperPage(self.session, self.look, self.navigate, *where, make, editable))

    def _paper_title(self, title: str) -> str:
        return f"{title}, {self.head.title()}"

    # Page

    def can_leave(self) -> bool:
        self.keep_remark()
        return True

    def refresh(self, changes: object = None) -> None:
        if not self.model.writing:
            self._reload.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.sheet is not None:
            self._reload.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reload.stop()

    def help_key(self) -> str:
        return "report_check"

    def regions(self) -> list[QWidget]:
        return [self.head, self.filters[0], self.table, self.remark, self.records.table]

    def focus_first(self) -> None:
        self.table.setFocus()
