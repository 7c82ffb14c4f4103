"""Steps and tiles."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.steps import StepNumber, StepTrail
from thidua_desktop.ui.components.tiles import OptionTile, PlaceTile
from thidua_desktop.ui.look.theme import Look


def color_at(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name().upper()


def test_a_trail_goes_back_by_mouse_and_never_forward(qtbot: QtBot, look: Look) -> None:
    trail = StepTrail(look, ["Soạn", "Chốt số liệu", "In, ký"], current=1)
    qtbot.addWidget(trail)
    trail.resize(trail.sizeHint())
    chosen: list[int] = []
    trail.chosen.connect(chosen.append)
    for place in trail._places():
        qtbot.mouseClick(trail, Qt.MouseButton.LeftButton, pos=place.center())
    assert chosen == [0, 1]
    assert trail.accessibleName() == "Bước 2/3: Chốt số liệu"
    trail.set_current(2)
    assert (trail.current(), trail.accessibleName()) == (2, "Bước 3/3: In, ký")


def test_the_current_step_is_filled(qtbot: QtBot, look: Look) -> None:
    number = StepNumber(look, 2)
    qtbot.addWidget(number)
    assert color_at(number, 3, 14) == look.tokens.accent
    quiet = StepNumber(look, 2, quiet=True)
    qtbot.addWidget(quiet)
    assert color_at(quiet, 3, 14) == look.tokens.surface


def test_only_what_is_missing_is_tinted(qtbot: QtBot, look: Look) -> None:
    calm = PlaceTile(look, "Phước Lộc", StateText(State.OK, "đủ 6/6"), tinted=False)
    loud = PlaceTile(look, "Đông Hạ", StateText(State.SOON, "thiếu 3"), tinted=True)
    for tile in (calm, loud):
        qtbot.addWidget(tile)
        tile.resize(87, 42)
    assert color_at(calm, 80, 21) == look.tokens.surface
    assert color_at(loud, 80, 21) == look.tokens.warn_soft
    assert loud.accessibleName() == "Đông Hạ: thiếu 3"
    with qtbot.waitSignal(loud.clicked):
        qtbot.keyClick(loud, Qt.Key.Key_Space)


def test_options_are_exclusive_and_a_refused_one_says_why(qtbot: QtBot, look: Look) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    first = OptionTile(look, "USB BAOCAO (E:)", "đã chép gói 11", "còn 5,1 GB")
    second = OptionTile(look, "Thư mục khác trên máy")
    full = OptionTile(look, "USB không tên (F:)", right="còn 0,8 MB", refused="Không đủ chỗ, cần 2,4 MB")
    for tile in (first, second, full):
        column.addWidget(tile)
    holder.resize(340, 240)
    holder.show()
    first.click()
    assert color_at(first, 200, 48) == look.tokens.accent_soft
    second.click()
    full.click()
    assert [tile.isChecked() for tile in (first, second, full)] == [False, True, False]
    assert full.accessibleDescription() == "còn 0,8 MB, Không đủ chỗ, cần 2,4 MB"
