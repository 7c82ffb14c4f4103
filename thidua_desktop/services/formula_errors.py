"""Cells of an .xlsx whose formula gives an error (#N/A, #REF! …): the reader hands them out as empty ones, and what was
meant to stand there would be missing without a word.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

_CHUNK = 1 << 20
_MOST = 100_000
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class ErrorCell(NamedTuple):
    """Row and column from 0, and what the cell shows."""

    row: int
    column: int
    text: str


def error_cells(path: Path) -> dict[str, list[ErrorCell]]:
    """By name of the sheet; nothing of books that are not laid out as spreadsheet programs do it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: list(_of_sheet(archive, member)) for name, member in _sheets(archive)}
    except (KeyError, zipfile.BadZipFile, expat.ExpatError):
        return {}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of the sheets and the members that hold them."""
    members: dict[str, str] = {}
    names: list[tuple[str, str]] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _own(tag) == "Relationship":
            members[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if _own(tag) == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            names.append((attributes.get("name", ""), key))

    _parse(archive, _RELATIONS, relation)
    _parse(archive, _BOOK, sheet)
    return ((name, members[key].lstrip("/")) for name, key in names if key in members)


@dataclass(slots=True)
class _Reader:
    """The cell that is being read: its place, and what it shows up to now."""

    found: list[ErrorCell] = field(default_factory=list)
    place: str = ""
    is_value: bool = False
    text: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        own = _own(tag)
        if own == "c":
            self.place, self.text = (attributes.get("r", "") if attributes.get("t") == "e" else ""), ""
        self.is_value = own == "v" and bool(self.place)

    def end(self, tag: str) -> None:
        """A tag ends."""
        self.is_value = False
        letters, digits = self.place.rstrip("0123456789"), self.place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if _own(tag) == "c" and self.place and letters and digits.isdecimal() and len(self.found) < _MOST:
            column = 0
            for letter in letters[:3]:
                column = column * 26 + ord(letter) - 64
            self.found.append(ErrorCell(int(digits[:7]) - 1, column - 1, self.text))

    def letters(self, text: str) -> None:
        """Text between tags."""
        if self.is_value:
            self.text += text


def _of_sheet(archive: zipfile.ZipFile, member: str) -> list[ErrorCell]:
    reader = _Reader()
    _parse(archive, member, reader.start, reader.end, reader.letters)
    return reader.found


def _parse(
    archive: zipfile.ZipFile,
    member: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    letters: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, letters
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)


def _own(tag: str) -> str:
    return tag.rpartition(":")[2]
