"""Tables in Word: heads repeated on each page, spread cells, totals, sheets of labels and values, codes to copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from thidua_desktop.printing.blocks import (
    Align,
    Cell,
    CodeBox,
    Column,
    Fields,
    HeadCell,
    Run,
    Table,
    TableCell,
    body_rows,
)
from thidua_desktop.printing.columnwidths import fitting
from thidua_desktop.printing.decree30 import DECREE30, MM, frame
from thidua_desktop.printing.tablecells import CellSetter, head_rows
from thidua_desktop.printing.word.sheet import Sheet

if TYPE_CHECKING:
    from docx.table import _Row
    from docx.text.paragraph import Paragraph as WordParagraph

_FIELD_SIZE, _CODE_SIZE = 13.0, 18.0
_GROUPS_IN_LINE = 4
_WHOLE_ROW_SHARE = 0.5  # of a page: a higher row may go over to the next, so that no page stays half empty


def table(sheet: Sheet, block: Table) -> None:
    """A ruled table of any length, its columns and letters as in the PDF; TD-PRINT-070 when they are too many."""
    block, widths = fitting(block, sheet.typeface, sheet.width)
    if block.caption:
        sheet.line(block.caption, align=Align.CENTER, bold=True, before=DECREE30.paragraph_gap, keep_next=True)
    heads, body = head_rows(block), tuple(body_rows(block))
    grid = sheet.grid(list(widths), rows=len(heads) + len(body), ruled=True)
    rows = list(grid.rows)
    _head(sheet, rows[: len(heads)], heads, block.size)
    setter = CellSetter(sheet.typeface, block, widths)
    highest = frame(sheet.orientation).height * _WHOLE_ROW_SHARE
    for row, one in zip(rows[len(heads) :], body, strict=True):
        _fill(sheet, row, block.columns, one.cells, block.size)
        if one.bold:
            _embolden(row)
        if setter.row(one.cells, one.bold).height <= highest:
            _set_flag(row, "w:cantSplit")
        if one.keeps:
            _keep_with_next(row)
    for note in block.notes:
        sheet.line((Run(note, italic=True),), size=DECREE30.note_size, before=3)


def _head(sheet: Sheet, rows: Sequence[_Row], heads: Sequence[Sequence[HeadCell]], size: float) -> None:
    """Head rows that Word repeats; a spread cell takes the columns that those above it leave free."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    taken: set[tuple[int, int]] = set()
    for at, (row, cells) in enumerate(zip(rows, heads, strict=True)):
        _set_flag(row, "w:cantSplit")  # the schema asks for this order
        _set_flag(row, "w:tblHeader")
        place = 0
        for cell in cells:
            while (at, place) in taken:
                place += 1
            last_row, last_column = at + cell.rows - 1, place + cell.columns - 1
            made: Any = row.cells[place]
            if cell.rows > 1 or cell.columns > 1:
                made = made.merge(rows[last_row].cells[last_column])
            taken |= {(y, x) for y in range(at, last_row + 1) for x in range(place, last_column + 1)}
            pad(sheet.line(cell.text, size=size, align=Align.CENTER, bold=True, into=made))
            made.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            place = last_column + 1


def _fill(sheet: Sheet, row: _Row, columns: Sequence[Column], cells: Sequence[TableCell], size: float) -> None:
    place = 0
    for given in cells:
        cell = Cell(given) if isinstance(given, str) else given
        made: Any = row.cells[place]
        if cell.columns > 1:
            made = made.merge(row.cells[place + cell.columns - 1])
        align = cell.align or columns[place].align
        written = sheet.line(cell.text, size=size, align=align, bold=cell.bold, italic=cell.italic, into=made)
        pad(written)
        place += cell.columns


def pad(line: WordParagraph) -> None:
    """The free height above and below the text of a cell."""
    from docx.shared import Pt

    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(DECREE30.cell_padding_y)


def _embolden(row: _Row) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.bold = True


def _set_flag(row: _Row, name: str) -> None:
    """``w:cantSplit``: the row stays whole on a page; ``w:tblHeader``: it is repeated on each."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn(name), {qn("w:val"): "true"}))


def _keep_with_next(row: _Row) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def fields(sheet: Sheet, block: Fields) -> None:
    """Labels at the left, values at one common edge."""
    left = block.label_width * MM
    grid = sheet.grid([left, sheet.width - left], rows=len(block.rows))
    for row, field in zip(grid.rows, block.rows, strict=True):
        pad(sheet.line(field.label, size=_FIELD_SIZE, into=row.cells[0]))
        pad(sheet.line(field.value, size=_FIELD_SIZE, bold=True, into=row.cells[1]))


def code_box(sheet: Sheet, block: CodeBox) -> None:
    """Groups to be copied by hand, large, in a frame, four in a line."""
    sheet.line("", size=_FIELD_SIZE, keep_next=True)
    cell = sheet.grid([sheet.width], ruled=True).rows[0].cells[0]
    for start in range(0, len(block.groups), _GROUPS_IN_LINE):
        groups = "   ".join(block.groups[start : start + _GROUPS_IN_LINE])
        pad(sheet.line(groups, size=_CODE_SIZE, align=Align.CENTER, bold=True, into=cell))
    if block.caption:
        sheet.line(block.caption, size=DECREE30.note_size, align=Align.CENTER)
