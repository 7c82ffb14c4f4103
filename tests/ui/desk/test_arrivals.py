"""Files given at the start, by a second start or by dragging: each at its place; the window where it stood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import CLOCK, PASSWORD
from tests.ui.pages.typing_vietnamese import type_keys
from thidua_desktop.errors import UserError
from thidua_desktop.services import drafts, updates
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.offices import open_office
from thidua_desktop.sync import update
from thidua_desktop.sync.keys import SigningKey
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.preferences import Preferences, load_preferences
from thidua_desktop.ui.desk.start import Program
from thidua_desktop.ui.desk.waiting import wait_for_turn
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.update_dialog import UpdateDialog
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.handoff.page import RECEIVE, HandoffPage
from thidua_desktop.ui.show_error import ErrorDialog, show_error
from thidua_desktop.ui.unlock.window import UnlockWindow
from thidua_desktop.ui.wizard.window import CreateOfficeWizard


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, look: Look) -> Iterator[Program]:
    made = Program(qapp, look, Preferences(), CLOCK)
    yield made
    if made.desk is not None:
        settle(made.desk.window)
    made.end()
    look.apply(qapp)


def drop(window: QWidget, *paths: Path) -> None:
    """What the system sends when files are let go over a window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(50, 50), *where)
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(QPointF(50, 50), *where))


@pytest.fixture
def card(province_office: Path, tmp_path: Path) -> Path:
    """The card of a province."""
    session = open_office(province_office, PASSWORD, clock=CLOCK)
    path = cards.export_card(session, tmp_path)
    session.close()
    return path


def test_a_card_waits_for_the_office_and_is_shown_then(program: Program, office: Path, card: Path) -> None:
    program.begin_with([card, office], None)
    assert isinstance(program.asking, UnlockWindow) and program.waiting == [card]
    program.show_desk(open_office(office, PASSWORD, clock=CLOCK))
    assert program.desk is not None and program.waiting == []
    page = program.desk.window.page()
    assert isinstance(page, HandoffPage) and page.views.current() == RECEIVE
    assert page.introduction._card is not None


def test_a_dropped_card_opens_the_room(desk: Desk, card: Path) -> None:
    desk.window.files_dropped.connect(desk.open_files)
    drop(desk.window, card)
    page = desk.window.page()
    assert isinstance(page, HandoffPage) and page.introduction._card is not None


def test_files_without_a_place_are_told_of_once_and_keep_no_other_away(
    desk: Desk, tmp_path: Path, card: Path, qtbot: QtBot
) -> None:
    desk.window.files_dropped.connect(desk.open_files)
    drop(desk.window, *(tmp_path / f"ảnh {number}.png" for number in range(1, 5)), card)
    (told,) = desk.window.findChildren(ErrorDialog)
    assert told.accessibleName() == "Chương trình không có chỗ cho tệp ảnh 1.png, ảnh 2.png và 2 tệp khác."
    told.close()
    page = desk.window.page()
    assert isinstance(page, HandoffPage) and page.introduction._card is not None


def test_a_card_dropped_where_the_password_is_asked_for_waits(program: Program, office: Path, card: Path) -> None:
    program.begin(office, None)
    asking = program.asking
    assert isinstance(asking, UnlockWindow)
    drop(asking, card)
    assert program.waiting == [card] and asking.waiting.isVisibleTo(asking)


def test_an_office_is_dropped_on_the_window_that_asks_for_one(qtbot: QtBot, look: Look, office: Path) -> None:
    window = UnlockWindow(look)
    qtbot.addWidget(window)
    drop(window, office)
    assert window.list.path() == office


def test_a_second_start_with_another_office_is_sent_on(program: Program, office: Path, province_office: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.take([]) and program.take([office])
    assert not program.take([province_office])


def test_another_office_is_chosen_while_none_is_open(program: Program, office: Path, province_office: Path) -> None:
    program.begin(office, None)
    assert program.take([province_office])
    assert isinstance(program.asking, UnlockWindow)
    assert program.asking.list.path() == province_office


def test_a_card_that_comes_in_the_midst_of_a_save_is_shown_after_it(
    qtbot: QtBot, program: Program, office: Path, card: Path
) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    window, seen = program.desk.window, []

    def is_free() -> bool:
        if len(seen) == 1:  # the first look is before it waits
            assert program.take([card])
        seen.append(window.room())
        return len(seen) > 20

    wait_for_turn(program.look, window, is_free)
    assert set(seen) == {"today"}
    qtbot.waitUntil(lambda: isinstance(window.page(), HandoffPage))
    assert program.waiting == []


def test_a_card_that_comes_under_an_open_dialog_is_told_of_and_shown_after_it(
    qtbot: QtBot, program: Program, office: Path, card: Path
) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    window = program.desk.window
    show_error(program.look, UserError("TD-UI-111"), window)
    [dialog] = window.findChildren(ErrorDialog)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    assert program.take([card])
    qtbot.wait(500)
    assert window.room() == "today" and program.waiting == [card]
    assert card.name in window.status_bar._message.part.text
    dialog.close()
    qtbot.waitUntil(lambda: isinstance(window.page(), HandoffPage))
    assert program.waiting == []


def test_who_logs_off_while_typing_finds_the_draft(program: Program, office: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    program.desk.new_record()
    page = program.desk.window.page()
    assert isinstance(page, EntryPage)
    type_keys(page.form.inputs["title"].focus_target(), "đang gõ")
    program.keep_what_is_typed()
    kept = program.desk.session.file.drafts.all()
    assert [one.values["fields"]["title"] for one in kept] == ["đang gõ"] and program.desk.window.isVisible()


@pytest.mark.parametrize(
    ("name", "code"), [("ảnh.png", "TD-UI-060"), ("bảng.xlsx", "TD-UI-062"), ("gói hỏng.tdp", "TD-SYNC-0")]
)
def test_files_without_a_place_are_refused_in_words(desk: Desk, tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x" * 40)
    desk.open_files([path])
    told = desk.window.findChildren(ErrorDialog)
    assert told and told[-1].code.startswith(code)
    told[-1].close()


def test_the_window_stands_where_it_stood(program: Program, office: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    program.desk.window.showNormal()
    program.desk.window.resize(901, 533)
    settle(program.desk.window)
    program.end()
    kept = load_preferences()
    window = QWidget()
    assert window.restoreGeometry(QByteArray.fromBase64(kept.geometry.encode()))
    assert window.height() == 533


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An update file that this PC could install."""
    key = SigningKey(b"release1", bytes(range(32)))
    monkeypatch.setattr(updates, "release_keys", lambda: [key.verify_key])
    setup = tmp_path / "setup.exe"
    setup.write_bytes(b"MZ" * 99)
    facts = update.facts_of(setup, "9.0.0", updates.platform_name(), ["In nhanh hơn"])
    update.write_update(setup, facts, key, tmp_path / "thidua.tdupdate")
    return tmp_path / "thidua.tdupdate"


def dialog_over(window: QWidget | None) -> UpdateDialog:
    assert window is not None
    found = window.findChild(UpdateDialog)
    assert isinstance(found, UpdateDialog)
    return found


def test_an_update_is_shown_over_the_question_for_the_password(
    program: Program, office: Path, later: Path, qtbot: QtBot
) -> None:
    program.begin_with([later, office], None)
    assert isinstance(program.asking, UnlockWindow)
    dialog = dialog_over(program.asking)
    qtbot.waitUntil(lambda: dialog.facts is not None)
    dialog.reject()
    program.show_desk(open_office(office, PASSWORD, clock=CLOCK))
    assert program.desk is not None
    again = dialog_over(program.desk.window)
    qtbot.waitUntil(lambda: again.facts is not None)
    assert again.go_button.text() == "Sao lưu và cập nhật"
    again.reject()


def test_the_set_up_starts_when_the_office_is_closed(
    program: Program, office: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.show_desk(open_office(office, PASSWORD, clock=CLOCK))
    started: list[updates.Prepared] = []
    monkeypatch.setattr(updates, "start_setup", started.append)
    prepared = updates.prepare(later)
    assert program.desk is not None
    program.desk.setup_ready.emit(lambda: prepared)
    assert started == [prepared] and program.desk is None
    open_office(office, PASSWORD, clock=CLOCK).close()  # nobody holds it any more


def test_without_a_way_back_the_office_is_asked_for_again(program: Program, office: Path, qtbot: QtBot) -> None:
    program.show_desk(open_office(office, PASSWORD, clock=CLOCK))
    assert program.desk is not None
    program.desk.setup_ready.emit(updates.go_back)
    assert program.desk is None and isinstance(program.asking, UnlockWindow)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, ErrorDialog)]
    assert shown and shown[0].code == "TD-ENV-067"
    shown[0].close()


def test_an_office_on_a_stick_that_is_not_in_is_named(program: Program, office: Path, tmp_path: Path) -> None:
    away = tmp_path / "usb" / "ea kao.thidua"
    program.preferences = Preferences().with_recent(office).with_recent(away)
    program.begin(None, None)
    assert isinstance(program.asking, UnlockWindow)
    model = program.asking.list.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert "không thấy tệp" in spoken[0] and "không thấy tệp" not in spoken[1]
    assert program.asking.list.path() == office  # the newest that is there waits for its password
    office.rename(office.with_suffix(".x"))
    program.begin(None, None)
    assert isinstance(program.asking, UnlockWindow)  # not the wizard: nobody must think that the office is lost


def test_an_office_opened_over_the_first_page_of_the_wizard_is_asked_for(
    program: Program, office: Path, qtbot: QtBot
) -> None:
    program.begin(None, None)
    wizard = program.asking
    assert isinstance(wizard, CreateOfficeWizard) and program.take([office])
    qtbot.waitUntil(lambda: not wizard.isVisible())
    assert isinstance(program.asking, UnlockWindow) and program.asking.list.path() == office


def test_a_wizard_that_has_begun_is_not_taken_away(program: Program, office: Path) -> None:
    program.begin(None, None)
    wizard = program.asking
    assert isinstance(wizard, CreateOfficeWizard)
    wizard.go_on()
    assert wizard.has_begun() and not program.take([office])
    assert program.asking is wizard and wizard.isVisible()


def test_a_package_that_waits_for_a_password_is_named(program: Program, office: Path, card: Path, qtbot: QtBot) -> None:
    program.begin(office, None)
    assert isinstance(program.asking, UnlockWindow) and program.asking.waiting.isHidden()
    assert program.take([card])
    assert card.name in program.asking.waiting.text() and not program.asking.waiting.isHidden()
    program.show_desk(open_office(office, PASSWORD, clock=CLOCK))
    assert program.desk is not None
    settle(program.desk.window)
    program.lock()
    assert program.take([card]) and program.waiting == [card]
    assert isinstance(program.asking, UnlockWindow) and card.name in program.asking.waiting.text()
    program.unlock()
    assert program.waiting == [] and isinstance(program.desk.window.page(), HandoffPage)


def test_a_package_keeps_what_is_being_typed(program: Program, office: Path, card: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    program.desk.new_record()
    page = program.desk.window.page()
    assert isinstance(page, EntryPage)
    page.form.inputs["title"].set_draft("Dở dang")
    assert program.take([card]) and isinstance(program.desk.window.page(), HandoffPage)
    kept = drafts.find(program.desk.session, "movement_activity", None)
    assert kept is not None and kept.texts["fields"]["title"] == "Dở dang"  # type: ignore[index, call-overload]


def test_the_room_is_there_again_on_the_same_day(program: Program, office: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    program.desk.window.open_room("movement_activity")
    settle(program.desk.window)
    program.end()
    program.begin(office, PASSWORD)
    assert program.desk is not None and program.desk.window.room() == "movement_activity"
    kept = load_preferences()
    assert kept.room_for(office, CLOCK.today()) == "movement_activity"
    assert kept.room_for(office, CLOCK.today() + timedelta(days=1)) == ""  # a new day begins with what is due
    assert kept.room_for(office.with_name("x.thidua"), CLOCK.today()) == ""
