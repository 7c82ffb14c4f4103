"""A picture of every page, drawn without a display: for README, for a newcomer's first run, for looking at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from thidua_desktop.domain.periods import previous
from thidua_desktop.services import lists, periods
from thidua_desktop.ui import tasks
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.pages.lists.page import ListPage

SIZE = QSize(1366, 768)
_QUIET_ROUNDS = 8  # of events with nothing to do: a slow round is one round, however long what it has read took
_SHORTLY = 500  # milliseconds; drafts and locking wait longer and change nothing that is seen
_AT_MOST = 10.0
_FEW = 8  # rows: a list with fewer in one month is shown for all time


def take_pictures(desk: Desk, folder: Path, size: QSize = SIZE) -> Iterator[Path]:
    """Open every room and form of the desk and save ``<nn>-<name>.png`` in ``folder``; yields the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    desk.window.resize(size)
    desk.window.show()
    desk.show_status()
    for number, (name, show) in enumerate(views(desk), start=1):
        show()
        settle(desk.window)
        path = folder / f"{number:02d}-{name}.png"
        desk.window.grab().save(str(path))
        yield path
        desk.window.back()


def take_surfaces(desk: Desk, folder: Path, size: QSize = SIZE) -> Iterator[Path]:
    """The same of what is neither room, list nor form: child pages, panels and dialogs."""
    from thidua_desktop.ui.desk.surfaces import put_away, surfaces

    folder.mkdir(parents=True, exist_ok=True)
    desk.window.resize(size)
    desk.window.show()
    desk.show_status()
    desk.window.open_room("admin")
    for number, (name, show) in enumerate(surfaces(desk), start=1):
        shown = show()
        settle(shown)
        path = folder / f"{number:02d}-{name}.png"
        shown.grab().save(str(path))
        yield path
        put_away(desk, shown)


def settle(window: QWidget, rounds: int = _QUIET_ROUNDS) -> None:
    """Let the window finish: events, delayed loads, and work on other threads; then ``rounds`` with nothing to do."""
    until = time.monotonic() + _AT_MOST
    quiet = 0
    while quiet < rounds and time.monotonic() < until:
        QApplication.processEvents()
        quiet = 0 if _is_working(window) else quiet + 1
        time.sleep(0.01)


def _is_working(window: QWidget) -> bool:
    """Whether something runs on another thread, or a timer is about to read or draw something once."""
    if tasks.running():
        return True
    timers = (timer for timer in window.findChildren(QTimer) if timer.isActive() and timer.isSingleShot())
    return any(timer.interval() <= _SHORTLY for timer in timers)


def views(desk: Desk) -> Iterator[tuple[str, Callable[[], None]]]:
    """Every page of the desk by name, and how it is shown: rooms, lists, and on the commune's desk forms."""
    registers = desk.session.definitions.registers
    for room in desk.maker.rooms():
        if room.make_page is not None:
            yield room.key, partial(desk.window.open_room, room.key)
        for child in room.children:
            is_list = child.key in registers
            show = partial(_open_list, desk) if is_list else desk.window.open_room
            yield f"list-{child.key}" if is_list else child.key, partial(show, child.key)
    for name, spec in registers.items():
        if not (desk.session.is_province or spec.hidden) and desk.session.opens(name):
            yield f"form-{name}", partial(_open_first, desk, name)


def _open_list(desk: Desk, register: str) -> None:
    """A register's list; events of the month that ended last, because the running one may be empty; where there were
    only a few, those of all time."""
    month = previous(periods.current(desk.session))
    dated = desk.session.register(register).date_field
    desk.window.open_room(register, {"period": month.code} if dated else None)
    page = desk.window.page()
    if dated and isinstance(page, ListPage) and len(page.card.rows) < _FEW:
        desk.window.open_room(register, {"period": ""})


def _open_first(desk: Desk, register: str) -> None:
    """The newest record of a register on its form, or an empty form."""
    found = lists.open_list(desk.session, lists.default_query(desk.session, register))
    if len(found):
        desk.open_record(register, found.row(0).id)
    else:
        desk.window.push(desk.maker.form(desk.session.register(register)))
