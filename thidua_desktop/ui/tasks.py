"""Long work off the window's thread: progress, cancel, and the result or exception back on the window's thread.

The function gets a ``TaskControl`` and returns plain data. It must not touch widgets, nor a database connection of the
window's thread; it opens its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

_TELL_EVERY = 0.03  # seconds


class CancelledError(Exception):
    """Raised inside the work by ``TaskControl.stop_if_cancelled``."""


class TaskControl:
    """What the work sees of its task: where to tell progress, and whether to stop. Safe from any thread."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._cancel = threading.Event()

    def progress(self, done: int, total: int = 0, text: str = "") -> None:
        """Tells how many of how many are done; also stops the work when it was cancelled."""
        self.stop_if_cancelled()
        self._tell(done, total, text)

    def stop_if_cancelled(self) -> None:
        """Raises ``CancelledError`` when the person pressed stop."""
        if self._cancel.is_set():
            raise CancelledError

    @property
    def cancelled(self) -> bool:
        """True once the person pressed stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Asks the work to stop at its next look."""
        self._cancel.set()


class Task(QObject):
    """One running piece of work. Signals arrive on the thread of the object that started it.

    ``succeeded`` carries the result, ``failed`` the exception, ``stopped`` follows a cancel; ``finished`` comes last.
    Nothing is emitted after ``parent`` is gone.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    finished = Signal()
    _told = Signal(int, int, str)
    _ended = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.control = TaskControl(self._tell)
        self._last_told = 0.0
        self._told.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Asks the work to stop."""
        self.control.cancel()

    def _tell(self, done: int, total: int, text: str) -> None:
        now = time.monotonic()
        if done < total and now - self._last_told < _TELL_EVERY:
            return  # a fast loop must not flood the window with repaints
        self._last_told = now
        self._told.emit(done, total, text)

    @Slot(str, object)
    def _on_ended(self, how: str, what: object) -> None:
        if how == "result":
            self.succeeded.emit(what)
        elif how == "error":
            self.failed.emit(what)
        else:
            self.stopped.emit()
        self.finished.emit()
        self.deleteLater()


class _Work(QRunnable):
    def __init__(self, task: Task, work: Callable[[TaskControl], object]) -> None:
        super().__init__()
        self._task, self._control, self._work = task, task.control, work

    def run(self) -> None:
        try:
            how, what = "result", self._work(self._control)
        except CancelledError:
            how, what = "stopped", None
        except BaseException as error:
            how, what = "error", error
        try:
            self._task._ended.emit(how, what)
        except RuntimeError:
            return  # the page that started the work is gone


def run_task(parent: QObject, work: Callable[[TaskControl], object], pool: QThreadPool | None = None) -> Task:
    """Starts ``work`` on a worker thread; connect the returned task's signals before returning to the event loop."""
    task = Task(parent)
    (pool or QThreadPool.globalInstance()).start(_Work(task, work))
    return task
