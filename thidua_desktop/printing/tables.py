"""Tables of any length: rows are measured as they come and drawn a page at a time, so memory stays flat.

The head is repeated on each page, groups and totals stay with their rows; a row higher than a page is cut between its
lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Align, Run, Table, body_rows
from thidua_desktop.printing.columnwidths import fitting
from thidua_desktop.printing.decree30 import DECREE30
from thidua_desktop.printing.flow import place
from thidua_desktop.printing.fonts import SHAPE_LETTERS
from thidua_desktop.printing.paragraphs import centred_lines, line_slabs
from thidua_desktop.printing.press import Press, Slab, baseline_in, line_height
from thidua_desktop.printing.tablecells import CellSetter, LaidCell, LaidRow
from thidua_desktop.printing.textflow import break_text

_NOTE_SIZE = DECREE30.note_size
_PAD = DECREE30.cell_padding_x
_EMPTY = ("",)
_SHIFTED = (Align.RIGHT, Align.CENTER)


def print_table(press: Press, block: Table, lead: list[Slab], following: float = 0.0) -> None:
    """Print a table under ``lead``, the slabs that must not be parted from its beginning (a heading).

    ``following`` is the height in points of what must stand on the page of its last row (a signature).

    Raises ``UserError`` TD-PRINT-003 when head and one line do not fit on a page, TD-PRINT-070 when the columns are too
    many, ValueError when a row has the wrong number of cells.
    """
    if not block.columns:
        raise ValueError("a table needs columns")
    TablePrinter(press, block, following).print(lead)


def _tied(chain: list[LaidRow], following: float = 0.0) -> Iterator[tuple[LaidRow, float]]:
    """Rows that stay together, each with the height of those under it and of what follows the last."""
    below = sum(row.height for row in chain) + following
    for row in chain:
        below -= row.height
        yield row, below


class TablePrinter:
    """One table on its way to paper: the rows of the open page wait in ``chunk`` until the page is full."""

    def __init__(self, press: Press, block: Table, following: float = 0.0) -> None:
        self.press = press
        block, widths = fitting(block, press.typeface, press.frame.width)
        self.notes = [
            break_text((Run(note, italic=True),), press.typeface, _NOTE_SIZE, press.frame.width) for note in block.notes
        ]
        self.following = following
        if self.notes:
            self.following += sum(map(len, self.notes)) * line_height(_NOTE_SIZE) + DECREE30.paragraph_gap
        self.block = block
        self.setter = CellSetter(press.typeface, block, widths)
        self.head_cells, self.head_height = self.setter.head()
        self.chunk: list[LaidRow] = []
        self.waiting = 0.0
        self.first_baseline = baseline_in(block.size, press.typeface.regular)
        if self.head_height + self._least_row() > press.frame.height:
            raise UserError("TD-PRINT-003", what=block.columns[0].title)

    def _least_row(self) -> float:
        return self.setter.leading + 2 * DECREE30.cell_padding_y

    def print(self, lead: list[Slab]) -> None:
        """Everything: lead, caption, rows, notes."""
        rows = self._rows()
        first = next(rows, None)
        self._begin(lead, first)
        if first is not None:
            self._add(*first)
            for row, tied in rows:
                self._add(row, tied)
        self._flush()
        self._notes()

    def _rows(self) -> Iterator[tuple[LaidRow, float]]:
        """Rows with the height that must follow on the same page: subtotals and totals stay with the last row."""
        chain: list[LaidRow] = []
        keeps = False
        for one in body_rows(self.block):
            if chain and not keeps:
                yield from _tied(chain)
                chain = []
            chain.append(self.setter.row(one.cells, one.bold))
            keeps = one.keeps
        yield from _tied(chain, self.following)

    def _begin(self, lead: list[Slab], first: tuple[LaidRow, float] | None) -> None:
        press, block = self.press, self.block
        gap = DECREE30.paragraph_gap
        slabs = list(lead)
        if block.caption:
            slabs += centred_lines(block.caption, press.typeface, DECREE30.body_size, press.frame.width, before=gap)
        first_height = 0.0 if first is None else first[0].height + first[1]
        if self.head_height + first_height > press.frame.height:
            first_height = self._least_row()
        needed = self.head_height + first_height
        place(press, [*slabs, Slab(0.0, lambda _press, _top: None, before=gap, keep_next=True)], following=needed)

    def _add(self, row: LaidRow, tied: float) -> None:
        capacity = self.press.frame.height - self.head_height
        if self._used() + row.height + tied <= self.press.room + 0.01:
            self._take(row)
        elif row.height + tied <= capacity + 0.01:
            self._turn()
            self._take(row)
        elif row.height <= capacity + 0.01:  # totals too high to stay with it
            if self._used() + row.height > self.press.room + 0.01:
                self._turn()
            self._take(row)
        else:
            self._add_in_parts(row)

    def _add_in_parts(self, row: LaidRow) -> None:
        rest = row
        while self._used() + rest.height > self.press.room + 0.01:
            part, rest = self.setter.cut(rest, self.press.room - self._used())
            if part is not None:
                self._take(part)
            self._turn()
        self._take(rest)

    def _used(self) -> float:
        return self.head_height + self.waiting

    def _take(self, row: LaidRow) -> None:
        self.chunk.append(row)
        self.waiting += row.height

    def _turn(self) -> None:
        """Draw what waits and go to the next page."""
        if self.chunk:
            self._flush()
        self.press.open_page(self.press.frame)

    def _flush(self) -> None:
        press = self.press
        top = press.y
        edges: list[tuple[float, float, float, float]] = []
        self._rules(edges, top)
        canvas = press.canvas
        canvas.setLineWidth(DECREE30.table_rule_weight)
        canvas.lines(edges)
        for cell in self.head_cells:
            self._write_slowly(cell, top + cell.top, cell.height or 0.0)
        y = top + self.head_height
        self._write_rows(y)
        press.y = y + self.waiting
        press.fresh = False
        self.chunk = []
        self.waiting = 0.0

    def _rules(self, edges: list[tuple[float, float, float, float]], top: float) -> None:
        """All ruled lines of the page's part of the table, in the canvas's own coordinates."""
        page, left = self.press.frame.page_height, self.press.frame.left
        lefts = self.setter.lefts
        right = left + lefts[-1]
        for cell in self.head_cells:
            x, upper, lower = left + cell.x, page - top - cell.top, page - top - cell.top - (cell.height or 0.0)
            edges += [(x, upper, x, lower), (x, upper, x + cell.width, upper)]
        if self.head_cells:
            edges.append((right, page - top, right, page - top - self.head_height))
        y = top + self.head_height
        run_top = y
        for row in self.chunk:
            edges.append((left, page - y, right, page - y))
            if row.edges is not None:
                edges += [(left + x, page - run_top, left + x, page - y) for x in lefts if y > run_top]
                edges += [(left + x, page - y, left + x, page - y - row.height) for x in row.edges]
                run_top = y + row.height
            y += row.height
        edges += [(left + x, page - run_top, left + x, page - y) for x in lefts if y > run_top]
        edges.append((left, page - y, right, page - y))

    def _write_rows(self, top: float) -> None:
        """All texts of the waiting rows in few text objects, in reading order: the fast way."""
        press, size, leading = self.press, self.block.size, self.setter.leading
        page, left, writer, face = press.frame.page_height, press.frame.left + _PAD, press.writer, None
        for row in self.chunk:
            for cell in row.cells:
                lines = cell.lines
                if lines == _EMPTY:
                    continue
                if not SHAPE_LETTERS.isdisjoint("".join(lines)):
                    writer.end()
                    self._write_slowly(cell, top, row.height)
                    face = None
                    continue
                if cell.face is not face:
                    face = cell.face
                    writer.font(face, size)
                y = top + (row.height - len(lines) * leading) / 2 + self.first_baseline
                plain = cell.align not in _SHIFTED
                for line in lines:
                    x = left + cell.x if plain else self._left_of(cell, line)
                    writer.write(x, page - y, line)
                    if cell.figure is not None:
                        press.mark(cell.figure, x, y, cell.face.width(line, size), size)
                    y += leading
            top += row.height
        writer.end()

    def _first_baseline_of(self, cell: LaidCell, top: float, height: float) -> float:
        return top + (height - len(cell.lines) * self.setter.leading) / 2 + self.first_baseline

    def _left_of(self, cell: LaidCell, line: str) -> float:
        x = self.press.frame.left + cell.x + _PAD
        if cell.align in _SHIFTED:
            spare = cell.width - 2 * _PAD - cell.face.width(line, self.block.size)
            x += spare if cell.align is Align.RIGHT else spare / 2
        return x

    def _write_slowly(self, cell: LaidCell, top: float, height: float) -> None:
        """A cell with drawn shapes, or of the head."""
        press, size = self.press, self.block.size
        y = self._first_baseline_of(cell, top, height)
        for line in cell.lines:
            x = self._left_of(cell, line)
            press.text(x, y, line, cell.face, size)
            if cell.figure is not None:
                press.mark(cell.figure, x, y, cell.face.width(line, size), size)
            y += self.setter.leading

    def _notes(self) -> None:
        press = self.press
        for number, lines in enumerate(self.notes):
            before = DECREE30.paragraph_gap / 2 if number == 0 else 0.0
            place(press, line_slabs(lines, _NOTE_SIZE, press.frame.width, press.typeface, Align.LEFT, before=before))
