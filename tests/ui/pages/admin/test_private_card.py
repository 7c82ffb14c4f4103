"""Quản trị of an office with a restricted register: the log of looks, and erasing what is past its time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import CHEAP, Desk
from tests.ui.working import all_done
from tests.unit.services.restricted_register import REGISTER, with_restricted
from thidua_desktop.services import records
from thidua_desktop.services.session import Role, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.access_page import AccessPage
from thidua_desktop.ui.pages.admin.page import AdminPage
from thidua_desktop.ui.pages.admin.private_card import EraseDialog


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


def test_the_log_names_who_looked_and_nobody_else(
    page: AdminPage, desk: Desk, qtbot: QtBot, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Mai Thu Sương" in page.log.last.text()
    page.log.log_button.click()
    log = desk.pushed[-1]
    assert isinstance(log, AccessPage)
    qtbot.addWidget(log)
    shown = [line.cells for line in log.model.rows]
    assert len(shown) == 2 and {(line[1], line[4]) for line in shown} == {("Mai Thu Sương", "Xem một bản ghi")}
    assert "Páo" not in str(shown)
    log.deed.choose("open")
    log.time.choose("0")
    assert log.model.rowCount() == 2 and "2 dòng" in log.told.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "log.xlsx"), ""))
    log.excel_button.click()
    all_done()
    assert (tmp_path / "log.xlsx").stat().st_size > 4_000
    log.deed.choose("")
    log.load()
    assert log.model.rows[0].deed == "Xuất ra tệp" and log.model.rows[0].about == log.windowTitle()
    log.register.choose(REGISTER)
    assert log.model.rowCount() == 2


def test_what_is_past_its_time_is_erased_with_a_reason(page: AdminPage, office: Session, desk: Desk) -> None:
    all_done()
    assert page.private.state.text() == "1 hồ sơ hết thời hạn lưu, cần xóa vĩnh viễn"
    page.private.erase_button.click()
    dialog = page.dialog
    assert isinstance(dialog, EraseDialog) and dialog.lines.count() == 1
    assert not dialog.go_button.isEnabled()
    dialog.lines.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.go()
    all_done()
    assert not dialog.refusal.isHidden() and office.file.records.count(REGISTER) == 2
    dialog.reason.setText("Hết thời hạn lưu")
    dialog.go()
    all_done()
    assert office.file.records.count(REGISTER) == 1
    assert desk.messages == ["Đã xóa vĩnh viễn 1 hồ sơ."]
    assert page.private.state.text() == "Không có hồ sơ hết thời hạn lưu"


def test_others_are_not_shown_the_card(qtbot: QtBot, office: Session, look: Look, desk: Desk) -> None:
    made = AdminPage(with_restricted(office, Role.LEADER), look, desk, CHEAP)
    qtbot.addWidget(made)
    assert made.private.isHidden()
