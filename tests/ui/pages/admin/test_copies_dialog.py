"""Bản sao lưu in Quản trị: what each holds, and the one that is made ready to be taken back."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import CHEAP, Desk
from tests.ui.working import all_done
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import automatic_backups, desk_lock, records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.copies_dialog import CopiesDialog
from thidua_desktop.ui.pages.admin.page import AdminPage


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> AdminPage:
    automatic_backups.take(session)
    values: dict[str, Value] = {"kind": "thon", "name": "Thôn Mới", "households": 10}
    assert isinstance(records.save(session, "residential_area", values, reasons={"*": "thử"}), records.Saved)
    made = AdminPage(session, look, desk, CHEAP)
    qtbot.addWidget(made)
    made.resize(1142, 900)
    made.show()
    return made


def test_two_clicks_take_a_copy_back(page: AdminPage, qtbot: QtBot) -> None:
    page.automatic.copies_button.click()
    dialog = page.dialog
    assert isinstance(dialog, CopiesDialog) and not dialog.restore_button.isEnabled()
    all_done()
    assert dialog.newer.text() == "1 thay đổi ghi sau đó sẽ không còn trong sổ." and "Khu dân cư" in dialog.held.text()
    with qtbot.waitSignal(page.restore_ready) as ready:
        dialog.restore_button.click()
        dialog.reject()  # not while it is being made ready
    assert ready.args is not None and ready.args[0].aside.name.endswith("-truoc-khoi-phuc.thidua")


def test_what_is_no_copy_says_so(page: AdminPage) -> None:
    page.show_copies(damaged=True)
    dialog = page.dialog
    assert isinstance(dialog, CopiesDialog) and "bị hỏng" in dialog.heading
    dialog.add_file(page.session.file.path.with_name("khong-co.thidua"))
    all_done()
    assert "Không thấy tệp sổ" in dialog.title.text() and not dialog.newer.text()


def test_the_time_to_lock_is_chosen(page: AdminPage) -> None:
    assert desk_lock.lock_after(page.session) == 10
    page.lock.minutes.choose(30)
    page.lock.minutes.activated.emit(0)
    assert desk_lock.lock_after(page.session) == 30
    with pytest.raises(UserError, match="TD-STORE-301"):
        desk_lock.set_lock_after(page.session, 0)
