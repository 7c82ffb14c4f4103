"""How the running period stands, for Hôm nay: parts reached, key figures by month, and each residential area.

Everything is read in two statements, so that a page can ask for it after its first paint, on a reader of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period, PeriodKind, days_left, months_in, period_of, previous
from thidua_desktop.services import periods
from thidua_desktop.services.reports.unrecorded import untold_zeros
from thidua_desktop.services.session import Session
from thidua_desktop.services.targets import TargetStanding, open_targets
from thidua_desktop.services.titles import entries_of
from thidua_desktop.store.queries import DateRange
from thidua_desktop.text import sort_key

PARTS = ("groups_met", "areas_met", "areas_active", "meeting_households_present", "tasks_done")
KEY_FIGURES = ("sessions", "attendance_total", "meetings_total", "patrols")
AREA_CHOICES = ("groups_met", "activities_total", "meetings_total", "attendance_total", "households_signed", "patrols")
COUNTED_WHOLES = frozenset({"groups_met", "areas_met", "areas_active"})
"""Parts that should become whole within the period; of the others any share may be right."""
AREA_REGISTER = "residential_area"


@dataclass(frozen=True, slots=True)
class Part:
    """x of y in the running period; ``before`` is x of the period before, None without a yardstick."""

    indicator: str
    label: str
    unit: str
    value: Number
    whole: Number
    whole_unit: str
    before: Number | None
    should_fill: bool
    place: str = ""  # whose part it is, where not the whole office's
    unrecorded: str = ""  # why a 0 tells nothing: the book was never written in

    @property
    def missing(self) -> Number:
        """What is still missing to the whole."""
        return max(0, self.whole - self.value)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the running month with the same month last year, and the months of both years.

    ``months`` ends with the running month; ``last_year`` has twelve values, None for months before the first record.
    ``unrecorded`` says why a 0 tells nothing: the book was never written in.
    """

    indicator: str
    label: str
    unit: str
    value: Number
    year_ago: Number | None
    months: tuple[Number, ...]
    last_year: tuple[Number | None, ...]
    unrecorded: str = ""


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """One residential area under one indicator; ``whole`` is None when the indicator is not out of anything."""

    area: str
    name: str
    value: Number
    whole: Number | None
    should_fill: bool

    @property
    def missing(self) -> Number:
        """What is missing to a whole that should be reached; else 1 while there is nothing at all."""
        if self.whole is not None and self.should_fill:
            return max(0, self.whole - self.value)
        return 0 if self.value else 1


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """The areas under one indicator, the one that lacks most first."""

    indicator: str
    label: str
    unit: str
    areas: tuple[AreaStanding, ...]
    unrecorded: str = ""

    @property
    def complete(self) -> int:
        """How many areas lack nothing; one that has nothing to fill (no group yet) is not complete."""
        return sum(not area.missing and (area.whole != 0 or not area.should_fill) for area in self.areas)


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole picture of a period; ``days_left`` counts to its last day. Targets run over terms of their own."""

    period: Period
    days_left: int
    parts: tuple[Part, ...]
    key_figures: tuple[KeyFigure, ...]
    choices: tuple[AreaChoice, ...]
    targets: tuple[TargetStanding, ...] = ()


def standing(session: Session) -> Standing:
    """How the running month stands. ``session`` may be a reader's (``Session.reader``)."""
    period = periods.current(session, PeriodKind.MONTH)
    return Standing(
        period,
        days_left(session.today, period.end),
        parts(session, period),
        key_figures(session, period),
        area_choices(session, period),
        open_targets(session),
    )


def parts(session: Session, period: Period) -> tuple[Part, ...]:
    """x of y of the declared parts; those whose whole is nothing are left out."""
    indicators = session.definitions.indicators
    names = [name for name in PARTS if name in indicators]
    wholes = [indicators[name].out_of for name in names]
    before = previous(period)
    spans = (DateRange(period.start, period.end), DateRange(before.start, before.end))
    totals = _totals(session, [*names, *wholes], spans)
    untold = untold_zeros(session, [name for name in names if not totals.get((name, 0))])
    found = []
    for name in names:
        spec, whole = indicators[name], indicators[indicators[name].out_of]
        full = totals.get((whole.name, 0), 0)
        if not full:
            continue
        first = session.file.records.first_day(spec.register, None)
        known = first is not None and first <= before.end
        found.append(
            Part(
                name,
                spec.label,
                spec.unit,
                totals.get((name, 0), 0),
                full,
                whole.unit,
                totals.get((name, 1), 0) if known else None,
                name in COUNTED_WHOLES,
                unrecorded=untold.get(name, ""),
            )
        )
    return tuple(found)


def key_figures(session: Session, period: Period) -> tuple[KeyFigure, ...]:
    """The leading indicators by month of this year and the last."""
    indicators = session.definitions.indicators
    names = [name for name in KEY_FIGURES if name in indicators]
    year = period_of(period.end, PeriodKind.YEAR, period.calendar)
    this_year, last_year = months_in(year)[: period.number], months_in(previous(year))
    spans = [DateRange(month.start, month.end) for month in (*this_year, *last_year)]
    totals = _totals(session, names, spans)
    filled = {name for name, _ in totals}
    untold = untold_zeros(session, [name for name in names if name not in filled])
    made = []
    for name in names:
        spec = indicators[name]
        values = tuple(totals.get((name, place), 0) for place in range(len(spans)))
        months, before = values[: len(this_year)], values[len(this_year) :]
        first = session.file.records.first_day(spec.register, None)
        kept = tuple(
            value if first is not None and first <= month.end else None
            for month, value in zip(last_year, before, strict=True)
        )
        made.append(
            KeyFigure(
                name,
                spec.label,
                spec.unit,
                months[-1],
                kept[period.number - 1],
                months,
                kept,
                untold.get(name, ""),
            )
        )
    return tuple(made)


def area_choices(session: Session, period: Period) -> tuple[AreaChoice, ...]:
    """Every living residential area under each of the offered indicators."""
    indicators = session.definitions.indicators
    names = [name for name in AREA_CHOICES if name in indicators]
    wholes = [indicators[name].out_of for name in names if indicators[name].out_of]
    rows = session.file.figures([*names, *wholes], [DateRange(period.start, period.end)], by_area=True)
    values = {(row.area, row.indicator): row.value for row in rows if row.area}
    areas = {
        key: entry.label
        for key, entry in entries_of(session, AREA_REGISTER).items()
        if entry.valid_on(min(period.end, session.today))
    }
    filled = {row.indicator for row in rows}
    untold = untold_zeros(session, [name for name in names if name not in filled])
    return tuple(_choice(session, name, areas, values, untold.get(name, "")) for name in names)


def _choice(
    session: Session, name: str, areas: dict[str, str], values: dict[tuple[str, str], Number], unrecorded: str
) -> AreaChoice:
    indicators = session.definitions.indicators
    spec = indicators[name]
    whole = indicators[spec.out_of] if spec.out_of else None
    found = [
        AreaStanding(
            key,
            label,
            values.get((key, name), 0),
            None if whole is None else values.get((key, whole.name), 0),
            name in COUNTED_WHOLES,
        )
        for key, label in areas.items()
    ]
    found.sort(key=lambda area: (-area.missing, sort_key(area.name)))
    return AreaChoice(name, spec.label, spec.unit, tuple(found), unrecorded)


def _totals(session: Session, names: Sequence[str], spans: Sequence[DateRange]) -> dict[tuple[str, int], Number]:
    totals: dict[tuple[str, int], Number] = {}
    for row in session.file.figures(names, spans):
        key = (row.indicator, row.range_index)
        totals[key] = totals.get(key, 0) + row.value
    return totals
