"""Counters and squares of a vote."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.counters import VoteCounter
from thidua_desktop.ui.components.vote_squares import VoteShares, VoteSquares
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


@pytest.fixture
def counter(qtbot: QtBot, look: Look) -> VoteCounter:
    made = VoteCounter(look, "Tán thành", 34, maximum=52)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def test_digits_replace_the_number_and_then_follow(qtbot: QtBot, counter: VoteCounter) -> None:
    told: list[int] = []
    counter.changed.connect(told.append)
    qtbot.keyClicks(counter, "41")
    assert (counter.value(), told) == (41, [4, 41])
    qtbot.keyClicks(counter, "9")
    assert counter.value() == 52  # 419 is more than there are households
    qtbot.keyClick(counter, Qt.Key.Key_Backspace)
    assert counter.value() == 5


@pytest.mark.parametrize(
    ("key", "value"),
    [(Qt.Key.Key_Up, 35), (Qt.Key.Key_Plus, 35), (Qt.Key.Key_Down, 33), (Qt.Key.Key_Minus, 33)],
)
def test_steps_by_key(qtbot: QtBot, counter: VoteCounter, key: Qt.Key, value: int) -> None:
    qtbot.keyClick(counter, key)
    assert counter.value() == value


def test_steps_by_mouse_stop_at_nothing_and_at_all(qtbot: QtBot, counter: VoteCounter) -> None:
    counter.set_value(1)
    middle = counter.height() // 2
    for _ in range(3):
        qtbot.mouseClick(counter, Qt.MouseButton.LeftButton, pos=QPoint(10, middle))
    assert counter.value() == 0
    counter.set_value(52)
    qtbot.mouseClick(counter, Qt.MouseButton.LeftButton, pos=QPoint(counter.width() - 10, middle))
    assert counter.value() == 52


def test_the_wheel_leaves_the_vote_alone_and_goes_to_the_page(counter: VoteCounter) -> None:
    none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    at, turn = QPointF(60, 20), QPoint(0, 120)
    wheel = QWheelEvent(at, at, QPoint(), turn, none, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(counter, wheel)
    assert counter.value() == 34 and not wheel.isAccepted()


def test_it_speaks_its_number_with_unit(counter: VoteCounter) -> None:
    assert (counter.accessibleName(), counter.accessibleDescription()) == ("Tán thành", "34 hộ")
    counter.step(1)
    assert counter.accessibleDescription() == "35 hộ"


def test_setting_does_not_tell(qtbot: QtBot, counter: VoteCounter) -> None:
    with qtbot.assertNotEmitted(counter.changed):
        counter.set_value(3)


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.3, 1.6])
def test_three_digits_fit_at_the_least_width(look: Look, counter: VoteCounter, scale: float) -> None:
    look.set_text_scale(scale)
    least = counter.minimumSizeHint()
    assert least.width() - 2 * look.px(36) >= look.text_width("888", TextRole.KEY_FIGURE)
    assert least.height() == look.px(42)


def test_squares_are_one_for_each_household_in_order() -> None:
    shares = VoteShares(total=52, yes=34, no=2, other=1, silent=2, needed=35)
    kinds = shares.kinds()
    assert len(kinds) == 52
    assert [kinds.count(kind) for kind in ("yes", "no", "other", "silent", "absent")] == [34, 2, 1, 2, 13]
    assert kinds[33:37] == ["yes", "no", "no", "other"]


def test_squares_never_exceed_the_village() -> None:
    assert VoteShares(total=3, yes=9).kinds() == ["yes"] * 3


def test_squares_are_spoken(qtbot: QtBot, look: Look) -> None:
    squares = VoteSquares(look, VoteShares(52, 34, 2, 1, 2, needed=35))
    qtbot.addWidget(squares)
    assert squares.accessibleDescription() == (
        "34 tán thành, 2 không tán thành, 1 ý kiến khác, 2 chưa biểu quyết, cần 35 trong 52 hộ"
    )


def test_the_mark_stands_after_the_needed_square(qtbot: QtBot, look: Look) -> None:
    squares = VoteSquares(look, VoteShares(52, 0, needed=26))
    qtbot.addWidget(squares)
    squares.resize(520, 32)
    image = squares.grab().toImage()
    marked = [x for x in range(520) if image.pixelColor(x, 3).name().upper() == look.tokens.text]
    assert marked == [258, 259]


def test_who_said_nothing_is_not_drawn_as_a_yes_where_households_are_narrow(qtbot: QtBot, look: Look) -> None:
    squares = VoteSquares(look, VoteShares(315, yes=13, silent=146))
    qtbot.addWidget(squares)
    squares.resize(515, 32)
    image = squares.grab().toImage()
    said_yes = [x for x in range(515) if image.pixelColor(x, 16).name().upper() == look.tokens.accent_ink.upper()]
    assert len(said_yes) <= 13 * 515 / 315 + 4  # and the two edges of the silent ones' block
