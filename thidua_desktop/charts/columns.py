"""Bars as columns, and lines: an axis at the left, the categories below."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from thidua_desktop.charts.frame import Frame
from thidua_desktop.charts.legend import Entry, ink_of, legend
from thidua_desktop.charts.model import Chart, Series
from thidua_desktop.charts.scale import Scale, scale_for, value_text
from thidua_desktop.charts.shapes import (
    SERIES_PATTERNS,
    Area,
    Band,
    Box,
    Ink,
    Mark,
    Marker,
    Shape,
    Stroke,
    Words,
)
from thidua_desktop.charts.words import said

_HEIGHT = 15.5  # of the letters' size, the plot alone
_THICKEST = 30.0
_MOST_NAME_LINES = 3


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where axis and categories stand."""

    axis: float  # x of the zero line's left end
    slot: float  # width of one category
    upper: float
    lower: float
    scale: Scale

    def middle(self, place: int) -> float:
        return self.axis + (place + 0.5) * self.slot

    def height(self, value: float) -> float:
        return self.lower - self.scale.part(value) * (self.lower - self.upper)


def columns_fit(chart: Chart, frame: Frame) -> bool:
    """Whether names stand whole below their columns and every number above its own."""
    plot = _plot(chart, frame)
    room = plot.slot - 2 * frame.unit
    if any(
        frame.longest_word(name) > room or len(frame.wrap(name, room)) > _MOST_NAME_LINES for name in chart.categories
    ):
        return False
    return _value_size(chart, frame, plot) >= frame.least


def columns(chart: Chart, frame: Frame) -> list[Band]:
    """Columns side by side, one set per category; only where ``columns_fit``."""
    plot, unit = _plot(chart, frame), frame.unit
    shapes = _axis(chart, frame, plot)
    count = len(chart.series)
    thick = _thick(chart, plot, unit)
    size = min(frame.value, _value_size(chart, frame, plot))
    marks: list[Mark] = []
    for number, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            x = plot.middle(place) + (number - count / 2) * thick
            top = plot.lower if value is None else plot.height(float(value))
            if value is not None:
                area = Area(x + 0.5 * unit, top, thick - unit, plot.lower - top, SERIES_PATTERNS[number % 6])
                shapes.append(area)
            words = value_text(value)
            shapes.append(frame.words(x + thick / 2, top - 2.5 * unit, words, size, anchor=0.5, plate=True))
            box = Box(x, min(top, plot.lower - 6 * unit) - size, x + thick, plot.lower)
            marks.append(Mark(box, said(chart, series, place), number, place, series.source(place)))
    return [*_bar_legend(chart, frame), _band(chart, frame, plot, shapes, marks, 1)]


def lines(chart: Chart, frame: Frame) -> list[Band]:
    """One line per series, broken where a value is missing."""
    plot, unit = _plot(chart, frame), frame.unit
    shapes = _axis(chart, frame, plot)
    marks: list[Mark] = []
    drawn: list[list[tuple[float, float] | None]] = []
    for number, series in enumerate(chart.series):
        points = [
            None if value is None else (plot.middle(place), plot.height(float(value)))
            for place, value in enumerate(series.values)
        ]
        shapes += _curve(points, number, unit)
        drawn.append(points)
        marks += _point_marks(chart, series, number, points, unit)
    shapes += _point_labels(chart, frame, plot, drawn)
    entries = [Entry(series.name, line=number) for number, series in enumerate(chart.series)]
    head = [legend(entries, frame)] if len(entries) > 1 else []
    return [*head, _band(chart, frame, plot, shapes, marks, _name_step(chart, frame, plot))]


def _bar_legend(chart: Chart, frame: Frame) -> list[Band]:
    if len(chart.series) < 2:
        return []
    return [legend([Entry(one.name, SERIES_PATTERNS[number % 6]) for number, one in enumerate(chart.series)], frame)]


def _plot(chart: Chart, frame: Frame) -> _Plot:
    scale = scale_for(chart.values)
    axis = max(frame.width_of(value_text(tick), frame.value) for tick in scale.ticks) + 6.0 * frame.unit
    upper = frame.value * 1.3
    return _Plot(axis, (frame.width - axis) / len(chart.categories), upper, upper + _HEIGHT * frame.text, scale)


def _thick(chart: Chart, plot: _Plot, unit: float) -> float:
    return min(_THICKEST * unit, plot.slot * 0.78 / len(chart.series))


def _value_size(chart: Chart, frame: Frame, plot: _Plot) -> float:
    """The size at which the widest number is as wide as the room above its column."""
    room = _thick(chart, plot, frame.unit) if len(chart.series) > 1 else plot.slot
    widest = max(frame.width_of(value_text(value), frame.value) for value in {*chart.values, 0}) / frame.value
    return (room - frame.unit) / widest


def _axis(chart: Chart, frame: Frame, plot: _Plot) -> list[Shape]:
    shapes: list[Shape] = []
    for tick in plot.scale.ticks:
        y = plot.height(tick)
        shapes.append(Stroke(((plot.axis, y, frame.width, y),), Ink.GRID if tick else Ink.AXIS, 0.5 * frame.unit))
        baseline = y + frame.value * 0.33
        words = value_text(tick)
        shapes.append(
            frame.words(plot.axis - 4.0 * frame.unit, baseline, words, frame.value, anchor=1.0, ink=Ink.QUIET)
        )
    return shapes


def _band(chart: Chart, frame: Frame, plot: _Plot, shapes: list[Shape], marks: list[Mark], step: int) -> Band:
    """The plot with the names of its categories below, or of every second, third … one."""
    room = plot.slot * step - 2 * frame.unit
    below = 0.0
    top = plot.lower + 2.0 * frame.unit
    for place in range(0, len(chart.categories), step):
        lines = frame.wrap(chart.categories[place], room, most=_MOST_NAME_LINES)
        widest = max(frame.width_of(line) for line in lines)
        middle = min(max(plot.middle(place), widest / 2), frame.width - widest / 2)
        shapes += frame.column(middle, top, lines, anchor=0.5)
        below = max(below, len(lines) * frame.line)
    return Band(top + below + 2.0 * frame.unit, tuple(shapes), tuple(marks))


def _name_step(chart: Chart, frame: Frame, plot: _Plot) -> int:
    """Names stand under each category, or under every second, third … where they have no room side by side."""
    step, count = 1, len(chart.categories)
    while step < count and any(
        frame.longest_word(name) > plot.slot * step - 2 * frame.unit for name in chart.categories[::step]
    ):
        step += 1
    return step


def _curve(points: list[tuple[float, float] | None], number: int, unit: float) -> list[Shape]:
    parts = tuple((*one, *two) for one, two in pairwise(points) if one is not None and two is not None)
    shapes: list[Shape] = [Stroke(parts, ink_of(number), 1.3 * unit, number % 4)] if parts else []
    return shapes + [Marker(*point, 2.3 * unit, number % 4, ink_of(number)) for point in points if point is not None]


def _point_marks(
    chart: Chart, series: Series, number: int, points: list[tuple[float, float] | None], unit: float
) -> list[Mark]:
    reach = 7.0 * unit
    return [
        Mark(
            Box(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach),
            said(chart, series, place),
            number,
            place,
            series.source(place),
        )
        for place, point in enumerate(points)
        if point is not None
    ]


def _point_labels(
    chart: Chart, frame: Frame, plot: _Plot, drawn: list[list[tuple[float, float] | None]]
) -> list[Words]:
    """Every value of the first line, the last one of the others (more would not be read), where there is room."""
    reach = 2.5 * frame.unit
    taken = [
        Box(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)
        for points in drawn
        for point in points
        if point is not None
    ]
    found: list[Words] = []
    for number, (series, points) in enumerate(zip(chart.series, drawn, strict=True)):
        present = [(point, series.values[place]) for place, point in enumerate(points) if point is not None]
        for point, value in present if number == 0 else present[-1:]:
            words = _free_place(frame, plot, point, value_text(value), above=number == 0, taken=taken)
            if words is not None:
                taken.append(words.box)
                found.append(words)
    return found


def _free_place(
    frame: Frame, plot: _Plot, point: tuple[float, float], text: str, above: bool, taken: list[Box]
) -> Words | None:
    """A value above or below its point, wherever no other value stands; None where there is no room."""
    x, y = point
    half = frame.width_of(text, frame.value) / 2
    x = min(max(x, plot.axis + half), frame.width - half)
    over, under = y - 5.0 * frame.unit, y + frame.value + 2.5 * frame.unit
    for baseline in (over, under) if above else (under, over):
        words = frame.words(x, baseline, text, frame.value, anchor=0.5, plate=True)
        box = words.box
        inside = box.top >= 0 and box.bottom <= plot.lower + 1.5 * frame.unit
        if inside and not any(box.meets(other) for other in taken):
            return words
    return None
