"""The paper out of the program: saved as PDF or Word, or to a printer through the system's dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.ui.components.paper_pictures import POINTS_PER_INCH, draw_sheets, sheets_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PDF, WORD, EXCEL = ".pdf", ".docx", ".xlsx"
PDF_FILES, WORD_FILES, EXCEL_FILES = "Tệp PDF (*.pdf)", "Tệp Word (*.docx)", "Tệp Excel (*.xlsx)"
_OTHERS = {WORD_FILES: WORD, EXCEL_FILES: EXCEL}
_FINEST = 300  # dots per inch; finer pictures only cost memory


def ask_where(parent: QWidget, suggested: str, *, editable: bool = False) -> Path | None:
    """Where to save a PDF, in the documents folder at first; None when the person thinks better of it.

    With ``editable`` Word, and Excel of the tables, are offered too; the kind is told by the path's ending.
    """
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = ";;".join((PDF_FILES, *_OTHERS)) if editable else PDF_FILES
    name, kind = QFileDialog.getSaveFileName(parent, "Lưu tệp", str(Path(folder) / suggested), kinds)
    if not name:
        return None
    path = Path(name)
    if editable and path.suffix.lower() in _OTHERS.values():
        return path
    return with_ending(name, _OTHERS.get(kind, PDF) if editable else PDF)


def with_ending(name: str, ending: str) -> Path:
    """The path as typed with the ending of its kind; that of a PDF gives way, any other is part of the name."""
    path = Path(name)
    if path.suffix.lower() == ending:
        return path
    return path.with_suffix(ending) if path.suffix.lower() == PDF else path.with_name(f"{path.name}{ending}")


def save_file(content: bytes, path: Path) -> None:
    """Writes the file beside the target first, so that an old one stays whole; raises TD-UI-021."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as fault:
        unfinished.unlink(missing_ok=True)
        raise UserError("TD-UI-021", path=path.name, reason=fault.strerror or str(fault)) from fault


def ask_printer(parent: QWidget, title: str, pages: int) -> QPrinter | None:
    """The system's print dialog; None when it is cancelled."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setWindowTitle("In giấy tờ")
    return printer if dialog.exec() else None


def print_pages(pdf: bytes, printer: QPrinter) -> int:
    """Sends the pages to the printer at its own resolution, one picture at a time; gives how many. Raises TD-UI-022."""
    printer.setFullPage(True)
    sheets = sheets_of(pdf)
    first = max(1, printer.fromPage()) if printer.fromPage() else 1
    last = min(len(sheets), printer.toPage()) if printer.toPage() else len(sheets)
    painter = QPainter()
    numbers = range(first - 1, last)
    for order, number in enumerate(numbers):
        sheet = sheets[number]
        wide = sheet.width > sheet.height
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
        if not (printer.newPage() if order else painter.begin(printer)):
            raise UserError("TD-UI-022", printer=printer.printerName() or "đã chọn")
        dots = min(printer.resolution(), _FINEST)
        picture = draw_sheets(pdf, dots / POINTS_PER_INCH, [number])[0]
        scale = printer.resolution() / POINTS_PER_INCH
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, sheet.width * scale, sheet.height * scale), picture)
    painter.end()
    return len(numbers)
