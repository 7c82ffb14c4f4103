"""Quản trị: a directive's calendar is seen with its periods before it is taken in; the office's own; due days."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import CHEAP, Desk
from tests.ui.pages.typing_vietnamese import commit
from tests.unit.services.made_calendars import CAMPAIGN, QUARTERS
from thidua_desktop.services import due_days, periods
from thidua_desktop.services.session import Role, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.calendars_card import NOT_ALLOWED, DueDialog, TakeCalendarDialog
from thidua_desktop.ui.pages.admin.page import AdminPage
from thidua_desktop.ui.wizard.refusal_block import RefusalBlock

REPORT = "movement_result"


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> AdminPage:
    made = AdminPage(session, look, desk, CHEAP)
    qtbot.addWidget(made)
    made.resize(1142, 900)
    made.show()
    return made


def written(folder: Path, text: str) -> Path:
    path = folder / "lich.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_calendar_is_shown_with_its_periods_and_then_taken_in(
    page: AdminPage, session: Session, tmp_path: Path
) -> None:
    assert page.calendars.added.text() == "Chưa nhận lịch nào từ tệp."
    page.look_at_calendar(written(tmp_path, CAMPAIGN))
    dialog = page.dialog
    assert isinstance(dialog, TakeCalendarDialog) and dialog.go_button.text() == "Nhận"
    assert dialog.lines.item(0).text() == "Đợt cao điểm bảo vệ Đại hội: 20/10 – 10/11, hạn nộp 12/11/2026"
    assert session.file.added_calendars == []
    dialog.go()
    assert session.file.added_calendars == ["directive_congress"]
    assert page.calendars.added.text() == "Nhận từ tệp: Đợt cao điểm bảo vệ Đại hội (bản 1)."
    page.look_at_calendar(written(tmp_path, CAMPAIGN.replace("version = 1", "version = 2")))
    again = page.dialog
    assert isinstance(again, TakeCalendarDialog) and again.go_button.text() == "Thay bản 1"


def test_a_wrong_file_is_told_and_nothing_opens(
    page: AdminPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "thidua_desktop.ui.pages.admin.page.show_error", lambda _look, error, _parent: told.append(error.code)
    )
    page.look_at_calendar(written(tmp_path, CAMPAIGN.replace("format = 1", "format = 9")))
    assert told == ["TD-FORM-062"] and page.dialog is None


def test_the_offices_own_calendar_is_chosen(page: AdminPage, session: Session, tmp_path: Path) -> None:
    page.look_at_calendar(written(tmp_path, QUARTERS))
    dialog = page.dialog
    assert isinstance(dialog, TakeCalendarDialog)
    dialog.go()
    box = page.calendars.default
    assert box.chosen() == "decree09"
    box.choose("directive_day20")
    box.activated.emit(box.currentIndex())
    assert periods.calendar(session).name == "directive_day20"


def test_a_due_day_is_set_with_its_basis(page: AdminPage, session: Session) -> None:
    page.calendars.due_button.click()
    dialog = page.dialog
    assert isinstance(dialog, DueDialog)
    dialog.reports.choose(REPORT)
    dialog.kinds.choose("quarter")
    commit(dialog.due, "ngày 25")
    dialog.go()
    assert not dialog.refusal.isHidden() and isinstance(dialog.refusal, RefusalBlock)
    assert due_days.set_dues(session, REPORT) == {}
    commit(dialog.basis, "Quyết định 12/2026/QĐ-UBND")
    dialog.go()
    assert due_days.due_words(due_days.set_dues(session, REPORT)["quarter"].due) == "ngày 25 hằng tháng"
    page.calendars.due_button.click()
    again = page.dialog
    assert isinstance(again, DueDialog)
    again.reports.choose(REPORT)
    again.kinds.choose("quarter")
    assert again.basis.text() == "Quyết định 12/2026/QĐ-UBND"


def test_who_may_not_manage_the_office_only_reads(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> None:
    from dataclasses import replace

    officer = replace(session, user=replace(session.user, role=Role.OFFICER))
    made = AdminPage(officer, look, desk, CHEAP)
    qtbot.addWidget(made)
    assert made.calendars.take_button.toolTip() == NOT_ALLOWED
    assert not made.calendars.default.isEnabled()
