"""Words into lines: measured, broken, balanced. No markup is known here, so there is nothing to escape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Text, runs_of
from thidua_desktop.printing.fonts import Face, Typeface

_SEPARATOR = re.compile(r"(\n| +)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word in one face; ``width`` in points."""

    text: str
    face: Face
    width: float
    figure: str | None = None


Word = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A finished line: words, their natural width with single spaces, whether it ends its paragraph."""

    words: tuple[Word, ...]
    width: float
    ends: bool


def words_of(text: Text, typeface: Typeface, size: float, bold: bool = False, italic: bool = False) -> list[list[Word]]:
    """The words of each forced line of a text; ``bold`` and ``italic`` are added to every run's own style."""
    lines: list[list[Word]] = [[]]
    pieces: list[Piece] = []
    for run in runs_of(text):
        face = typeface.face(run.bold or bold, run.italic or italic)
        for part in _SEPARATOR.split(typeface.prepare(run.text)):
            if not part:
                continue
            if part[0] not in " \n":
                pieces.append(Piece(part, face, face.width(part, size), run.figure))
                continue
            if pieces:
                lines[-1].append(tuple(pieces))
                pieces = []
            if part == "\n":
                lines.append([])
    if pieces:
        lines[-1].append(tuple(pieces))
    return lines


def break_text(
    text: Text,
    typeface: Typeface,
    size: float,
    width: float,
    *,
    indent: float = 0.0,
    bold: bool = False,
    italic: bool = False,
) -> list[Line]:
    """Lines of a text in ``width`` points, the first one shorter by ``indent``."""
    lines: list[Line] = []
    for words in words_of(text, typeface, size, bold, italic):
        lines.extend(_fill(words, size, width, 0.0 if lines else indent))
    return lines


def balanced(text: str, typeface: Typeface, size: float, width: float, *, bold: bool = False) -> list[Line]:
    """Lines of a centred text in as few lines as possible, all about equally long."""
    lines: list[Line] = []
    for words in words_of(text, typeface, size, bold):
        greedy = _fill(words, size, width, 0.0)
        low, high = width / max(1, len(greedy)) * 0.8, width
        while len(greedy) > 1 and high - low > 1.0:
            middle = (low + high) / 2
            if len(_fill(words, size, middle, 0.0)) <= len(greedy):
                high = middle
            else:
                low = middle
        lines.extend(_fill(words, size, high, 0.0))
    return lines


def _fill(words: Sequence[Word], size: float, width: float, indent: float) -> list[Line]:
    lines: list[Line] = []
    current: list[Word] = []
    used, room = 0.0, width - indent
    for word in _fitting(words, size, width - indent, width):
        advance = sum(piece.width for piece in word)
        gap = current[-1][-1].face.width(" ", size) if current else 0.0
        if current and used + gap + advance > room + 0.01:
            lines.append(Line(tuple(current), used, ends=False))
            current, used, gap, room = [], 0.0, 0.0, width
        current.append(word)
        used += gap + advance
    lines.append(Line(tuple(current), used, ends=True))
    return lines


def _fitting(words: Sequence[Word], size: float, first: float, width: float) -> Iterator[Word]:
    """The words, those longer than a line cut into pieces that fit."""
    limit = min(first, width)
    for word in words:
        if sum(piece.width for piece in word) <= width:
            yield word
            continue
        for piece in word:
            for part in cut_word(piece.text, piece.face, size, limit):
                yield (Piece(part, piece.face, piece.face.width(part, size), piece.figure),)


def cut_word(word: str, face: Face, size: float, width: float) -> list[str]:
    """A word without a space that is longer than a line, cut where it must be.

    Raises ``UserError`` TD-PRINT-003 when not even one letter fits.
    """
    parts: list[str] = []
    current, used = "", 0.0
    for letter in word:
        advance = face.width(letter, size)
        if advance > width:
            raise UserError("TD-PRINT-003", what=word[:40])
        if current and used + advance > width:
            parts.append(current)
            current, used = "", 0.0
        current += letter
        used += advance
    if current:
        parts.append(current)
    return parts


def wrap_plain(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Lines of a prepared plain text: the fast way, for table cells."""
    if "\n" not in text and face.width(text, size) <= width:
        return (text,)
    lines: list[str] = []
    space = face.width(" ", size)
    for paragraph in text.split("\n"):
        current: list[str] = []
        used = 0.0
        for word in filter(None, paragraph.split(" ")):  # a hard space holds its words together
            advance = face.width(word, size)
            if current and used + space + advance > width:
                lines.append(" ".join(current))
                current, used = [], 0.0
            if advance > width:
                *full, word = cut_word(word, face, size, width)  # noqa: PLW2901 - the rest of the word goes on
                lines.extend(full)
                advance = face.width(word, size)
            used += advance + (space if current else 0.0)
            current.append(word)
        lines.append(" ".join(current))
    return tuple(lines)
