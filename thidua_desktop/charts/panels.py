"""Small multiples: a little column chart for each place (or figure), all on one scale, three to six side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thidua_desktop.charts.frame import BASELINE, Frame
from thidua_desktop.charts.legend import Entry, legend
from thidua_desktop.charts.model import Chart, Panel
from thidua_desktop.charts.scale import Scale, scale_for
from thidua_desktop.charts.shapes import Area, Band, Box, Ink, Mark, Pattern, Shape, Stroke, Words
from thidua_desktop.charts.words import counted, said_of_panel

_FEWEST, _MOST = 3, 6
_NARROWEST, _GAP = 66.0, 14.0
_PLOT = 44.0
_MOST_NAME_LINES = 4
_GROUND = 2  # of the frame's units: the plate under a yardstick's mark reaches out so far


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the columns of a panel stand: left edge, width of one column with its gap, top, foot."""

    left: float
    step: float
    top: float
    foot: float


def panels(chart: Chart, frame: Frame) -> list[Band]:
    """All panels row by row; a row is never cut."""
    count = min(len(chart.panels), most_side_by_side(frame))
    gap = _GAP * frame.unit
    side = max(count, min(_FEWEST, most_side_by_side(frame)))
    width = (frame.width - gap * (side - 1)) / side
    scale = scale_for(chart.values)
    bands = [_legend(chart, frame, scale)]
    for start in range(0, len(chart.panels), count):
        bands.append(_row(chart, frame, start, chart.panels[start : start + count], (width, gap), scale))
    return bands


def most_side_by_side(frame: Frame) -> int:
    """How many panels have room in a row."""
    gap = _GAP * frame.unit
    return max(1, min(_MOST, int((frame.width + gap) / (_NARROWEST * frame.unit + gap))))


def _legend(chart: Chart, frame: Frame, scale: Scale) -> Band:
    entries = [Entry(one.name, Pattern.SOLID) if not number else Entry(one.name)
               for number, one in enumerate(chart.series)]  # fmt: skip
    top = f"đỉnh mỗi ô: {counted(_plain(scale.high), chart.unit)}"
    band = legend([*entries, Entry(top, mark=False)], frame)
    return replace(band, height=band.height + 6.0 * frame.unit)


def _row(
    chart: Chart, frame: Frame, start: int, row: Sequence[Panel], widths: tuple[float, float], scale: Scale
) -> Band:
    unit, (width, gap) = frame.unit, widths
    names = [frame.wrap(panel.name, width, most=_MOST_NAME_LINES, bold=True) for panel in row]
    captions = [frame.wrap(panel.caption, width, frame.value, most=2) if panel.caption else () for panel in row]
    name_height = max(map(len, names)) * frame.line
    caption_height = max(map(len, captions)) * frame.value * 1.2
    top = name_height + caption_height + 4.0 * unit
    foot = top + _PLOT * unit
    shapes: list[Shape] = []
    marks: list[Mark] = []
    for number, panel in enumerate(row):
        left = number * (width + gap)
        shapes += frame.column(left, name_height - len(names[number]) * frame.line, names[number], bold=True)
        shapes += frame.column(left, name_height, captions[number], frame.value, ink=Ink.QUIET)
        spot = Spot(left, width / len(chart.categories), top, foot)
        shapes.append(Stroke(((left, top, left + width, top),), Ink.GRID, 0.4 * unit))
        drawn, found = month_columns(chart, panel, spot, scale, unit, start + number)
        shapes += drawn
        marks += found
        shapes += foot_labels(chart, frame, spot)
    return Band(foot + frame.value * 1.3 + 8.0 * unit, tuple(shapes), tuple(marks))


def month_columns(
    chart: Chart, panel: Panel, spot: Spot, scale: Scale, unit: float, row: int
) -> tuple[list[Shape], list[Mark]]:
    """The columns of a panel: what still grows is outlined, the yardstick is a short bar across."""
    wide = spot.step * 0.64
    height = spot.foot - spot.top
    end = spot.left + spot.step * len(chart.categories)
    shapes: list[Shape] = [
        Stroke(((spot.left, spot.foot, end, spot.foot),), Ink.AXIS, 0.5 * unit),
    ]
    yardsticks, grounds, marks = [], [], []
    for place, value in enumerate(panel.columns.values):
        x = spot.left + spot.step * place + (spot.step - wide) / 2
        if value:
            tall = height * scale.part(value)
            pattern = Pattern.PLAIN if place + 1 == chart.running else Pattern.SOLID
            shapes.append(Area(x, spot.foot - tall, wide, tall, pattern))
        before = panel.yardstick[place] if panel.yardstick else None
        if before is not None:
            y = spot.foot - height * scale.part(before)
            yardsticks.append((x - unit, y, x + wide + unit, y))
            grounds.append((x - unit, y, x + wide + unit, y))
        if value is not None or before is not None:
            box = Box(x - (spot.step - wide) / 2, spot.top, x + (spot.step + wide) / 2, spot.foot)
            marks.append(Mark(box, said_of_panel(chart, panel, place), row, place, panel.columns.source(place)))
    if yardsticks:
        shapes.append(Stroke(tuple(grounds), Ink.GROUND, (1.6 + _GROUND) * unit))
        shapes.append(Stroke(tuple(yardsticks), Ink.TEXT, 1.6 * unit))
    return shapes, marks


def foot_labels(chart: Chart, frame: Frame, spot: Spot) -> list[Words]:
    """The first category, one in the middle, one before the end: more would not fit."""
    count = len(chart.categories)
    shown = (0, 5, 10) if count == 12 else sorted({0, count - 1})
    found: list[Words] = []
    free = spot.left
    baseline = spot.foot + (BASELINE + 0.15) * frame.value
    for place in shown:
        text = chart.categories[place]
        width = frame.width_of(text, frame.value)
        middle = spot.left + spot.step * (place + 0.5)
        end = spot.left + spot.step * count
        left = min(max(middle - width / 2, spot.left), end - width)
        if left >= free and width <= spot.step * count:
            found.append(frame.words(left, baseline, text, frame.value, ink=Ink.QUIET))
            free = left + width + 2.0 * frame.unit
    return found


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() else number
