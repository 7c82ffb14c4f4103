"""The charts of a report: the same data for paper and screen, with the figure behind every mark."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thidua_desktop.charts.model import Chart, ChartKind, Panel, Series
from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period, months_in, previous, same_last_year, whole_year
from thidua_desktop.formdef.model import Aggregate, ChartSpec, IndicatorSpec
from thidua_desktop.services.place_grid import Place, arranged, kept_cells, places, senders
from thidua_desktop.services.reports.figures import Figure, totals
from thidua_desktop.services.reports.private_counts import figure_rows, first_days
from thidua_desktop.services.reports.unrecorded import told_values
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange
from thidua_desktop.text import UNTOLD, format_number

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class FigureSource:
    """The figure behind a mark: of a period, perhaps of one residential area or (province) one commune alone."""

    indicator: str
    period: Period
    area: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one chart is made from."""

    session: Session
    spec: ChartSpec
    period: Period
    figures: Mapping[str, Figure]

    @property
    def indicators(self) -> list[IndicatorSpec]:
        return [self.session.definitions.indicators[name] for name in self.spec.indicators]

    @property
    def unit(self) -> str:
        """The unit of all figures, empty where they have several."""
        units = {indicator.unit for indicator in self.indicators}
        return units.pop() if len(units) == 1 else ""


def charts_of(
    session: Session, specs: Sequence[ChartSpec], period: Period, figures: Sequence[Figure]
) -> tuple[Chart, ...]:
    """The charts of a report's period; ``figures`` are the report's own. A campaign has no months of a year,
    nor has a calendar that is not cut into months."""
    by_name = {figure.indicator: figure for figure in figures}
    in_months = period.span is None and bool(_months_of(period, session.today)[0])
    shown = [spec for spec in specs if in_months or spec.kind not in _OF_MONTHS]
    if session.is_province:  # its places are communes
        shown = [spec._replace(title=_BY_AREA.sub(r"\1 xã, phường, đặc khu", spec.title)) for spec in shown]
    return tuple(_made(_Asked(session, spec, period, by_name)) for spec in shown)


def _made(asked: _Asked) -> Chart:
    """A chart, saying which of its books were never written in."""
    chart = _MAKERS[asked.spec.kind](asked)
    untold = dict.fromkeys(asked.figures[name].unrecorded for name in asked.spec.indicators)
    said = "; ".join(filter(None, untold))
    return replace(chart, notes=(*chart.notes, f"Chưa có số liệu: {said}.")) if said else chart


def _bars(asked: _Asked) -> Chart:
    chosen = [asked.figures[name] for name in asked.spec.indicators]
    names = tuple(one.label if asked.unit or not one.unit else f"{one.label} ({one.unit})" for one in chosen)
    return Chart(ChartKind.BARS, asked.spec.title, names, _by_period(asked, chosen), asked.unit)


def _by_period(asked: _Asked, chosen: Sequence[Figure]) -> tuple[Series, ...]:
    """This period and what it is compared with, as far as there are figures; of a year both are the year before."""
    before, year_ago = previous(asked.period), same_last_year(asked.period)
    spans = [
        ("Kỳ này", asked.period, tuple(_told(figure, figure.value) for figure in chosen)),
        ("Kỳ trước", before, tuple(_told(figure, figure.last) for figure in chosen)),
        ("Cùng kỳ năm trước", year_ago, tuple(_told(figure, figure.last_year) for figure in chosen)),
    ]
    if before == year_ago:
        spans[1:] = [("Năm trước", year_ago, spans[2][2])]
    return tuple(
        Series(name, values, tuple(FigureSource(figure.indicator, period) for figure in chosen))
        for number, (name, period, values) in enumerate(spans)
        if not number or any(value is not None for value in values)
    )


def _told(figure: Figure, value: Number | None) -> Number | None:
    """No zero of what was never written in."""
    return None if figure.unrecorded and not value else value


def _begun(asked: _Asked) -> dict[str, date | None]:
    """Per figure since when it can be told; None of those that were never recorded."""
    since = first_days(asked.session, asked.spec.indicators, None)
    return {one.name: None if asked.figures[one.name].unrecorded else since[one.register] for one in asked.indicators}


def _months(asked: _Asked) -> Chart:
    """One figure: this year and the one before; several: each a line of this year."""
    year, before = _months_of(asked.period, asked.session.today)
    found = totals(asked.session, asked.spec.indicators, _ranges([*year, *before]))
    since = _begun(asked)
    series = []
    for indicator in asked.indicators:
        begun = since[indicator.name]
        values = [found.get((indicator.name, place), 0) for place in range(len(year) + len(before))]
        single = len(asked.indicators) == 1
        name = f"Năm {asked.period.year}" if single else indicator.label
        series.append(_line(name, indicator.name, year, values, begun))
        if single:
            name = f"Năm {asked.period.year - 1}"
            series.append(_line(name, indicator.name, before, values[len(year) :], begun))
    kept = [one for one in series if any(value is not None for value in one.values)] or series[:1]
    names = tuple(f"T{number}" for number in range(1, _MONTHS + 1))
    return Chart(ChartKind.LINES, asked.spec.title, names, tuple(kept), asked.unit)


def _line(name: str, indicator: str, months: Sequence[Period], values: Sequence[Number], begun: date | None) -> Series:
    """Twelve months; None for those before the first record and those that the period does not reach."""
    shown: list[Number | None] = [
        value if value or (begun is not None and begun <= month.end) else None
        for month, value in zip(months, values, strict=False)
    ]
    sources: list[FigureSource | None] = [FigureSource(indicator, month) for month in months]
    missing = [None] * (_MONTHS - len(shown))
    return Series(name, (*shown, *missing), (*sources, *missing))


def _shares(asked: _Asked) -> Chart:
    """Parts of a whole: of this period, of three periods, or of each place."""
    chosen = [asked.figures[name] for name in asked.spec.indicators]
    labels = tuple(figure.label for figure in chosen)
    if not asked.spec.by:
        (this, *_) = _by_period(asked, chosen)
        return Chart(ChartKind.SHARES, asked.spec.title, labels, (this,), asked.unit)
    if asked.spec.by == "area":
        return _shares_of_places(asked, labels)
    rows = _by_period(asked, chosen)
    parts = tuple(
        Series(label, tuple(row.values[place] for row in rows), tuple(row.source(place) for row in rows))
        for place, label in enumerate(labels)
    )
    return Chart(ChartKind.SHARES, asked.spec.title, tuple(row.name for row in rows), parts, asked.unit)


def _shares_of_places(asked: _Asked, labels: Sequence[str]) -> Chart:
    found = _by_place(asked, _ranges([asked.period]))
    shown = _places(asked, found)
    known = _of_places(asked, found, shown)
    parts = tuple(
        Series(
            label,
            tuple(known.get((name, place.key)) for place in shown),
            tuple(_source(asked, name, asked.period, place) for place in shown),
        )
        for name, label in zip(asked.spec.indicators, labels, strict=True)
    )
    return Chart(ChartKind.SHARES, asked.spec.title, tuple(place.name for place in shown), parts, asked.unit)


def _panels(asked: _Asked) -> Chart:
    """The months of the year with those of the last one, for each place or for each figure."""
    year, before = _months_of(asked.period, asked.session.today)
    spans = _ranges([*year, *before, asked.period, same_last_year(asked.period)])
    since = _begun(asked)
    if asked.spec.by == "area":
        found = _by_place(asked, spans)
        (indicator,) = asked.indicators
        rows = [(place.name, indicator, place, place.key) for place in _places(asked, found, range(len(year)))]
    else:
        sums = totals(asked.session, asked.spec.indicators, spans)
        found = {("", place, name): value for (name, place), value in sums.items()}
        rows = [(indicator.label, indicator, Place("", ""), "") for indicator in asked.indicators]
    panels = []
    for name, indicator, place, key in rows:
        values = [found.get((key, number, indicator.name), 0) for number in range(len(spans))]
        panels.append(_panel(asked, name, indicator, place, values, since[indicator.name]))
    running = len(year) if year and year[-1].end >= asked.session.today else 0
    named = (Series(f"năm {asked.period.year}", _NONE), Series(f"năm {asked.period.year - 1}", _NONE))
    names = tuple(str(number) for number in range(1, _MONTHS + 1))
    return Chart(
        ChartKind.PANELS, asked.spec.title, names, named, asked.unit, panels=tuple(panels), running=running,
        notes=("Số dưới tên là số của kỳ báo cáo.",),
    )  # fmt: skip


def _panel(
    asked: _Asked, name: str, indicator: IndicatorSpec, place: Place, values: Sequence[Number], begun: date | None
) -> Panel:
    year, before = _months_of(asked.period, asked.session.today)
    line = _line("", indicator.name, year, values, begun)
    sources = tuple(
        _source(asked, indicator.name, one.period, place) if isinstance(one, FigureSource) else None
        for one in line.sources
    )
    yardstick = _line("", indicator.name, before, values[len(year) :], begun).values
    this, last_year = values[-2], values[-1]
    known = begun is not None and begun <= same_last_year(asked.period).end
    untold = bool(asked.figures[indicator.name].unrecorded)
    caption = UNTOLD if untold else format_number(this) + (f", cùng kỳ {format_number(last_year)}" if known else "")
    return Panel(name, Series("", line.values, sources), yardstick, caption)


def _grid(asked: _Asked) -> Chart:
    """Each place a cell; no figure where the place has no record of two years, or (province) sent nothing."""
    (indicator,) = asked.indicators
    period = asked.period
    since = previous(whole_year(period) or period).start
    found = _by_place(asked, [DateRange(period.start, period.end), DateRange(since, period.end)])
    shown = _places(asked, found)
    known = _known(asked, indicator, found)
    told = _of_places(asked, found, shown)
    values = tuple(told[indicator.name, place.key] if known is None or place.key in known else None for place in shown)
    sources = tuple(_source(asked, indicator.name, period, place) for place in shown)
    return Chart(
        ChartKind.GRID, asked.spec.title, tuple(place.name for place in shown), (Series("", values, sources),),
        asked.unit, places=arranged([place.key for place in shown], kept_cells(asked.session)),
        notes=_elsewhere(asked, indicator, values),
    )  # fmt: skip


def _known(
    asked: _Asked, indicator: IndicatorSpec, found: Mapping[tuple[str, int, str], Number]
) -> frozenset[str] | None:
    """Places of which a 0 is a figure; None: of all of them (what stands on a day is counted everywhere)."""
    if asked.session.is_province:
        return senders(asked.session)
    if not indicator.stock:
        return frozenset(key for (key, number, _), value in found.items() if number == 1 and value)
    return None


def _of_places(
    asked: _Asked, found: Mapping[tuple[str, int, str], Number], shown: Sequence[Place]
) -> dict[tuple[str, str], Number | None]:
    """The first span's figures by indicator and place; None where a zero was never recorded.

    At the province each commune has books of its own, at a commune the areas have one together.
    """
    names, keys = asked.spec.indicators, [place.key for place in shown]
    counted = {(name, key): value for (key, number, name), value in found.items() if number == 0}
    if asked.session.is_province:
        return told_values(asked.session, names, keys, counted, senders(asked.session), asked.period)
    untold = {name for name in names if asked.figures[name].unrecorded}
    return {(name, key): counted.get((name, key), None if name in untold else 0) for name in names for key in keys}


def _elsewhere(asked: _Asked, indicator: IndicatorSpec, values: Sequence[Number | None]) -> tuple[str, ...]:
    """What the figure has and no cell shows: records that name no area."""
    if indicator.aggregate is Aggregate.DISTINCT or asked.session.is_province:
        return ()
    rest = asked.figures[indicator.name].value - sum(value or 0 for value in values)
    if rest <= 0:
        return ()
    return (f"Ngoài ra {format_number(rest)} {indicator.unit} không ghi khu dân cư.",)


def _by_place(asked: _Asked, spans: Sequence[DateRange]) -> dict[tuple[str, int, str], Number]:
    """Figures by area or commune, span and indicator; zeros are left out."""
    names, found = asked.spec.indicators, dict[tuple[str, int, str], Number]()
    session = asked.session
    rows = (
        figure_rows(session, names, spans) if session.is_province else session.file.figures(names, spans, by_area=True)
    )
    for row in rows:
        key = row.office if session.is_province else row.area
        if key:
            at = (key, row.range_index, row.indicator)
            found[at] = found.get(at, 0) + row.value
    return found


def _places(
    asked: _Asked, found: Mapping[tuple[str, int, str], Number], spans: Sequence[int] = (0,)
) -> tuple[Place, ...]:
    """Every place that stands at the end of the period, and those with figures in it that do not stand any more."""
    counted = tuple({key for (key, number, _), value in found.items() if value and number in spans})
    return places(asked.session, min(asked.period.end, asked.session.today), counted)


def _source(asked: _Asked, indicator: str, period: Period, place: Place) -> FigureSource:
    if asked.session.is_province:
        return FigureSource(indicator, period, office=place.key)
    return FigureSource(indicator, period, area=place.key)


def _months_of(period: Period, today: date) -> tuple[list[Period], list[Period]]:
    """The months of the period's year up to its end that have begun, and all of the year before."""
    year = whole_year(period) or period
    months = [month for month in months_in(year) if month.end <= period.end and month.start <= today]
    return months, list(months_in(previous(year)))


def _ranges(periods: Sequence[Period]) -> list[DateRange]:
    return [DateRange(period.start, period.end) for period in periods]


_OF_MONTHS = ("months", "panels")
_BY_AREA = re.compile(r"\b(theo|ở từng) khu dân cư\b")
_NONE = (None,) * _MONTHS
_MAKERS = {"bars": _bars, "months": _months, "shares": _shares, "panels": _panels, "grid": _grid}
