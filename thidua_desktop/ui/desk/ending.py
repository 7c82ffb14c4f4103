"""The system ends the program: on Linux a signal tells so, to every program of a person who logs off.

Left alone a signal ends the process at once, with what was typed in the last two seconds and in open dialogs. Python
itself hears of one only when it has its turn; the socket wakes Qt's loop.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

_NAMES = () if sys.platform == "win32" else ("SIGTERM", "SIGHUP", "SIGINT")  # Windows asks its windows


class EndingSignals(QObject):
    """At the first signal that would end the process calls ``keep`` and leaves the loop, as a closed window does; a
    second one ends the process. ``stop`` at the end.
    """

    def __init__(self, keep: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep = keep
        self._numbers = [getattr(signal, name) for name in _NAMES]
        self._before = {number: signal.getsignal(number) for number in self._numbers}
        self._end, self._told = socket.socketpair()
        for one in (self._end, self._told):
            one.setblocking(False)
        self._wakeup = signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False) if self._numbers else -1
        for number in self._numbers:
            signal.signal(number, self._hear)
        self._notifier = QSocketNotifier(self._end.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_told)

    def _hear(self, _number: int, _frame: object) -> None:
        """Nothing here: the loop is told by the socket, and does what has to be done on its own."""

    def _on_told(self) -> None:
        self._end.recv(64)
        for number in self._numbers:
            signal.signal(number, signal.SIG_DFL)
        self._keep()
        QCoreApplication.quit()

    def stop(self) -> None:
        """Signals end the process again as before; twice does no harm."""
        if not self._notifier.isEnabled():
            return
        self._notifier.setEnabled(False)
        if self._numbers:
            signal.set_wakeup_fd(self._wakeup)
        for number, before in self._before.items():
            signal.signal(number, before)
        self._end.close()
        self._told.close()
