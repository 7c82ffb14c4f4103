"""Vietnamese typing is sacred: what is typed is what stands there, however it was typed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStyle, QStyleOptionFrame, QToolTip
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.pages.typing_vietnamese import commit, compose, press, type_keys, unikey
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.pick_line import MORE

SENTENCE = "Nguyễn Thị Ngọc Ánh phường Đông Hưng Thuận, ngõ 12"


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any) -> EntryPage:
    return in_front(qtbot, EntryPage(session, look, desk, "movement_activity"))


@pytest.mark.parametrize("name", ["title", "place", "result", "note"])
def test_unikey_gives_what_plain_typing_gives(page: EntryPage, name: str) -> None:
    field = page.form.inputs[name]
    field.go_to()
    unikey(field.focus_target(), ["t", "ti", "tie", "tiê", "tiêt", "tiết", "tiến"])
    type_keys(field.focus_target(), " ")
    unikey(field.focus_target(), ["d", "đ", "đu", "đư", "đuo", "đươ", "đươn", "đương", "đường"])
    assert field.value() == "tiến đường"


@pytest.mark.parametrize("name", ["title", "result"])
def test_input_method_gives_what_was_committed(page: EntryPage, name: str) -> None:
    field = page.form.inputs[name]
    field.go_to()
    commit(field.focus_target(), SENTENCE)
    assert field.value() == SENTENCE


def test_nothing_opens_while_composing(page: EntryPage) -> None:
    field = page.form.inputs["kind"]
    field.go_to()
    compose(field.focus_target(), "tuầ")
    press(field.focus_target(), Qt.Key.Key_Down, held=Qt.KeyboardModifier.AltModifier)
    field.focus_target().open_list()
    assert field.composing()
    assert not field.focus_target().is_open()
    commit(field.focus_target(), "tuần tra")
    assert field.focus_target().is_open()


def test_checks_wait_for_the_end_of_composing(page: EntryPage, qtbot: QtBot) -> None:
    field = page.form.inputs["title"]
    field.go_to()
    page._on_edited("title")
    compose(field.focus_target(), "họ")
    page._check_when_idle()
    assert page._check_timer.isActive()


def test_number_is_grouped_only_when_the_focus_leaves(page: EntryPage) -> None:
    field = page.form.inputs["attendance_total"]
    field.go_to()
    for text, shown in (("1", "1"), ("2", "12"), ("5", "125"), ("0", "1250")):
        type_keys(field.focus_target(), text)
        assert field.focus_target().text() == shown
    page.form.inputs["attendance_women"].go_to()
    assert field.focus_target().text() == "1.250"
    assert field.value() == 1250


def test_day_is_understood_beside_the_field_and_written_out_when_left(page: EntryPage) -> None:
    field = page.form.inputs["held_on"]
    notes: list[str] = []
    field.note_changed.connect(notes.append)
    field.go_to()
    field.focus_target().selectAll()
    type_keys(field.focus_target(), "hôm qua")
    assert field.focus_target().text() == "hôm qua"
    assert notes[-1] == "08/11/2026"
    page.form.inputs["starts_at"].go_to()
    assert field.focus_target().text() == "08/11/2026"
    assert notes[-1] == "hôm qua"


def test_pick_list_finds_any_part_without_diacritics(page: EntryPage) -> None:
    field = page.form.inputs["residential_area"]
    field.go_to()
    type_keys(field.focus_target(), "phuoc")
    assert field.focus_target().text() == "phuoc"
    assert field.focus_target().highlighted().label == "Thôn Phước Lộc"
    press(field.focus_target(), Qt.Key.Key_Return)
    assert field.focus_target().text() == "Thôn Phước Lộc"


def test_escape_closes_the_list_and_not_the_page(page: EntryPage, qtbot: QtBot) -> None:
    field = page.form.inputs["kind"]
    field.go_to()
    line = field.focus_target()
    press(line, Qt.Key.Key_Down, held=Qt.KeyboardModifier.AltModifier)
    assert line.is_open()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not line.is_open()
    assert page.navigate.backs == 0


def test_topics_are_added_and_taken_away_by_keyboard(page: EntryPage) -> None:
    field = page.form.inputs["topics"]
    field.go_to()
    type_keys(field.focus_target(), "lua dao")
    press(field.focus_target(), Qt.Key.Key_Return)
    assert field.value() == ("online_fraud",)
    field.go_to()
    type_keys(field.focus_target(), "lua dao")  # who names it once more wants it: it may be kept from the last record
    press(field.focus_target(), Qt.Key.Key_Semicolon, ";")
    assert field.value() == ("online_fraud",)
    press(field.focus_target(), Qt.Key.Key_Down)
    press(field.focus_target(), Qt.Key.Key_Return)
    assert field.value() is None and field.has_focus()  # whoever takes one away goes on working here


def test_enter_at_a_topic_goes_on_and_a_semicolon_waits_for_more(page: EntryPage, qtbot: QtBot) -> None:
    field, title = page.form.inputs["topics"], page.form.inputs["title"]
    line = field.focus_target()
    field.go_to()
    type_keys(line, "lua dao")
    assert MORE in [words.text() for words in page.window().findChildren(QLabel) if words.isVisible()]
    QApplication.processEvents()
    assert QApplication.activeWindow() is page.window()  # no part of the list was a window of its own
    press(line, Qt.Key.Key_Return)
    assert field.value() == ("online_fraud",) and title.has_focus()  # what is typed next is the title, as meant
    field.go_to()
    type_keys(line, "ma tuy")
    press(line, Qt.Key.Key_Semicolon, ";")
    assert field.has_focus() and not line.text()
    commit(line, "bạo lực;")  # an input method may hand over the word and the sign together
    assert field.has_focus() and not line.text()
    chosen = field.value()
    assert isinstance(chosen, tuple) and len(chosen) == 3 and {"online_fraud", "drugs"} < set(chosen)
    press(line, Qt.Key.Key_Return)  # nothing typed
    assert title.has_focus() and field.value() == chosen


def test_enter_at_a_topic_that_there_is_not_stays_and_shows_those_there_are(page: EntryPage) -> None:
    field = page.form.inputs["topics"]
    line = field.focus_target()
    field.go_to()
    commit(line, "Nhắc dân khóa cửa")
    press(line, Qt.Key.Key_Return)
    assert field.has_focus() and line.is_open() and line.highlighted() is None


@pytest.mark.parametrize(("name", "letters"), [("topics", "ma"), ("kind", "t")])
def test_half_a_word_is_no_mistake_while_the_list_offers_what_it_may_mean(
    page: EntryPage, qtbot: QtBot, name: str, letters: str
) -> None:
    field = page.form.inputs[name]
    field.go_to()
    commit(field.focus_target(), letters)
    qtbot.wait(700)
    assert field.focus_target().is_open() and name not in [one.field for one in page.findings.errors]
    qtbot.keyClick(field.focus_target(), Qt.Key.Key_Escape)  # the list is put away, nothing taken from it
    page.form.inputs["note"].go_to()
    assert name in [one.field for one in page.findings.errors]


def test_a_text_that_enter_leaves_is_read_from_its_beginning(page: EntryPage) -> None:
    field = page.form.inputs["title"]
    line = field.focus_target()
    field.go_to()
    commit(line, SENTENCE * 3)  # longer than the field is wide, not longer than it may be
    press(line, Qt.Key.Key_Return)
    assert not field.has_focus() and line.cursorPosition() == 0


def test_rows_are_typed_with_the_keyboard(page: EntryPage) -> None:
    rows = page.form.inputs["items"]
    rows.go_to()
    press(rows.focus_target(), Qt.Key.Key_Space)
    kind, quantity, unit = rows.editors[0].inputs.values()
    for cell, text in ((kind, "phao"), (quantity, "2,5"), (unit, "kg")):
        cell.go_to()
        type_keys(cell.focus_target(), text)
    page.form.inputs["note"].go_to()
    row = rows.value()[0]
    assert row["unit"] == "kilogram"
    assert str(row["quantity"]) == "2.50"
    assert row["kind"] == "fireworks"


def test_a_problem_marks_the_row_that_has_it_not_an_empty_one_before_it(page: EntryPage) -> None:
    rows = page.form.inputs["items"]
    for _ in range(2):
        rows.add_button.click()
    second = rows.editors[1].inputs
    second["kind"].set_value("fireworks")
    page._tried = True
    page.check_now()
    assert second["unit"].focus_target().property("state") == "bad"
    assert not rows.editors[0].inputs["unit"].focus_target().property("state")


def test_a_text_longer_than_its_field_is_read_from_its_beginning(page: EntryPage) -> None:
    line = page.form.inputs["place"].focus_target()
    line.setText("Nhà văn hóa thôn Đưng K'Si, xã Phú Hòa, tỉnh Hòa Giang, bên cạnh trường tiểu học")
    line.setFocus(Qt.FocusReason.TabFocusReason)
    assert line.selectedText() == line.text() and line.cursorPosition() == 0
    commit(line, "Đình làng")
    assert line.text() == "Đình làng" and line.cursorPosition() == 9
    page.form.inputs["title"].focus_target().setFocus(Qt.FocusReason.TabFocusReason)
    assert line.cursorPosition() == 0


def test_a_text_longer_than_its_field_is_told_whole_where_the_mouse_rests(page: EntryPage) -> None:
    line = page.form.inputs["place"].focus_target()
    assert isinstance(line, QLineEdit)
    for text, told in ((SENTENCE * 9, SENTENCE * 9), ("ngõ 12", "")):
        line.setText(text)
        QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, line.rect().center(), QPoint()))
        assert line.toolTip() == told
    QToolTip.hideText()


def test_a_text_longer_than_its_field_ends_in_dots_while_nobody_types_there(page: EntryPage) -> None:
    line = page.form.inputs["place"].focus_target()
    assert isinstance(line, QLineEdit)
    page.form.inputs["title"].go_to()
    line.setText("l" * 400)
    line.setCursorPosition(0)
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    wide = line.fontMetrics().horizontalAdvance("…")

    def top(left: int) -> int:
        """The highest ink of as much as the dots take."""
        image = line.grab(QRect(left, room.top() + 4, wide, room.height() - 8)).toImage()
        inked = (y for y in range(image.height()) for x in range(wide) if image.pixelColor(x, y).lightness() < 128)
        return next(inked, 999)

    assert top(room.left() + wide) < room.height() // 2 - 4 < top(room.right() - 2 - wide) < 999
    line.setFocus()
    line.deselect()
    assert top(room.right() - 2 - wide) < room.height() // 2 - 4
