"""Periods of Decree 09/2019 art. 12 and calendar periods."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting_periods import calendar, parse_period
from thidua_desktop.domain import periods
from thidua_desktop.domain.calendars import CUTTING, Calendar, ClosingRule, Due, NamedSpan
from thidua_desktop.domain.periods import (
    Period,
    PeriodKind,
    days_left,
    due_on,
    following,
    make_period,
    months_in,
    previous,
    same_last_year,
    shifted,
    whole_year,
)
from thidua_desktop.errors import UserError

kinds = st.sampled_from(CUTTING)
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
    february = parse_period("2028-02", "calendar")
    assert (february.start, february.end) == (date(2028, 2, 1), date(2028, 2, 29))
    year = parse_period("2026", "calendar")
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


def closing(since: date, day: int) -> ClosingRule:
    """A rule that closes every kind of period on ``day`` of its last month."""
    ends = tuple(f"{month:02d}-{min(day, 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):02d}"
                 for month in range(1, 13))  # fmt: skip
    kinds = (("month", (str(day),)), ("quarter", ends[2::3]), ("half", ends[5::6]), ("year", ends[11:]))
    return ClosingRule(valid_from=since, closings=kinds)


@st.composite
def changing(draw: st.DrawFn) -> Calendar:
    """A calendar whose closing day changes up to four times."""
    since = sorted(draw(st.sets(st.dates(date(1960, 1, 1), date(2080, 12, 31)), max_size=4)))
    closes = draw(st.lists(st.integers(1, 28), min_size=len(since) + 1, max_size=len(since) + 1))
    rules = (closing(day, close) for day, close in zip([date(1945, 1, 1), *since], closes, strict=True))
    return Calendar(name="made", version=1, title="Lịch mẫu", rules=tuple(rules), mark="KV2")


@given(days, kinds, changing())
def test_periods_tile_time_without_gap_or_overlap(day: date, kind: PeriodKind, made: Calendar) -> None:
    period = periods.period_of(day, kind, made)
    assert day in period
    assert following(period).start == period.end + ONE_DAY
    assert previous(period).end == period.start - ONE_DAY
    assert periods.parse_period(period.code, made) == period


@given(kinds, changing(), st.integers(0, 600), st.integers(1, 28))
def test_a_later_rule_moves_nothing_that_closed_before_it(
    kind: PeriodKind, made: Calendar, months: int, day: int
) -> None:
    since = max(made.rules[-1].valid_from, date(1960, 1, 1)) + timedelta(days=17 * months + 1)
    later = made._replace(rules=(*made.rules, closing(since, day)))
    running = periods.period_of(since, kind, made)
    for steps in range(-14, 0):
        old = shifted(running, steps)
        assert make_period(kind, old.year, old.number, later) == old
    now = periods.period_of(since, kind, later)
    assert now.start == running.start or now.end < since + timedelta(days=400)
    assert make_period(kind, running.year, running.number, later).start == running.start


@given(days, kinds, changing())
def test_months_tile_their_period(day: date, kind: PeriodKind, made: Calendar) -> None:
    period = periods.period_of(day, kind, made)
    months = months_in(period)
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(later.start == earlier.end + ONE_DAY for earlier, later in pairwise(months))
    assert len(months) == {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]


@pytest.mark.parametrize(
    ("since", "close", "spans"),
    [
        (date(2027, 1, 10), 20, ["15/12/2026 – 20/01/2027", "21/01 – 20/02"]),  # lengthened
        (date(2027, 1, 20), 20, ["15/12/2026 – 14/01/2027", "15/01 – 20/02"]),  # January had closed
        (date(2027, 1, 12), 10, ["15/12/2026 – 14/01/2027", "15/01 – 10/02"]),  # the new day was over: shortened after
    ],
)
def test_the_period_in_which_a_rule_begins(since: date, close: int, spans: list[str]) -> None:
    later = calendar()._replace(rules=(*calendar().rules, closing(since, close)))
    found = [make_period(PeriodKind.MONTH, 2027, number, later).label.partition(": ")[2] for number in (1, 2)]
    assert found == spans


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
    assert due_on(november, Due(3)) == date(2026, 11, 18)
    assert due_on(november, Due(days=("25",))) == date(2026, 11, 25)
    assert due_on(parse_period("2026-H1"), Due(days=("06-25", "12-25"))) == date(2026, 6, 25)
    assert due_on(parse_period("2026-H2"), Due(days=("06-25", "12-25"))) == date(2026, 12, 25)
    assert due_on(november, Due(days=("05",))) == date(2026, 12, 7)  # 5/12 is a Saturday
    assert days_left(date(2026, 11, 13), due_on(november)) == 3
    assert days_left(date(2026, 11, 17), due_on(november)) == -1


def test_a_campaign_has_its_days_its_name_and_the_one_of_last_year() -> None:
    campaign = parse_period("2027-tet", "campaigns")
    assert (campaign.start, campaign.end, campaign.code) == (date(2026, 12, 15), date(2027, 2, 14), "2027-TET")
    assert campaign.name.endswith("dịp Tết Nguyên đán năm 2027")
    assert campaign.paper_title.endswith("dịp Tết Nguyên đán năm 2027, từ ngày 15/12/2026 đến ngày 14/02/2027")
    assert previous(campaign) == same_last_year(campaign) == parse_period("2026-TET", "campaigns")
    assert months_in(campaign) == () and whole_year(campaign) is None
    assert due_on(campaign) == date(2027, 2, 17)
    with pytest.raises(UserError, match="TD-TIME-001"):
        parse_period("2026-TETX", "campaigns")


def test_a_campaign_of_once_is_held_once_and_compared_with_the_same_days() -> None:
    once = NamedSpan(code="DH14", name="đợt bảo vệ Đại hội", first="2026-01-10", last="2026-01-25")
    made = Calendar(name="made", version=1, title="Lịch mẫu", spans=(once,))
    campaign = periods.parse_period("2026-DH14", made)
    assert (campaign.name, campaign.label) == ("Đợt bảo vệ Đại hội", "Đợt bảo vệ Đại hội: 10/01 – 25/01")
    assert (same_last_year(campaign).start, same_last_year(campaign).end) == (date(2025, 1, 10), date(2025, 1, 25))
    with pytest.raises(UserError, match="TD-TIME-006"):
        periods.parse_period("2025-DH14", made)


def test_codes_of_a_marked_calendar_are_no_other_calendars() -> None:
    marked = calendar()._replace(name="made", mark="KV2")
    for code in ("2026-11-KV2", "2026-Q3-KV2", "2026-H1-KV2", "2026-Y1-KV2"):
        period = periods.parse_period(code, marked)
        assert period.code == code and periods.cuts_time(code)
        assert periods.parse_among(code, (calendar(), marked)) == period
    for code in ("2026-11", "2026", "2026-KV2", "2026-11-KV3"):
        with pytest.raises(UserError, match="TD-TIME-001"):
            periods.parse_period(code, marked)
    assert not periods.cuts_time("2026-TET")
    assert not periods.cuts_time("gần đây")


def test_the_windows_of_assessments_are_those_of_the_sets() -> None:
    window = parse_period("2026-KHUDANCU", "assessment_windows")
    assert (window.start, window.end) == (date(2025, 11, 1), date(2026, 10, 31))
    assert parse_period("2026-CAPXA", "assessment_windows").start == date(2025, 11, 16)
