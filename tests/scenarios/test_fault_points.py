"""A sample of ``make faults``: every operation struck at a few calls by every kind of fault, and by power cuts."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.faults import run
from tests.faults.operations import WORK


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[run.Bench]:
    made = run.Bench(tmp_path_factory.mktemp("faults"))
    yield made
    made.close()


@pytest.mark.parametrize("operation", WORK)
def test_nothing_told_is_lost(bench: run.Bench, operation: str) -> None:
    luck = random.Random(operation)
    count = len(bench.calls(operation))
    assert count > 20  # the layer sees the operation's writes
    for kind in run.PROCESS_KINDS:
        bench.strike(operation, kind, luck.randrange(count))
    cuts = list(bench.cuts(operation, [luck.randrange(count), luck.randrange(count)], luck))
    assert len(cuts) in {3, 6}


def test_a_fault_strikes(bench: run.Bench) -> None:
    """The layer does what it says: without that, all of the above would prove nothing."""
    folder = bench.copy()
    killed = bench.runner.run("save", folder.path, "kill", 10)
    assert killed.status == run.KILLED and len(killed.told) < 8
    full = bench.runner.run("save", bench.copy().path, "full", 10)
    assert full.status == 0 and full.said.startswith("TD-ENV-")


def test_a_lost_sync_would_be_found(bench: run.Bench) -> None:
    """A disk on which nothing of the work is, though all of it was told, does not pass."""
    folder = bench.copy()
    with pytest.raises(AssertionError):
        run.verify("save", folder, (f"{'0' * 36} 40",))
