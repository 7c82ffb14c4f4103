"""Nhận bàn giao từ đơn vị cũ: the old file opened to look, parts said, taken over, told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit
from tests.unit.services.communes.old_and_new import OldAndNew, old_and_new
from tests.unit.services.communes.provinces import MERGED, NAMES, NEW, OLD_A
from tests.unit.services.handoff.two_offices import PASSWORD
from thidua_desktop.services import records
from thidua_desktop.services.take_over import REST
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.take_over_page import TakeOverPage
from thidua_desktop.ui.pages.admin.unit_card import UnitCard
from thidua_desktop.ui.show_error import ErrorDialog

SPLIT = replace(MERGED, kind="split", before=(OLD_A,), after=((NEW, NAMES[NEW]), ("24998", "Xã Cư Né Hạ")))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[OldAndNew, dict[str, str]]]:
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cau hinh"))
    with old_and_new(tmp_path, SPLIT, OLD_A) as both:
        yield both


@pytest.fixture
def page(qtbot: QtBot, look: Look, world: tuple[OldAndNew, dict[str, str]], desk: Desk) -> TakeOverPage:
    made = TakeOverPage(world[0].new, look, desk)
    qtbot.addWidget(made)
    made.resize(1142, 700)
    made.show()
    return made


def look_in(page: TakeOverPage, qtbot: QtBot) -> None:
    """Opens the old file and waits for what it says."""
    QTest.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.is_busy(), timeout=30000)


def test_parts_are_said_then_taken_over(
    page: TakeOverPage, qtbot: QtBot, world: tuple[OldAndNew, dict[str, str]], desk: Desk
) -> None:
    office, made = world
    assert not page.take_button.isEnabled() and not page.open_button.isEnabled()
    page.set_file(office.path)
    commit(page.password, PASSWORD)
    look_in(page, qtbot)
    assert page.plan is not None and page.plan.coming == 0 and "Trần Thị Bích Liên" in page.waiting.text()
    for key, value in ((made["here"], "here"), (made["there"], "there"), (f"{REST}programme", "here")):
        page.choices[key].choose(value)
    assert page.plan is None and not page.take_button.isEnabled()  # counted again first
    look_in(page, qtbot)
    assert office.all("residential_area") == [] and page.focusWidget() is page.take_button
    QTest.mouseClick(page.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.is_busy(), timeout=30000)
    assert len(office.all("residential_area")) == 1 and len(office.all("programme")) == 1
    assert page.plan is not None and (page.plan.coming, page.plan.waiting) == (0, 0)
    assert "Đã nhận đủ" in page.notice.accessibleName()
    records.undo(office.new)
    qtbot.waitUntil(lambda: not page.is_busy(), timeout=30000)
    assert "sẽ chép về đây" in page.notice.accessibleName() and page.take_button.isEnabled()


def test_a_wrong_password_is_said(page: TakeOverPage, qtbot: QtBot, world: tuple[OldAndNew, dict[str, str]]) -> None:
    page.set_file(world[0].path)
    commit(page.password, "sai")
    look_in(page, qtbot)
    dialog = page.findChild(ErrorDialog)
    assert dialog is not None and page.plan is None
    dialog.reject()


def test_the_card_in_quan_tri_leads_there(qtbot: QtBot, look: Look, world: tuple[OldAndNew, dict[str, str]]) -> None:
    card = UnitCard(look, world[0].new)
    qtbot.addWidget(card)
    card.show_news()
    with qtbot.waitSignal(card.take_over_asked):
        card.take_over_button.click()
