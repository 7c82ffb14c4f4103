"""Terms in working days over week-ends, Tết and exchanged days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.working_days import due_after, is_working_day


def test_week_ends_and_holidays_are_no_working_days() -> None:
    assert is_working_day(date(2026, 11, 23))
    assert not is_working_day(date(2026, 11, 22))
    assert not is_working_day(date(2026, 2, 17))  # first day of the lunar year
    assert not is_working_day(date(2026, 8, 31))  # exchanged for a Saturday
    assert is_working_day(date(2026, 8, 22))


@pytest.mark.parametrize(
    ("day", "term", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết
        (date(2026, 4, 29), 2, date(2026, 5, 5)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_terms(day: date, term: int, due: date) -> None:
    assert due_after(day, term) == due


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 30))
def test_a_term_holds_exactly_its_working_days(day: date, term: int) -> None:
    due = due_after(day, term)
    assert is_working_day(due)
    passed = [day + timedelta(days=step) for step in range(1, (due - day).days + 1)]
    assert sum(is_working_day(one) for one in passed) == term


def test_a_year_without_its_own_row_knows_the_fixed_holidays() -> None:
    assert not is_working_day(date(2031, 9, 2))
