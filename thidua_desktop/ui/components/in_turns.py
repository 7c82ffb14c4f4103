"""What was read comes onto its page piece by piece, so that the window answers between two pieces.

A page that has read much puts it into cards, rows and charts; all at once that holds the window for some tens of
milliseconds, and longer where the machine is slow. Here each turn of the event loop gets what fits into a few of them;
between two turns keys, clicks and painting have theirs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QObject, QTimer

WHOLE_TURN = object()
"""What a piece returns after which Qt has much to lay out, such as a chart: the next one waits for the next turn."""
_SLICE = 0.005
"""Seconds of pieces in one turn; laying out and painting them takes as long again."""


class InTurns(QObject):
    """Does pieces one after the other as long as ``parent`` lives; the first of them at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: Iterator[Callable[[], object]] = iter(())
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def busy(self) -> bool:
        """Whether something is left to do."""
        return self._timer.isActive()

    def do(self, pieces: Iterable[Callable[[], object]]) -> None:
        """Does ``pieces``; what is left of those before is not done any more."""
        self._left = iter(pieces)
        self._turn()

    def drop(self) -> None:
        """What is left is not wanted any more."""
        self._left = iter(())
        self._timer.stop()

    def _turn(self) -> None:
        self._timer.stop()
        pieces, until = self._left, time.perf_counter() + _SLICE
        for piece in pieces:
            is_whole = piece()
            if pieces is not self._left:  # the piece itself began something else
                return
            if is_whole is WHOLE_TURN or time.perf_counter() >= until:
                self._timer.start()
                return
