"""A page as a window of its own, as large as asked, in front and with the focus where the page wants it first."""

from __future__ import annotations

from typing import TypeVar

from pytestqt.qtbot import QtBot

from thidua_desktop.ui.shell.page import Page

ShownPage = TypeVar("ShownPage", bound=Page)


def in_front(qtbot: QtBot, page: ShownPage, width: int = 1150, height: int = 660) -> ShownPage:
    """``page``, shown; ``qtbot`` takes it apart after the test."""
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    return page
