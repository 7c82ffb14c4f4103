"""Sizes and times as this room says them."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from thidua_desktop.text import format_moment, format_number

_STEP = 1000


def size_text(size: int) -> str:
    """ "2,4 MB", as Windows' own people say it (thousands, one decimal)."""
    amount, unit = Decimal(size), "byte"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < _STEP:
            break
        amount, unit = amount / _STEP, larger
    if unit == "byte":
        return f"{size} byte"
    digits = 0 if amount >= 100 else 1
    exponent = Decimal(1).scaleb(-digits)
    return f"{format_number(amount.quantize(exponent, ROUND_HALF_UP), digits)} {unit}"


def moment_text(at: datetime) -> str:
    """ "16/11/2026, 10:24"."""
    return format_moment(at)
