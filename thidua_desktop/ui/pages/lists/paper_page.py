"""Papers of one record or of several as they will be printed, to print or to keep as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import DocumentSpec
from thidua_desktop.services.documents.printing import (
    document_spec,
    has_tables,
    numbers_of,
    papers_in_excel,
    papers_in_word,
    print_documents,
    signers_of,
    take_numbers,
    takes_numbers,
    typed_number,
)
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.signing import Rendered, SignaturePlace
from thidua_desktop.ui.components.buttons import Button, bordered, borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.file_choice import EXCEL_FILES, PDF_FILES, WORD_FILES, file_to_write
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.paper_output import ask_printer, save_file, send_to_printer
from thidua_desktop.ui.components.paper_pictures import sheets_of
from thidua_desktop.ui.components.pdf_view import PdfView
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.papers import file_name
from thidua_desktop.ui.pages.numbers.first_number import asking_first
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from thidua_desktop.ui.pages.report.sign_dialog import SignDialog, SignedFile

_Maker = Callable[[Session, str, Sequence[str]], bytes]
_SHEET_WIDTH = 760  # px at 100 %
_PAPERS = "Giấy tờ in được"
_BESIDE_EACH_OTHER = 3  # papers


class PaperPage(Page):
    """One of ``documents`` from saved records, made on a thread of its own; long work tells how far it is and stops."""

    def __init__(
        self,
        session: Session,
        look: Look,
        navigate: Navigate,
        documents: Sequence[DocumentSpec],
        ids: Sequence[str],
        *,
        document: str = "",
        of: str,
        back_to: str,
    ) -> None:
        """``of`` names what the papers are of, ``back_to`` where the page was opened from."""
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.ids = tuple(ids)
        self.pdf: bytes | None = None
        self.places: tuple[SignaturePlace, ...] = ()
        self._task: Task | None = None
        self._signed: SignedFile | None = None
        self.work = LongWork(look, self)
        self._documents, self._of = tuple(documents), of
        names = [spec.name for spec in self._documents]
        self.document = document if document in names else names[0]
        self._build(names.index(self.document), back_to)
        self._offer_signers()
        for keys, act in (("Ctrl+P", self.print), ("Ctrl+S", self.save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.make()

    def _build(self, current: int, back_to: str) -> None:
        look = self.look
        titles = [spec.title for spec in self._documents]
        self.which = self._papers_to_choose(titles, current)
        self.save_button = bordered(look, "Lưu PDF", "file-down", "Ctrl+S")
        self.word_button = borderless(look, "Lưu Word", "file-text")
        self.excel_button = borderless(look, "Lưu Excel", "file-spreadsheet")
        self.print_button = filled(look, "In", "printer", "Ctrl+P")
        self.save_button.clicked.connect(self.save)
        self.word_button.clicked.connect(self.save_in_word)
        self.excel_button.clicked.connect(self.save_in_excel)
        self.print_button.clicked.connect(self.print)
        self.number_button = borderless(look, "Lấy số", "list-checks")
        self.number_button.clicked.connect(self.take_number)
        self.sign_button = borderless(look, "Ký số…", "signature")
        self.sign_button.clicked.connect(self.sign)
        self.signer = ChoiceBox(look, "Người ký")
        self.signer.setToolTip("Người ký trên giấy này; thường ký thì chọn ở Quản trị")
        self.signer.currentIndexChanged.connect(lambda _at: self.make())
        scope = (self.which, self.signer) if len(titles) > 1 else (self.signer,)
        makers = (self.excel_button, self.word_button, self.save_button, self.print_button)
        actions = (self.number_button, self.sign_button, *makers)
        self.head = PageHead(look, self._of, back_to, scope=scope, actions=actions)
        if self.head.back_button is not None:
            self.head.back_button.clicked.connect(self.navigate.back)
        self.paper = PdfView(look, "Bản in", _SHEET_WIDTH)
        self.waiting = EmptyState(look, "Đang dựng bản in…", icon="file-text")
        self.progress = ProgressStrip(look)
        self.progress.cancelled.connect(self.stop)
        self.views = Views()
        self.views.addWidget(self.waiting)
        self.views.addWidget(self.paper)
        card = Card(look, flush=True)
        card.add(self.views, 1)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.progress)
        outer.addWidget(card, 1)
        if len(titles) == 1:
            self.which.setParent(self)
            self.which.hide()

    def _papers_to_choose(self, titles: Sequence[str], current: int) -> Segments | ChoiceBox:
        """Beside each other, or in a list where they would be wider than the window."""
        if len(titles) <= _BESIDE_EACH_OTHER:
            beside = Segments(self.look, titles, current, _PAPERS)
            beside.chosen.connect(self._choose)
            return beside
        listed = ChoiceBox(self.look, _PAPERS, list(enumerate(titles)), current)
        listed.currentIndexChanged.connect(self._choose)
        return listed

    def title(self) -> str:
        return f"Giấy tờ: {self._document_title()}"

    def help_key(self) -> str:
        return "paper"

    def regions(self) -> list[QWidget]:
        return [self.head, self.paper]

    def focus_first(self) -> None:
        (self.paper if self.pdf else self.save_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def make(self) -> None:
        """Makes the paper that is chosen."""
        self.stop()
        self._set_ready(None)
        document, ids, session, signer = self.document, self.ids, self.session, self.picked

        def work(control: TaskControl) -> object:
            with session.worker() as working:
                return print_documents(working, document, ids, lambda page: control.progress(page, 0), signer)

        if len(ids) > 1:
            self.progress.start("Đang dựng bản in")
        self._task = run_task(self, work)
        self._task.progressed.connect(lambda page, _total, _text: self._tell(page))
        self._task.succeeded.connect(lambda made: self._set_ready(made) if document == self.document else None)
        self._task.failed.connect(self._on_failed)
        self._task.stopped.connect(lambda: self._on_stopped(document))

    def stop(self) -> None:
        """Ends the making of a paper that is under way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def save(self) -> None:
        """Asks where to keep the PDF and writes it."""
        if self.pdf is None:
            return
        path = file_to_write(self, "Lưu bản in", file_name(self._file_title(), "pdf"), PDF_FILES, Files.PAPERS)
        if path is not None:
            self.write(path)

    def save_in_word(self) -> None:
        """Asks where to keep the paper as a Word file, makes it in the background and writes it."""
        signer = self.picked

        def make(session: Session, document: str, ids: Sequence[str]) -> bytes:
            return papers_in_word(session, document, ids, signer)

        self._save_as("Lưu tệp Word", "docx", WORD_FILES, make, self.word_button)

    def save_in_excel(self) -> None:
        """The same for the paper's tables, as sheets of Excel."""
        self._save_as("Lưu tệp Excel", "xlsx", EXCEL_FILES, papers_in_excel, self.excel_button)

    def _save_as(self, title: str, ending: str, kinds: str, make: _Maker, button: Button) -> None:
        path = file_to_write(self, title, file_name(self._file_title(), ending), kinds, Files.PAPERS)
        if path is None:
            return
        document, ids, session = self.document, self.ids, self.session

        def work(_control: TaskControl) -> object:
            with session.worker() as working:
                return make(working, document, ids)

        button.set_reason("Đang ghi tệp")
        task = run_task(self, work)
        task.succeeded.connect(lambda content: self.write(path, content))
        task.failed.connect(lambda error: show_error(self.look, error, self))
        task.finished.connect(lambda: button.set_reason(""))

    def write(self, path: Path, content: bytes | None = None) -> bool:
        """Writes the PDF (or other ``content``); a full disk or a pulled stick is told."""
        try:
            save_file(self.pdf or b"" if content is None else content, path)
        except UserError as error:
            show_error(self.look, error, self)
            return False
        self.navigate.show_message(f"Đã lưu {path.name}.")
        return True

    def take_number(self) -> None:
        """Gives the paper its number in the register of issued papers, and makes it again with it."""
        try:
            taken = asking_first(
                self,
                self.session,
                lambda: take_numbers(self.session, self.document, self.ids, self.picked, ask_first=True),
            )
        except UserError as error:
            show_error(self.look, error, self)
            return
        if taken is None:
            return
        last = f" đến {taken[-1].text}" if len(taken) > 1 else ""
        self.navigate.show_message(f"Đã lấy số {taken[0].text}{last}")
        self.make()

    @property
    def picked(self) -> str:
        """The key of who was picked to sign; "" where the paper says it itself."""
        return str(self.signer.chosen() or "")

    def _offer_signers(self) -> None:
        """Those who may sign the paper that is chosen, the usual one first; the box is not shown for a single one."""
        spec = next(spec for spec in self._documents if spec.name == self.document)
        offered = signers_of(self.session, spec)
        self.signer.blockSignals(True)
        self.signer.clear()
        for one in offered:
            self.signer.addItem(f"{one.full_name or '…'}, {one.position.capitalize()}", one.key)
        self.signer.blockSignals(False)
        self.signer.setVisible(len(offered) > 1)

    def sign(self) -> None:
        """Asks for key and place, signs the paper as it is shown, and saves the signed file."""
        if self.pdf is None:
            return
        from thidua_desktop.ui.pages.report.sign_dialog import SignDialog

        self.dialog = SignDialog(self.session, self.look, self.pdf, self.places, self, self._signed)
        dialog = self.dialog
        dialog.accepted.connect(lambda: self._save_signed(dialog))
        dialog.open()

    def _save_signed(self, dialog: SignDialog) -> None:
        name = file_name(f"{self._file_title()} ký số", "pdf")
        path = file_to_write(self, "Lưu bản đã ký", name, PDF_FILES, Files.PAPERS)
        if path is not None and self.write(path, dialog.signed):
            self._signed = dialog.saved_as(path)

    def _show_number(self) -> None:
        """The button while a number can be taken; afterwards the number in its place, for reading."""
        spec = next(spec for spec in self._documents if spec.name == self.document)
        may = takes_numbers(spec) and self.session.may(Permission.RECORD)
        self.number_button.setVisible(may and self.pdf is not None)
        if self.number_button.isHidden():
            return
        numbers = numbers_of(self.session, self.document, self.ids)
        first = numbers[0] if all(numbers) else None
        typed = "" if first else typed_number(self.session, self.document, self.ids)
        number = first.text if first else typed
        self.number_button.set_content(f"Số {number}" if number else "Lấy số", "list-checks")
        by_hand = "Số này ghi tay trong bản ghi; xóa nó ở bản ghi thì lấy số theo sổ văn bản đi được"
        told = "Giấy này đã có số; số giữ nguyên khi in lại"
        self.number_button.set_reason(by_hand if typed else told if first else "")

    def print(self) -> None:
        """Asks for a printer and prints."""
        if self.pdf is None:
            return
        printer = ask_printer(self, self._document_title(), len(sheets_of(self.pdf)))  # a queue shows it to everybody
        if printer is not None:
            self.send(printer)

    def send(self, printer: QPrinter) -> None:
        """Sends the paper to a printer; one that refuses is told."""
        send_to_printer(
            self.work, self.pdf or b"", printer, lambda: self.navigate.show_message("Đã gửi bản in tới máy in.")
        )

    def _document_title(self) -> str:
        return next(spec for spec in self._documents if spec.name == self.document).title

    def _file_title(self) -> str:
        return f"{self._document_title()} {self._of}"

    def _choose(self, at: int) -> None:
        self.document = self._documents[at].name
        self._offer_signers()
        self.make()

    def _tell(self, page: int) -> None:
        if self.pdf is None and len(self.ids) > 1:
            self.progress.set_progress(0, 0, f"Đang dựng trang {page}")

    def _set_ready(self, made: object) -> None:
        rendered = made if isinstance(made, Rendered) else None
        self.pdf = rendered.pdf if rendered else None
        self.places = rendered.places if rendered else ()
        waiting = "" if self.pdf else "Đang dựng bản in"
        self._show_number()
        self.excel_button.setVisible(has_tables(self.session, document_spec(self.session, self.document)))
        self.save_button.set_reason(waiting)
        self.print_button.set_reason(waiting)
        self.sign_button.set_reason(waiting)
        self.views.setCurrentIndex(1 if self.pdf else 0)
        if self.pdf:
            self._task = None
            self.progress.finish()
            self.paper.show_pdf(self.pdf)
            if not self.types_elsewhere():
                self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_stopped(self, document: str) -> None:
        if document == self.document and self.pdf is None and self._task is None:
            self.progress.finish()
            self.waiting.set_text("Chọn lại giấy tờ hoặc quay lại danh sách.", "Đã dừng.")

    def _on_failed(self, error: object) -> None:
        self._task = None
        self.progress.finish()
        words = error.sentence if isinstance(error, UserError) else "Chưa dựng được bản in."
        self.waiting.set_text(getattr(error, "remedy", "") or "", words)
        if isinstance(error, BaseException) and not isinstance(error, UserError):
            show_error(self.look, error, self)
