"""The form inside the real window: Esc, Ctrl+N, Ctrl+Z and the list behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.typing_vietnamese import type_keys
from thidua_desktop.services import drafts
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.shell.main_window import MainWindow
from thidua_desktop.ui.shell.rooms import Room, ShellHeader

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, session: Session, look: Look) -> MainWindow:
    shown: list[MainWindow] = []
    room = Room("activities", "Hoạt động", make_page=lambda: ListPage(session, look, shown[0], "movement_activity"))
    shown.append(MainWindow(look, [room], ShellHeader("UBND xã Phú Hòa")))
    qtbot.addWidget(shown[0])
    shown[0].open_room("activities")
    shown[0].show()
    shown[0].activateWindow()
    qtbot.waitUntil(shown[0].isActiveWindow)
    return shown[0]


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, held)


def test_escape_closes_a_pick_list_then_the_form_and_keeps_the_draft(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    press(qtbot, Qt.Key.Key_N, CTRL)
    page = window.page()
    assert isinstance(page, EntryPage)
    page.form.inputs["kind"].go_to()
    line: Any = QApplication.focusWidget()
    type_keys(line, "tuan")
    assert line.is_open()
    press(qtbot, Qt.Key.Key_Escape)
    assert window.page() is page
    assert not line.is_open()
    press(qtbot, Qt.Key.Key_Escape)
    assert isinstance(window.page(), ListPage)
    assert drafts.find(session, "movement_activity", None) is not None


def test_saving_goes_back_to_the_list_which_shows_it(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Qt.Key.Key_N, CTRL)
    page = window.page()
    assert isinstance(page, EntryPage)
    page.form.set_values({"held_on": date(2026, 11, 9), "kind": "patrol"})
    page.form.inputs["title"].go_to()
    type_keys(QApplication.focusWidget(), "Tuần tra đêm")
    page.form.inputs["result"].go_to()
    press(qtbot, Qt.Key.Key_Return, CTRL)  # from a text of several lines, too
    assert page.form.inputs["title"].is_empty()
    page.form.inputs["title"].go_to()
    type_keys(QApplication.focusWidget(), "Tuần tra sáng")
    press(qtbot, Qt.Key.Key_S, CTRL)
    listed = window.page()
    assert isinstance(listed, ListPage)
    qtbot.waitUntil(lambda: len(listed.card.rows) == 2)


def test_undo_in_a_field_takes_back_typing_only(
    qtbot: QtBot, window: MainWindow, add: Callable[..., str], session: Session
) -> None:
    add("movement_activity", held_on=date(2026, 11, 8), kind="patrol", title="Đã ghi")
    press(qtbot, Qt.Key.Key_N, CTRL)
    page = window.page()
    assert isinstance(page, EntryPage)
    page.form.inputs["title"].go_to()
    type_keys(QApplication.focusWidget(), "gõ nhầm")
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert page.form.inputs["title"].is_empty()
    assert session.file.records.count("movement_activity") == 1
