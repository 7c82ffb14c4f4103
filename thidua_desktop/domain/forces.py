"""Grassroots forces: age of members, service that counts, the yearly rating (Law 30/2023/QH15; guidance 01/HD-BCA-V05).

Numbers stand in ``resources/law/forces.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from thidua_desktop.domain.law_table import mapping_on, whole_number_on


class Level(StrEnum):
    """The four levels of the yearly rating, best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    FAILED = "failed"


RANKS = {Level.EXCELLENT: 3, Level.GOOD: 2, Level.COMPLETED: 1, Level.FAILED: 0}


@dataclass(frozen=True, slots=True)
class Service:
    """A time of service, both days included; ``hard``: in a specially difficult, border or island area."""

    first: date
    last: date
    hard: bool = False


def age_on(day: date, born_on: date | None, birth_year: int | None) -> int | None:
    """Years lived; from the birth year alone the most that it can be. None when neither is known."""
    if born_on is not None:
        return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    return None if birth_year is None else day.year - birth_year


def is_too_young(joined: date, born_on: date | None, birth_year: int | None) -> bool:
    """Under 18 on the day of joining; with the birth year alone only when certain."""
    age = age_on(joined, born_on, birth_year)
    return age is not None and age < _number("force_member_age", "youngest", joined)


def is_above_age(day: date, born_on: date | None, birth_year: int | None) -> bool:
    """Above 70: has lived 70 years and more than their last day; with the birth year alone only when certain."""
    oldest = _number("force_member_age", "oldest", day)
    age = age_on(day, born_on, birth_year)
    if age is None:
        return False
    return age > oldest or (born_on is not None and age == oldest and day.timetuple()[1:3] > born_on.timetuple()[1:3])


def rating_year(year: int) -> tuple[date, date]:
    """First and last day of a rating year: 15/11 of the year before to 14/11."""
    bounds = mapping_on("force_rating_year", date(year, 1, 1))
    first = date(year - 1, _int(bounds["first_month"]), _int(bounds["first_day"]))
    return first, date(year, _int(bounds["last_month"]), _int(bounds["last_day"]))


def months_active(joined: date | None, left: date | None, year: int) -> int:
    """Whole months of work within a rating year, from joining to leaving."""
    first, last = rating_year(year)
    begins, ends = max(first, joined or first), min(last, left or last)
    return whole_months(begins, ends)


def whole_months(first: date, last: date) -> int:
    """Whole months from ``first`` to ``last``, both included: 15/11 to 14/12 is one, 01/11 to 30/11 too."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    return max(0, months - (after.day < first.day))


def service_months(services: Iterable[Service]) -> int:
    """Months of service with their coefficient (Circular 20/2025/TT-BCA art. 4): those of hard areas count twice."""
    total = 0
    for one in services:
        coefficient = _number("force_service_coefficient", "hard" if one.hard else "ordinary", one.last)
        total += whole_months(one.first, one.last) * coefficient
    return total


def excellent_allowed(good: int, day: date) -> int:
    """How many may be rated excellent: at most 20 % of those rated good, in whole numbers (01/HD-BCA-V05)."""
    return good * _number("force_rating_excellent", "percent", day) // 100


def is_enough_done(done: int | Decimal, given: int | Decimal, day: date) -> bool:
    """Whether more than 95 % of the tasks were done, as the excellent level asks."""
    return done * 100 > given * _number("force_rating_excellent", "tasks_above", day)


def least_months(day: date) -> int:
    """Months of activity below which nobody is rated."""
    return whole_number_on("force_rating_least_months", day)


def _number(table: str, name: str, day: date) -> int:
    return _int(mapping_on(table, day)[name])


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
