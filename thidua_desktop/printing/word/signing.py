"""Signatures and ``Nơi nhận`` in Word: a table without lines, room left for hand and seal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thidua_desktop.printing.blocks import Align, RecipientsList, Signature, SignatureBlock, Signatures
from thidua_desktop.printing.decree30 import DECREE30, MM
from thidua_desktop.printing.word.sheet import Sheet

if TYPE_CHECKING:
    from docx.table import _Cell

_RIGHT_SHARE = 0.54


def signature(sheet: Sheet, block: Signature) -> None:
    """The signer at the right; at the left another signer or the recipients."""
    share = _RIGHT_SHARE if isinstance(block.left, RecipientsList) else 0.5
    grid = _row(sheet, [sheet.width * (1 - share), sheet.width * share])
    left, right = grid
    if isinstance(block.left, RecipientsList):
        _recipients(sheet, block.left, left)
    elif block.left is not None:
        _signer(sheet, block.left, left)
    _signer(sheet, block.right, right)


def signatures(sheet: Sheet, block: Signatures) -> None:
    """Signers in rows of ``columns``."""
    columns = max(1, block.columns)
    for start in range(0, len(block.signers), columns):
        part = block.signers[start : start + columns]
        for signer, cell in zip(part, _row(sheet, [sheet.width / len(part)] * len(part)), strict=True):
            _signer(sheet, signer, cell)


def recipients_list(sheet: Sheet, block: RecipientsList) -> None:
    """``Nơi nhận`` standing alone."""
    _recipients(sheet, block, _row(sheet, [sheet.width * 0.6, sheet.width * 0.4])[0])


def _row(sheet: Sheet, widths: Sequence[float]) -> Sequence[_Cell]:
    """Cells of a row that is not cut, some points below the text."""
    from docx.oxml.ns import qn

    sheet.line("", size=6, keep_next=True)
    row = sheet.grid(list(widths)).rows[0]
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:cantSplit"), {qn("w:val"): "true"}))
    cells: Sequence[_Cell] = row.cells
    return cells


def _signer(sheet: Sheet, block: SignatureBlock, cell: _Cell) -> None:
    size = DECREE30.signature_size
    for text in (*block.capacity, block.position):
        sheet.line(text, size=size, align=Align.CENTER, bold=True, into=cell, keep_next=True)
    if block.note:
        sheet.line(
            block.note, size=DECREE30.signature_note_size, align=Align.CENTER, italic=True, into=cell, keep_next=True
        )
    room = DECREE30.signature_room * MM
    sheet.line(block.full_name, size=size, align=Align.CENTER, bold=True, before=room, into=cell)


def _recipients(sheet: Sheet, block: RecipientsList, cell: _Cell) -> None:
    sheet.line("Nơi nhận:", size=DECREE30.recipients_label_size, bold=True, italic=True, into=cell)
    for place, entry in enumerate(block.lines):
        mark = "." if place == len(block.lines) - 1 else ";"
        text = "- " + entry.strip().removeprefix("-").strip().rstrip(";.") + mark
        sheet.line(text, size=DECREE30.recipients_size, into=cell)
