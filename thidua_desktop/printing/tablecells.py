"""Cells of a table, measured: wrapped lines, heights. Widths are in ``columnwidths``, drawing in ``tables``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from thidua_desktop.printing.blocks import Align, Cell, HeadCell, Table, TableCell, TableRow
from thidua_desktop.printing.decree30 import DECREE30
from thidua_desktop.printing.fonts import Face, Typeface
from thidua_desktop.printing.press import line_height
from thidua_desktop.printing.textflow import wrap_plain

_CACHE_LIMIT = 512  # texts of a column
_CACHED_LENGTH = 80


class LaidCell(NamedTuple):
    """Wrapped lines in one face; ``x`` and ``width`` from the table's left edge, padding included."""

    lines: tuple[str, ...]
    x: float
    width: float
    face: Face
    align: Align
    figure: str | None = None
    top: float = 0.0
    height: float | None = None


class LaidRow(NamedTuple):
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
    leading: float = 0.0  # height of one line in a cell
    _known: list[dict[str, LaidCell]] = field(default_factory=list)

    def __post_init__(self) -> None:
        lefts = [0.0]
        for width in self.widths:
            lefts.append(lefts[-1] + width)
        self.lefts = tuple(lefts)
        self.leading = line_height(self.block.size)
        self._known = [{} for _ in self.widths]

    def lines(self, text: str, face: Face, width: float) -> tuple[str, ...]:
        """Lines of a raw text in a cell of ``width``, padding included."""
        return wrap_plain(self.typeface.prepare(text), face, self.block.size, width - 2 * DECREE30.cell_padding_x)

    def row(self, row: TableRow, bold: bool = False) -> LaidRow:
        """A body or totals row. Raises ValueError when its cells do not fill the columns."""
        plain = None if bold else self._plain_row(row)
        if plain is not None:
            return plain
        cells: list[LaidCell] = []
        column, spans = 0, False
        for entry in row:
            cells.append(self._cell(entry, column, bold))
            step = entry.columns if isinstance(entry, Cell) else 1
            spans = spans or step > 1
            column += step
        if column != len(self.widths):
            raise ValueError(f"table row has {column} cells for {len(self.widths)} columns: {row!r:.120}")
        edges = (*(cell.x for cell in cells), self.lefts[-1]) if spans else None
        return LaidRow(tuple(cells), self._height(cells), edges)

    def _plain_row(self, row: TableRow) -> LaidRow | None:
        """The fast way of nearly all rows: plain texts, one for each column, many of them seen before."""
        if len(row) != len(self.widths):
            return None
        cells: list[LaidCell] = []
        for column, entry in enumerate(row):
            if not isinstance(entry, str):
                return None
            known = self._known[column]
            cell = known.get(entry)
            if cell is None:
                cell = self._cell(entry, column, bold=False)
                if len(known) < _CACHE_LIMIT and len(entry) <= _CACHED_LENGTH:
                    known[entry] = cell
            cells.append(cell)
        return LaidRow(tuple(cells), self._height(cells))

    def _height(self, cells: Sequence[LaidCell]) -> float:
        return max(1, *[len(cell.lines) for cell in cells]) * self.leading + 2 * DECREE30.cell_padding_y

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
        places = head_places(rows, len(self.widths))
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


def head_places(rows: Sequence[Sequence[HeadCell]], columns: int) -> list[tuple[HeadCell, int, int]]:
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
