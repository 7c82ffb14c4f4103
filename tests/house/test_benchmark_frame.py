"""The frame of the benchmarks measures what it says, shown with a clock that only our functions move."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import as_json, duration, measurements, rows, together
from tests.benchmarks.measure import Measurement, Point, curves, growth, measure, processor


class HandClock:
    """Stands still unless work is done."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, cost: float) -> None:
        """Let time pass."""
        self.now += cost


def sample(clock: HandClock, closed: list[int]) -> Measurement:
    """Ours costs three times the floor, both grow with the size."""
    return Measurement(
        name="sample",
        aim=2.0,
        prepare=lambda size, folder: size,
        ours=lambda size: clock.work(3.0 * size),
        floor=lambda size: clock.work(1.0 * size),
        floor_name="nothing",
        sizes=(10, 100, 1000),
        close=closed.append,
    )


def test_point_holds_medians_and_ratio() -> None:
    clock, closed = HandClock(), []
    point = measure(sample(clock, closed), 10, 3, clock)
    assert (point.ours, point.floor, point.ratio) == (30.0, 10.0, 3.0)
    assert closed == [10]


def test_curve_stops_at_the_largest_size() -> None:
    clock = HandClock()
    [points] = curves([sample(clock, [])], 100, 1, clock)
    assert [point.size for point in points] == [10, 100]
    assert growth(points) == pytest.approx(1.0)


def test_what_is_made_serves_every_measurement_of_it_and_is_closed_once() -> None:
    clock, closed, made = HandClock(), list[int](), list[int]()
    one = sample(clock, closed)
    first = replace(one, prepare=lambda size, _folder: made.append(size) or size)
    other = replace(first, name="other", ours=lambda size: clock.work(2.0 * size))
    assert together([first, one, other]) == [[first, other], [one]]
    dear, cheap = curves([first, other], 100, 2, clock)
    assert [point.ratio for point in (*dear, *cheap)] == [3.0, 3.0, 2.0, 2.0]
    assert made == closed == [10, 100]


def test_a_ratio_above_its_aim_is_marked() -> None:
    measurement = sample(HandClock(), [])
    assert "3.00!" in rows(measurement, [Point(10, 3.0, 1.0)])[0]
    assert "!" not in rows(measurement, [Point(10, 2.0, 1.0)])[0]


def test_json_repeats_the_table() -> None:
    document = as_json([(sample(HandClock(), []), [Point(10, 3.0, 1.5)])])
    assert document["measurements"][0]["points"] == [{"size": 10, "ours": 3.0, "floor": 1.5, "ratio": 2.0}]


def test_durations_are_readable() -> None:
    assert [duration(value) for value in (2.5, 0.0025, 2.5e-6, 2.5e-8)] == ["2.50 s", "2.50 ms", "2.50 µs", "25 ns"]


def test_every_measurement_works_at_a_small_size(tmp_path: Path) -> None:
    found = measurements()
    assert len({each.name for each in found}) == len(found) > 0
    for measurement in found:
        state = measurement.prepare(2, tmp_path)
        try:
            measurement.floor(state)
            measurement.ours(state)
        finally:
            if measurement.close is not None:
                measurement.close(state)


def test_a_busy_machine_is_measured_by_the_least_time_of_the_processor() -> None:
    def cost(numbers: list[int]) -> None:
        clock.work(float(numbers.pop()))

    clock = HandClock()
    shaken = Measurement(
        "shaken", 2.0, lambda size, _folder: [5, 9, 3, 7, 1], cost, lambda _size: None, "nothing", (1,)
    )
    assert measure(shaken, 1, 4, clock, min).ours == 3.0
    before = processor()
    sum(number * number for number in range(300_000))
    assert processor() > before
