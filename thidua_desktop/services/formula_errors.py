"""Cells of an .xlsx whose formula gives an error (#N/A, #REF! …): the reader hands them out as empty ones, and what was
meant to stand there would be missing without a word.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from thidua_desktop.services.workbook_parts import own_name, parse, place, sheets

_MOST = 100_000


class ErrorCell(NamedTuple):
    """Row and column from 0, and what the cell shows."""

    row: int
    column: int
    text: str


def error_cells(path: Path) -> dict[str, list[ErrorCell]]:
    """By name of the sheet; nothing of books that are not laid out as spreadsheet programs do it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: list(_of_sheet(archive, member)) for name, member in sheets(archive)}
    except (KeyError, zipfile.BadZipFile, expat.ExpatError):
        return {}


@dataclass(slots=True)
class _Reader:
    """The cell that is being read: its place, and what it shows up to now."""

    found: list[ErrorCell] = field(default_factory=list)
    place: str = ""
    is_value: bool = False
    text: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        own = own_name(tag)
        if own == "c":
            self.place, self.text = (attributes.get("r", "") if attributes.get("t") == "e" else ""), ""
        self.is_value = own == "v" and bool(self.place)

    def end(self, tag: str) -> None:
        """A tag ends."""
        self.is_value = False
        at = place(self.place)
        if own_name(tag) == "c" and at is not None and len(self.found) < _MOST:
            self.found.append(ErrorCell(*at, self.text))

    def letters(self, text: str) -> None:
        """Text between tags."""
        if self.is_value:
            self.text += text


def _of_sheet(archive: zipfile.ZipFile, member: str) -> list[ErrorCell]:
    reader = _Reader()
    parse(archive, member, reader.start, reader.end, reader.letters)
    return reader.found
