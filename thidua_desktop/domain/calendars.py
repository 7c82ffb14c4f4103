"""Reporting calendars: on which days periods close, which spans have a name, and when their reports are due.

A calendar is data (``forms/calendars/*.toml``, or a file that a directive brought). Either it cuts time: dated rules
say on which days months, quarters, half years and years close, and every period begins on the day after the one before.
Or it names spans: campaigns, assessment windows, once or every year. Days are inclusive, in Vietnam time.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from thidua_desktop.domain.working_days import due_after
from thidua_desktop.text import days_in_month


class PeriodKind(StrEnum):
    """The kinds of period: four that cut time, shortest first, and spans that have a name of their own."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SPAN = "span"


CUTTING = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
"""The kinds that cut time without a gap."""

MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_SPAN_CODE = re.compile(r"[A-Z][A-Z0-9]{2,11}")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_LEAP = 2028
"""A leap year: every day of a year is one of its days."""


class Due(NamedTuple):
    """When a report is due after its period's end: the first of ``days`` ("25" of a month, "06-25" of a year) on or
    after the day behind the end, or without any ``working_days`` after it. A fixed day that is no working day moves to
    the next one (Bộ luật Dân sự 2015 Điều 148 khoản 5)."""

    working_days: int = 1
    days: tuple[str, ...] = ()

    def after(self, end: date) -> date:
        """The last day to hand in a report of a period that ended on ``end``."""
        if not self.days:
            return due_after(end, self.working_days)
        coming = (day_of(year, month, text) for year in (end.year, end.year + 1) for month in range(1, 13)
                  for text in self.days)  # fmt: skip
        return due_after(min(day for day in coming if day is not None and day > end), 0)


class ClosingRule(NamedTuple):
    """How time is cut from ``valid_from`` on. ``closings``: kind and its closing days within a year, in order; of
    months one day ("31": the last one). ``dues``: kind and when its report is due; "" for kinds that say nothing."""

    valid_from: date
    closings: tuple[tuple[str, tuple[str, ...]], ...]
    dues: tuple[tuple[str, Due], ...] = ()
    basis: str = ""
    certainty: str = "V"

    @property
    def kinds(self) -> tuple[PeriodKind, ...]:
        """The kinds of period that it cuts."""
        named = {kind for kind, _ in self.closings}
        return tuple(kind for kind in CUTTING if kind in named)

    def closing(self, kind: PeriodKind, year: int, number: int) -> date:
        """The last day of period ``number`` of ``year``, were this the only rule."""
        days = dict(self.closings)[kind]
        if kind is PeriodKind.MONTH:
            return _clipped(year, number, int(days[0]))
        month, _, day = days[number - 1].partition("-")
        return _clipped(year, int(month), int(day))

    def due(self, kind: PeriodKind) -> Due:
        """When the reports of a kind are due."""
        known = dict(self.dues)
        return known.get(kind) or known.get("") or Due()


class NamedSpan(NamedTuple):
    """A span with a name. ``first`` and ``last``: days of every year ("12-15", "02-14"), or of once ("2026-05-01").

    Its year is that of its last day. ``from_year`` and ``until_year``: the years that it is held in; 0 for no limit.
    """

    code: str
    name: str  # "đợt cao điểm …", as it stands within a sentence
    first: str
    last: str
    due: Due = Due()
    from_year: int = 0
    until_year: int = 0
    reminded: bool = False  # Hôm nay says when its reports are due
    basis: str = ""
    certainty: str = "V"

    @property
    def once(self) -> bool:
        """Whether it is held a single time."""
        return not _MONTH_DAY.fullmatch(self.first)

    def held_in(self, year: int) -> bool:
        """Whether there is one whose last day lies in ``year``."""
        if self.once:
            return year == int(self.last[:4])
        return self.from_year <= year <= (self.until_year or year)

    def days(self, year: int) -> tuple[date, date]:
        """First and last day of the one of ``year``; of a span held once the same days of another year, to compare."""
        if self.once:
            first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
            return _same_day(first, first.year + year - last.year), _same_day(last, year)
        last = _in_year(year, self.last)
        first = _in_year(year, self.first)
        return (first if first <= last else _in_year(year - 1, self.first)), last


class Calendar(NamedTuple):
    """A calendar: ``rules`` that cut time, the oldest first, or ``spans``; never both.

    ``mark`` stands in the codes of its periods, so that they are no other calendar's; ``reports`` names reports that it
    is for, besides those that name it themselves.
    """

    name: str
    version: int
    title: str
    rules: tuple[ClosingRule, ...] = ()
    spans: tuple[NamedSpan, ...] = ()
    mark: str = ""
    reports: tuple[str, ...] = ()
    basis: str = ""
    certainty: str = "V"
    help: str = ""

    @property
    def kinds(self) -> tuple[PeriodKind, ...]:
        """The kinds of its periods."""
        return self.rules[0].kinds if self.rules else (PeriodKind.SPAN,)

    def span(self, code: str) -> NamedSpan | None:
        """The span of a code."""
        return next((span for span in self.spans if span.code == code), None)

    def closing(self, kind: PeriodKind, year: int, number: int) -> date:
        """The last day of a period.

        A later rule takes over with the period that is running on its first day, unless that one's new closing day is
        over already: what closed before the rule began never moves, and that one period is shorter or longer.
        """
        found = self.rules[0].closing(kind, year, number)
        for rule in self.rules[1:]:
            later = rule.closing(kind, year, number)
            if found >= rule.valid_from and later >= rule.valid_from:
                found = later
        return found

    def rule_on(self, day: date) -> ClosingRule:
        """The rule in force on a day; the first one also before its beginning, so that old periods can be compared."""
        return next((rule for rule in reversed(self.rules) if rule.valid_from <= day), self.rules[0])


def is_span_code(text: str) -> bool:
    """Whether a word can name a span or mark a calendar: 3 to 12 capital letters and digits, a letter first."""
    return _SPAN_CODE.fullmatch(text) is not None


def is_month_day(text: str) -> bool:
    """Whether a text is a day of a year, "06-25"."""
    found = _MONTH_DAY.fullmatch(text)
    return found is not None and int(found[2]) <= days_in_month(_LEAP, int(found[1]))


def is_due_day(text: str) -> bool:
    """Whether a text is a day of every month ("25") or of a year ("06-25")."""
    return is_month_day(text) or (text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31)


def day_of(year: int, month: int, text: str) -> date | None:
    """The day that a due day means in a month; None when it means another month."""
    if text.isdecimal():
        return _clipped(year, month, int(text))
    return _in_year(year, text) if int(text[:2]) == month else None


def _in_year(year: int, month_day: str) -> date:
    return _clipped(year, int(month_day[:2]), int(month_day[3:]))


def _clipped(year: int, month: int, day: int) -> date:
    """``day`` of a month, or its last day where it has fewer."""
    return date(year, month, min(day, days_in_month(year, month)))


def _same_day(day: date, year: int) -> date:
    return _clipped(year, day.month, day.day)
