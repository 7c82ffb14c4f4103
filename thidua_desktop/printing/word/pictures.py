"""Charts and QR codes in Word: the same drawing as on the PDF, put in as a picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from thidua_desktop.charts.model import Chart
from thidua_desktop.charts.words import spoken
from thidua_desktop.printing.blocks import Align, Document, QrCodes
from thidua_desktop.printing.render import render
from thidua_desktop.printing.word.sheet import Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS = 220  # per inch, sharp on paper
_POINTS = 72
_MARGIN = 6  # pixels of white kept around


def chart(sheet: Sheet, block: Chart) -> None:
    """A chart as a picture as wide as its drawing, one for each page that it fills; its words as alternative text."""
    _pictures(sheet, Document((block,), orientation=sheet.orientation), f"{block.title}. {spoken(block)}")


def qr_codes(sheet: Sheet, block: QrCodes) -> None:
    """QR codes as one picture."""
    _pictures(sheet, Document((block,), orientation=sheet.orientation), block.caption)


def _pictures(sheet: Sheet, document: Document, words: str) -> None:
    """Draws the document alone, cuts the white off, and puts it in at its own size."""
    import pypdfium2
    from docx.shared import Pt

    with pypdfium2.PdfDocument(render(document).pdf) as pdf:
        for page in pdf:
            cut = _cut(page.render(scale=_DOTS / _POINTS).to_pil().convert("L"))
            file = io.BytesIO()
            cut.save(file, "PNG", dpi=(_DOTS, _DOTS))
            file.seek(0)
            line = sheet.line("", align=Align.CENTER, before=6)
            picture = line.add_run().add_picture(file, width=Pt(min(sheet.width, cut.width * _POINTS / _DOTS)))
            picture._inline.docPr.set("descr", words)


def _cut(drawn: Image) -> Image:
    """The drawing without the white around it."""
    from PIL import ImageChops

    box = ImageChops.invert(drawn).getbbox() or (0, 0, drawn.width, drawn.height)
    left, top = max(0, box[0] - _MARGIN), max(0, box[1] - _MARGIN)
    return drawn.crop((left, top, min(drawn.width, box[2] + _MARGIN), min(drawn.height, box[3] + _MARGIN)))
