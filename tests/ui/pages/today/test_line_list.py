"""Rows of Hôm nay by keyboard: the row with the cursor is marked, and the page goes with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.today.line_list import Line, LineList


@pytest.fixture
def lists(qtbot: QtBot, look: Look) -> tuple[QScrollArea, LineList, LineList]:
    area, page = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(page)
    due, dangers = LineList(look, "Việc đến hạn"), LineList(look, "An toàn dữ liệu")
    for shown in (due, dangers):
        shown.set_lines([Line(f"Việc {at}", StateText(State.LATE, "Quá hạn"), "", "Mở", at) for at in range(12)])
        column.addWidget(shown)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(500, 300)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    return area, due, dangers


def is_seen(area: QScrollArea, shown: LineList) -> bool:
    row = shown.visualRect(shown.currentIndex())
    top = shown.viewport().mapTo(area.viewport(), row.topLeft()).y()
    return top >= 0 and top + row.height() <= area.viewport().height()


def test_the_page_follows_the_row_with_the_cursor(qtbot: QtBot, lists: tuple[QScrollArea, LineList, LineList]) -> None:
    area, due, _ = lists
    due.setFocus(Qt.FocusReason.ShortcutFocusReason)
    for key, row in ((Qt.Key.Key_End, 11), (Qt.Key.Key_Up, 10), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(due, key)
        assert due.currentIndex().row() == row and is_seen(area, due), key


def test_tab_into_rows_marks_the_first_and_shows_it(
    qtbot: QtBot, lists: tuple[QScrollArea, LineList, LineList]
) -> None:
    area, due, dangers = lists
    due.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.keyClick(due, Qt.Key.Key_Tab)
    assert dangers.hasFocus()
    qtbot.waitUntil(lambda: is_seen(area, dangers))
    assert [index.row() for index in dangers.selectionModel().selectedIndexes()] == [0]
    qtbot.keyClick(dangers, Qt.Key.Key_Backtab)
    qtbot.waitUntil(lambda: due.hasFocus() and is_seen(area, due))
    assert due.selectionModel().hasSelection()


def test_who_comes_back_stands_where_he_was_or_where_the_line_that_is_done_stood(
    lists: tuple[QScrollArea, LineList, LineList],
) -> None:
    _area, due, dangers = lists
    due.setFocus(Qt.FocusReason.ShortcutFocusReason)
    for left, shown, row in ((5, range(2, 12), 3), (3, [2, 3, 4, 6, 7], 3), (4, [2, 3], 1)):
        due.go_to(left)
        dangers.setFocus(Qt.FocusReason.OtherFocusReason)
        due.set_lines([Line(f"Việc {at}", StateText(State.LATE, "Quá hạn"), "", "Mở", at) for at in shown])
        due.setFocus(Qt.FocusReason.OtherFocusReason)
        assert [index.row() for index in due.selectionModel().selectedIndexes()] == [row]
