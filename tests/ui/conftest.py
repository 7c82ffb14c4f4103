"""One look on one application for all window tests; every test starts with the light theme at 100 %."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.look.sample_pages import sample_header, sample_rooms
from thidua_desktop.ui import tasks
from thidua_desktop.ui.look.theme import Look, Theme
from thidua_desktop.ui.shell.main_window import MainWindow

_TESTS_A_COLLECTION = 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen platform cannot do is no fault of a window; every other Qt warning fails its test."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def garbage_is_collected_between_tests() -> Iterator[None]:
    """On the window's thread, as in the program (``ui/collecting.py``): Python would collect on whatever thread
    allocates, and on a worker's it takes windows of earlier tests apart there, which ends the process.
    """
    gc.disable()
    yield
    gc.collect(2 if gc.get_count()[2] >= _TESTS_A_COLLECTION else 1)


@pytest.fixture(autouse=True)
def no_window_outlives_its_test(qapp: QApplication) -> Iterator[None]:
    """Windows of a test are gone after it: thousands that live on make every later change of look slow.

    Windows that were there before it belong to fixtures of a wider scope; menus and dialogs go with their parents.
    """
    before = set(qapp.topLevelWidgets())
    yield
    for window in qapp.topLevelWidgets():
        if window.parent() is None and window not in before:
            window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", autouse=True)
def work_ends_late() -> Iterator[None]:
    """With THIDUA_LATE_WORK=0.25 all work beside the window begins so many seconds late, as on a slow machine.

    What a test forgot to wait for then fails here and not now and then elsewhere.
    """
    late = float(os.environ.get("THIDUA_LATE_WORK", "0"))
    run = tasks._Work.run

    def run_late(work: tasks._Work) -> None:
        time.sleep(late)
        run(work)

    with pytest.MonkeyPatch.context() as patch:
        if late:
            patch.setattr(tasks._Work, "run", run_late)
        yield


@pytest.fixture(scope="session", autouse=True)
def clipboard_is_let_go(qapp: QApplication) -> Iterator[None]:
    """The offscreen clipboard would take apart what was copied last when Python is gone, which ends the process."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session")
def session_look(qapp: QApplication) -> Look:
    """The look, put on the application once."""
    look = Look()
    look.apply(qapp)
    return look


@pytest.fixture
def look(session_look: Look) -> Iterator[Look]:
    """The look; theme and text size are put back afterwards."""
    yield session_look
    session_look.set_text_scale(1.0)
    session_look.set_theme(Theme.LIGHT)


@pytest.fixture
def qtbot(qtbot: QtBot, session_look: Look, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """A page that a test shows alone has the stylesheet, as the windows of the program give it to their pages."""
    add = qtbot.addWidget

    def add_dressed(widget: QWidget, **more: Any) -> None:
        session_look.dress(widget)
        add(widget, **more)

    monkeypatch.setattr(qtbot, "addWidget", add_dressed)
    return qtbot


@pytest.fixture
def shell(qtbot: QtBot, look: Look) -> MainWindow:
    """A shown window with the sample rooms, at Hôm nay."""
    window = MainWindow(look, sample_rooms(look), sample_header())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.open_room("today")
    return window
