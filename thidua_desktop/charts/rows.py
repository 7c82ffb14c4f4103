"""Bars as rows and shares of a whole: names at the left, as many lines as they need, numbers at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua_desktop.charts.frame import LINE_HEIGHT, Frame
from thidua_desktop.charts.legend import Entry, legend
from thidua_desktop.charts.model import Chart, Series, Value
from thidua_desktop.charts.scale import percent_text, scale_for, value_text
from thidua_desktop.charts.shapes import (
    SERIES_PATTERNS,
    Area,
    Band,
    Box,
    Ink,
    Mark,
    Pattern,
    Shape,
    Stroke,
)
from thidua_desktop.charts.words import said

_NAMES_PART = 0.38
_BAR, _BARS, _PAD = 11.0, 10.5, 3.0
_WHOLE = 18.0


@dataclass(frozen=True, slots=True)
class _Row:
    """One category: its lines of name, its height, and where its bars begin and may end."""

    lines: tuple[str, ...]
    height: float
    left: float
    length: float


def rows(chart: Chart, frame: Frame) -> list[Band]:
    """A set of bars for each category under each other, the number at the end of each."""
    unit, scale = frame.unit, scale_for(chart.values)
    texts = [value_text(value) for series in chart.series for value in series.values]
    room = max(frame.width_of(text, frame.value) for text in texts) + 6.0 * unit
    bands = _legend(chart, frame)
    step = max(_BARS * unit, frame.value * 1.1)
    for place, one in enumerate(_places(chart, frame, room, step * (len(chart.series) - 1))):
        shapes, marks = _named(one, frame), []
        for number, series in enumerate(chart.series):
            value = series.values[place]
            top = (one.height - step * len(chart.series)) / 2 + number * step
            length = 0.0 if value is None else one.length * scale.part(value)
            if length:
                shapes.append(Area(one.left, top + unit, length, step - 2 * unit, SERIES_PATTERNS[number % 6]))
            baseline = top + step / 2 + frame.value * 0.33
            shapes.append(frame.words(one.left + length + 4 * unit, baseline, value_text(value), frame.value))
            box = Box(one.left, top, frame.width, top + step)
            marks.append(Mark(box, said(chart, series, place), place, number, series.source(place)))
        bands.append(_closed(one, shapes, marks, unit))
    return bands


def whole(chart: Chart, frame: Frame) -> list[Band]:
    """One whole: a bar parted by category with its list below; many categories: a bar for each in the whole's track."""
    (series,) = chart.series
    total = sum(value or 0 for value in series.values)
    texts = [_share(value, total) for value in series.values]
    room = max(frame.width_of(text, frame.value) for text in texts) + 6.0 * frame.unit
    if len(chart.categories) > len(SERIES_PATTERNS):
        return _tracks(chart, frame, texts, room, total)
    bands = [_parted_bar(chart, frame, total)] if total else []
    for place, name in enumerate(chart.categories):
        bands.append(_listed(chart, frame, place, name, texts[place], room))
    return bands


def wholes(chart: Chart, frame: Frame) -> list[Band]:
    """Each category as one whole bar, parted by series; the whole itself stands at the end."""
    totals = [sum(series.values[place] or 0 for series in chart.series) for place in range(len(chart.categories))]
    texts = [value_text(total) for total in totals]
    room = max(frame.width_of(text, frame.value) for text in texts) + 6.0 * frame.unit
    bands = _legend(chart, frame)
    for place, one in enumerate(_places(chart, frame, room, 4.0 * frame.unit)):
        shapes: list[Shape] = list(_named(one, frame))
        y, height = 2.0 * frame.unit, one.height - 4.0 * frame.unit
        values = [series.values[place] for series in chart.series]
        parts, marks = _parts(chart, frame, values, (one.left, y, one.length, height), place)
        shapes += parts
        baseline = one.height / 2 + frame.value * 0.33
        shapes.append(frame.words(frame.width, baseline, texts[place], frame.value, anchor=1.0))
        bands.append(Band(one.height, tuple(shapes), tuple(marks)))
    return bands


def _legend(chart: Chart, frame: Frame) -> list[Band]:
    if len(chart.series) < 2:
        return []
    return [legend([Entry(one.name, SERIES_PATTERNS[number % 6]) for number, one in enumerate(chart.series)], frame)]


def _places(chart: Chart, frame: Frame, room: float, more: float) -> list[_Row]:
    """Rows with their names broken into lines; ``room`` is kept for numbers, ``more`` is height over one bar."""
    unit = frame.unit
    most = frame.width * _NAMES_PART
    left = min(most, max(frame.width_of(name) for name in chart.categories) + 6.0 * unit)
    length = max(frame.width - left - room, 20.0 * unit)
    found = []
    for name in chart.categories:
        lines = frame.wrap(name, left - 6.0 * unit)
        height = max(len(lines) * frame.line, max(_BAR * unit, frame.value * 1.1) + more) + 2 * _PAD * unit
        found.append(_Row(lines, height, left, length))
    return found


def _named(row: _Row, frame: Frame) -> list[Shape]:
    top = (row.height - len(row.lines) * frame.line) / 2
    return [*frame.column(row.left - 6.0 * frame.unit, top, row.lines, anchor=1.0)]


def _closed(row: _Row, shapes: list[Shape], marks: list[Mark], unit: float) -> Band:
    """A row with its piece of the zero line."""
    zero = Stroke(((row.left, 0.0, row.left, row.height),), Ink.AXIS, 0.8 * unit)
    return Band(row.height, (*shapes, zero), tuple(marks))


def _share(value: Value | None, total: Value) -> str:
    words = value_text(value)
    return f"{words} ({percent_text(value, total)})" if total and value is not None else words


def _tracks(chart: Chart, frame: Frame, texts: list[str], room: float, total: Value) -> list[Band]:
    """A bar for each part in the track of the whole."""
    unit, bands = frame.unit, []
    (series,) = chart.series
    thick = _BAR * unit
    for place, one in enumerate(_places(chart, frame, room, 0.0)):
        top = (one.height - thick) / 2
        shapes: list[Shape] = [*_named(one, frame), Area(one.left, top, one.length, thick, Pattern.TRACK, Ink.OTHER)]
        value = series.values[place]
        if value and total:
            length = one.length * min(1.0, float(value) / float(total))
            shapes.append(Area(one.left, top, length, thick, Pattern.SOLID))
        baseline = one.height / 2 + frame.value * 0.33
        shapes.append(frame.words(one.left + one.length + 4 * unit, baseline, texts[place], frame.value))
        box = Box(one.left, 0.0, frame.width, one.height)
        bands.append(
            _closed(one, shapes, [Mark(box, said(chart, series, place), place, 0, series.source(place))], unit)
        )
    return bands


def _parted_bar(chart: Chart, frame: Frame, total: Value) -> Band:
    (series,) = chart.series
    height = max(_WHOLE * frame.unit, frame.value * 1.7)
    turned = [Series(name, (value,), (source,)) for name, value, source in _parts_of(chart, series)]
    parts, marks = _parts(
        Chart(chart.kind, chart.title, (series.name,), tuple(turned), chart.unit), frame, list(series.values),
        (0.0, 2.0 * frame.unit, frame.width, height), 0,
    )  # fmt: skip
    return Band(height + 8.0 * frame.unit, tuple(parts), tuple(marks), keep_next=True)


def _parts_of(chart: Chart, series: Series) -> list[tuple[str, Value | None, object]]:
    return [(name, series.values[place], series.source(place)) for place, name in enumerate(chart.categories)]


def _parts(
    chart: Chart, frame: Frame, values: Sequence[Value | None], bar: tuple[float, float, float, float], place: int
) -> tuple[list[Shape], list[Mark]]:
    """One whole bar parted by series; a percentage stands where it has room."""
    x, y, length, height = bar
    total = sum(value or 0 for value in values)
    if not total:
        return [Area(x, y, length, height, Pattern.TRACK, Ink.OTHER)], []
    shapes: list[Shape] = []
    marks = []
    size = min(frame.value, height / LINE_HEIGHT)
    for number, value in enumerate(values):
        part = length * float(value or 0) / float(total)
        if not value or part <= 0:
            continue
        shapes.append(Area(x, y, part, height, SERIES_PATTERNS[number % 6]))
        text = percent_text(value, total)
        if size >= frame.least and frame.width_of(text, size) + 6.0 * frame.unit <= part:
            baseline = y + height / 2 + size * 0.33
            shapes.append(frame.words(x + part / 2, baseline, text, size, anchor=0.5, plate=True))
        words = f"{said(chart, chart.series[number], place)} ({text})"
        marks.append(Mark(Box(x, y, x + part, y + height), words, place, number, chart.series[number].source(place)))
        x += part
    return shapes, marks


def _listed(chart: Chart, frame: Frame, place: int, name: str, text: str, room: float) -> Band:
    """A line of the list under a whole bar: pattern, name, number and share."""
    unit = frame.unit
    (series,) = chart.series
    before = 21.0 * unit
    widest = max(frame.width_of(one) for one in chart.categories)
    width = min(widest, frame.width - before - room - 8.0 * unit)
    lines = frame.wrap(name, width)
    height = len(lines) * frame.line + 4.0 * unit
    middle = 2.0 * unit + frame.line / 2
    shapes: list[Shape] = [
        Area(unit, middle - 4.0 * unit, 14.0 * unit, 8.0 * unit, SERIES_PATTERNS[place % 6]),
        *frame.column(before, 2.0 * unit, lines),
        frame.words(before + width + 8.0 * unit + room, middle + frame.value * 0.33, text, frame.value, anchor=1.0),
    ]
    box = Box(0.0, 0.0, before + width + 8.0 * unit + room, height)
    words = f"{chart.categories[place]}: {text} {chart.unit}".rstrip()
    return Band(height, tuple(shapes), (Mark(box, words, place + 1, 0, series.source(place)),))
