"""Cells of a table, measured: column widths, wrapped lines (cached), heights. Drawing is in ``tables``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from thidua_desktop.printing.blocks import Align, Cell, Column, HeadCell, Table, TableCell, TableRow
from thidua_desktop.printing.decree30 import DECREE30
from thidua_desktop.printing.fonts import Face, Typeface
from thidua_desktop.printing.press import line_height
from thidua_desktop.printing.textflow import wrap_plain

_SAMPLE_ROWS = 300
_WIDEST_WORD_SHARE = 0.34
_CACHE_LIMIT = 8_192
_CACHED_LENGTH = 80
_ROOM_TO_SHARE = 0.92  # of the width: what is left lets long texts have more than their longest word
_SIZE_STEP = 0.5
_HEAD_LINES = 3
_LONG_TEXT = 200  # letters: such a text takes what it can get
_WIDEST_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class LaidCell:
    """Wrapped lines in one face; ``x`` and ``width`` from the table's left edge, padding included."""

    lines: tuple[str, ...]
    x: float
    width: float
    face: Face
    align: Align
    figure: str | None = None
    top: float = 0.0
    height: float | None = None


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row ready to draw. ``edges`` are the x of its vertical rules, None for every column's own."""

    cells: tuple[LaidCell, ...]
    height: float
    edges: tuple[float, ...] | None = None


@dataclass(slots=True)
class CellSetter:
    """Measures the rows of one table; keeps the lines of texts that come again."""

    typeface: Typeface
    block: Table
    widths: tuple[float, ...]
    lefts: tuple[float, ...] = ()
    _cache: dict[tuple[str, float, bool], tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lefts = [0.0]
        for width in self.widths:
            lefts.append(lefts[-1] + width)
        self.lefts = tuple(lefts)

    @property
    def leading(self) -> float:
        """Height of one line in a cell."""
        return line_height(self.block.size)

    def lines(self, text: str, face: Face, width: float) -> tuple[str, ...]:
        """Lines of a raw text in a cell of ``width``, padding included."""
        key = (text, width, face is self.typeface.regular)
        known = self._cache.get(key)
        if known is None:
            room = width - 2 * DECREE30.cell_padding_x
            known = wrap_plain(self.typeface.prepare(text), face, self.block.size, room)
            if len(text) <= _CACHED_LENGTH and face in (self.typeface.regular, self.typeface.bold):
                if len(self._cache) >= _CACHE_LIMIT:
                    self._cache.clear()
                self._cache[key] = known
        return known

    def row(self, row: TableRow, bold: bool = False) -> LaidRow:
        """A body or totals row. Raises ValueError when its cells do not fill the columns."""
        cells: list[LaidCell] = []
        column, spans, most = 0, False, 1
        for entry in row:
            cell = self._cell(entry, column, bold)
            cells.append(cell)
            most = max(most, len(cell.lines))
            step = entry.columns if isinstance(entry, Cell) else 1
            spans = spans or step > 1
            column += step
        if column != len(self.widths):
            raise ValueError(f"table row has {column} cells for {len(self.widths)} columns: {row!r:.120}")
        height = most * self.leading + 2 * DECREE30.cell_padding_y
        edges = (*(cell.x for cell in cells), self.lefts[-1]) if spans else None
        return LaidRow(tuple(cells), height, edges)

    def _cell(self, entry: TableCell, column: int, bold: bool) -> LaidCell:
        align = self.block.columns[column].align if column < len(self.widths) else Align.LEFT
        if isinstance(entry, str):
            face = self.typeface.bold if bold else self.typeface.regular
            width = self.widths[column] if column < len(self.widths) else self.widths[-1]
            return LaidCell(
                self.lines(entry, face, width), self.lefts[min(column, len(self.widths))], width, face, align
            )
        face = self.typeface.face(entry.bold or bold, entry.italic)
        last = min(column + entry.columns, len(self.widths))
        width = self.lefts[last] - self.lefts[min(column, last)]
        lines = self.lines(entry.text, face, width) if width else ()
        return LaidCell(lines, self.lefts[min(column, last)], width, face, entry.align or align, entry.figure)

    def head(self) -> tuple[tuple[LaidCell, ...], float]:
        """All cells of the head, with their tops and heights, and the height of the whole."""
        rows = head_rows(self.block)
        places = _head_places(rows, len(self.widths))
        heights = [self.leading + 2 * DECREE30.cell_padding_y] * len(rows)
        face = self.typeface.bold
        laid: list[tuple[HeadCell, int, int, tuple[str, ...]]] = []
        for cell, row, column in sorted(places, key=lambda place: place[0].rows):
            width = self.lefts[column + cell.columns] - self.lefts[column]
            lines = self.lines(cell.text, face, width)
            needed = len(lines) * self.leading + 2 * DECREE30.cell_padding_y
            missing = needed - sum(heights[row : row + cell.rows])
            if missing > 0:
                heights[row + cell.rows - 1] += missing
            laid.append((cell, row, column, lines))
        tops = [sum(heights[:row]) for row in range(len(rows) + 1)]
        cells = tuple(
            LaidCell(
                lines,
                self.lefts[column],
                self.lefts[column + cell.columns] - self.lefts[column],
                face,
                Align.CENTER,
                top=tops[row],
                height=tops[row + cell.rows] - tops[row],
            )
            for cell, row, column, lines in sorted(laid, key=lambda place: place[1:3])
        )
        return cells, tops[-1]

    def cut(self, row: LaidRow, room: float) -> tuple[LaidRow | None, LaidRow]:
        """A row that is higher than a page: what fits in ``room`` points, and the rest."""
        count = int((room - 2 * DECREE30.cell_padding_y + 0.01) // self.leading)
        if count < 1:
            return None, row
        upper = tuple(_with_lines(cell, cell.lines[:count]) for cell in row.cells)
        lower = tuple(_with_lines(cell, cell.lines[count:]) for cell in row.cells)
        return self._row_of(upper, row.edges), self._row_of(lower, row.edges)

    def _row_of(self, cells: tuple[LaidCell, ...], edges: tuple[float, ...] | None) -> LaidRow:
        most = max((len(cell.lines) for cell in cells), default=1)
        return LaidRow(cells, most * self.leading + 2 * DECREE30.cell_padding_y, edges)


def _with_lines(cell: LaidCell, lines: tuple[str, ...]) -> LaidCell:
    return LaidCell(lines, cell.x, cell.width, cell.face, cell.align, cell.figure if lines else None)


def head_rows(block: Table) -> tuple[tuple[HeadCell, ...], ...]:
    """The head as given, or one row of the columns' titles; none where no column has a title."""
    if block.head_rows:
        return block.head_rows
    if not any(column.title for column in block.columns):
        return ()
    return (tuple(HeadCell(column.title) for column in block.columns),)


def _head_places(rows: Sequence[Sequence[HeadCell]], columns: int) -> list[tuple[HeadCell, int, int]]:
    """Each head cell with its row and column; raises ValueError when they do not fill the grid."""
    taken: set[tuple[int, int]] = set()
    places: list[tuple[HeadCell, int, int]] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            places.append((cell, number, column))
            taken |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            column += cell.columns
    if taken != {(row, column) for row in range(len(rows)) for column in range(columns)}:
        raise ValueError(f"the head's cells do not fill {len(rows)} rows of {columns} columns")
    return places


def column_widths(block: Table, typeface: Typeface, width: float) -> tuple[float, ...]:
    """Widths by the columns' shares, each at least as wide as its longest word (of the head and the first rows); of a
    table that ``fits`` by what stands in them."""
    if block.fits:
        return _widths_by_content(block, typeface, width)
    total = sum(column.share for column in block.columns)
    wanted = [width * column.share / total for column in block.columns]
    least = _least_widths(block, typeface, width)
    if sum(least) >= width:
        return tuple(wanted)
    fixed: set[int] = set()
    while True:
        short = {place for place, size in enumerate(wanted) if place not in fixed and size < least[place] - 0.001}
        if not short:
            return tuple(wanted)
        fixed |= short
        free = width - sum(least[place] for place in fixed)
        shares = sum(block.columns[place].share for place in range(len(wanted)) if place not in fixed)
        wanted = [
            least[place] if place in fixed else free * column.share / shares
            for place, column in enumerate(block.columns)
        ]


def fitting(block: Table, typeface: Typeface, width: float) -> Table:
    """The table in letters so small that every word of head and cells has room, not below the least size."""
    size = block.size
    while size > DECREE30.table_size_least:
        if sum(_least_widths(replace(block, size=size), typeface, width)) < width * _ROOM_TO_SHARE:
            break
        size -= _SIZE_STEP
    return block if size == block.size else replace(block, size=size)


def _widths_by_content(block: Table, typeface: Typeface, width: float) -> tuple[float, ...]:
    """Each column between its longest word and its longest text: as much of that as all of them can have alike."""
    least = _least_widths(block, typeface, width)
    whole = [max(least[place], size) for place, size in enumerate(_whole_widths(block, typeface, width))]
    if sum(least) >= width:
        return tuple(size * width / sum(least) for size in least)
    if sum(whole) <= width:  # what is left over goes to the columns by their widths
        return tuple(size * width / sum(whole) for size in whole)
    part = (width - sum(least)) / (sum(whole) - sum(least))
    return tuple(small + (large - small) * part for small, large in zip(least, whole, strict=True))


def _whole_widths(block: Table, typeface: Typeface, width: float) -> list[float]:
    """Width of the longest text of each column on one line; a head may stand on three."""
    pad, face = 2 * DECREE30.cell_padding_x + 0.2, typeface.regular
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
    return [min(size + pad, width * _WIDEST_SHARE) for size in whole]


def _least_widths(block: Table, typeface: Typeface, width: float) -> list[float]:
    limit = width * _WIDEST_WORD_SHARE
    least = [_widest_word(column, typeface, block.size) for column in block.columns]
    for row in islice(block.rows, _SAMPLE_ROWS):
        if len(row) != len(least):
            continue
        for place, entry in enumerate(row):
            text = entry if isinstance(entry, str) else entry.text
            for word in _words(text):
                least[place] = max(least[place], typeface.regular.width(word, block.size))
    for row in block.totals:
        if len(row) == len(least):
            for place, entry in enumerate(row):
                text = entry if isinstance(entry, str) else entry.text
                for word in _words(text):
                    least[place] = max(least[place], typeface.bold.width(word, block.size))
    return [min(size + 2 * DECREE30.cell_padding_x + 0.2, limit) for size in least]


def _words(text: str) -> list[str]:
    """What lines are made of: hard spaces hold together what stands around them."""
    return text.replace("\n", " ").split(" ")


def _widest_word(column: Column, typeface: Typeface, size: float) -> float:
    return max((typeface.bold.width(word, size) for word in _words(column.title)), default=0.0)
