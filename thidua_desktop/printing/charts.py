"""Charts on paper: the shapes that ``thidua_desktop.charts`` lays out, in black, white and grey lines."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.charts.frame import Frame
from thidua_desktop.charts.layout import lay_out
from thidua_desktop.charts.model import Chart
from thidua_desktop.charts.shapes import DASHES, Area, Band, Ink, LineEnds, Marker, Pattern, Stroke, Words, hatch
from thidua_desktop.printing.fonts import Typeface
from thidua_desktop.printing.paragraphs import centred_lines
from thidua_desktop.printing.press import Press, Slab

_TITLE = 12.0
_BEND = 0.5523
_UNDIVIDED = 280.0  # points: a chart no higher than this is kept on one page
_GREYS = {Ink.GRID: 0.82, Ink.OTHER: 0.35, Ink.GROUND: 1.0}
_FILLS = {Pattern.SOLID: 0.2}


def chart(block: Chart, typeface: Typeface, width: float) -> list[Slab]:
    """Title (with the unit) and the chart's bands; the title stays with the first of them.

    Raises ValueError when a series does not have one value for each category.
    """
    heading = block.title + (f" ({block.unit})" if block.unit else "")
    slabs = centred_lines(heading, typeface, _TITLE, width, before=10.0)

    def measure(text: str, size: float, bold: bool) -> float:
        return (typeface.bold if bold else typeface.regular).width(text, size)

    bands = lay_out(block.with_texts(typeface.prepare), Frame(width, measure))
    together = sum(band.height for band in bands) <= _UNDIVIDED
    for number, band in enumerate(bands):
        tied = band.keep_next or (together and number + 1 < len(bands))
        before = 4.0 if number == 0 else 0.0
        slabs.append(Slab(band.height, _BandDrawing(band, typeface), before, tied, block.title))
    return slabs


class _BandDrawing:
    """A band as a slab draws it."""

    def __init__(self, band: Band, typeface: Typeface) -> None:
        self._band, self._typeface = band, typeface

    def __call__(self, press: Press, top: float) -> None:
        self._press, self._left = press, press.frame.left
        self._height = press.frame.page_height - top
        canvas = press.canvas
        canvas.saveState()
        for shape in self._band.shapes:
            if isinstance(shape, Words):
                self._words(shape, top)
            elif isinstance(shape, Area):
                self._area(shape)
            elif isinstance(shape, Stroke):
                self._stroke(shape)
            else:
                self._marker(shape)
        canvas.restoreState()

    def _words(self, words: Words, top: float) -> None:
        if words.plate:
            left, bottom = self._left + words.x - 0.6, self._height - words.baseline - 0.08 * words.size
            self._press.canvas.addLiteral(
                f"1 g {left:.2f} {bottom:.2f} {words.width + 1.2:.2f} {0.84 * words.size:.2f} re f 0 g"
            )
        face = self._typeface.bold if words.bold else self._typeface.regular
        self._press.text(self._left + words.x, top + words.baseline, words.text, face, words.size)

    def _area(self, area: Area) -> None:
        if area.width <= 0 or area.height <= 0:
            return
        grey = _FILLS.get(area.pattern, 1)
        left, bottom = self._left + area.x, self._height - area.y - area.height
        self._press.canvas.addLiteral(
            f"0.6 w {grey} g {left:.2f} {bottom:.2f} {area.width:.2f} {area.height:.2f} re B 0 g"
        )
        lines = hatch(area, 1.0)
        if lines:
            self._lines(lines, "0.5 w")

    def _lines(self, lines: Sequence[LineEnds], before: str, after: str = "") -> None:
        """One path of many lines, in the operators themselves: the canvas would format each pair of numbers alone."""
        left, height = self._left, self._height
        path = " ".join(
            [f"{left + x1:.2f} {height - y1:.2f} m {left + x2:.2f} {height - y2:.2f} l" for x1, y1, x2, y2 in lines]
        )
        self._press.canvas.addLiteral(f"{before} {path} S {after}")

    def _stroke(self, stroke: Stroke) -> None:
        dashes = " ".join(map(str, DASHES[stroke.dash]))
        before = f"{stroke.weight:.2f} w {_GREYS.get(stroke.ink, 0)} G"
        if stroke.dash:
            self._lines(stroke.lines, f"{before} [{dashes}] 0 d", "[] 0 d 0 G")
        else:
            self._lines(stroke.lines, before, "0 G")

    def _marker(self, marker: Marker) -> None:
        """A disc or a square, full or on a white ground."""
        x, y, radius = self._left + marker.x, self._height - marker.y, marker.radius
        shape = _disc(x, y, radius) if marker.sort < 2 else _square(x, y, radius)
        self._press.canvas.addLiteral(f"0.9 w {marker.sort % 2} g {shape} B 0 g")


def _disc(x: float, y: float, radius: float) -> str:
    """Four curves, as near to a circle as curves come."""
    bend = _BEND * radius
    left, right, low, high = x - radius, x + radius, y - radius, y + radius
    return (
        f"{right:.2f} {y:.2f} m "
        f"{right:.2f} {y + bend:.2f} {x + bend:.2f} {high:.2f} {x:.2f} {high:.2f} c "
        f"{x - bend:.2f} {high:.2f} {left:.2f} {y + bend:.2f} {left:.2f} {y:.2f} c "
        f"{left:.2f} {y - bend:.2f} {x - bend:.2f} {low:.2f} {x:.2f} {low:.2f} c "
        f"{x + bend:.2f} {low:.2f} {right:.2f} {y - bend:.2f} {right:.2f} {y:.2f} c h"
    )


def _square(x: float, y: float, radius: float) -> str:
    return f"{x - radius:.2f} {y - radius:.2f} {2 * radius:.2f} {2 * radius:.2f} re"
