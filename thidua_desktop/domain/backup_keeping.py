"""Which copies of the office file are kept: all of the last days, then fewer the older they are, within a size."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

ALL_FOR = timedelta(days=2)
DAILY_FOR = timedelta(weeks=2)
WEEKLY_FOR = timedelta(days=92)
MONTHLY_FOR = timedelta(days=731)
LEAST_KEPT = 2
"""The newest ones stay, however large they are: one more than one, should the last not be readable."""

LONGEST_PAUSE = timedelta(days=45)
"""Time in which no copy was made ages the older ones by no more: a clock set ten years ahead must not remove them all,
nor two years in which nobody worked."""

AHEAD = timedelta(days=1)
"""A copy from so far in the future was made under a wrong clock."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: its name, when it was made, and its size in bytes."""

    name: str
    at: datetime
    size: int


def superfluous(copies: Sequence[Copy], now: datetime, limit: int) -> tuple[Copy, ...]:
    """The copies that may go at ``now`` so that the others take no more than ``limit`` bytes, oldest first.

    All of 2 days, the last of each day for 2 weeks, of each week for 3 months, of each month for 2 years. Copies from
    the future are kept while there is room, and go first when there is none.
    """
    ahead = sorted((one for one in copies if one.at > now + AHEAD), key=_moment)
    past = sorted((one for one in copies if one.at <= now + AHEAD), key=_moment)
    kept = _thinned(past, now)
    taken = sum(one.size for one in (*ahead, *kept))
    spare = [*ahead, *kept]  # in the order in which they go
    while taken > limit and len(spare) > LEAST_KEPT:
        taken -= spare.pop(0).size
    staying = {one.name for one in spare}
    return tuple(one for one in (*past, *ahead) if one.name not in staying)


def _thinned(past: Sequence[Copy], now: datetime) -> list[Copy]:
    """The copies that their age leaves, oldest first; ``past`` is in order of time."""
    kept: list[Copy] = []
    seen: set[Hashable] = set()
    later, age = now, timedelta()
    for copy in reversed(past):
        age += min(max(later - copy.at, timedelta()), LONGEST_PAUSE)
        later = copy.at
        place = _place(copy, age)
        if len(kept) < LEAST_KEPT or (place is not None and place not in seen):
            kept.append(copy)
        if place is not None:
            seen.add(place)
    return kept[::-1]


def _place(copy: Copy, age: timedelta) -> Hashable | None:
    """What only one copy may stand for at this age; None when it is too old."""
    return next((place(copy) for until, place in _STEPS if age <= until), None)


def _moment(copy: Copy) -> tuple[datetime, str]:
    return copy.at, copy.name


_STEPS: tuple[tuple[timedelta, Callable[[Copy], Hashable]], ...] = (
    (ALL_FOR, lambda copy: ("copy", copy.name)),
    (DAILY_FOR, lambda copy: ("day", copy.at.date())),
    (WEEKLY_FOR, lambda copy: ("week", copy.at.isocalendar()[:2])),
    (MONTHLY_FOR, lambda copy: ("month", copy.at.year, copy.at.month)),
)
