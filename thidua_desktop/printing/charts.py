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
        canvas = self._press.canvas
        if words.plate:
            canvas.setFillGray(1)
            bottom = self._height - words.baseline - 0.08 * words.size
            canvas.rect(self._left + words.x - 0.6, bottom, words.width + 1.2, 0.84 * words.size, stroke=0, fill=1)
            canvas.setFillGray(0)
        face = self._typeface.bold if words.bold else self._typeface.regular
        self._press.text(self._left + words.x, top + words.baseline, words.text, face, words.size)

    def _area(self, area: Area) -> None:
        if area.width <= 0 or area.height <= 0:
            return
        canvas = self._press.canvas
        canvas.setLineWidth(0.6)
        canvas.setFillGray(_FILLS.get(area.pattern, 1.0))
        canvas.rect(self._left + area.x, self._height - area.y - area.height, area.width, area.height, stroke=1, fill=1)
        canvas.setFillGray(0)
        lines = hatch(area, 1.0)
        if lines:
            canvas.setLineWidth(0.5)
            self._lines(lines)

    def _lines(self, lines: Sequence[LineEnds]) -> None:
        left, height = self._left, self._height
        self._press.canvas.lines([(left + x1, height - y1, left + x2, height - y2) for x1, y1, x2, y2 in lines])

    def _stroke(self, stroke: Stroke) -> None:
        canvas = self._press.canvas
        canvas.setLineWidth(stroke.weight)
        canvas.setStrokeGray(_GREYS.get(stroke.ink, 0.0))
        if stroke.dash:
            canvas.setDash(list(DASHES[stroke.dash]))
        self._lines(stroke.lines)
        if stroke.dash:
            canvas.setDash()
        canvas.setStrokeGray(0)

    def _marker(self, marker: Marker) -> None:
        canvas = self._press.canvas
        x, y, radius = self._left + marker.x, self._height - marker.y, marker.radius
        canvas.setLineWidth(0.9)
        canvas.setFillGray(0 if marker.sort % 2 == 0 else 1)
        if marker.sort < 2:
            canvas.circle(x, y, radius, stroke=1, fill=1)
        else:
            canvas.rect(x - radius, y - radius, 2 * radius, 2 * radius, stroke=1, fill=1)
        canvas.setFillGray(0)
