"""A picture of every page, drawn without a display: for README, for a newcomer's first run, for looking at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QThreadPool
from PySide6.QtWidgets import QApplication

from thidua_desktop.services import lists
from thidua_desktop.ui.desk.desk import Desk

SIZE = QSize(1366, 768)
_SETTLING = 8.0  # seconds at most for work that a page began off the window's thread


def take_pictures(desk: Desk, folder: Path, size: QSize = SIZE) -> Iterator[Path]:
    """Open every room and form of the desk and save ``<nn>-<name>.png`` in ``folder``; yields the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    desk.window.resize(size)
    desk.window.show()
    desk.show_status()
    for number, (name, show) in enumerate(_views(desk), start=1):
        show()
        settle()
        path = folder / f"{number:02d}-{name}.png"
        desk.window.grab().save(str(path))
        yield path
        desk.window.back()


def settle() -> None:
    """Let the window finish: events, and work on other threads."""
    until = time.monotonic() + _SETTLING
    pool = QThreadPool.globalInstance()
    quiet = 0
    while quiet < 5 and time.monotonic() < until:
        QApplication.processEvents()
        pool.waitForDone(50)
        quiet = quiet + 1 if pool.activeThreadCount() == 0 else 0
        time.sleep(0.03)


def _views(desk: Desk) -> Iterator[tuple[str, Callable[[], None]]]:
    registers = desk.session.definitions.registers
    for room in desk.maker.rooms():
        if room.make_page is not None:
            yield room.key, partial(desk.window.open_room, room.key)
        for child in room.children:
            yield f"list-{child.key}", partial(desk.window.open_room, child.key)
    for name in registers:
        if not desk.session.is_province:
            yield f"form-{name}", partial(_open_first, desk, name)


def _open_first(desk: Desk, register: str) -> None:
    """The newest record of a register on its form, or an empty form."""
    found = lists.open_list(desk.session, lists.default_query(desk.session, register))
    if len(found):
        desk.open_record(register, found.row(0).id)
    else:
        desk.window.push(desk.maker.form(desk.session.register(register)))
