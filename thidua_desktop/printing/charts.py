"""Charts by plain lines and areas, readable without colour: greys, hatching, dashes, and the value beside each mark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from thidua_desktop.printing.blocks import Chart, ChartKind
from thidua_desktop.printing.decree30 import MM
from thidua_desktop.printing.fonts import Typeface
from thidua_desktop.printing.paragraphs import centred_lines
from thidua_desktop.printing.press import Press, Slab, line_height
from thidua_desktop.printing.textflow import wrap_plain
from thidua_desktop.text import format_number

_LABEL = 10.0
_VALUE = 9.5
_TITLE = 12.0
_ROW = 17.0
_GRID = 0.82
_PATTERNS = 5
_HATCH = 3.2
_SHARE_LABEL_PART = 0.34
_VALUE_ROOM = 74.0


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis: its ends and the distance of its ticks."""

    low: float
    high: float
    step: float

    def place(self, value: float, length: float) -> float:
        """Distance of a value from the low end."""
        return (value - self.low) / (self.high - self.low) * length

    def ticks(self) -> list[float]:
        """All ticks, both ends included."""
        return [self.low + self.step * number for number in range(round((self.high - self.low) / self.step) + 1)]


def scale_for(values: Sequence[float]) -> Scale:
    """An axis from zero over all values, with three to six ticks at 1, 2, 2.5 or 5 times a power of ten."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    span = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(span / 4))
    whole = all(float(value).is_integer() for value in values)
    steps = [factor * power for factor in (1, 2, 2.5, 5, 10) if not whole or (factor * power).is_integer()]
    step = next((step for step in steps if span / step <= 5), 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Scale(first * step, max(last, first + 1) * step, step)


def number_text(value: float, decimals: int = 0) -> str:
    """``1.234,5``. A float comes from a division: its shortest form is what it means."""
    return format_number(Decimal(repr(value)), decimals)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def chart(block: Chart, typeface: Typeface, width: float) -> list[Slab]:
    """Title (with the unit), drawing and legend, kept together.

    Raises ValueError when a series does not have one value for each category.
    """
    if any(len(series.values) != len(block.categories) for series in block.series):
        raise ValueError("each series needs one value for each category")
    heading = block.title + (f" ({block.unit})" if block.unit else "")
    slabs = centred_lines(heading, typeface, _TITLE, width, before=10.0)
    if not any(value is not None for series in block.series for value in series.values):
        return slabs + centred_lines("Không có số liệu trong kỳ", typeface, _TITLE, width, bold=False)
    drawing = ChartDrawing(block, typeface, width)
    return [*slabs, Slab(drawing.height, drawing.draw, before=4.0, label=block.title)]


@dataclass(frozen=True, slots=True)
class _Point:
    """A point of a line: its place in the drawing and its value."""

    x: float
    y: float
    value: float


class ChartDrawing:
    """One chart being drawn: measured once, drawn at the place that the page gives it."""

    def __init__(self, block: Chart, typeface: Typeface, width: float) -> None:
        self.block = block
        self.width = width
        self.typeface = typeface
        self.names = [typeface.prepare(name) for name in block.categories]
        values = [value for series in block.series for value in series.values if value is not None]
        self.scale = scale_for(values)
        self.rows = block.kind is ChartKind.SHARES or (block.kind is ChartKind.BARS and self._names_too_long())
        self.legend_height = line_height(_LABEL) + 6.0 if len(block.series) > 1 else 0.0
        self.height = self._rows_height() if self.rows else block.height * MM + self.legend_height
        self.taken: list[tuple[float, float, float, float]] = []
        self.press: Press

    def _names_too_long(self) -> bool:
        slot = (self.width - 40.0) / max(1, len(self.names))
        face = self.typeface.regular
        widest = max((face.width(word, _LABEL) for name in self.names for word in name.split()), default=0.0)
        return widest > slot - 2 or any(face.width(name, _LABEL) > 2.4 * slot for name in self.names)

    def _rows_height(self) -> float:
        bars = 1 if self.block.kind is ChartKind.SHARES else len(self.block.series)
        return len(self.names) * (_ROW + (bars - 1) * 11.0) + 6.0 + self.legend_height

    def draw(self, press: Press, top: float) -> None:
        """Draw at ``top``."""
        self.press = press
        canvas = press.canvas
        canvas.saveState()
        if self.block.kind is ChartKind.SHARES and len(self.block.series) > 1:
            self._stacked_rows(top)
        elif self.rows:
            self._rows(top)
        else:
            self._columns_or_lines(top)
        if self.legend_height:
            self._legend(top + self.height - self.legend_height)
        canvas.restoreState()

    # Places: x from the text area's left edge, y downwards from the page's top.

    def _line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        page, left = self.press.frame.page_height, self.press.frame.left
        self.press.canvas.line(left + x1, page - y1, left + x2, page - y2)

    def _label(self, x: float, baseline: float, text: str, size: float = _LABEL, anchor: float = 0.0) -> None:
        face = self.typeface.regular
        left = self.press.frame.left + x - anchor * face.width(text, size)
        self.press.text(left, baseline, text, face, size)

    def _area(self, x: float, y: float, width: float, height: float, pattern: int) -> None:
        """A filled box: 0 dark, 1 light with hatching, 2 white, 3 mid grey, 4 cross-hatched."""
        if width <= 0 or height <= 0:
            return
        canvas, page = self.press.canvas, self.press.frame.page_height
        left, bottom = self.press.frame.left + x, page - y - height
        canvas.setLineWidth(0.6)
        canvas.setFillGray((0.28, 0.93, 1.0, 0.66, 1.0)[pattern % _PATTERNS])
        canvas.rect(left, bottom, width, height, stroke=1, fill=1)
        canvas.setFillGray(0)
        if pattern % _PATTERNS in (1, 4):
            self._hatch(left, bottom, width, height, both=pattern % _PATTERNS == 4)

    def _hatch(self, left: float, bottom: float, width: float, height: float, both: bool) -> None:
        """Slanting lines, each ended at the box's edges, so that nothing is drawn outside it."""
        canvas = self.press.canvas
        canvas.setLineWidth(0.5)
        lines = []
        offset = _HATCH - height
        while offset < width:
            start, end = max(0.0, offset), min(width, offset + height)
            low, high = bottom + start - offset, bottom + end - offset
            lines.append((left + start, low, left + end, high))
            if both:
                mirrored = 2 * bottom + height
                lines.append((left + start, mirrored - low, left + end, mirrored - high))
            offset += _HATCH
        canvas.lines(lines)

    def _columns_or_lines(self, top: float) -> None:
        ticks = self.scale.ticks()
        decimals = 0 if all(float(tick).is_integer() for tick in ticks) else max(1, self.block.decimals)
        face = self.typeface.regular
        axis = max(face.width(number_text(tick, decimals), _VALUE) for tick in ticks) + 6.0
        slot = (self.width - axis) / len(self.names)
        labels = [wrap_plain(name, face, _LABEL, slot - 2) for name in self.names]
        below = max(len(lines) for lines in labels) * line_height(_LABEL) + 4.0
        upper = top + line_height(_VALUE)
        lower = top + self.height - self.legend_height - below
        self._grid(axis, upper, lower, ticks, decimals)
        for place, lines in enumerate(labels):
            for number, text in enumerate(lines):
                baseline = lower + (number + 1) * line_height(_LABEL)
                self._label(axis + (place + 0.5) * slot, baseline, text, anchor=0.5)
        if self.block.kind is ChartKind.LINES:
            self._lines(axis, slot, upper, lower)
        else:
            self._bars(axis, slot, upper, lower)

    def _grid(self, axis: float, upper: float, lower: float, ticks: list[float], decimals: int) -> None:
        canvas = self.press.canvas
        canvas.setLineWidth(0.5)
        for tick in ticks:
            y = lower - self.scale.place(tick, lower - upper)
            canvas.setStrokeGray(0 if tick == 0 else _GRID)
            self._line(axis, y, self.width, y)
            self._label(axis - 4.0, y + _VALUE * 0.33, number_text(tick, decimals), _VALUE, anchor=1.0)
        canvas.setStrokeGray(0)

    def _bars(self, axis: float, slot: float, upper: float, lower: float) -> None:
        count = len(self.block.series)
        thick = min(30.0, slot * 0.78 / count)
        zero = lower - self.scale.place(0.0, lower - upper)
        size = self._value_size(thick if count > 1 else slot)
        for number, series in enumerate(self.block.series):
            for place, value in enumerate(series.values):
                if value is None:
                    continue
                y = lower - self.scale.place(value, lower - upper)
                x = axis + (place + 0.5) * slot - count * thick / 2 + number * thick
                self._area(x + 0.5, min(y, zero), thick - 1.0, abs(zero - y), number)
                baseline = y - 2.5 if value >= 0 else y + size
                self._plated_label(x + thick / 2, baseline, number_text(value, self.block.decimals), size)

    def _value_size(self, room: float) -> float:
        face = self.typeface.regular
        texts = [
            number_text(value, self.block.decimals)
            for series in self.block.series
            for value in series.values
            if value is not None
        ]
        widest = max(face.width(text, 1.0) for text in texts)
        return max(6.5, min(_VALUE, (room - 1.0) / widest))

    def _lines(self, axis: float, slot: float, upper: float, lower: float) -> None:
        curves: list[list[_Point | None]] = []
        for number, series in enumerate(self.block.series):
            points = [
                None
                if value is None
                else _Point(axis + (place + 0.5) * slot, lower - self.scale.place(value, lower - upper), value)
                for place, value in enumerate(series.values)
            ]
            self._curve(points, number)
            curves.append(points)
        self.taken = []
        for number, points in enumerate(curves):
            present = [point for point in points if point is not None]
            for point in present if number == 0 else present[-1:]:
                self._free_label(point, number_text(point.value, self.block.decimals), above=number == 0)

    def _curve(self, points: list[_Point | None], number: int) -> None:
        """A line through the points there are, broken where one is missing, with its markers."""
        self._stroke(number)
        for before, after in pairwise(points):
            if before is not None and after is not None:
                self._line(before.x, before.y, after.x, after.y)
        self.press.canvas.setDash()
        for point in points:
            if point is not None:
                self._marker(point.x, point.y, number)

    def _free_label(self, point: _Point, text: str, above: bool) -> None:
        """A value above or below its point, wherever no other value stands; left out where there is no room.

        Only the first line carries every value, the others (last year, target) their last one: more would not be read.
        """
        half = self.typeface.regular.width(text, _VALUE) / 2 + 1.0
        places = (point.y - 4.5, point.y + _VALUE + 2.5)
        for baseline in places if above else places[::-1]:
            box = (point.x - half, baseline - _VALUE * 0.75, point.x + half, baseline + 1.0)
            if not any(_overlap(box, other) for other in self.taken):
                self.taken.append(box)
                self._plated_label(point.x, baseline, text, _VALUE)
                return

    def _stroke(self, number: int) -> None:
        dashes: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.2, 2), (7, 2, 1.2, 2))
        self.press.canvas.setLineWidth(1.3)
        self.press.canvas.setDash(list(dashes[number % len(dashes)]))

    def _marker(self, x: float, y: float, number: int) -> None:
        canvas = self.press.canvas
        left, height = self.press.frame.left + x, self.press.frame.page_height - y
        canvas.setLineWidth(0.9)
        canvas.setFillGray(0 if number % 2 == 0 else 1)
        if number % 4 < 2:
            canvas.circle(left, height, 2.3, stroke=1, fill=1)
        else:
            canvas.rect(left - 2.1, height - 2.1, 4.2, 4.2, stroke=1, fill=1)
        canvas.setFillGray(0)

    def _row_name(self, top: float, height: float, name: str) -> None:
        room = self.width * _SHARE_LABEL_PART - 6.0
        face = self.typeface.regular
        lines = wrap_plain(name, face, _LABEL, room)[:2]
        size = _LABEL if len(lines) == 1 else _LABEL - 1.5
        lines = wrap_plain(name, face, size, room)[:2]
        first = top + height / 2 + size * 0.33 - (len(lines) - 1) * size * 0.5
        for number, text in enumerate(lines):
            self._label(room, first + number * size, text, size, anchor=1.0)

    def _rows(self, top: float) -> None:
        """Horizontal bars, one group per category, with the value (and its share) at the end of each."""
        left = self.width * _SHARE_LABEL_PART
        length = self.width - left - _VALUE_ROOM
        shares = self.block.kind is ChartKind.SHARES
        total = sum(value for value in self.block.series[0].values if value) if shares else 0.0
        group = _ROW + (len(self.block.series) - 1) * 11.0
        zero = self.scale.place(0.0, length)
        for place, name in enumerate(self.names):
            y = top + place * group
            self._row_name(y, group, name)
            for number, series in enumerate(self.block.series):
                value = series.values[place]
                if value is None:
                    continue
                bar = y + 3.0 + number * 11.0
                end = self.scale.place(value, length)
                thick = _ROW - 6.0 if len(self.block.series) == 1 else 10.0
                self._area(left + min(zero, end), bar, abs(end - zero), thick, number)
                text = number_text(value, self.block.decimals)
                if shares and total:
                    text += f" ({number_text(100 * value / total, 1)}%)"
                self._label(left + max(zero, end) + 4.0, bar + thick / 2 + _VALUE * 0.33, text, _VALUE)
        self.press.canvas.setLineWidth(0.8)
        self._line(left + zero, top, left + zero, top + len(self.names) * group)

    def _stacked_rows(self, top: float) -> None:
        """Each category as one whole bar, parted by series; a percentage stands where it has room."""
        left = self.width * _SHARE_LABEL_PART
        length = self.width - left - 2.0
        face = self.typeface.regular
        for place, name in enumerate(self.names):
            y = top + place * _ROW
            self._row_name(y, _ROW, name)
            values = [series.values[place] or 0.0 for series in self.block.series]
            total = sum(values)
            x = left
            for number, value in enumerate(values):
                part = length * value / total if total else 0.0
                self._area(x, y + 2.5, part, _ROW - 5.0, number)
                text = number_text(100 * value / total, 1) + "%" if total else ""
                room = face.width(text, _VALUE) + 4.0
                if text and part > room:
                    self._plate(x + part / 2 - room / 2, y + 3.2, room, _ROW - 6.4)
                    self._label(x + part / 2, y + _ROW / 2 + _VALUE * 0.33, text, _VALUE, anchor=0.5)
                x += part

    def _plated_label(self, x: float, baseline: float, text: str, size: float) -> None:
        """A centred label that no grid line strikes through."""
        width = self.typeface.regular.width(text, size)
        self._plate(x - width / 2 - 0.5, baseline - size * 0.72, width + 1.0, size * 0.78)
        self._label(x, baseline, text, size, anchor=0.5)

    def _plate(self, x: float, y: float, width: float, height: float) -> None:
        """A white ground under a label that stands on a pattern."""
        canvas = self.press.canvas
        canvas.setFillGray(1)
        canvas.rect(
            self.press.frame.left + x, self.press.frame.page_height - y - height, width, height, stroke=0, fill=1
        )
        canvas.setFillGray(0)

    def _legend(self, top: float) -> None:
        face = self.typeface.regular
        names = [self.typeface.prepare(series.name) for series in self.block.series]
        widths = [24.0 + face.width(name, _LABEL) + 14.0 for name in names]
        x = max(0.0, (self.width - sum(widths)) / 2)
        middle = top + 6.0 + _LABEL / 2
        for number, name in enumerate(names):
            if self.block.kind is ChartKind.LINES:
                self._stroke(number)
                self._line(x, middle, x + 20.0, middle)
                self.press.canvas.setDash()
                self._marker(x + 10.0, middle, number)
            else:
                self._area(x + 4.0, middle - 4.0, 14.0, 8.0, number)
            self._label(x + 24.0, middle + _LABEL * 0.33, name)
            x += widths[number]
