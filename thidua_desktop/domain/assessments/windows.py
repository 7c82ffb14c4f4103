"""The counting window and the days of a set, for a year: the year is that of the window's last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from thidua_desktop.domain.assessments.sets import AssessmentSpec


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies in it."""
        return self.start <= day <= self.end


def day_in(year: int, month_day: str) -> date | None:
    """The day "MM-DD" of ``year``; 29 February falls on the 28th where there is none; None for ""."""
    if not month_day:
        return None
    month, _, day = month_day.partition("-")
    if (month, day) == ("02", "29"):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, int(month), int(day))


def window(spec: AssessmentSpec, year: int) -> DateSpan:
    """From which day to which day incidents count (Thông tư 124/2021/TT-BCA Điều 8: khu dân cư 01/11 to 31/10)."""
    end = day_in(year, spec.window_end)
    start = day_in(year, spec.window_start)
    assert start is not None and end is not None  # the loader has checked both
    if start > end:
        start = day_in(year - 1, spec.window_start)
        assert start is not None
    return DateSpan(start, end)


def year_of(spec: AssessmentSpec, day: date) -> int:
    """The year whose window holds ``day``."""
    for year in (day.year, day.year + 1):
        if window(spec, year).holds(day):
            return year
    return day.year


def holds_in(spec: AssessmentSpec, year: int) -> bool:
    """Whether the set was in force on the last day of the year's window."""
    end = window(spec, year).end
    return (spec.valid_from is None or spec.valid_from <= end) and (spec.valid_until is None or end <= spec.valid_until)
