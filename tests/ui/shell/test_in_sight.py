"""A part that was asked for stays in sight while what is above it grows, and only until the person goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.shell.in_sight import bring_into_sight


class Tall:
    """A part at the foot of a page whose head is not read yet, in a small window."""

    def __init__(self) -> None:
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        self.head, self.part = QWidget(), QWidget()
        self.head.setFixedHeight(40)
        inside = QVBoxLayout(self.part)
        self.first, self.second = QPushButton("Thêm người"), QPushButton("Bỏ người")
        for button in (self.first, self.second):
            inside.addWidget(button)
        column.addWidget(self.head)
        column.addWidget(self.part)
        column.addStretch(1)
        self.area: QScrollArea = scrolling(self.content)
        self.area.resize(300, 160)

    def in_sight(self) -> bool:
        place = self.first.mapTo(self.area.viewport(), QPoint(0, 0)).y()
        return place >= 0 and place + self.first.height() <= self.area.viewport().height()

    def grow(self, height: int) -> None:
        """The lines of the head come."""
        self.head.setFixedHeight(height)
        QApplication.processEvents()


@pytest.fixture
def tall(qtbot: QtBot) -> Iterator[Tall]:
    made = Tall()
    qtbot.addWidget(made.area)
    made.area.show()
    qtbot.waitExposed(made.area)
    bring_into_sight(made.part)
    QApplication.processEvents()
    yield made


def test_it_is_followed_however_late_the_lines_above_it_come(tall: Tall) -> None:
    assert tall.first.hasFocus() and tall.in_sight()
    for height in (900, 2_400, 60, 700):
        tall.grow(height)
        assert tall.in_sight() and tall.first.hasFocus()


def test_who_goes_on_to_another_place_is_left_alone(tall: Tall) -> None:
    tall.grow(900)
    tall.second.setFocus(Qt.FocusReason.TabFocusReason)
    tall.area.verticalScrollBar().setValue(0)
    tall.grow(1_200)
    assert tall.area.verticalScrollBar().value() == 0


def test_who_scrolls_is_left_alone(tall: Tall) -> None:
    tall.grow(900)
    bar, at = tall.area.verticalScrollBar(), QPointF(20, 20)
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    turned = QWheelEvent(at, at, QPoint(), QPoint(0, 1_200), Qt.MouseButton.NoButton, none, phase, False)
    QApplication.sendEvent(tall.area.viewport(), turned)
    place = bar.value()
    tall.grow(1_500)
    assert bar.value() == place and not tall.in_sight()


def test_a_larger_page_brings_nothing_back_when_the_part_is_gone(tall: Tall) -> None:
    tall.part.deleteLater()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # deferred deletion
    tall.grow(900)
    assert tall.area.verticalScrollBar().value() == 0
