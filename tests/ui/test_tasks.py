"""Long work off the window's thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from thidua_desktop.errors import UserError
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
    assert started.wait(5)
    with qtbot.waitSignal(task.stopped):
        task.cancel()
    assert results == [] and len(rounds) < 100_000


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
