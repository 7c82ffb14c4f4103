"""How long each long operation of the desk holds its window (``tests/ui/long_operations.py``): as it is opened, and
while it runs.

``python -m tests.benchmarks.gaps_of_the_window [province] [records] [name]`` with ``QT_QPA_PLATFORM=offscreen``; at the
province the records are those of forty communes. Two things are told apart, and no time falls between them:

``opening``: from the click to the moment in which its work begins on another thread. That is two turns of the event
loop after the click has returned (``ui/tasks.py``), when what it opened stands laid out and painted. The whole time,
not the longest piece of it. Where all work began within the click, or there is none, it ends with the click.

``during``: the longest time after that in which the window answered nothing: while the work runs, when its end is told,
and for 0.6 s after the last work of another thread, in which all that follows is told, read and painted.

Of both also what the window's own thread had of the processor: on a machine with other work the time is also the
others', this is ours alone. A timer beats every millisecond; the floor is measured in the same run, before each
operation: the longest gap beside one thread that only counts in Python, which is what any other thread of Python costs
a window on this machine now. An installed program has its modules compiled: measure with a cache of them
(``PYTHONPYCACHEPREFIX``), the second time.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.benchmarks.made_offices import ACTIVITY, CHEAP, CLOCK, PASSWORD, activities, area_ids, commune, fill
from tests.benchmarks.province_at_scale import enrolled, made_lines
from tests.benchmarks.province_at_scale import offices as codes
from tests.ui.beginnings import Place
from tests.ui.long_operations import OPERATIONS, PROVINCE_OPERATIONS, Operation
from thidua_desktop.services import automatic_backups, offices
from thidua_desktop.services.offices import KeyCost
from thidua_desktop.services.session import Session
from thidua_desktop.ui import tasks
from thidua_desktop.ui.collecting import Collector
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.reading_ahead import ReadingAhead
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import ErrorDialog

RESULT = Path(__file__).resolve().parent.parent.parent / "build" / "gaps.json"
COMMUNES, FIRST = 40, 10_000
_FLOOR_SECONDS = 1.0
_AT_MOST = 300.0
_QUIET = 0.6  # seconds without work: what follows the end of work is told, read and painted by then


class Heart:
    """Beats whenever the window is free; ``longest``, and of its thread's processor ``most``, in seconds since
    ``begin``.
    """

    def __init__(self) -> None:
        self.begin()
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def begin(self) -> None:
        """Forgets what was before."""
        self.longest, self._last = 0.0, time.perf_counter()
        self.most, self._last_worked = 0.0, time.thread_time()

    def beat(self) -> None:
        """The window answers."""
        now, worked = time.perf_counter(), time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now
        self.most, self._last_worked = max(self.most, worked - self._last_worked), worked


class Opening:
    """What a click takes until its work begins; ``took`` and of the processor ``own``, in seconds."""

    def __init__(self, heart: Heart) -> None:
        self._heart, self._is_over, self._returned = heart, False, False
        self._began, self._worked = time.perf_counter(), time.thread_time()
        self.took = self.own = 0.0

    def returned(self) -> None:
        """The click has returned to the event loop."""
        self._returned = True
        if not any(post._waiting for post in tasks._posts):
            self.end()

    def begun(self) -> None:
        """Work begins on another thread. What has to begin within the click is waited for there, and is part of it."""
        if self._returned:
            self.end()

    def end(self) -> None:
        """All that comes now is beside the work."""
        if self._is_over:
            return
        self._is_over = True
        self.took, self.own = time.perf_counter() - self._began, time.thread_time() - self._worked
        self._heart.begin()


@contextmanager
def told_of_work(begun: Callable[[], None]) -> Iterator[None]:
    """``begun`` is called as work is handed to its thread."""
    go = tasks._Start.go

    def told(start: tasks._Start) -> None:
        begun()
        go(start)

    with patch.object(tasks._Start, "go", told):
        yield


def wait_for_events() -> None:
    """Sleeps until there is something to do, as a window does; the next beat is one."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def floor(heart: Heart) -> float:
    """The longest gap beside a thread that only counts."""
    end = time.perf_counter() + _FLOOR_SECONDS

    def count() -> None:
        while time.perf_counter() < end:
            pass

    worker = threading.Thread(target=count)
    heart.begin()
    worker.start()
    while worker.is_alive():
        wait_for_events()
    return heart.longest


def measured(place: Place, operation: Operation, heart: Heart) -> dict[str, float | str]:
    """Seconds: what it took until its last work had ended, the opening, the longest gap after it, and the floor."""
    act = operation.ready(place)
    settle(place.desk.window)
    beside = floor(heart)
    heart.begin()
    opening = Opening(heart)
    began = ended = time.perf_counter()
    with told_of_work(opening.begun):
        act()
        opening.returned()
        while time.perf_counter() - ended < _QUIET and time.perf_counter() - began < _AT_MOST:
            wait_for_events()
            if tasks.running():
                ended = time.perf_counter()
        opening.end()
        heart.beat()
    return {
        "name": operation.name, "took": ended - began, "opening": opening.took, "opening own": opening.own,
        "during": heart.longest, "during own": heart.most, "floor": beside,
    }  # fmt: skip


def commune_of(folder: Path, size: int) -> Session:
    """A commune with ``size`` activities, a copy of it, and a second office that is closed."""
    session = commune(folder)
    fill(session, ACTIVITY, activities(area_ids(session)), size)
    new = offices.NewOffice(unit_code="22319", user_name="Mai Thu Sương", login="suong", password=PASSWORD)
    offices.create_office(folder / "mở.thidua", new, session.clock).session.close()
    offices.change_password(session, PASSWORD)  # at its full price
    automatic_backups.take(session)
    return session


def province_of(folder: Path, size: int) -> Session:
    """A province with ``size`` activities of its communes, and their reports of two months."""
    new = offices.NewOffice(unit_code="75", user_name="Tạ Đình Khoa", login="khoa", password=PASSWORD, province=True)
    session = offices.create_office(folder / "tỉnh.thidua", new, CLOCK, CHEAP).session
    for code in codes(FIRST, COMMUNES):
        lines = made_lines(session, code, size // COMMUNES)
        session.file.merge(lines, code, "gói 1", actor="khoa", now=CLOCK.now())
        enrolled(session, code)
    automatic_backups.take(session)
    return session


def main(size: int, wanted: str, province: bool) -> None:
    """Prints a line for each operation and keeps them all in ``build/gaps.json``."""
    app = QApplication([])
    look = Look()
    look.apply(app)
    folder = Path(tempfile.mkdtemp())
    session = (province_of if province else commune_of)(folder, size)
    desk = Desk(session, look)
    desk.window.show()
    collector = Collector(lambda: 0.0)  # somebody works all the time
    collector.set_aside()
    settle(desk.window)
    read_all_ahead()
    place, heart = Place(desk, look, folder, PASSWORD, KeyCost(), [desk.window], size), Heart()
    lines: list[dict[str, float | str]] = []
    files = patch.object(QFileDialog, "getSaveFileName", lambda *_: (str(folder / "ra.docx"), ""))
    folders = patch.object(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    with files, folders, patch.object(QDesktopServices, "openUrl", lambda _url: True):
        for operation in PROVINCE_OPERATIONS if province else OPERATIONS:
            if wanted in operation.name:
                lines.append(measured(place, operation, heart))
                sys.stdout.write(f"{told(lines[-1])}\n")
                sys.stdout.flush()
                put_away()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        json.dumps({"records": size, "operations": lines}, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def read_all_ahead() -> None:
    """What a desk has loaded some seconds after it was opened."""
    ahead = ReadingAhead(lambda: float("inf"))
    ahead.begin()
    while not ahead.is_over:
        ahead.look()


def told(line: dict[str, float | str]) -> str:
    """A line of the table."""
    keys = ("took", "opening", "opening own", "during", "during own", "floor")
    took, opening, own, during, most, beside = (float(line[key]) * 1000 for key in keys)
    work = f"{line['name']:<32}{took:>7.0f} ms  opening {opening:>6.1f} own {own:>6.1f}"
    return f"{work}  during {during:>6.1f} own {most:>6.1f}  floor {beside:>5.1f}"


def put_away() -> None:
    """What operations said when they were refused."""
    for refusal in QApplication.topLevelWidgets():
        if isinstance(refusal, ErrorDialog):
            refusal.close()


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if one != "province"]
    main(int(given[0]) if given else 20_000, given[1] if len(given) > 1 else "", "province" in sys.argv[1:])
