"""The page of a merger or split: shows what would change while one fills it in, applies, and assigns after a split."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done, wait_until
from thidua_desktop.services import records, succession
from thidua_desktop.services.session import Session
from thidua_desktop.services.succession import AREA, GROUP, MERGE, SPLIT
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.succession.assign_page import AssignPage
from thidua_desktop.ui.pages.succession.page import SuccessionPage


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, areas: dict[str, str], add: Callable[..., str]) -> Any:
    for number in ("1", "2", "3"):
        add(GROUP, residential_area=areas["tan lap"], number=number, name=f"Tổ {number}", kind="security")
    made = SuccessionPage(session, look, desk)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    return made


def fill(page: SuccessionPage, kind: str, sources: tuple[str, ...], *names: str) -> None:
    page.kind.choose(kind)
    page.choose(sources)
    for line, name in zip(page.names, names, strict=False):
        line.setText(name)
    page.decision.setText("12/NQ-HĐND")
    page.day.setText("1/11/2026")
    page.look_ahead()
    all_done()


def test_nothing_can_be_applied_before_it_is_complete(page: SuccessionPage, areas: dict[str, str]) -> None:
    assert not page.apply_button.isEnabled()
    fill(page, MERGE, (areas["tan lap"], areas["dong ha"]), "")
    assert not page.apply_button.isEnabled()
    page.day.setText("hôm nào đó")
    page.look_ahead()
    assert not page.rows["effective_on"].problem.isHidden()


def test_a_merger_is_previewed_and_applied(
    page: SuccessionPage, session: Session, areas: dict[str, str], desk: Any
) -> None:
    fill(page, MERGE, (areas["tan lap"], areas["dong ha"]), "Tân Đông")
    assert page.apply_button.isEnabled()
    assert "Tổ tự quản: 3 bản ghi còn hiệu lực chuyển sang đơn vị mới." in page.steps.text()
    page.apply_button.click()
    all_done()
    assert desk.backs == 1 and desk.messages == ["Đã áp dụng. Ctrl+Z để lấy lại tất cả."]
    (new,) = succession.successors(session, AREA, areas["tan lap"])
    assert records.get(session, AREA, new).values["households"] == 364 + 212


def test_after_a_split_people_assign(
    qtbot: QtBot, page: SuccessionPage, session: Session, areas: dict[str, str], desk: Any
) -> None:
    fill(page, SPLIT, (areas["tan lap"],), "Tân Lập 1; 200", "Tân Lập 2; 164")
    assert "3/3 bản ghi còn chờ phân" in page.hints.text()
    page.apply_button.click()
    all_done()
    (assign,) = desk.pushed
    assert isinstance(assign, AssignPage)
    qtbot.addWidget(assign)
    assign.show()
    all_done()
    first, second = succession.successors(session, AREA, areas["tan lap"])
    assert records.get(session, AREA, first).values["households"] == 200
    choose(assign.list, 0, 2)
    assign.buttons[second].click()
    wait_until(lambda: assign.list.count() == 1)
    choose(assign.list, 0)
    assign.buttons[first].click()
    wait_until(lambda: assign.list.count() == 0)
    assert "Không còn" in assign.told.text()
    counts = {unit: len(standing(session, unit)) for unit in (first, second)}
    assert counts == {first: 1, second: 2}


def choose(listed: QListWidget, *rows: int) -> None:
    listed.clearSelection()
    for row in rows:
        listed.item(row).setSelected(True)


def standing(session: Session, area: str) -> list[str]:
    return [key.id for key in session.file.records.backlinks(AREA, area) if key.register == GROUP]
