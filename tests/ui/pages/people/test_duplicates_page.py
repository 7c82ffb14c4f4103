"""Pairs side by side: values are chosen, records merged, undone; two people are remembered as two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import introduce, make_office, save, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.services import duplicates, records
from thidua_desktop.services.handoff import incoming, outgoing
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
    all_done()
    return made


def test_the_chosen_values_stay(page: DuplicatesPage, session: Session, people: list[str], desk: Any) -> None:
    assert page.list.count() == 1 and "cùng tên, cùng năm sinh" in page.list.item(0).text()
    assert set(page.choices) == {"name", "position"}
    page.choose("position", 1)
    page.merge_button.click()
    all_done()
    kept = records.get(session, "person", people[0]).values
    assert (kept["name"], kept["position"], kept["phone"]) == ("Đỗ Thị Hòa", "Hòa giải viên", "0900000126")
    assert page.list.count() == 0 and not page.beside.none.isHidden()
    records.undo(session)
    all_done()
    assert page.list.count() == 1
    assert records.get(session, "person", people[0]).values["position"] == "Trưởng thôn"


def test_two_people_are_remembered(page: DuplicatesPage, session: Session, desk: Any) -> None:
    page.apart_button.click()
    all_done()
    assert page.list.count() == 0
    page.load()
    all_done()
    assert page.list.count() == 0 and desk.messages == ["Đã nhớ: hai người khác nhau. Ctrl+Z để hoàn tác."]
    assert page.take_back()
    page.load()
    all_done()
    assert page.list.count() == 1 and not page.take_back()


def test_the_back_link_leads_back(page: DuplicatesPage, desk: Any) -> None:
    assert page.head.back_button is not None
    page.head.back_button.click()
    assert desk.backs == 1


def test_the_province_asks_the_commune_and_merges_nothing(qtbot: QtBot, look: Look, desk: Any, tmp_path: Path) -> None:
    with two_offices(tmp_path) as pair:
        other = make_office(tmp_path / "khac.thidua", "24305")
        introduce(other, pair.province)
        for commune, times in ((pair.commune, 2), (other, 1)):
            for _ in range(times):
                save(commune, "person", {"name": "Nguyễn Văn Bốn", "sex": "male", "birth_year": 1969})
            made = outgoing.make_package(commune, pair.folder)
            incoming.receive(pair.province, incoming.plan_receive(pair.province, made.path))
        page = DuplicatesPage(pair.province, look, desk)
        qtbot.addWidget(page)
        all_done()
        names = [page.list.item(row).text().splitlines()[0] for row in range(page.list.count())]
        here, there = pair.commune.file.identity.name, other.file.identity.name
        assert names[0] == f"Nguyễn Văn Bốn, 1969 ({here})" and len(names) == 3
        assert sorted(names[1].split(" (")[1].removesuffix(")").split(" và ")) == sorted((here, there))
        page.list.setCurrentRow(1)
        assert not page.merge_button.isEnabled() and "mỗi đơn vị giữ bản ghi" in page.merge_button.toolTip()
        page.list.setCurrentRow(0)
        page.merge_button.click()
        assert desk.messages[-1] == f"Biên nhận sau báo {here} xem, gộp làm một" and not page.merge_button.isEnabled()
        (answer,) = pair.province.file.answers.of("24412")
        assert answer.register == "person" and "Nguyễn Văn Bốn" in answer.reason
        with pytest.raises(UserError, match="TD-STORE-256"):
            duplicates.ask_to_merge(pair.province, page.pairs[1])
        other.close()
