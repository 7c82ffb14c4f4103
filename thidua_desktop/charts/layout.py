"""A chart laid out: bands of shapes, from top to bottom, in whatever frame a painter has."""

from __future__ import annotations

from dataclasses import replace

from thidua_desktop.charts import columns, grid_map, panels, rows
from thidua_desktop.charts.frame import Frame
from thidua_desktop.charts.model import Chart, ChartKind
from thidua_desktop.charts.shapes import Band, Ink
from thidua_desktop.charts.words import NO_VALUES


def lay_out(chart: Chart, frame: Frame) -> list[Band]:
    """The bands of a chart, its notes last. Raises ValueError where a series does not fit the categories."""
    chart.check()
    if not chart.values:
        lines = frame.wrap(NO_VALUES, frame.width)
        return [Band(len(lines) * frame.line, tuple(frame.column(frame.width / 2, 0.0, lines, anchor=0.5)))]
    bands = _drawn(chart, frame)
    if chart.notes:
        bands[-1] = replace(bands[-1], keep_next=True)
        bands.append(_notes(chart, frame))
    return bands


def _drawn(chart: Chart, frame: Frame) -> list[Band]:
    if chart.kind is ChartKind.LINES:
        return columns.lines(chart, frame)
    if chart.kind is ChartKind.SHARES:
        return rows.whole(chart, frame) if len(chart.series) == 1 else rows.wholes(chart, frame)
    if chart.kind is ChartKind.PANELS:
        return panels.panels(chart, frame)
    if chart.kind is ChartKind.GRID:
        return grid_map.grid_map(chart, frame)
    return columns.columns(chart, frame) if columns.columns_fit(chart, frame) else rows.rows(chart, frame)


def _notes(chart: Chart, frame: Frame) -> Band:
    lines = tuple(line for note in chart.notes for line in frame.wrap(note, frame.width, frame.value))
    shapes = frame.column(0.0, 2.0 * frame.unit, lines, frame.value, ink=Ink.QUIET)
    return Band(len(lines) * frame.value * 1.2 + 4.0 * frame.unit, tuple(shapes))
