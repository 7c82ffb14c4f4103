"""A chart and its marks in words, for those who hear it or point at one mark."""

from __future__ import annotations

from thidua_desktop.charts.model import Chart, ChartKind, Panel, Series, Value
from thidua_desktop.charts.scale import value_text

NO_VALUES = "Không có số liệu trong kỳ"
_MOST_SPOKEN = 60


def said(chart: Chart, series: Series, place: int) -> str:
    """One mark: "Tân Lập, Kỳ này: 12 cuộc"."""
    name = f"{chart.categories[place]}, {series.name}" if series.name else chart.categories[place]
    return f"{name}: {counted(series.values[place], chart.unit)}"


def said_of_panel(chart: Chart, panel: Panel, place: int) -> str:
    """One column of a panel with its yardstick."""
    words = f"{panel.name}, {chart.categories[place]}: {counted(panel.columns.values[place], chart.unit)}"
    before = panel.yardstick[place] if panel.yardstick else None
    return words if before is None else f"{words}, {_yardstick_name(chart)} {value_text(before)}"


def counted(value: Value | None, unit: str) -> str:
    """ "12 cuộc", "không có số liệu"."""
    return "không có số liệu" if value is None else f"{value_text(value)} {unit}".rstrip()


def spoken(chart: Chart) -> str:
    """The whole chart; of a very long one its beginning and how many values follow."""
    if not chart.values:
        return NO_VALUES
    parts = _panels_said(chart) if chart.kind is ChartKind.PANELS else _categories_said(chart)
    if len(parts) > _MOST_SPOKEN:
        rest = len(parts) - _MOST_SPOKEN
        parts = [*parts[:_MOST_SPOKEN], f"và {rest} mục nữa"]
    return "; ".join([*parts, *chart.notes])


def _categories_said(chart: Chart) -> list[str]:
    return [
        f"{name}: "
        + ", ".join(
            f"{series.name} {value_text(series.values[place])}".strip()
            for series in chart.series
            if series.values[place] is not None
        )
        for place, name in enumerate(chart.categories)
        if any(series.values[place] is not None for series in chart.series)
    ]


def _panels_said(chart: Chart) -> list[str]:
    return [
        f"{panel.name}: "
        + ", ".join(
            f"{name} {value_text(value)}"
            for name, value in zip(chart.categories, panel.columns.values, strict=True)
            if value is not None
        )
        for panel in chart.panels
    ]


def _yardstick_name(chart: Chart) -> str:
    return chart.series[1].name if len(chart.series) > 1 else "trước"
