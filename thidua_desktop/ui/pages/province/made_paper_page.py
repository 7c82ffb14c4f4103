"""A paper that is made for one moment and belongs to no record: looked at, printed, kept as a file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import access
from thidua_desktop.services.paper_files import Paper, paper_file
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components import paper_output
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.paper_pictures import sheets_of
from thidua_desktop.ui.components.pdf_view import PdfView
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.papers import file_name
from thidua_desktop.ui.pages.numbers.first_number import asking_first
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl, run_task

Maker = Callable[[Session, str], bytes]
"""The file of an ending (.pdf, .docx, .xlsx)."""
_SHEET_WIDTH = 760  # px at 100 %


def file_of(paper: Paper) -> Maker:
    """The file of a paper that is made anew for each ending."""
    return lambda reading, ending: paper_file(reading, paper, ending)


class MadePaperPage(Page):
    """``make`` gives the file of an ending from a reading session: the PDF, and where ``editable`` Word and Excel.

    ``number`` takes numbers on the session itself and says what was done; the paper is made anew afterwards.
    """

    def __init__(
        self,
        session: Session,
        look: Look,
        navigate: Navigate,
        title: str,
        back_to: str,
        make: Maker,
        editable: bool = True,
        number: Callable[[], str] | None = None,
    ) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.setWindowTitle(title)
        self.pdf: bytes | None = None
        self._make, self._editable, self._number = make, editable, number
        self.work = LongWork(look, self)
        self._build(back_to)
        for keys, act in (("Ctrl+P", self.print), ("Ctrl+S", self.save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.make()

    def _build(self, back_to: str) -> None:
        look = self.look
        self.number_button = bordered(look, "Lấy số", "list-checks")
        self.number_button.clicked.connect(self.take_number)
        self.save_button = bordered(look, "Lưu", "file-down", "Ctrl+S")
        self.save_button.clicked.connect(self.save)
        self.print_button = filled(look, "In", "printer", "Ctrl+P")
        self.print_button.clicked.connect(self.print)
        numbers = (self.number_button,) if self._number is not None else ()
        actions = (*numbers, self.save_button, self.print_button)
        self.head = PageHead(look, self.windowTitle(), back_to, actions=actions)
        if self._number is None:
            self.number_button.setParent(self)
            self.number_button.hide()
        elif not self.session.may(Permission.RECORD):
            self.number_button.set_reason("Quyền của bạn không lấy số được")
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.paper = PdfView(look, "Bản in", _SHEET_WIDTH)
        self.waiting = EmptyState(look, "Đang dựng bản in…", icon="file-text")
        self.views = Views()
        self.views.addWidget(self.waiting)
        self.views.addWidget(self.paper)
        card = Card(look, flush=True)
        card.add(self.views, 1)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(card, 1)

    def make(self) -> None:
        """Makes the paper off the window's thread."""
        self._set_ready(None)
        task = run_task(self, self._work(paper_output.PDF))
        task.succeeded.connect(self._set_ready)
        task.failed.connect(self._on_failed)

    def _work(self, ending: str) -> Callable[[TaskControl], bytes]:
        session, make = self.session, self._make

        def work(_control: TaskControl) -> bytes:
            with closing(session.reader()) as reading:
                return make(reading, ending)

        return work

    def save(self) -> None:
        """Asks where, and keeps the paper as PDF, Word or Excel."""
        if self.pdf is None:
            return
        path = paper_output.ask_where(self, file_name(self.windowTitle(), "pdf"), editable=self._editable)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Keeps it; a full disk or a pulled stick is told."""
        ending = path.suffix.lower()
        if not self._editable or ending not in {paper_output.WORD, paper_output.EXCEL}:
            self._keep(self.pdf or b"", path)
            return
        self.work.start("Đang ghi tệp", self._work(ending), lambda content: self._keep(content, path), stoppable=True)

    def _keep(self, content: bytes, path: Path) -> None:
        try:
            paper_output.save_file(content, path)
        except UserError as error:
            show_error(self.look, error, self)
            return
        other = path.suffix.lower() in {paper_output.WORD, paper_output.EXCEL}
        access.note_paper(self.session, access.EXPORT if other else access.PRINT, self.windowTitle())
        self.navigate.show_message(f"Đã lưu {path.name}.")

    def print(self) -> None:
        """Asks for a printer and prints."""
        if self.pdf is None:
            return
        printer = paper_output.ask_printer(self, self.windowTitle(), len(sheets_of(self.pdf)))
        if printer is not None:
            paper_output.send_to_printer(self.work, self.pdf, printer, self._on_printed)

    def _on_printed(self) -> None:
        access.note_paper(self.session, access.PRINT, self.windowTitle())
        self.navigate.show_message("Đã gửi bản in tới máy in.")

    def take_number(self) -> None:
        """Takes the numbers and makes the paper with them."""
        if self._number is None:
            return
        try:
            told = asking_first(self, self.session, self._number)
        except UserError as error:
            show_error(self.look, error, self)
            return
        if told is None:
            return
        self.navigate.show_message(told)
        self.make()

    def _set_ready(self, pdf: object) -> None:
        self.pdf = pdf if isinstance(pdf, bytes) else None
        waiting = "" if self.pdf else "Đang dựng bản in"
        self.save_button.set_reason(waiting)
        self.print_button.set_reason(waiting)
        self.views.setCurrentIndex(1 if self.pdf else 0)
        if self.pdf:
            self.paper.show_pdf(self.pdf)
            if not self.types_elsewhere():
                self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: object) -> None:
        words = error.sentence if isinstance(error, UserError) else "Chưa dựng được bản in."
        self.waiting.set_text(getattr(error, "remedy", "") or "", words)
        if isinstance(error, BaseException) and not isinstance(error, UserError):
            show_error(self.look, error, self)

    def help_key(self) -> str:
        return "paper"

    def regions(self) -> list[QWidget]:
        return [self.head, self.paper]

    def focus_first(self) -> None:
        (self.paper if self.pdf else self.save_button).setFocus(Qt.FocusReason.OtherFocusReason)
