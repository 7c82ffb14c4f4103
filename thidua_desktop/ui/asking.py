"""Questions to the office file off the window's thread: the last one alone is answered, those before it are stopped.

For what is asked again at each key or click (a list, its totals, the values of a filter, the search box): reading
takes a connection of its own, made and closed in the worker's thread, so the window goes on answering meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from thidua_desktop.services.session import Session
from thidua_desktop.ui.tasks import Task, TaskControl, run_task, work_line

SLOW = 300  # milliseconds after which a person is told that something is looked for
Found = TypeVar("Found")


class _Question:
    """The one that is wanted: its number and the way to stop it. Outlives its asker, whose page may be gone."""

    def __init__(self, line: QThreadPool) -> None:
        self.pool = line
        self.number = 0
        self.control: TaskControl | None = None

    def drop(self) -> None:
        self.number += 1
        if self.control is not None:
            self.control.cancel()
            self.control = None

    def close(self) -> None:
        self.drop()
        self.pool.waitForDone()


class Asker(QObject):
    """Asks one question at a time. ``slow_changed`` says True once an answer takes longer than ``SLOW``, then False.

    ``failed`` carries the exception of a question that is still wanted. Before the office is closed the last question
    is stopped and waited for.
    """

    slow_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._question = _Question(work_line(self))
        self._slow = False
        self._timer = QTimer(self, singleShot=True, interval=SLOW)
        self._timer.timeout.connect(lambda: self._say_slow(True))
        session.at_close.append(self._question.close)
        self.destroyed.connect(_ending(session, self._question))

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._question.control is not None

    def ask(self, question: Callable[[Session], Found], then: Callable[[Found], None]) -> None:
        """Answers ``question`` in another thread over a reading session; ``then`` gets it on this one, unless something
        else was asked meanwhile.
        """
        self._question.drop()
        number, session = self._question.number, self._session

        def work(control: TaskControl) -> object:
            control.stop_if_cancelled()
            try:
                with closing(session.reader(lambda: control.cancelled)) as reading:
                    return question(reading)
            except Exception:
                control.stop_if_cancelled()  # an interrupted statement is no fault
                raise

        task: Task = run_task(self, work, self._question.pool)
        self._question.control = task.control
        task.succeeded.connect(lambda found: self._end(number, lambda: then(found)))
        task.failed.connect(lambda error: self._end(number, lambda: self.failed.emit(error)))
        if not self._slow:
            self._timer.start()

    def drop(self) -> None:
        """Wants no answer any more; the statement that is running stops within milliseconds."""
        self._question.drop()
        self._quiet()

    def _end(self, number: int, tell: Callable[[], None]) -> None:
        if number == self._question.number:
            self._question.control = None
            self._quiet()
            tell()

    def _quiet(self) -> None:
        self._timer.stop()
        self._say_slow(False)

    def _say_slow(self, slow: bool) -> None:
        if slow != self._slow:
            self._slow = slow
            self.slow_changed.emit(slow)


def _ending(session: Session, question: _Question) -> Callable[[], None]:
    """What is done when a page is gone before its office is closed."""

    def end() -> None:
        question.drop()
        if question.close in session.at_close:
            session.at_close.remove(question.close)

    return end
