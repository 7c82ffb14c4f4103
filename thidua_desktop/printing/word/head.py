"""The head of an official paper as a table of two columns without lines (Decree 30, Appendix I, part II, 1–4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.printing.blocks import Align, LetterHead
from thidua_desktop.printing.decree30 import DECREE30, printed_number, short_rule_length
from thidua_desktop.printing.letterhead import head_columns, place_date_text
from thidua_desktop.printing.word.sheet import Sheet, make_rule

if TYPE_CHECKING:
    from docx.table import _Cell

_CELL_SIDES = 10.8  # points that Word keeps free at the left and right of a cell, together
_GAP = DECREE30.head_row_gap - DECREE30.rule_drop


def letterhead(sheet: Sheet, block: LetterHead) -> None:
    """Issuer at the left, national name and motto at the right; below them number, place and date."""
    columns = head_columns(block, sheet.typeface, sheet.width)
    left, right = sheet.width - columns.right, columns.right
    grid = sheet.grid([left, right + _CELL_SIDES], rows=2)
    upper, lower = grid.rows
    _issuer(sheet, block, upper.cells[0], columns.name_size, left - _CELL_SIDES)
    if block.motto:
        _nation(sheet, upper.cells[1], columns.name_size, columns.motto_size, right)
    if block.symbol is not None:
        number = f"Số: {printed_number(block.number)}/{block.symbol}"
        sheet.line(number, size=DECREE30.number_size, align=Align.CENTER, before=_GAP, into=lower.cells[0])
    if block.about:
        gap = DECREE30.paragraph_gap
        sheet.line(block.about, size=DECREE30.about_size, align=Align.CENTER, before=gap, into=lower.cells[0])
    if block.show_place_date and block.place:
        text = place_date_text(block)
        sheet.line(text, size=columns.motto_size, align=Align.CENTER, italic=True, before=_GAP, into=lower.cells[1])


def _issuer(sheet: Sheet, block: LetterHead, cell: _Cell, size: float, width: float) -> None:
    if block.parent_line:
        sheet.line(block.parent_line, size=size, align=Align.CENTER, into=cell)
    for text in block.issuer_lines:
        sheet.line(text, size=size, align=Align.CENTER, bold=True, into=cell)
    face = sheet.typeface.bold
    widths = tuple(min(width, face.width(sheet.typeface.prepare(text), size)) for text in block.issuer_lines)
    _rule(sheet, cell, short_rule_length(widths), width)


def _nation(sheet: Sheet, cell: _Cell, name_size: float, motto_size: float, width: float) -> None:
    sheet.line(DECREE30.national_name, size=name_size, align=Align.CENTER, bold=True, into=cell)
    sheet.line(DECREE30.motto, size=motto_size, align=Align.CENTER, bold=True, into=cell)
    _rule(sheet, cell, sheet.typeface.bold.width(DECREE30.motto, motto_size), width)


def _rule(sheet: Sheet, cell: _Cell, length: float, width: float) -> None:
    make_rule(cell.add_paragraph(), length, width)
