"""A commune and its province, introduced to each other, and the province's inbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import TwoOffices, two_offices
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.inbox_page import InboxPage


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


@pytest.fixture
def inbox(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> Iterator[InboxPage]:
    made = InboxPage(pair.province, look, desk)
    qtbot.addWidget(made)
    made.resize(1140, 680)
    made.show()
    yield made
    all_done()


def opened(qtbot: QtBot, inbox: InboxPage, folder: Path) -> None:
    """The folder is read."""
    with qtbot.waitSignal(inbox.looked, timeout=20000):
        inbox.open_folder(folder)
    qtbot.waitUntil(lambda: inbox._task is None, timeout=5000)


def taken(qtbot: QtBot, inbox: InboxPage) -> None:
    """After a press on Nhập: until the folder has been read again."""
    qtbot.waitUntil(lambda: inbox._task is None and inbox._taken is None, timeout=20000)
