"""Quản trị of an office with a restricted register: the log of looks, and erasing what is past its time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import CHEAP, Desk
from tests.unit.services.restricted_register import REGISTER, with_restricted
from thidua_desktop.services import records
from thidua_desktop.services.session import Role, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.page import AdminPage
from thidua_desktop.ui.pages.admin.private_card import AccessLogDialog, EraseDialog


@pytest.fixture
def office(session: Session) -> Session:
    made = with_restricted(session)
    for name, until in (("Vàng Thị Xy", date(2020, 1, 1)), ("Lò Văn Páo", date(2026, 1, 1))):
        saved = records.save(made, REGISTER, {"name": name, "sex": "male", "until": until}, reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), saved
        records.get(made, REGISTER, saved.record.id)
    return made


@pytest.fixture
def page(qtbot: QtBot, office: Session, look: Look, desk: Desk) -> AdminPage:
    made = AdminPage(office, look, desk, CHEAP)
    qtbot.addWidget(made)
    made.resize(1142, 900)
    made.show()
    return made


def test_the_log_names_who_looked_and_nobody_else(page: AdminPage, tmp_path: Path) -> None:
    assert "Mai Thu Sương" in page.private.last.text()
    page.private.log_button.click()
    dialog = page.dialog
    assert isinstance(dialog, AccessLogDialog)
    lines = [dialog.lines.item(place).text() for place in range(dialog.lines.count())]
    assert len(lines) == 2 and all("Mở một bản ghi của" in line for line in lines)
    assert "Páo" not in str(lines)
    dialog.write_to(tmp_path / "log.csv")
    assert (tmp_path / "log.csv").read_text(encoding="utf-8-sig").count("\n") == 3


def test_what_is_past_its_time_is_erased_with_a_reason(page: AdminPage, office: Session, desk: Desk) -> None:
    assert page.private.state.text() == "1 hồ sơ hết thời hạn lưu, cần xóa vĩnh viễn"
    page.private.erase_button.click()
    dialog = page.dialog
    assert isinstance(dialog, EraseDialog) and dialog.lines.count() == 1
    assert not dialog.go_button.isEnabled()
    dialog.lines.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.go()
    assert not dialog.refusal.isHidden() and office.file.records.count(REGISTER) == 2
    dialog.reason.setText("Hết thời hạn lưu")
    dialog.go()
    assert office.file.records.count(REGISTER) == 1
    assert desk.messages == ["Đã xóa vĩnh viễn 1 hồ sơ."]
    assert page.private.state.text() == "Không có hồ sơ hết thời hạn lưu"


def test_others_are_not_shown_the_card(qtbot: QtBot, office: Session, look: Look, desk: Desk) -> None:
    made = AdminPage(with_restricted(office, Role.LEADER), look, desk, CHEAP)
    qtbot.addWidget(made)
    assert made.private.isHidden()
