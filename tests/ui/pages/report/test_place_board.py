"""The cells of the grid map are arranged by mouse and by keys, and the map follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.services.place_grid import Cell, Place, keep_cells, kept_cells, places
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.place_board import PlaceBoard, PlaceDialog

NAMES = ("Bình Phú", "Đông Hạ", "Gò Dài", "Tân Lập")
Key = Qt.Key


@pytest.fixture
def board(qtbot: QtBot, look: Look) -> PlaceBoard:
    made = PlaceBoard(look, tuple(Place(name[0], name) for name in NAMES), ())
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def press(board: PlaceBoard, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(board, key)


def middle(board: PlaceBoard, cell: Cell) -> QPoint:
    return board.box(cell).center()


def test_without_a_choice_cells_follow_the_names(board: PlaceBoard) -> None:
    assert board.cells == {"B": (0, 0), "Đ": (0, 1), "G": (0, 2), "T": (1, 0)}


def test_keys_carry_a_place_to_a_free_cell(board: PlaceBoard) -> None:
    press(board, Key.Key_Right, Key.Key_Space)
    assert board.accessibleDescription() == "Hàng 1, cột 2: Đông Hạ; đang nhấc Đông Hạ"
    press(board, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Space)
    assert board.cells["Đ"] == (1, 3)
    assert board.accessibleDescription() == "Hàng 2, cột 4: Đông Hạ"


def test_a_place_put_on_another_changes_with_it(board: PlaceBoard) -> None:
    press(board, Key.Key_Space, Key.Key_Down, Key.Key_Space)
    assert (board.cells["B"], board.cells["T"]) == ((1, 0), (0, 0))


def test_escape_puts_down_without_moving(board: PlaceBoard) -> None:
    press(board, Key.Key_Space, Key.Key_Right, Key.Key_Escape)
    assert board.held is None and board.cells["B"] == (0, 0)
    press(board, Key.Key_Right, Key.Key_Right, Key.Key_Space)
    assert board.held is None  # there is nobody to lift


def test_the_edges_hold(board: PlaceBoard) -> None:
    press(board, Key.Key_Up, Key.Key_Left, *[Key.Key_Right] * 20, *[Key.Key_Down] * 20)
    assert board.here == (board.rows - 1, 7) == (2, 7)


def test_the_mouse_drags_and_clicks(board: PlaceBoard) -> None:
    QTest.mousePress(board, Qt.MouseButton.LeftButton, pos=middle(board, (0, 0)))
    QTest.mouseMove(board, middle(board, (0, 3)))
    QTest.mouseRelease(board, Qt.MouseButton.LeftButton, pos=middle(board, (0, 3)))
    assert board.cells["B"] == (0, 3)
    for cell in ((0, 1), (2, 0)):
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=middle(board, cell))
    assert board.cells["Đ"] == (2, 0) and board.rows == 4


def test_the_dialog_keeps_what_was_arranged(qtbot: QtBot, look: Look, pair: TwoOffices) -> None:
    dialog = PlaceDialog(pair.commune, look, None)
    qtbot.addWidget(dialog)
    dialog.show()
    one, other = (place.key for place in places(pair.commune))
    dialog.board.lift((0, 0))
    dialog.board.drop((2, 5))
    assert dialog.work()
    assert kept_cells(pair.commune) == {one: (2, 5), other: (0, 1)}


def test_by_name_forgets_the_choice_and_the_gone_stay(qtbot: QtBot, look: Look, pair: TwoOffices) -> None:
    one, other = (place.key for place in places(pair.commune))
    keep_cells(pair.commune, {one: (3, 3), other: (0, 0), "gone": (1, 1)})
    dialog = PlaceDialog(pair.commune, look, None)
    qtbot.addWidget(dialog)
    assert dialog.board.cells == {one: (3, 3), other: (0, 0)}
    assert dialog.work() and kept_cells(pair.commune)["gone"] == (1, 1)
    dialog.order_button.click()
    assert dialog.board.cells == {one: (0, 0), other: (0, 1)}
    assert dialog.work() and kept_cells(pair.commune) == {}
