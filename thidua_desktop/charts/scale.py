"""Axes that end on round numbers, and numbers as they are written beside marks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from thidua_desktop.charts.model import Value
from thidua_desktop.text import format_number

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis from 0 to ``high``, with a tick at every ``step``."""

    high: float
    step: float

    def part(self, value: Value) -> float:
        """How much of the axis a value takes, 0 to 1."""
        return min(1.0, max(0.0, float(value) / self.high))

    @property
    def ticks(self) -> list[float]:
        """All ticks, both ends included."""
        return [self.step * number for number in range(round(self.high / self.step) + 1)]


def scale_for(values: Iterable[Value]) -> Scale:
    """An axis over all values, with two to six ticks at 1, 2, 2.5 or 5 times a power of ten."""
    numbers = [float(value) for value in values]
    most = max(0.0, *numbers, 0.0) or 1.0
    power = 10.0 ** math.floor(math.log10(most / 4))
    whole = all(number.is_integer() for number in numbers)
    steps = [factor * power for factor in (1, 2, 2.5, 5, 10) if not whole or (factor * power).is_integer()]
    step = next((step for step in steps if most / step <= 5), 1.0)
    return Scale(max(math.ceil(most / step - 1e-9), 1) * step, step)


@lru_cache(maxsize=4096)  # each number is measured, written beside its mark and said
def value_text(value: Value | None) -> str:
    """``1.234,5``; "–" where there is no figure. A float's shortest form is what it means."""
    if value is None:
        return NOTHING
    return format_number(Decimal(repr(value)) if isinstance(value, float) else value)


def percent_text(part: Value, whole: Value) -> str:
    """ "67,3%", one decimal, half up."""
    return format_number(100 * _exact(part) / _exact(whole), 1) + "%"


def _exact(value: Value) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
