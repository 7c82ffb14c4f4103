"""An indicator at the province: several communes beside one another, copied, printed, one of them opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.unit.printing.measured import text_of
from tests.unit.services.handoff.two_offices import (
    DAY,
    NOVEMBER,
    OCTOBER,
    TwoOffices,
    introduce,
    make_office,
    save,
    two_offices,
)
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.lists import OFFICE
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.indicator.page import IndicatorPage
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage

MDRAK, HO, BUON = "24412", "24305", "24235"


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoOffices]:
    """Two activities of one commune, one of another, one of October of a third; and one that never sent."""
    folder = tmp_path_factory.mktemp("tỉnh")
    with two_offices(folder) as pair:
        pair.activity()
        pair.activity("An toàn giao thông")
        pair.take(pair.send())
        for unit, count in ((HO, 1), (BUON, 0)):
            _sent(pair, folder / f"{unit}.thidua", unit, count)
        silent = make_office(folder / "silent.thidua", "24280")
        introduce(silent, pair.province)
        silent.close()
        yield pair


def _sent(pair: TwoOffices, path: Path, unit: str, activities: int) -> None:
    session = make_office(path, unit)
    introduce(session, pair.province)
    for day in [DAY] * activities or [OCTOBER.start]:
        save(
            session, "movement_activity", {"held_on": day, "kind": "patrol", "title": "Tuần tra", "attendance_total": 9}
        )
    made = outgoing.make_package(session, pair.folder)
    incoming.receive(pair.province, incoming.plan_receive(pair.province, made.path))
    session.close()


@pytest.fixture
def page(qtbot: QtBot, province: TwoOffices, look: Look, desk: Desk) -> IndicatorPage:
    made = IndicatorPage(province.province, look, desk, "activities_total", NOVEMBER)
    qtbot.addWidget(made)
    made.resize(1140, 680)
    made.show()
    qtbot.waitUntil(lambda: made.view is not None, timeout=20000)
    return made


def test_communes_stand_beside_one_another(page: IndicatorPage) -> None:
    assert page.view is not None and page.view.comparison is not None and page.view.grid is not None
    comparison = page.view.comparison
    assert comparison.categories == ("Xã M’Drắk", "Phường Buôn Hồ", "Xã Buôn Đôn", "Xã Cư M’gar")
    assert comparison.series[0].values == (2, 1, 0, None)  # who sent nothing at all has no figure, not a nought
    assert page.view.figure.value == 3 and page.place_chip.value() == "cả tỉnh"


def test_the_table_of_communes_is_copied(page: IndicatorPage) -> None:
    page.blocks[-1].copy_numbers.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Nội dung\tKỳ này") and lines[1].startswith("Xã M’Drắk\t2")
    assert [line.split("\t")[1] for line in lines[1:]] == ["2", "1", "0", ""]


def test_the_charts_are_printed_with_every_commune(qtbot: QtBot, page: IndicatorPage, desk: Desk) -> None:
    page.print()
    (paper,) = desk.pushed
    assert isinstance(paper, MadePaperPage)
    qtbot.addWidget(paper)
    qtbot.waitUntil(lambda: bool(paper.pdf), timeout=20000)
    words = " ".join(text_of(paper.pdf).split())
    assert all(name in words for name in ("M’Drắk", "Buôn Hồ", "Buôn Đôn", "Cư M’gar"))


def test_a_commune_leads_to_its_own_records(page: IndicatorPage, desk: Desk) -> None:
    assert page.view is not None and page.view.comparison is not None
    page._open_records(page.view.comparison.series[0].sources[1])
    register, wanted = desk.rooms[-1]
    assert register == "movement_activity" and isinstance(wanted, dict) and wanted[OFFICE] == HO


def test_one_commune_alone(qtbot: QtBot, page: IndicatorPage, desk: Desk) -> None:
    before = page.view
    page.set_place(MDRAK)
    qtbot.waitUntil(lambda: page.view is not before, timeout=20000)
    assert page.view is not None and page.view.figure.value == 2 and page.place_chip.value() == "Xã M’Drắk"
    page.records_button.click()
    wanted = desk.rooms[-1][1]
    assert isinstance(wanted, dict) and wanted[OFFICE] == MDRAK
