"""Arithmetic of reports: change against another period, shares of a total, values that look odd. Rounds half up."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple, TypeAlias

from thidua_desktop.domain.law_table import whole_number_on
from thidua_desktop.text import format_number, upper_first

Number: TypeAlias = int | Decimal

_TENTH = Decimal("0.1")
_MOST_DIGITS = 18


def parse_number(value: object) -> Number:
    """A figure as files carry it: a whole number, or an exact decimal as text.

    ValueError for anything else, for what is not finite or has more than eighteen digits before or behind its point.
    """
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("not a number")
    try:
        number = Decimal(value)
    except InvalidOperation as fault:
        raise ValueError("not a number") from fault
    places = number.as_tuple().exponent
    if not isinstance(places, int) or places < -_MOST_DIGITS or number.adjusted() >= _MOST_DIGITS:
        raise ValueError("not a number that a report can hold")
    return value if isinstance(value, int) else number


class Change(NamedTuple):
    """``value`` against ``base``: None when the other period has no figure; ``percent`` is None when it is 0 too."""

    value: Number
    base: Number | None
    difference: Number | None
    percent: Decimal | None  # one decimal, signed


def change(value: Number, base: Number | None) -> Change:
    """Compare a figure with that of another period."""
    if base is None:
        return Change(value, None, None, None)
    difference = value - base
    return Change(value, base, difference, percentage(difference, _size(base)) if base else None)


def percentage(part: Number, whole: Number) -> Decimal | None:
    """100 · part / whole with exactly one decimal, half up; None when ``whole`` is 0."""
    if not whole:
        return None
    return (Decimal(100) * Decimal(part) / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)


def format_percentage(value: Decimal | None) -> str:
    """ "67,3%", always with one decimal so that commas align; "–" for None."""
    return "–" if value is None else f"{format_number(value, 1)}%"


def share_text(part: Number, whole: Number) -> str:
    """ "34/52 hộ" style figures without the unit: "34/52 (65,4%)"; without the share when ``whole`` is 0."""
    share = percentage(part, whole)
    counts = f"{format_number(part)}/{format_number(whole)}"
    return counts if share is None else f"{counts} ({format_percentage(share)})"


def change_words(found: Change, unit: str, against: str = "cùng kỳ") -> str:
    """A change as a report says it: "tăng 12 buổi (25%) so với cùng kỳ"; ``against`` is also "kỳ trước"."""
    if found.base is None or found.difference is None:
        return f"{against} không có số liệu"
    if found.difference == 0:
        return f"không thay đổi so với {against}"
    direction = "tăng" if found.difference > 0 else "giảm"
    amount = f"{direction} {format_number(_size(found.difference))} {unit}".rstrip()
    if found.percent is None:
        return f"{amount} ({against} không có)"
    return f"{amount} ({format_number(abs(found.percent))}%) so với {against}"


def is_odd(value: Number, base: Number | None, on_date: date, percent: int | None = None) -> bool:
    """Whether a figure differs so much from another period's that a person should look.

    ``percent`` is the office's own threshold; None takes the dated default. Small differences are never odd.
    """
    if base is None:
        return False
    limit = whole_number_on("odd_change_percent", on_date) if percent is None else percent
    difference = _size(value - base)
    if difference < whole_number_on("odd_change_least", on_date):
        return False
    return not base or 100 * difference >= limit * _size(base)


def odd_reason(value: Number, base: Number | None, unit: str, on_date: date, against: str = "cùng kỳ") -> str | None:
    """Why a figure is marked odd, or None when it is not."""
    if not is_odd(value, base, on_date):
        return None
    words = change_words(change(value, base), unit, against)
    return f"{upper_first(words)}: kiểm tra lại trước khi chốt."


def _size(value: Number) -> Number:
    return value if value >= 0 else -value


def total(values: list[Number | None]) -> Number:
    """Sum of the figures that exist; 0 when there are none."""
    return sum((value for value in values if value is not None), 0)
