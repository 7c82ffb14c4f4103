"""The window put together: every room opens, search leads to records and commands, undo and help answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import CHEAP, CLOCK, PASSWORD
from tests.ui.working import all_done
from tests.unit.services.restricted_register import with_restricted
from thidua_desktop.services import lists, records, rescue
from thidua_desktop.services.offices import NewOffice, create_office
from thidua_desktop.services.session import Changes, Clock, Role, Session
from thidua_desktop.ui.desk import desk as desk_module
from thidua_desktop.ui.desk.commands import NEAR, commands_of
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle, views
from thidua_desktop.ui.desk.status import status_parts
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.assessment.page import AssessmentPage
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.meeting.page import MeetingPage
from thidua_desktop.ui.pages.succession.page import SuccessionPage
from thidua_desktop.ui.pages.today.page import TodayPage
from thidua_desktop.ui.shell.page import Page
from thidua_desktop.ui.shell.rooms import SearchGroup


def _keys(desk: Desk) -> list[str]:
    rooms = desk.maker.rooms()
    return [room.key for room in rooms if room.make_page] + [child.key for room in rooms for child in room.children]


def test_every_room_of_the_commune_opens(desk: Desk) -> None:
    keys = _keys(desk)
    assert {"today", "report", "handoff", "admin", "resident_meeting", "household"} <= set(keys)
    for key in keys:
        desk.window.open_room(key)
        settle(desk.window)
        page = desk.window.page()
        assert isinstance(page, Page) and page.title(), key


def test_every_room_of_the_province_opens(province_desk: Desk) -> None:
    keys = _keys(province_desk)
    assert keys[:3] == ["inbox", "board", "totals"]
    assert "household" not in keys
    for key in keys:
        province_desk.window.open_room(key)
        settle(province_desk.window)
        assert isinstance(province_desk.window.page(), Page), key


def test_every_register_has_its_form(desk: Desk) -> None:
    for name, spec in desk.session.definitions.registers.items():
        if not desk.maker.has_room(spec):
            continue
        desk.window.open_room(name)
        desk.window.new_record()
        settle(desk.window)
        pages = {"meeting": MeetingPage, "succession": SuccessionPage, "assessment": AssessmentPage}
        assert isinstance(desk.window.page(), pages.get(spec.page, EntryPage)), name
        desk.window.back()


def test_search_without_marks_leads_to_the_record(desk: Desk) -> None:
    groups = desk.search("lua dao dung")
    assert [group.caption for group in groups] == ["Sổ hoạt động phong trào", NEAR]
    groups[0].results[0].open()
    settle(desk.window)
    page = desk.window.page()
    assert isinstance(page, EntryPage) and page.record_id
    desk.window.back()
    assert isinstance(desk.window.page(), ListPage)


def test_registers_without_a_room_open_over_the_page(qtbot: QtBot, desk: Desk, look: Look) -> None:
    session: Session = desk.session
    spec = replace(session.definitions.registers["person"], hidden=True)
    registers = {**session.definitions.registers, "person": spec}
    made = Desk(replace(session, definitions=replace(session.definitions, registers=registers)), look)
    qtbot.addWidget(made.window)
    assert "person" not in _keys(made)
    saved = records.save(made.session, "person", {"name": "Lò Văn Páo", "sex": "male"}, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    made.maker.navigate.open_room("person", saved.record.id)
    page = made.window.page()
    assert isinstance(page, EntryPage) and page.record_id == saved.record.id
    made.window.back()
    made.maker.navigate.open_room("person")
    assert isinstance(made.window.page(), ListPage)
    made.open_record("person", saved.record.id)
    assert isinstance(made.window.page(), EntryPage)
    made._status_timer.stop()


def test_a_file_leads_to_the_record_that_it_belongs_to(desk: Desk) -> None:
    from thidua_desktop.services import attachments, lists

    activity = lists.open_list(desk.session, lists.default_query(desk.session, "movement_activity")).row(0).id
    one = attachments.attach_content(desk.session, "movement_activity", activity, "bienban.pdf", b"%PDF-1.4\n%%EOF\n")
    for opened in (desk.open_record, desk.maker.navigate.open_room):
        desk.window.open_room("today")
        opened("attachment", one.id)
        page = desk.window.page()
        assert isinstance(page, ListPage) and page.spec.name == "movement_activity"
        assert page.card.current_id() == activity
        assert page.pane.tabs.tabText(page.pane.tabs.currentIndex()).startswith("Tệp")


def test_closed_registers_are_neither_shown_nor_offered(qtbot: QtBot, desk: Desk, look: Look) -> None:
    made = Desk(with_restricted(desk.session, Role.LEADER), look)
    qtbot.addWidget(made.window)
    title = made.session.definitions.registers["person"].title
    assert "person" not in _keys(made)
    assert all(title.lower() not in command.title.lower() for command in commands_of(made))
    assert "form-person" not in dict(views(made))
    assert not made.window.top_bar.new.isEnabled()  # a leader writes nothing, and is told before typing
    assert not [command.title for command in commands_of(made) if command.detail == "ghi mới"]
    made.window.new_record()
    assert not isinstance(made.window.page(), EntryPage)
    keeper = Desk(with_restricted(desk.session, Role.OFFICER), look)
    qtbot.addWidget(keeper.window)
    assert "person" in _keys(keeper)
    made._status_timer.stop()
    keeper._status_timer.stop()


def test_an_office_file_that_is_deleted_while_open_is_rescued_and_told_of_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[str] = []
    monkeypatch.setattr(desk_module, "show_error", lambda _look, error, _parent: told.append(error.code))
    path = desk.session.file.path
    path.rename(tmp_path / "chuyen di")
    for _ in range(2):
        desk._on_changes(Changes(frozenset(), ()))
    assert told == ["TD-UI-116"] and path.with_name(f"{path.stem}-cuu.thidua").is_file()
    (path.parent / "no").mkdir()
    monkeypatch.setattr(rescue, "_NAME", "no")  # what stands there is a folder
    desk._on_changes(Changes(frozenset(), ()))
    assert told == ["TD-UI-116", "TD-UI-117"]
    (tmp_path / "chuyen di").rename(path)


def test_after_midnight_the_desk_shows_the_new_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.window.page()
    assert isinstance(page, TodayPage) and "09/11/2026" in page._day.text()
    tomorrow = desk.session.now() + timedelta(days=1)
    monkeypatch.setattr(Clock, "now", lambda _clock: tomorrow)
    desk._day_timer.timeout.emit()
    settle(desk.window)
    assert "10/11/2026" in page._day.text()


def test_a_closed_office_is_not_asked_how_it_stands(desk: Desk) -> None:
    desk._status_timer.start()
    assert desk._on_session_closed in desk.session.at_close
    desk._on_session_closed()
    assert not desk._status_timer.isActive()


def test_a_large_office_is_searched_beside_the_window(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once: list[Sequence[SearchGroup]] = []
    desk.ask("lua dao", at_once.append)
    monkeypatch.setattr(lists, "QUICK_ROWS", 0)
    late: list[Sequence[SearchGroup]] = []
    desk.ask("sao luu", lambda _groups: late.append([]))
    desk.ask("lua dao", late.append)
    assert len(at_once) == 1 and not late
    qtbot.waitUntil(lambda: len(late) == 1, timeout=10_000)
    titles = [
        [(group.caption, [one.title for one in group.results]) for group in groups] for groups in (at_once[0], late[0])
    ]
    assert titles[0] == titles[1] and titles[0]


def test_a_sentence_is_looked_for_beside_the_window_of_a_small_office_too(desk: Desk, qtbot: QtBot) -> None:
    late: list[Sequence[SearchGroup]] = []
    desk.ask("lua dao dung", late.append)
    assert not late
    qtbot.waitUntil(lambda: len(late) == 1, timeout=10_000)
    assert [group.caption for group in late[0]] == ["Sổ hoạt động phong trào", NEAR]


def test_search_finds_commands(desk: Desk) -> None:
    first = desk.search("sao luu")[0]
    assert (first.caption, first.results[0].title) == ("Thiết đặt", "Sao lưu")
    first.results[0].open()
    assert desk.window.room() == "admin"
    assert desk.search("zzzz") == []


def test_undo_takes_back_the_last_save(qtbot: QtBot, desk: Desk) -> None:
    desk.window.open_room("movement_activity")
    query = lists.default_query(desk.session, "movement_activity")
    assert len(lists.open_list(desk.session, query)) == 1
    qtbot.keySequence(desk.window, QKeySequence("Ctrl+Z"))  # saved before the office was opened: told first
    all_done()
    assert len(lists.open_list(desk.session, query)) == 1
    qtbot.keySequence(desk.window, QKeySequence("Ctrl+Z"))
    all_done()
    assert len(lists.open_list(desk.session, query)) == 0
    desk.window.activateWindow()  # a dialog may have told of it meanwhile; no window manager gives it back here
    qtbot.waitUntil(desk.window.isActiveWindow)
    qtbot.keySequence(desk.window, QKeySequence("Ctrl+Y"))
    all_done()
    assert len(lists.open_list(desk.session, query)) == 1
    records.undo(desk.session)
    desk.undo()  # the first areas: told
    all_done()
    desk.undo()
    all_done()
    desk.undo()  # nothing left: told, not raised


@pytest.mark.parametrize(
    ("key", "title"),
    [("movement_activity.attendance_total", "Lượt người dự"), ("movement_activity", "Sổ hoạt động phong trào")],
)
def test_help_explains_fields_and_registers(desk: Desk, key: str, title: str) -> None:
    text = desk.help_text(key)
    assert text is not None and text.title == title and text.text


def test_help_knows_nothing_of_other_keys(desk: Desk) -> None:
    assert desk.help_text("none.none") is None
    assert desk.help_text("movement_activity.none") is None


def test_the_status_bar_tells_what_is_unsafe(desk: Desk) -> None:
    desk.show_status()
    words = {part.key: part.text for part in status_parts(desk.session)}
    assert words["unsent"] == "3 thay đổi chưa được tỉnh xác nhận"
    assert words["backup"] == "Chưa sao lưu ra USB lần nào"
    assert words["due"] == "Kết quả phong trào: tháng 11/2026: còn 7 ngày"


def test_the_status_bar_of_a_new_office_claims_nothing_of_the_province(tmp_path: Path) -> None:
    new = NewOffice(unit_code="22319", user_name="Mai Thu Sương", login="suong", password=PASSWORD)
    session = create_office(tmp_path / "mới.thidua", new, CLOCK, CHEAP).session
    words = {part.key: part for part in status_parts(session)}
    assert words["unsent"].text == "Chưa có gì để gửi tỉnh" and words["unsent"].ink != "ok"
    session.close()


def test_rooms_are_reached_by_keyboard_alone(qtbot: QtBot, desk: Desk) -> None:
    desk.window.activateWindow()
    seen = set()
    for number in range(1, 7):
        qtbot.keySequence(desk.window, QKeySequence(f"Alt+{number}"))
        settle(desk.window)
        seen.add(desk.window.room())
    assert {"today", "report", "handoff", "surveys", "admin"} <= seen
    qtbot.keyClick(desk.window, Qt.Key.Key_F1)
    assert desk.window.help_panel.isVisible()


def test_the_fields_of_work_share_one_number_and_follow_one_another(qtbot: QtBot, desk: Desk) -> None:
    desk.window.activateWindow()
    bar = desk.window.sidebar
    (fields,) = (keys for keys in bar.stops() if len(keys) > 1)
    for key in (*fields, fields[0]):
        qtbot.keySequence(desk.window, QKeySequence("Alt+2"))
        assert bar.buttons[key].open and bar.buttons[key].hasFocus(), key


def test_settling_waits_for_what_a_slow_round_has_begun(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    seen: list[str] = []

    def slow() -> None:
        time.sleep(0.2)
        QTimer.singleShot(0, window, lambda: seen.append("laid out"))

    QTimer.singleShot(0, window, slow)
    settle(window)
    assert seen == ["laid out"]


def test_leaving_the_search_empties_it(qtbot: QtBot, desk: Desk) -> None:
    field = desk.window.top_bar.search
    field.start()
    field.setText("lua dao")
    field.leave()
    field.leave()
    assert field.text() == ""
