"""Qt's own words read Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.look.vietnamese import _TEXTS, vietnamese_text

Standard = QDialogButtonBox.StandardButton


@pytest.mark.parametrize("button", [b for b in Standard if b not in (Standard.NoButton, Standard.FirstButton)])
def test_every_standard_button_is_vietnamese(qtbot: QtBot, look: Look, button: QDialogButtonBox.StandardButton) -> None:
    box = QDialogButtonBox(button)
    qtbot.addWidget(box)
    words = [made.text() for made in box.buttons()]
    assert words and all(word in _TEXTS.values() for word in words), words


def test_the_menu_of_a_text_field_is_vietnamese(qtbot: QtBot, look: Look) -> None:
    field = QLineEdit("a")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words[:3] == ["Hoàn tác", "Làm lại", "Cắt"]
    assert all(word in _TEXTS.values() for word in words), words


def test_texts_are_nfc_without_access_keys() -> None:
    for text in _TEXTS.values():
        assert unicodedata.is_normalized("NFC", text)
        assert "&" not in text
    assert vietnamese_text("&Undo") == "Hoàn tác"
    assert vietnamese_text("Something else") == ""
