"""Emulation targets as they stand today: value typed or counted from the books, percent, forecast to the end.

What depends on today is told here and never stored; what a target ended with is stored once, when it is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.emulation import Direction, Measure, Step, Term, forecast, percent_of, steps_of
from thidua_desktop.domain.record_values import date_of, number_of, text_of
from thidua_desktop.formdef.model import Condition, Value, Values
from thidua_desktop.services.reports.unrecorded import untold_zeros
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange, ListQuery, Record

REGISTER = "target"
BARS = 6
"""How many targets Hôm nay shows: those that lack most come first."""
_COUNTED = "indicator"
_WHOLE_OFFICE = "commune"
_MOST = 2000
_HALF_YEAR = 181  # days


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """One target on a day; ``expected`` is the forecast for its last day, None before it can be made."""

    id: str
    subject: str
    name: str
    unit: str
    wants_more: bool
    value: Decimal
    wanted: Decimal
    percent: Decimal | None
    expected: Decimal | None
    ends_on: date
    of_office: bool = False  # the whole office, not one of its places
    valued: bool = True  # nothing was written down yet: its 0 tells nothing

    @property
    def reached(self) -> bool:
        """Whether the value is on the good side already."""
        if not self.valued:
            return False
        return self.value >= self.wanted if self.wants_more else self.value <= self.wanted

    @property
    def on_course(self) -> bool:
        """Whether it will be on the good side at the end if it goes on as it went."""
        if not self.valued:
            return False
        end = self.value if self.expected is None else self.expected
        return end >= self.wanted if self.wants_more else end <= self.wanted


@dataclass(frozen=True, slots=True)
class YearTarget:
    """What an office has set itself for a year in one figure."""

    wanted: Decimal
    wants_more: bool


def open_targets(session: Session, day: date | None = None) -> tuple[TargetStanding, ...]:
    """Every target that runs on a day (default: today) and is not closed; those that lack most first.

    A target without any value yet stands at nothing.
    """
    today = day or session.today
    found = [record for record in _open_records(session, today) if _known(record.values)]
    counted = _counts(session, {record.id: record.values for record in found}, today)
    standings = [_standing(record, counted.get(record.id), today) for record in found]
    return tuple(sorted(standings, key=lambda one: (one.on_course, one.reached, one.percent or Decimal(0))))


def year_targets(session: Session, year: int) -> Mapping[str, Decimal]:
    """What the office has set itself for a year as a whole: indicator -> wanted value, closed targets too.

    Only targets counted from the books are compared with figures; of several the one that runs longest is the year's,
    and a campaign of less than half a year has none.
    """
    own = session.file.identity.code
    found = _longest(session, year, office=own)
    return {name: _wanted(record) for (_, name), record in found.items()}


def targeted(session: Session) -> frozenset[str]:
    """Figures that a target can be counted by."""
    catalog = session.definitions.catalogs[session.register(REGISTER).field("indicator").catalog]
    return frozenset(item.code for item in catalog.items)


def targets_by_office(session: Session, year: int, indicator: str) -> Mapping[str, YearTarget]:
    """What each office has set itself for a year as a whole in one figure, by its code; as ``year_targets`` reads it.

    The targets of communes come to the province with their other records.
    """
    found = _longest(session, year, indicator=indicator)
    return {office: YearTarget(_wanted(record), _wants_more(record.values)) for (office, _), record in found.items()}


def _longest(
    session: Session, year: int, office: str | None = None, indicator: str = ""
) -> dict[tuple[str, str], Record]:
    """By office and figure the target for a year that runs longest."""
    conditions = [
        Condition("year", (str(year),)), Condition("subject_kind", (_WHOLE_OFFICE,)), Condition("source", (_COUNTED,)),
        *([Condition("indicator", (indicator,))] if indicator else []),
    ]  # fmt: skip
    keys = session.file.records.ids(ListQuery(REGISTER, conditions=tuple(conditions), office=office))
    found: dict[tuple[str, str], Record] = {}
    for record in session.file.records.window(REGISTER, keys[:_MOST]):
        if not _known(record.values) or _term(record.values).days < _HALF_YEAR:
            continue
        key = (record.office, text_of(record.values, "indicator"))
        if key not in found or _term(record.values).days > _term(found[key].values).days:
            found[key] = record
    return found


def _wanted(record: Record) -> Decimal:
    return Decimal(number_of(record.values, "target_value") or 0)


def _wants_more(values: Values) -> bool:
    return text_of(values, "direction") != Direction.LESS


def _open_records(session: Session, today: date) -> list[Record]:
    query = ListQuery(REGISTER, conditions=(Condition("closed_on", ("",)),), valid_on=today)
    keys = session.file.records.ids(query)
    return session.file.records.window(REGISTER, keys[:_MOST])


def _known(values: Values) -> bool:
    return (
        all(date_of(values, name) for name in ("starts_on", "ends_on"))
        and number_of(values, "target_value") is not None
    )


def _standing(record: Record, counted: Decimal | None, today: date) -> TargetStanding:
    values = record.values
    term, wanted = _term(values), Decimal(number_of(values, "target_value") or 0)
    last = _last_step(values, counted, term, today)
    measure = Measure.LEVEL if text_of(values, "measure") == Measure.LEVEL else Measure.CUMULATIVE
    base = number_of(values, "base_value")
    value = last.value if last else Decimal(0)
    return TargetStanding(
        id=record.id,
        subject=text_of(values, "subject_name"),
        of_office=values.get("subject_kind") == _WHOLE_OFFICE,
        name=text_of(values, "name"),
        unit=text_of(values, "unit"),
        wants_more=_wants_more(values),
        value=value,
        wanted=wanted,
        percent=percent_of(value, wanted),
        expected=forecast(last, term, measure, None if base is None else Decimal(base)) if last else None,
        ends_on=term.end,
        valued=last is not None,
    )


def _last_step(values: Values, counted: Decimal | None, term: Term, today: date) -> Step | None:
    if counted is not None:
        return Step(min(today, term.end), counted)
    steps = [step for step in steps_of(values, "progress") if step.day <= today]
    return max(steps, key=lambda step: step.day, default=None)


def _term(values: Values) -> Term:
    start, end = date_of(values, "starts_on"), date_of(values, "ends_on")
    assert start is not None and end is not None
    return Term(start, end)


def counted_value(session: Session, values: Values, today: date) -> Decimal | None:
    """What the books say about one target up to ``today`` or its last day; None where nothing is counted for it."""
    return _counts(session, {"": values}, today).get("") if _known(values) else None


def _counts(session: Session, found: Mapping[str, Values], today: date) -> Mapping[str, Decimal]:
    """The figures of all counted targets, in one reading of the books; none of books that were never written in."""
    asked = {}
    for record_id, values in found.items():
        name = text_of(values, "indicator")
        if text_of(values, "source") == _COUNTED and name in session.definitions.indicators:
            term = _term(values)
            asked[record_id] = (name, term.start, min(term.end, today), text_of(values, "residential_area"))
    if not asked:
        return {}
    spans = sorted({(start, end) for _, start, end, _ in asked.values() if start <= end})
    names = sorted({name for name, *_ in asked.values()})
    rows = session.file.figures(names, [DateRange(start, end) for start, end in spans], by_area=True)
    totals: dict[tuple[str, tuple[date, date], str], Decimal] = {}
    for row in rows:
        for area in {row.area or "", ""}:
            key = (row.indicator, spans[row.range_index], area)
            totals[key] = totals.get(key, Decimal(0)) + Decimal(row.value)
    filled = {name for name, *_ in totals}
    untold = untold_zeros(session, [name for name in names if name not in filled])
    return {
        record_id: totals.get((name, (start, end), area), Decimal(0))
        for record_id, (name, start, end, area) in asked.items()
        if not untold.get(name)
    }


def with_final_value(session: Session, register: str, values: Values) -> Values:
    """A target that is being closed takes the value of the books as its final one, once; others stay as they are."""
    if register != REGISTER or text_of(values, "source") != _COUNTED or number_of(values, "final_value") is not None:
        return values
    closed = date_of(values, "closed_on")
    found = counted_value(session, values, closed) if closed else None
    if found is None:
        return values
    final: dict[str, Value] = {**values, "final_value": found.quantize(Decimal("0.01"))}
    return final
