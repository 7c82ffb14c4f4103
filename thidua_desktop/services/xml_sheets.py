"""Spreadsheets written as XML ("XML Spreadsheet 2003"): what some accounting programs and portals name .xls."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import TypeAlias
from xml.etree import ElementTree

from thidua_desktop.services.html_tables import MOST_CELLS
from thidua_desktop.services.raw_lines import ReachedDown

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SHEET, _ROW, _CELL, _DATA = (f"{{{NAMESPACE}}}{name}" for name in ("Worksheet", "Row", "Cell", "Data"))
_NAME, _INDEX, _ACROSS, _DOWN = (f"{{{NAMESPACE}}}{name}" for name in ("Name", "Index", "MergeAcross", "MergeDown"))
_LARGEST = 1_048_576  # rows of the largest sheet of Excel
_NO_DAY = datetime(1900, 1, 1)  # an hour alone is written on the day before it

Value: TypeAlias = str | float | bool | datetime | time


def sheets_of(raw: bytes) -> dict[str, list[Sequence[Value]]]:
    """Names of the sheets -> their rows; a cell over several rows stands in each of them.

    ValueError when it is no sound XML, OverflowError beyond ``MOST_CELLS``: a few letters can name a far place.
    """
    found: dict[str, list[Sequence[Value]]] = {}
    rows: list[Sequence[Value]] = []
    below: dict[int, tuple[Value, int]] = {}
    cells = 0
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(raw), ("start", "end")):
            if event == "start" and element.tag == _SHEET:
                rows, below = found.setdefault(element.get(_NAME, ""), []), {}
            elif event == "end" and element.tag == _ROW:
                passed_over = max(_number(element, _INDEX) - 1 - len(rows), 0)
                below = {at: (value, left - passed_over) for at, (value, left) in below.items() if left > passed_over}
                row = _row(element, below)
                cells += passed_over + len(row)
                if cells > MOST_CELLS:
                    raise OverflowError
                rows += [*[()] * passed_over, row]
                element.clear()
    except ElementTree.ParseError as fault:
        raise ValueError(str(fault)) from fault
    return found


def _row(element: ElementTree.Element, below: dict[int, tuple[Value, int]]) -> list[Value]:
    """The values of a row; ``below``: column -> what comes down there, for how many rows yet."""
    row: list[Value] = []
    came = {at: ReachedDown(value) if isinstance(value, str) else value for at, (value, _) in below.items()}
    below_next = {at: (value, left - 1) for at, (value, left) in below.items() if left > 1}

    def come_down(first: int) -> None:
        """What comes down to places that are passed over, and to those that follow."""
        for at in (at for at in came if first <= at < len(row)):
            row[at] = came[at]
        while len(row) in came:
            row.append(came[len(row)])

    for cell in element.iterfind(_CELL):
        first = len(row)
        row += [""] * (_number(cell, _INDEX) - 1 - first)
        come_down(first)
        data = cell.find(_DATA)
        value = "" if data is None else _value(data)
        if down := _number(cell, _DOWN):
            below_next[len(row)] = value, down
        row += [value, *[""] * _number(cell, _ACROSS)]
    come_down(len(row))
    below.clear()
    below.update(below_next)
    return row


def _number(element: ElementTree.Element, name: str) -> int:
    told = element.get(name, "0")
    return min(int(told), _LARGEST) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


def _value(data: ElementTree.Element) -> Value:
    kind, text = data.get(f"{{{NAMESPACE}}}Type"), "".join(data.itertext())
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment.time() if moment < _NO_DAY else moment
    except ValueError:
        return text
    return text.strip() == "1" if kind == "Boolean" else text
