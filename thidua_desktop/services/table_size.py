"""How large a spreadsheet becomes when it is opened, found out before anything of it is: files are made to burst.

The reader lays out every cell between the first and the last one. One letter in the last corner of a sheet would take
hundreds of gigabytes, and a member of a few kilobytes can unpack to as much. Looked at is what stands in the file,
never what it claims of itself, and every member: a book may call its sheets anything.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES = 1_000_000_000
"""Of all members unpacked: 50,000 rows of 60 columns take a third of it."""

MOST_BYTES_UNSEEN = 100_000_000
"""Of a kind whose cells are not looked at here (.xlsb, .ods)."""

MOST_CELLS = 60_000_000
_CHUNK = 1 << 20
_LETTERS_OF_ALL = 26
"""Columns that a sheet is taken to have at least."""
_FAR_ROW, _FAR_CELL = re.compile(rb'<row(?! r="\d{1,5}")'), re.compile(rb'<c(?! r="[A-C]?[A-Z]\d{1,5}"|[a-zA-Z])')
"""A row or cell beyond 99,999 rows or 104 columns, or written in another way than spreadsheet programs do."""
_ROW, _CELL = re.compile(rb'<row r="(\d{1,7})"'), re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"')
_ERROR = b't="e"'
_DIGITS, _LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UNUSUAL, _PREFIXED = re.compile(rb"<(?:row|c)[\t\r\n/>]"), re.compile(rb":(?:row|c)[\s/>]")
_REFERENCE = re.compile(r"([A-Z]*)(\d*)", re.IGNORECASE)


def require_bounded(path: Path) -> bool:
    """UserError TD-ENV-074 for a spreadsheet that would fill the memory, TD-XFER-003 for one that cannot be looked at;
    whether some cell may be a formula that gives an error.

    What is no archive (.xls, one with a password) is left to the reader, which says what it is.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _look(archive, path)
    except OSError:
        return False
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as problem:
        if _is_book(path) and not _is_compound(path):  # the reader may read what is passed over here
            raise UserError("TD-XFER-003", path=path.name) from problem
        return False


def _is_book(path: Path) -> bool:
    """Whether an archive of this name is read as an .xlsx; one that is called .xls or .csv is."""
    return path.suffix.lower() not in {".xlsb", ".ods"}


def _is_compound(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _look(archive: zipfile.ZipFile, path: Path) -> bool:
    members = archive.infolist()
    if not _is_book(path):
        if sum(one.file_size for one in members) > MOST_BYTES_UNSEEN:
            raise UserError("TD-ENV-074", path=path.name)
        return False
    left, has_errors = MOST_BYTES, False
    for member in members:
        if member.flag_bits & 1:  # with a password, for the reader as well
            continue
        is_near = True
        for text, is_whole in _whole_tags(_chunks(archive, member)):
            left -= len(text)
            if left < 0:
                raise UserError("TD-ENV-074", path=path.name)
            has_errors = has_errors or _ERROR in text
            is_near = is_near and is_whole and _is_near(text)
        if not is_near and not _is_bounded(archive, member):
            raise UserError("TD-ENV-074", path=path.name)
    return has_errors


def _is_near(text: bytes) -> bool:
    """Whether all rows and cells of a text are near the first one, as in most sheets: these need not be counted."""
    return not (_FAR_CELL.search(text) or _FAR_ROW.search(text) or b"\0" in text or _has_prefix(text))


def _has_prefix(text: bytes) -> bool:
    return b":" in text and _PREFIXED.search(text) is not None


def _is_bounded(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a member is no sheet, or one that is not too large, however its cells are written."""
    seen = _Seen()
    for text, is_whole in _whole_tags(_chunks(archive, member)):
        seen.take(text, is_whole)
        if seen.is_too_large:
            return False
    return not (seen.is_sheet and seen.is_odd) or _counted_is_bounded(archive, member)


def _whole_tags(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes, cut only before tags; False beside those where a tag is too long to wait for its end."""
    kept = b""
    for chunk in chunks:
        text = kept + chunk
        cut = text.rfind(b"<")
        is_whole = cut >= 0 and len(text) - cut <= _CHUNK
        cut = cut if is_whole else len(text)
        kept = text[cut:]
        yield text[:cut], is_whole
    yield kept, True


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


@dataclass(slots=True)
class _Seen:
    """The rows and columns of a member as spreadsheet programs write them, by their tags alone.

    ``is_odd``: some are written in another way (no references, other quotes, a prefix); then they have to be counted.
    """

    rows: int = 1
    columns: int = _LETTERS_OF_ALL
    is_sheet: bool = False
    is_odd: bool = False

    @property
    def is_too_large(self) -> bool:
        return self.is_sheet and self.rows * self.columns > MOST_CELLS

    def take(self, text: bytes, is_whole: bool) -> None:
        """The next bytes; ``is_whole``: no tag is cut at their end."""
        self.is_odd = self.is_odd or not is_whole
        self.is_sheet = self.is_sheet or b"sheetData" in text or b"s\0h\0e\0e\0t\0D" in text
        rows, cells = _ROW.findall(text), _CELL.findall(text)
        self.is_odd = self.is_odd or _is_odd(text, len(rows), len(cells))
        places = b" ".join(cells)
        self.rows = max([self.rows, *map(int, rows), *map(int, set(places.translate(None, _LETTERS).split()))])
        self.columns = max([self.columns, *map(_column, set(places.translate(None, _DIGITS).split()))])


def _is_odd(text: bytes, rows: int, cells: int) -> bool:
    """Whether there are more rows and cells than these, which were found in their usual form."""
    if b"\0" in text or _has_prefix(text):
        return True
    if text.count(b"<row") == rows and text.count(b"<c") == cells:  # no other tag begins so: the most part of a sheet
        return False
    return text.count(b"<row ") != rows or text.count(b"<c ") != cells or _UNUSUAL.search(text) is not None


def _counted_is_bounded(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """The same for a sheet written in another way, tag by tag; of broken XML nobody knows what the reader makes."""
    count = _Count()
    parser = expat.ParserCreate()
    parser.StartElementHandler = count.start
    try:
        for chunk in _chunks(archive, member):
            parser.Parse(chunk)
            if count.rows * count.columns > MOST_CELLS:
                return False
        parser.Parse(b"", True)
    except expat.ExpatError:
        return False
    return count.rows * count.columns <= MOST_CELLS


@dataclass(slots=True)
class _Count:
    """Rows and columns up to now; ``row``, ``column``: where the next one without a reference stands."""

    rows: int = 0
    columns: int = 0
    row: int = 0
    column: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        kind = name.rpartition(":")[2]
        if kind not in {"row", "c"}:
            return
        letters, digits = _REFERENCE.match(attributes.get("r", "").strip()).groups()  # type: ignore[union-attr]
        self.row = int(digits[-9:]) if digits else self.row + (kind == "row")
        if kind == "row":
            self.column = 0
        else:
            self.column = _column(letters[-9:].upper().encode()) if letters else self.column + 1
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
