"""Periods of the program's own calendars, for tests: by code, or by a day."""

from __future__ import annotations

from datetime import date

from thidua_desktop.domain import periods
from thidua_desktop.domain.calendars import Calendar
from thidua_desktop.domain.periods import Period, PeriodKind
from thidua_desktop.formdef.kept_definitions import kept_definitions


def calendar(name: str = "decree09") -> Calendar:
    """A released calendar."""
    return kept_definitions().calendars[name]


def parse_period(code: str, name: str = "decree09") -> Period:
    """The period of a code."""
    return periods.parse_period(code, calendar(name))


def period_of(day: date, kind: PeriodKind, name: str = "decree09") -> Period:
    """The period that holds a day."""
    return periods.period_of(day, kind, calendar(name))
