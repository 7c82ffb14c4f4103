"""The control style: ticks are drawn, focus moves nothing, states show."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.fields import FieldState, set_field_state
from thidua_desktop.ui.look.theme import Look, Theme


def colors(widget: QWidget) -> set[str]:
    """All colours of a picture of the widget."""
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("theme", Theme)
def test_a_ticked_box_shows_fill_and_tick(qtbot: QtBot, look: Look, theme: Theme) -> None:
    look.set_theme(theme)
    box = QCheckBox()
    qtbot.addWidget(box)
    empty = colors(box)
    box.setChecked(True)
    ticked = colors(box)
    assert look.tokens.accent in ticked - empty
    assert look.tokens.on_accent in ticked


def test_a_chosen_radio_button_has_a_dot(qtbot: QtBot, look: Look) -> None:
    radio = QRadioButton("Giơ tay")
    qtbot.addWidget(radio)
    assert look.tokens.accent_ink not in colors(radio)
    radio.setChecked(True)
    assert look.tokens.accent_ink in colors(radio)


def test_fields_are_34_px_and_follow_the_text_size(qtbot: QtBot, look: Look) -> None:
    field, choice = QLineEdit(), QComboBox()
    qtbot.addWidget(field)
    qtbot.addWidget(choice)
    assert (field.sizeHint().height(), choice.sizeHint().height()) == (34, 34)
    look.set_text_scale(1.3)
    assert (field.sizeHint().height(), choice.sizeHint().height()) == (44, 44)


@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QPlainTextEdit])
def test_a_wrong_field_gets_its_border_and_keeps_its_size(qtbot: QtBot, look: Look, kind: type[QWidget]) -> None:
    field = kind()
    qtbot.addWidget(field)
    field.resize(200, 60)
    before = field.sizeHint()
    assert look.tokens.bad not in colors(field)
    set_field_state(field, FieldState.BAD)
    assert look.tokens.bad in colors(field)
    assert field.sizeHint() == before
    set_field_state(field, FieldState.NORMAL)
    assert look.tokens.bad not in colors(field)


def test_focus_does_not_move_the_text(qtbot: QtBot, look: Look) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    field = QLineEdit("Thôn Đông Hạ", holder)
    field.resize(200, 34)
    with qtbot.waitExposed(holder):
        holder.show()
    field.clearFocus()
    quiet = field.cursorRect()
    field.setFocus()
    assert field.cursorRect() == quiet
    assert look.tokens.accent_ink in colors(field)


def test_a_disabled_field_is_raised_and_still_readable(qtbot: QtBot, look: Look) -> None:
    field = QLineEdit("tự tính")
    qtbot.addWidget(field)
    field.setEnabled(False)
    assert QColor(look.tokens.raised).name().upper() in colors(field)
