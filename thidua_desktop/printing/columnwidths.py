"""Widths of a table's columns: no word of head or cells is cut; many columns get small letters, then a turned sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from math import ceil

from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Cell, Table, TableCell, TableRow
from thidua_desktop.printing.decree30 import DECREE30
from thidua_desktop.printing.fonts import Face, Typeface
from thidua_desktop.printing.tablecells import head_places, head_rows

_SAMPLE_ROWS = 300  # of which texts are measured whole; words are measured in all
_LONGEST_WORD = 32  # letters: what is longer (an address of the web) is no word and may be cut
_STUMP = 8  # letters of it that stand together at least
_ROOM_TO_SHARE = 0.92  # of the width: what is left lets long texts have more than their longest word
_SIZE_STEP = 0.5
_HEAD_LINES = 3
_LONG_TEXT = 200  # letters: such a text takes what it can get
_WIDEST_SHARE = 0.45
_SHORT_TEXT = 16  # letters
_ROOM_OF_SHORT = 0.8  # of the width
_NAMED = 6
_ROWS_AT_ONCE = 100
_PADDING = 2 * DECREE30.cell_padding_x + 0.2


class WordWidths:
    """How wide each column of a table must be so that no word is cut: for letters of one point, without padding."""

    def __init__(self, block: Table, typeface: Typeface) -> None:
        self.block, self.columns = block, len(block.columns)
        rows = [row for row in block.rows if len(row) == self.columns]
        self._one = [0.0] * self.columns
        for place in range(self.columns):
            words: set[str] = set()
            for start in range(0, len(rows), _ROWS_AT_ONCE):  # many texts cost little together, all of them much room
                column = (row[place] for row in rows[start : start + _ROWS_AT_ONCE])
                words.update(_words(" ".join([one if isinstance(one, str) else one.text for one in column])))
            self._one[place] = _widest(words, typeface.regular)
        stressed = [row for row in rows if any(isinstance(entry, Cell) and entry.bold for entry in row)]
        for bold in (*stressed, *block.totals, *(group.subtotal for group in block.groups if group.subtotal)):
            self._add_row(bold, typeface.bold)
        self._add_head(typeface.bold)

    def _add_row(self, row: TableRow, face: Face) -> None:
        if len(row) == self.columns:
            for place, entry in enumerate(row):
                words = _words(entry if isinstance(entry, str) else entry.text)
                self._one[place] = max(self._one[place], _widest(words, face))

    def _add_head(self, face: Face) -> None:
        """Cells over one column ask for room there; those over several share what they lack among them."""
        if not self.block.head_rows:
            for place, column in enumerate(self.block.columns):
                self._one[place] = max(self._one[place], _widest(_words(column.title), face))
            return
        for cell, _, first in sorted(head_places(head_rows(self.block), self.columns), key=lambda one: one[0].columns):
            under = range(first, first + cell.columns)
            lacking = _widest(_words(cell.text), face) - sum(self._one[place] for place in under)
            for place in under if lacking > 0 else ():
                self._one[place] += lacking / cell.columns

    def at(self, size: float) -> list[float]:
        """Least widths of the columns in points, in letters of ``size``."""
        return [one * size + _PADDING for one in self._one]

    def size_for(self, width: float) -> float | None:
        """The table's own size, or the next smaller one at which all words have room; None: not even in the least."""
        sizes, size = [self.block.size], self.block.size
        while size > DECREE30.table_size_least:
            size = max(size - _SIZE_STEP, DECREE30.table_size_least)
            sizes.append(size)
        share = _ROOM_TO_SHARE if self.block.fits else 1.0
        found = next((size for size in sizes if sum(self.at(size)) <= width * share), None)
        return found or (sizes[-1] if sum(self.at(sizes[-1])) <= width else None)


def fitting(block: Table, typeface: Typeface, width: float) -> tuple[Table, tuple[float, ...]]:
    """The table in letters so small that every word has room, and the widths of its columns in points.

    Raises ``UserError`` TD-PRINT-070, naming the columns that need most, when they are too many for ``width``.
    """
    words = WordWidths(block, typeface)
    size = words.size_for(width)
    if size is None:
        raise too_many_columns(block, words.at(DECREE30.table_size_least))
    if size != block.size:
        block = replace(block, size=size)
    least = words.at(size)
    if block.fits:
        return block, _by_content(block, typeface, width, least)
    plain = _by_shares(block, width, least)
    unbroken = _by_shares(block, width, _unbroken(block, typeface, width, least))
    return block, min(unbroken, plain, key=lambda widths: _lines(block, typeface, widths))


def has_room(block: Table, typeface: Typeface, width: float) -> bool:
    """Whether the table's words have room in ``width`` at all."""
    return WordWidths(block, typeface).size_for(width) is not None


def too_many_columns(block: Table, least: Sequence[float]) -> UserError:
    """The refusal, with the widest columns first."""
    heads = [column.title for column in block.columns]
    for cell, _, column in head_places(block.head_rows, len(heads)) if block.head_rows else ():
        if cell.columns == 1:
            heads[column] = cell.text
    widest = sorted(range(len(heads)), key=lambda place: -least[place])
    named = "; ".join(" ".join(heads[place].split()) for place in widest[:_NAMED] if heads[place])
    return UserError("TD-PRINT-070", count=len(heads), columns=named)


def _words(text: str) -> list[str]:
    """What lines are made of: hard spaces hold together what stands around them."""
    return text.replace("\n", " ").split(" ")


def _widest(words: Iterable[str], face: Face) -> float:
    """Width of the widest word in letters of one point; no letter is wider than its size is high."""
    widest = 0.0
    for word in sorted(words, key=len, reverse=True):
        if len(word) <= widest:
            break
        widest = max(widest, face.width(word if len(word) <= _LONGEST_WORD else word[:_STUMP], 1.0))
    return widest


def _by_shares(block: Table, width: float, least: Sequence[float]) -> tuple[float, ...]:
    """By the columns' shares, but none narrower than its longest word."""
    total = sum(column.share for column in block.columns)
    wanted = [width * column.share / total for column in block.columns]
    fixed: set[int] = set()
    while True:
        short = {place for place, size in enumerate(wanted) if place not in fixed and size < least[place] - 0.001}
        if not short:
            return tuple(wanted)
        fixed |= short
        if len(fixed) == len(wanted):
            return tuple(size * width / sum(least) for size in least)
        free = width - sum(least[place] for place in fixed)
        shares = sum(block.columns[place].share for place in range(len(wanted)) if place not in fixed)
        wanted = [
            least[place] if place in fixed else free * column.share / shares
            for place, column in enumerate(block.columns)
        ]


def _unbroken(block: Table, typeface: Typeface, width: float, least: Sequence[float]) -> list[float]:
    """The least widths, wider where all texts of a column are short (units, dates, names of places), so that they stay
    on one line: the columns that lack least first, as long as the others keep a part of the room."""
    found = list(least)
    lacks: list[tuple[float, int]] = []
    for place in range(len(least)):
        texts = {entry if isinstance(entry, str) else entry.text for entry in _column(block, place)}
        if texts and max(map(len, texts)) <= _SHORT_TEXT:
            whole = max(typeface.regular.width(text, block.size) for text in texts) + _PADDING
            lacks.append((whole - least[place], place))
    for lack, place in sorted(lacks):
        if lack > 0 and sum(found) + lack <= width * _ROOM_OF_SHORT:
            found[place] += lack
    return found


def _lines(block: Table, typeface: Typeface, widths: Sequence[float]) -> int:
    """About how many lines the first rows take with columns so wide."""
    total = 0
    for row in islice(block.rows, _SAMPLE_ROWS):
        if len(row) == len(widths):
            texts = (entry if isinstance(entry, str) else entry.text for entry in row)
            needed = (typeface.regular.width(text, block.size) for text in texts)
            total += max(ceil(size / (width - _PADDING)) for size, width in zip(needed, widths, strict=True))
    return total


def _column(block: Table, place: int) -> list[TableCell]:
    """The cells of a column in the first rows."""
    rows = (row for row in islice(block.rows, _SAMPLE_ROWS) if len(row) == len(block.columns))
    return [row[place] for row in rows]


def _by_content(block: Table, typeface: Typeface, width: float, least: Sequence[float]) -> tuple[float, ...]:
    """Each column between its longest word and its longest text: as much of that as all of them can have alike."""
    whole = [max(least[place], size) for place, size in enumerate(_whole_widths(block, typeface, width))]
    if sum(whole) <= width:  # what is left over goes to the columns by their widths
        return tuple(size * width / sum(whole) for size in whole)
    part = (width - sum(least)) / (sum(whole) - sum(least))
    return tuple(small + (large - small) * part for small, large in zip(least, whole, strict=True))


def _whole_widths(block: Table, typeface: Typeface, width: float) -> list[float]:
    """Width of the longest text of each column on one line; a head may stand on three."""
    face = typeface.regular
    whole = [typeface.bold.width(column.title, block.size) / _HEAD_LINES for column in block.columns]
    for row in islice(block.rows, _SAMPLE_ROWS):
        if len(row) != len(whole):
            continue
        for place, entry in enumerate(row):
            text = entry if isinstance(entry, str) else entry.text
            if len(text) < _LONG_TEXT:
                whole[place] = max(whole[place], *(face.width(line, block.size) for line in text.split("\n")))
            else:
                whole[place] = width
    return [min(size + _PADDING, width * _WIDEST_SHARE) for size in whole]
