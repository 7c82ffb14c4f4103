"""Tab goes as the layouts read, however often that is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from thidua_desktop.ui.components.tab_order import order_tabs


def made(qtbot: QtBot) -> tuple[QWidget, list[QWidget]]:
    """A window whose parts are made from the last to the first: two rows, a grid, an area that scrolls, a button."""
    window = QWidget()
    qtbot.addWidget(window)
    last, inside, cells = QPushButton("last"), QLineEdit(), [QLineEdit() for _ in range(4)]
    second, first = QPushButton("second"), QPushButton("first")
    outer, row, grid, area, page = QVBoxLayout(window), QHBoxLayout(), QGridLayout(), QScrollArea(), QWidget()
    QVBoxLayout(page).addWidget(inside)
    area.setWidget(page)
    outer.addLayout(row)
    outer.addWidget(QLabel("words"))
    outer.addStretch(1)
    outer.addLayout(grid)
    outer.addWidget(area)
    outer.addWidget(last)
    row.addWidget(first)
    row.addWidget(second)
    for number, cell in enumerate(cells):
        grid.addWidget(cell, number // 2, number % 2)
    return window, [first, second, *cells, inside, last]


def test_tab_goes_as_the_layouts_read(qtbot: QtBot) -> None:
    window, parts = made(qtbot)
    order_tabs(window)
    met, at = [parts[0]], parts[0].nextInFocusChain()
    while at is not parts[0]:
        met += [at] if at in parts else []
        at = at.nextInFocusChain()
    assert met == parts


def test_items_of_layouts_are_not_kept(qtbot: QtBot) -> None:
    """PySide keeps what it gave of an item when the item is gone; what lies there next ends the program."""
    window, parts = made(qtbot)

    def items() -> int:
        QApplication.processEvents()
        return sum(type(one).__name__ in ("QWidgetItem", "QSpacerItem") for one in Shiboken.getAllValidWrappers())

    before = items()
    order_tabs(window)
    assert items() == before
    layout = window.layout()
    assert layout is not None and isinstance(layout.itemAt(1), QLayoutItem)
    assert items() == before + 1  # so this test can fail
    parts[-1].deleteLater()
