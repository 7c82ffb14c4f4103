"""What the patterns and dashes mean: a band of its own above the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua_desktop.charts.frame import Frame
from thidua_desktop.charts.shapes import Area, Band, Ink, Marker, Pattern, Shape, Stroke

_SWATCH, _GAP, _BETWEEN = 16.0, 5.0, 14.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with what stands for it: a pattern, the number of a line, or (neither) a yardstick's mark."""

    name: str
    pattern: Pattern | None = None
    line: int | None = None
    mark: bool = True


def legend(entries: Sequence[Entry], frame: Frame) -> Band:
    """The entries in as many lines as they need, tied to the drawing below."""
    unit, line = frame.unit, frame.line
    shapes: list[Shape] = []
    x, y = 0.0, 0.0
    for entry in entries:
        before = (_SWATCH + _GAP) * unit if entry.mark else 0.0
        lines = frame.wrap(entry.name, frame.width - before)
        width = before + max(frame.width_of(text) for text in lines)
        if x and x + width > frame.width:
            x, y = 0.0, y + line
        if entry.mark:
            shapes += _swatch(entry, x, y + line * 0.5, unit)
        shapes += frame.column(x + before, y, lines)
        y += line * (len(lines) - 1)
        x += width + _BETWEEN * unit
    return Band(y + line + 3.0 * unit, tuple(shapes), keep_next=True)


def _swatch(entry: Entry, x: float, middle: float, unit: float) -> list[Shape]:
    if entry.pattern is not None:
        return [Area(x + unit, middle - 4.0 * unit, 14.0 * unit, 8.0 * unit, entry.pattern, ink_of_pattern(entry))]
    if entry.line is None:
        return [Stroke(((x, middle, x + _SWATCH * unit, middle),), Ink.TEXT, 1.6 * unit)]
    ink = ink_of(entry.line)
    return [
        Stroke(((x, middle, x + _SWATCH * unit, middle),), ink, 1.3 * unit, entry.line % 4),
        Marker(x + _SWATCH / 2 * unit, middle, 2.3 * unit, entry.line % 4, ink),
    ]


def ink_of(number: int) -> Ink:
    """The first series is what the chart is about."""
    return Ink.FIRST if number == 0 else Ink.OTHER


def ink_of_pattern(entry: Entry) -> Ink:
    """All areas of a chart are drawn in the same ink: their patterns tell them apart."""
    return Ink.OTHER if entry.pattern is Pattern.TRACK else Ink.FIRST
