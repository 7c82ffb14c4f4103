"""The paper out of the program: saved as PDF or Word, or to a printer through the system's dialog."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import fault_words
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.ui.components.file_choice import EXCEL_FILES, PDF_FILES, WORD_FILES, file_to_write
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.paper_pictures import POINTS_PER_INCH, Sheet, page_labels, sheets_of, strips_of
from thidua_desktop.ui.tasks import TaskControl

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PDF, WORD, EXCEL = ".pdf", ".docx", ".xlsx"
_NO_FILE_NAME = re.compile(r'[<>"/\\|?*]+')
_STRIP_POINTS = 96  # a page goes to the printer in strips, so that 1,200 dots per inch take no more memory than 150


def ask_where(parent: QWidget, suggested: str, *, editable: bool = False) -> Path | None:
    """Where to save a PDF; None when the person thinks better of it.

    With ``editable`` Word, and Excel of the tables, are offered too; the kind is told by the path's ending.
    """
    kinds = ";;".join((PDF_FILES, WORD_FILES, EXCEL_FILES)) if editable else PDF_FILES
    return file_to_write(parent, "Lưu tệp", suggested, kinds, Files.PAPERS)


def save_file(content: bytes, path: Path) -> None:
    """Writes the file beside the target first, so that an old one stays whole; raises TD-UI-021."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as fault:
        with suppress(OSError):  # of a stick that was pulled nothing can be taken away
            unfinished.unlink(missing_ok=True)
        raise UserError("TD-UI-021", path=path.name, reason=fault_words(fault)) from fault


def ask_printer(parent: QWidget, title: str, pages: int) -> QPrinter | None:
    """The system's print dialog; None when it is cancelled."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job_name(title))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setWindowTitle("In giấy tờ")
    try:
        return printer if dialog.exec() else None
    finally:
        dialog.deleteLater()


def job_name(title: str) -> str:
    """A paper's title without signs that a file cannot be called by: what prints into a file offers it as its name."""
    return _NO_FILE_NAME.sub("-", re.sub(r"\s*:\s*", " - ", title)).strip()


def send_to_printer(
    work: LongWork, pdf: bytes, printer: QPrinter, done: Callable[[], None], at_end: Callable[[], None] | None = None
) -> bool:
    """Prints off the window's thread, page by page, stoppable; False while ``work`` is busy with something else."""

    def sending(control: TaskControl) -> int:
        into = print_into_file if printer.outputFileName() else print_pages
        return into(pdf, printer, control.progress)

    return work.start("Đang gửi tới máy in", sending, lambda _sent: done(), at_end=at_end, stoppable=True)


def print_into_file(pdf: bytes, printer: QPrinter, tell: Callable[[int, int], None]) -> int:
    """What ``print_pages`` does, for a printer that writes a PDF file: no part of a paper stands there as a whole one.

    All pages are the paper's own PDF; chosen ones are printed beside the target. Raises TD-UI-021, TD-UI-022.
    """
    target, chosen = Path(printer.outputFileName()), _pages_to_print(pdf, printer)
    if len(chosen) == len(sheets_of(pdf)):
        save_file(pdf, target)
        return len(chosen)
    unfinished = target.with_name(f"{target.name}.part")
    printer.setOutputFileName(str(unfinished))
    try:
        sent = print_pages(pdf, printer, tell)
        save_file(unfinished.read_bytes(), target)
        return sent
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def print_pages(pdf: bytes, printer: QPrinter, tell: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Sends the pages to the printer as large as they are, dot by dot of its resolution; gives how many were sent.

    Only pages that were chosen, as many copies as the printer does not make itself. Printed on both sides, an annex or
    the next paper (a page that is numbered 1 again) begins on a sheet of its own. ``tell`` hears of each side before
    it; what it raises takes the whole paper back, as far as the printer's queue still has it. Raises TD-UI-022.
    """
    from PySide6.QtPrintSupport import QPrinter

    printer.setFullPage(True)
    both = printer.duplex() not in (QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexAuto)
    order = _pages_to_print(pdf, printer)
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    sides = [number for _ in range(copies) for number in _sides(pdf, order, both)]
    sheets, painter = sheets_of(pdf), QPainter()
    try:
        _print_sides(pdf, sides, sheets, painter, printer, tell)
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return len(order) * copies


def _print_sides(
    pdf: bytes, sides: Sequence[int | None], sheets: Sequence[Sheet], painter: QPainter, printer: QPrinter,
    tell: Callable[[int, int], None],
) -> None:  # fmt: skip
    for place, number in enumerate(sides):
        tell(place, len(sides))
        sheet = sheets[number if number is not None else 0]
        if number is not None:
            wide = sheet.width > sheet.height
            printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
        if not (printer.newPage() if place else painter.begin(printer)):
            raise UserError("TD-UI-022", printer=printer.printerName() or "đã chọn")
        if number is not None:
            _print_page(painter, pdf, number, printer.resolution() / POINTS_PER_INCH)


def _pages_to_print(pdf: bytes, printer: QPrinter) -> list[int]:
    """Page numbers from 0, in the order of the printer's dialog."""
    chosen = printer.pageRanges()
    return [number for number in range(len(sheets_of(pdf))) if chosen.isEmpty() or chosen.contains(number + 1)]


def _sides(pdf: bytes, order: Sequence[int], both: bool) -> list[int | None]:
    """What stands on each side; None: an empty one, so that a new paper begins on the front."""
    if not both:
        return list(order)
    labels, sides = page_labels(pdf), list[int | None]()
    for number in order:
        if len(sides) % 2 and labels[number] == "1":
            sides.append(None)
        sides.append(number)
    return [*sides, None] if len(sides) % 2 else sides


def _print_page(painter: QPainter, pdf: bytes, number: int, scale: float) -> None:
    """One page in strips; every dot of a picture is a dot of the printer."""
    for top, picture in strips_of(pdf, number, scale, _STRIP_POINTS):
        painter.drawImage(0, top, picture)
