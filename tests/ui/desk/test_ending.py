"""The system ends the program by a signal: what is typed is kept, the loop is left, a second signal ends it at once."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.desk import ending
from thidua_desktop.ui.desk.ending import EndingSignals

_SIGNALS = () if sys.platform == "win32" else ("SIGTERM", "SIGHUP", "SIGINT")


@pytest.fixture
def did(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(ending.QCoreApplication, "quit", lambda: found.append("quit"))
    return found


@pytest.fixture
def signals(did: list[str], qapp: QApplication) -> Iterator[EndingSignals]:
    made = EndingSignals(lambda: did.append("keep"), qapp)
    yield made
    made.stop()


@pytest.mark.parametrize("name", _SIGNALS)
def test_a_signal_keeps_what_is_typed_and_leaves(
    signals: EndingSignals, did: list[str], qtbot: QtBot, name: str
) -> None:
    number = getattr(signal, name)
    signal.raise_signal(number)
    assert did == []  # not in the midst of whatever runs
    qtbot.waitUntil(lambda: did == ["keep", "quit"])
    assert signal.getsignal(number) is signal.SIG_DFL  # a program that hangs can be ended all the same


@pytest.mark.parametrize("name", _SIGNALS[:1])
def test_also_while_something_has_a_loop_of_its_own(signals: EndingSignals, did: list[str], name: str) -> None:
    """A dialog, a save that waits for its turn."""
    QTimer.singleShot(0, lambda: signal.raise_signal(getattr(signal, name)))
    loop = QEventLoop()
    QTimer.singleShot(5_000, loop.quit)
    waits = QTimer(loop, interval=10)
    waits.timeout.connect(lambda: loop.quit() if did else None)
    waits.start()
    loop.exec()
    assert did == ["keep", "quit"]


def test_afterwards_signals_are_as_before(did: list[str], qapp: QApplication) -> None:
    before = [signal.getsignal(getattr(signal, name)) for name in _SIGNALS]
    made = EndingSignals(lambda: None, qapp)
    made.stop()
    made.stop()
    assert [signal.getsignal(getattr(signal, name)) for name in _SIGNALS] == before
