"""Spreadsheets and text tables as lines of cell texts, the way a person would have typed them.

Dates become ``dd/mm/yyyy``, times ``HH:MM``, numbers lose a needless ``.0`` and take the decimal comma, everything is
NFC. Row numbers are those of the sheet, so that a message can name them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from thidua_desktop.errors import UserError
from thidua_desktop.paths import is_there
from thidua_desktop.services.cell_fonts import cells_in_old_fonts
from thidua_desktop.services.formula_errors import error_cells
from thidua_desktop.services.html_tables import tables_of
from thidua_desktop.services.raw_lines import (
    InOldFont,
    InTcvn3Capitals,
    RawLine,
    RawLines,
    ReachedDown,
    SpreadOver,
    own_texts,
)
from thidua_desktop.services.table_size import MOST_BYTES_UNSEEN, require_bounded
from thidua_desktop.text import fold, from_tcvn3, from_vni, marked_syllables, nfc

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

SPREADSHEETS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".xml"}
TEXT_TABLES = {".csv", ".tsv", ".txt"}
GUIDE_SHEETS = ("Danh mục", "Hướng dẫn")
MAX_LINES = 200_000
_SAMPLE = 20_000
_LOOKED_AT = 4_096
_LOCKS = "~$"
_OF_ARCHIVES = SPREADSHEETS - {".xls", ".xml"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The one stream of a workbook with a password; its directory may lie anywhere."""

_Place: TypeAlias = tuple[int, int]
_ARCHIVE, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    r"(?:<(?:\?xml|!--)[^>]*>\s*)*<(?:html|table|!doctype html|head|body|div|meta|style)\b", re.IGNORECASE
)
_XML_SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
_QUOTED_CELL = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[\t\n]|\Z)')
_PLAIN_CELL = re.compile(r"[^\t\n]*")
_DELIMITERS = ("\t", ";", ",", "|")


@dataclass(frozen=True, slots=True)
class RawTable:
    """The non-empty lines of a source, and what it turned out to be ("xlsx", "csv utf-8 ;" …)."""

    lines: Sequence[RawLine]
    source: str


def read_table(path: Path, sheet: int = 0) -> RawTable:
    """The lines of an .xlsx, .xls, .ods or .csv file; ``sheet``: how many sheets with lines to pass over.

    A sheet beyond the last has no lines. Raises what ``read_tables`` raises.
    """
    found = next(islice(read_tables(path), sheet, None), None)
    return found.table if found else RawTable((), "")


class NamedTable(NamedTuple):
    """A sheet with lines, and what it is called; tables of pages and texts have no name."""

    name: str
    table: RawTable


def read_tables(path: Path) -> Iterator[NamedTable]:
    """The sheets of a file that have lines, one after the other, each read when it is asked for.

    What the file is, its content says: pages and texts named .xls come out of many portals. Raises TD-XFER-001
    (missing), 002 (kind not known), 003 (cannot be read), 004 (empty), 005 (password), 006 (long), 018 (what Excel
    leaves beside an open file), 019 (not to be opened), TD-ENV-074 (would fill the memory).
    """
    ending = path.suffix.lower()
    if path.name.startswith(_LOCKS):
        raise UserError("TD-XFER-018", path=path.name, name=path.name.removeprefix(_LOCKS))
    if not is_there(path, Path.is_file):
        raise UserError("TD-XFER-001", path=path.name)
    if ending not in SPREADSHEETS | TEXT_TABLES:
        raise UserError("TD-XFER-002", path=path.name, ending=ending or "(không có)")
    has_lines = False
    try:
        for found in _tables_of(path, ending):
            if len(found.table.lines) > MAX_LINES:
                raise UserError("TD-XFER-006", path=path.name, limit=f"{MAX_LINES:,}".replace(",", "."))
            has_lines = has_lines or bool(found.table.lines)
            if found.table.lines:
                yield found
    except OSError as fault:
        raise UserError("TD-XFER-019", path=path.name) from fault
    if not has_lines:
        raise UserError("TD-XFER-004", path=path.name)


def _tables_of(path: Path, ending: str) -> Iterator[NamedTable]:
    with path.open("rb") as stream:
        start = stream.read(_LOOKED_AT)
    is_page = False
    is_book = start.startswith(_ARCHIVE) or (start.startswith(_COMPOUND) and ending in SPREADSHEETS)
    if not is_book:
        text = _decoded_text(start)
        is_page = text is not None and _PAGE.match(text.lstrip()) is not None
        if ending in SPREADSHEETS and text is not None and _XML_SHEETS in text and not is_page:
            for name, rows in _xml_tables(path):
                yield NamedTable(name, RawTable(tuple(_csv_lines(rows)), "xml"))
            return
        odd = text is None or (text.lstrip().startswith("<") and not is_page)
        is_book = ending in SPREADSHEETS and bool(start) and odd  # the reader says why it cannot be read
    if is_book:
        for name, lines in _spreadsheet_tables(path):
            yield NamedTable(name, RawTable(lines, ending[1:]))
        return
    if path.stat().st_size > MOST_BYTES_UNSEEN:
        raise UserError("TD-ENV-074", path=path.name)
    if is_page:
        yield from (NamedTable("", RawTable(tuple(_csv_lines(rows)), "html")) for rows in _page_tables(path))
    else:
        yield NamedTable("", table_of_bytes(path.read_bytes()))


def _page_tables(path: Path) -> Sequence[Sequence[Sequence[str]]]:
    try:
        return tables_of(_decoded(path.read_bytes())[0])
    except OverflowError:
        raise UserError("TD-ENV-074", path=path.name) from None


def _xml_tables(path: Path) -> Iterator[tuple[str, Iterable[Sequence[str]]]]:
    from thidua_desktop.services.xml_sheets import sheets_of

    raw = path.read_bytes()
    try:
        if len(raw) > MOST_BYTES_UNSEEN:
            raise OverflowError
        if "<!DOCTYPE" in _decoded(raw)[0]:  # has no place here; entities could unfold without end
            raise ValueError
        books = sheets_of(raw)
    except OverflowError:
        raise UserError("TD-ENV-074", path=path.name) from None
    except ValueError as fault:
        raise UserError("TD-XFER-003", path=path.name) from fault
    for name, rows in books.items():
        if name not in GUIDE_SHEETS and any(map(any, rows)):
            yield name, ([text if isinstance(text, ReachedDown) else cell_text(text) for text in row] for row in rows)


def _decoded_text(start: bytes) -> str | None:
    """The beginning of a text file; None for anything with signs that no text has."""
    text, encoding = _decoded(start)
    odd = any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text.rstrip("\0"))
    return None if odd or (not encoding.startswith("utf") and _is_garbled(start)) else text


def _is_garbled(start: bytes) -> bool:
    return sum(one > 127 for one in start) * 2 > len(start)


def table_of_bytes(raw: bytes) -> RawTable:
    """The lines of a text table whose encoding and delimiter are guessed."""
    text, encoding = _decoded(raw)
    delimiter = _delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return RawTable(tuple(_csv_lines(reader)), f"csv {encoding} {'tab' if delimiter == chr(9) else delimiter}")


def table_of_text(pasted: str) -> RawTable:
    """The lines of a table copied from a spreadsheet (tabs between cells), or of plain lines.

    A spreadsheet puts quotes only round cells with a tab or a line break in them; any other quote belongs to the words,
    and one at the beginning of a name must not swallow the rows after it.
    """
    text = pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\x0b", " ")  # Word's line break
    if "\t" in text:
        return RawTable(tuple(_csv_lines(_tabbed(text))), "paste")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text))
    return RawTable(tuple(_csv_lines(reader)), "paste")


def _tabbed(text: str) -> Iterator[list[str]]:
    """The rows of cells between tabs; a quoted cell ends with its quote before a tab, a line break or the end."""
    row: list[str] = []
    at = 0
    while at <= len(text):
        quoted = _QUOTED_CELL.match(text, at)
        cell = quoted or _PLAIN_CELL.match(text, at)
        assert cell is not None  # the plain one matches anything, nothing too
        row.append(cell[1].replace('""', '"') if quoted else cell[0])
        at = cell.end() + 1
        if text[cell.end() : at] != "\t":
            yield row
            row = []


def cell_text(value: object) -> str:
    """A cell of a spreadsheet as a person would have typed it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return nfc(value).strip()
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    return _moment_text(value)


def _moment_text(value: object) -> str:
    if isinstance(value, datetime):
        day = f"{value:%d/%m/%Y}"
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value)


def _spreadsheet_tables(path: Path) -> Iterator[tuple[str, RawLines]]:
    import python_calamine

    errors = error_cells(path) if require_bounded(path) else {}
    fonts = cells_in_old_fonts(path)
    try:
        book = _opened(path)
        hidden = {one.name for one in book.sheets_metadata if one.visible != python_calamine.SheetVisibleEnum.Visible}
        names = [name for name in book.sheet_names if name not in GUIDE_SHEETS] or book.sheet_names
        for name in sorted(names, key=hidden.__contains__):  # what nobody sees comes last: it is of an earlier time
            sheet = book.get_sheet_by_name(name)
            columns = list(map(_column_texts, zip(*sheet.to_python(skip_empty_area=False), strict=True)))
            for row, column, text in errors.get(name, ()):
                if column < len(columns) and row < len(columns[column]):
                    columns[column][row] = text
            for row, column, of_font in fonts.get(name, ()):
                if column < len(columns) and row < len(columns[column]):
                    columns[column][row] = _in_font(columns[column][row], of_font)
            yield name, RawLines.filled(_with_merged(columns, sheet.merged_cell_ranges or ()))
    except python_calamine.PasswordError:
        raise UserError("TD-XFER-005", path=path.name) from None
    except (python_calamine.CalamineError, ValueError) as error:
        raise UserError("TD-XFER-003", path=path.name) from error


def _in_font(text: str, of_font: type[InOldFont]) -> str:
    """A text with what its font says of it; without marks it is what one sees already, in whatever case."""
    seen = text.upper() if issubclass(of_font, InTcvn3Capitals) else text
    return seen if text.isascii() else of_font(text)


def _with_merged(columns: list[list[str]], ranges: Iterable[tuple[_Place, _Place]]) -> list[list[str]]:
    """The columns with what stands in a cell over several rows in each of these rows: a village of many homes. What is
    spread over several columns of one row is marked as such.

    Ranges of a sound sheet never overlap; those of one made to keep us busy end with the cells that there are.
    """
    left_over = sum(map(len, columns))
    for (top, left), (bottom, right) in ranges:
        if left_over <= 0:
            break
        if left == right < len(columns) and top < bottom:
            rows = slice(top + 1, min(bottom + 1, len(columns[left])))
            filled: list[str] = [ReachedDown(columns[left][top])] * len(columns[left][rows])
            columns[left][rows], left_over = filled, left_over - len(filled)
        elif top == bottom and left < min(right, len(columns)) and top < len(columns[left]) and columns[left][top]:
            columns[left][top], left_over = SpreadOver(columns[left][top]), left_over - 1
    return columns


def _opened(path: Path) -> CalamineWorkbook:
    """The workbook; one that was given another kind's name is opened as what it is."""
    import python_calamine

    ending = path.suffix.lower()
    with path.open("rb") as stream:
        is_archive = stream.read(len(_ARCHIVE)) == _ARCHIVE
        if is_archive and ending in _OF_ARCHIVES:
            return python_calamine.CalamineWorkbook.from_path(path)
        stream.seek(0)
        content = stream.read()
    if _ENCRYPTED in content:
        raise python_calamine.PasswordError
    if ending == ".xls" and not is_archive:  # of its own name the reader says more of what is wrong
        return python_calamine.CalamineWorkbook.from_path(path)
    return python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))


def _column_texts(cells: Sequence[object]) -> list[str]:
    """The texts of a column, each value written once: days, names of places and numbers come again and again."""
    if bool in set(map(type, cells)):  # True and 1.0 would be taken for one value
        return list(map(cell_text, cells))
    return list(map({cell: cell_text(cell) for cell in set(cells)}.__getitem__, cells))


def _csv_lines(reader: Iterable[Sequence[str]]) -> Iterable[RawLine]:
    for number, row in enumerate(reader, start=1):
        cells = tuple(type(value)(nfc(value).strip()) for value in row)  # what reached down stays so
        if any(cells):
            yield RawLine(number, cells)


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace"), "utf-16"
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw.decode("utf-8-sig", errors="replace"), "utf-8"
    sample = raw[:4000]
    if sample.count(0) > len(sample) // 5:
        order = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        return raw.decode(order, errors="replace"), order
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded_8_bit(raw)


def _decoded_8_bit(raw: bytes) -> tuple[str, str]:
    """Windows' own Vietnamese code page, or the bytes of an old font where they give more Vietnamese words."""
    ours, old = raw.decode("cp1258", errors="replace"), raw.decode("latin-1")
    head = old[:_SAMPLE]
    best_old = max(marked_syllables(from_tcvn3(head)), marked_syllables(from_vni(head)))
    return (old, "latin-1") if best_old > marked_syllables(nfc(ours[:_SAMPLE])) else (ours, "cp1258")


def _delimiter_of(text: str) -> str:
    """The delimiter that cuts the first lines into the most columns, as long as the lines agree."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=delimiter)]
        usual = max(set(counts), key=counts.count) if counts else 0
        score = usual * counts.count(usual)
        if score > best_score:
            best, best_score = delimiter, score
    return best


_TOTALS = frozenset({"tong", "tong cong", "cong", "tong so", "cong toan xa", "tong toan xa", "toan xa"})
_SUM = re.compile(r"(?:cộng|tổng)\b", re.IGNORECASE)  # with its marks: Công and Tống are names of people
_LONGEST_TOTAL = 24
_MAY_BE_TOTAL = re.compile(r"[\W_]*[tTcC]")


def plain_words(text: str) -> str:
    """Folded words without signs: "Tên thôn, buôn:" as "ten thon buon"."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())


def without_totals(lines: RawLines, mapped: Collection[int]) -> RawLines:
    """``lines`` without those that add up the ones above them. ``mapped``: the columns that a field takes; beside them
    also a part may be added up ("Cộng thôn Tân Lập").
    """
    said = {text for text in lines.texts if _says_total(text) or _SUM.match(text)}
    places = {place for column in lines.columns for place, text in enumerate(column) if text in said} if said else ()
    return lines.without(place for place in places if _adds_up(lines[place].cells, mapped))


def _adds_up(cells: Sequence[str], mapped: Collection[int]) -> bool:
    cells = own_texts(cells)
    if is_total(cells):
        return True
    words = [place for place, cell in enumerate(cells) if any(map(str.isalpha, cell))]
    return len(words) == 1 and words[0] not in mapped and _SUM.match(cells[words[0]]) is not None


def is_total(cells: Sequence[str]) -> bool:
    """Whether a line adds up those above it: its first words say so, and nothing but numbers follows."""
    words = [cell for cell in cells if any(map(str.isalpha, cell))]
    return len(words) == 1 and _says_total(words[0])


def _says_total(text: str) -> bool:
    if _MAY_BE_TOTAL.match(text) is None:
        return False
    old = () if text.isascii() or len(text) > _LONGEST_TOTAL else (from_tcvn3(text), from_vni(text))
    return any(plain_words(one) in _TOTALS for one in (text, *old))  # "Céng" is "Cộng" before anybody converted it
