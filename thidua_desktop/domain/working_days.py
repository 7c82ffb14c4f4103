"""Working days of offices: Monday to Friday, less public holidays, plus Saturdays worked in exchange.

Holidays stand in ``resources/law/holidays.toml`` by year; a year without a row knows only the fixed solar ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import cast

from thidua_desktop.domain.law_table import law_table, value_on

_ONE_DAY = timedelta(days=1)


@cache
def _year_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Holidays and worked Saturdays of a year."""
    first = date(year, 1, 1)
    for row in law_table("public_holidays"):
        if row.holds_on(first):
            days = cast(dict[str, list[str]], row.value)
            return _days(days["off"]), _days(days["worked"])
    fixed = cast(list[str], value_on("fixed_holidays", first))
    return _days(f"{year:04d}-{day}" for day in fixed), frozenset()


def _days(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


def is_working_day(day: date) -> bool:
    """Whether offices work on ``day``."""
    off, worked = _year_days(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def due_after(day: date, working_days: int) -> date:
    """The last day of a term of ``working_days`` that begins the day after ``day``.

    A term of 0 ends on ``day`` itself, or on the next working day when ``day`` is none.
    """
    due = day
    left = working_days
    while left > 0 or not is_working_day(due):
        due += _ONE_DAY
        if left > 0 and is_working_day(due):
            left -= 1
    return due
