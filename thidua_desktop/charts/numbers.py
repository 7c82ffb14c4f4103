"""The numbers of a chart as a table: for the clipboard and for the sheet on which a chart is printed."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.charts.model import Chart, ChartKind, Value
from thidua_desktop.charts.scale import value_text


@dataclass(frozen=True, slots=True)
class NumberTable:
    """Heads, the first of which is over the names, and a row for each name; "" where there is no figure."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def numbers_of(chart: Chart, first_head: str = "") -> NumberTable:
    """A row for each category, or for each panel with its months side by side."""
    if chart.kind is ChartKind.PANELS:
        return NumberTable(
            (first_head, *chart.categories),
            tuple((one.name, *map(_text, one.columns.values)) for one in chart.panels),
        )
    names = tuple(one.name or (chart.unit or "Số liệu") for one in chart.series)
    rows = tuple(
        (name, *(_text(series.values[place]) for series in chart.series)) for place, name in enumerate(chart.categories)
    )
    return NumberTable((first_head, *names), rows)


def _text(value: Value | None) -> str:
    return "" if value is None else value_text(value)
