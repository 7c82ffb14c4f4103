"""The page of an indicator: twelve periods, its areas, one of them alone; copied, printed, and back to the records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.unit.printing.measured import text_of
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.chart_block import picture_of
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.indicator.page import IndicatorPage
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage

Add = Callable[..., str]


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Desk, add: Add, areas: dict[str, str]) -> IndicatorPage:
    """Two activities of November in one area, one of October in another, as the page of their number shows them."""
    for day, area in ((date(2026, 11, 2), "tan lap"), (date(2026, 11, 3), "tan lap"), (date(2026, 10, 2), "dong ha")):
        add("movement_activity", held_on=day, residential_area=areas[area], kind="patrol", title="Tuần tra")
    made = IndicatorPage(session, look, desk, "activities_total")
    qtbot.addWidget(made)
    made.resize(1140, 680)
    made.show()
    qtbot.waitUntil(lambda: made.view is not None)
    return made


def test_trend_areas_and_map_show_what_the_book_holds(page: IndicatorPage) -> None:
    assert page.view is not None and page.view.comparison is not None and page.view.grid is not None
    (this,) = page.view.trend.series  # nothing was recorded a year ago
    assert page.view.trend.categories[-1] == "11/26" and this.values == (None,) * 10 + (1, 2)
    assert page.view.comparison.categories[:2] == ("Thôn Tân Lập", "Thôn Đông Hạ")
    assert [one.values[:2] for one in page.view.comparison.series] == [(2, 0), (0, 1)]
    assert [block.chart for block in page.blocks] == [page.view.trend, page.view.grid, page.view.comparison]


def test_one_area_alone_and_another_period(qtbot: QtBot, page: IndicatorPage, areas: dict[str, str]) -> None:
    before = page.view
    page.set_place(areas["dong ha"])
    qtbot.waitUntil(lambda: page.view is not before)
    assert page.view is not None and (page.view.figure.value, page.view.figure.last) == (0, 1)
    assert page.view.trend.series[0].values[-2:] == (1, 0) and page.place_chip.value() == "Thôn Đông Hạ"
    quarters = next(menu for menu in page._period_menu.actions() if menu.text() == "Quý") if _filled(page) else None
    assert quarters is not None and quarters.menu().actions()[0].text() == "Quý IV/2026: 15/09 – 14/12"
    shown = page.view
    quarters.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: page.view is not shown)
    assert page.view.trend.categories[-2:] == ("III/26", "IV/26") and page.view.figure.value == 1


def _filled(page: IndicatorPage) -> bool:
    page._period_menu.aboutToShow.emit()
    return bool(page._period_menu.actions())


def test_picture_and_numbers_reach_the_clipboard(page: IndicatorPage, desk: Desk) -> None:
    trend = page.blocks[0]
    trend.copy_picture.click()
    image = QGuiApplication.clipboard().image()
    assert image.width() == picture_of(trend.chart).width() > 1400
    assert trend.about == f"{page.session.file.identity.name}. {page.period.label}"
    assert image == picture_of(trend.chart, trend.about) != picture_of(trend.chart)  # says of when and whose it is
    shades = {image.pixelColor(x, y).lightness() > 128 for x in range(0, image.width(), 5) for y in (100, 200, 300)}
    assert shades == {True, False}
    trend.copy_numbers.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Nội dung\tKỳ này" and lines[-2:] == ["10/26\t1", "11/26\t2"]
    assert len(desk.messages) == 2


def test_a_chart_is_printed_with_its_numbers(qtbot: QtBot, page: IndicatorPage, desk: Desk) -> None:
    page.blocks[2].print_button.click()
    paper = desk.pushed[-1]
    assert isinstance(paper, MadePaperPage)
    qtbot.waitUntil(lambda: paper.pdf is not None, timeout=15000)
    assert paper.pdf is not None
    text = " ".join(text_of(paper.pdf).split())
    assert "BIỂU ĐỒ SỐ LIỆU" in text and "Thôn Tân Lập 2 0" in text


def test_a_mark_and_the_button_lead_to_the_records(page: IndicatorPage, desk: Desk, areas: dict[str, str]) -> None:
    page.records_button.click()
    assert desk.rooms[-1] == ("movement_activity", {"period": "2026-11"})
    bars = page.blocks[2].view
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(bars, key)
    assert desk.rooms[-1] == ("movement_activity", {"period": "2026-11", "residential_area": areas["tan lap"]})
