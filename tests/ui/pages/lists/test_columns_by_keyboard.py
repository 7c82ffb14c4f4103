"""Sorting by keyboard: F7 names the columns, a digit sorts, Shift+F7 turns round; the order is told in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from thidua_desktop.services.lists import SortKey
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists import table_card
from thidua_desktop.ui.pages.lists.page import ListPage

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str]) -> ListPage:
    return in_front(qtbot, ListPage(session, look, desk, "movement_activity"), 1366, 700)


def test_a_digit_sorts_and_shift_turns_round(page: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(table_card, "announce", lambda _widget, words: said.append(words))
    qtbot.keyClick(page.card.table, Qt.Key.Key_F7)
    menu = page.columns._sorting
    qtbot.waitUntil(menu.isVisible)
    place = next(at for at, one in enumerate(menu.actions()) if "Số dự" in one.text() or "dự" in one.text())
    qtbot.keyClick(menu, Qt.Key(Qt.Key.Key_1.value + place))
    assert page.query.sort == (SortKey("attendance_total", True),)
    qtbot.keyClick(page.card.table, Qt.Key.Key_F7, SHIFT)
    assert page.query.sort == (SortKey("attendance_total", False),)
    assert [words.rsplit(", ", 1)[1] for words in said] == ["giảm dần", "tăng dần"]
    assert said[-1] in page.card.table.accessibleDescription()


def test_the_order_stands_in_the_head_and_in_the_menu(page: ListPage) -> None:
    menu = page.columns_button.menu()
    menu.aboutToShow.emit()
    sorting = menu.actions()[0].menu()
    assert sorting is not None and "F7" in menu.actions()[0].text()
    (marked,) = [action for action in sorting.actions() if action.isChecked()]
    assert marked.text().endswith(", giảm dần")
    table = QAccessible.queryAccessibleInterface(page.card.table)
    assert table.child(1).text(QAccessible.Text.Name).endswith(", xếp giảm dần")
    marked.trigger()
    assert page.query.sort == (SortKey("held_on", False),)
    menu.aboutToShow.emit()  # a second opening has its submenu still
    assert menu.actions()[0].menu() is sorting and sorting.actions()


def test_columns_that_are_hidden_are_not_offered(page: ListPage) -> None:
    names: Callable[[], list[str]] = lambda: [one.text() for one in page.columns.sort_menu().actions()]  # noqa: E731
    before = names()
    title = page.card.model.shown.columns[2].title
    page.card.set_column_shown(2, False)
    after = names()
    page.columns._sorting.hide()
    assert any(title in one for one in before) and not any(title in one for one in after)


def test_a_column_that_only_lacks_room_is_sorted_by_too(page: ListPage) -> None:
    title = page.card.model.shown.columns[2].title
    page.card.table.setColumnHidden(2, True)  # as large text does
    found = [one for one in page.columns.sort_menu().actions() if title in one.text()]
    page.columns._sorting.hide()
    assert [one.text().partition("  ")[2] for one in found] == [f"{title} (chưa đủ chỗ)"]
    found[0].trigger()
    assert page.query.sort[0].field == page.card.rows.columns[2].name
