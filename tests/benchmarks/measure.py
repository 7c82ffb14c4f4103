"""One measurement: our function and its floor, in turns, over growing sizes."""

from __future__ import annotations

import gc
import math
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CURVE = (1_000, 10_000, 100_000, 1_000_000)
Clock = Callable[[], float]
Typical = Callable[[Sequence[float]], float]


@dataclass(frozen=True, slots=True)
class Measurement:
    """``ours`` against ``floor``; both get what ``prepare(size, folder)`` made, outside the time taken.

    ``aim`` is the highest ratio that is good (design: quality.md). ``calls`` runs each function so often per sample,
    for work too short for the clock.
    """

    name: str
    aim: float
    prepare: Callable[[int, Path], Any]
    ours: Callable[[Any], object]
    floor: Callable[[Any], object]
    floor_name: str
    sizes: tuple[int, ...] = CURVE
    calls: int = 1
    close: Callable[[Any], object] | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """Medians at one size, in seconds per call."""

    size: int
    ours: float
    floor: float

    @property
    def ratio(self) -> float:
        """How many times the floor our way costs."""
        return self.ours / self.floor if self.floor else math.inf


def seconds(work: Callable[[Any], object], state: Any, calls: int, clock: Clock) -> float:
    """Time of one call, without the garbage collector's moods."""
    gc.collect()
    gc.disable()
    try:
        start = clock()
        for _ in range(calls):
            work(state)
        return (clock() - start) / calls
    finally:
        gc.enable()


def processor() -> float:
    """Seconds of the processor for this program and those that it started: other work on the machine is not in them."""
    import resource

    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def measure(
    measurement: Measurement, size: int, samples: int, clock: Clock, typical: Typical = statistics.median
) -> Point:
    """The ``typical`` one of ``samples`` pairs taken in turns, after one pair that only warms up."""
    [point] = measure_together([measurement], size, samples, clock, typical)
    return point


def measure_together(
    alike: Sequence[Measurement], size: int, samples: int, clock: Clock, typical: Typical = statistics.median
) -> list[Point]:
    """The same for measurements of one ``prepare``: what took minutes to make serves them all, one after the other."""
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        state = alike[0].prepare(size, Path(folder))
        try:
            return [_point(measurement, state, size, samples, clock, typical) for measurement in alike]
        finally:
            if alike[0].close is not None:
                alike[0].close(state)


def _point(
    measurement: Measurement, state: object, size: int, samples: int, clock: Clock, typical: Typical
) -> Point:  # fmt: skip
    pairs = [
        (
            seconds(measurement.floor, state, measurement.calls, clock),
            seconds(measurement.ours, state, measurement.calls, clock),
        )
        for _ in range(samples + 1)
    ][1:]
    floor, ours = zip(*pairs, strict=True)
    return Point(size, typical(ours), typical(floor))


def curves(
    alike: Sequence[Measurement], largest: int, samples: int, clock: Clock, typical: Typical = statistics.median
) -> list[list[Point]]:
    """For each of some measurements of one ``prepare`` its points at every size up to ``largest``; the smallest always.

    They must have the same sizes.
    """
    sizes = [size for size in alike[0].sizes if size <= largest or size == alike[0].sizes[0]]
    found = [measure_together(alike, size, samples, clock, typical) for size in sizes]
    return [list(points) for points in zip(*found, strict=True)]


def growth(points: list[Point]) -> float | None:
    """Exponent by which our cost grows from the first size to the last: 0 constant, 1 linear, 2 quadratic."""
    if len(points) < 2 or points[0].ours <= 0:
        return None
    return math.log(points[-1].ours / points[0].ours) / math.log(points[-1].size / points[0].size)
