"""Bản ghi đã xóa by keyboard: found, looked at, brought back with one undo; a reason where one is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.working import all_done, finished
from thidua_desktop.services import deleted, records, several
from thidua_desktop.services.deleted import Returning, ReturnPlan
from thidua_desktop.services.session import Role, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.deleted.page import DeletedPage
from thidua_desktop.ui.pages.deleted.return_dialog import ReturnDialog
from thidua_desktop.ui.pages.lists.page import ListPage

ACTIVITY = "movement_activity"
Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def gone(session: Session, activities: list[str]) -> list[str]:
    """Three deleted together, one alone."""
    several.delete_several(session, ACTIVITY, activities[:3], "ghi hai lần")
    records.delete(session, ACTIVITY, activities[3], "nhầm thôn")
    return activities[:4]


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, gone: list[str]) -> DeletedPage:
    made = in_front(qtbot, DeletedPage(session, look, desk, back_to="Quản trị"))
    all_done()
    return made


def bring_back(page: DeletedPage) -> None:
    """Enter on the line, Enter in the dialog."""
    QTest.keyClick(page.table, Key.Key_Return)
    all_done()
    assert page.dialog is not None
    QTest.keyClick(page.dialog.go_button, Key.Key_Return)
    finished(page.dialog.deed)
    all_done()


def test_one_comes_back_by_two_keys_and_goes_again_by_undo(
    page: DeletedPage, session: Session, gone: list[str], desk: Any, qtbot: QtBot
) -> None:
    assert page.table.hasFocus() and [line.reason for line in page.model.rows] == ["nhầm thôn", *["ghi hai lần"] * 3]
    qtbot.waitUntil(lambda: page.pane.record is not None and page.pane.record.id == gone[3])
    assert page.pane.tabs.tabText(1) == "Lịch sử 2"
    bring_back(page)
    assert records.get(session, ACTIVITY, gone[3]) and len(page.model.rows) == 3
    assert "Đã lấy lại 1 bản ghi" in desk.messages[-1]
    records.undo(session)
    all_done()
    assert len(page.model.rows) == 4


def test_what_went_together_is_chosen_by_one_key_and_words_find_it(
    page: DeletedPage, session: Session, gone: list[str], qtbot: QtBot
) -> None:
    page.field.setText("hai lan")
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)
    page.focus_first()
    QTest.keyClick(page.table, Key.Key_G, Ctrl)
    assert page.return_button.text() == "Lấy lại 3 bản ghi"
    bring_back(page)
    assert all(records.get(session, ACTIVITY, one) for one in gone[:3])
    assert page.views.currentWidget() is page.empty and not page._clear.isHidden()
    page._clear.click()
    all_done()
    assert len(page.model.rows) == 1


def test_a_list_leads_to_its_own_and_pages_follow_each_other(
    qtbot: QtBot, session: Session, look: Look, desk: Any, gone: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deleted, "PAGE", 3)
    listing = in_front(qtbot, ListPage(session, look, desk, ACTIVITY))
    listing.deleted_button.click()
    shown = desk.pushed[-1]
    assert isinstance(shown, DeletedPage) and shown.register.chosen() == ACTIVITY
    in_front(qtbot, shown)
    all_done()
    assert len(shown.model.rows) == 3 and "4 bản ghi đã xóa, đang hiện 3" in shown.told.text()
    shown.more.click()
    all_done()
    assert len(shown.model.rows) == 4 and shown._more_row.isHidden()
    shown.register.choose("residential_area")
    all_done()
    assert len(shown.model.rows) == 0


def test_who_may_only_look_brings_nothing_back(
    qtbot: QtBot, session: Session, look: Look, desk: Any, gone: list[str]
) -> None:
    leader = replace(session, user=replace(session.user, role=Role.LEADER))
    page = in_front(qtbot, DeletedPage(leader, look, desk))
    all_done()
    assert page.model.rows and not page.return_button.isEnabled()
    page.ask_return()
    all_done()
    assert page.dialog is None


def test_a_warning_asks_for_a_reason_before_anything_is_written(
    page: DeletedPage, session: Session, look: Look, gone: list[str]
) -> None:
    one = deleted.plan(session, [page.model.rows[0].key]).returning[0]
    plan = ReturnPlan((Returning(one.key, one.title, warnings=("Số 12 đã có.",)),), ())
    dialog = ReturnDialog(look, session, plan, page)
    dialog.open()
    assert not dialog.rows["reason"].isHidden()
    dialog.go()
    assert "TD-DATA-612" in dialog.refusal.accessibleName() or dialog.refusal.isVisible()
    assert len(deleted.find(session)) == 4
    dialog.reason.setText("hai bản giấy")
    dialog.go()
    finished(dialog.deed)
    assert len(deleted.find(session)) == 3
