"""The first day of a province: cards of many communes on one stick, compared one after the other by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit, press
from tests.unit.services.handoff.two_offices import NOW, make_office
from thidua_desktop.services.handoff import accepted, cards
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import Partner
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.inbox_page import CARDS, InboxPage

COMMUNES = ("24412", "24305")


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Session]:
    made = make_office(tmp_path / "tinh.thidua", "66", province=True)
    yield made
    made.close()


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, str]:
    """Cards of two communes on a stick; the fingerprint that each has on paper."""
    stick, found = tmp_path / "usb", {}
    stick.mkdir()
    for code in COMMUNES:
        session = make_office(tmp_path / f"{code}.thidua", code)
        cards.export_card(session, stick)
        found[session.file.identity.name] = cards.own_card(session).fingerprint
        session.close()
    return found


@pytest.fixture
def inbox(qtbot: QtBot, look: Look, desk: Desk, province: Session) -> Iterator[InboxPage]:
    made = InboxPage(province, look, desk)
    qtbot.addWidget(made)
    made.resize(1140, 680)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made._pool.waitForDone()


def test_a_stick_with_cards_is_no_dead_end(
    qtbot: QtBot, inbox: InboxPage, province: Session, papers: dict[str, str], tmp_path: Path
) -> None:
    assert "nhận thẻ của nhau" in inbox.empty.accessibleName() and not inbox.cards_button.isHidden()
    with qtbot.waitSignal(inbox.looked, timeout=20000):
        inbox.open_folder(tmp_path / "usb")
    assert inbox.cards_button.text() == "Nhận 2 thẻ"
    inbox.cards_button.click()
    view = inbox.introduction
    assert inbox._stack.currentWidget().isAncestorOf(view) and inbox.views.current() == CARDS
    for left in (1, 0):
        qtbot.waitUntil(lambda: QApplication.focusWidget() is view.typed)
        name = next(one for one in papers if one in view._who.text())
        assert ("còn 1 thẻ nữa" in view._who.text()) == bool(left)
        commit(view.typed, papers[name])
        press(view.typed, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: inbox._task is None, timeout=20000)
    assert {one.code for one in cards.known_offices(province)} == set(COMMUNES)
    assert QApplication.focusWidget() is view.choose_button
    view.write_all_back(tmp_path / "usb")
    answers = [accepted.read_acceptance(path) for path in (tmp_path / "usb").glob("*.tdaccept")]
    assert {one.card.office_code for one in answers} == set(COMMUNES)


def test_a_wrong_fingerprint_keeps_the_card(inbox: InboxPage, papers: dict[str, str], tmp_path: Path) -> None:
    view = inbox.introduction
    view.offer(sorted((tmp_path / "usb").glob("*.tdcard")))
    inbox.show_view(CARDS)
    press(view.typed, Qt.Key.Key_Return)
    assert view.problem.text() and view._card is not None


def test_of_many_cards_one_is_looked_for_and_the_head_of_the_page_stays(
    qtbot: QtBot, inbox: InboxPage, province: Session
) -> None:
    keys = {"kind": "commune", "verify": "", "age": "", "fingerprint": "8E88 C15F"}
    for number in range(20):
        province.file.partners.put(Partner(f"300{number:02}", "may", f"Xã Đất Mũi {number}", keys, "accepted", NOW))
    inbox.show_view(CARDS)
    inbox.introduction.reload()
    rows = [row for _, row in inbox.introduction._rows]
    area = inbox._stack.currentWidget()
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert inbox.minimumSizeHint().height() < 680  # the page itself need not scroll
    commit(inbox.introduction.finding, "dat mui 17")
    assert [row.isHidden() for row in rows].count(False) == 1
    commit(inbox.introduction.finding, " không có")
    assert all(row.isHidden() for row in rows) and not inbox.introduction._nobody.isHidden()
