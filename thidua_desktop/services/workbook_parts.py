"""The members of an .xlsx as they lie in its archive: for what the reader of its cells does not tell."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

_CHUNK = 1 << 20
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of the sheets and the members that hold them.

    Raises KeyError, BadZipFile, ExpatError for books that are not laid out as spreadsheet programs do it; so does
    ``parse``.
    """
    members: dict[str, str] = {}
    names: list[tuple[str, str]] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if own_name(tag) == "Relationship":
            members[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if own_name(tag) == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            names.append((attributes.get("name", ""), key))

    parse(archive, _RELATIONS, relation)
    parse(archive, _BOOK, sheet)
    return ((name, members[key].lstrip("/")) for name, key in names if key in members)


def parse(
    archive: zipfile.ZipFile,
    member: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    letters: Callable[[str], None] | None = None,
) -> None:
    """Tells of each tag as it begins and ends, and of the text between, in a member read piece by piece."""
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, letters
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)


def own_name(tag: str) -> str:
    """The name of a tag without that of its namespace."""
    return tag.rpartition(":")[2]


def place(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 of a cell called so ("B5"); None for what names no cell."""
    letters, digits = reference.rstrip("0123456789"), reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if not letters or not digits.isdecimal():
        return None
    column = 0
    for letter in letters[:3]:
        column = column * 26 + ord(letter) - 64
    return int(digits[:7]) - 1, column - 1
