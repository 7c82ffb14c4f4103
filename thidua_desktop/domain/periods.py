"""Reporting periods: which days a month, a quarter, a half year, a year, a campaign or an assessment window covers.

How time is cut, and which spans have names, stands in a ``Calendar`` (``domain/calendars.py``). Periods of one kind of
a calendar that cuts time tile it: every day lies in exactly one of them, also where a new rule begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from thidua_desktop.domain.calendars import CUTTING, MONTHS, Calendar, Due, NamedSpan, PeriodKind
from thidua_desktop.errors import UserError
from thidua_desktop.text import lower_first, upper_first

__all__ = [
    "Period", "PeriodKind", "between", "cuts_time", "days_left", "due_on", "following", "make_period", "make_span",
    "months_in", "parse_among", "parse_period", "period_of", "previous", "same_last_year", "shifted", "whole_year",
    "with_days",
]  # fmt: skip

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_FIRST_YEAR, _LAST_YEAR = 1946, 2999
_HALVES = {1: "đầu", 2: "cuối"}
_CODE = re.compile(
    r"(?P<year>[12]\d{3})"
    r"(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])|(?P<whole>Y1)))?"
    r"(?:-(?P<word>[A-Z][A-Z0-9]{2,11}))?"
)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One period. ``number`` counts within the year (month 1–12, quarter 1–4, half 1–2, year and spans 1)."""

    kind: PeriodKind
    start: date
    end: date
    year: int
    number: int
    calendar: Calendar = field(compare=False, repr=False)
    span: NamedSpan | None = None

    @property
    def code(self) -> str:
        """2026-11, 2026-Q3, 2026-H1, 2026, 2026-TET, or 2026-11-KV2 of a marked calendar: what ``parse_period`` reads.

        A code means one period of all calendars that a report has; letters, digits and "-" alone, at most 20 of them.
        """
        if self.span is not None:
            return f"{self.year}-{self.span.code}" if self.span.code else f"{self.start}..{self.end}"
        part = {
            PeriodKind.MONTH: f"-{self.number:02d}",
            PeriodKind.QUARTER: f"-Q{self.number}",
            PeriodKind.HALF: f"-H{self.number}",
            PeriodKind.YEAR: "-Y1" if self.calendar.mark else "",
        }[self.kind]
        return f"{self.year}{part}" + (f"-{self.calendar.mark}" if self.calendar.mark else "")

    @property
    def name(self) -> str:
        """The period without its days: "Tháng 11/2026", "Quý III/2026", "6 tháng đầu năm 2026", "Năm 2026"."""
        if self.span is not None:
            return upper_first(self.span.name) + ("" if self.span.once else f" năm {self.year}")
        return _short_name(self.kind, self.year, self.number)

    @property
    def label(self) -> str:
        """The period with its days: "Tháng 11/2026: 15/10 – 14/11"."""
        return f"{self.name}: {_days(self.start, self.end)}"

    @property
    def paper_name(self) -> str:
        """As running text on paper says it: "tháng 11 năm 2026", "quý III năm 2026", "6 tháng đầu năm 2026"."""
        if self.kind is PeriodKind.MONTH:
            month = f"{self.number:02d}" if self.number < 3 else str(self.number)
            return f"tháng {month} năm {self.year}"
        if self.kind is PeriodKind.QUARTER:
            return f"quý {_ROMAN[self.number]} năm {self.year}"
        return lower_first(self.name)

    @property
    def paper_title(self) -> str:
        """As a title on paper says it: of a span also its days, which nobody knows by its name."""
        if self.span is None:
            return self.paper_name
        return f"{self.paper_name}, từ ngày {self.start:%d/%m/%Y} đến ngày {self.end:%d/%m/%Y}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def make_period(kind: PeriodKind, year: int, number: int, calendar: Calendar) -> Period:
    """Period ``number`` of ``year`` of a calendar that cuts time; UserError TD-TIME-001 when there is none."""
    if kind not in calendar.kinds or kind is PeriodKind.SPAN:
        raise UserError("TD-TIME-001", text=f"{kind} {number}/{year}")
    in_year = 12 // MONTHS[kind]
    if not (1 <= number <= in_year and _FIRST_YEAR <= year <= _LAST_YEAR):
        raise UserError("TD-TIME-001", text=f"{kind} {number}/{year}")
    before = (year, number - 1) if number > 1 else (year - 1, in_year)
    start = calendar.closing(kind, *before) + _ONE_DAY
    return Period(kind, start, calendar.closing(kind, year, number), year, number, calendar)


def between(start: date, end: date) -> Period:
    """Any days as a period, without a calendar: its code is "2026-10-20..2026-11-10"."""
    span = NamedSpan(code="", name="từ ngày đến ngày", first=start.isoformat(), last=end.isoformat())
    return Period(PeriodKind.SPAN, start, end, end.year, 1, Calendar(name="", version=0, title=""), span)


def make_span(span: NamedSpan, year: int, calendar: Calendar) -> Period:
    """The one of a named span whose last day lies in ``year``, whether or not it was held then."""
    start, end = span.days(year)
    return Period(PeriodKind.SPAN, start, end, year, 1, calendar, span)


def parse_period(text: str, calendar: Calendar) -> Period:
    """Read a code of a calendar's period. UserError TD-TIME-001 for anything else, TD-TIME-006 for a span that is not
    held in that year."""
    found = _CODE.fullmatch(text.strip().upper())
    if not found or not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        raise UserError("TD-TIME-001", text=text)
    year, word = int(found["year"]), found["word"] or ""
    numbers = {kind: found[kind.value] for kind in CUTTING[:3] if found[kind.value]}
    if not numbers and not found["whole"]:
        span = calendar.span(word)
        if span is not None:
            if not span.held_in(year):
                raise UserError("TD-TIME-006", name=span.name, year=year)
            return make_span(span, year, calendar)
        if word or calendar.mark:
            raise UserError("TD-TIME-001", text=text)
    if word != calendar.mark or (found["whole"] and not calendar.mark):
        raise UserError("TD-TIME-001", text=text)
    for kind, number in numbers.items():
        return make_period(kind, year, int(number), calendar)
    return make_period(PeriodKind.YEAR, year, 1, calendar)


def parse_among(text: str, calendars: Iterable[Calendar]) -> Period:
    """Read a code of the first calendar that knows it; what ``parse_period`` raises when none does."""
    refused = UserError("TD-TIME-001", text=text)
    for calendar in calendars:
        try:
            return parse_period(text, calendar)
        except UserError as fault:
            if refused.code == "TD-TIME-001":
                refused = fault
    raise refused


def cuts_time(code: str) -> bool:
    """Whether a code is that of a month, quarter, half year or year, not of a named span."""
    found = _CODE.fullmatch(code)
    return found is not None and not (found["word"] and found.end("word") - found.start("word") == len(code) - 5)


def period_of(day: date, kind: PeriodKind, calendar: Calendar) -> Period:
    """The period of ``kind`` that holds ``day``, of a calendar that cuts time."""
    period = make_period(kind, day.year, (day.month - 1) // MONTHS[kind] + 1, calendar)
    while day > period.end:
        period = following(period)
    while day < period.start:
        period = previous(period)
    return period


def shifted(period: Period, steps: int) -> Period:
    """The period of the same kind ``steps`` later (earlier when negative); of a span so many years."""
    if period.span is not None:
        return make_span(period.span, period.year + steps, period.calendar)
    in_year = 12 // MONTHS[period.kind]
    year, place = divmod(period.year * in_year + period.number - 1 + steps, in_year)
    return make_period(period.kind, year, place + 1, period.calendar)


def previous(period: Period) -> Period:
    """The period of the same kind just before; of a span the one of last year."""
    return shifted(period, -1)


def following(period: Period) -> Period:
    """The period of the same kind just after; of a span the one of next year."""
    return shifted(period, 1)


def same_last_year(period: Period) -> Period:
    """The same period one year earlier (cùng kỳ năm trước)."""
    if period.span is not None:
        return shifted(period, -1)
    return make_period(period.kind, period.year - 1, period.number, period.calendar)


def months_in(period: Period) -> tuple[Period, ...]:
    """The month periods that end within ``period``, in order; they tile it. Of a span, or without months, none."""
    if PeriodKind.MONTH not in period.calendar.kinds:
        return ()
    month = period_of(period.start, PeriodKind.MONTH, period.calendar)
    found = []
    while month.end <= period.end:
        found.append(month)
        month = following(month)
    return tuple(found)


def whole_year(period: Period) -> Period | None:
    """The year of the same calendar that ``period`` counts into; None where there is none (spans)."""
    if PeriodKind.YEAR not in period.calendar.kinds:
        return None
    return period_of(period.end, PeriodKind.YEAR, period.calendar)


def with_days(period: Period, start: date, end: date) -> Period:
    """The period as a report of it was closed: later changes of its calendar move neither it nor its yardstick."""
    if (period.start, period.end) == (start, end):
        return period
    span = period.span
    if span is not None:
        form = "%Y-%m-%d" if span.once else "%m-%d"
        span = span._replace(first=start.strftime(form), last=end.strftime(form))
    return replace(period, start=start, end=end, span=span)


def due_on(period: Period, due: Due | None = None) -> date:
    """The last day to hand in the report of ``period``.

    ``due`` is what the receiving office has set; None takes the calendar's own rule, by default a working day after the
    end (Decree 09/2019 art. 8.5.b).
    """
    if due is None:
        own = period.span.due if period.span is not None else None
        due = own or period.calendar.rule_on(period.end).due(period.kind)
    return due.after(period.end)


def days_left(day: date, until: date) -> int:
    """Whole days from ``day`` to ``until``; negative when it has passed."""
    return (until - day) // timedelta(days=1)


def _short_name(kind: PeriodKind, year: int, number: int) -> str:
    if kind is PeriodKind.MONTH:
        return f"Tháng {number}/{year}"
    if kind is PeriodKind.QUARTER:
        return f"Quý {_ROMAN[number]}/{year}"
    return f"6 tháng {_HALVES[number]} năm {year}" if kind is PeriodKind.HALF else f"Năm {year}"


def _days(start: date, end: date) -> str:
    """ "15/10 – 14/11", with the years when they differ."""
    year = "/%Y" if start.year != end.year else ""
    return f"{start.strftime('%d/%m' + year)} – {end.strftime('%d/%m' + year)}"
