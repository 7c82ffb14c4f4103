"""A document of blocks becomes a PDF: the same document, the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from thidua_desktop.charts.model import Chart
from thidua_desktop.errors import UserError
from thidua_desktop.printing import certificate, charts, letterhead, paragraphs, sheets, signatures
from thidua_desktop.printing.blocks import (
    AnnexTitle,
    Block,
    Certificate,
    CodeBox,
    Document,
    Fields,
    Heading,
    LetterHead,
    Orientation,
    PageBreak,
    Paragraph,
    QrCodes,
    Recipient,
    RecipientsList,
    Signature,
    Signatures,
    Space,
    Table,
    Title,
)
from thidua_desktop.printing.decree30 import frame
from thidua_desktop.printing.flow import place, tied_tail
from thidua_desktop.printing.fonts import Typeface, load_typeface
from thidua_desktop.printing.marks import FigureMark, Rendered
from thidua_desktop.printing.press import Press, Slab
from thidua_desktop.printing.tables import print_table
from thidua_desktop.printing.turning import turned

__all__ = ["FigureMark", "Rendered", "render"]

Composer = Callable[[Any, Typeface, float], list[Slab]]

_COMPOSERS: dict[type, Composer] = {
    LetterHead: letterhead.letterhead,
    Title: paragraphs.title,
    Recipient: paragraphs.recipient,
    Heading: paragraphs.heading,
    Paragraph: paragraphs.paragraph,
    AnnexTitle: paragraphs.annex_title,
    Chart: charts.chart,
    Signature: signatures.signature,
    Signatures: signatures.signatures,
    RecipientsList: signatures.recipients_list,
    Fields: sheets.fields,
    CodeBox: sheets.code_box,
    QrCodes: sheets.qr_codes,
    Certificate: certificate.certificate,
    Space: sheets.space,
}
_LINES_BEFORE_SIGNATURE = 2


def render(
    document: Document, font_folder: Path | None = None, on_page: Callable[[int], None] | None = None
) -> Rendered:
    """Print a document. ``font_folder`` may hold Times New Roman (Windows: its Fonts folder).

    ``on_page`` is told the number of each page that begins; what it raises ends the work (a long register cancelled).

    Raises ``UserError``: TD-PRINT-001 a letter that the font lacks, TD-PRINT-002 nothing to print, TD-PRINT-003
    something that fits on no page, TD-PRINT-004 the fonts are missing, TD-PRINT-005 a QR payload that cannot be read,
    TD-PRINT-070 a table of too many columns.
    """
    if not any(not isinstance(block, PageBreak | Space) for block in document.blocks):
        raise UserError("TD-PRINT-002")
    typeface = load_typeface(font_folder)
    document = turned(document, typeface)
    press = Press(typeface, document.meta, on_page)
    days = [block.date for block in document.blocks if isinstance(block, LetterHead) and block.date is not None]
    if days:
        press.date(days[0])
    press.open_page(frame(document.orientation))
    Layouter(press, document.orientation).print(document.blocks)
    return press.finish()


class Layouter:
    """Walks over the blocks; slabs that are tied to what follows wait in ``tied``."""

    def __init__(self, press: Press, orientation: Orientation) -> None:
        self.press = press
        self.orientation = orientation
        self.tied: list[Slab] = []

    def print(self, blocks: tuple[Block, ...]) -> None:
        """Print all blocks in order."""
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            self._print_one(block, following)
        self._release()

    def _print_one(self, block: Block, following: Block | None) -> None:
        if isinstance(block, PageBreak):
            self._turn(block.orientation or self.orientation, block.restart)
            return
        if isinstance(block, AnnexTitle):
            self._turn(block.orientation, restart_numbers=True)
        if isinstance(block, Table):
            lead, self.tied = self.tied, []
            print_table(self.press, block, lead, self._signature_height(following))
            return
        slabs = _COMPOSERS[type(block)](block, self.press.typeface, self.press.frame.width)
        if isinstance(following, Signature | Signatures) and isinstance(block, Paragraph | Fields):
            slabs = tied_tail(slabs, min(len(slabs), _LINES_BEFORE_SIGNATURE))
        elif isinstance(block, Signature | Signatures) and isinstance(following, RecipientsList):
            slabs = tied_tail(slabs, 1)  # nor does the list of recipients
        for slab in slabs:
            self.tied.append(slab)
            if not slab.keep_next:
                self._release()

    def _signature_height(self, following: Block | None) -> float:
        """Height that must stay free under a table's last row, so that a signature never stands alone on a page."""
        if not isinstance(following, Signature | Signatures):
            return 0.0
        slabs = _COMPOSERS[type(following)](following, self.press.typeface, self.press.frame.width)
        return sum(slab.before + slab.height for slab in slabs[:1])

    def _turn(self, orientation: Orientation, restart_numbers: bool = False) -> None:
        self._release()
        self.orientation = orientation
        page = frame(orientation)
        if self.press.fresh and page == self.press.frame and not restart_numbers:
            return
        self.press.open_page(page, restart_numbers)

    def _release(self) -> None:
        if self.tied:
            group, self.tied = self.tied, []
            place(self.press, group)
