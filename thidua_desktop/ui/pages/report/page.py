"""The report page: choose report and period, write, close, print, hand over."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.periods import days_left
from thidua_desktop.errors import UserError
from thidua_desktop.services import access, report_periods, signers
from thidua_desktop.services.communes import coverage
from thidua_desktop.services.paper_files import paper_file
from thidua_desktop.services.report_checks.told import told
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports import paper
from thidua_desktop.services.reports.carrying import take
from thidua_desktop.services.reports.charts import FigureSource
from thidua_desktop.services.reports.contributions import list_filter
from thidua_desktop.services.reports.figure_columns import FigureColumn, period_behind
from thidua_desktop.services.reports.progress import Progress, Step, note_printed, progress_of
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import format_date
from thidua_desktop.ui.components import paper_output
from thidua_desktop.ui.components.buttons import ButtonKind, bordered, filled
from thidua_desktop.ui.components.labels import StateLabel
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.showing import ANY_WIDTH
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.steps import StepTrail
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.numbers.first_number import asking_first
from thidua_desktop.ui.pages.report.edition_actions import EditionActions
from thidua_desktop.ui.pages.report.evidence import FIGURES, Evidence
from thidua_desktop.ui.pages.report.paper_card import PaperCard
from thidua_desktop.ui.pages.report.paper_name import file_name
from thidua_desktop.ui.pages.report.records_card import CLOSED
from thidua_desktop.ui.pages.report.report_chips import ReportChips
from thidua_desktop.ui.pages.report.report_loader import LoadedReport, ReportLoader
from thidua_desktop.ui.pages.report.told_notice import ToldNotice
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, ReadingPage
from thidua_desktop.ui.shell.rooms import REPORT_HELP
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl, run_task, work_line

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.report.sign_dialog import SignDialog, SignedFile

_STEPS = ("Soạn", "Chốt số liệu", "In, ký", "Đưa vào gói gửi tỉnh")
_TRAIL = {Step.WRITE: 0, Step.CLOSE: 0, Step.PRINT: 2, Step.PACK: 3, Step.DONE: 3}
_ROWS_SEEN = 6  # figures at once, with large text
_NOTHING_LEFT = "-"  # instead of the figure that asks next
_PAPER_WIDTH = {LayoutClass.WIDE: 524, LayoutClass.MEDIUM: 452}


class ReportPage(ReadingPage):
    """``open_with`` takes the code of a period ("2026-11"), or (report, code); with an empty code the period stays."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle("Báo cáo")
        spec = next(iter(session.definitions.reports.values()))
        self.chips = ReportChips(look, session, spec, report_periods.period_to_report(session, spec), self)
        self.shown: LoadedReport | None = None
        self.progress = Progress(Step.WRITE)
        self._signer = ""  # a key; the usual one where empty
        self._signed: SignedFile | None = None
        self._wanted_figure = ""
        self._wanted_source: FigureSource | None = None
        self._then_ask = ""  # the odd figure whose reason is asked for next
        self._compact = False
        self._busy = False
        self.locked = ""  # why the report may not be closed again
        self._pool = work_line(self)
        self.loader = ReportLoader(session, self)
        self.work = LongWork(look, self)
        self._build()
        self.editions = EditionActions(self, self.evidence.editions)
        self._connect()
        self.follow(session)

    # Building

    def _build(self) -> None:
        look = self.look
        self.next_button = filled(look, "Chốt số liệu", "lock")
        self.save_button = bordered(look, "Lưu tệp", "file-down")
        self.sign_button = bordered(look, "Ký số…")
        self.sign_button.hide()
        self.print_button = bordered(look, "In", "printer")
        self.reopen_button = bordered(look, "Mở lại kỳ", "lock-open")
        self.closed_tag = Tag(look, State.LOCKED, "đã chốt")
        self.closed_tag.hide()
        self.views = Segments(look, ("Tờ giấy", "Số liệu"), 1, "Phần trang")
        self.views.hide()
        self.reopen_button.hide()
        self.head = PageHead(
            look,
            "Báo cáo",
            scope=(self.chips.report_chip, self.chips.period_chip, self.closed_tag),
            actions=(self.reopen_button, self.sign_button, self.save_button, self.print_button, self.next_button),
        )
        self.trail = StepTrail(look, _STEPS[:3] if self.session.is_province else _STEPS)
        self.due = StateLabel(look, State.LATER, "")
        self.due.hide()
        self.told = ToldNotice(look)
        self.paper = PaperCard(look)
        self.evidence = Evidence(look)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        outer.addWidget(self.head)
        trail = QHBoxLayout()
        trail.addWidget(self.trail)
        trail.addWidget(self.views)
        trail.addStretch(1)
        trail.addWidget(self.due)
        outer.addLayout(trail)
        outer.addWidget(self.told)
        self._columns = QHBoxLayout()
        look.margins(self._columns, 0, 0, 0, 0, 12)
        self._columns.addWidget(self.paper)
        self._columns.addWidget(self.evidence, 1)
        outer.addLayout(self._columns, 1)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_chosen)
        self.loader.loaded.connect(self._show)
        self.loader.failed.connect(lambda error: show_error(self.look, error, self))
        self.loader.records_found.connect(self.evidence.show_records)
        self.loader.mark_found.connect(self.evidence.show_mark)
        self.evidence.charts.source_chosen.connect(self._on_source)
        self.evidence.charts.may_arrange = self.session.may(Permission.RECORD)
        self.evidence.charts.arranging_wanted.connect(self.arrange_places)
        self.evidence.charts.may_print = self.session.may(Permission.PRINT)
        self.evidence.charts.print_wanted.connect(self.print_chart)
        self.evidence.charts.told.connect(self.navigate.show_message)
        self.evidence.records.pictures_wanted.connect(self.open_pictures)
        self.paper.signer_picked.connect(self._on_signer)
        self.paper.view.figure_chosen.connect(self._on_mark)
        self.evidence.figure_chosen.connect(self._on_figure)
        self.evidence.yardstick_chosen.connect(self._on_yardstick)
        self.evidence.table.place_wanted.connect(self.open_place)
        self.evidence.reason_given.connect(self._keep_reason)
        self.evidence.paragraphs.edited.connect(self._keep_paragraph)
        self.evidence.paragraphs.taken.connect(self._take_words)
        self.evidence.records.register_wanted.connect(self._open_register)
        self.evidence.records.record_opened.connect(self.navigate.open_room)
        self.next_button.clicked.connect(self.next_step)
        self.save_button.clicked.connect(self.save_paper)
        self.sign_button.clicked.connect(self.sign_paper)
        self.print_button.clicked.connect(self.print_paper)
        self.reopen_button.clicked.connect(self.reopen)
        self.paper.number_button.clicked.connect(self.take_number)
        self.views.chosen.connect(lambda _at: self._show_columns())
        for keys, act in (
            ("Ctrl+1", lambda: self._focus_view(0)),
            ("Ctrl+2", lambda: self._focus_view(1)),
            ("Ctrl+P", self.print_paper),
            ("F8", self.next_odd),
            ("Alt+Right", self.next_step),
            ("Ctrl+Return", self._open_register),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # What is shown

    def read(self) -> None:
        """Reads the chosen report again, off the window's thread."""
        if self.shown is None or self._other_is_chosen(self.shown):
            self.next_button.set_reason("Đang đọc số liệu của kỳ")
        self._offer_signers()
        self.loader.load(self.chips.spec.name, self.chips.period, self._signer)

    def _offer_signers(self) -> None:
        mine = [one for one in signers.signers(self.session) if one.body == signers.OFFICE]
        if self._signer not in {one.key for one in mine}:
            self._signer = ""  # taken out at Quản trị
        usual = signers.who_signs(self.session, signers.OFFICE, self.chips.spec.type_name, self._signer)
        self.paper.offer_signers(mine, usual.key)

    def _on_signer(self, key: str) -> None:
        self._signer = key
        self.load()

    def _other_is_chosen(self, shown: LoadedReport) -> bool:
        return (shown.report.spec.name, shown.report.period) != (self.chips.spec.name, self.chips.period)

    def _on_chosen(self) -> None:
        self.evidence.paragraphs.keep_all()
        self._wanted_figure = ""
        self.load()

    def _show(self, loaded: LoadedReport) -> None:
        self.shown = loaded
        report = loaded.report
        self.progress = progress_of(self.session, report)
        self.paper.view.set_paper(loaded.sheets, loaded.marks, loaded.pdf)
        self.paper.refresh_page_number()
        self.evidence.show_report(report, loaded.carried)
        self._show_step(report)
        self.editions.show_loaded(loaded)
        figure = self._wanted_figure or report.figures[0].indicator
        if all(one.indicator != figure for one in report.figures):
            figure = report.figures[0].indicator
        self.evidence.table.choose(figure)
        self._show_figure(figure, follow=False)
        following, self._then_ask = self._then_ask, ""
        if following and following in {one.indicator for one in report.unanswered}:
            self.evidence.ask_reason(following)
        elif following == _NOTHING_LEFT and not report.unanswered and self.evidence.table.hasFocus():
            self.next_button.setFocus()  # Enter does what waited for the reasons

    def _show_step(self, report: reports.Report) -> None:
        step = self.progress.step
        self.trail.set_current(min(_TRAIL[step], 2) if self.session.is_province else _TRAIL[step])
        self.closed_tag.setVisible(report.closed or report.returned is not None)
        if report.returned is not None:
            self.closed_tag.set_state(State.LATE, "bị trả lại")
            self.closed_tag.setToolTip(f"{report.returned.by}: {report.returned.reason}")
        else:
            edition = f"đã chốt lần {report.edition}" if report.edition > 1 else "đã chốt"
            self.closed_tag.set_state(State.LOCKED, edition)
            self.closed_tag.setToolTip("")
        self.locked = self._show_told(report)
        taken = paper.number_of(self.session, report)
        barred = "" if self.session.may(Permission.RECORD) else "Quyền của bạn chỉ xem sổ"
        self.paper.show_number(report.closed, taken.text if taken else "", barred)
        may_close = self.session.may(Permission.CLOSE_PERIOD)
        self.reopen_button.setVisible(report.closed and may_close)
        self.reopen_button.set_reason(self.locked)
        self.sign_button.setVisible(report.closed)
        self.print_button.setVisible(step is not Step.PRINT)
        self.next_button.setVisible(step is not Step.DONE)
        if step in (Step.WRITE, Step.CLOSE):
            self.next_button.set_content("Chốt số liệu", "lock")
            self.next_button.set_reason(self.locked if may_close else "Người đang mở sổ không có quyền chốt kỳ")
        elif step is Step.PRINT:
            self.next_button.set_content("In để ký", "printer")
            self.next_button.set_reason("")
        elif step is Step.PACK:
            self.next_button.set_content("Đưa vào gói", "arrow-left-right")
            self.next_button.set_reason("")
        self._show_due(report)
        self.head.updateGeometry()

    def _show_told(self, report: reports.Report) -> str:
        """What the province said of the report; why it may not be closed again, "" when it may."""
        found = told(self.session, report.spec.name, report.period.code)
        self.told.show_told(found)
        if found is None or not found.accepted:
            return ""
        if found.current and report.closed:
            self.closed_tag.set_state(State.OK, "tỉnh đã chấp nhận")
        return "Tỉnh đã chấp nhận báo cáo này; đề nghị tỉnh mở lại"

    def _show_due(self, report: reports.Report) -> None:
        due = report_periods.due(self.session, report.spec, report.period)
        left = days_left(self.session.today, due)
        self.due.show()
        if self.progress.step is Step.DONE:
            packed = f"Đã vào gói {self.progress.package}" if self.progress.package else "Đã in để ký"
            self.due.set_state(State.OK, packed)
        elif left < 0:
            self.due.set_state(State.LATE, f"Quá hạn nộp {-left} ngày, hạn {format_date(due)}")
        elif left == 0:
            self.due.set_state(State.SOON, f"Nộp hôm nay, {format_date(due)}")
        elif left <= 3:
            self.due.set_state(State.SOON, f"Nộp {format_date(due)}, còn {left} ngày")
        else:
            self.due.set_state(State.LATER, f"Nộp {format_date(due)}")

    # Figures

    def _on_mark(self, indicator: str) -> None:
        self.evidence.tabs.setCurrentIndex(FIGURES)
        self.evidence.table.choose(indicator)
        self._show_figure(indicator, follow=False)

    def next_odd(self) -> None:
        """F8: the next figure that asks to be looked at."""
        self.views.set_current(1)
        self._show_columns()
        self.evidence.next_odd()

    def _on_figure(self, indicator: str) -> None:
        self._show_figure(indicator, follow=True)

    def _on_yardstick(self, indicator: str, column: FigureColumn) -> None:
        """The records of the figure in the period before, a year ago, or since the year began."""
        if self.shown is None:
            return
        report = self.shown.report
        period = period_behind(report.period, column)
        if period is None:
            return
        self._wanted_figure = indicator
        self.paper.view.choose(indicator, follow=True)
        self._on_source(FigureSource(indicator, period), f"{report.figure(indicator).label}, {period.label}")

    def _show_figure(self, indicator: str, follow: bool) -> None:
        if self.shown is None:
            return
        self._wanted_figure, self._wanted_source = indicator, None
        self.paper.view.choose(indicator, follow)
        self.loader.find_records(indicator, self.shown.report.period)

    def _on_source(self, source: FigureSource, words: str) -> None:
        self._wanted_source = source
        self.loader.find_behind(source, words)

    def arrange_places(self) -> None:
        """Asks where the residential areas lie on the grid map."""
        from thidua_desktop.ui.pages.report.place_board import PlaceDialog

        PlaceDialog(self.session, self.look, self).open()

    def print_chart(self, chart: object) -> None:
        """One chart of the report on a paper of its own."""
        from thidua_desktop.charts.model import Chart
        from thidua_desktop.ui.pages.indicator.chart_paper_page import chart_paper_page

        if isinstance(chart, Chart) and self.shown is not None:
            period = self.shown.report.period.label
            page = chart_paper_page(self.session, self.look, self.navigate, (chart,), period, "Báo cáo")
            self.navigate.push(page)

    def open_pictures(self) -> None:
        """The page of the indicator whose records are shown."""
        from thidua_desktop.ui.pages.indicator.page import IndicatorPage

        if self.shown is not None and self._wanted_figure:
            period = self.shown.report.period
            page = IndicatorPage(self.session, self.look, self.navigate, self._wanted_figure, period, "Báo cáo")
            self.navigate.push(page)

    def open_place(self, indicator: str, office: str) -> None:
        """One commune of an odd figure: the page of the indicator at that commune."""
        from thidua_desktop.ui.pages.indicator.page import IndicatorPage

        if self.shown is not None:
            wanted = (indicator, self.shown.report.period, "Báo cáo", office)
            self.navigate.push(IndicatorPage(self.session, self.look, self.navigate, *wanted))

    def _open_register(self) -> None:
        if self.shown is None or not self._wanted_figure:
            return
        source = self._wanted_source or FigureSource(self._wanted_figure, self.shown.report.period)
        register = self.session.definitions.indicators[source.indicator].register
        if not self.session.opens(register):
            self.navigate.show_message(CLOSED, "lock", "warn")
            return
        self.navigate.open_room(
            register, list_filter(self.session, source.indicator, source.period, source.area, source.office)
        )

    def _keep_reason(self, indicator: str, reason: str) -> None:
        if self.shown is not None:
            key = self.shown.report.figure(indicator).reason_key
            kept = self._try(lambda: reports.keep_odd(self.session, self.chips.period, key, reason))
            waiting = [one.indicator for one in self.shown.report.unanswered if one.indicator != indicator]
            if kept and reason.strip():
                self._then_ask = (*waiting, _NOTHING_LEFT)[0]  # once what was kept has been read again

    def _keep_paragraph(self, name: str, text: str) -> None:
        if self.shown is not None:
            report = self.shown.report
            self._try(lambda: reports.set_paragraph(self.session, report.spec.name, report.period, name, text))

    def _take_words(self, names: tuple[str, ...]) -> None:
        """The words of last period into paragraphs that were not written in this one."""
        if self.shown is not None:
            self.evidence.paragraphs.keep_all()
            report = self.shown.report
            if self._try(lambda: take(self.session, report, names)):
                self.navigate.show_message(f"Đã lấy lời kỳ trước cho {len(names)} đoạn; số đã điền theo kỳ này")

    # Steps

    def next_step(self) -> None:
        """Does what the filled button says."""
        if self.shown is None or self._busy or not self.next_button.isEnabled() or self.next_button.isHidden():
            return
        step = self.progress.step
        if step in (Step.WRITE, Step.CLOSE):
            self.close_report()
        elif step is Step.PRINT:
            self.print_paper()
        elif step is Step.PACK:
            self.navigate.open_room("handoff")

    def close_report(self) -> None:
        """Closes the period; refused while an odd value has no reason, which is then shown."""
        if self.shown is None:
            return
        self.evidence.paragraphs.keep_all()
        report = self.shown.report
        waiting = report.unanswered
        if waiting:
            self.views.set_current(1)
            self._show_columns()
            self.evidence.ask_reason(waiting[0].indicator)
            self.navigate.show_message(f"Còn {len(waiting)} số khác thường chưa ghi lý do", "triangle-alert", "warn")
            return
        found = coverage(self.session, report.spec.name, report.period) if self.session.is_province else None
        if found is not None and found.missing:
            from thidua_desktop.ui.pages.report.missing_communes import ask_about_missing

            self.asked = ask_about_missing(self, found, self._close, lambda: self.navigate.open_room("board", "remind"))
            return
        self._close()

    def _close(self) -> None:
        if self.shown is None:
            return
        report = self.shown.report
        session, name, period = self.session, report.spec.name, report.period

        def work(_control: TaskControl) -> object:
            with session.worker() as working:
                return reports.close(working, name, period)

        self._set_busy(True)
        task = run_task(self, work, self._pool)
        task.succeeded.connect(lambda _report: self._on_closed(period.name))
        task.failed.connect(lambda error: show_error(self.look, error, self))
        task.finished.connect(lambda: self._set_busy(False))

    def reopen(self) -> None:
        """Opens a closed period again; what was reported stays kept."""
        if self.shown is not None:
            report = self.shown.report
            if self._try(lambda: reports.reopen(self.session, report.spec.name, report.period)):
                self.navigate.show_message(f"Đã mở lại {report.period.name}", "lock-open", "ok")
                self.evidence.first_to_focus().setFocus()  # not on what stands where this button goes

    def take_number(self) -> None:
        """Gives the closed report its number in the register of issued papers; the paper is then drawn with it."""
        if self.shown is not None:
            report = self.shown.report
            take = partial(paper.take_number, self.session, report, ask_first=True)
            if self._try(lambda: asking_first(self, self.session, take)):
                taken = paper.number_of(self.session, report)
                if taken is not None:
                    self.navigate.show_message(f"Đã lấy số {taken.text}")

    def save_paper(self) -> None:
        """Asks where, and saves the paper as it is shown, as a Word file to be edited, or its tables for Excel."""
        if self.shown is None:
            return
        report, pdf = self.shown.report, self.shown.pdf
        path = paper_output.ask_where(self, file_name(report, self.session.file.identity.name), editable=True)
        if path is None:
            return
        kind, signer, session = path.suffix.lower(), self._signer, self.session
        other = kind in {paper_output.WORD, paper_output.EXCEL}

        def save(control: TaskControl) -> None:
            content = pdf
            if other:
                with closing(session.reader()) as reading:
                    content = paper_file(reading, lambda one: paper.report_document(one, report, signer=signer), kind)
            control.stop_if_cancelled()  # nothing was written so far
            paper_output.save_file(content, path)

        def done(_saved: None) -> None:
            if not other:
                self._printed()
            self.navigate.show_message(f"Đã lưu {path.name}")

        self.work.start("Đang ghi tệp", save, done, stoppable=True)

    def sign_paper(self) -> None:
        """Asks for key and place, signs the paper as it is shown, and saves the signed file."""
        if self.shown is not None:
            from thidua_desktop.ui.pages.report.sign_dialog import SignDialog

            dialog = SignDialog(self.session, self.look, self.shown.pdf, self.shown.places, self, self._signed)
            dialog.accepted.connect(lambda: self._save_signed(dialog))
            dialog.open()

    def _save_signed(self, dialog: SignDialog) -> None:
        if self.shown is None:
            return
        name = file_name(self.shown.report, self.session.file.identity.name).removesuffix(".pdf")
        path = paper_output.ask_where(self, f"{name}-ky-so.pdf")
        if path is not None and self._try(lambda: paper_output.save_file(dialog.signed, path)):
            self._signed = dialog.saved_as(path)
            self._printed()
            self.navigate.show_message(f"Đã ký, lưu {path.name}")

    def print_paper(self) -> None:
        """Through the system's print dialog."""
        if self.shown is None:
            return
        report, pdf = self.shown.report, self.shown.pdf
        title = file_name(report, self.session.file.identity.name).removesuffix(".pdf")
        printer = paper_output.ask_printer(self, title, len(self.shown.sheets))
        if printer is not None:
            paper_output.send_to_printer(self.work, pdf, printer, self._on_sent)

    def _on_sent(self) -> None:
        self._printed()
        self.navigate.show_message("Đã gửi bản in đến máy in")

    def _printed(self) -> None:
        if self.shown is not None:
            note_printed(self.session, self.shown.report)
            access.note_paper(self.session, access.PRINT, self.shown.report.subject)
            self.progress = progress_of(self.session, self.shown.report)
            self._show_step(self.shown.report)

    def _on_closed(self, period: str) -> None:
        self.session.announce(Changes(frozenset()))
        self.navigate.show_message(f"Đã chốt {period}", "lock", "ok")
        self.next_button.setFocus()  # where printing stands next, not on what became free beside it

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.next_button.set_reason("Đang chốt số liệu" if busy else "")

    def _try(self, act: object) -> bool:
        try:
            act()  # type: ignore[operator]
        except UserError as error:
            show_error(self.look, error, self)
            return False
        return True

    # Page

    def hideEvent(self, event: QHideEvent) -> None:
        """Keeps what is typed and asks for nothing more: the office may be closed next."""
        super().hideEvent(event)
        self.evidence.paragraphs.keep_all()
        self.loader.drop()
        self._stale = True

    def open_with(self, argument: object) -> None:
        name, code = argument if isinstance(argument, tuple) else (self.chips.spec.name, argument)
        if isinstance(code, str) and name in self.session.definitions.reports:
            spec = self.session.definitions.reports[name]
            self.chips.set_report(spec)
            if not code:
                return
            self.chips.set_period(report_periods.period_for(self.session, spec, code))

    def can_leave(self) -> bool:
        self.evidence.paragraphs.keep_all()
        return True

    def escape(self) -> bool:
        return self.evidence.stop_asking()

    def help_key(self) -> str:
        return f"{REPORT_HELP}{self.chips.spec.name}"

    def regions(self) -> list[QWidget]:
        return [self.head, self.paper.view, self.evidence.first_to_focus(), self.evidence.records.table]

    def focus_first(self) -> None:
        self.evidence.table.setFocus()

    def set_layout_class(self, kind: LayoutClass) -> None:
        self._compact = kind is LayoutClass.COMPACT
        self.evidence.keep_rows(_ROWS_SEEN if self._compact else 0)
        if self._compact:
            self.paper.setMinimumWidth(0)
            self.paper.setMaximumWidth(ANY_WIDTH)
        else:
            self.paper.setFixedWidth(self.look.px(_PAPER_WIDTH[kind]))
        self.paper.set_hint_shown(kind is not LayoutClass.MEDIUM)
        self._show_columns()

    def _show_columns(self) -> None:
        self.views.setVisible(self._compact)
        self.trail.setVisible(not self._compact)
        kind = ButtonKind.BORDERLESS if self._compact else ButtonKind.BORDERED
        self.save_button.set_kind(kind)
        self.sign_button.set_kind(kind)
        self.print_button.set_kind(kind)
        self.save_button.show()
        self.print_button.setVisible(self.progress.step is not Step.PRINT)
        self.head.updateGeometry()
        self.paper.setVisible(not self._compact or self.views.current() == 0)
        self.evidence.setVisible(not self._compact or self.views.current() == 1)

    def _focus_view(self, at: int) -> None:
        self.views.set_current(at)
        self._show_columns()
        if at == 0:
            self.paper.view.setFocus()
        else:
            self.evidence.first_to_focus().setFocus()
