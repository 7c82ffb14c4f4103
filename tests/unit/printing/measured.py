"""A finished PDF under the ruler: texts and lines with their places, read back with PDFium, not from our own code.

Places are millimetres from the page's top left corner, sizes are points.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Letter:
    """One printed letter: its ink's left and right edge, its baseline."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A printed piece of text on one line."""

    left: float
    right: float
    baseline: float
    size: float
    font: str

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn line or area."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page."""

    width: float
    height: float
    text: str
    letters: tuple[Letter, ...]
    drawn: tuple[Box, ...]

    def find(self, wanted: str) -> Stretch:
        """The first place of a text that stands on one line."""
        row = "".join(letter.text for letter in self.letters)
        start = row.index(wanted)
        found = self.letters[start : start + len(wanted)]
        first = found[0]
        return Stretch(first.left, found[-1].right, first.baseline, first.size, first.font)

    def rules(self, thinner_than: float = 0.05) -> list[Box]:
        """Horizontal lines, from the top."""
        lines = [box for box in self.drawn if box.bottom - box.top < thinner_than and box.width > 1]
        return sorted(lines, key=lambda box: (box.top, box.left))


def pages_of(pdf: bytes) -> list[Page]:
    """All pages of a PDF, measured."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """All text, pages parted by a line of dashes."""
    return "\n-----\n".join(page.text for page in pages_of(pdf))


def _page(page: pdfium.PdfPage) -> Page:
    width, height = page.get_size()
    textpage = page.get_textpage()
    letters = tuple(
        letter
        for index in range(textpage.count_chars())
        if (letter := _letter(textpage, index, height)) is not None and letter.text not in "\r\n"
    )
    drawn = [
        line
        for shape in page.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_PATH])
        for line in _lines_of(shape.raw, height)
    ]
    text = textpage.get_text_range().replace("\r\n", "\n")
    return Page(width / MM, height / MM, text, letters, tuple(drawn))


def _lines_of(path: object, height: float) -> list[Box]:
    """The straight pieces of a path, without the thickness of the pen."""
    lines: list[Box] = []
    start: tuple[float, float] | None = None
    for number in range(pdfium_raw.FPDFPath_CountSegments(path)):
        segment = pdfium_raw.FPDFPath_GetPathSegment(path, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium_raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value / MM, (height - y.value) / MM)
        if pdfium_raw.FPDFPathSegment_GetType(segment) == pdfium_raw.FPDF_SEGMENT_LINETO and start is not None:
            (left, right), (top, bottom) = sorted((start[0], point[0])), sorted((start[1], point[1]))
            lines.append(Box(left, top, right, bottom))
        start = point
    return lines


def _letter(textpage: pdfium.PdfTextPage, index: int, height: float) -> Letter | None:
    code = pdfium_raw.FPDFText_GetUnicode(textpage, index)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_raw.FPDFText_GetCharOrigin(textpage, index, x, y)
    left, _, right, _ = textpage.get_charbox(index)
    name = ctypes.create_string_buffer(80)
    pdfium_raw.FPDFText_GetFontInfo(textpage, index, name, 80, ctypes.c_int())
    size = float(pdfium_raw.FPDFText_GetFontSize(textpage, index))
    return Letter(chr(code), left / MM, right / MM, (height - y.value) / MM, size, name.value.decode())
