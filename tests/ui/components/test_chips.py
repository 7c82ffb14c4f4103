"""Chips, tags and segments."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.chips import Chip, count_chip, small_tag_chip
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import first_focusable


def test_a_chip_says_name_and_value(qtbot: QtBot, look: Look) -> None:
    chip = Chip(look, "Thôn", "Tất cả 14 thôn")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Thôn: Tất cả 14 thôn"
    chip.set_value("Đông Hạ", applied=True)
    assert (chip.value(), chip.accessibleName()) == ("Đông Hạ", "Thôn: Đông Hạ")
    picture = chip.grab().toImage()
    assert picture.pixelColor(6, picture.height() // 2).name().upper() == look.tokens.accent_soft


def test_the_cross_removes_and_the_rest_of_the_chip_does_not(qtbot: QtBot, look: Look) -> None:
    chip = Chip(look, "Loại", "Họp định kỳ", removable=True)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    chip.show()
    removed, clicked = [], []
    chip.removed.connect(lambda: removed.append(1))
    chip.clicked.connect(lambda: clicked.append(1))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    assert (len(removed), len(clicked)) == (1, 0)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, chip.height() // 2))
    assert (len(removed), len(clicked)) == (1, 1)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert len(removed) == 2


def test_a_standing_chip_ignores_delete(qtbot: QtBot, look: Look) -> None:
    chip = Chip(look, "Thôn", "Tất cả")
    qtbot.addWidget(chip)
    with qtbot.assertNotEmitted(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_count_chips_are_exclusive(qtbot: QtBot, look: Look) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    chips = [count_chip(look, "Tất cả 102", checked=True), count_chip(look, "Trả lại 3", "corner-up-left")]
    for chip in chips:
        row.addWidget(chip)
    chips[1].click()
    assert [chip.isChecked() for chip in chips] == [False, True]


def test_chosen_values_in_a_field_are_24_px(qtbot: QtBot, look: Look) -> None:
    chip = small_tag_chip(look, "An toàn cháy, nổ")
    qtbot.addWidget(chip)
    assert chip.sizeHint().height() == 24


def test_segments_tell_their_index_and_keep_quiet_when_set(qtbot: QtBot, look: Look) -> None:
    segments = Segments(look, ["Giơ tay", "Phiếu kín"], name="Cách biểu quyết")
    qtbot.addWidget(segments)
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_current(1)
    assert segments.current() == 1
    with qtbot.waitSignal(segments.chosen) as told:
        segments._segments[0].click()
    assert told.args == [0]
    segments.set_text(1, "Phiếu kín 3")
    assert segments._segments[1].accessibleName() == "Phiếu kín 3"


def test_keys_come_to_the_chosen_segment_and_arrows_choose_the_next(qtbot: QtBot, look: Look) -> None:
    segments = Segments(look, ["Sáng", "Tối", "Tương phản"], current=2)
    qtbot.addWidget(segments)
    segments.show()
    segments.activateWindow()
    qtbot.waitUntil(segments.isActiveWindow)
    target = first_focusable(segments)
    assert target is segments._segments[2]
    target.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(segments.chosen) as told:
        qtbot.keyClick(target, Qt.Key.Key_Left)
    assert told.args == [1] and first_focusable(segments) is segments._segments[1]


def test_a_tag_has_tint_and_word(qtbot: QtBot, look: Look) -> None:
    tag = Tag(look, State.FILED, "Đủ biên bản")
    qtbot.addWidget(tag)
    tag.resize(tag.sizeHint())
    picture = tag.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 2).name().upper() == look.tokens.ok_soft
    tag.set_state(State.RETURNED, "Trả lại")
    assert (tag.text(), tag.accessibleName()) == ("Trả lại", "Trả lại")
