"""Numbers, days and hours as people write and read them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.text import (
    decree_date,
    decree_number,
    format_date,
    format_moment,
    format_number,
    parse_date,
    parse_number,
    parse_time,
    unit_beside,
    with_unit,
)

TODAY = date(2026, 11, 23)
days = st.dates(min_value=date(1945, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", 1234),
        ("1.234,5", Decimal("1234.5")),
        ("1234,5", Decimal("1234.5")),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1234567),
        ("0", 0),
        ("007", 7),
        (" 12 ", 12),
        ("-3", -3),
        ("−1.000,25", Decimal("-1000.25")),
        ("+5", 5),
        ("1234.5", Decimal("1234.5")),
        ("0.125", Decimal("0.125")),
        ("1,234", Decimal("1.234")),
        ("1,234,567", 1234567),
        ("1,234.5", Decimal("1234.5")),
        ("2.530.000", 2530000),
        ("12,5 triệu", 12500000),
        ("12,5 Triệu đồng", 12500000),
        ("1,25tr", 1250000),
        ("1,2 tỷ", 1200000000),
        ("500 nghìn", 500000),
        ("500.000đ", 500000),
        ("500.000 VNĐ", 500000),
        ("0,5 đồng", Decimal("0.5")),
        ("\u200b1.250\ufeff", 1250),  # copied from a web page, with marks that nobody sees
        ("１．２５０", 1250),
    ],
)
def test_numbers_are_read_as_vietnamese_writes_them(text: str, value: int | Decimal) -> None:
    read = parse_number(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "text",
    ["", "-", "abc", "12 34", "1.23.456", "1,2,3", "1..2", "5,", ",5", "1.234,567,8", "٣", "1e5", "1/2", "12a", "tr"],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["9" * 5_000, f"-{'9' * 5_000}", "1" + ".000" * 2_000, f"{'9' * 5_000},5"])
def test_a_page_of_digits_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_numbers_are_written_with_dots_and_a_decimal_comma() -> None:
    assert format_number(Decimal("1234567.89")) == "1.234.567,89"
    assert format_number(-1234) == "-1.234"
    assert format_number(Decimal("25.650")) == "25,65"
    assert format_number(Decimal("0.25"), 1) == "0,3"
    assert format_number(Decimal("-0.04"), 1) == "0,0"
    assert format_number(12, 1) == "12,0"
    assert format_number(Decimal("1E+3")) == "1.000"


@given(st.one_of(st.integers(-(10**12), 10**12), st.decimals(-(10**9), 10**9, allow_nan=False, places=2)))
def test_numbers_come_back_as_written(value: int | Decimal) -> None:
    assert parse_number(format_number(value)) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/3", date(2026, 3, 1)),
        ("01/03/2026", date(2026, 3, 1)),
        ("01032026", date(2026, 3, 1)),
        ("010326", date(2026, 3, 1)),
        ("0103", date(2026, 3, 1)),
        ("1-3-26", date(2026, 3, 1)),
        ("1.3.2026", date(2026, 3, 1)),
        ("1 3 2026", date(2026, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        ("1/3/75", date(1975, 3, 1)),
        ("hôm nay", TODAY),
        ("Hôm qua", date(2026, 11, 22)),
        ("hom kia", date(2026, 11, 21)),
        ("ngày mai", date(2026, 11, 24)),
        ("ngày 5 tháng 3 năm 2026", date(2026, 3, 5)),
        ("Ngày 05 tháng 02, 2026", date(2026, 2, 5)),
        ("5 tháng 3", date(2026, 3, 5)),
        ("\u200b1/3/2026\u200e", date(2026, 3, 1)),
        ("hôm\u200b qua", date(2026, 11, 22)),
        ("１／３／２０２６", date(2026, 3, 1)),
        ("Chủ nhật, 01/03/2026", date(2026, 3, 1)),
        ("thứ hai ngày 2 tháng 3", date(2026, 3, 2)),
        ("t2 2/3", date(2026, 3, 2)),
    ],
)
def test_days_are_read_in_many_forms(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "31/2", "32/1/2026", "3/2026", "29/2/2025", "tháng 3", "1/13", "00/01/2026", "1/1/0026"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_date(text, TODAY) is None


def test_a_day_without_a_year_lies_near_today() -> None:
    january = date(2026, 1, 5)
    assert parse_date("28/12", january) == date(2025, 12, 28)
    assert parse_date("1/3", january) == date(2026, 3, 1)
    assert parse_date("29/2", date(2025, 3, 1)) == date(2024, 2, 29)


@given(days, days)
def test_days_come_back_as_written(day: date, today: date) -> None:
    assert parse_date(format_date(day), today) == day
    assert parse_date(decree_date(day), today) == day
    assert parse_date(day.isoformat(), today) == day
    assert parse_date(day.strftime("%d%m%Y"), today) == day


@given(days, st.integers(-180, 180))
def test_a_day_near_today_needs_no_year_or_a_short_one(today: date, distance: int) -> None:
    day = today + timedelta(days=distance)
    assert parse_date(day.strftime("%d/%m/%y"), today) == day
    if (day.month, day.day) != (2, 29) and (day.year == today.year or distance < -182):
        assert parse_date(f"{day.day}/{day.month}", today) == day


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("19h30", time(19, 30)),
        ("1930", time(19, 30)),
        ("19:30", time(19, 30)),
        ("19H", time(19, 0)),
        ("7 giờ 15 phút", time(7, 15)),
        ("7g05", time(7, 5)),
        ("730", time(7, 30)),
        ("0:00", time(0, 0)),
        ("7h tối", time(19, 0)),
        ("7 giờ rưỡi tối", time(19, 30)),
        ("7 rưỡi", time(7, 30)),
        ("1h30 trưa", time(13, 30)),
        ("11h trưa", time(11, 0)),
        ("2 giờ 15 chiều", time(14, 15)),
        ("14h chiều", time(14, 0)),
        ("8h sáng", time(8, 0)),
        ("10h đêm", time(22, 0)),
        ("8h kém 15", time(7, 45)),
        ("9 giờ kém 10", time(8, 50)),
        ("8 giờ kém 5 phút tối", time(19, 55)),
        ("24h kém 15", time(23, 45)),
    ],
)
def test_hours_are_read(text: str, hour: time) -> None:
    assert parse_time(text) == hour


@pytest.mark.parametrize(
    "text", ["", "24h", "19h60", "19", "abc", "19:30:00", "12h đêm", "15p", "1 5", "tối", "0h kém 5", "8h kém"]
)
def test_what_is_no_hour_is_none(text: str) -> None:
    assert parse_time(text) is None


def test_papers_print_days_and_numbers_as_decree_30_asks() -> None:
    assert decree_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert decree_date(date(2026, 8, 15)) == "ngày 15 tháng 8 năm 2026"
    assert decree_date(date(2026, 10, 9)) == "ngày 09 tháng 10 năm 2026"
    assert decree_number(5) == "05"
    assert decree_number(123) == "123"


def test_the_desk_says_moments_and_amounts_in_one_way() -> None:
    assert format_moment(datetime(2026, 11, 9, 8, 5, 59)) == "09/11/2026, 08:05"
    assert (with_unit("40", "hộ"), with_unit("40", "%"), with_unit("40", "")) == ("40 hộ", "40%", "40")


@pytest.mark.parametrize(
    ("name", "unit", "said"),
    [
        ("Khu dân cư", "khu dân cư", ""),
        ("Hộ gia đình", "hộ", ""),
        ("Hộ ký cam kết", "hộ", ""),
        ("Thành viên tổ tự quản", "người", "người"),
        ("Hội viên", "hộ", "hộ"),
        ("Nhân khẩu", "", ""),
    ],
)
def test_a_unit_that_begins_the_name_is_not_said_again(name: str, unit: str, said: str) -> None:
    assert unit_beside(name, unit) == said
