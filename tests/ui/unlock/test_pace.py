"""The wait after wrong passwords grows and ends."""

from __future__ import annotations

from thidua_desktop.ui.unlock.pace import FREE_TRIES, LONGEST, wait_after


def test_first_failures_cost_nothing_then_each_doubles() -> None:
    waits = [wait_after(failures) for failures in range(12)]
    assert waits[: FREE_TRIES + 1] == [0] * (FREE_TRIES + 1)
    assert waits[FREE_TRIES + 1 : FREE_TRIES + 4] == [2, 4, 8]
    assert waits == sorted(waits) and waits[-1] == LONGEST
