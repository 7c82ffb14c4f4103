"""Charts and QR codes in Word: the same drawing as on the PDF, put in as a picture."""

from __future__ import annotations

import io

from thidua_desktop.printing.blocks import Align, Chart, Document, QrCodes
from thidua_desktop.printing.render import render
from thidua_desktop.printing.word.sheet import Sheet

_DOTS = 200  # per inch, sharp on paper
_POINTS = 72
_MARGIN = 6  # pixels of white kept around


def chart(sheet: Sheet, block: Chart) -> None:
    """A chart as a picture as wide as its drawing."""
    _picture(sheet, Document((block,), orientation=sheet.orientation))


def qr_codes(sheet: Sheet, block: QrCodes) -> None:
    """QR codes as one picture."""
    _picture(sheet, Document((block,), orientation=sheet.orientation))


def _picture(sheet: Sheet, document: Document) -> None:
    """Draws the document alone, cuts the white off, and puts it in at its own size."""
    import pypdfium2
    from docx.shared import Pt
    from PIL import ImageChops

    with pypdfium2.PdfDocument(render(document).pdf) as pdf:
        drawn = pdf[0].render(scale=_DOTS / _POINTS).to_pil().convert("L")
    box = ImageChops.invert(drawn).getbbox() or (0, 0, drawn.width, drawn.height)
    left, top = max(0, box[0] - _MARGIN), max(0, box[1] - _MARGIN)
    cut = drawn.crop((left, top, min(drawn.width, box[2] + _MARGIN), min(drawn.height, box[3] + _MARGIN)))
    file = io.BytesIO()
    cut.save(file, "PNG")
    file.seek(0)
    line = sheet.line("", align=Align.CENTER, before=6)
    line.add_run().add_picture(file, width=Pt(min(sheet.width, cut.width * _POINTS / _DOTS)))
