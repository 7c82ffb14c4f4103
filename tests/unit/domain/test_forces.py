"""Grassroots forces: ages, months, the share of excellent ones, by the guidance's own numbers."""

from __future__ import annotations

from datetime import date

import pytest

from thidua_desktop.domain.forces import (
    Service,
    age_on,
    excellent_allowed,
    is_above_age,
    is_enough_done,
    is_too_young,
    months_active,
    rating_year,
    service_months,
    whole_months,
)

DAY = date(2026, 11, 14)


def test_members_are_eighteen_on_the_day_they_join() -> None:
    assert is_too_young(date(2026, 7, 1), date(2008, 7, 2), None)
    assert not is_too_young(date(2026, 7, 1), date(2008, 7, 1), None)
    assert not is_too_young(date(2026, 7, 1), None, 2008)  # the day is not known: perhaps eighteen
    assert is_too_young(date(2026, 7, 1), None, 2009)
    assert age_on(DAY, None, None) is None


def test_above_seventy_is_past_the_seventieth_birthday() -> None:
    assert not is_above_age(date(2026, 5, 12), date(1956, 5, 12), None)
    assert is_above_age(date(2026, 5, 13), date(1956, 5, 12), None)
    assert not is_above_age(DAY, None, 1956)
    assert is_above_age(DAY, None, 1955)
    assert not is_above_age(DAY, None, None)


def test_the_rating_year_runs_from_15_november() -> None:
    assert rating_year(2026) == (date(2025, 11, 15), date(2026, 11, 14))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 11, 15), date(2026, 11, 14), 12),
        (date(2026, 11, 1), date(2026, 11, 30), 1),
        (date(2026, 2, 15), date(2026, 11, 14), 9),
        (date(2026, 2, 16), date(2026, 11, 14), 8),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 5, 2), date(2026, 5, 1), 0),
    ],
)
def test_whole_months(first: date, last: date, months: int) -> None:
    assert whole_months(first, last) == months


def test_months_of_work_lie_within_the_rating_year() -> None:
    assert months_active(date(2020, 1, 1), None, 2026) == 12
    assert months_active(date(2026, 3, 1), None, 2026) == 8
    assert months_active(None, date(2026, 2, 14), 2026) == 3
    assert months_active(date(2026, 12, 1), None, 2026) == 0


def test_service_in_hard_areas_counts_twice() -> None:
    ordinary = Service(date(2018, 1, 1), date(2018, 12, 31))
    hard = Service(date(2019, 1, 1), date(2019, 6, 30), hard=True)
    assert service_months([ordinary, hard]) == 12 + 2 * 6
    assert service_months([]) == 0


@pytest.mark.parametrize(("good", "allowed"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (14, 2)])
def test_a_fifth_of_the_good_ones_in_whole_numbers(good: int, allowed: int) -> None:
    assert excellent_allowed(good, DAY) == allowed


def test_excellent_asks_for_more_than_95_percent() -> None:
    assert not is_enough_done(95, 100, DAY)
    assert is_enough_done(96, 100, DAY)
    assert is_enough_done(20, 21, DAY)
