"""Quản trị on a real office file: papers, people, passwords, copies, checks, recovery sheet, look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import CHEAP, OFFICE, Desk
from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import all_done
from thidua_desktop.domain.signing_capacity import Capacity
from thidua_desktop.services import attachments, backups, offices, people, recovery, signers, support
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.colleague_dialogs import GivenPasswordDialog, RoleDialog, TrySheetDialog
from thidua_desktop.ui.pages.admin.page import AdminPage
from thidua_desktop.ui.pages.admin.people_dialogs import AddUserDialog, OwnPasswordDialog, RecoveryDialog
from thidua_desktop.ui.pages.admin.support_dialog import SupportDialog
from thidua_desktop.ui.pages.lists import papers
from thidua_desktop.ui.show_error import ErrorDialog

SECRET, NEW_SECRET = OFFICE.password, "sương sớm đầu làng"


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> Iterator[AdminPage]:
    made = AdminPage(session, look, desk, CHEAP)
    qtbot.addWidget(made)
    made.resize(1142, 900)
    made.show()
    yield made
    look.set_text_scale(1.0)


def add_person(page: AdminPage, name: str, password: str) -> AddUserDialog:
    page.people.add_button.click()
    dialog = page.dialog
    assert isinstance(dialog, AddUserDialog)
    commit(dialog.name, name)
    for field in (dialog.fields.password, dialog.fields.again):
        commit(field, password)
    return dialog


def test_what_support_gets_is_told_before_it_is_written(
    page: AdminPage, tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.check.support_button.click()
    dialog = page.dialog
    assert isinstance(dialog, SupportDialog)
    assert all(line in dialog.contents.text() for line in support.CONTENTS)
    dialog.go_button.click()
    all_done()
    assert dialog.made is None and not dialog.isHidden()  # no place, nothing written
    out = tmp_path / "ho-tro.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    dialog.go_button.click()
    all_done()
    assert out.is_file() and desk.messages == ["Đã ghi gói hỗ trợ."]


def test_the_letterhead_is_kept_and_printed(page: AdminPage, session: Session, desk: Desk) -> None:
    field = page.papers.form.fields["header_parent"]
    field.clear()
    page.papers.unit.setText("KT")
    page.papers.save_button.click()
    assert session.file.identity.header_parent == "" and signers.drafting_unit(session) == "KT"
    assert desk.messages == ["Đã lưu đầu giấy tờ."]


def test_signers_are_added_changed_and_taken_out(page: AdminPage, session: Session, desk: Desk) -> None:
    page.signers.add_button.click()
    dialog = page.signers.dialog
    assert dialog.focusWidget() is dialog.body  # where typing begins, not on Lưu
    assert dialog is not None
    dialog.capacity.choose(Capacity.DEPUTY)
    commit(dialog.full_name, "Đỗ Thị Ngữ")
    dialog.go()
    all_done()
    assert "Ký KT. CHỦ TỊCH phải là cấp phó" in dialog.rows["position"].problem.text()
    dialog.position.clear()
    commit(dialog.position, "Phó Chủ tịch")
    commit(dialog.types, "Giấy mời")
    assert dialog.shown.text() == "In trên giấy: TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
    dialog.go()
    all_done()
    _, kept = signers.signers(session)
    assert (kept.label, kept.types) == ("PHÓ CHỦ TỊCH Đỗ Thị Ngữ", ("GIẤY MỜI",))
    page.signers.edit_buttons[1].click()
    again = page.signers.dialog
    assert again is not None and again.full_name.text() == "Đỗ Thị Ngữ"
    commit(again.types, "; Thông báo")
    again.go()
    all_done()
    assert signers.signers(session)[1].types == ("GIẤY MỜI", "THÔNG BÁO")
    page.signers.remove_buttons[1].click()
    assert len(signers.signers(session)) == 1
    assert desk.messages == ["Đã lưu người ký."] * 3


def test_a_paper_is_shown_before_there_is_a_record(page: AdminPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.samples.which.choose("award_decision")
    assert page.samples.which.currentText() == "Quyết định khen thưởng"
    kept: list[bytes] = []
    monkeypatch.setattr(papers, "keep_and_open", lambda _look, _page, _title, pdf: kept.append(pdf))
    page.samples.show_button.click()
    all_done()
    assert [pdf[:5] for pdf in kept] == [b"%PDF-"]


def test_a_line_that_must_stand_is_not_taken_away(page: AdminPage, session: Session) -> None:
    before = session.file.identity
    page.papers.form.fields["place"].clear()
    page.papers.save_button.click()
    assert page.papers.form.rows["place"].problem.text() and session.file.identity == before


def test_a_person_is_added_with_a_role_and_taken_out_again(page: AdminPage, session: Session) -> None:
    dialog = add_person(page, "Lò Văn Bình", NEW_SECRET)
    assert dialog.login.text() == "lovanbinh"
    dialog.role.choose(Role.LEADER)
    dialog.go()
    all_done()
    assert page.people.names == ("Lò Văn Bình", "Mai Thu Sương")
    users = {user.login: user.role for user in session.file.users.all()}
    assert users["lovanbinh"] == Role.LEADER
    page.remove("lovanbinh")
    assert page.people.names == ("Mai Thu Sương",)


def test_a_bad_password_stays_on_the_dialog(page: AdminPage) -> None:
    dialog = add_person(page, "Lò Văn Bình", "12345678")
    dialog.go()
    all_done()
    assert "dễ đoán" in dialog.rows["password"].problem.text() and len(page.people.names) == 1
    dialog.fields.password.setText(NEW_SECRET)
    dialog.fields.again.setText(NEW_SECRET)
    dialog.login.setText("có dấu")
    dialog.go()
    all_done()
    assert "không dùng được" in dialog.refusal.text()
    dialog.reject()


def test_enter_after_a_good_password_goes_on_to_its_repetition(page: AdminPage) -> None:
    dialog = add_person(page, "Lò Văn Bình", NEW_SECRET)
    dialog.fields.again.clear()
    dialog.fields.password.setFocus()
    dialog.go()
    assert dialog.focusWidget() is dialog.fields.again
    assert not dialog.rows["password"].problem.text() and len(page.people.names) == 1
    dialog.reject()


def test_a_colleague_gets_a_password_for_once_and_another_role(page: AdminPage, session: Session) -> None:
    add_person(page, "Lò Văn Bình", NEW_SECRET).go()
    all_done()
    reset, role, _ = page.people.menus["lovanbinh"].actions()
    reset.trigger()
    asked = page.findChild(QMessageBox)
    assert asked is not None and "Lò Văn Bình" in asked.text()
    asked.button(QMessageBox.StandardButton.Yes).click()
    all_done()
    shown = page.dialog
    assert isinstance(shown, GivenPasswordDialog) and len(shown.password.text()) == 14
    shown.done_button.click()
    assert page.people.advice.isVisible()
    role.trigger()
    dialog = page.dialog
    assert isinstance(dialog, RoleDialog)
    dialog.role.choose(Role.ADMINISTRATOR)
    dialog.go()
    all_done()
    assert [one.login for one in people.managers(session)] == ["lovanbinh", session.user.login]
    assert not page.people.advice.isVisible()


def test_the_sheet_is_tried_and_its_state_told(page: AdminPage, session: Session) -> None:
    assert "Chưa rõ" in page.recovery.state.text()
    page.new_sheet()
    all_done()
    made = page.dialog
    assert isinstance(made, RecoveryDialog)
    made.view.kept.setChecked(True)
    made.done_button.click()
    assert "chưa gõ thử" in page.recovery.state.text()
    text = recovery.new_recovery_sheet(session).text
    page.recovery.try_button.click()
    dialog = page.dialog
    assert isinstance(dialog, TrySheetDialog)
    dialog.sheet.setPlainText("ABCDE")
    dialog.sheet.setFocus()
    dialog.go()
    assert not dialog.sheet.isEnabled()
    all_done()
    assert "5 ký tự" in dialog.refusal.text()
    assert dialog.sheet.hasFocus()  # while it was tried the whole dialog was closed to keys
    dialog.sheet.setPlainText(text.lower())
    dialog.go()
    all_done()
    assert "Đã gõ thử, đúng" in page.recovery.state.text()


def test_removing_asks_first(page: AdminPage, qtbot: QtBot) -> None:
    add_person(page, "Lò Văn Bình", NEW_SECRET).go()
    all_done()
    page.people.remove_asked.emit("lovanbinh")
    asked = page.findChild(QMessageBox)
    assert asked is not None and "Lò Văn Bình" in asked.text()
    asked.button(QMessageBox.StandardButton.Cancel).click()
    assert len(page.people.names) == 2


def test_ones_own_password_needs_the_old_one(page: AdminPage, session: Session) -> None:
    page.people.own_button.click()
    dialog = page.dialog
    assert isinstance(dialog, OwnPasswordDialog)
    for field in (dialog.fields.password, dialog.fields.again):
        commit(field, NEW_SECRET)
    commit(dialog.old, "không phải")
    dialog.go()
    all_done()
    assert "chưa đúng" in dialog.rows["old"].problem.text()
    dialog.old.setText(SECRET)
    dialog.go()
    all_done()
    assert offices.is_own_password(session, NEW_SECRET) and not offices.is_own_password(session, SECRET)


def test_a_copy_goes_to_the_chosen_folder(
    page: AdminPage, session: Session, tmp_path: Path, desk: Desk, qtbot: QtBot
) -> None:
    assert page.backup.state.text() == "Chưa sao lưu lần nào"
    (tmp_path / "usb").mkdir()
    session.file.settings.put(backups.BACKUP_FOLDER, str(tmp_path / "usb"))
    page.activateWindow()
    page.open_with("backup")  # as from Ctrl+K
    page.focus_first()
    qtbot.waitUntil(page.backup.button.hasFocus)
    page.backup.button.click()
    assert not page.can_leave() and not page.backup.button.isEnabled()
    qtbot.waitUntil(page.backup.button.isEnabled, timeout=20_000)
    copies = sorted(path.suffix for path in (tmp_path / "usb").iterdir())
    assert copies == [".keys", ".thidua"]
    qtbot.waitUntil(page.backup.button.hasFocus)
    assert page.backup.state.text() == "Lần gần nhất 09/11/2026, 14:26"
    assert desk.messages[-1].startswith("Đã sao lưu: xa-20261109")


def test_a_stick_that_is_not_there_is_said_calmly(
    page: AdminPage, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    session.file.settings.put(backups.BACKUP_FOLDER, str(tmp_path / "usb"))
    page._show_backup()
    assert page.backup.where.text().startswith("Chưa thấy") and "cắm USB" in page.backup.where.text()
    page.backup.button.click()
    qtbot.waitUntil(lambda: page.findChild(ErrorDialog) is not None, timeout=20_000)
    dialog = page.findChild(ErrorDialog)
    assert dialog is not None and dialog.code == "TD-ENV-070"
    dialog.close()


def test_how_soon_to_be_reminded_is_chosen(page: AdminPage, session: Session) -> None:
    page.backup.days.choose(14)
    page.backup.days.activated.emit(0)
    assert backups.remind_after(session) == 14


def test_a_folder_that_cannot_be_written_is_said(page: AdminPage, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "tep").touch()
    page.backup_to(tmp_path / "tep")
    qtbot.waitUntil(lambda: page.findChild(ErrorDialog) is not None, timeout=20_000)
    dialog = page.findChild(ErrorDialog)
    assert dialog is not None
    dialog.close()
    assert page.backup.state.text() == "Chưa sao lưu lần nào"


def test_the_file_is_looked_through_off_the_thread(page: AdminPage, session: Session, qtbot: QtBot) -> None:
    page.check.button.click()
    assert not page.check.button.isEnabled()
    qtbot.waitUntil(page.check.button.isEnabled)
    assert page.check.state.text() == "Không có gì sai, 09/11/2026, 14:26"
    check = backups.last_check(session)
    assert check is not None and check.findings == 0


def test_what_is_wrong_with_the_file_is_listed(page: AdminPage, session: Session) -> None:
    page._on_checked([f"điều {number}" for number in range(7)])
    assert page.check.state.text().startswith("7 điều không đúng")
    assert "Còn 2 điều khác" in page.check.findings.text()


def test_a_new_sheet_stays_until_it_is_put_away(page: AdminPage, session: Session, qtbot: QtBot) -> None:
    page.new_sheet()
    all_done()
    dialog = page.dialog
    assert isinstance(dialog, RecoveryDialog)
    dialog.reject()
    assert dialog.isVisible() and not dialog.done_button.isEnabled()
    dialog.view.kept.setChecked(True)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)


def test_theme_and_size_are_asked_of_the_program(page: AdminPage, look: Look, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.look_changed) as told:
        page.look_card.themes.chosen.emit(page.look_card.themes.current())
    assert told.args == ["light", 1.0]
    look.set_text_scale(1.3)
    assert page.look_card.sizes.chosen() == 130


def test_an_officer_sees_but_does_not_manage(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> None:
    page = AdminPage(replace(session, user=User("a", "A", Role.OFFICER)), look, desk)
    qtbot.addWidget(page)
    for button in (page.papers.save_button, page.people.add_button, page.recovery.button):
        assert not button.isEnabled() and "quản trị" in button.toolTip()
    assert page.people.own_button.isEnabled() and page.backup.button.isEnabled()


def test_facts_are_in_words(page: AdminPage, session: Session) -> None:
    from thidua_desktop.ui.pages.admin.office_cards import fact_lines

    all_done()
    facts = dict(fact_lines(offices.office_info(session)))
    assert facts["Mã đơn vị"] == "22319" and facts["Đang có"] == "4 bản ghi trong 1 sổ"
    assert facts["Tệp sổ"].endswith("xa.thidua")
    assert page.facts.books.isHidden()
    page.facts.more_button.click()
    assert not page.facts.books.isHidden()
    assert "Khu dân cư" in [words.text() for words in page.facts.books.findChildren(QLabel)]


def test_the_largest_file_is_a_setting(page: AdminPage, session: Session) -> None:
    assert page.files.words.text() == "Chưa có tệp nào"
    page.files.limit.choose(5)
    assert attachments.limit_bytes(session) == 5 * 1024 * 1024
