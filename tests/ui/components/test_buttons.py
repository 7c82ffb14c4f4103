"""Buttons: sizes, reasons, hints, loudness."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.buttons import (
    Button,
    ButtonKind,
    back_link,
    bordered,
    borderless,
    danger,
    filled,
    icon_button,
    link,
    tinted,
)
from thidua_desktop.ui.components.labels import StateLabel
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look, Theme


def colors(button: Button) -> set[str]:
    image = button.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("make", [filled, bordered, borderless, tinted, danger, link])
@pytest.mark.parametrize("scale", [1.0, 1.3, 1.6])
def test_a_button_is_wide_enough_for_its_words(qtbot: QtBot, look: Look, make: type, scale: float) -> None:
    look.set_text_scale(scale)
    button = make(look, "Lưu, ghi tiếp", "save")
    qtbot.addWidget(button)
    bold = button.kind in (ButtonKind.FILLED, ButtonKind.TINTED)
    assert button.sizeHint().width() >= look.text_width("Lưu, ghi tiếp", bold=bold) + look.px(18)
    assert button.accessibleName() == "Lưu, ghi tiếp"
    if button.kind is not ButtonKind.LINK:
        assert button.sizeHint().height() == look.px(34)


def test_a_disabled_button_says_why(qtbot: QtBot, look: Look) -> None:
    button = filled(look, "Chốt số liệu", "lock")
    qtbot.addWidget(button)
    button.set_reason("Còn 1 số khác thường chưa ghi lý do")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "Còn 1 số khác thường chưa ghi lý do"
    assert look.tokens.raised in colors(button)
    button.set_reason("")
    assert button.isEnabled() and button.toolTip() == ""


def test_key_hints_go_first_when_room_is_short(qtbot: QtBot, look: Look) -> None:
    button = bordered(look, "Lưu", "save", "Ctrl+S")
    qtbot.addWidget(button)
    wide = button.sizeHint().width()
    button.set_key_hint_shown(False)
    assert button.sizeHint().width() < wide


def test_a_button_with_a_menu_opens_it_and_shows_a_chevron(qtbot: QtBot, look: Look) -> None:
    menu = QMenu()
    plain, opening = bordered(look, "Mẫu"), bordered(look, "Mẫu", menu=menu)
    qtbot.addWidget(plain)
    qtbot.addWidget(opening)
    assert opening.menu() is menu
    assert opening.sizeHint().width() > plain.sizeHint().width()


def test_an_icon_never_stands_without_a_name(qtbot: QtBot, look: Look) -> None:
    button = icon_button(look, "lock", "Khóa máy")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "Khóa máy"
    assert back_link(look, "Sổ họp").accessibleName() == "Về Sổ họp"


@pytest.mark.parametrize("theme", Theme)
def test_filled_and_bordered_differ_in_every_theme(qtbot: QtBot, look: Look, theme: Theme) -> None:
    look.set_theme(theme)
    loud, calm = filled(look, "Lưu"), bordered(look, "Lưu")
    for button in (loud, calm):
        qtbot.addWidget(button)
    assert look.tokens.accent in colors(loud)
    assert look.tokens.accent not in colors(calm)
    assert look.tokens.surface in colors(calm)


def test_the_keyboard_presses_a_button_and_focus_is_drawn(qtbot: QtBot, look: Look) -> None:
    button = bordered(look, "Mở")
    qtbot.addWidget(button)
    with qtbot.waitExposed(button):
        button.show()
    button.clearFocus()
    quiet = colors(button)
    button.setFocus()
    assert look.tokens.accent_ink in colors(button) - quiet
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_words_and_loudness_can_change(qtbot: QtBot, look: Look) -> None:
    button = bordered(look, "Chốt")
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.set_content("Chốt số liệu tháng 11", "lock")
    button.set_kind(ButtonKind.FILLED)
    assert button.sizeHint().width() > before
    assert (button.accessibleName(), button.kind) == ("Chốt số liệu tháng 11", ButtonKind.FILLED)


def test_enter_presses_the_button_that_has_the_focus_once(qtbot: QtBot, look: Look) -> None:
    button, pressed = filled(look, "Ghi 5 khu dân cư"), list[bool]()
    qtbot.addWidget(button)
    button.clicked.connect(lambda: pressed.append(True))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(button, key)
    assert len(pressed) == 3
    none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    for held, repeated in ((none, True), (control, False)):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, held, "\r", repeated)
        QCoreApplication.sendEvent(button, event)
    assert len(pressed) == 3


def test_a_button_has_the_focus_again_after_its_work_unless_the_person_went_elsewhere(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    first, second, third = (bordered(look, words) for words in ("Sao lưu ngay", "Chọn thư mục", "Xem"))
    for one in (first, second, third):
        row.addWidget(one)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    first.set_reason("Đang sao lưu")
    assert window.focusWidget() is second
    first.set_reason("")
    assert window.focusWidget() is first
    first.set_reason("Đang sao lưu")
    third.setFocus()
    first.set_reason("")
    assert window.focusWidget() is third


def test_an_error_code_stays_on_one_line_where_words_wrap(qtbot: QtBot, look: Look) -> None:
    words = "Tệp này hỏng (TD-ENV-003)"
    state = StateLabel(look, State.BAD, words, wrap=True)
    qtbot.addWidget(state)
    state.set_state(State.BAD, words)
    assert state.text() == words and "TD-ENV-003" not in QLabel.text(state.findChildren(QLabel)[-1])


def test_in_high_contrast_a_button_that_is_barred_has_a_broken_frame(qtbot: QtBot, look: Look) -> None:
    look.set_theme(Theme.CONTRAST)

    def frame(button: Button) -> list[str]:
        button.resize(button.sizeHint())
        image = button.grab().toImage()
        return [image.pixelColor(x, 0).name().upper() for x in range(8, image.width() - 8)]

    button = bordered(look, "Sao lưu và cập nhật")
    qtbot.addWidget(button)
    assert set(frame(button)) == {look.tokens.line_2}
    button.set_reason("Chưa có bản mới")
    assert len(set(frame(button))) > 1
