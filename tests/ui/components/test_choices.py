"""A drop-down goes to a choice by its first letters, as people type them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.look.theme import Look

NAMES = ("Ngày", "Dân tộc thiểu số", "Địa điểm", "Đơn vị", "Kết quả")


@pytest.fixture
def box(qtbot: QtBot, look: Look) -> ChoiceBox:
    made = ChoiceBox(look, "Ô cần sửa", [(one, one) for one in NAMES], "Ngày")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus(Qt.FocusReason.TabFocusReason)
    return made


@pytest.mark.parametrize(
    ("typed", "name"), [("dia", "Địa điểm"), ("ket", "Kết quả"), ("n", "Ngày"), ("dan", "Dân tộc thiểu số"),
                        ("dd", "Địa điểm"), ("x", "Ngày")],
)  # fmt: skip
def test_letters_without_diacritics_go_to_the_choice(qtbot: QtBot, box: ChoiceBox, typed: str, name: str) -> None:
    qtbot.keyClicks(box, typed)
    assert box.currentText() == name


def test_letters_in_the_open_list_mark_the_choice(qtbot: QtBot, box: ChoiceBox) -> None:
    box.showPopup()
    qtbot.keyClicks(box.view(), "dia")
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.currentText() == "Địa điểm"
