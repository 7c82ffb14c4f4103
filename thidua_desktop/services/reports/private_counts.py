"""Figures of registers whose records stay in the commune (``travels = "counts"``): only the numbers reach the province.

Each package carries, for every period of every calendar since the first such record, for each year up to each period's
end and for the days of closed reports, the figures that are not zero, of the commune as a whole. The province keeps
those of a commune's newest package and uses them where it would else count records; so both desks have the same figure
for every period that reports can have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from thidua_desktop.domain.calendars import CUTTING, Calendar
from thidua_desktop.domain.figures import Number, parse_number
from thidua_desktop.domain.periods import PeriodKind, following, make_span, period_of, whole_year
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import RECEIVED
from thidua_desktop.store.queries import DateRange, DateSpan, FigureRow, OfficeWindow

MEMBER = "counts-all"
"""Name of the member of a package; no report has it (``sync/FORMAT.md``)."""

YEARS_BACK = 5
_Span = tuple[str, str]
_Kept = Mapping[str, Mapping[_Span, Number]]


def counted_only(definitions: Definitions) -> frozenset[str]:
    """Indicators that are counted, wholly or in part, from registers of which only the counts travel."""
    own = {
        name for name, one in definitions.indicators.items() if definitions.registers[one.register].travels == "counts"
    }
    return frozenset(own | {name for name, one in definitions.indicators.items() if own & set(one.plus)})


def standard_spans(calendars: Iterable[Calendar], first: date, today: date) -> list[DateRange]:
    """Every period of the calendars from ``first`` to ``today``, and each year from its first day to their ends."""
    spans: dict[tuple[date, date], None] = {}
    for calendar in calendars:
        for kind in (one for one in CUTTING if one in calendar.kinds):
            period = period_of(first, kind, calendar)
            while period.start <= today:
                year = whole_year(period) or period
                spans |= {(period.start, period.end): None, (year.start, period.end): None}
                period = following(period)
        for span in calendar.spans:  # also years in which it was not held: they are yardsticks
            held = (make_span(span, year, calendar) for year in range(first.year, today.year + 2))
            spans |= {(one.start, one.end): None for one in held if one.end >= first and one.start <= today}
    return [DateRange(start, end) for start, end in spans]


def _wanted_spans(session: Session, first: date) -> list[DateRange]:
    """The standard ones, and those that closed reports froze before their calendar changed."""
    spans = standard_spans(session.definitions.calendars.values(), first, session.today)
    closed = [DateRange(lock.start, lock.end) for lock in session.file.periods.all()]
    return list(dict.fromkeys([*spans, *closed]))


def own_counts(session: Session) -> dict[str, Any] | None:
    """What goes into a package; None while there is nothing to count."""
    names = sorted(counted_only(session.definitions))
    definitions = session.definitions
    registers = {definitions.indicators[name].register for name in names}
    staying = sorted(register for register in registers if definitions.registers[register].travels == "counts")
    days = {register: session.file.records.first_day(register) for register in staying}
    first = min((day for day in days.values() if day is not None), default=None)
    if not any(session.file.records.holds_any(register) for register in staying):
        return None
    today = session.today
    spans = _wanted_spans(session, max(first or today, date(today.year - YEARS_BACK, 1, 1)))
    counts: dict[str, list[list[Any]]] = {}
    for row in session.file.figures(names, spans, offices=[session.file.identity.code]):
        span = spans[row.range_index]
        value = row.value if isinstance(row.value, int) else str(row.value)
        counts.setdefault(row.indicator, []).append([span.start.isoformat(), span.end.isoformat(), value])
    since = {register: _month_end(session, day).isoformat() for register, day in days.items() if day is not None}
    return {"counts": {name: sorted(rows) for name, rows in counts.items()}, "since": since}


def check_counts(office: str, number: int, content: Any) -> None:
    """TD-SYNC-065 when a commune's counts make no sense."""
    try:
        _read(content["counts"])
        _since(content)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError("TD-SYNC-065", office=office, number=number) from None


def keep_counts(session: Session, office: str, number: int, content: Any) -> None:
    """Keep a commune's counts, as ``check_counts`` has found them right, unless those of a later package are here."""
    since = _since(content)
    known = session.file.settings.get(counts_setting(office))
    if known is None or int(known["number"]) <= number:
        session.file.settings.put(
            counts_setting(office), {"number": number, "counts": content["counts"], "since": since}
        )


def figure_rows(
    session: Session, names: Sequence[str], spans: Sequence[DateRange], offices: Sequence[str] | None = None,
    as_kept: bool = False, kind: str = "",
) -> list[FigureRow]:  # fmt: skip
    """The store's figures; at the province those of counted registers as their communes counted them.

    What stands in a commune that began or ended counts on its days alone, unless ``as_kept``. Counted
    registers are of communes as a whole: of one ``kind`` of residential area there are none.
    """
    rows = session.file.figures(names, spans, offices=offices, as_kept=as_kept, kind=kind)
    sent = counted_only(session.definitions) & set(names) if session.is_province else frozenset()
    if not sent:
        return rows
    found = [row for row in rows if row.indicator not in sent]
    windows = {} if as_kept else session.file.commune_changes.windows()
    for office, kept in _kept(session, offices) if not kind else ():
        counts, window = _read(kept["counts"]), windows.get(office, OfficeWindow(office))
        for name in sorted(sent):
            for place, span in enumerate(spans):
                if not counts_in(session.definitions, name, window, span):
                    continue
                value = counts.get(name, {}).get((span.start.isoformat(), span.end.isoformat()), 0)
                if value:
                    found.append(FigureRow(office, None, place, name, value))
    return found


def counts_in(definitions: Definitions, name: str, window: OfficeWindow, span: DateSpan) -> bool:
    """Whether an office has a part in a figure of a span: it is there on the figure's day, or on some day of its."""
    indicator = definitions.indicators[name]
    if not indicator.stock:
        return window.overlaps(span)
    return window.holds(span.start - timedelta(days=1) if indicator.opening else span.end)


def first_days(session: Session, names: Iterable[str], offices: Sequence[str] | None) -> dict[str, date | None]:
    """Per register of the figures: since when it has records.

    Of counted ones the province knows only the end of that month, which answers every question about a period's end.
    """
    indicators = session.definitions.indicators
    registers = {indicators[name].register for name in names}
    found = {register: session.file.records.first_day(register, offices) for register in registers}
    if not session.is_province:
        return found
    for _, kept in _kept(session, offices):
        for register in found.keys() & kept["since"].keys():
            first = date.fromisoformat(kept["since"][register])
            found[register] = min(found[register] or first, first)
    return found


def offices_with(session: Session, register: str) -> frozenset[str]:
    """At the province the communes that have told counts of a register that stays with them."""
    if not session.is_province or session.definitions.registers[register].travels != "counts":
        return frozenset()
    return frozenset(office for office, kept in _kept(session, None) if register in kept["since"])


def _kept(session: Session, offices: Sequence[str] | None) -> list[tuple[str, Mapping[str, Any]]]:
    senders = {entry.office for entry in session.file.packages.all(RECEIVED)}
    wanted = sorted(senders if offices is None else senders & set(offices))
    kept = ((office, session.file.settings.get(counts_setting(office))) for office in wanted)
    return [(office, one) for office, one in kept if one]


def _month_end(session: Session, day: date) -> date:
    """The first end of a month, by any calendar, on or after ``day``."""
    calendars = (one for one in session.definitions.calendars.values() if PeriodKind.MONTH in one.kinds)
    return min(period_of(day, PeriodKind.MONTH, one).end for one in calendars)


def _read(counts: Any) -> _Kept:
    return {
        str(name): {(_day(start), _day(end)): parse_number(value) for start, end, value in rows}
        for name, rows in counts.items()
    }


def _since(content: Any) -> dict[str, str]:
    return {str(register): _day(day) for register, day in content["since"].items()}


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def counts_setting(office: str) -> str:
    """Where the counts of an office's registers that stay there are kept."""
    return f"counts.{office}"
