"""Pages of a finished PDF as pictures, for the screen and for printers. May be called from any thread."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

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


@contextmanager
def reading(pdf: bytes) -> Iterator[Any]:
    """The PDF open for reading its text, alone."""
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def draw_sheet(pdf: bytes, number: int, width: int) -> QImage:
    """One page (from 0) as a picture that is exactly ``width`` dots wide."""
    with reading(pdf) as document:
        scale = (width - 0.01) / document.get_page_size(number)[0]  # it rounds upwards
        return _draw(document[number], scale)


def page_labels(pdf: bytes) -> tuple[str, ...]:
    """What each page is called by its own numbering; "1" again where an annex begins."""
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(document.get_page_label(number) for number in range(len(document)))
        finally:
            document.close()


def strips_of(pdf: bytes, number: int, scale: float, height: int) -> Iterator[tuple[int, QImage]]:
    """A page in strips of ``height`` points: the line of dots at which each begins, and its picture."""
    import pypdfium2

    sheet = sheets_of(pdf)[number]
    lines = math.ceil(sheet.height * scale)
    step = max(1, int(height * scale))
    for top in range(0, lines, step):
        bottom = min(top + step, lines)
        below, above = ((dots - 0.5) / scale if dots else 0.0 for dots in (lines - bottom, top))  # it rounds upwards
        with _PDFIUM:
            document = pypdfium2.PdfDocument(pdf)
            try:
                picture = _draw(document[number], scale, (0, below, 0, above))
            finally:
                document.close()
        yield top, picture


def _draw(page: object, scale: float, crop: tuple[float, float, float, float] = (0, 0, 0, 0)) -> QImage:
    """``crop`` leaves out so many points at the left, bottom, right and top."""
    bitmap = page.render(scale=scale, crop=crop)  # type: ignore[attr-defined]
    data = bytes(bitmap.buffer)
    image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888).copy()
    bitmap.close()
    page.close()  # type: ignore[attr-defined]
    return image
