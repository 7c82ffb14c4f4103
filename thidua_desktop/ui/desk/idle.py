"""How long nobody has touched the desk: the moment of the last key, click or move, and when to lock.

Filters sit on the program's windows as the system knows them, not on text fields: they note the time and let everything
pass. Words that an input method composes reach no window as keys; the moving cursor tells of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

LOOK_EVERY = 5_000  # milliseconds
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    }
)  # fmt: skip


class IdleWatch(QObject):
    """``idle`` once nobody touched a window of the program for ``limit()`` seconds, or the machine slept so long."""

    idle = Signal()

    def __init__(self, app: QGuiApplication, limit: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self._windows: set[QWindow] = set()
        self._app = app
        self.touch()
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app.focusWindowChanged.connect(self._follow)
        app.inputMethod().cursorRectangleChanged.connect(self.touch)
        self._follow(app.focusWindow())

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._looked = time.time()

    def untouched(self) -> float:
        """Seconds since somebody touched a window of the program."""
        return max(0.0, time.time() - self._touched)

    def look(self) -> None:
        """Tells when it is time. The clock of the wall also counts a closed lid; one that was put back counts anew."""
        now = time.time()
        if now < self._looked:
            self._touched = now
        self._looked = now
        if now - self._touched >= self._limit():
            self._touched = now
            self.idle.emit()

    def stop(self) -> None:
        """No longer watches; twice does no harm."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._app.focusWindowChanged.disconnect(self._follow)
        self._app.inputMethod().cursorRectangleChanged.disconnect(self.touch)
        for window in filter(isValid, self._windows):  # one that the system took away may not have said so yet
            window.removeEventFilter(self)
        self._windows.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notes the time of a touch; everything goes on as if nobody looked."""
        if event.type() in _TOUCHES:
            self._touched = time.time()
        return False

    def _follow(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            self._windows.add(window)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._windows.discard(window))
            self.touch()
