"""What is put on a page in turns lets the window have its own between, and is never put there twice or too late."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.ui.components import in_turns
from thidua_desktop.ui.components.in_turns import WHOLE_TURN, InTurns


@pytest.fixture
def told() -> list[str]:
    return []


def _slow(told: list[str], *words: str) -> list[Callable[[], None]]:
    """Pieces of which each takes a whole turn."""

    def piece(one: str) -> None:
        time.sleep(in_turns._SLICE)
        told.append(one)

    return [partial(piece, one) for one in words]


@pytest.mark.usefixtures("qtbot")
def test_few_quick_pieces_are_done_at_once(told: list[str]) -> None:
    parent = QObject()
    turns = InTurns(parent)
    turns.do([partial(told.append, "một"), partial(told.append, "hai")])
    assert told == ["một", "hai"] and not turns.busy


def test_between_two_pieces_the_window_has_its_turn(qtbot: QtBot, told: list[str]) -> None:
    parent = QObject()
    turns = InTurns(parent)
    turns.do(_slow(told, "một", "hai", "ba"))
    assert told == ["một"] and turns.busy
    QTimer.singleShot(0, lambda: told.append("phím"))
    qtbot.waitUntil(lambda: not turns.busy)
    assert told.index("phím") < told.index("ba") and [one for one in told if one != "phím"] == ["một", "hai", "ba"]


def test_a_piece_that_qt_has_to_lay_out_ends_its_turn_however_quick_it_was(qtbot: QtBot, told: list[str]) -> None:
    parent = QObject()
    turns = InTurns(parent)

    def piece(one: str) -> object:
        told.append(one)
        return WHOLE_TURN if one.startswith("biểu đồ") else None

    turns.do([partial(piece, one) for one in ("số", "biểu đồ 1", "biểu đồ 2", "chân")])
    assert told == ["số", "biểu đồ 1"] and turns.busy
    qtbot.waitUntil(lambda: not turns.busy)
    assert told == ["số", "biểu đồ 1", "biểu đồ 2", "chân"]


def test_what_comes_later_takes_the_place_of_what_is_left(qtbot: QtBot, told: list[str]) -> None:
    parent = QObject()
    turns = InTurns(parent)
    turns.do(_slow(told, "cũ 1", "cũ 2"))
    turns.do(_slow(told, "mới 1", "mới 2"))
    qtbot.waitUntil(lambda: not turns.busy)
    assert told == ["cũ 1", "mới 1", "mới 2"]


def test_a_piece_may_begin_something_else(qtbot: QtBot, told: list[str]) -> None:
    parent = QObject()
    turns = InTurns(parent)
    turns.do([lambda: turns.do(_slow(told, "sau 1", "sau 2")), partial(told.append, "không còn cần")])
    qtbot.waitUntil(lambda: not turns.busy)
    assert told == ["sau 1", "sau 2"]


def test_nothing_is_done_for_a_page_that_is_gone_or_does_not_want_it(qtbot: QtBot, told: list[str]) -> None:
    parent, other = QObject(), QObject()
    turns = InTurns(other)
    turns.do(_slow(told, "một", "hai"))
    turns.drop()
    InTurns(parent).do(_slow(told, "ba", "bốn"))
    parent.deleteLater()
    qtbot.wait(50)
    assert told == ["một", "ba"] and not turns.busy


def test_a_fault_in_a_piece_ends_it(qtbot: QtBot, told: list[str]) -> None:
    def pieces() -> Iterator[Callable[[], object]]:
        yield partial(told.append, "một")
        raise ValueError("lỗi")

    parent = QObject()
    turns = InTurns(parent)
    with pytest.raises(ValueError, match="lỗi"):
        turns.do(pieces())
    all_done()
    assert told == ["một"] and not turns.busy
