"""What can be done with a closing of the report: look at its paper, save it, compare it, write down its return."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from thidua_desktop.errors import UserError
from thidua_desktop.services import access
from thidua_desktop.services.paper_files import paper_file
from thidua_desktop.services.reports.comparison_paper import comparison_document
from thidua_desktop.services.reports.editions import return_report
from thidua_desktop.services.reports.names import office_names
from thidua_desktop.services.session import Permission
from thidua_desktop.ui.components import paper_output
from thidua_desktop.ui.components.paper_pictures import sheets_of
from thidua_desktop.ui.pages.report.editions_view import EditionsView
from thidua_desktop.ui.pages.report.paper_name import file_name
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.report.page import ReportPage
    from thidua_desktop.ui.pages.report.report_loader import LoadedReport


class EditionActions(QObject):
    """``viewed`` is the paper that is looked at in place of the report's own; None while there is none."""

    def __init__(self, page: ReportPage, view: EditionsView) -> None:
        super().__init__(page)
        self._page, self._view = page, view
        self.viewed: bytes | None = None
        view.paper_wanted.connect(self.show_paper)
        view.save_wanted.connect(self.save_paper)
        view.comparison_wanted.connect(self.save_comparison)
        view.return_wanted.connect(self.write_return)
        view.record_opened.connect(page.navigate.open_room)

    def show_loaded(self, loaded: LoadedReport) -> None:
        """The closings of the report that was read; its own paper is looked at again."""
        self.viewed = None
        self._view.show_viewed(0)
        may_close = self._page.session.may(Permission.CLOSE_PERIOD)
        barred = "" if may_close else "Người đang mở sổ không có quyền chốt kỳ"
        if not loaded.editions:
            barred = "Kỳ này chưa chốt lần nào"
        elif loaded.report.returned is not None:
            barred = "Lần chốt cuối đã ghi trả lại; sửa rồi chốt lại"
        elif self._page.locked:
            barred = self._page.locked
        self._page.evidence.show_editions(loaded.editions, loaded.comparisons, barred)

    def show_paper(self, number: int) -> None:
        """The paper of a closing in place of the report's own, and back."""
        loaded = self._page.shown
        edition = next((one for one in loaded.editions if one.number == number), None) if loaded else None
        if loaded is None or edition is None or edition.pdf is None:
            return
        back = self.viewed is edition.pdf
        self.viewed = None if back else edition.pdf
        self._view.show_viewed(0 if back else number)
        view = self._page.paper.view
        if back:
            view.set_paper(loaded.sheets, loaded.marks, loaded.pdf)
        else:
            view.set_paper(sheets_of(edition.pdf), (), edition.pdf)
        self._page.paper.refresh_page_number()

    def save_paper(self, number: int) -> None:
        """Asks where, and saves the paper of a closing as it was reported."""
        loaded = self._page.shown
        edition = next((one for one in loaded.editions if one.number == number), None) if loaded else None
        if loaded is None or edition is None or edition.pdf is None:
            return
        pdf = edition.pdf
        path = paper_output.ask_where(self._page, f"{self._name(loaded)}-lan-{number}.pdf")
        if path is not None and self._try(lambda: paper_output.save_file(pdf, path)):
            access.note_paper(self._page.session, access.PRINT, loaded.report.subject)
            self._page.navigate.show_message(f"Đã lưu {path.name}")

    def save_comparison(self, number: int) -> None:
        """Asks where, and saves what was reported beside what the books say, as PDF, Word or Excel."""
        loaded = self._page.shown
        found = loaded.comparisons.get(number) if loaded else None
        if loaded is None or found is None:
            return
        path = paper_output.ask_where(self._page, f"{self._name(loaded)}-doi-chieu.pdf", editable=True)
        if path is None:
            return
        session, report = self._page.session, loaded.report

        def save(control: TaskControl) -> None:
            with closing(session.reader()) as reading:
                paper = partial(comparison_document, report=report, found=found)
                content = paper_file(reading, paper, path.suffix.lower())
            control.stop_if_cancelled()  # nothing was written so far
            paper_output.save_file(content, path)

        def done(_saved: None) -> None:
            access.note_paper(session, access.PRINT, report.subject)
            self._page.navigate.show_message(f"Đã lưu {path.name}")

        self._page.work.start("Đang ghi tệp", save, done, stoppable=True)

    def write_return(self) -> None:
        """Asks by whom, when and why the report was returned; the period then opens."""
        loaded = self._page.shown
        if loaded is None:
            return
        from thidua_desktop.ui.pages.report.return_dialog import ReturnDialog

        page, report = self._page, loaded.report
        superior = office_names(page.session)["superior"]
        dialog = ReturnDialog(
            page.session, page.look, "Báo cáo bị trả lại", superior,
            lambda by, day, reason: return_report(page.session, report.spec.name, report.period, by, day, reason), page,
        )  # fmt: skip
        told = f"Đã ghi trả lại; {report.period.name} mở để sửa"
        dialog.accepted.connect(lambda: page.navigate.show_message(told, "rotate-ccw", "warn"))
        dialog.open()

    def _name(self, loaded: LoadedReport) -> str:
        return file_name(loaded.report, self._page.session.file.identity.name).removesuffix(".pdf")

    def _try(self, act: object) -> bool:
        try:
            act()  # type: ignore[operator]
        except UserError as error:
            show_error(self._page.look, error, self._page)
            return False
        return True
