"""Emulation targets in numbers: percent, result at closing, forecast to the end (Law 06/2022/QH15 art. 17, 19).

Nothing here knows today: who shows progress gives the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from thidua_desktop.domain.record_values import Values, date_of, number_of, rows_of

_TENTH = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")


class Direction(StrEnum):
    """Which side of the target is the good one."""

    MORE = "more"
    LESS = "less"


class Measure(StrEnum):
    """What a value of progress says: what was gathered since the start, or how it stands on that day."""

    CUMULATIVE = "cumulative"
    LEVEL = "level"


class Achievement(StrEnum):
    """How a closed target ended; the codes of the catalog target_result."""

    EXCEEDED = "exceeded"
    REACHED = "reached"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Step:
    """A value of progress and its day."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """The days that a target runs over, both inclusive."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.end - self.start).days + 1

    def passed(self, day: date) -> int:
        """Days of it that are over at the end of ``day``; never more than the whole, never less than none."""
        return min(self.days, max(0, (day - self.start).days + 1))


def latest(steps: Iterable[Step]) -> Step | None:
    """The newest value; of two on one day the one written last."""
    found: Step | None = None
    for step in steps:
        if found is None or step.day >= found.day:
            found = step
    return found


def percent_of(value: Decimal, target: Decimal) -> Decimal | None:
    """``value`` as a percentage of the target with one decimal; None for a target of nothing ("không để xảy ra")."""
    if target <= 0:
        return None
    return (value * 100 / target).quantize(_TENTH, ROUND_HALF_UP)


def achievement(value: Decimal, target: Decimal, direction: Direction) -> Achievement:
    """Đạt, vượt mức or chưa đạt."""
    if value == target:
        return Achievement.REACHED
    better = value > target if direction is Direction.MORE else value < target
    return Achievement.EXCEEDED if better else Achievement.NOT_REACHED


def first_reached(steps: Iterable[Step], target: Decimal) -> date | None:
    """The first day on which a target that wants more was reached."""
    days = [step.day for step in steps if step.value >= target]
    return min(days, default=None)


def forecast(last: Step, term: Term, measure: Measure, base: Decimal | None = None) -> Decimal | None:
    """What the term will end with if it goes on as it went until the last value; None before the first day is over.

    What is gathered grows from nothing, a level moves from where it began (``base``; unknown: it stays).
    """
    passed = term.passed(last.day)
    if passed == 0:
        return None
    start = Decimal(0) if measure is Measure.CUMULATIVE else base
    if start is None:
        return last.value
    moved = (last.value - start) * term.days / passed
    return max(Decimal(0), start + moved).quantize(_HUNDREDTH, ROUND_HALF_UP)


def steps_of(values: Values, rows: str) -> list[Step]:
    """The typed progress of a target: rows of day, value, note."""
    found = []
    for row in rows_of(values.get(rows)):
        day, value = date_of(row, "day"), number_of(row, "value")
        if day is not None and value is not None:
            found.append(Step(day, Decimal(value)))
    return found
