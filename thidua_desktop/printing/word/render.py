"""A document of blocks becomes a .docx with the layout of the PDF: the same document, the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from thidua_desktop.charts.model import Chart
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import (
    AnnexTitle,
    Block,
    Certificate,
    CodeBox,
    Document,
    Fields,
    Heading,
    LetterHead,
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
from thidua_desktop.printing.fonts import load_typeface
from thidua_desktop.printing.turning import turned
from thidua_desktop.printing.word import certificate, head, pictures, signing, tables, texts
from thidua_desktop.printing.word.sheet import Sheet

if TYPE_CHECKING:
    from docx.document import Document as WordFile

_STAMP = (1980, 1, 1, 0, 0, 0)
_MADE = datetime(2026, 1, 1)  # a fixed day, so that the same paper gives the same file
_WRITERS: dict[type, Callable[[Sheet, Any], None]] = {
    LetterHead: head.letterhead,
    Title: texts.title,
    Recipient: texts.recipient,
    Heading: texts.heading,
    Paragraph: texts.paragraph,
    AnnexTitle: texts.annex_title,
    Chart: pictures.chart,
    QrCodes: pictures.qr_codes,
    CodeBox: tables.code_box,
    Fields: tables.fields,
    Table: tables.table,
    Signature: signing.signature,
    Signatures: signing.signatures,
    RecipientsList: signing.recipients_list,
    Space: texts.space,
    Certificate: certificate.certificate,
}


def render_word(document: Document) -> bytes:
    """A .docx file. Raises UserError TD-PRINT-002 when there is nothing to print, TD-PRINT-070 as for the PDF."""
    import docx

    if not any(not isinstance(block, PageBreak | Space) for block in document.blocks):
        raise UserError("TD-PRINT-002")
    word = docx.Document()
    typeface = load_typeface(None)
    document = turned(document, typeface)
    sheet = Sheet(word, typeface, document.orientation, document.meta.foot_note)
    for block in document.blocks:
        _write(sheet, block)
    _describe(word, document)
    return _stored(word)


def _write(sheet: Sheet, block: Block) -> None:
    if isinstance(block, PageBreak):
        sheet.turn(block.orientation or sheet.orientation, restart_numbers=block.restart)
        return
    if isinstance(block, AnnexTitle):
        sheet.turn(block.orientation, restart_numbers=True)
    _WRITERS[type(block)](sheet, block)


def _describe(word: WordFile, document: Document) -> None:
    """What the file says of itself; no name of who made it beyond the office."""
    facts = word.core_properties
    facts.title, facts.author, facts.subject = document.meta.title[:255], document.meta.author[:255], ""
    facts.subject = document.meta.subject[:255]
    facts.language, facts.comments, facts.last_modified_by = "vi-VN", "", document.meta.author[:255]
    facts.created = facts.modified = _MADE
    facts.revision = 1


def _stored(word: WordFile) -> bytes:
    """The file with fixed times inside, so that the same document always gives the same bytes."""
    made, kept = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _STAMP)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(entry))
    return kept.getvalue()
