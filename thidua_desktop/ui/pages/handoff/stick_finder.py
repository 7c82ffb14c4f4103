"""Looks for files of the province on a stick or in a folder, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from thidua_desktop.services.handoff.sticks import sticks
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.components.file_choice import folder_to_use
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task, work_line

Find = Callable[[Session, Path], list[Any]]


class StickFinder(QObject):
    """``found`` carries the list that ``find`` gave; ``button``, where there is one, starts. The only stick is taken at
    once."""

    found = Signal(object)

    def __init__(self, session: Session, look: Look, button: Button | None, find: Find, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._look, self._button, self._find, self._page = session, look, button, find, parent
        self.pool = work_line(self)
        self._task: Task | None = None
        if button is not None:
            button.clicked.connect(self.ask_place)

    def is_busy(self) -> bool:
        """Whether a folder is being read."""
        return self._task is not None

    def ask_place(self) -> None:
        """The only stick is looked at at once; otherwise a folder is asked for."""

        def work(_control: TaskControl) -> object:
            return [stick.folder for stick in sticks()]

        task = run_task(self._page, work, self.pool)
        task.succeeded.connect(self._on_sticks)

    def _on_sticks(self, folders: list[Path]) -> None:
        if len(folders) == 1:
            self.look_into(folders[0])
            return
        self.ask_folder(folders[0] if folders else None)

    def ask_folder(self, start: Path | None = None) -> None:
        """Asks for a folder and looks into it."""
        folder = folder_to_use(self._page, "Chọn USB hoặc thư mục", Files.PACKAGES, start)
        if folder is not None:
            self.look_into(folder)

    def look_into(self, folder: Path, only: Path | None = None) -> None:
        """Reads a folder; ``only`` one file of it where that was chosen itself."""
        if self._task is not None:
            return
        session, find = self._session, self._find

        def work(_control: TaskControl) -> object:
            with session.worker() as working:
                found = find(working, folder)
            return [one for one in found if only is None or one.path.name == only.name]

        self._tell("Đang đọc")
        self._task = run_task(self._page, work, self.pool)
        self._task.succeeded.connect(self.found)
        self._task.failed.connect(lambda error: show_error(self._look, error, self._page))
        self._task.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._task = None
        self._tell("")

    def _tell(self, reason: str) -> None:
        if self._button is not None:
            self._button.set_reason(reason)
