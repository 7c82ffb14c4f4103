"""Long work of a page or dialog: one piece at a time off the window's thread, told after a moment, stoppable.

What comes back is dropped when the page is gone by then. A refusal is shown as it always is, unless the page wants to
show it itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

_Found = TypeVar("_Found")


class LongWork(QObject):
    """``strip`` tells how far the work is and stops it; without one the page itself shows that it is busy."""

    def __init__(self, look: Look, page: QWidget, strip: ProgressStrip | None = None) -> None:
        super().__init__(page)
        self._look, self._page, self._strip = look, page, strip
        self._task: Task | None = None
        if strip is not None:
            strip.cancelled.connect(self.cancel)

    @property
    def busy(self) -> bool:
        """Whether something is being done; nothing else can be begun then."""
        return self._task is not None

    def cancel(self) -> None:
        """Asks what is being done to stop."""
        if self._task is not None:
            self._task.cancel()

    def start(
        self,
        words: str,
        work: Callable[[TaskControl], _Found],
        then: Callable[[_Found], None],
        *,
        refused: Callable[[BaseException], None] | None = None,
        stopped: Callable[[], None] | None = None,
        at_end: Callable[[], None] | None = None,
        stoppable: bool = False,
    ) -> bool:
        """Begins ``work``; False while something else is being done.

        ``then`` gets what it found, ``refused`` what it raised, ``stopped`` hears of a stop; before all of them
        ``at_end`` frees what was barred. ``stoppable`` offers to stop it: the work then looks now and then whether to.
        """
        if self._task is not None:
            return False
        task = self._task = run_task(self, work)
        if self._strip is not None:
            self._strip.set_stoppable(stoppable)
            self._strip.start(words)
            task.progressed.connect(self._strip.set_progress)

        def end() -> None:
            self._task = None
            if self._strip is not None:
                self._strip.finish()
            if at_end is not None:
                at_end()

        def ended(act: Callable[..., None] | None, *found: object) -> None:
            end()
            if act is not None:
                act(*found)

        task.succeeded.connect(lambda found: ended(then, found))
        task.failed.connect(lambda error: ended(refused or self._show, error))
        task.stopped.connect(lambda: ended(stopped))
        return True

    def _show(self, error: BaseException) -> None:
        show_error(self._look, error, self._page)


def in_office(session: Session, work: Callable[[Session], _Found]) -> Callable[[TaskControl], _Found]:
    """Work that reads and writes the office over a connection of its own; a stop cuts off what is being asked there."""

    def run(control: TaskControl) -> _Found:
        with session.worker(lambda: control.cancelled) as own:
            return work(own)

    return run
