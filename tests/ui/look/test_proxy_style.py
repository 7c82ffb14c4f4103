"""The control style: ticks are drawn, focus moves nothing, states show."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.fields import FieldState, set_field_state
from thidua_desktop.ui.look.theme import Look, Theme
from thidua_desktop.ui.look.tokens import contrast_ratio

_E = QStyle.PrimitiveElement


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


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(
    "element", [_E.PE_IndicatorItemViewItemCheck, _E.PE_IndicatorCheckBox, _E.PE_IndicatorRadioButton]
)
def test_a_box_on_a_chosen_row_can_be_seen_ticked_or_not(
    look: Look, theme: Theme, element: QStyle.PrimitiveElement
) -> None:
    look.set_theme(theme)
    ground = look.color("sel")
    pictures = []
    for ticked in (False, True):
        image = QImage(18, 18, QImage.Format.Format_RGB32)
        image.fill(ground)
        option = QStyleOptionButton()
        option.rect = image.rect()
        option.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected
        option.state |= QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off
        painter = QPainter(image)
        QApplication.style().drawPrimitive(element, option, painter)
        painter.end()
        pictures.append(image)
        edge = max(contrast_ratio(image.pixelColor(9, y).name(), ground.name()) for y in (0, 1))  # its upper middle
        assert edge >= 2.5, (ticked, edge)  # a circle's edge is half a pixel
    middle = [[one.pixelColor(x, y) for x in range(3, 15) for y in range(3, 15)] for one in pictures]
    clear = sum(contrast_ratio(off.name(), on.name()) >= 3 for off, on in zip(*middle, strict=True))
    assert clear >= 6, clear  # what a tick changes is seen


def test_signs_of_menus_grow_with_the_text(qtbot: QtBot, look: Look) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    look.dress(menu)
    chosen = menu.addAction("Mọi thời gian")
    chosen.setCheckable(True)
    chosen.setChecked(True)
    menu.addMenu("Theo quý").addAction("Quý IV")
    for scale in (1.0, 1.6):
        look.set_text_scale(scale)
        menu.ensurePolished()
        menu.resize(menu.sizeHint())
        row = menu.actionGeometry(chosen)
        image = menu.grab(row).toImage()
        ground = image.pixelColor(row.width() // 2, 1)
        inked = [y for y in range(row.height()) if any(image.pixelColor(x, y) != ground for x in range(1, look.px(20)))]
        assert len(inked) >= look.px(7), scale


def test_in_high_contrast_a_field_that_is_barred_has_a_broken_frame(qtbot: QtBot, look: Look) -> None:
    look.set_theme(Theme.CONTRAST)
    field = QLineEdit("Thôn Tân Lập")
    qtbot.addWidget(field)
    look.dress(field)

    def frame() -> set[str]:
        image = field.grab().toImage()
        return {image.pixelColor(x, 0).name() for x in range(8, image.width() - 8)}

    assert len(frame()) == 1
    field.setEnabled(False)
    assert len(frame()) > 1
