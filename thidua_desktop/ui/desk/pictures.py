"""A picture of every page, drawn without a display: for README, for a newcomer's first run, for looking at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from thidua_desktop.domain.periods import previous
from thidua_desktop.services import lists, periods
from thidua_desktop.ui.desk.desk import Desk

SIZE = QSize(1366, 768)
_QUIET = 0.08  # seconds without anything to do
_SHORTLY = 500  # milliseconds; drafts and locking wait longer and change nothing that is seen
_AT_MOST = 10.0


def take_pictures(desk: Desk, folder: Path, size: QSize = SIZE) -> Iterator[Path]:
    """Open every room and form of the desk and save ``<nn>-<name>.png`` in ``folder``; yields the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    desk.window.resize(size)
    desk.window.show()
    desk.show_status()
    for number, (name, show) in enumerate(_views(desk), start=1):
        show()
        settle(desk.window)
        path = folder / f"{number:02d}-{name}.png"
        desk.window.grab().save(str(path))
        yield path
        desk.window.back()


def settle(window: QWidget) -> None:
    """Let the window finish: events, delayed loads, and work on other threads."""
    started = time.monotonic()
    quiet_until = started + _QUIET
    while time.monotonic() < min(quiet_until, started + _AT_MOST):
        QApplication.processEvents()
        if _is_working(window):
            quiet_until = time.monotonic() + _QUIET
        time.sleep(0.01)


def _is_working(window: QWidget) -> bool:
    """Whether something runs on another thread, or a timer is about to read or draw something once."""
    if any(pool.activeThreadCount() for pool in (QThreadPool.globalInstance(), *window.findChildren(QThreadPool))):
        return True
    timers = (timer for timer in window.findChildren(QTimer) if timer.isActive() and timer.isSingleShot())
    return any(timer.interval() <= _SHORTLY for timer in timers)


def _views(desk: Desk) -> Iterator[tuple[str, Callable[[], None]]]:
    registers = desk.session.definitions.registers
    for room in desk.maker.rooms():
        if room.make_page is not None:
            yield room.key, partial(desk.window.open_room, room.key)
        for child in room.children:
            opens = _open_list if child.key in registers else _open_room
            yield f"list-{child.key}", partial(opens, desk, child.key)
    for name in registers:
        if not desk.session.is_province:
            yield f"form-{name}", partial(_open_first, desk, name)


def _open_room(desk: Desk, key: str) -> None:
    """A room that is no register."""
    desk.window.open_room(key)


def _open_list(desk: Desk, register: str) -> None:
    """A register's list; events of the month that ended last, because the running one may be empty."""
    month = previous(periods.current(desk.session))
    dated = desk.session.register(register).date_field
    desk.window.open_room(register, {"period": month.code} if dated else None)


def _open_first(desk: Desk, register: str) -> None:
    """The newest record of a register on its form, or an empty form."""
    found = lists.open_list(desk.session, lists.default_query(desk.session, register))
    if len(found):
        desk.open_record(register, found.row(0).id)
    else:
        desk.window.push(desk.maker.form(desk.session.register(register)))
