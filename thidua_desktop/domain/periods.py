"""Reporting periods: which days a month, a quarter, a half year and a year of reports cover.

Two calendars: ``decree09`` (Decree 09/2019/NĐ-CP art. 12: figures are closed on the 14th; the default) and ``calendar``
(ordinary months). Both tile time: every day lies in exactly one month, quarter, half and year. The start and end days
stand in ``resources/law/periods.toml``. Days are inclusive, in Vietnam time.
"""

from __future__ import annotations

import calendar as civil
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import cast

from thidua_desktop.domain.law_table import mapping_on, whole_number_on
from thidua_desktop.domain.working_days import due_after
from thidua_desktop.errors import UserError


class PeriodKind(StrEnum):
    """The four kinds of period, shortest first."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Calendar(StrEnum):
    """How the days of a period are cut."""

    DECREE09 = "decree09"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Period:
    """One period. ``number`` counts within the year (month 1–12, quarter 1–4, half 1–2, year 1)."""

    kind: PeriodKind
    label: str  # "Tháng 11/2026: 15/10 – 14/11"
    start: date
    end: date
    year: int
    number: int
    calendar: Calendar = Calendar.DECREE09

    @property
    def code(self) -> str:
        """2026-11, 2026-Q3, 2026-H1, 2026: what ``parse_period`` reads."""
        return {
            PeriodKind.MONTH: f"{self.year}-{self.number:02d}",
            PeriodKind.QUARTER: f"{self.year}-Q{self.number}",
            PeriodKind.HALF: f"{self.year}-H{self.number}",
            PeriodKind.YEAR: f"{self.year}",
        }[self.kind]

    @property
    def name(self) -> str:
        """The period without its days: "Tháng 11/2026", "Quý III/2026", "6 tháng đầu năm 2026", "Năm 2026"."""
        return _short_name(self.kind, self.year, self.number)

    @property
    def paper_name(self) -> str:
        """As a title on paper says it: "tháng 11 năm 2026", "quý III năm 2026", "6 tháng đầu năm 2026"."""
        if self.kind is PeriodKind.MONTH:
            month = f"{self.number:02d}" if self.number < 3 else str(self.number)
            return f"tháng {month} năm {self.year}"
        if self.kind is PeriodKind.QUARTER:
            return f"quý {_ROMAN[self.number]} năm {self.year}"
        return self.name[0].lower() + self.name[1:]

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_FIRST_YEAR, _LAST_YEAR = 1946, 2999
_HALVES = {1: "đầu", 2: "cuối"}
_CODE = re.compile(r"(?P<year>[12]\d{3})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")


def make_period(kind: PeriodKind, year: int, number: int, calendar: Calendar = Calendar.DECREE09) -> Period:
    """Period ``number`` of ``year``; UserError TD-TIME-001 when there is no such period."""
    months = _MONTHS[kind]
    if not (1 <= number <= 12 // months and _FIRST_YEAR <= year <= _LAST_YEAR):
        raise UserError("TD-TIME-001", text=f"{kind} {number}/{year}")
    last_month = number * months
    first_month = last_month - months + 1
    rule = _rule(kind, calendar, date(year, first_month, 1))
    start = _day_in_month(year, first_month - rule["months_before"], rule["first_day"])
    end = _day_in_month(year, last_month, rule["last_day"])
    label = f"{_short_name(kind, year, number)}: {_span(start, end)}"
    return Period(kind, label, start, end, year, number, calendar)


def parse_period(text: str, calendar: Calendar = Calendar.DECREE09) -> Period:
    """Read a code such as 2026-11, 2026-Q3, 2026-H1 or 2026; UserError TD-TIME-001 for anything else."""
    found = _CODE.fullmatch(text.strip().upper())
    if not found:
        raise UserError("TD-TIME-001", text=text)
    year = int(found["year"])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UserError("TD-TIME-001", text=text)
    for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF):
        if found[kind.value]:
            return make_period(kind, year, int(found[kind.value]), calendar)
    return make_period(PeriodKind.YEAR, year, 1, calendar)


def period_of(day: date, kind: PeriodKind, calendar: Calendar = Calendar.DECREE09) -> Period:
    """The period of ``kind`` that holds ``day``."""
    period = make_period(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1, calendar)
    while day > period.end:
        period = following(period)
    while day < period.start:
        period = previous(period)
    return period


def shifted(period: Period, steps: int) -> Period:
    """The period of the same kind ``steps`` later (earlier when negative)."""
    in_year = 12 // _MONTHS[period.kind]
    year, place = divmod(period.year * in_year + period.number - 1 + steps, in_year)
    return make_period(period.kind, year, place + 1, period.calendar)


def previous(period: Period) -> Period:
    """The period of the same kind just before."""
    return shifted(period, -1)


def following(period: Period) -> Period:
    """The period of the same kind just after."""
    return shifted(period, 1)


def same_last_year(period: Period) -> Period:
    """The same period one year earlier (cùng kỳ năm trước)."""
    return make_period(period.kind, period.year - 1, period.number, period.calendar)


def months_in(period: Period) -> tuple[Period, ...]:
    """The month periods that make up ``period``, in order; they tile it."""
    months = _MONTHS[period.kind]
    last = period.number * months
    return tuple(
        make_period(PeriodKind.MONTH, period.year, month, period.calendar)
        for month in range(last - months + 1, last + 1)
    )


def due_on(period: Period, working_days: int | None = None) -> date:
    """The last day to hand in the report of ``period``: some working days after its end.

    ``working_days`` is what the receiving office has set; None takes the dated default (Decree 09/2019 art. 8.5.b).
    """
    days = whole_number_on("report_due_working_days", period.end) if working_days is None else working_days
    return due_after(period.end, days)


def _short_name(kind: PeriodKind, year: int, number: int) -> str:
    if kind is PeriodKind.MONTH:
        return f"Tháng {number}/{year}"
    if kind is PeriodKind.QUARTER:
        return f"Quý {_ROMAN[number]}/{year}"
    return f"6 tháng {_HALVES[number]} năm {year}" if kind is PeriodKind.HALF else f"Năm {year}"


def _span(start: date, end: date) -> str:
    """ "15/10 – 14/11", with the years when they differ."""
    year = "/%Y" if start.year != end.year else ""
    return f"{start.strftime('%d/%m' + year)} – {end.strftime('%d/%m' + year)}"


def _rule(kind: PeriodKind, calendar: Calendar, day: date) -> Mapping[str, int]:
    return cast(Mapping[str, int], mapping_on(f"period_{calendar}", day)[kind])


def _day_in_month(year: int, month: int, day: int) -> date:
    """``day`` of a month counted from January of ``year`` (0 is December before); day 0 is the month's last."""
    over, place = divmod(month - 1, 12)
    last = civil.monthrange(year + over, place + 1)[1]
    return date(year + over, place + 1, day or last)


def days_left(day: date, until: date) -> int:
    """Whole days from ``day`` to ``until``; negative when it has passed."""
    return (until - day) // timedelta(days=1)
