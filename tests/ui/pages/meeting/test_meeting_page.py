"""A meeting on the page: by keyboard from empty to the minutes, votes and thresholds, drafts, ways to save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.full_disk import full_disk
from tests.ui.pages.conftest import Desk
from tests.ui.pages.meeting.conftest import agenda_item
from tests.ui.pages.typing_vietnamese import press, type_keys
from thidua_desktop.services import drafts, records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.fields import WarningBlock
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.pages.meeting.minutes_page import MinutesPage
from thidua_desktop.ui.pages.meeting.page import MeetingPage

REGISTER = "resident_meeting"
CTRL = Qt.KeyboardModifier.ControlModifier
OpenPage = Callable[..., MeetingPage]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def keys(qtbot: QtBot, text: str) -> None:
    """Letters to whatever has the focus."""
    for letter in text:
        if letter == " ":
            qtbot.keyClick(focused(), Qt.Key.Key_Space)
        else:
            press(focused(), 0 if not letter.isdigit() else ord(letter), letter)


def tab(qtbot: QtBot, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)


def tab_to(qtbot: QtBot, name: str) -> None:
    """Tab until a control with this spoken name has the focus."""
    for _ in range(60):
        if focused().accessibleName().startswith(name):
            return
        tab(qtbot)
    raise AssertionError(f"no Tab leads to {name}")


def control(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(focused(), key, CTRL)


def minutes(qtbot: QtBot, desk: Desk) -> MinutesPage:
    """The minutes that were shown last, made."""
    page = desk.pushed[-1]
    assert isinstance(page, MinutesPage)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.pdf is not None, timeout=20_000)
    return page


def start_by_keyboard(qtbot: QtBot, page: MeetingPage) -> None:
    tab_to(qtbot, "Khu dân cư")
    type_keys(focused(), "dong ha")
    tab(qtbot)
    type_keys(focused(), "to 3")
    tab(qtbot)
    tab_to(qtbot, "Bắt đầu")
    type_keys(focused(), "13h32")
    control(qtbot, Qt.Key.Key_Return)
    assert page.started


def test_from_an_empty_page_to_the_minutes_by_keyboard(
    qtbot: QtBot, session: Session, village: dict[str, str], open_page: OpenPage, desk: Desk
) -> None:
    page = open_page()
    start_by_keyboard(qtbot, page)
    assert page.title() == "Họp tổ 3, thôn Đông Hạ"
    assert page.sheet.values["called_by"] == "group_leader"
    assert focused() is page.desk.attendance.search
    for number in range(1, 37):
        keys(qtbot, f"{number} ")
    assert page.sheet.state.present == 36
    control(qtbot, Qt.Key.Key_3)
    type_keys(focused(), "Góp tiền lắp 4 camera")
    tab_to(qtbot, "Loại việc")
    press(focused(), Qt.Key.Key_Down)
    tab_to(qtbot, "Ý kiến")
    type_keys(focused(), "Các hộ nhất trí.")
    tab_to(qtbot, "Tán thành")
    keys(qtbot, "35")
    tab(qtbot)
    keys(qtbot, "1")
    control(qtbot, Qt.Key.Key_Return)
    tab_to(qtbot, "Thêm dòng")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    type_keys(focused(), "Thu tiền")
    control(qtbot, Qt.Key.Key_Return)
    assert focused() is page.finish_button
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert page.record_id is not None, page.problems
    assert minutes(qtbot, desk).paper.page_count() >= 1
    saved = records.get(session, REGISTER, page.record_id).values
    assert (saved["status"], saved["households_present"], saved["ends_at"]) == ("ended", 36, "14:26")
    item = saved["agenda"][0]
    assert (item["outcome"], item["conclusion"]) == ("passed", "Thông qua với 35/52 hộ tán thành.")
    assert saved["tasks"][0]["task"] == "Thu tiền"
    assert saved["chair"] == "Phạm Thị Ngọc Ánh"
    assert page.state_tag.text() == "Thiếu chữ ký" and page.desk.tasks.next.text() == "Tới Lưu"


def test_of_52_households_27_are_more_than_half_and_35_two_thirds(
    village: dict[str, str], running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running())
    tiles = page.desk.tiles
    assert (tiles.half.figure.text(), tiles.two_thirds.figure.text()) == ("27", "35")
    assert tiles.half.state.text() == "Đủ người, dư 12 hộ"
    assert tiles.two_thirds.state.text() == "Đủ người, chỉ dư 4 hộ"
    assert "cần 35/52 hộ" in page.desk.item.matter.shown()
    votes = page.desk.item.votes
    votes.counters["yes"].step(34)
    assert votes.notice.accessibleName() == "Còn thiếu 1 hộ tán thành. Có 34, cần 35 trong tổng số 52 hộ"
    assert "conclusion" not in page.sheet.agenda[0]
    press(votes.counters["yes"], Qt.Key.Key_Up)
    assert votes.notice.accessibleName().startswith("Đủ số hộ tán thành")
    assert page.desk.item.inputs["conclusion"].value() == "Thông qua với 35/52 hộ tán thành."
    press(votes.counters["yes"], Qt.Key.Key_Minus)
    assert page.desk.item.inputs["conclusion"].value() is None
    page.sheet.set_item(0, matter="clause_6")
    assert "cần 27/52 hộ" in page.desk.item.matter.shown()


def test_a_conclusion_written_by_a_person_stays(running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(agenda=(agenda_item(yes=35, no=0, other=0, conclusion="Thu trước ngày 30/11."),)))
    page.desk.item.votes.counters["yes"].step(-3)
    page.desk.item.votes.counters["yes"].step(4)
    assert page.sheet.agenda[0]["conclusion"] == "Thu trước ngày 30/11."


def test_more_votes_than_representatives_are_refused(
    session: Session, running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running())
    votes = page.desk.item.votes
    for name, number in (("yes", 36), ("no", 3), ("other", 1)):
        votes.counters[name].step(number)
    assert not page.finish()
    assert votes.findings.problem_texts() == [
        "Tổng số ý kiến biểu quyết (40) nhiều hơn số hộ được biểu quyết (39) là 1. "
        "Đếm lại: mỗi hộ một đại diện, một ý kiến. Hộ về sớm vẫn để có mặt, ghi “về sớm” ở ghi chú của hộ."
    ]
    assert votes.counters["yes"].hasFocus()
    assert "conclusion" not in page.sheet.agenda[0]
    assert page.desk.agenda.rows[0].state_words() == "Số phiếu chưa khớp"
    assert records.get(session, REGISTER, str(page.record_id)).values["status"] == "running"
    votes.counters["no"].step(-1)
    page.check_now()
    assert votes.findings.problem_texts() == []
    assert not votes.notice.isHidden()


def test_a_secret_ballot_counts_ballots_and_valid_votes(
    session: Session, running: Callable[..., str], open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(running())
    item = page.desk.item
    assert item.votes.ballots.isHidden()
    item.method.chosen.emit(1)
    assert not item.votes.ballots.isHidden()
    for name, number in {"issued": 39, "returned": 39, "valid": 38, "invalid": 1, "yes": 36, "no": 1}.items():
        item.votes.counters[name].step(number)
    assert item.votes.votes.rest.text() == "1"
    assert not page.save()
    assert item.votes.findings.problem_texts()[0].startswith("Tổng số ý kiến ghi trên phiếu (37) khác số phiếu hợp lệ")
    item.votes.counters["other"].step(1)
    assert page.save(), page.problems
    saved = records.get(session, REGISTER, str(page.record_id)).values["agenda"][0]
    assert (saved["method"], saved["valid"], saved["yes"], saved["outcome"]) == ("secret", 38, 36, "passed")


def test_voting_again_takes_the_votes_away(running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(agenda=(agenda_item(yes=35, no=2, other=0),)))
    page.sheet.vote(0, "yes", 36)
    page.desk.item.again.click()
    item = page.sheet.agenda[0]
    assert not {"yes", "no", "other", "conclusion"} & set(item)
    assert page.desk.item.votes.counters["yes"].hasFocus()
    assert not page.desk.item.again.isEnabled()


def test_a_draft_left_by_a_power_cut_is_taken_up(
    session: Session, village: dict[str, str], open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page()
    start_by_keyboard(qtbot, page)
    keys(qtbot, "7 ")
    page.sheet.set_item(0, subject="Đăng ký tổ an toàn", matter="clause_6", yes=1, no=0, other=0)
    qtbot.waitUntil(lambda: drafts.find(session, REGISTER, None) is not None, timeout=4_000)
    page.keeper.keep_now()
    again = open_page()
    assert "Đã lấy lại bản nháp" in again.notice.words()
    assert again.sheet.values == page.sheet.values
    assert again.desk.attendance.list.households.rowCount() == 52
    again._drop_draft()
    assert drafts.find(session, REGISTER, None) is None
    assert not again.started


def test_a_reopened_meeting_is_what_was_saved(
    session: Session, running: Callable[..., str], open_page: OpenPage
) -> None:
    items = (
        agenda_item(yes=30, no=2, other=1, discussion="Nhiều ý kiến.\nCòn bàn."),
        {"subject": "Khác", "matter": "no_vote"},
    )
    record_id = running(
        agenda=items, tasks=({"task": "Thu tiền", "due": date(2026, 11, 30)},), guests=({"name": "Ma Ún"},)
    )
    before = records.get(session, REGISTER, record_id)
    page = open_page(record_id)
    assert page.sheet.values == before.values
    assert not page.keeper.is_dirty()
    assert not page.keeper.keep_now()
    page.desk.open_facts()
    page.desk.close_facts()
    assert page.sheet.values == before.values
    page.sheet.toggle(51)
    page._on_edited()
    assert page.save(), page.problems
    assert open_page(record_id).sheet.values == records.get(session, REGISTER, record_id).values


def test_a_group_without_a_list_of_households_takes_two_numbers(
    session: Session, village: dict[str, str], open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(values={"residential_area": village["area"], "group": village["empty"], "held_on": session.today})
    page.start.form.inputs["kind"].set_value("regular")
    page.begin()
    card = page.desk.attendance
    assert card.views.currentIndex() == 1
    assert focused() is card._inputs["households_present"].focus_target()
    type_keys(focused(), "20")
    card._inputs["households_total"].go_to()
    type_keys(focused(), "30")
    assert (page.sheet.state.present, page.sheet.state.total) == (20, 30)
    assert page.desk.tiles.two_thirds.state.text() == "Vừa đủ người"
    assert page.save(), page.problems
    saved = records.get(session, REGISTER, str(page.record_id)).values
    assert (saved["households_total"], saved["households_present"]) == (30, 20)
    assert "attendance" not in saved


def test_a_wrong_hour_is_told_when_it_is_left_and_no_longer_when_it_is_mended(
    village: dict[str, str], open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page()
    form = page.start.form
    tab_to(qtbot, "Bắt đầu")
    type_keys(focused(), "25h")
    assert not form.findings_of("starts_at").problem_texts()
    tab(qtbot)
    assert "25h" in form.findings_of("starts_at").problem_texts()[0]
    assert not form.findings_of("residential_area").problem_texts(), "nobody tried to begin yet"
    page.begin()
    assert form.findings_of("residential_area").problem_texts()
    form.inputs["starts_at"].go_to()
    focused().clear()
    type_keys(focused(), "7h")
    tab(qtbot)
    assert not form.findings_of("starts_at").problem_texts()
    assert form.findings_of("residential_area").problem_texts()


def test_a_local_rule_of_quorum_is_a_number_on_the_tile(running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(came=26))
    assert page.desk.tiles.present.state.text() == "Vắng 26 hộ"
    for number in range(26):
        page.sheet.toggle(number)
    assert page.desk.tiles.present.state.text() == "Chưa điểm danh"
    for number in range(26):
        page.sheet.toggle(number)
    page.sheet.set_facts({"quorum_rule": "more_than_half"})
    assert page.desk.tiles.present.state.text() == "Thiếu 1 hộ, cần 27 hộ"
    page.sheet.toggle(30)
    assert page.desk.tiles.present.state.text() == "Đủ để họp, cần 27 hộ"


def test_tab_goes_from_the_items_to_the_one_that_is_worked_on(
    running: Callable[..., str], open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(running())
    page.desk.add_item()
    pane = page.desk.agenda
    qtbot.waitUntil(lambda: len(pane.rows) == 2 and all(row.isVisible() for row in pane.rows))
    pane.rows[0].setFocus()
    names = [pane.rows[0].accessibleName()]
    for _ in range(4):
        tab(qtbot)
        names.append(focused().accessibleName())
    expected = [*(row.accessibleName() for row in pane.rows), "Thêm nội dung", pane.tasks_row.accessibleName()]
    assert names[: len(expected)] == expected and page.desk.item.isAncestorOf(focused())


def test_a_new_meeting_begins_from_one_that_is_saved_and_never_takes_the_place_of_typed_words(
    running: Callable[..., str], open_page: OpenPage, desk: Desk
) -> None:
    page = open_page(running())
    page.sheet.toggle(50)
    page._on_edited()
    assert page.new_record() and page.started and "Ctrl+S" in desk.messages[-1]
    assert page.save(), page.problems
    assert page.new_record() and not page.started and page.record_id is None
    assert page.start.form.isVisible()
    page.start.form.inputs["held_on"].set_value(date(2026, 11, 8))
    page._on_edited()
    told = list(desk.messages)
    assert page.new_record() and page.start.form.inputs["held_on"].read()[0] == date(2026, 11, 8)
    assert desk.messages == told, "the new meeting stands here already; there is nothing to save first"


def test_somebody_saved_meanwhile(session: Session, running: Callable[..., str], open_page: OpenPage) -> None:
    record_id = running()
    page = open_page(record_id)
    other = records.get(session, REGISTER, record_id)
    records.save(session, REGISTER, {**other.values, "note": "máy khác"}, record_id=record_id)
    page.sheet.toggle(50)
    page._on_edited()
    assert not page.save()
    assert "Có người vừa sửa cuộc họp này" in page.notice.words()
    page._save_over()
    assert records.get(session, REGISTER, record_id).values["households_present"] == 40


def test_a_problem_behind_sua_opens_the_form(running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(notice_on=date(2026, 11, 1)))
    page.sheet.set_facts({"notice_on": date(2026, 11, 9)})
    page.check_now()
    assert page.desk.facts_line.edit.text() == "Sửa, còn 1 chỗ cần xem"
    assert not page.save()
    assert page.desk.facts_open()
    block = page.desk.facts.form.findings_of("notice_on").warning_block("TD-DATA-029 notice_on")
    assert block is not None
    block.reason.setText("Họp gấp vì mưa lũ")
    block._on_keep()
    assert page.save(), page.problems
    assert not page.desk.facts_open()


def test_facts_that_are_not_understood_keep_the_form_open(running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running())
    page.desk.open_facts()
    line = page.desk.facts.form.inputs["held_on"].focus_target()
    line.clear()
    type_keys(line, "hôm nào đó")
    assert page.escape()
    assert page.desk.facts_open()
    assert not page.save()


def test_the_state_of_the_meeting_is_a_tag(running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running())
    assert page.state_tag.text() == "Đang họp từ 19:32"
    assert page.state_tag._shown.state is State.INFO
    assert page.finish_button.text() == "Kết thúc họp"
    assert open_page(running(held_on=date(2026, 11, 8))).state_tag.text() == "Chưa kết thúc"
    ended = open_page(running(status="signed"))
    assert ended.state_tag.text() == "Đủ biên bản"
    assert ended.finish_button.text() == "Lưu"


def test_a_meeting_written_down_the_next_day_keeps_its_end_empty(
    session: Session, running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running(held_on=date(2026, 11, 8), agenda=(agenda_item(yes=36, no=0, other=0),)))
    assert page.finish(), page.problems
    assert "ends_at" not in records.get(session, REGISTER, str(page.record_id)).values


def test_a_full_disk_opens_a_meeting_of_households_with_identity_numbers(
    session: Session, running: Callable[..., str], open_page: OpenPage
) -> None:
    meeting = running()
    rows = records.get(session, "resident_meeting", meeting).values["attendance"]
    household = str(rows[0]["household"])  # type: ignore[index,call-overload]
    values = dict(records.get(session, "household", household).values)
    records.save(
        session, "household", {**values, "identity_number": "068180000012"}, record_id=household, reasons={"*": "thử"}
    )
    with full_disk(session):
        page = open_page(meeting)
        assert page.started and page.desk.attendance.list.model().rowCount() == len(rows)  # type: ignore[arg-type]


def test_a_meeting_to_which_nobody_is_ticked_ends_only_with_a_reason(
    session: Session, running: Callable[..., str], open_page: OpenPage, desk: Desk
) -> None:
    page = open_page(running(came=0))
    page.finish()
    assert records.get(session, REGISTER, str(page.record_id)).values["status"] == "running" and not desk.pushed
    (block,) = page.desk.attendance.findings.findChildren(WarningBlock)
    assert block.isVisible() and focused() is block.reason and "chưa hộ nào" in block.accessibleName()
    assert page.save()  # kept as it goes on, nobody asks
    page.check_now()
    assert not page.desk.attendance.findings.isVisible()
    page.finish()
    (block,) = [one for one in page.desk.attendance.findings.findChildren(WarningBlock) if one.isVisible()]
    type_keys(block.reason, "lấy phiếu từng hộ")
    page.check_now()  # while it is typed, the block stays
    assert block.isVisible()
    press(block.reason, Qt.Key.Key_Return)
    assert page.finish()
    assert records.get(session, REGISTER, str(page.record_id)).values["status"] == "ended"


def test_a_meeting_without_any_matter_ends_at_the_second_press(
    session: Session, running: Callable[..., str], open_page: OpenPage, desk: Desk
) -> None:
    page = open_page(running(agenda=()))
    assert not page.finish() and "Chưa ghi nội dung nào" in desk.messages[-1] and not desk.pushed
    assert records.get(session, REGISTER, str(page.record_id)).values["status"] == "running"
    assert page.finish() and desk.pushed
    assert records.get(session, REGISTER, str(page.record_id)).values["status"] == "ended"


def test_a_conclusion_that_the_votes_do_not_bear_is_told_at_once(
    running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running())
    page.sheet.vote(0, "yes", 30)
    page.sheet.set_item(0, conclusion="100% hộ nhất trí")
    stops = page.check_now()
    assert [problem.code for problem in stops] == ["TD-DATA-661"]
    findings = page.desk.item.votes.findings
    (block,) = findings.findChildren(WarningBlock)
    assert block.isVisible() and "mới có 30 hộ" in block.accessibleName() and "cần 35 hộ" in block.accessibleName()
    page.sheet.vote(0, "yes", 36)
    assert page.check_now() == () and not findings.isVisible()


def test_the_kind_of_matter_is_found_by_any_word_of_it(running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(agenda=(agenda_item(matter="clause_6"),)))
    matter = page.desk.item.matter
    for letter in "dong":
        press(matter, 0, letter)
    assert matter.chosen() == "clause_1"


def test_a_planned_meeting_on_the_convention_is_saved_before_anybody_came(
    session: Session, running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running(came=0, agenda=(agenda_item(matter="clause_3"),)))
    assert page.save(), page.problems
    assert page.desk.item.votes.notice.accessibleName().startswith("Cần 27 hộ tán thành")
    page.sheet.toggle(0)
    assert [problem.code for problem in page.check_now()] == ["TD-DATA-031"]
    assert page.desk.item.votes.notice.accessibleName().startswith("Không đủ hộ để quyết định")
