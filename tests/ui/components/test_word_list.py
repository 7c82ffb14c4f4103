"""Lists of words: rows of one height, further lines quiet, boxes that a click ticks, whys at one place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components import delegates
from thidua_desktop.ui.components.detail_pane import DetailPane
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.today.line_list import Line, LineList

LONG = "Nhiều khả năng là một người: cùng tên, cùng năm sinh, cùng khu dân cư, cùng số điện thoại"


def shown(qtbot: QtBot, look: Look, *words: str, ticked: bool = False) -> WordList:
    made = WordList(look, "Các dòng")
    qtbot.addWidget(made)
    for one in words:
        item = QListWidgetItem(one)
        if ticked:
            item.setCheckState(Qt.CheckState.Unchecked)
        made.addItem(item)
    made.resize(300, 240)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_row_is_as_high_as_its_words_need_at_the_width_it_has(qtbot: QtBot, look: Look) -> None:
    made = shown(qtbot, look, "Thôn Tây Hạ", f"Lò Văn Ọi, 1970\n{LONG}")
    assert made.visualItemRect(made.item(0)).height() == look.px(32)
    narrow = made.visualItemRect(made.item(1)).height()
    assert narrow > look.px(53)
    made.resize(900, 240)
    qtbot.waitUntil(lambda: made.visualItemRect(made.item(1)).height() == look.px(50))


def test_a_click_on_the_box_ticks_and_one_on_the_words_does_not(qtbot: QtBot, look: Look) -> None:
    made = shown(qtbot, look, "Thôn Tây Hạ", "Thôn Gò Dài", ticked=True)
    row = made.visualItemRect(made.item(1))
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(150, 16))
    assert made.item(1).checkState() is Qt.CheckState.Unchecked
    for x in (look.px(14), look.px(28)):  # both ends of the box that is seen
        before = made.item(1).checkState()
        qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(x, 16))
        assert made.item(1).checkState() is not before


def test_whys_begin_at_one_place_and_go_on_in_a_second_line(qtbot: QtBot, look: Look) -> None:
    made = LineList(look, "Việc đến hạn")
    qtbot.addWidget(made)
    late = [Line(name, StateText(State.LATE, state), why, "Mở", None) for name, state, why in (
        ("Nhiệm vụ", "Quá hạn", "lâu nhất 390 ngày"), ("Kỷ niệm chương", "Quá hạn 1.185 ngày", LONG))]  # fmt: skip
    made.resize(400, 200)
    made.set_lines(late)
    drawn: dict[str, QRect] = {}
    delegate = made.itemDelegate()
    assert isinstance(delegate, delegates.TwoLineDelegate)
    image = QImage(400, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(delegates, "draw_words", lambda _p, text, rect, *_: drawn.setdefault(text, QRect(rect)))
        for row in (0, 1):
            delegate.paint_content(painter, QStyleOptionViewItem(), made.model().index(row, 0), QRect(0, 0, 400, 72))
    painter.end()
    *_, first, second = drawn  # the last two are the lines of the second why
    assert first.startswith("Nhiều") and second not in LONG[: len(first)]
    places = {drawn[words].left() for words in ("lâu nhất 390 ngày", first, second)}
    assert len(places) == 1 and places.pop() > drawn["Quá hạn 1.185 ngày"].right()
    assert made.sizeHintForRow(1) > made.sizeHintForRow(0)


def test_a_head_without_a_caption_keeps_no_room_for_it(qtbot: QtBot, look: Look) -> None:
    pane = DetailPane(look)
    qtbot.addWidget(pane)
    pane.set_head("Thôn An Thịnh", "01/07/2025")
    assert pane._subtitle.isVisibleTo(pane)
    pane.set_head("Thôn An Thịnh")
    assert not pane._subtitle.isVisibleTo(pane)
