"""Pages of a finished PDF as pictures, for the screen and for printers. May be called from any thread."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

_PDFIUM = threading.Lock()  # PDFium must never be entered twice at a time
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """Size of one page in points."""

    width: float
    height: float


def sheets_of(pdf: bytes) -> tuple[Sheet, ...]:
    """The size of every page."""
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(Sheet(*document.get_page_size(number)) for number in range(len(document)))
        finally:
            document.close()


def draw_sheets(pdf: bytes, scale: float, numbers: Sequence[int] | None = None) -> list[QImage]:
    """Pictures of the pages (all, or those of ``numbers`` from 0) at ``scale`` pixels per point."""
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            wanted = range(len(document)) if numbers is None else numbers
            return [_draw(document[number], scale) for number in wanted]
        finally:
            document.close()


def _draw(page: object, scale: float) -> QImage:
    bitmap = page.render(scale=scale)  # type: ignore[attr-defined]
    data = bytes(bitmap.buffer)
    image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888).copy()
    bitmap.close()
    page.close()  # type: ignore[attr-defined]
    return image
