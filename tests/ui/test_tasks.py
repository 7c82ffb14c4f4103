"""Long work off the window's thread."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
import weakref

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.errors import UserError
from thidua_desktop.paths import program_root
from thidua_desktop.ui import tasks
from thidua_desktop.ui.desk.waiting import WaitWindow, wait_until
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import TaskControl, run_task


def test_the_result_comes_back_on_the_windows_thread(qtbot: QtBot) -> None:
    parent, threads = QObject(), []

    def work(control: TaskControl) -> list[int]:
        threads.append(threading.get_ident())
        return [1, 2, 3]

    task = run_task(parent, work)
    task.succeeded.connect(lambda result: threads.append((threading.get_ident(), result)))
    with qtbot.waitSignal(task.finished):
        pass
    assert threads[0] != threading.get_ident()
    assert threads[1] == (threading.get_ident(), [1, 2, 3])


def test_the_window_gets_its_turn_beside_a_worker_that_reckons(qtbot: QtBot) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)  # Python's own
    parent, seen = QObject(), []
    try:
        task = run_task(parent, lambda _control: sys.getswitchinterval())
        task.succeeded.connect(seen.append)
        with qtbot.waitSignal(task.finished):
            pass
    finally:
        sys.setswitchinterval(before)
    assert seen[0] <= 0.00101


def test_progress_arrives_in_order_first_and_last_always(qtbot: QtBot) -> None:
    parent, seen = QObject(), []

    def work(control: TaskControl) -> None:
        for done in range(1, 501):
            control.progress(done, 500, "đang ghi")

    task = run_task(parent, work)
    task.progressed.connect(lambda done, total, text: seen.append((done, total, text)))
    with qtbot.waitSignal(task.finished):
        pass
    assert (seen[0], seen[-1]) == ((1, 500, "đang ghi"), (500, 500, "đang ghi"))
    assert seen == sorted(seen) and len(seen) < 100


def test_an_exception_is_delivered_whole(qtbot: QtBot) -> None:
    parent = QObject()

    def work(control: TaskControl) -> None:
        raise UserError("TD-STORE-001")

    task = run_task(parent, work)
    with qtbot.waitSignal(task.failed) as failed:
        pass
    assert isinstance(failed.args[0], UserError) and failed.args[0].code == "TD-STORE-001"


def test_cancel_stops_the_work_at_its_next_look(qtbot: QtBot) -> None:
    parent, started, rounds = QObject(), threading.Event(), []

    def work(control: TaskControl) -> None:
        while len(rounds) < 100_000:
            rounds.append(1)
            started.set()
            control.progress(len(rounds))
            threading.Event().wait(0.001)

    task = run_task(parent, work)
    results: list[object] = []
    task.succeeded.connect(results.append)
    qtbot.waitUntil(started.is_set)
    with qtbot.waitSignal(task.stopped):
        task.cancel()
    assert results == [] and len(rounds) < 100_000


def test_the_worker_begins_when_what_the_click_opened_stands_painted(qtbot: QtBot) -> None:
    seen: list[str] = []

    class Opened(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            seen.append("painted")

    page = Opened()
    qtbot.addWidget(page)
    task = run_task(page, lambda _control: seen.append("begun"))
    time.sleep(0.05)  # the rest of the page is built, and whoever asks for its work sees it
    assert seen == [] and task.control in tasks.running()
    page.show()
    with qtbot.waitSignal(task.finished):
        pass
    assert seen[0] == "painted" and seen.count("begun") == 1


def test_whoever_waits_for_a_line_waits_for_what_has_not_begun_and_in_its_order(qtbot: QtBot) -> None:
    parent, begun = QObject(), list[int]()
    line = tasks.work_line(parent)
    for number in range(3):
        run_task(parent, lambda _control, number=number: begun.append(number), line)
    line.waitForDone()
    assert begun == [0, 1, 2]
    qtbot.waitUntil(lambda: not tasks.running())


def test_work_that_nobody_wants_before_it_begins_is_never_done(qtbot: QtBot) -> None:
    parent, done, told = QObject(), list[str](), list[str]()
    left = run_task(parent, lambda _control: done.append("left"))
    left.stopped.connect(lambda: told.append("stopped"))
    left.cancel()
    gone = QObject()
    run_task(gone, lambda _control: done.append("gone"), tasks.work_line(gone))
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: not tasks.running())
    qtbot.waitUntil(lambda: told == ["stopped"])
    assert done == []


def test_nothing_happens_when_the_page_is_gone(qtbot: QtBot) -> None:
    parent, go = QObject(), threading.Event()
    delivered: list[object] = []

    def work(control: TaskControl) -> int:
        go.wait(5)
        return 1

    task = run_task(parent, work)
    task.succeeded.connect(delivered.append)
    parent.deleteLater()
    qtbot.wait(20)
    go.set()
    qtbot.wait(100)
    assert delivered == []


def test_work_of_a_page_that_is_gone_is_asked_to_stop(qtbot: QtBot) -> None:
    parent, begun, stopped = QObject(), threading.Event(), threading.Event()

    def work(control: TaskControl) -> None:
        begun.set()
        while not control.cancelled:
            threading.Event().wait(0.001)
        stopped.set()

    run_task(parent, work, tasks.work_line(parent))
    qtbot.waitUntil(begun.is_set)
    parent.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(stopped.is_set)
    qtbot.waitUntil(lambda: not tasks.running())


def test_what_comes_while_the_desk_is_locked_waits_and_is_dropped_when_it_closes(qtbot: QtBot) -> None:
    window = QObject()
    page, told = QObject(window), list[str]()

    def begin(word: str) -> None:
        task = run_task(page, lambda _control: word)
        task.succeeded.connect(told.append)
        qtbot.waitUntil(lambda: not tasks.running())
        qtbot.wait(10)

    tasks.hold_back(window)
    begin("trong lúc khóa")
    assert told == []
    tasks.let_through(window)
    assert told == ["trong lúc khóa"]
    tasks.hold_back(window)
    begin("không ai nghe")
    tasks.drop(window)
    tasks.let_through(window)
    qtbot.wait(10)
    assert told == ["trong lúc khóa"]


def test_a_statement_cut_off_by_a_stop_is_a_stop_and_no_refusal(qtbot: QtBot) -> None:
    parent, refused = QObject(), list[object]()

    def work(control: TaskControl) -> None:
        while not control.cancelled:
            threading.Event().wait(0.001)
        raise UserError("TD-UI-100")

    task = run_task(parent, work)
    task.failed.connect(refused.append)
    with qtbot.waitSignal(task.stopped):
        task.cancel()
    assert refused == []


def test_waiting_answers_shows_a_window_after_a_moment_and_can_be_skipped(qtbot: QtBot, look: Look) -> None:
    skipped, heart = list[bool](), list[int]()
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: heart.append(1))
    beat.start()

    def press() -> None:
        window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, WaitWindow)), None)
        if window is not None and window.isVisible():
            window.skip_button.click()

    looking = QTimer(interval=5)
    looking.timeout.connect(press)
    looking.start()
    wait_until(look, "Đang sao lưu", lambda: bool(skipped), lambda: skipped.append(True))
    assert skipped and len(heart) > 10
    wait_until(look, "Không chờ", lambda: True)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, WaitWindow) and one.isVisible()]


def test_who_is_told_may_take_its_page_apart(qtbot: QtBot) -> None:
    page = QObject()
    task = run_task(page, lambda _control: 1)
    told: list[object] = []

    def leave(found: object) -> None:
        told.append(found)
        shiboken6.delete(page)

    task.succeeded.connect(leave)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(10)  # what is raised in between fails the test
    assert told == [1]


def test_a_process_may_end_beside_work_that_still_tells() -> None:
    ending = """
import sys, time
from PySide6.QtCore import QCoreApplication, QObject
from thidua_desktop.ui.tasks import run_task
app, parent = QCoreApplication([]), QObject()
def work(control):
    for done in range(8):
        time.sleep(0.05)
        control._tell(done, 8, "")
run_task(parent, work)
time.sleep(0.1)
sys.exit(0)
"""
    command = [sys.executable, "-c", ending]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=program_root(), timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_short_work_is_let_go_when_it_was_told(qtbot: QtBot) -> None:
    """A runnable of Qt that had ended before it was wholly begun stayed for ever, with all that its work held."""

    class Page:
        """What the work holds."""

    parent, pages = QObject(), []
    gc.collect()
    before = sum(isinstance(one, tasks.Task) for one in gc.get_objects())
    for number in range(600):
        page = Page()
        pages.append(weakref.ref(page))
        run_task(parent, lambda _control, held=page: None)
        if number % 20 == 0:  # the worker sleeps again, and is quick to end what comes next
            all_done()
    del page
    all_done()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[arg-type]
    gc.collect()
    assert sum(one() is not None for one in pages) == 0
    assert sum(isinstance(one, tasks.Task) for one in gc.get_objects()) <= before
