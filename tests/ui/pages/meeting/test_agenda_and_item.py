"""The agenda beside the item: adding, renaming, moving, taking away, and the keys between the parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.meeting.conftest import agenda_item
from tests.ui.pages.typing_vietnamese import press, type_keys
from thidua_desktop.services import attachments, drafts, records
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting.agenda_pane import broken_lines
from thidua_desktop.ui.pages.meeting.page import MeetingPage

OpenPage = Callable[..., MeetingPage]
CTRL = Qt.KeyboardModifier.ControlModifier
THREE = (
    {"subject": "Tình hình an ninh", "matter": "no_vote", "method": "none"},
    agenda_item(),
    agenda_item(subject="Quỹ tổ", matter="clause_6"),
)


@pytest.fixture
def page(open_page: OpenPage, running: Callable[..., str]) -> MeetingPage:
    """A running meeting with three items."""
    return open_page(running(agenda=THREE))


def subjects(page: MeetingPage) -> list[object]:
    return [item.get("subject") for item in page.sheet.agenda]


def test_keys_between_the_parts(page: MeetingPage, qtbot: QtBot) -> None:
    desk = page.desk
    qtbot.keyClick(page, Qt.Key.Key_2, CTRL)
    assert QApplication.focusWidget() is desk.agenda.rows[0]
    qtbot.keyClick(desk.agenda.rows[0], Qt.Key.Key_Down)
    assert (desk.agenda.current, QApplication.focusWidget()) == (1, desk.agenda.rows[1])
    qtbot.keyClick(desk.agenda.rows[1], Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.item.votes.counters["yes"]
    qtbot.keyClick(desk.item.votes.counters["yes"], Qt.Key.Key_1, CTRL)
    assert QApplication.focusWidget() is desk.attendance.search
    qtbot.keyClick(desk.attendance.search, Qt.Key.Key_3, CTRL)
    assert QApplication.focusWidget() is desk.item.votes.counters["yes"]
    qtbot.keyClick(desk.item.votes.counters["yes"], Qt.Key.Key_Return, CTRL)
    assert desk.agenda.current == 2
    assert desk.item.title.text() == "Việc 3: quỹ tổ"
    assert desk.item.next.text() == "Sang việc sau họp"


def test_information_is_not_voted_on(page: MeetingPage) -> None:
    item = page.desk.item
    assert item.votes.isHidden()
    assert item.method.isHidden()
    item.matter.setCurrentIndex(item.matter.findData("clause_6"))
    item.matter.activated.emit(item.matter.currentIndex())
    assert page.sheet.agenda[0]["method"] == "hands"
    assert not item.votes.isHidden()
    assert item.votes.notice.accessibleName().startswith("Cần 27 hộ tán thành")


def test_items_are_added_renamed_moved_and_taken_away(page: MeetingPage) -> None:
    desk = page.desk
    desk.agenda.add_button.click()
    line = desk.item.inputs["subject"].focus_target()
    assert line.hasFocus()
    type_keys(line, "Ý kiến khác")
    press(line, Qt.Key.Key_Return)
    assert desk.item.matter.hasFocus()
    assert subjects(page)[-1] == "Ý kiến khác"
    desk.item._move(-1)
    assert subjects(page) == ["Tình hình an ninh", THREE[1]["subject"], "Ý kiến khác", "Quỹ tổ"]
    assert desk.agenda.current == 2
    desk.item._remove()
    assert len(desk.agenda.rows) == 3
    desk.item.rename()
    type_keys(desk.item.inputs["subject"].focus_target(), " nữa")
    assert str(subjects(page)[1]).endswith(" nữa")


def test_every_item_may_be_taken_away(page: MeetingPage) -> None:
    for _ in range(3):
        page.desk.item._remove()
    assert page.desk.panes.currentWidget() is page.desk.no_items
    page.desk.go_item()
    assert page.desk.panes.currentWidget() is page.desk.item


def test_a_blank_item_is_added_once(page: MeetingPage) -> None:
    page.desk.add_item()
    page.desk.add_item()
    assert len(page.sheet.agenda) == 4
    assert len(page.sheet.for_saving()["agenda"]) == 3


def test_a_missing_kind_of_matter_is_told_when_saving(page: MeetingPage, session: Session) -> None:
    page.desk.add_item()
    type_keys(page.desk.item.inputs["subject"].focus_target(), "Việc chưa rõ")
    page.check_now()
    assert page.desk.item.problem.text() == ""
    page.sheet.move_item(page.sheet.add_item(), -4)  # a blank item above does not shift what is told
    page.desk.show_item(0)
    assert not page.save()
    assert page.desk.agenda.current == 4
    assert page.desk.item.matter.hasFocus()
    assert "“Loại việc”" in page.desk.item.problem.text()


def test_a_task_with_a_date_that_is_no_date_is_not_lost(page: MeetingPage) -> None:
    page.desk.show_item(3)
    editor = page.desk.tasks.rows.add_row({"task": "Thu tiền"})
    line = editor.inputs["due"].focus_target()
    type_keys(line, "hôm nào")
    assert not page.save()
    assert line.hasFocus()
    line.clear()
    type_keys(line, "30/11")
    assert page.save(), page.problems
    assert page.sheet.values["tasks"] == ({"task": "Thu tiền", "due": date(2026, 11, 30)},)


def test_a_wrong_task_is_named_by_its_row_on_the_screen(page: MeetingPage) -> None:
    page.desk.show_item(3)
    page.desk.tasks.rows.begin_row()  # left empty
    page.desk.tasks.rows.add_row({"task": "Thu tiền"}).inputs["due"].set_draft("hôm nào")
    assert not page.save()
    (told,) = page.desk.tasks.findings.problem_texts()
    assert told.startswith("Dòng 2: “Hạn”: không hiểu “hôm nào”")


def test_f1_explains_what_has_the_focus(page: MeetingPage, desk: Desk) -> None:
    assert page.help_key() == "resident_meeting.attendance"
    page.desk.attendance.women.go_to()
    assert page.help_key() == "resident_meeting.women_present"
    page.desk.show_item(1)
    page.desk.go_item()
    assert page.help_key() == "resident_meeting.agenda.yes"
    page.desk.item.matter.setFocus()
    assert page.help_key() == "resident_meeting.agenda.matter"
    page.desk.open_facts()
    assert page.help_key() == "resident_meeting.held_on"
    page.desk.item.basis.click()
    assert desk.messages[-1] == "resident_meeting.agenda.matter"


def test_a_change_from_elsewhere_is_taken_up(page: MeetingPage, session: Session) -> None:
    assert page.record_id is not None
    now = records.get(session, "resident_meeting", page.record_id)
    changed = {**now.values, "place": "Đình làng"}
    records.save(session, "resident_meeting", changed, record_id=page.record_id)
    page.refresh(Changes(frozenset({"resident_meeting"}), (page.record_id,)))
    assert "Đình làng" in page.desk.facts_line.words()
    records.undo(session)
    page.refresh(Changes(frozenset({"resident_meeting"}), (page.record_id,)))
    assert "Nhà văn hóa thôn" in page.desk.facts_line.words()


def test_files_of_a_meeting_that_was_taken_back_stay_on_the_page(page: MeetingPage, session: Session) -> None:
    record = page.record_id
    assert record is not None
    one = attachments.attach_content(session, "resident_meeting", record, "ảnh.txt", b"Trang ky")
    page.refresh(Changes(frozenset({"attachment"}), (one.id,)))
    assert page.files.button.text() == "Tệp đính kèm (1)"
    records.undo(session)  # the file
    records.redo(session)
    records.delete(session, "resident_meeting", record, "lập nhầm")
    page.refresh(Changes(frozenset({"resident_meeting"}), (record,)))
    assert page.record_id is None and [one.name for one in page.files.draft.held] == ["ảnh.txt"]
    page.can_leave()
    kept = drafts.find(session, "resident_meeting", record)  # where it takes the place of no other new meeting's
    assert kept is not None and "files" in kept.texts  # nothing of it stands in the register any more


def test_another_group_brings_its_households(page: MeetingPage, village: dict[str, str]) -> None:
    page.desk.open_facts()
    page.desk.facts.form.inputs["group"].set_value(village["empty"])
    page.desk.facts.form.edited.emit("group")
    page.desk.close_facts()
    assert page.sheet.attendance == ()
    assert page.desk.attendance.views.currentIndex() == 1
    page.sheet.set_facts({"group": village["group"]})
    page.desk.attendance.load_button.click()
    assert len(page.sheet.attendance) == 52


def test_long_names_are_broken_and_elided(look: Look) -> None:
    font = look.font()
    text = "Góp tiền lắp bốn camera và mười hai đèn ngõ ở xóm trên, xóm dưới và dọc đường liên thôn"
    lines = broken_lines(text, font, 150)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(QFontMetrics(font).horizontalAdvance(line) <= 151 for line in lines)
    assert broken_lines("Ngắn", font, 150) == ["Ngắn"]
