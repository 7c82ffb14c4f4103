"""Excel of every table: what stands in a paper's tables, or in a table of the screen, as sheets to reckon with.

Numbers become numbers and days become days where the column is one of numbers or days; everything else stays text, so
that nothing begins to be a formula. A sheet prints as A4 with its head on each page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from thidua_desktop.errors import UserError
from thidua_desktop.text import FORMULA_SIGNS, parse_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Cell, Document, Table, TableRow

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_PERCENT = re.compile(rf"({_NUMBER.pattern})\s*%")
_OUT_OF = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)/(\d{1,3}(?:\.\d{3})+|\d+)")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_MADE = datetime(2026, 1, 1)  # a fixed day, so that the same table gives the same file
_NAME, _CELL = 31, 32_767  # letters that Excel takes
_HEADER = 200  # letters of a header; Excel takes 255 with its orders
_NARROWEST, _WIDEST = 5, 60
_LANDSCAPE_FROM = 8
_MM = 1 / 25.4


@dataclass(frozen=True, slots=True)
class ScreenTable:
    """A table as a page shows it: its name, what stands over the columns, texts, which columns hold numbers."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """One table with the words over it."""

    name: str
    table: Table
    landscape: bool


def excel_of(document: Document) -> bytes:
    """A paper's tables, a sheet for each. Raises TD-XFER-070 when it has none, 071 when a text is too long."""
    parts = _parts(document)
    if not parts:
        raise UserError("TD-XFER-070", title=document.meta.title or "…")
    return _book(parts, document.meta.title, document.meta.author, document.meta.foot_note)


def excel_of_tables(title: str, tables: Sequence[ScreenTable], note: str = "") -> bytes:
    """Tables of the screen, a sheet for each; ``note`` on each of them. Raises TD-XFER-071: a text too long."""
    from thidua_desktop.printing.blocks import Align, Column, Table

    parts = []
    for one in tables:
        aligns = [Align.RIGHT if at in one.numbers else Align.LEFT for at in range(len(one.heads))]
        columns = tuple(Column(head, 1.0, align) for head, align in zip(one.heads, aligns, strict=True))
        table = Table(columns, tuple(tuple(row) for row in one.rows))
        parts.append(_Part(one.name, table, len(columns) >= _LANDSCAPE_FROM))
    return _book(parts, title, "", note)


def _parts(document: Document) -> list[_Part]:
    from thidua_desktop.printing.blocks import AnnexTitle, Heading, Orientation, PageBreak, Table

    parts: list[_Part] = []
    name, turned = document.meta.title, document.orientation is Orientation.LANDSCAPE
    for block in document.blocks:
        if isinstance(block, AnnexTitle):
            name, turned = block.title, block.orientation is Orientation.LANDSCAPE
        elif isinstance(block, PageBreak) and block.orientation is not None:
            turned = block.orientation is Orientation.LANDSCAPE
        elif isinstance(block, Heading):
            name = block.text
        elif isinstance(block, Table):
            parts.append(_Part(block.caption or name, block, turned or len(block.columns) >= _LANDSCAPE_FROM))
    return parts


def _book(parts: Sequence[_Part], title: str, author: str, note: str) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": title, "author": author, "created": _MADE})
        styles = _Styles(book)
        used: set[str] = set()
        for part in parts:
            _Sheet(book.add_worksheet(sheet_name(part.name, used)), styles, part, note).write()
    return stream.getvalue()


def sheet_name(wanted: str, used: set[str]) -> str:
    """A name that Excel takes and no other sheet has."""
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", wanted).split()).strip("'") or "Bảng"
    name, number = _cut(plain), 1
    while name.casefold() in used:
        number += 1
        ending = f" ({number})"
        name = plain[: _NAME - len(ending)].strip() + ending
    used.add(name.casefold())
    return name


def _cut(name: str) -> str:
    """As many whole words as Excel takes."""
    return name if len(name) <= _NAME else name[: _NAME + 1].rpartition(" ")[0].strip() or name[:_NAME]


class _Styles:
    """The formats of a book, made when they are first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **more: object) -> Any:
        """A format of the house's form with ``more``."""
        key = tuple(sorted(more.items()))
        if key not in self._made:
            form = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, **more}
            self._made[key] = self._book.add_format(form)
        return self._made[key]


class _Sheet:
    """One table on its way to a sheet; ``line`` is the next free one."""

    def __init__(self, sheet: Any, styles: _Styles, part: _Part, note: str) -> None:
        self.sheet, self.styles, self.part, self.note, self.line = sheet, styles, part, note, 0
        self.table = part.table
        self.longest = [0] * len(part.table.columns)

    def write(self) -> None:
        """Title, head, rows, notes, and how it is printed."""
        from thidua_desktop.printing.blocks import body_rows

        title = self.styles.get(bold=True, text_wrap=False)
        self._text(0, 0, self.part.name, title)
        if self.note:
            self._text(1, 0, self.note, self.styles.get(italic=True, text_wrap=False))
        self.line = 2
        first = self.line
        self._head()
        last = self.line - 1
        for row in body_rows(self.table):
            self._row(row.cells, row.bold)
        for note in self.table.notes:
            self._text(self.line, 0, note, self.styles.get(italic=True, text_wrap=False))
            self.line += 1
        self._set_up(first, last)

    def _head(self) -> None:
        from thidua_desktop.printing.tablecells import head_places, head_rows

        rows = head_rows(self.table)
        form = self.styles.get(bold=True, border=1, align="center", valign="vcenter", bg_color="#E8EEF4")
        for cell, row, column in head_places(rows, len(self.table.columns)) if rows else ():
            at = self.line + row
            if cell.rows > 1 or cell.columns > 1:
                self.sheet.merge_range(at, column, at + cell.rows - 1, column + cell.columns - 1, "", form)
            self._text(at, column, cell.text, form)
            if cell.columns == 1:
                self.longest[column] = max(self.longest[column], *map(len, cell.text.split(" ")))
        self.line += len(rows)

    def _row(self, cells: TableRow, bold: bool) -> None:
        from thidua_desktop.printing.blocks import Cell

        column = 0
        for entry in cells:
            cell = Cell(entry) if isinstance(entry, str) else entry
            if cell.columns > 1:
                form = self.styles.get(border=1, bold=bold or cell.bold)
                self.sheet.merge_range(self.line, column, self.line, column + cell.columns - 1, "", form)
                self._text(self.line, column, cell.text, form)
            else:
                self._cell(column, cell, bold or cell.bold)
            column += cell.columns
        self.line += 1

    def _cell(self, column: int, cell: Cell, bold: bool) -> None:
        from thidua_desktop.printing.blocks import Align

        align = cell.align or self.table.columns[column].align
        look = {"border": 1, "bold": bold, "align": "left" if align is Align.JUSTIFY else align.value}
        self.longest[column] = max(self.longest[column], *map(len, cell.text.split("\n")))
        value, form = _value(cell.text) if align in (Align.RIGHT, Align.CENTER) else (None, "")
        if value is None and align is Align.RIGHT:  # in the middle it may be the number of a paper
            value, form = _part_of(cell.text)
        if isinstance(value, date):
            self.sheet.write_datetime(self.line, column, value, self.styles.get(num_format=form, **look))
        elif value is not None:
            self.sheet.write_number(self.line, column, value, self.styles.get(num_format=form, **look))
        else:
            quoted = {"quote_prefix": True} if cell.text.startswith(FORMULA_SIGNS) else {}
            self._text(self.line, column, cell.text, self.styles.get(num_format="@", **look, **quoted))

    def _text(self, line: int, column: int, text: str, form: Any) -> None:
        if len(text) > _CELL:
            raise UserError("TD-XFER-071", limit=_CELL, text=text[:40])
        self.sheet.write_string(line, column, text, form)

    def _set_up(self, first: int, last: int) -> None:
        """Widths by what stands in the columns; A4, the head frozen and on each page, pages numbered."""
        sheet = self.sheet
        for column, longest in enumerate(self.longest):
            sheet.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
        sheet.set_paper(9)
        if self.part.landscape:
            sheet.set_landscape()
        sheet.set_margins(left=30 * _MM, right=16 * _MM, top=20 * _MM, bottom=20 * _MM)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&C&P{self._printed_note()}")
        if last >= first:
            sheet.freeze_panes(last + 1, 0)
            sheet.repeat_rows(first, last)

    def _printed_note(self) -> str:
        """The note under the page number, as Excel writes it: signs doubled that would be read as orders."""
        return f"\n&9{self.note[:_HEADER].replace('&', '&&')}" if self.note else ""


def _value(text: str) -> tuple[float | int | date | None, str]:
    """What a cell of numbers or days holds, and how Excel shows it; None: it is text."""
    plain = text.strip().replace("\u00a0", " ")
    day = _DAY.fullmatch(plain)
    if day:
        return _day(int(day[3]), int(day[2]), int(day[1])), "dd/mm/yyyy"
    percent = _PERCENT.fullmatch(plain)
    number = parse_number(percent[1]) if percent else parse_number(plain) if _NUMBER.fullmatch(plain) else None
    if number is None or (len(plain) > 1 and plain[0] == "0" and plain[1] != ","):  # 01 is a label, not a number
        return None, ""
    places = len(plain.rstrip(" %").partition(",")[2])
    shape = ("0" if percent or "." not in plain else "#,##0") + ("." + "0" * places if places else "")
    if percent:
        return float(Decimal(number) / 100), f"{shape}%"
    return (number if isinstance(number, int) else float(number)), shape


def _part_of(text: str) -> tuple[int | None, str]:
    """15/16 as the number 15 that is shown with what it is counted out of."""
    found = _OUT_OF.fullmatch(text.strip())
    part = parse_number(found[1]) if found else None
    return (part, f'#,##0"/{found[2]}"') if found and isinstance(part, int) else (None, "")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
