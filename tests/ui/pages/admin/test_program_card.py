"""Chương trình và máy này: an update file looked at and prepared, the way back, the look over the machine, licences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import CHEAP, Desk
from tests.ui.working import all_done
from thidua_desktop.services import own_places, updates
from thidua_desktop.services.handoff.directive_settings import PROGRAM
from thidua_desktop.services.session import Session
from thidua_desktop.sync import update
from thidua_desktop.sync.keys import SigningKey
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.doctor_page import DoctorPage
from thidua_desktop.ui.pages.admin.licences_dialog import LicencesDialog
from thidua_desktop.ui.pages.admin.page import AdminPage
from thidua_desktop.ui.pages.admin.update_dialog import UpdateDialog

KEY = SigningKey(b"release1", bytes(range(32)))


@pytest.fixture
def page(
    qtbot: QtBot, session: Session, look: Look, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AdminPage:
    monkeypatch.setenv(own_places.MOVED, str(tmp_path / "máy"))
    monkeypatch.setattr(updates, "release_keys", lambda: [KEY.verify_key])
    made = AdminPage(session, look, desk, CHEAP)
    qtbot.addWidget(made)
    return made


def written(folder: Path, key: SigningKey = KEY) -> Path:
    setup = folder / "thidua-desktop_9.0.0_amd64.deb"
    setup.write_bytes(b"!<arch>\n" * 99)
    target = folder / "thidua.tdupdate"
    facts = update.facts_of(setup, "9.0.0", updates.platform_name(), ["In nhanh hơn", "Thêm sổ mới"])
    update.write_update(setup, facts, key, target)
    return target


def shown(page: AdminPage, qtbot: QtBot, path: Path) -> UpdateDialog:
    page.open_with(path)
    dialog = page.dialog
    assert isinstance(dialog, UpdateDialog)
    qtbot.waitUntil(lambda: dialog.title.text() != "Đang đọc tệp cập nhật…")
    return dialog


def test_an_update_is_read_backed_up_and_handed_on(page: AdminPage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(page, qtbot, written(tmp_path))
    assert "9.0.0" in dialog.title.text() and dialog.go_button.isEnabled()
    given: list[Callable[[], updates.Prepared]] = []
    page.setup_ready.connect(given.append)
    dialog.go_button.click()
    qtbot.waitUntil(lambda: bool(given))
    prepared = given[0]()
    assert prepared.setup.read_bytes() == b"!<arch>\n" * 99
    assert prepared.backup is not None and prepared.backup.is_file()


def test_a_foreign_update_is_refused_in_words(page: AdminPage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(page, qtbot, written(tmp_path, SigningKey.generate()))
    assert not dialog.go_button.isEnabled() and "TD-ENV-062" in dialog.state.text()
    assert dialog.remedy.text()


def test_the_way_back_says_which_moment_returns(page: AdminPage, session: Session, tmp_path: Path) -> None:
    assert page.program.back_button.isHidden()
    updates.prepare(written(tmp_path), session)
    known = own_places.settings_folder() / updates.SETUPS / f"thidua-desktop_{updates.__version__}_amd64.deb"
    known.write_bytes(b"!<arch>\n")
    page.refresh()
    assert not page.program.back_button.isHidden()
    page.program.back_button.click()
    asked = page.program.findChild(QMessageBox)
    assert asked is not None and session.file.path.name in asked.text() and "(bản 9.0.0)" in asked.text()
    asked.close()


def test_what_the_province_asks_for_is_told(page: AdminPage, session: Session) -> None:
    assert page.program.wanted.isHidden()
    session.file.settings.put(PROGRAM, "9.1.0")
    page.refresh()
    assert not page.program.wanted.isHidden() and "9.1.0" in page.program.wanted.text()


def test_the_machine_is_looked_over_and_copied(page: AdminPage, qtbot: QtBot, desk: Desk) -> None:
    page.program.doctor_button.click()
    (doctor,) = desk.pushed
    assert isinstance(doctor, DoctorPage)
    qtbot.addWidget(doctor)
    qtbot.waitUntil(lambda: doctor.again_button.isEnabled() and bool(doctor.findings))
    names = [one.name for one in doctor.findings]
    assert {"Phông chữ", "Máy in", "Tệp sổ", "Chỗ trống", "Đồng hồ so với sổ"} <= set(names)
    doctor.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert all(name in copied for name in names) and desk.messages
    qtbot.waitUntil(lambda: doctor.notice.accessibleName().startswith("1 điều cần sửa"))  # this office has no copy yet


def test_licences_are_read_in_the_window(page: AdminPage) -> None:
    page.about.licences_button.click()
    dialog = page.dialog
    assert isinstance(dialog, LicencesDialog)
    all_done()
    names = [one.name for one in dialog.texts]
    at = next(row for row, name in enumerate(names) if name.startswith("PySide6"))
    dialog.parts.setCurrentRow(at)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()
    dialog.reject()
