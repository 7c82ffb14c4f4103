"""The small dialog of long work never stays behind, and never stands before the password."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.ui.components import long_work
from thidua_desktop.ui.components.long_work import LongWork, WorkDialog
from thidua_desktop.ui.components.progress import SHOWN_AFTER
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import TaskControl


def _dialog(window: QWidget) -> WorkDialog | None:
    return next(iter(window.findChildren(WorkDialog)), None)


def _begun(qtbot: QtBot, look: Look) -> tuple[QWidget, QWidget, Event]:
    window = QWidget()
    qtbot.addWidget(window)
    page, go_on = QWidget(window), Event()
    window.show()
    assert LongWork(look, page).start("Đang dựng bản in", lambda _control: go_on.wait(10), lambda _found: None)
    return window, page, go_on


def _gone(page: QWidget) -> None:
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_dialog_goes_with_a_page_that_is_left_before_the_work_ends(qtbot: QtBot, look: Look) -> None:
    window, page, go_on = _begun(qtbot, look)
    qtbot.waitUntil(lambda: _dialog(window) is not None)
    _gone(page)
    qtbot.waitUntil(lambda: _dialog(window) is None)  # it would bar the window for good
    go_on.set()
    all_done()


def test_no_dialog_comes_for_a_page_that_was_left_first(qtbot: QtBot, look: Look) -> None:
    window, page, go_on = _begun(qtbot, look)
    _gone(page)  # Esc, before anything said that something is being done
    qtbot.wait(SHOWN_AFTER + 100)
    assert _dialog(window) is None
    go_on.set()
    all_done()


def test_work_that_is_done_in_a_moment_makes_no_dialog(
    qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[QWidget] = []
    monkeypatch.setattr(long_work, "WorkDialog", lambda _look, page: made.append(page))
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    found: list[int] = []
    assert LongWork(look, page).start("Đang dựng bản in", lambda _control: 7, found.append)
    qtbot.wait(SHOWN_AFTER + 100)
    assert found == [7] and made == []


def test_what_was_told_before_the_dialog_came_stands_in_it_and_it_stops_the_work(qtbot: QtBot, look: Look) -> None:
    page, stopped = QWidget(), Event()
    qtbot.addWidget(page)
    page.show()

    def work(control: TaskControl) -> None:
        control.progress(3, 9)
        stopped.wait(10)
        control.stop_if_cancelled()

    ended: list[str] = []
    LongWork(look, page).start("Đang dựng", work, ended.append, stopped=lambda: ended.append("dừng"), stoppable=True)
    qtbot.waitUntil(lambda: _dialog(page) is not None)
    dialog = _dialog(page)
    assert dialog is not None and dialog.strip.isVisible()
    assert [one.text() for one in dialog.strip.findChildren(QLabel) if one.isVisible()] == ["Đang dựng", "3/9"]
    dialog.strip.cancelled.emit()
    stopped.set()
    qtbot.waitUntil(lambda: ended == ["dừng"])


def test_the_dialog_waits_while_the_window_is_locked(qtbot: QtBot, look: Look) -> None:
    window, _page, go_on = _begun(qtbot, look)
    window.hide()
    qtbot.wait(SHOWN_AFTER + 100)
    assert _dialog(window) is None
    window.show()
    qtbot.waitUntil(lambda: _dialog(window) is not None)
    go_on.set()
    qtbot.waitUntil(lambda: _dialog(window) is None)
