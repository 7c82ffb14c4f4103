"""Periods of Decree 09/2019 art. 12 and calendar periods."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.periods import (
    Calendar,
    Period,
    PeriodKind,
    days_left,
    due_on,
    following,
    months_in,
    parse_period,
    period_of,
    previous,
    same_last_year,
    shifted,
)
from thidua_desktop.errors import UserError

kinds = st.sampled_from(PeriodKind)
calendars = st.sampled_from(Calendar)
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "start", "end", "label"),
    [
        ("2026-11", date(2026, 10, 15), date(2026, 11, 14), "Tháng 11/2026: 15/10 – 14/11"),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14), "Tháng 1/2026: 15/12/2025 – 14/01/2026"),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14), "Quý I/2026: 15/12/2025 – 14/03/2026"),
        ("2026-Q3", date(2026, 6, 15), date(2026, 9, 14), "Quý III/2026: 15/06 – 14/09"),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14), "6 tháng đầu năm 2026: 15/12/2025 – 14/06/2026"),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14), "6 tháng cuối năm 2026: 15/06 – 14/12"),
        ("2026", date(2025, 12, 15), date(2026, 12, 14), "Năm 2026: 15/12/2025 – 14/12/2026"),
    ],
)
def test_days_of_decree_09(code: str, start: date, end: date, label: str) -> None:
    period = parse_period(code)
    assert (period.start, period.end, period.label, period.code) == (start, end, label, code)


def test_calendar_periods_end_on_the_last_day_of_a_month() -> None:
    february = parse_period("2028-02", Calendar.CALENDAR)
    assert (february.start, february.end) == (date(2028, 2, 1), date(2028, 2, 29))
    year = parse_period("2026", Calendar.CALENDAR)
    assert (year.start, year.end) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-00", "2026-Q5", "2026-H3", "26-11", "2026-1", "2026/11", "tháng 11", "2026-Q0", "1900"],
)
def test_other_codes_are_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_period(text)
    assert refused.value.code == "TD-TIME-001"


def test_small_letters_and_spaces_are_read() -> None:
    assert parse_period(" 2026-q3 ").code == "2026-Q3"


@given(days, kinds, calendars)
def test_periods_tile_time_without_gap_or_overlap(day: date, kind: PeriodKind, calendar: Calendar) -> None:
    period = period_of(day, kind, calendar)
    assert day in period
    assert following(period).start == period.end + ONE_DAY
    assert previous(period).end == period.start - ONE_DAY
    assert parse_period(period.code, calendar) == period


@given(days, kinds, calendars)
def test_months_tile_their_period(day: date, kind: PeriodKind, calendar: Calendar) -> None:
    period = period_of(day, kind, calendar)
    months = months_in(period)
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(later.start == earlier.end + ONE_DAY for earlier, later in pairwise(months))
    assert len(months) == {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]


def neighbours(code: str) -> tuple[str, str, str]:
    period: Period = parse_period(code)
    return previous(period).code, following(period).code, same_last_year(period).code


def test_neighbours_cross_the_year() -> None:
    assert neighbours("2026-01") == ("2025-12", "2026-02", "2025-01")
    assert neighbours("2026-Q4") == ("2026-Q3", "2027-Q1", "2025-Q4")
    assert neighbours("2026-H1") == ("2025-H2", "2026-H2", "2025-H1")
    assert neighbours("2026") == ("2025", "2027", "2025")
    assert shifted(parse_period("2026-03"), -15).code == "2024-12"


def test_names_on_screen_and_on_paper() -> None:
    assert [parse_period(code).name for code in ("2026-02", "2026-Q2", "2026-H2", "2026")] == [
        "Tháng 2/2026",
        "Quý II/2026",
        "6 tháng cuối năm 2026",
        "Năm 2026",
    ]
    assert [parse_period(code).paper_name for code in ("2026-02", "2026-11", "2026-Q2", "2026-H2", "2026")] == [
        "tháng 02 năm 2026",
        "tháng 11 năm 2026",
        "quý II năm 2026",
        "6 tháng cuối năm 2026",
        "năm 2026",
    ]


def test_the_report_is_due_one_working_day_after_the_end_unless_set_otherwise() -> None:
    november = parse_period("2026-11")  # ends on a Saturday
    assert due_on(november) == date(2026, 11, 16)
    assert due_on(november, working_days=3) == date(2026, 11, 18)
    assert days_left(date(2026, 11, 13), due_on(november)) == 3
    assert days_left(date(2026, 11, 17), due_on(november)) == -1
