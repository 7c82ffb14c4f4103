"""The minutes (or the invitation) of a meeting as they will be printed, to print or to keep as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import records
from thidua_desktop.services.documents.printing import documents_of, print_document
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.paper_output import ask_printer, print_pages, save_file
from thidua_desktop.ui.components.paper_pictures import sheets_of
from thidua_desktop.ui.components.paper_view import PdfView
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.papers import ask_where, file_name
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.pages.meeting.views import Views
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_SHEET_WIDTH = 760  # px at 100 %


class MinutesPage(Page):
    """Papers of one saved meeting. They are made on a thread of their own, from what is saved."""

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, record_id: str, document: str = "meeting_minutes"
    ) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.record_id = record_id
        self.pdf: bytes | None = None
        self._task: Task | None = None
        self._documents = documents_of(session, on.REGISTER)
        names = [spec.name for spec in self._documents]
        self.document = document if document in names else names[0]
        self._build(names.index(self.document))
        for keys, act in (("Ctrl+P", self.print), ("Ctrl+S", self.save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.make()

    def _build(self, current: int) -> None:
        look = self.look
        values = records.get(self.session, on.REGISTER, self.record_id).values
        self._title = on.meeting_title(self.session, values)
        self.which = Segments(look, [spec.title for spec in self._documents], current, "Giấy tờ của cuộc họp")
        self.which.chosen.connect(self._choose)
        self.save_button = bordered(look, "Lưu PDF", "file-down", "Ctrl+S")
        self.print_button = filled(look, "In", "printer", "Ctrl+P")
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print)
        actions = (self.save_button, self.print_button)
        self.head = PageHead(look, self._title, "Cuộc họp", scope=(self.which,), actions=actions)
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

    def title(self) -> str:
        return f"Giấy tờ: {self._title}"

    def regions(self) -> list[QWidget]:
        return [self.head, self.paper]

    def focus_first(self) -> None:
        (self.paper if self.pdf else self.save_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def make(self) -> None:
        """Makes the paper that is chosen."""
        self._set_ready(None)
        document, record_id, session = self.document, self.record_id, self.session

        def work(_control: TaskControl) -> object:
            reader = session.reader()
            try:
                return print_document(reader, document, record_id).pdf
            finally:
                reader.close()

        self._task = run_task(self, work)
        self._task.succeeded.connect(lambda pdf: self._set_ready(pdf) if document == self.document else None)
        self._task.failed.connect(self._on_failed)

    def save(self) -> None:
        """Asks where to keep the PDF and writes it."""
        if self.pdf is None:
            return
        path = ask_where(self, "Lưu bản in", file_name(self._file_title(), "pdf"), "PDF (*.pdf)")
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Writes the PDF; a full disk or a pulled stick is told."""
        try:
            save_file(self.pdf or b"", path)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self.navigate.show_message(f"Đã lưu {path.name}.")

    def print(self) -> None:
        """Asks for a printer and prints."""
        if self.pdf is None:
            return
        printer = ask_printer(self, self._file_title(), len(sheets_of(self.pdf)))
        if printer is not None:
            self.send(printer)

    def send(self, printer: QPrinter) -> None:
        """Sends the paper to a printer; one that refuses is told."""
        try:
            print_pages(self.pdf or b"", printer)
        except UserError as error:
            show_error(self.look, error, self)
        else:
            self.navigate.show_message("Đã gửi bản in tới máy in.")

    def _file_title(self) -> str:
        document = next(spec for spec in self._documents if spec.name == self.document)
        return f"{document.title} {self._title}"

    def _choose(self, at: int) -> None:
        self.document = self._documents[at].name
        self.make()

    def _set_ready(self, pdf: object) -> None:
        self.pdf = pdf if isinstance(pdf, bytes) else None
        waiting = "" if self.pdf else "Đang dựng bản in"
        self.save_button.set_reason(waiting)
        self.print_button.set_reason(waiting)
        self.views.setCurrentIndex(1 if self.pdf else 0)
        if self.pdf:
            self.paper.show_pdf(self.pdf)
            self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: object) -> None:
        words = error.sentence if isinstance(error, UserError) else "Chưa dựng được bản in."
        self.waiting.set_text(getattr(error, "remedy", "") or "", words)
        if isinstance(error, BaseException) and not isinstance(error, UserError):
            show_error(self.look, error, self)
