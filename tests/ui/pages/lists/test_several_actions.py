"""What is done with chosen rows: one field changed in all after a look, all deleted, each taken back by one undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.working import all_done
from thidua_desktop.errors import UserError
from thidua_desktop.services import records, several
from thidua_desktop.services.session import PERMISSIONS, Changes, Role, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists import several_actions
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.lists.several_dialog import SeveralDialog
from thidua_desktop.ui.pages.province.reason_dialog import ReasonDialog

REGISTER = "movement_activity"
DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str]) -> Iterator[ListPage]:
    made = ListPage(session, look, desk, REGISTER)
    qtbot.addWidget(made)
    made.resize(1150, 660)
    made.show()
    table = made.card.table
    for row in range(3):
        table.selectionModel().select(
            table.model().index(row, 0),
            table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows,
        )
    yield made
    qtbot.waitUntil(lambda: made._task is None, timeout=10000)


def kinds(session: Session, ids: list[str]) -> list[object]:
    return [records.get(session, REGISTER, one).values["kind"] for one in ids]


def test_a_field_is_changed_in_all_after_a_look(page: ListPage, session: Session, qtbot: QtBot) -> None:
    ids = page.card.rows.ids(page.card.chosen_places())
    assert len(ids) == 3
    before = kinds(session, ids)
    page.several.ask_change()
    dialog = page.several.dialog
    assert isinstance(dialog, SeveralDialog) and not dialog.use_button.isEnabled()
    dialog.field.setCurrentIndex([one.name for one in dialog.fields].index("kind"))
    assert dialog.input is not None
    dialog.input.set_value("patrol")
    dialog.ask_look()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3, timeout=10000)
    assert dialog.use_button.text().startswith("Sửa 3 bản ghi")
    assert dialog.model.index(0, 2).data(DISPLAY) == session.definitions.catalogs["activity_kind"].label("patrol")
    assert kinds(session, ids) == before
    dialog.use()
    qtbot.waitUntil(lambda: kinds(session, ids) == ["patrol"] * 3, timeout=10000)
    qtbot.waitUntil(lambda: page._task is None, timeout=10000)
    page.undo()
    all_done()
    assert kinds(session, ids) == before


def test_another_value_must_be_looked_at_again(page: ListPage, qtbot: QtBot) -> None:
    page.several.ask_change()
    dialog = page.several.dialog
    assert isinstance(dialog, SeveralDialog) and dialog.input is not None
    dialog.field.setCurrentIndex([one.name for one in dialog.fields].index("kind"))
    dialog.input.set_value("patrol")
    dialog.ask_look()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3, timeout=10000)
    dialog.input.edited.emit()
    assert dialog.model.rowCount() == 0 and not dialog.use_button.isEnabled()
    dialog.reject()


def test_a_look_that_comes_back_late_finds_its_dialog_gone(page: ListPage, qtbot: QtBot) -> None:
    page.several.ask_change()
    dialog = page.several.dialog
    assert isinstance(dialog, SeveralDialog) and dialog.input is not None
    dialog.field.setCurrentIndex([one.name for one in dialog.fields].index("kind"))
    dialog.input.set_value("patrol")
    dialog.ask_look()
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[arg-type]
    assert not isValid(dialog)
    qtbot.waitUntil(lambda: page._task is None, timeout=10000)


def test_chosen_rows_are_deleted_and_come_back(page: ListPage, session: Session, qtbot: QtBot) -> None:
    count = session.file.records.count(REGISTER)
    page.several.ask_delete()
    dialog = page.several.dialog
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.setText("ghi hai lần")
    dialog.go()
    qtbot.waitUntil(lambda: session.file.records.count(REGISTER) == count - 3, timeout=10000)
    qtbot.waitUntil(lambda: page._task is None, timeout=10000)
    assert page.navigate.messages[-1].startswith("Đã xóa 3 bản ghi")  # type: ignore[attr-defined]
    page.undo()
    all_done()
    assert session.file.records.count(REGISTER) == count


def test_who_only_looks_is_told(page: ListPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PERMISSIONS, Role.ADMINISTRATOR, PERMISSIONS[Role.LEADER])
    page.several.ask_change()
    page.several.ask_delete()
    assert page.several.dialog is None
    page.card.table.selectAll()
    menu = page.several.menu()
    menu.aboutToShow.emit()
    assert menu.actions()[-1].text() == "Quyền của bạn chỉ xem sổ"
    assert not any(action.isEnabled() for action in menu.actions())


def test_what_was_left_out_is_named(page: ListPage, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UserError] = []
    monkeypatch.setattr(several_actions, "show_error", lambda _look, error, _parent: told.append(error))
    left = several.LeftOut("x", "Buổi 5", "đang được 2 bản ghi khác nhắc tới")
    page.several._told(several.SeveralDone(0, (left,), Changes(frozenset())), "xóa")
    assert told[0].code == "TD-STORE-353" and "Buổi 5: đang được 2 bản ghi" in told[0].sentence


def test_the_whole_reason_stands_under_the_table(page: ListPage, look: Look, session: Session) -> None:
    dialog = SeveralDialog(look, session, REGISTER, 2, page)
    why = "“Ngày” (29/11/2026) sau ngày hôm nay (09/11/2026). Kiểm tra lại ngày, hoặc đồng hồ của máy."
    plan = several.SeveralPlan(REGISTER, dialog.fields[0], "Sân", (), 1, (several.LeftOut("x", "Buổi 5", why),))
    dialog.show_plan(plan)
    assert dialog.why.isVisibleTo(dialog) and dialog.why.text() == f"Buổi 5: giữ nguyên. {why}"
    dialog.show_plan(None)
    assert not dialog.why.isVisibleTo(dialog)
