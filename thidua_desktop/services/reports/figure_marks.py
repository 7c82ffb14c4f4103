"""Which words of a report's text are which figure, so that a click on the paper opens the right records.

A draft knows it: its figures are written between private signs. In a paragraph that the officer rewrote, only the
figures of its own draft are looked for, by their whole words ("57 cuộc"), in the draft's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_START, _MIDDLE, _END = "\ue000", "\ue001", "\ue002"  # private use: no text of a person holds them
_MARKED = re.compile(f"{_START}([^{_MIDDLE}]*){_MIDDLE}([^{_END}]*){_END}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``indicator`` names the figure that it is, or is empty."""

    text: str
    indicator: str = ""


def marked(indicator: str, words: str) -> str:
    """``words`` as the figure ``indicator``."""
    return f"{_START}{indicator}{_MIDDLE}{words}{_END}"


def draft_pieces(line: str) -> list[Piece]:
    """A line of a marked draft."""
    pieces, done = [], 0
    for found in _MARKED.finditer(line):
        pieces += [Piece(line[done : found.start()]), Piece(found[2], found[1])]
        done = found.end()
    pieces.append(Piece(line[done:]))
    return [piece for piece in pieces if piece.text]


def edited_pieces(text: str, draft: str) -> list[list[Piece]]:
    """The lines of a rewritten paragraph, with the figures of its marked ``draft`` that still stand in it."""
    known = [(found[2], found[1]) for found in _MARKED.finditer(draft)]
    return [list(_found_in(line, known)) for line in text.splitlines()]


def _found_in(line: str, known: list[tuple[str, str]]) -> Iterator[Piece]:
    """Takes each figure out of ``known`` when its words are met, so that equal words are told apart by their order."""
    while line:
        met = [(at, -len(words), place) for place, (words, _) in enumerate(known) if (at := _place(line, words)) >= 0]
        if not met:
            break
        at, _, place = min(met)
        words, indicator = known.pop(place)
        if at:
            yield Piece(line[:at])
        yield Piece(words, indicator)
        line = line[at + len(words) :]
    if line:
        yield Piece(line)


def _place(line: str, words: str) -> int:
    """Where the words stand with no digit or letter glued to them; -1 when nowhere. Bare numbers are not looked for."""
    if " " not in words:
        return -1
    found = re.search(rf"(?<![\w.,/]){re.escape(words)}(?!\w)", line)
    return found.start() if found else -1
