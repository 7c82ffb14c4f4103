"""Pairs side by side: values are chosen, records merged, undone; two people are remembered as two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from thidua_desktop.services import records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.people.duplicates_page import DuplicatesPage


@pytest.fixture
def people(add: Callable[..., str]) -> list[str]:
    return [
        add("person", name="Đỗ Thị Hòa", sex="female", birth_year=1984, position="Trưởng thôn"),
        add("person", name="Đỗ Thị Hoà", sex="female", birth_year=1984, position="Hòa giải viên", phone="0900000126"),
    ]


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, people: list[str]) -> DuplicatesPage:
    made = DuplicatesPage(session, look, desk)
    qtbot.addWidget(made)
    made.resize(1150, 650)
    made.show()
    return made


def test_the_chosen_values_stay(page: DuplicatesPage, session: Session, people: list[str], desk: Any) -> None:
    assert page.list.count() == 1 and "cùng tên, cùng năm sinh" in page.list.item(0).text()
    assert set(page.choices) == {"name", "position"}
    page.choose("position", 1)
    page.merge_button.click()
    kept = records.get(session, "person", people[0]).values
    assert (kept["name"], kept["position"], kept["phone"]) == ("Đỗ Thị Hòa", "Hòa giải viên", "0900000126")
    assert page.list.count() == 0 and not page._empty.isHidden()
    records.undo(session)
    assert page.list.count() == 1
    assert records.get(session, "person", people[0]).values["position"] == "Trưởng thôn"


def test_two_people_are_remembered(page: DuplicatesPage, session: Session, desk: Any) -> None:
    page.apart_button.click()
    assert page.list.count() == 0
    page.load()
    assert page.list.count() == 0 and desk.messages == ["Đã nhớ: hai người khác nhau."]


def test_the_back_link_leads_back(page: DuplicatesPage, desk: Any) -> None:
    assert page.head.back_button is not None
    page.head.back_button.click()
    assert desk.backs == 1
