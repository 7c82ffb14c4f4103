"""Long work off the window's thread: progress, cancel, and the result or exception back on the window's thread.

The function gets a ``TaskControl`` and returns plain data. It must not touch widgets, nor a database connection of the
window's thread; it opens its own.
"""

from __future__ import annotations

import atexit
import sys
import threading
import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from thidua_desktop.errors import UserError

_TELL_EVERY = 0.03  # seconds
_TURN = 0.001
"""Seconds that a worker goes on before the window gets its turn. Qt calls our Python some hundred times in one painting
(sizes, the drawing style, the cells of tables), and each call waits for its turn: with Python's own five milliseconds
two dozen of them held the window for a tenth of a second while a worker reckoned. Workers lose some 2 % by it.
"""
_TURNS_BEFORE = 2
"""Turns of the event loop before a worker begins: what the click opened is laid out in the first of them and stands
painted after the second. Begun at once, the worker is at Python while the page is built, and each call of Qt into
our Python waits for it: pages took two to three times as long to come, and the work ended no sooner.
"""
_CUT_OFF = "TD-UI-100"
"""A statement was cut off because the person pressed stop (``Session.worker``)."""


class CancelledError(Exception):
    """Raised inside the work by ``TaskControl.stop_if_cancelled``."""


class TaskControl:
    """What the work sees of its task: where to tell progress, and whether to stop. Safe from any thread."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._cancel = threading.Event()
        self._ended = threading.Event()
        self.wanted: Callable[[], bool] = lambda: True  # whether there still is a page that waits for it

    def progress(self, done: int, total: int = 0, text: str = "") -> None:
        """Tells how many of how many are done; also stops the work when it was cancelled."""
        self.stop_if_cancelled()
        self._tell(done, total, text)

    def stop_if_cancelled(self) -> None:
        """Raises ``CancelledError`` when the person pressed stop."""
        if self.cancelled:
            raise CancelledError

    @property
    def cancelled(self) -> bool:
        """True once the person pressed stop, or the page is gone."""
        return self._cancel.is_set() or not self.wanted()

    def cancel(self) -> None:
        """Asks the work to stop at its next look."""
        self._cancel.set()

    @property
    def ended(self) -> bool:
        """True once the work has left its thread, whatever came of it."""
        return self._ended.is_set()

    def end(self) -> None:
        """The work has left its thread."""
        self._ended.set()


at_begin: list[Callable[[], None]] = []
"""Called on the window's thread as work begins, by whoever wants to know."""

_running: set[TaskControl] = set()
"""Of this process; taken from on any thread, when what has come of the work is on its way to the window."""


def running() -> tuple[TaskControl, ...]:
    """All work that has not left its thread yet."""
    return tuple(_running)


def cancel_all() -> tuple[TaskControl, ...]:
    """Asks everything that runs to stop, and gives what is still at work."""
    for control in running():
        control.cancel()
    return running()


class Task(QObject):
    """One running piece of work. Signals arrive on the thread of the object that started it.

    ``succeeded`` carries the result, ``failed`` the exception, ``stopped`` follows a cancel; ``finished`` comes last.
    Nothing is emitted after ``parent`` is gone, and the work is asked to stop then.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    finished = Signal()

    def __init__(self, parent: QObject, control: TaskControl) -> None:
        super().__init__(parent)
        self.control = control

    def cancel(self) -> None:
        """Asks the work to stop."""
        self.control.cancel()

    def end(self, how: str, what: object) -> None:
        """The work came back, on the window's thread."""
        if any(_is_part(self, window) for window in _held_back):
            _waiting.append((self, how, what))
        else:
            self.deliver(how, what)

    def deliver(self, how: str, what: object) -> None:
        """Tells whoever started the work what has come of it."""
        if how == "result":
            self.succeeded.emit(what)
        elif how == "error":
            self.failed.emit(what)
        else:
            self.stopped.emit()
        if isValid(self):  # whoever was told may have taken its page apart
            self.finished.emit()
            self.deleteLater()


_held_back: list[QObject] = []
_waiting: list[tuple[Task, str, object]] = []


def hold_back(window: QObject) -> None:
    """What comes of the work of this window waits: while it is hidden behind a password nothing of it may pop up."""
    _held_back.append(window)


def let_through(window: QObject) -> None:
    """What waited is told now, in the order in which it came."""
    if window in _held_back:
        _held_back.remove(window)
    waiting, _waiting[:] = list(_waiting), []
    for task, how, what in waiting:
        if isValid(task):
            task.end(how, what)


def drop(window: QObject) -> None:
    """Nothing that comes of the work of this window is told any more: its office is closed."""
    if window in _held_back:
        _held_back.remove(window)
    _waiting[:] = [one for one in _waiting if isValid(one[0]) and not _is_part(one[0], window)]
    for task in window.findChildren(Task):
        task.blockSignals(True)


def _is_part(child: QObject | None, of: QObject) -> bool:
    while child is not None and child is not of:
        child = child.parent()
    return child is not None


class _Post(QObject):
    """Carries what workers tell to the window's thread. It outlives every page: a worker never touches one.

    (A page can be taken apart while a worker would call a signal of it, which ends the program.)
    """

    _told = Signal(object, int, int, str)
    _ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._begun: dict[TaskControl, tuple[Task, Callable[[TaskControl], object]]] = {}
        self._outcomes: dict[TaskControl, tuple[str, object]] = {}
        self._gate = threading.Lock()
        self._closed = False
        self._waiting: list[_Start] = []
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def begin(self, parent: QObject, work: Callable[[TaskControl], object]) -> Task:
        """A task for ``work``, which is kept until it came back: what it holds is never let go on another thread."""
        last = 0.0

        def tell(done: int, total: int, text: str) -> None:
            nonlocal last
            now = time.monotonic()
            if done < total and now - last < _TELL_EVERY:
                return  # a fast loop must not flood the window with repaints
            last = now
            with self._gate:
                if not self._closed:
                    self._told.emit(control, done, total, text)

        control = TaskControl(tell)
        task = Task(parent, control)
        control.wanted = lambda: isValid(task)  # a signal of what is taken apart does not always come
        self._begun[control] = (task, work)
        return task

    def start_soon(self, work: _Work, pool: QThreadPool) -> None:
        """Starts ``work`` when the window has had its turns, after what was begun before it."""
        self._waiting.append(_Start(work, pool))
        self._turn.start()

    def start_waiting(self) -> None:
        """Starts at once what waits for the window's turns: somebody waits for it."""
        self._turn.stop()
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            one.go()

    def _on_turn(self) -> None:
        for one in self._waiting:
            one.turns -= 1
        due = [one for one in self._waiting if one.turns <= 0]
        self._waiting = [one for one in self._waiting if one.turns > 0]
        if self._waiting:
            self._turn.start()
        for one in due:
            one.go()

    def work_of(self, control: TaskControl) -> Callable[[TaskControl], object]:
        """What is to be done; a worker borrows it while it does it."""
        return self._begun[control][1]

    def send(self, control: TaskControl, how: str, what: object) -> None:
        """From the worker: what came of it."""
        self._outcomes[control] = (how, what)
        with self._gate:
            if not self._closed:
                self._ended.emit(control)

    def close(self) -> None:
        """The process ends, and Qt takes this apart: nobody is told of what still runs."""
        with self._gate:
            self._closed = True

    @Slot(object, int, int, str)
    def _on_told(self, control: TaskControl, done: int, total: int, text: str) -> None:
        task = self._begun[control][0] if control in self._begun else None
        if task is not None and isValid(task):
            task.progressed.emit(done, total, text)

    @Slot(object)
    def _on_ended(self, control: TaskControl) -> None:
        self.bring(control)

    def bring(self, control: TaskControl) -> None:
        """Tells what came of work that has ended, unless it was told before."""
        if control not in self._outcomes:
            return
        how, what = self._outcomes.pop(control)
        task, _work = self._begun.pop(control)
        control.wanted = _is_not_wanted
        if isValid(task):
            task.end(how, what)


_posts: list[_Post] = []


def _post() -> _Post:
    """The one of this process, made on the window's thread at the first work."""
    if not _posts:
        _posts.append(_Post())
        atexit.register(_posts[0].close)  # before PySide's own, which was registered first
    return _posts[0]


def _is_not_wanted() -> bool:
    return False


class _Work:
    """What a worker runs. It goes on the worker's thread, at any time after the work was told, and therefore holds
    nothing of a page: neither the work nor, by its control, the task.

    It is no ``QRunnable``: one that has ended before ``start`` comes back is never let go by PySide.
    """

    def __init__(self, post: _Post, control: TaskControl) -> None:
        self._post, self._control = post, control

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for what comes of it."""
        return not self._control.cancelled

    def run(self) -> None:
        try:
            how, what = self._outcome()
            self._post.send(self._control, how, what)
        finally:
            _running.discard(self._control)
            self._control.end()

    def _outcome(self) -> tuple[str, object]:
        try:
            self._control.stop_if_cancelled()
            return "result", self._post.work_of(self._control)(self._control)
        except CancelledError:
            return "stopped", None
        except BaseException as error:
            cut_off = isinstance(error, UserError) and error.code == _CUT_OFF and self._control.cancelled
            return ("stopped", None) if cut_off else ("error", error)


class _Start:
    """Work that waits for the window's turns."""

    def __init__(self, work: _Work, pool: QThreadPool) -> None:
        self._work, self._pool = work, pool
        self.turns = _TURNS_BEFORE

    def go(self) -> None:
        """Starts it; what nobody wants any more ends here, as its page may be gone and its thread with it."""
        if self._work.wanted:
            self._pool.start(self._work.run)
        else:
            self._work.run()


class _Line(QThreadPool):
    """Whoever waits for its work waits for what has not begun, too."""

    def waitForDone(self, msecs: int = -1) -> bool:  # type: ignore[override]
        _post().start_waiting()
        return super().waitForDone(msecs)


def work_line(parent: QObject) -> QThreadPool:
    """A thread of its own for work of one page that is done one after the other.

    A page that goes away is never waited for: its work is asked to stop and ends by itself.
    """
    _left[:] = [pool for pool in _left if pool.activeThreadCount()]
    pool = _Line()
    pool.setMaxThreadCount(1)
    parent.destroyed.connect(lambda: _left.append(pool))
    return pool


_left: list[QThreadPool] = []
"""Threads of pages that are gone; deleted once nothing runs there, as deleting one waits for its work."""


def wait_for(task: Task, pool: QThreadPool) -> None:
    """Waits for work in a ``pool`` of its own, and tells what came of it before going on: nothing else is told."""
    pool.waitForDone()
    _post().bring(task.control)


def wait_briefly(begun: Iterable[Task], pool: QThreadPool, milliseconds: int) -> None:
    """Tells at once what comes of short work in a ``pool`` of its own; what takes longer tells when it has ended."""
    pool.waitForDone(milliseconds)
    for task in begun:
        _post().bring(task.control)


def run_task(parent: QObject, work: Callable[[TaskControl], object], pool: QThreadPool | None = None) -> Task:
    """Starts ``work`` on a worker thread, once the window has laid out and painted what it opens meanwhile.

    Connect the returned task's signals before returning to the event loop.
    """
    sys.setswitchinterval(_TURN)
    post = _post()
    task = post.begin(parent, work)
    _running.add(task.control)
    for tell in at_begin:
        tell()
    post.start_soon(_Work(post, task.control), pool or QThreadPool.globalInstance())
    return task
