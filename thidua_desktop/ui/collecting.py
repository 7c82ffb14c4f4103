"""Garbage is collected on the window's thread alone, and at moments when nobody would feel it.

Python collects on whatever thread happens to allocate: on a worker's it would take apart windows there, which ends the
program, and a collection of everything holds the window for some hundred milliseconds. So it never begins by itself
here: a timer of the window collects what is young often and in little pieces, and everything only while nobody touches
the desk and nothing runs. What an open desk is made of is set aside once, and never looked through again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from thidua_desktop.ui import tasks

_CALM, _BUSY, _REST = 250, 50, 3_000
"""Milliseconds from look to look: while something runs, small pieces often; while nobody is there, hardly ever."""

_QUIET = 3.0  # seconds without a touch
_YOUNG, _MIDDLE, _OLD = 700, 10, 10
"""As Python's own: so many new objects are worth a look, so many looks one at what they left, and so on."""
_OLD_AT_LAST = 200
"""So many looks at what is older, some ten minutes of work without a pause: then everything is looked at anyway."""


class Collector(QObject):
    """From now on until ``end``. ``untouched``: seconds since somebody last touched the desk."""

    def __init__(self, untouched: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._untouched = untouched
        self._set_aside_next = False
        gc.disable()
        self._timer = QTimer(self, interval=_CALM)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        tasks.at_begin.append(self._on_begun)

    def set_aside(self) -> None:
        """What is there is set aside; in the next quiet moment what a desk before this one left is let go."""
        gc.freeze()
        self._set_aside_next = True

    def look(self) -> None:
        """Collects what it is time for."""
        busy = bool(tasks.running())
        young, middle, old = gc.get_count()
        quiet = not busy and self._untouched() >= _QUIET
        self._timer.setInterval(_BUSY if busy else _REST if quiet and young < _YOUNG else _CALM)
        if quiet and self._set_aside_next:
            self._set_aside_next = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif old >= (_OLD if quiet else _OLD_AT_LAST):
            gc.collect()
        elif middle >= _MIDDLE:
            gc.collect(1)
        elif young >= _YOUNG:
            gc.collect(0)

    def _on_begun(self) -> None:
        """Work begins on another thread: what it leaves is looked for soon, also after a rest."""
        if self._timer.interval() != _BUSY:
            self._timer.setInterval(_BUSY)

    def end(self) -> None:
        """Python collects again by itself."""
        self._timer.stop()
        tasks.at_begin.remove(self._on_begun)
        gc.unfreeze()
        gc.enable()
