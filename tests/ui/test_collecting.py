"""Garbage is collected on the window's thread, in small pieces while somebody works and wholly when nobody does."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest

from tests.ui.working import all_done, wait_until
from thidua_desktop.ui import collecting
from thidua_desktop.ui.collecting import Collector
from thidua_desktop.ui.tasks import run_task

_gone: list[int] = []


class Knot:
    """Holds itself, so that only the collector finds it; tells on which thread it did."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        _gone.append(threading.get_ident())


@pytest.fixture
def untouched() -> list[float]:
    return [0.0]


@pytest.fixture
def collector(untouched: list[float], qtbot: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    _gone.clear()
    made = Collector(lambda: untouched[0])
    yield made
    made.end()
    assert gc.isenabled() and not gc.get_freeze_count()


@pytest.fixture
def generations(collector: Collector) -> Iterator[list[int]]:
    """Which generations were collected."""
    found: list[int] = []

    def note(phase: str, told: dict[str, int]) -> None:
        if phase == "stop":
            found.append(told["generation"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def test_what_a_worker_leaves_is_collected_on_the_windows_thread(collector: Collector) -> None:
    run_task(collector, lambda _control: [Knot() for _ in range(3_000)] and None)
    wait_until(lambda: len(_gone) == 3_000)
    assert set(_gone) == {threading.get_ident()}


def test_everything_is_looked_through_only_when_nobody_would_feel_it(
    collector: Collector, untouched: list[float], generations: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "get_count", lambda: (900, 20, 30))
    collector.look()
    assert generations == [1]
    untouched[0] = 5.0
    goes_on = threading.Event()
    run_task(collector, lambda _control: goes_on.wait())
    collector.look()
    assert generations == [1, 1]  # something runs
    goes_on.set()
    all_done()
    generations.clear()
    collector.look()
    assert generations == [2]


def test_work_without_any_pause_is_looked_through_at_last(
    collector: Collector, generations: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, collecting._OLD_AT_LAST))
    collector.look()
    assert generations == [2]


def test_a_desk_is_set_aside_when_it_is_quiet_and_what_was_before_let_go(
    collector: Collector, untouched: list[float]
) -> None:
    Knot()
    gc.freeze()  # the garbage of a desk before this one stands aside with it
    gc.collect()
    collector.set_aside()
    collector.look()
    assert not _gone
    untouched[0] = 5.0
    aside = gc.get_freeze_count()
    kept = [[number] for number in range(1_000)]
    collector.look()
    assert _gone and gc.get_freeze_count() > aside - 1_000 and not any(one is kept for one in gc.get_objects())


def test_a_desk_that_nobody_touches_is_hardly_looked_at(
    collector: Collector, untouched: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four looks a second kept the processor of an idle machine from its rest; work that begins ends it at once."""
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 0))
    collector.look()
    assert collector._timer.interval() == collecting._CALM
    untouched[0] = 5.0
    collector.look()
    assert collector._timer.interval() == collecting._REST
    run_task(collector, lambda _control: None)
    assert collector._timer.interval() == collecting._BUSY
    all_done()
    monkeypatch.setattr(gc, "get_count", lambda: (900, 0, 0))
    collector.look()
    assert collector._timer.interval() == collecting._CALM  # something still makes garbage
