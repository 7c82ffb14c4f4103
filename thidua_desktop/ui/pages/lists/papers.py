"""Papers of a list: which ones there are, where to keep one, and opening it in the machine's PDF reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import DocumentSpec
from thidua_desktop.services.documents.printing import MOST_RECORDS, OF_ONE, OF_SEVERAL, documents_of
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.text import fold, format_number
from thidua_desktop.ui.components.file_choice import PDF_FILES, file_to_write
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.paper_output import save_file
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.page import ListPage


def papers_menu(page: ListPage) -> QMenu:
    """What is printed from several records: from the rows that are chosen, and from the whole list."""
    menu = QMenu()

    def offer(document: DocumentSpec, of: str, count: int, whole_list: bool) -> None:
        action = menu.addAction(f"{document.title}: {of}")
        action.setEnabled(0 < count <= MOST_RECORDS)
        action.triggered.connect(lambda: page.print_several(document.name, whole_list))

    def fill() -> None:
        menu.clear()
        chosen, whole = page.card.chosen_count(), len(page.card.rows)
        for document in documents_of(page.session, page.spec.name, OF_SEVERAL):
            offer(document, f"{format_number(chosen)} dòng đang chọn", chosen, False)
            if whole != chosen:
                offer(document, f"cả danh sách, {format_number(whole)} dòng", whole, True)

    menu.aboutToShow.connect(fill)
    return menu


def print_called(page: ListPage, document: DocumentSpec) -> None:
    """A paper that was called by its name: of the rows that are chosen, or of the one where the cursor is."""
    chosen, record = page.card.chosen_count(), page.pane.record
    if document.scope not in OF_ONE or (document.scope in OF_SEVERAL and chosen > 1):
        page.print_several(document.name)
        return
    fitting = documents_of(page.session, page.spec.name, OF_ONE, record.values) if record else []
    if document in fitting:
        page.print_paper(document.name)
    else:
        why = f"{document.title}: chọn bản ghi in được giấy này rồi gọi lại." if record else choose_first(document)
        page.navigate.show_message(why, "info", "text-2")


def choose_first(document: DocumentSpec) -> str:
    """What to do where nobody has chosen yet of what a paper is printed."""
    return f"{document.title}: chọn bản ghi ở đây rồi bấm In… hoặc gọi lại."


def file_name(title: str, ending: str) -> str:
    """A plain file name for a title: "Sổ họp dân" gives ``so-hop-dan.pdf``."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(title)).split()
    return f"{'-'.join(words)[:80] or 'so'}.{ending}"


def make_and_keep(
    work: LongWork, look: Look, parent: QWidget, title: str, make: Callable[[TaskControl], bytes]
) -> bool:
    """Makes a PDF off the window's thread, then ``keep_and_open``; False while ``work`` is busy with something else."""
    return work.start("Đang dựng bản in", make, lambda pdf: keep_and_open(look, parent, title, pdf), stoppable=True)


def keep_and_open(look: Look, parent: QWidget, title: str, content: bytes) -> Path | None:
    """Asks where to keep a PDF, writes and opens it. Full disks are told."""
    path = file_to_write(parent, f"Lưu bản in: {title}", file_name(title, "pdf"), PDF_FILES, Files.PAPERS)
    if path is None:
        return None
    try:
        save_file(content, path)
    except UserError as error:
        show_error(look, error, parent)
        return None
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
    return path
