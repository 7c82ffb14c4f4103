"""Fonts of the cells of an .xls (BIFF 5 and 8, Excel 5 to 2003), as ``cell_fonts`` tells them of an .xlsx."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from thidua_desktop.services.compound_streams import stream_of

_SOME_FONT = re.compile(rb"(?:\.\0?V\0?n|V\0?N\0?I\0?[-_ ])", re.IGNORECASE)
_BEGIN, _END, _FONT, _STYLE, _SHEET = 0x0809, 0x0A, 0x31, 0xE0, 0x85
_TEXTS = frozenset((0xFD, 0x0204, 0xD6, 0x06))  # shared text, text, text of several fonts, formula
_BIFF8 = 0x0600
_LEFT_OUT = 4  # no font has this number


def fonts_of_cells(path: Path) -> Iterator[tuple[str, int, int, str]]:
    """Of each cell with a text: name of the sheet, row and column from 0, name of the font."""
    content = path.read_bytes()
    if not _SOME_FONT.search(content):
        return
    book = stream_of(content, "Workbook", "Book")
    fonts: list[str] = []
    styles: list[int] = []
    sheets: dict[int, str] = {}
    wide = False
    for kind, data in _records(book, 0):
        if kind == _BEGIN and len(data) >= 2:
            wide = struct.unpack_from("<H", data)[0] >= _BIFF8
        elif kind == _FONT:
            fonts.append(_text(data[14:], wide))
        elif kind == _STYLE and len(data) >= 2:
            styles.append(struct.unpack_from("<H", data)[0])
        elif kind == _SHEET and len(data) >= 6:
            sheets[struct.unpack_from("<I", data)[0]] = _text(data[6:], wide)
    if len(fonts) > _LEFT_OUT - 1:
        fonts.insert(_LEFT_OUT, "")
    for start, name in sheets.items():
        for kind, data in _records(book, start):
            if kind in _TEXTS and len(data) >= 6:
                row, column, style = struct.unpack_from("<HHH", data)
                if style < len(styles) and styles[style] < len(fonts):
                    yield name, row, column, fonts[styles[style]]


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of the book; what lies in parts of its own (charts) is passed over."""
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        data = book[at + 4 : at + 4 + length]
        at += 4 + length
        depth += kind == _BEGIN
        if depth == 1:
            yield kind, data
        if kind == _END:
            depth -= 1
            if depth <= 0:
                return


def _text(data: bytes, wide: bool) -> str:
    """A short text with its length before it."""
    if not data:
        return ""
    if not wide:
        return data[1 : 1 + data[0]].decode("latin-1")
    size = data[0]
    if len(data) > 1 and data[1] & 1:
        return data[2 : 2 + 2 * size].decode("utf-16-le", "replace")
    return data[2 : 2 + size].decode("latin-1")
