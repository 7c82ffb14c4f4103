"""The small dialog of long work never stays behind, and never stands before the password."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.ui.components.long_work import LongWork, WorkDialog
from thidua_desktop.ui.components.progress import SHOWN_AFTER
from thidua_desktop.ui.look.theme import Look


def _dialog(window: QWidget) -> WorkDialog | None:
    return next(iter(window.findChildren(WorkDialog)), None)


def _begun(qtbot: QtBot, look: Look) -> tuple[QWidget, QWidget, Event]:
    window = QWidget()
    qtbot.addWidget(window)
    page, go_on = QWidget(window), Event()
    window.show()
    assert LongWork(look, page).start("Đang dựng bản in", lambda _control: go_on.wait(10), lambda _found: None)
    return window, page, go_on


def test_the_dialog_goes_with_a_page_that_is_left_before_the_work_ends(qtbot: QtBot, look: Look) -> None:
    window, page, go_on = _begun(qtbot, look)
    assert _dialog(window) is not None
    page.deleteLater()  # Esc, before anything said that something is being done
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go_on.set()
    qtbot.waitUntil(lambda: _dialog(window) is None)  # it would bar the window for good
    all_done()


def test_the_dialog_waits_while_the_window_is_locked(qtbot: QtBot, look: Look) -> None:
    window, _page, go_on = _begun(qtbot, look)
    window.hide()
    qtbot.wait(SHOWN_AFTER + 100)
    dialog = _dialog(window)
    assert dialog is not None and not dialog.isVisible()
    window.show()
    qtbot.waitUntil(dialog.isVisible)
    go_on.set()
    qtbot.waitUntil(lambda: _dialog(window) is None)
