"""Cells of a workbook that are written in fonts of before Unicode: their letters mean others than they say.

Fonts of TCVN 5712 are called .VnTime, .VnArial and so on, those of capitals .VnTimeH; those of VNI VNI-Times and so on.
A cell has the font of its style. Fonts of single letters within a cell are not looked at.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from thidua_desktop.services.raw_lines import InOldFont, InTcvn3, InTcvn3Capitals, InVni
from thidua_desktop.services.workbook_parts import own_name, parse, place, sheets
from thidua_desktop.services.xls_fonts import fonts_of_cells

_STYLES = "xl/styles.xml"
_OLD: dict[str, type[InOldFont]] = {"tcvn3": InTcvn3, "vni": InVni}
_CAPITALS = "H"  # at the end of a font's name
_FONT = re.compile(r"(?P<tcvn3>\.Vn)|(?P<vni>VNI[-_ ])", re.IGNORECASE)
_SOME_FONT = re.compile(rb"""val\s*=\s*["'](\.Vn|VNI[-_ ])""", re.IGNORECASE)


class OldFontCell(NamedTuple):
    """Row and column from 0, and what its text is of."""

    row: int
    column: int
    text: type[InOldFont]


def cells_in_old_fonts(path: Path) -> dict[str, list[OldFontCell]]:
    """By name of the sheet; nothing of books without such fonts, or not laid out as spreadsheet programs do it."""
    try:
        with zipfile.ZipFile(path) as archive:
            if not _SOME_FONT.search(archive.read(_STYLES)):
                return {}
            styles = _old_styles(archive)
            return {name: _of_sheet(archive, member, styles) for name, member in sheets(archive)} if styles else {}
    except zipfile.BadZipFile:
        return _of_xls(path)
    except (KeyError, expat.ExpatError):
        return {}


def old_font(name: str) -> type[InOldFont] | None:
    """What a text in the font of this name is of; None for a font of Unicode."""
    found = _FONT.match(name.strip())
    kind = _OLD[str(found.lastgroup)] if found else None
    return InTcvn3Capitals if kind is InTcvn3 and name.strip().endswith(_CAPITALS) else kind


def _of_xls(path: Path) -> dict[str, list[OldFontCell]]:
    known: dict[str, type[InOldFont] | None] = {}
    found: dict[str, list[OldFontCell]] = {}
    for sheet, row, column, font in fonts_of_cells(path):
        if font not in known:
            known[font] = old_font(font)
        if (text := known[font]) is not None:
            found.setdefault(sheet, []).append(OldFontCell(row, column, text))
    return found


def _old_styles(archive: zipfile.ZipFile) -> dict[str, type[InOldFont]]:
    """By number of the style of cells, as sheets write it."""
    inside: list[str] = []
    fonts: list[type[InOldFont] | None] = []
    of_cells: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        own = own_name(tag)
        above = inside[-1] if inside else ""
        if own == "font" and above == "fonts":
            fonts.append(None)
        elif own == "name" and above == "font" and "fonts" in inside:
            fonts[-1] = old_font(attributes.get("val", ""))
        elif own == "xf" and above == "cellXfs":
            of_cells.append(attributes.get("fontId", "0"))
        inside.append(own)

    def end(_tag: str) -> None:
        inside.pop()

    parse(archive, _STYLES, start, end)
    known = {str(number): font for number, font in enumerate(fonts) if font is not None}
    return {str(number): known[font] for number, font in enumerate(of_cells) if font in known}


def _of_sheet(archive: zipfile.ZipFile, member: str, styles: dict[str, type[InOldFont]]) -> list[OldFontCell]:
    found: list[OldFontCell] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        text = styles.get(attributes.get("s", "0")) if own_name(tag) == "c" else None
        at = place(attributes.get("r", "")) if text is not None else None
        if text is not None and at is not None:
            found.append(OldFontCell(*at, text))

    parse(archive, member, start)
    return found
