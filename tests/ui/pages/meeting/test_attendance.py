"""Ticking households: numbers, parts of names, Vietnamese typing, remarks, women."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from tests.ui.pages.meeting.conftest import name_of
from tests.ui.pages.typing_vietnamese import commit, compose, press, type_keys, unikey
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.pages.meeting.attendance_card import AttendanceCard
from thidua_desktop.ui.pages.meeting.attendance_list import AttendanceDelegate, AttendanceModel
from thidua_desktop.ui.pages.meeting.page import MeetingPage

OpenPage = Callable[..., MeetingPage]
SPACE, ENTER = Qt.Key.Key_Space, Qt.Key.Key_Return


@pytest.fixture
def page(open_page: OpenPage, running: Callable[..., str]) -> MeetingPage:
    """A running meeting where nobody has come yet."""
    return open_page(running(came=0))


@pytest.fixture
def card(page: MeetingPage) -> AttendanceCard:
    """Its attendance."""
    return page.desk.attendance


def came(card: AttendanceCard) -> list[int]:
    return [int(str(row["number"])) for row in card.sheet.attendance if row.get("present")]


def test_a_number_and_space_tick_and_the_field_clears(card: AttendanceCard, qtbot: QtBot) -> None:
    for text in ("1", "12", "52"):
        type_keys(card.search, text)
        press(card.search, SPACE, " ")
        assert card.search.text() == ""
    assert came(card) == [1, 12, 52]
    press(card.search, SPACE, " ")
    assert came(card) == [1, 12, 52]
    assert card.segments._segments[1].text() == "Có mặt 3"


def test_space_is_a_letter_while_several_names_remain(card: AttendanceCard) -> None:
    type_keys(card.search, "Nguyễn")
    press(card.search, SPACE, " ")
    assert card.search.text() == "Nguyễn "
    assert came(card) == []
    for word in ("Thị", "Bích"):  # the only one from the second word on, but not yet its name
        type_keys(card.search, word)
        assert on.meant(card.sheet.attendance, card.search.text()) is None
        press(card.search, SPACE, " ")
        assert (came(card), card.list.households.rowCount()) == ([], 1)
    type_keys(card.search, "Liên")
    assert on.meant(card.sheet.attendance, card.search.text()) == 13
    press(card.search, SPACE, " ")
    assert (came(card), card.search.text()) == ([14], "")


def test_names_are_found_without_diacritics(card: AttendanceCard) -> None:
    type_keys(card.search, "dang cong")
    shown = card.list.households
    assert [shown.data(shown.index(line)) for line in range(shown.rowCount())] == ["Đặng Công Định"]
    press(card.search, ENTER)
    assert came(card) == [31]


def test_nothing_is_ticked_while_an_input_method_composes(card: AttendanceCard) -> None:
    type_keys(card.search, "31")
    compose(card.search, "a")
    press(card.search, SPACE, " ")
    press(card.search, ENTER)
    assert came(card) == []


def test_the_space_of_an_input_method_ticks_as_the_key_does(card: AttendanceCard, qtbot: QtBot) -> None:
    for text, here, left in (
        ("Nguyễn ", [], "Nguyễn "),  # with ibus-unikey each word, and each digit, comes with its space
        ("Thị ", [], "Nguyễn Thị "),
        ("Liên ", [14], ""),
        ("12 ", [12, 14], ""),
    ):
        commit(card.search, text)
        assert (came(card), card.search.text()) == (here, left)
    qtbot.keyClick(card.search, Qt.Key.Key_Down)
    commit(card.search, " ")
    assert came(card) == [1, 12, 14]
    commit(card.search, "14 ")
    assert came(card) == [1, 12, 14] and card.search.selectedText() == "14 "  # told; a space in its place unticks
    commit(card.search, " ")
    assert came(card) == [1, 12]


def test_a_name_begun_on_the_households_by_an_input_method_keeps_its_first_letter(
    card: AttendanceCard, qtbot: QtBot
) -> None:
    card.list.setFocus()
    for unfinished in ("d", "đ", "đa", "đă", "đặ"):
        compose(card.list, unfinished)
    assert card.list.hasFocus() and card.search.composing()
    # ibus sends the word again when Qt tells it, of rows filled anew, that nobody types here any more
    card.search.textChanged.connect(lambda text: text and commit(card.list, "đặng"))
    commit(card.list, "đặng ")
    qtbot.waitUntil(card.search.hasFocus)
    assert card.search.text() == "đặng " and came(card) == []
    card.search.clear()
    card.list.setFocus()
    card.list.highlight(4)
    commit(card.list, " ")
    assert came(card) == [5]


def test_an_input_method_types_a_whole_name(card: AttendanceCard) -> None:
    commit(card.search, "Huỳnh Thị Bích")
    assert card.search.text() == "Huỳnh Thị Bích"
    press(card.search, ENTER)
    assert came(card) == [19]


def test_unikey_gives_what_plain_typing_gives(card: AttendanceCard) -> None:
    unikey(card.search, ["D", "Đ", "Đa", "Đă", "Đăn", "Đăng", "Đặng"])
    assert card.search.text() == "Đặng"
    press(card.search, SPACE, " ")
    unikey(card.search, ["Đặng ", "Đặng K", "Đặng Ki", "Đặng Kim"][1:])
    assert "Đặng " in card.search.text()


def test_vietnamese_goes_untouched_into_the_texts_of_an_item(page: MeetingPage) -> None:
    item = page.desk.item
    area = item.inputs["discussion"].focus_target()
    area.clear()
    commit(area, "Hộ ông Đặng đề nghị miễn góp")
    assert page.sheet.agenda[0]["discussion"] == "Hộ ông Đặng đề nghị miễn góp"
    item.rename()
    line = item.inputs["subject"].focus_target()
    line.clear()
    unikey(line, ["g", "go", "gó", "góp"])
    type_keys(line, " quỹ")
    assert (line.text(), page.sheet.agenda[0]["subject"]) == ("góp quỹ", "góp quỹ")


def test_enter_ticks_and_never_takes_a_tick_back(page: MeetingPage, card: AttendanceCard) -> None:
    told: list[str] = []
    card.told.connect(lambda words, _icon, _ink: told.append(words))
    for _time in range(2):
        type_keys(card.search, "dang cong")
        press(card.search, ENTER)
        assert came(card) == [31]
    assert told == ["Hộ 31 đã có mặt. Phím cách để bỏ đánh dấu."]
    assert page.navigate.messages[-1] == told[0]  # type: ignore[attr-defined]
    card.search.clear()
    type_keys(card.search, "31")
    press(card.search, SPACE, " ")
    assert came(card) == [31] and told[1:] == told[:1]  # a number called twice takes nobody away
    type_keys(card.search, "32")  # in place of it
    press(card.search, SPACE, " ")
    assert came(card) == [31, 32]
    type_keys(card.search, "31")
    press(card.search, SPACE, " ")
    press(card.search, SPACE, " ")
    assert came(card) == [32]


def test_ctrl_f_finds_a_household(page: MeetingPage, card: AttendanceCard, qtbot: QtBot) -> None:
    card.search.setText("dang")
    page.desk.go_agenda()
    assert not card.search.hasFocus()
    qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert card.search.hasFocus() and card.search.selectedText() == "dang"


def test_arrows_and_space_in_the_list(card: AttendanceCard, qtbot: QtBot) -> None:
    press(card.search, Qt.Key.Key_Down)
    press(card.search, Qt.Key.Key_Down)
    press(card.search, SPACE, " ")
    assert came(card) == [2]
    card.list.setFocus()
    qtbot.keyClick(card.list, Qt.Key.Key_Down)
    qtbot.keyClick(card.list, SPACE)
    assert came(card) == [2, 3]
    press(card.list, Qt.Key.Key_T, "t")
    assert QApplication.focusWidget() is card.search
    assert card.search.text() == "t"


def test_segments_show_the_present_and_the_absent(card: AttendanceCard) -> None:
    card.sheet.toggle(4)
    card.segments.set_current(1)
    card.segments.chosen.emit(1)
    assert card.list.households.rowCount() == 1
    card.segments.set_current(2)
    card.segments.chosen.emit(2)
    assert card.list.households.rowCount() == 51


def test_a_list_that_shows_nobody_says_why(card: AttendanceCard, qtbot: QtBot) -> None:
    shown = card.list_or_none.currentWidget
    type_keys(card.search, "zz")
    assert shown() is card.none_found and "Esc" in card.none_found.accessibleName()
    assert card.escape() and shown() is card.list
    card.segments.set_current(1)
    card.segments.chosen.emit(1)
    assert shown() is card.none_found and "Chưa hộ nào có mặt" in card.none_found.accessibleName()
    for place in range(len(card.sheet.attendance) - 1):
        card.sheet.toggle(place)
    card.segments.set_current(2)
    card.segments.chosen.emit(2)
    assert shown() is card.list and card.list.households.rowCount() == 1
    card.list.setFocus()
    press(card.list, SPACE, " ")
    assert shown() is card.none_found and "Không hộ nào vắng" in card.none_found.accessibleName()
    assert card.search.hasFocus()


def test_a_remark_is_written_under_the_list(card: AttendanceCard, page: MeetingPage, qtbot: QtBot) -> None:
    card.list.highlight(3)
    qtbot.keyClick(card.list, ENTER)
    line = card.remark.inputs["note"].focus_target()
    assert line.hasFocus()
    commit(line, "đi làm xa, có báo")
    assert on.remark(card.sheet.attendance[3]) == "đi làm xa, có báo"
    assert page.escape()
    assert not card.remark.isVisible()
    assert card.list.hasFocus()


def test_women_follow_the_ticks_until_a_number_is_typed(card: AttendanceCard) -> None:
    women = next(number for number in range(1, 53) if "Thị" in name_of(number))
    card.sheet.toggle(women - 1)
    assert card.sheet.values["women_present"] == 1
    card.sheet.set_row(women - 1, stand_in="con trai")
    assert card.sheet.values["women_present"] == 0
    line = card.women.focus_target()
    line.setFocus()
    line.selectAll()
    type_keys(line, "3")
    card.sheet.toggle(women)
    assert card.sheet.values["women_present"] == 3


def test_every_row_says_who_and_whether(card: AttendanceCard) -> None:
    card.sheet.set_row(1, present=True, stand_in="con: Lê Khang")
    said = card.list.households.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"Hộ 2, {name_of(2)}, có mặt, con: Lê Khang"


def test_numbers_longer_than_the_list_have_room(look: Look) -> None:
    model, view = AttendanceModel(), QListView()
    rows = [{"number": 300 + place, "name": "Hộ"} for place in range(5)]
    model.show(rows, list(range(5)))
    width = AttendanceDelegate(look, view).number_width(model.index(0))
    assert QFontMetrics(look.font()).horizontalAdvance("304") < width
    assert model.digits == 3
