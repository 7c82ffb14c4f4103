"""A right click or the menu key on a row: what can be done with it, with the key that does the same."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.lists.page import ListPage


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str]) -> ListPage:
    made = in_front(qtbot, ListPage(session, look, desk, "movement_activity"), 1366, 700)
    QApplication.processEvents()
    return made


def right_click(page: ListPage, row: int, reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse) -> None:
    table = page.card.table
    at = table.visualRect(page.card.model.index(row, 1)).center()
    where = table.viewport() if reason is QContextMenuEvent.Reason.Mouse else table
    QApplication.sendEvent(where, QContextMenuEvent(reason, at, table.viewport().mapToGlobal(at)))


def action(page: ListPage, begins: str) -> QAction:
    return next(one for one in page.row_menu.menu.actions() if one.text().startswith(begins))


def test_a_right_click_chooses_the_row_and_offers_what_can_be_done(page: ListPage, desk: Any) -> None:
    right_click(page, 3)
    assert page.row_menu.menu.isVisible() and page.card.table.currentIndex().row() == 3
    assert all(action(page, words).isEnabled() for words in ("Mở", "In…", "Chép sang", "Chép 1", "Sửa", "Xóa 1"))
    page.row_menu.menu.close()
    action(page, "Mở").trigger()
    assert isinstance(desk.pushed[-1], EntryPage)


def test_rows_that_are_chosen_stay_chosen(page: ListPage, qtbot: QtBot) -> None:
    page.card.table.setFocus()
    page.card.select(1)
    for _ in range(2):
        qtbot.keyClick(page.card.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    right_click(page, 2)
    assert page.card.chosen_count() == 3 and action(page, "Xóa 3 dòng").isEnabled()
    page.row_menu.menu.close()
    right_click(page, 6)
    assert page.card.chosen_count() == 1
    page.row_menu.menu.close()


def test_the_menu_key_opens_at_the_current_row_and_no_row_offers_nothing(page: ListPage) -> None:
    page.card.select(4)
    right_click(page, 0, QContextMenuEvent.Reason.Keyboard)
    assert page.row_menu.menu.isVisible() and page.card.table.currentIndex().row() == 4
    page.row_menu.menu.close()
    viewport = page.card.table.viewport()
    nowhere = QPoint(5, viewport.height() + 500)
    QApplication.sendEvent(
        viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, nowhere, viewport.mapToGlobal(nowhere))
    )
    assert not page.row_menu.menu.isVisible()
