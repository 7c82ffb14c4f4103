"""Dòng để riêng: both values side by side, returned or settled from the page, found from the inbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import press
from tests.unit.services.handoff.test_aside import conflicting
from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.services.handoff import aside
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.aside_page import AsidePage
from thidua_desktop.ui.pages.province.inbox_page import InboxPage


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> Iterator[AsidePage]:
    conflicting(pair)
    made = AsidePage(pair.province, look, desk)
    qtbot.addWidget(made)
    made.resize(1140, 680)
    made.show()
    yield made


def grid(page: AsidePage) -> list[str]:
    found = (page._grid.itemAt(at) for at in range(page._grid.count()))
    return [widget.text() for one in found if one is not None and (widget := one.widget()) is not None]


def test_both_values_stand_side_by_side(page: AsidePage, desk: Desk) -> None:
    assert grid(page)[3:][1:] == ["45", "44"]
    page.open_button.click()
    register, record = desk.rooms[-1]
    assert register == "movement_activity" and record == page.model.rows[0].line.record_id
    page.commune.choose(page.commune._choices[1][0])
    assert len(page.model.rows) == 1
    page.view.chosen.emit(0)
    assert len(page.model.rows) == 1


def test_settled_lines_leave_the_list_with_their_remark(page: AsidePage, desk: Desk, pair: TwoOffices) -> None:
    page.settle_button.click()
    assert page.dialog is not None
    page.dialog.reason.setText("Đã hỏi xã, giữ 44")
    press(page.dialog.reason, Qt.Key.Key_Return)
    assert desk.messages[-1] == "Đã ghi; còn 0 dòng chờ"
    assert aside.waiting_count(pair.province) == 0 and not page.settle_button.isEnabled()
    page.view.set_current(1)
    page.view.chosen.emit(1)
    assert page.empty.isHidden()
    assert page.standing.text().startswith("Đã hỏi xã, giữ 44 (Y Bhăm Niê") and not page.return_button.isEnabled()


def test_a_returned_line_says_so(page: AsidePage, pair: TwoOffices) -> None:
    page.return_button.click()
    assert page.dialog is not None
    page.dialog.reason.setText("Xem lại số người")
    press(page.dialog.reason, Qt.Key.Key_Return)
    assert page.model.index(0, 6).data() == "Đã trả lại"
    assert page.standing.text().startswith("Đã trả lại: Xem lại số người")


def test_the_inbox_counts_them_and_leads_there(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    inbox = InboxPage(pair.province, look, desk)
    qtbot.addWidget(inbox)
    inbox.show()
    assert inbox.aside_button.isHidden()
    conflicting(pair)
    with qtbot.waitSignal(inbox.looked, timeout=20000):
        inbox.open_folder(pair.folder)
    qtbot.waitUntil(lambda: inbox._task is None, timeout=5000)
    assert "1 dòng để riêng" in inbox.aside_button.text() and not inbox.aside_button.isHidden()
    inbox.table.selectRow(1)
    assert not inbox.plan.aside_button.isHidden()
    inbox.table.selectRow(0)
    assert inbox.plan.aside_button.isHidden()
    inbox.aside_button.click()
    (opened,) = desk.pushed
    assert isinstance(opened, AsidePage)
    qtbot.addWidget(opened)
    inbox._pool.waitForDone()
