"""Files given at the start, by a second start or by dragging: each at its place; the window where it stood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import CLOCK, PASSWORD
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.offices import open_office
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.preferences import Preferences, load_preferences
from thidua_desktop.ui.desk.start import Program
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.page import RECEIVE, HandoffPage
from thidua_desktop.ui.show_error import ErrorDialog
from thidua_desktop.ui.unlock.window import UnlockWindow


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, look: Look) -> Iterator[Program]:
    made = Program(qapp, look, Preferences(), CLOCK)
    yield made
    if made.desk is not None:
        settle(made.desk.window)
    made.end()
    look.apply(qapp)


def drop(window: QWidget, *paths: Path) -> None:
    """What the system sends when files are let go over a window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(50, 50), *where)
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(QPointF(50, 50), *where))


@pytest.fixture
def card(province_office: Path, tmp_path: Path) -> Path:
    """The card of a province."""
    session = open_office(province_office, PASSWORD, clock=CLOCK)
    path = cards.export_card(session, tmp_path)
    session.close()
    return path


def test_a_card_waits_for_the_office_and_is_shown_then(program: Program, office: Path, card: Path) -> None:
    program.begin_with([card, office], None)
    assert isinstance(program.asking, UnlockWindow) and program.waiting == [card]
    program.show_desk(open_office(office, PASSWORD, clock=CLOCK))
    assert program.desk is not None and program.waiting == []
    page = program.desk.window.page()
    assert isinstance(page, HandoffPage) and page.views.current() == RECEIVE
    assert page.introduction._card is not None


def test_a_dropped_card_opens_the_room(desk: Desk, card: Path) -> None:
    desk.window.files_dropped.connect(desk.open_files)
    drop(desk.window, card)
    page = desk.window.page()
    assert isinstance(page, HandoffPage) and page.introduction._card is not None


def test_other_files_cannot_be_dropped(desk: Desk, tmp_path: Path) -> None:
    came: list[object] = []
    desk.window.files_dropped.connect(came.append)
    drop(desk.window, tmp_path / "ảnh.png")
    assert came == []


def test_an_office_is_dropped_on_the_window_that_asks_for_one(qtbot: QtBot, look: Look, office: Path) -> None:
    window = UnlockWindow(look)
    qtbot.addWidget(window)
    drop(window, office)
    assert window.list.path() == office


def test_a_second_start_with_another_office_is_sent_on(program: Program, office: Path, province_office: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.take([]) and program.take([office])
    assert not program.take([province_office])


def test_another_office_is_chosen_while_none_is_open(program: Program, office: Path, province_office: Path) -> None:
    program.begin(office, None)
    assert program.take([province_office])
    assert isinstance(program.asking, UnlockWindow)
    assert program.asking.list.path() == province_office


@pytest.mark.parametrize(
    ("name", "code"), [("ảnh.png", "TD-UI-060"), ("bảng.xlsx", "TD-UI-062"), ("gói hỏng.tdp", "TD-SYNC-0")]
)
def test_files_without_a_place_are_refused_in_words(desk: Desk, tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x" * 40)
    desk.open_files([path])
    told = desk.window.findChildren(ErrorDialog)
    assert told and told[-1].code.startswith(code)
    told[-1].close()


def test_the_window_stands_where_it_stood(program: Program, office: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    program.desk.window.showNormal()
    program.desk.window.resize(901, 533)
    settle(program.desk.window)
    program.end()
    kept = load_preferences()
    window = QWidget()
    assert window.restoreGeometry(QByteArray.fromBase64(kept.geometry.encode()))
    assert window.height() == 533
