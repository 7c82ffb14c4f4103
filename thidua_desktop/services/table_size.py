"""How large a spreadsheet becomes when it is opened, found out before anything of it is: files are made to burst.

The reader lays out every cell between the first and the last one. One letter in the last corner of a sheet would take
hundreds of gigabytes, and a member of a few kilobytes can unpack to as much. Looked at is what stands in the file,
never what it claims of itself.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from thidua_desktop.errors import UserError

MOST_BYTES = 1_000_000_000
"""Of all members unpacked: 50,000 rows of 60 columns take a third of it."""

MOST_BYTES_UNSEEN = 100_000_000
"""Of a kind whose cells are not looked at here (.xlsb, .ods)."""

MOST_CELLS = 60_000_000
_CHUNK = 1 << 20
_OVERLAP = 64
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb'<row\b[^>]{0,40}?\br="(\d{1,7})"')
_WIDE = re.compile(rb'<c\b[^>]{0,40}?\br="([A-Z]{2,3})\d')


def require_bounded(path: Path) -> None:
    """UserError TD-ENV-074 for a spreadsheet that would fill the memory; a file that is no archive is left alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            _look(archive, path)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError):
        return  # encrypted, cut, another kind: the reader says what it is


def _look(archive: zipfile.ZipFile, path: Path) -> None:
    members = archive.infolist()
    seen = path.suffix.lower() in {".xlsx", ".xlsm"}
    most = MOST_BYTES if seen else MOST_BYTES_UNSEEN
    left = most - sum(one.file_size for one in members if not (seen and _SHEET.fullmatch(one.filename)))
    for member in members:
        if left >= 0 and seen and _SHEET.fullmatch(member.filename):
            left = _look_at_sheet(archive, member, left, path)
    if left < 0:
        raise UserError("TD-ENV-074", path=path.name)


def _look_at_sheet(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, path: Path) -> int:
    """What is left of the bytes after this sheet."""
    rows, columns, kept = 1, 26, b""
    with archive.open(member) as stream:
        while left >= 0 and (chunk := stream.read(_CHUNK)):
            left -= len(chunk)
            text = kept + chunk
            rows = max([rows, *map(int, _ROW.findall(text))])
            columns = max([columns, *map(_column, set(_WIDE.findall(text)))])
            if rows * columns > MOST_CELLS:
                raise UserError("TD-ENV-074", path=path.name)
            kept = text[-_OVERLAP:]
    return left


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
