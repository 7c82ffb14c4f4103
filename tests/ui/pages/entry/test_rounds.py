"""The monthly round: from Hôm nay straight into the row that is owed, and on to the next person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit
from thidua_desktop.services import drafts, records
from thidua_desktop.services.session import Session
from thidua_desktop.services.today import duty_lines
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput
from thidua_desktop.ui.pages.today.page import TodayPage

REGISTER = "supervised_person"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(add: Callable[..., str], areas: dict[str, str]) -> list[str]:
    """Two people whose remark on October and roll call of November are owed, everything else done."""
    return [
        add(
            REGISTER, name=name, sex="male", residential_area=areas["tan lap"], group="suspended_sentence",
            decision="15/2026/QĐ-CA", received_on=date(2026, 9, 3), reception_told_on=date(2026, 9, 4),
            plan_on=date(2026, 9, 8), helper_decided_on=date(2026, 9, 10),
            remarks=({"month": date(2026, 9, 3), "rating": "fair"},),
            roll_calls=tuple(
                {"held_on": date(2026, month, 3), "way": "in_person", "result": "present"} for month in (9, 10)
            ),
        )
        for name in ("Cao Văn Kỷ", "Lý A Páo")
    ]  # fmt: skip


@pytest.fixture
def begin(session: Session, look: Look, desk: Desk, qtbot: QtBot, people: list[str]) -> Callable[[str], EntryPage]:
    """Opens what the line of Hôm nay opens."""

    def opened(title: str) -> EntryPage:
        today = TodayPage(session, look, desk)
        qtbot.addWidget(today)
        [line] = [one for one in duty_lines(session) if one.title == title]
        today.lead(line.target)
        page = desk.pushed[-1]
        assert isinstance(page, EntryPage)
        return in_front(qtbot, page)

    return opened


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def choose(code: str) -> None:
    """A choice by its first letters, and on to the next record."""
    commit(focused(), code)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClick(focused(), Qt.Key.Key_Return, CTRL)


def last_row(session: Session, person: str, rows: str) -> Any:
    found = records.get(session, REGISTER, person).values[rows]
    assert isinstance(found, tuple)
    return found[-1]


def test_each_person_takes_four_keys(begin: Callable[[str], EntryPage], session: Session, desk: Desk) -> None:
    page = begin("2 người chưa điểm danh tháng 11")
    first, second = page._turn.records  # type: ignore[union-attr]
    assert page.record_id == first and "Điểm danh tháng 11 (1/2)." in page.notice.words()
    assert page.foot.next_button.text() == "Lưu, sang hồ sơ kế"
    assert page.help_key() == f"{REGISTER}.roll_calls.result"
    choose("c")
    assert page.record_id == second and "(2/2)" in page.notice.words() and desk.backs == 0
    assert page.help_key() == f"{REGISTER}.roll_calls.result" and page.foot.next_button.isHidden()
    choose("khong")  # after the last one it is as leaving any form
    assert desk.backs == 1
    held = {"held_on": date(2026, 11, 9), "way": "in_person"}
    assert last_row(session, first, "roll_calls") == {**held, "result": "present"}
    assert last_row(session, second, "roll_calls") == {**held, "result": "absent"}


def test_signing_late_asks_for_its_reason_before_the_next(begin: Callable[[str], EntryPage], session: Session) -> None:
    page = begin("2 nhận xét tháng 10 chưa ghi")
    first, second = page._turn.records  # type: ignore[union-attr]
    QTest.keyClick(focused(), Qt.Key.Key_Return)  # no report of the person's own
    choose("kha")
    assert page.record_id == first
    assert "muộn hơn hạn 05/11/2026" in page.findings.shown[0].text
    commit(focused(), "Trưởng Công an xã đi tập huấn")
    QTest.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    assert page.record_id == second
    assert last_row(session, first, "remarks") == {
        "month": date(2026, 10, 1), "rating": "fair", "signed_on": date(2026, 11, 9),
    }  # fmt: skip


def test_who_has_nothing_to_write_is_passed_over(begin: Callable[[str], EntryPage], session: Session) -> None:
    page = begin("2 nhận xét tháng 10 chưa ghi")
    first, second = page._turn.records  # type: ignore[union-attr]
    [skip] = page.notice.findChildren(Button)
    skip.click()
    assert page.record_id == second
    assert last_row(session, first, "remarks")["month"] == date(2026, 9, 3)
    assert drafts.find(session, REGISTER, first) is None  # a row that nobody wrote in is nothing to keep


def test_a_row_saved_with_the_cursor_in_it_leaves_no_draft(
    session: Session, look: Look, desk: Desk, qtbot: QtBot, people: list[str]
) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, REGISTER, people[0]))
    page.form.begin_row("roll_calls", {})
    commit(focused(), "co mat")
    QTest.keyClick(focused(), Qt.Key.Key_S, CTRL)
    assert desk.backs == 1 and last_row(session, people[0], "roll_calls")["held_on"] == date(2026, 11, 9)
    assert drafts.find(session, REGISTER, people[0]) is None


def test_going_to_the_months_leads_to_the_new_row(
    session: Session, look: Look, desk: Desk, qtbot: QtBot, people: list[str]
) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, REGISTER, people[0]))
    for _ in range(3):
        QTest.keyClick(focused(), Qt.Key.Key_PageDown, CTRL)
    rows = page.form.inputs["remarks"]
    assert isinstance(rows, RowsInput) and rows.add_button.hasFocus()
    assert page.help_key() == f"{REGISTER}.remarks"
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert rows.editors[-1].inputs["month"].value() == date(2026, 10, 1)
    assert rows.editors[-1].inputs["report_on"].focus_target().hasFocus()
    assert not page.keeper.is_dirty()
