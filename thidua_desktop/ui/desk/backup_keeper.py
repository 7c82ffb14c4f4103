"""Copies while somebody works: looked for every minute, made off the window's thread; the last one at closing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Session
from thidua_desktop.ui.desk.waiting import wait_until
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import Task, TaskControl, run_task, work_line

_COPYING = "Đang sao lưu sổ trước khi đóng. Chưa tắt máy, chưa rút USB."
LOOK_EVERY, FIRST_LOOK = 60_000, 15_000  # milliseconds


class BackupKeeper(QObject):
    """``told`` after each attempt: "" when all is well, else the sentence of the refusal.

    ``damaged``: the look of the day found pages of the office file damaged.
    """

    told = Signal(str)
    damaged = Signal(int)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self._refusal = ""  # told once, though it is tried again every minute
        self._looked: datetime | None = None  # when there was nothing new to copy
        self._day = session.today  # of the last look through the file
        self._pool = work_line(self)
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._first = QTimer(self, interval=FIRST_LOOK, singleShot=True)
        self._first.timeout.connect(self.look_through)
        self._first.start()
        session.at_close.append(self._on_session_closed)

    def _on_session_closed(self) -> None:
        """Whoever closes the office: nothing is looked for in it any more."""
        if isValid(self):
            self.stop()

    def look_through(self) -> None:
        """Reads every page of the file once a day, on another thread."""
        from thidua_desktop.services import backups

        session, last = self._session, backups.last_check(self._session)
        self._day = session.today
        if self._task is not None or (last is not None and last.at.date() == session.today):
            return

        def work(_control: TaskControl) -> int:
            reader = session.reader()
            try:
                return len(reader.file.page_faults())
            finally:
                reader.close()

        self._task = run_task(self, work, self._pool)
        self._task.succeeded.connect(self._on_looked_through)
        self._task.finished.connect(self._on_finished)

    def _on_looked_through(self, faults: int) -> None:
        from thidua_desktop.services import backups

        last = backups.last_check(self._session)
        if faults or last is None or not last.findings:  # what a whole check found is not talked away
            backups.remember_check(self._session, faults)
        if faults:
            self.damaged.emit(faults)

    def look(self) -> None:
        """Begins a copy when it is time for one and none is being made; of a window that stays open for days it looks
        through the file each day."""
        from thidua_desktop.services import automatic_backups

        if self._task is not None:
            return
        if not automatic_backups.is_due(self._session, self._looked):
            if self._session.today != self._day:
                self.look_through()
            return
        session, now = self._session, self._session.now()

        def work(control: TaskControl) -> object:
            with session.worker(lambda: control.cancelled) as own:
                return automatic_backups.take(own)

        self._task = run_task(self, work, self._pool)
        self._task.succeeded.connect(lambda made: self._on_copied(made is None, now))
        self._task.failed.connect(self._on_failed)
        self._task.finished.connect(self._on_finished)

    def _on_copied(self, nothing_new: bool, at: datetime) -> None:
        self._looked = at if nothing_new else None
        self._tell("")

    def stop(self) -> None:
        """Begins no more; a copy that is being made is asked to stop, and waited for. What came of it is told nobody:
        the office is being closed."""
        self._timer.stop()
        self._first.stop()
        if self._task is not None:
            self._task.cancel()
            self._task.blockSignals(True)
            self._task = None
        self._pool.waitForDone()

    def close(self, look: Look) -> None:
        """Makes the copy of the closing while the program answers; who is in a hurry leaves it out."""
        from thidua_desktop.services import automatic_backups

        self.stop()
        session = self._session

        def work(control: TaskControl) -> None:
            with session.worker(lambda: control.cancelled) as own:
                automatic_backups.at_closing(own)

        task = run_task(self, work, self._pool)
        wait_until(look, _COPYING, lambda: task.control.ended, task.control.cancel, "Đóng ngay, không sao lưu")

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._tell(f"Chưa tự sao lưu được. {error.sentence}")

    def _tell(self, refusal: str) -> None:
        if not refusal or refusal != self._refusal:
            self.told.emit(refusal)
        self._refusal = refusal

    def _on_finished(self) -> None:
        self._task = None
