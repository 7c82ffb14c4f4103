"""Waiting for work that a test has begun."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from thidua_desktop.ui import tasks
from thidua_desktop.ui.components.in_turns import InTurns
from thidua_desktop.ui.components.long_work import LongWork

_PATIENCE = 60.0  # seconds; never reached but by what hangs


def wait_until(happened: Callable[[], bool]) -> None:
    """Lets the window live until something has happened."""
    end = time.monotonic() + _PATIENCE
    while not happened():
        assert time.monotonic() < end, "it never happened"
        QTest.qWait(2)


def finished(work: LongWork) -> None:
    """Lets the window live until nothing is being done in it."""
    wait_until(lambda: not work.busy)


def all_done() -> None:
    """Lets the window live until nothing runs on any other thread, and what came of it was told and begins nothing."""
    while True:
        wait_until(_all_told)
        QApplication.processEvents()
        if _all_told():
            return


def _all_told() -> bool:
    """What was begun and has ended within one turn of the window is on no thread any more, and not told yet either.

    What was told may still be on its way onto its page.
    """
    return not (tasks.running() or any(post._begun for post in tasks._posts) or _in_turns())


def _in_turns() -> bool:
    return any(one.busy for window in QApplication.topLevelWidgets() for one in window.findChildren(InTurns))
