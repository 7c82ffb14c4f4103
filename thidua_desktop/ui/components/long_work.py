"""Long work of a page or dialog: one piece at a time off the window's thread, told after a moment, stoppable.

A page with room for it has a strip; for others a small dialog before the page says what is being done. What comes back
is dropped when the page is gone by then. A refusal is shown as it always is, unless the page wants to show it itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.progress import SHOWN_AFTER, ProgressStrip
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

_Found = TypeVar("_Found")


class WorkDialog(QDialog):
    """What is being done before the page that it is done for; it goes by itself."""

    def __init__(self, look: Look, page: QWidget) -> None:
        super().__init__(page.window())
        self.setWindowTitle("Đang làm")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.strip = ProgressStrip(look)
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 20, 12)
        outer.addWidget(self.strip)
        self.setFixedWidth(look.px(440))
        page.destroyed.connect(self.go)  # it left first: nobody would take this away any more

    def go(self) -> None:
        """The work is done, or its page is gone."""
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Esc stops nothing by accident: there is a button for it."""

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


class _ComingDialog(QObject):
    """The strip of work that has none on its page: a dialog that comes after a moment, and is not even made before."""

    cancelled = Signal()

    def __init__(self, look: Look, page: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._page = look, page
        self._words, self._stoppable, self._told = "", False, (0, 0, "")
        self._began = 0.0
        self._dialog: WorkDialog | None = None
        self._come = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._come.timeout.connect(self._come_before)

    def set_stoppable(self, stoppable: bool) -> None:
        """As of ``ProgressStrip``."""
        self._stoppable = stoppable

    def start(self, words: str) -> None:
        """The dialog comes unless the work is done before."""
        self._words, self._told, self._began = words, (0, 0, ""), time.monotonic()
        self._come.start()

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """As of ``ProgressStrip``."""
        self._told = (done, total, text)
        if self._dialog is not None:
            self._dialog.strip.set_progress(done, total, text)

    def _come_before(self) -> None:
        if not self._page.window().isVisible():
            self._come.start()  # locked meanwhile: nothing stands before the password
            return
        dialog = self._dialog = WorkDialog(self._look, self._page)
        dialog.strip.set_stoppable(self._stoppable)
        dialog.strip.show_begun(self._words, self._began)
        dialog.strip.cancelled.connect(self.cancelled)
        if self._told != (0, 0, ""):
            dialog.strip.set_progress(*self._told)
        dialog.open()

    def finish(self) -> None:
        """The work is done."""
        self._come.stop()
        if self._dialog is not None:
            self._dialog.go()
            self._dialog = None


class LongWork(QObject):
    """``strip`` tells how far the work is and stops it; without one a dialog of its own does (``WorkDialog``)."""

    def __init__(self, look: Look, page: QWidget, strip: ProgressStrip | None = None) -> None:
        super().__init__(page)
        self._look, self._page = look, page
        self._strip = strip or _ComingDialog(look, page, self)
        self._task: Task | None = None
        self._strip.cancelled.connect(self.cancel)

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
        then: Callable[[_Found], object],
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
        strip = self._strip
        strip.set_stoppable(stoppable)
        strip.start(words)
        task.progressed.connect(strip.set_progress)

        def end() -> None:
            self._task = None
            strip.finish()
            if at_end is not None:
                at_end()

        def ended(act: Callable[..., object] | None, *found: object) -> None:
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
