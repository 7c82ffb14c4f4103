"""Targets in numbers: percent, result, first day reached, forecast."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain.emulation import (
    Achievement,
    Direction,
    Measure,
    Step,
    Term,
    achievement,
    first_reached,
    forecast,
    latest,
    percent_of,
)

YEAR = Term(date(2026, 1, 1), date(2026, 12, 31))
STEPS = [
    Step(date(2026, 9, 30), Decimal(60)), Step(date(2026, 3, 31), Decimal(20)), Step(date(2026, 6, 30), Decimal(50)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "target", "percent"),
    [("45", "60", "75.0"), ("212", "200", "106.0"), ("2", "3", "66.7"), ("1", "0", None), ("0", "8", "0.0")],
)
def test_percent_of_the_target(value: str, target: str, percent: str | None) -> None:
    assert percent_of(Decimal(value), Decimal(target)) == (Decimal(percent) if percent else None)


@pytest.mark.parametrize(
    ("value", "target", "direction", "result"),
    [
        (200, 200, Direction.MORE, Achievement.REACHED),
        (201, 200, Direction.MORE, Achievement.EXCEEDED),
        (199, 200, Direction.MORE, Achievement.NOT_REACHED),
        (3, 3, Direction.LESS, Achievement.REACHED),
        (2, 3, Direction.LESS, Achievement.EXCEEDED),
        (1, 0, Direction.LESS, Achievement.NOT_REACHED),
        (0, 0, Direction.LESS, Achievement.REACHED),
    ],
)
def test_how_a_target_ends(value: int, target: int, direction: Direction, result: Achievement) -> None:
    assert achievement(Decimal(value), Decimal(target), direction) is result


def test_the_newest_value_counts_and_the_first_day_that_was_enough() -> None:
    assert latest(STEPS) == STEPS[0]
    assert latest([]) is None
    assert latest([Step(date(2026, 3, 1), Decimal(1)), Step(date(2026, 3, 1), Decimal(2))]) == Step(
        date(2026, 3, 1), Decimal(2)
    )
    assert first_reached(STEPS, Decimal(50)) == date(2026, 6, 30)
    assert first_reached(STEPS, Decimal(61)) is None


def test_days_of_a_term_that_are_over() -> None:
    assert YEAR.days == 365
    assert [YEAR.passed(day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 7, 1), date(2027, 5, 1))] == [
        0, 1, 182, 365,
    ]  # fmt: skip


def test_a_forecast_goes_on_as_it_went() -> None:
    half = Step(date(2026, 7, 1), Decimal(91))  # 182 of 365 days
    assert forecast(half, YEAR, Measure.CUMULATIVE) == Decimal("182.50")
    assert forecast(half, YEAR, Measure.CUMULATIVE, Decimal(80)) == Decimal("182.50")
    assert forecast(half, YEAR, Measure.LEVEL, Decimal(80)) == Decimal("102.06")  # 80 + 11 × 365/182
    assert forecast(half, YEAR, Measure.LEVEL) == 91
    assert forecast(Step(date(2026, 12, 31), Decimal(182)), YEAR, Measure.CUMULATIVE) == 182
    assert forecast(Step(date(2025, 12, 1), Decimal(9)), YEAR, Measure.CUMULATIVE) is None
    falling = Step(date(2026, 3, 31), Decimal(2))  # 90 days: 10 fell to 2, a level is never below nothing
    assert forecast(falling, YEAR, Measure.LEVEL, Decimal(10)) == 0
