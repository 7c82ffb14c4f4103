"""The days of the made-up year, reckoned from the day it is made: 13 closed report months and the running one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from thidua_desktop.domain.calendars import Calendar
from thidua_desktop.domain.periods import Period, PeriodKind, period_of, previous, shifted
from thidua_desktop.formdef.kept_definitions import kept_definitions
from thidua_desktop.services.periods import DEFAULT

_NAMED_DAYS = 60
_UNSIGNED_DAYS = 9


def _cut() -> Calendar:
    """The calendar by which the made-up office reports."""
    return kept_definitions().calendars[DEFAULT]


@dataclass(frozen=True, slots=True)
class DemoCalendar:
    """``today`` is the last day with records; the month before the running one was just closed."""

    today: date

    @property
    def closed(self) -> Period:
        """The report month that was closed last."""
        return previous(period_of(self.today, PeriodKind.MONTH, _cut()))

    @property
    def first(self) -> date:
        """The first day with records: the closed month's, a year earlier, so that it has a yardstick."""
        return shifted(self.closed, -12).start

    @property
    def last(self) -> date:
        """The last day with records."""
        return self.today

    @property
    def named_since(self) -> date:
        """Meetings from this day on carry the list of households one by one; older ones only their counts."""
        return self.today - timedelta(days=_NAMED_DAYS)

    @property
    def unsigned_since(self) -> date:
        """Some meetings from this day on still miss signatures."""
        return self.today - timedelta(days=_UNSIGNED_DAYS)

    def months(self) -> Iterator[tuple[date, date]]:
        """First and last day of every report month; the running one ends after today."""
        month = period_of(self.first, PeriodKind.MONTH, _cut())
        while month.start <= self.last:
            yield month.start, month.end
            month = shifted(month, 1)

    def festivals(self) -> Iterator[tuple[date, date]]:
        """The days of the movement's festival (before 19/8) that lie in the year."""
        for year in range(self.first.year, self.last.year + 1):
            start, end = date(year, 7, 20), date(year, 8, 19)
            if self.first <= start and end <= self.last:
                yield start, end
