"""The wait after wrong passwords on the screen: a button that counts down in words and works again at its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from thidua_desktop.services import password_waits
from thidua_desktop.ui import tasks
from thidua_desktop.ui.components.buttons import Button

MOMENT = 300  # milliseconds; a disk of this machine answers in less than one
_AT_ONCE = 16  # files whose disks do not answer
RULE = "Gõ sai thì phải chờ 1, 2, 4 giây…, lâu nhất 5 phút"


class Pace(QObject):
    """Looks each second how long one has to wait for ``path``; ``reason`` says what else keeps the button off."""

    def __init__(self, button: Button, words: str, reason: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._button, self._words, self._reason = button, words, reason
        self.path: Path | None = None
        self.waiting = 0
        self._asked: set[Path] = set()
        self._line = tasks.work_line(self)
        self._line.setMaxThreadCount(_AT_ONCE)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.look)

    def follow(self, path: Path | None, *, answers: bool = True) -> None:
        """Which office file it is about; one whose disk does not answer is looked at when it is to be opened."""
        self.path = path
        self._show(0)
        if answers:
            self.look()

    def look(self) -> None:
        """Shows what is left to wait; looks again as long as something is.

        A disk that does not answer within a moment holds nothing up: to try a password asks once more, beside the
        window, and is refused there while one has to wait.
        """
        path = self.path
        if path is None:
            self._show(0)
        elif path not in self._asked:
            self._asked.add(path)
            task = tasks.run_task(self, lambda _control: password_waits.waiting(path), self._line)
            task.succeeded.connect(lambda waiting: self._tell(path, waiting))
            task.finished.connect(lambda: self._asked.discard(path))
            tasks.wait_briefly([task], self._line, MOMENT)

    def _tell(self, path: Path, waiting: int) -> None:
        if path == self.path:
            self._show(waiting)

    def _show(self, waiting: int) -> None:
        self.waiting = waiting
        if not self.waiting:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        if self.waiting:
            self._button.set_content(f"Thử lại sau {password_waits.in_words(self.waiting)}")
            self._button.set_reason(RULE)
        else:
            self._button.set_content(self._words)
            self._button.set_reason(self._reason())
