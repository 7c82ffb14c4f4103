"""Checks the charts of reports: figures of the report, as many as the kind can show, on one scale, with places."""

from __future__ import annotations

from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.model import ChartSpec, Definitions, IndicatorSpec, ReportSpec

SIDES: dict[str, tuple[str, ...]] = {
    "bars": ("",), "months": ("",), "shares": ("", "period", "area"), "panels": ("area", "indicator"),
    "grid": ("area",),
}  # fmt: skip
_COUNTS: dict[tuple[str, str], tuple[int, int]] = {
    ("bars", ""): (1, 8),
    ("months", ""): (1, 4),  # more lines cannot be told apart in black and white
    ("shares", ""): (2, 12),
    ("shares", "period"): (2, 6),  # as many as there are patterns
    ("shares", "area"): (2, 6),
    ("panels", "area"): (1, 1),
    ("panels", "indicator"): (2, 12),
    ("grid", "area"): (1, 1),
}


def check_chart(chart: ChartSpec, report: ReportSpec, definitions: Definitions, file: str) -> list[Fault]:
    """Faults of one chart."""
    place = f"charts[{chart.title}]"
    unknown = [name for name in chart.indicators if name not in definitions.indicators]
    if unknown:
        return [fault("TD-FORM-022", file, place, indicator=name) for name in unknown]
    if chart.by not in SIDES[chart.kind]:
        allowed = ", ".join(side for side in SIDES[chart.kind] if side) or "không ghi by"
        return [fault("TD-FORM-068", file, f"{place}.by", kind=chart.kind, by=chart.by, allowed=allowed)]
    indicators = [definitions.indicators[name] for name in chart.indicators]
    faults = [
        fault("TD-FORM-069", file, place, title=chart.title, indicator=name)
        for name in chart.indicators
        if name not in report.indicators
    ]
    return faults + _check_count(chart, file, place) + _check_scale(chart, indicators, definitions, file, place)


def _check_count(chart: ChartSpec, file: str, place: str) -> list[Fault]:
    least, most = _COUNTS[chart.kind, chart.by]
    count = len(chart.indicators)
    if least <= count <= most:
        return []
    return [fault("TD-FORM-065", file, place, title=chart.title, kind=chart.kind, least=least, most=most, count=count)]


def _check_scale(
    chart: ChartSpec, indicators: list[IndicatorSpec], definitions: Definitions, file: str, place: str
) -> list[Fault]:
    """What is drawn on one scale has one unit (bars say theirs at each name); what lies in areas has areas."""
    faults = []
    units = dict.fromkeys(indicator.unit for indicator in indicators)
    if chart.kind != "bars" and len(units) > 1:
        faults.append(fault("TD-FORM-066", file, place, title=chart.title, units=", ".join(units)))
    if chart.by == "area":
        for indicator in indicators:
            sources = [indicator, *(definitions.indicators[name] for name in indicator.plus)]
            if not all(_has_areas(one, definitions) for one in sources):
                faults.append(fault("TD-FORM-067", file, place, title=chart.title, indicator=indicator.name))
    return faults


def _has_areas(indicator: IndicatorSpec, definitions: Definitions) -> bool:
    register = definitions.registers.get(indicator.register)
    return register is not None and bool(register.area_field)
