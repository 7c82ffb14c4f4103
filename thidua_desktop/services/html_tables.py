"""Tables of web pages: what many portals hand out under a name ending in .xls is a page with one table."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from thidua_desktop.services.raw_lines import ReachedDown

_ROWS, _CELLS, _BREAKS = frozenset(("tr",)), frozenset(("td", "th")), frozenset(("br", "p", "div", "li"))
_UNSEEN = frozenset(("style", "script", "title", "head"))
_MOST_SPANNED = 1_000
"""Rows or columns that one cell may take; the most that browsers allow."""

MOST_CELLS = 20_000_000


def tables_of(page: str) -> list[list[Sequence[str]]]:
    """The tables of a page in their order, each as rows of texts; a cell over several rows stands in each of them.

    OverflowError beyond ``MOST_CELLS``: a few letters can ask for a million cells.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [table for table in reader.found if table]


class _Reader(HTMLParser):
    """Collects tables; one inside a cell of another counts as words of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[Sequence[str]]] = []
        self._depth = 0
        self._unseen = self._cells = 0
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._below: dict[int, tuple[ReachedDown, int]] = {}  # column -> text that comes down, for how many rows yet
        self._next: dict[int, tuple[ReachedDown, int]] = {}  # the same of cells that begin in this row

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth, self._unseen = self._depth + 1, 0
            if self._cell is not None:
                self._cell.append(" ")
            if self._depth == 1:
                self.found.append([])
                self._below, self._next = {}, {}
        elif tag in _UNSEEN:
            self._unseen += 1
        elif self._depth == 1 and tag in _ROWS:
            self._end_row()
            self._row = []
        elif self._depth == 1 and tag in _CELLS:
            self._end_cell()
            self._row = [] if self._row is None else self._row
            self._cell, told = [], dict(attrs)
            self._span = _span(told.get("rowspan")), _span(told.get("colspan"))
        elif tag in _BREAKS and self._cell:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._depth == 1:
                self._end_row()
            self._depth = max(self._depth - 1, 0)
        elif tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif self._depth == 1 and tag in _CELLS:
            self._end_cell()
        elif self._depth == 1 and tag in _ROWS:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unseen:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text, (rows, columns) = " ".join("".join(self._cell).split()), self._span
        self._cell = None
        self._come_down()
        for column in range(len(self._row), len(self._row) + columns):
            if rows > 1:
                self._next[column] = (ReachedDown(text if columns == 1 else ""), rows - 1)
        self._row += [text, *[""] * (columns - 1)]

    def _come_down(self) -> None:
        """Cells of rows above that stand at the next places of this row."""
        assert self._row is not None
        while len(self._row) in self._below:
            self._row.append(self._below[len(self._row)][0])

    def _end_row(self) -> None:
        if self._row is None:
            return
        self._end_cell()
        self._come_down()
        self._cells += len(self._row)
        if self._cells > MOST_CELLS:
            raise OverflowError
        if self.found:
            self.found[-1].append(self._row)
        left = {column: (text, rows - 1) for column, (text, rows) in self._below.items() if rows > 1}
        self._below, self._next, self._row = {**left, **self._next}, {}, None


def _span(told: str | None) -> int:
    return min(max(int(told), 1), _MOST_SPANNED) if told and told.isascii() and told.isdecimal() else 1
