"""One indicator as pictures: how it went over twelve periods, how its places compare, and where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.charts.model import Chart, ChartKind, Series
from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period, PeriodKind, previous, same_last_year, shifted
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import ChartSpec, IndicatorSpec
from thidua_desktop.services.place_grid import Place, places, senders
from thidua_desktop.services.reports.charts import FigureSource, charts_of
from thidua_desktop.services.reports.figures import Figure, figures_of
from thidua_desktop.services.reports.private_counts import figure_rows, first_days
from thidua_desktop.services.reports.unrecorded import told_values
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange
from thidua_desktop.text import roman

PERIODS = 12
_LEAST_PLACES = 2


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """What the page of an indicator shows; ``figure`` is that of the whole office, or of ``place`` alone.

    ``comparison`` and ``grid`` are None where the indicator names no areas, or only one place stands.
    """

    spec: IndicatorSpec
    period: Period
    figure: Figure
    place: str
    places: tuple[Place, ...]
    trend: Chart
    comparison: Chart | None
    grid: Chart | None

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts that there are, in the order of the page."""
        return tuple(one for one in (self.trend, self.comparison, self.grid) if one is not None)

    @property
    def place_name(self) -> str:
        """The chosen place in words, "" for all of them."""
        return next((one.name for one in self.places if one.key == self.place), "")


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    spec: IndicatorSpec
    period: Period
    place: str

    @property
    def has_places(self) -> bool:
        """Whether its records say where: an indicator that adds others up is counted where they are."""
        if self.session.is_province:
            return True
        indicators = self.session.definitions.indicators
        registers = (indicators[name].register for name in (self.spec.name, *self.spec.plus))
        return any(self.session.register(name).area_field for name in registers)


def indicator_view(session: Session, name: str, period: Period, place: str = "") -> IndicatorView:
    """Everything about an indicator in ``period``; ``place`` is an area's id, at the province a commune's code.

    Raises TD-DATA-570 for an indicator that the definitions do not have.
    """
    spec = session.definitions.indicators.get(name)
    if spec is None:
        raise UserError("TD-DATA-570", name=name)
    asked = _Asked(session, spec, period, place)
    (whole,) = figures_of(session, [name], period)
    comparison = grid = None
    shown = places(session, min(period.end, session.today)) if asked.has_places else ()
    if len(shown) >= _LEAST_PLACES:
        comparison = _comparison(asked, shown, whole)
        (grid,) = charts_of(session, [ChartSpec("grid", _titled(asked, "trên bản đồ ô"), (name,))], period, [whole])
    figure = _figure_of_place(asked, whole) if place else whole
    return IndicatorView(spec, period, figure, place, shown, _trend(asked, shown, figure), comparison, grid)


def _trend(asked: _Asked, shown: Sequence[Place], figure: Figure) -> Chart:
    """The twelve periods that end with the chosen one, and beside each the same period a year before."""
    period = asked.period
    last = [shifted(period, step - PERIODS + 1) for step in range(PERIODS)]
    before = [same_last_year(one) for one in last]
    yearly = before[1:] == last[:-1]  # of years and campaigns the one before is the one a year ago
    spans = last if yearly else [*last, *before]
    values = _values(asked, spans, asked.place)
    since = first_days(asked.session, [asked.spec.name], _offices(asked))[asked.spec.register]
    begun = None if figure.unrecorded else since
    rows = [("Kỳ này", last, values[:PERIODS])]
    if not yearly:
        rows.append(("Cùng kỳ năm trước", before, values[PERIODS:]))
    series = tuple(_line(asked, name, periods, found, begun) for name, periods, found in rows)
    kept = tuple(one for one in series if any(value is not None for value in one.values)) or series[:1]
    notes = ("Kỳ cuối chưa hết.",) if period.end >= asked.session.today else ()
    name = next((one.name for one in shown if one.key == asked.place), "")
    title = _titled(asked, f"{PERIODS} kỳ") + (f", {name}" if name else "")
    return Chart(ChartKind.LINES, title, tuple(map(short, last)), kept, asked.spec.unit, notes=notes)


def _line(
    asked: _Asked, name: str, periods: Sequence[Period], values: Sequence[Number], begun: date | None
) -> Series:  # fmt: skip
    """None, not 0, for periods that ended before the first record."""
    shown = tuple(
        value if value or (begun is not None and begun <= one.end) else None
        for one, value in zip(periods, values, strict=True)
    )
    return Series(name, shown, tuple(_source(asked, one, asked.place) for one in periods))


def _comparison(asked: _Asked, shown: Sequence[Place], whole: Figure) -> Chart:
    """Each place in this period and the one before, the largest first; of the province's silent communes no figure."""
    period, session = asked.period, asked.session
    found = _by_place(asked, [period, previous(period)])
    known = _tellers(asked, found, shown, whole)
    ordered = sorted(
        shown, key=lambda one: (one.key not in known, *(-float(found.get((one.key, at), 0)) for at in (0, 1)))
    )
    begun = first_days(session, [asked.spec.name], None)[asked.spec.register]
    spans = [("Kỳ này", period), ("Kỳ trước", previous(period))]
    series = tuple(
        Series(
            name,
            tuple(found.get((one.key, at), 0) if one.key in known else None for one in ordered),
            tuple(_source(asked, span, one.key) for one in ordered),
        )
        for at, (name, span) in enumerate(spans)
        if at == 0 or (begun is not None and begun <= span.end)
    )
    whose = "từng xã, phường" if session.is_province else "từng khu dân cư"
    names = tuple(one.name for one in ordered)
    return Chart(ChartKind.BARS, _titled(asked, whose), names, series, asked.spec.unit)


def _tellers(
    asked: _Asked, found: Mapping[tuple[str, int], Number], shown: Sequence[Place], whole: Figure
) -> frozenset[str]:
    """The places of which a zero is one: their book was written in, and at the province they have sent something."""
    keys, name = [one.key for one in shown], asked.spec.name
    if not asked.session.is_province:
        return frozenset() if whole.unrecorded else frozenset(keys)
    counted = {(name, key): value for (key, _), value in found.items() if value}
    told = told_values(asked.session, [name], keys, counted, senders(asked.session), asked.period)
    return frozenset(key for (_, key), value in told.items() if value is not None)


def _figure_of_place(asked: _Asked, whole: Figure) -> Figure:
    """The figure of one place: at the province a commune's own, else what its area adds."""
    session, period, spec = asked.session, asked.period, asked.spec
    if session.is_province:
        return figures_of(session, [spec.name], period, [asked.place])[0]
    spans = [period, previous(period), same_last_year(period)]
    this, last, last_year = _values(asked, spans, asked.place)
    begun = first_days(session, [spec.name], None)[spec.register]
    known = [begun is not None and begun <= one.end for one in spans]
    return Figure(
        spec.name,
        spec.label,
        spec.unit,
        this,
        last if known[1] else None,
        last_year if known[2] else None,
        this,
        unrecorded=whole.unrecorded,
    )


def _values(asked: _Asked, periods: Sequence[Period], place: str) -> list[Number]:
    """The indicator in each period; of one place where it is given."""
    if place and not asked.session.is_province:
        found = _by_place(asked, periods)
        return [found.get((place, at), 0) for at in range(len(periods))]
    sums: dict[int, Number] = {}
    for row in figure_rows(asked.session, [asked.spec.name], _ranges(periods), _offices(asked)):
        sums[row.range_index] = sums.get(row.range_index, 0) + row.value
    return [sums.get(at, 0) for at in range(len(periods))]


def _by_place(asked: _Asked, periods: Sequence[Period]) -> dict[tuple[str, int], Number]:
    session, names, spans = asked.session, [asked.spec.name], _ranges(periods)
    province = session.is_province
    rows = figure_rows(session, names, spans) if province else session.file.figures(names, spans, by_area=True)
    found: dict[tuple[str, int], Number] = {}
    for row in rows:
        key = row.office if province else row.area
        if key:
            found[key, row.range_index] = found.get((key, row.range_index), 0) + row.value
    return found


def _offices(asked: _Asked) -> list[str] | None:
    return [asked.place] if asked.place and asked.session.is_province else None


def _source(asked: _Asked, period: Period, place: str) -> FigureSource:
    if asked.session.is_province:
        return FigureSource(asked.spec.name, period, office=place)
    return FigureSource(asked.spec.name, period, area=place)


def _ranges(periods: Sequence[Period]) -> list[DateRange]:
    return [DateRange(one.start, one.end) for one in periods]


def _titled(asked: _Asked, rest: str) -> str:
    return f"{asked.spec.label}, {rest}"


def short(period: Period) -> str:
    """A period under an axis: "11/26", "III/26", "đầu 26", "2026"."""
    year = f"{period.year % 100:02d}"
    if period.kind is PeriodKind.MONTH:
        return f"{period.number}/{year}"
    if period.kind is PeriodKind.QUARTER:
        return f"{roman(period.number)}/{year}"
    if period.kind is PeriodKind.HALF:
        return f"{'đầu' if period.number == 1 else 'cuối'} {year}"
    return str(period.year)
