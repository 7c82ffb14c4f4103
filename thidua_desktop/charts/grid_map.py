"""The grid map: each place a cell, its value written in it and its class shown by a pattern."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from thidua_desktop.charts.frame import Frame
from thidua_desktop.charts.legend import Entry, legend
from thidua_desktop.charts.model import Chart, Value
from thidua_desktop.charts.scale import NOTHING, value_text
from thidua_desktop.charts.shapes import CLASS_PATTERNS, Area, Band, Box, Ink, Mark, Pattern, Shape
from thidua_desktop.charts.words import said

MOST_COLUMNS = 8
"""So many cells stand side by side at most, or their names could not be read on an A4 sheet."""
_NARROWEST, _WIDEST, _GAP, _PAD = 62.0, 130.0, 3.0, 3.0
_FILLED = 17.0
_MOST_NAME_LINES = 4


@dataclass(frozen=True, slots=True)
class Class:
    """The values of one pattern, both ends included."""

    pattern: Pattern
    least: Value
    most: Value

    @property
    def name(self) -> str:
        """ "3 – 7"."""
        if self.least == self.most:
            return value_text(self.least)
        return f"{value_text(self.least)} – {value_text(self.most)}"


def classes_of(values: Sequence[Value | None]) -> list[Class]:
    """Nothing, then up to four classes of about as many places each; equal values are never parted."""
    found = [Class(Pattern.PLAIN, 0, 0)] if any(value == 0 for value in values) else []
    numbers = sorted(value for value in values if value)
    distinct = sorted(set(numbers))
    count = min(len(CLASS_PATTERNS), len(distinct))
    patterns = CLASS_PATTERNS[len(CLASS_PATTERNS) - count :] if count < 3 else CLASS_PATTERNS[:count]
    start = 0
    for number in range(count):
        left = count - number
        wanted = numbers[start + math.ceil((len(numbers) - start) / left) - 1]
        last_allowed = distinct[len(distinct) - left]
        end = min(wanted, last_allowed)
        found.append(Class(patterns[number], numbers[start], end))
        start = next((at for at, value in enumerate(numbers) if value > end), len(numbers))
    return found


def class_of(value: Value | None, classes: Sequence[Class]) -> Class | None:
    """The class that holds a value; None where there is no value."""
    return None if value is None else next(one for one in classes if one.least <= value <= one.most)


def automatic_places(count: int, most: int) -> list[tuple[int, int]]:
    """Row and column of each of ``count`` places in order: a field a little wider than high, no wider than ``most``."""
    columns = max(1, min(most, MOST_COLUMNS, math.ceil(math.sqrt(1.5 * count))))
    return [divmod(number, columns) for number in range(count)]


def grid_map(chart: Chart, frame: Frame) -> list[Band]:
    """The cells row by row; a row is never cut."""
    places = list(chart.places) or automatic_places(len(chart.categories), _fitting(chart, frame))
    places = _moved_home(places)
    classes = classes_of(chart.series[0].values)
    cells = _cells(chart, frame, max(column for _, column in places) + 1)
    bands = [_legend(chart, frame, classes)]
    for row in range(max(row for row, _ in places) + 1):
        found = [(column, number) for number, (at, column) in enumerate(places) if at == row]
        bands.append(_row(chart, frame, row, found, cells, classes) if found else Band(frame.line, ()))
    return bands


@dataclass(frozen=True, slots=True)
class _Cells:
    """What all cells of a map have in common: where the first stands, how wide each is, the size of names in them."""

    indent: float
    width: float
    gap: float
    room: float
    size: float


def _cells(chart: Chart, frame: Frame, columns: int) -> _Cells:
    gap = _GAP * frame.unit
    least = min(MOST_COLUMNS, max(3, columns))
    width = min((frame.width - gap * (least - 1)) / least, _WIDEST * frame.unit)
    width = min(width, (frame.width - gap * (columns - 1)) / columns)
    room = width - 2 * _PAD * frame.unit
    indent = (frame.width - columns * width - (columns - 1) * gap) / 2
    return _Cells(indent, width, gap, room, _name_size(chart, frame, room))


def _fitting(chart: Chart, frame: Frame) -> int:
    """How many cells have room side by side, with their numbers as large as others."""
    numbers = {value_text(value) for value in chart.series[0].values}
    number = max(frame.width_of(text, frame.value, bold=True) for text in numbers)
    least = max(_NARROWEST * frame.unit, number + (2 * _PAD + 4.0) * frame.unit)
    return int((frame.width + _GAP * frame.unit) / (least + _GAP * frame.unit))


def _moved_home(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without empty rows above and empty columns at the left."""
    top, left = min(row for row, _ in places), min(column for _, column in places)
    return [(row - top, column - left) for row, column in places]


def _legend(chart: Chart, frame: Frame, classes: Sequence[Class]) -> Band:
    unit = f" {chart.unit}" if chart.unit else ""
    entries = [Entry(one.name + unit, one.pattern) for one in classes]
    if any(value is None for value in chart.series[0].values):
        entries.append(Entry(f"{NOTHING} chưa có số liệu", mark=False))
    return legend(entries, frame)


def _row(
    chart: Chart, frame: Frame, row: int, cells: Sequence[tuple[int, int]],
    shared: _Cells, classes: Sequence[Class],
) -> Band:  # fmt: skip
    unit, room, size, width = frame.unit, shared.room, shared.size, shared.width
    (series,) = chart.series
    names = [frame.wrap(chart.categories[number], room, size, most=_MOST_NAME_LINES) for _, number in cells]
    above = max(map(len, names)) * size * 1.2 + _PAD * unit
    filled = max(_FILLED * unit, frame.value * 1.6)
    height = above + filled
    shapes: list[Shape] = []
    marks: list[Mark] = []
    for (column, number), lines in zip(cells, names, strict=True):
        x = shared.indent + column * (width + shared.gap)
        value = series.values[number]
        found = class_of(value, classes)
        shapes.append(Area(x, 0.0, width, height, Pattern.TRACK, Ink.OTHER))
        if found is not None:
            shapes.append(Area(x, above, width, filled, found.pattern))
        shapes += frame.column(x + _PAD * unit, _PAD * unit * 0.6, lines, size)
        text = value_text(value)
        number_size = min(frame.value, frame.value * (room - 4 * unit) / frame.width_of(text, frame.value, True))
        baseline = above + filled / 2 + number_size * 0.35
        shapes.append(
            frame.words(x + width / 2, baseline, text, number_size, anchor=0.5, bold=True, plate=found is not None)
        )
        box = Box(x, 0.0, x + width, height)
        marks.append(Mark(box, said(chart, series, number), row, column, series.source(number)))
    return Band(height + shared.gap, tuple(shapes), tuple(marks))


def _name_size(chart: Chart, frame: Frame, room: float) -> float:
    """Letters get smaller until no word must be cut, but not below what can be read."""
    widest = max(frame.longest_word(name) for name in chart.categories)
    return frame.text if widest <= room else max(frame.text * room / widest, min(frame.least * 1.15, frame.text))
