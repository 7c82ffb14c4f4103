"""Filters under names and columns as chosen: the same after a new start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from thidua_desktop.services.list_views import ColumnChoice, column_choice, keep_columns, save_view, saved_views
from thidua_desktop.services.lists import SortKey
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.page import ListPage

Make = Callable[[], ListPage]


@pytest.fixture
def start(qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str]) -> Make:
    """A new list of activities, as after a new start."""

    def make() -> ListPage:
        page = ListPage(session, look, desk, "movement_activity")
        qtbot.addWidget(page)
        page.resize(1366, 700)
        page.show()
        QApplication.processEvents()
        return page

    return make


def test_a_filter_comes_back_with_its_order(start: Make, session: Session) -> None:
    page = start()
    page.filters.set_condition("kind", "patrol")
    page.filters.field.setText("dot")
    page._sort(SortKey("attendance_total", True))
    page.filters.set_period_code("")
    dialog = page.saved.ask_save()
    dialog.name.setText("Tuần tra nhiều người")
    dialog.keep_button.click()
    before = [page.card.rows.row(at).id for at in range(len(page.card.rows))]
    again = start()
    assert len(again.card.rows) != len(before)
    again.saved.fill()
    action = again.saved.menu.actions()[0]
    assert "Tuần tra nhiều người" in action.text() and not action.isChecked()
    action.trigger()
    assert [again.card.rows.row(at).id for at in range(len(again.card.rows))] == before
    again.saved.fill()
    assert again.saved.menu.actions()[0].isChecked()


def test_the_current_period_moves_on_with_time(start: Make) -> None:
    page = start()
    assert page.state()["period"] == "now"
    page.filters.set_period_code("2026-09")
    assert page.state()["period"] == "2026-09"


def names(session: Session) -> list[str]:
    return [view.name for view in saved_views(session, "movement_activity")]


def test_filters_are_renamed_put_first_and_deleted_and_ctrl_z_takes_it_back(start: Make, session: Session) -> None:
    page = start()
    for name in ("Một", "Hai"):
        page.saved.save(name)
    page.saved.put_first("Hai")
    assert names(session) == ["Hai", "Một"]
    page.saved.delete("Hai")
    assert names(session) == ["Một"]
    assert page.take_back() and names(session) == ["Hai", "Một"]
    assert not page.take_back()  # the window takes back what was written
    page.saved.delete("Hai")
    page.refresh(Changes(frozenset({"movement_activity"}), ("x",)))
    assert not page.take_back()  # something was written since


def test_a_name_that_is_refused_is_mended_where_it_was_typed(start: Make, session: Session, qtbot: QtBot) -> None:
    page = start()
    for name in ("Một", "Hai"):
        page.saved.save(name)
    dialog = page.saved.ask_rename("Một")
    assert dialog.name.text() == dialog.name.selectedText() == "Một"
    dialog.name.setText("hai")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible() and "Đã có bộ lọc tên “Hai”" in dialog.problem.text()
    qtbot.keyClicks(dialog.name, " khac")
    assert not dialog.problem.isVisible()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert not dialog.isVisible() and names(session) == ["hai khac", "Hai"]
    asked = page.saved.ask_save()
    asked.name.setText("hai")
    assert "lưu thì thay" in asked.note.text() and asked.note.isVisible()
    asked.reject()


def test_columns_stand_as_they_were_put(start: Make, session: Session) -> None:
    page = start()
    first = page.card.order()
    dialog = page.columns.choose()
    dialog.list.setCurrentRow(len(first) - 1)
    dialog.move_current(-1)
    dialog.move_current(1)
    dialog.move_current(-(len(first) - 1))
    dialog.accept()
    assert page.card.order() == (first[-1], *first[:-1])
    page.card.set_column_shown(first.index("kind"), False)
    again = start()
    assert again.card.order() == (first[-1], *first[:-1]) and not again.card.column_shown(first.index("kind"))
    assert again.card.shown_names()[0] == first[-1]
    dialog = again.columns.choose()
    dialog.again.click()
    assert again.card.order() == first and again.card.column_shown(first.index("kind"))
    assert column_choice(session, "movement_activity").order == ()


def test_a_filter_of_what_is_gone_still_opens(start: Make, session: Session) -> None:
    state = {
        "text": "dot", "period": "no-such", "standing": True, "waiting": "never", "office": "99999",
        "chosen": {"no_field": ["x", "X"], "kind": ["patrol", "Tuần tra"]}, "sort": [["no_column", True]],
    }  # fmt: skip
    save_view(session, "movement_activity", "Cũ", state)
    page = start()
    page.saved.fill()
    page.saved.menu.actions()[0].trigger()
    assert page.query.sort == () and [one.field for one in page.query.conditions] == ["kind"]
    assert page.query.text == "dot" and page.query.start is not None
    page.saved.update("Cũ")
    (view,) = saved_views(session, "movement_activity")
    assert set(view.state["chosen"]) == {"kind"} and view.state["period"] == "now"


def test_columns_that_are_gone_are_forgotten(start: Make, session: Session) -> None:
    keep_columns(session, "movement_activity", ColumnChoice(("no_column", "kind"), {"no_column": False, "kind": True}))
    page = start()
    assert page.card.order()[0] == "kind" and "no_column" not in page.card.shown_names()
