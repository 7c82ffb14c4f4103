"""Changes, shares and odd values of report figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.figures import (
    change,
    change_words,
    format_percentage,
    is_odd,
    odd_reason,
    percentage,
    share_text,
    total,
)

DAY = date(2026, 11, 14)


@pytest.mark.parametrize(
    ("value", "base", "words"),
    [
        (60, 48, "tăng 12 buổi (25%) so với cùng kỳ"),
        (36, 48, "giảm 12 buổi (25%) so với cùng kỳ"),
        (48, 48, "không thay đổi so với cùng kỳ"),
        (12, 0, "tăng 12 buổi (cùng kỳ không có)"),
        (0, 0, "không thay đổi so với cùng kỳ"),
        (12, None, "cùng kỳ không có số liệu"),
        (1234, 1000, "tăng 234 buổi (23,4%) so với cùng kỳ"),
    ],
)
def test_changes_in_words(value: int, base: int | None, words: str) -> None:
    assert change_words(change(value, base), "buổi") == words


def test_changes_against_the_last_period_and_of_amounts() -> None:
    assert change_words(change(3, 4), "", "kỳ trước") == "giảm 1 (25%) so với kỳ trước"
    assert change_words(change(Decimal("1.5"), 1), "triệu đồng") == "tăng 0,5 triệu đồng (50%) so với cùng kỳ"
    assert change(1, -2).percent == Decimal("150.0")


def test_percentages_have_one_decimal_rounded_half_up() -> None:
    assert percentage(35, 52) == Decimal("67.3")
    assert percentage(1, 16) == Decimal("6.3")  # 6.25
    assert percentage(1, 0) is None
    assert format_percentage(percentage(1, 2)) == "50,0%"
    assert format_percentage(None) == "–"
    assert share_text(34, 52) == "34/52 (65,4%)"
    assert share_text(0, 0) == "0/0"


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_percentage_is_within_half_a_tenth_of_the_exact_one(part: int, whole: int) -> None:
    found = percentage(part, whole)
    assert found is not None
    assert abs(found * whole - 100 * Decimal(part)) <= Decimal("0.05") * whole


@pytest.mark.parametrize(
    ("value", "base", "odd"),
    [
        (30, 20, True),
        (29, 20, False),
        (10, 20, True),
        (9, 1, False),
        (11, 1, True),
        (10, 0, True),
        (9, 0, False),
        (99, None, False),
    ],
)
def test_odd_values_differ_much_and_by_enough(value: int, base: int | None, odd: bool) -> None:
    assert is_odd(value, base, DAY) is odd
    assert (odd_reason(value, base, "buổi", DAY) is not None) is odd


def test_an_office_may_set_its_own_threshold() -> None:
    assert is_odd(120, 100, DAY, percent=20)
    assert not is_odd(119, 100, DAY, percent=20)


def test_the_reason_says_what_changed() -> None:
    assert odd_reason(30, 20, "buổi", DAY) == "Tăng 10 buổi (50%) so với cùng kỳ: kiểm tra lại trước khi chốt."


def test_totals_skip_what_is_missing() -> None:
    assert total([1, None, 2]) == 3
    assert total([]) == 0
