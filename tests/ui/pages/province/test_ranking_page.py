"""So sánh các xã: from a figure of the province down to the record, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit, press
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.services.reports import build as reports
from thidua_desktop.ui.components.delegates import CellRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage
from thidua_desktop.ui.pages.province.ranking_page import RankingPage
from thidua_desktop.ui.pages.province.summary_page import SummaryPage

DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def filled(pair: TwoOffices) -> TwoOffices:
    pair.activity()
    pair.activity("An toàn giao thông")
    for figure in reports.build(pair.commune, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(pair.commune, NOVEMBER, figure.indicator, "Số mẫu.")
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    return pair


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk: Desk, filled: TwoOffices) -> Iterator[RankingPage]:
    made = RankingPage(filled.province, look, desk, REPORT, NOVEMBER, "activities_total", "Tổng hợp")
    qtbot.addWidget(made)
    made.resize(1140, 680)
    with qtbot.waitSignal(made.behind_shown, timeout=15000):
        made.show()
    yield made
    all_done()


def test_the_communes_and_what_stands_behind_the_first(page: RankingPage) -> None:
    assert [page.model.index(0, column).data(DISPLAY) for column in (0, 1, 2, 4)] == ["1", "Xã M’Drắk", "2", ""]
    assert [row.value for row in page.behind.area_model.rows] == [2, 2]
    assert page.behind.area_model.index(0, 0).data(CellRole.BOLD) and page.behind.area_model.rows[1].area
    assert len(page.behind.records.found().rows) == 2
    assert page.covered.text() == "1/1 xã, phường, đặc khu đã gửi báo cáo"


def test_down_to_a_record_by_keys(page: RankingPage, qtbot: QtBot, desk: Desk) -> None:
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    assert page.behind.areas.hasFocus()
    with qtbot.waitSignal(page.behind_shown, timeout=15000):
        press(page.behind.areas, Qt.Key.Key_Down)
    assert page.behind.records.accessibleName().endswith(page.behind.area_model.rows[1].name)
    press(page.behind.areas, Qt.Key.Key_Return)
    assert page.behind.records.table.hasFocus()
    page.behind.records.table.selectRow(0)
    press(page.behind.records.table, Qt.Key.Key_Return)
    register, record = desk.rooms[-1]
    assert register == "movement_activity" and record == page.behind.records.found().rows[0].id


def test_another_measure_keeps_the_commune(page: RankingPage, qtbot: QtBot) -> None:
    assert page.table.isColumnHidden(3)
    with qtbot.waitSignal(page.shown, timeout=15000):
        page.segments._segments[-1].click()
    assert not page.table.isColumnHidden(3)
    assert page.model.headerData(3, Qt.Orientation.Horizontal) == "Trên 1.000 hộ"
    assert page.table.currentIndex().row() == 0


def test_one_is_looked_for_by_typing_in_the_table(page: RankingPage) -> None:
    page.table.setFocus()
    press(page.table, Qt.Key.Key_M, "m")
    commit(page.narrow.field, "drak")
    assert page.narrow.field.text() == "mdrak" and page.model.rowCount() == 1
    commit(page.narrow.field, " z")
    assert page.model.rowCount() == 0
    page.narrow.field.clear()
    assert page.model.rowCount() == 1 and page.commune() is not None


def test_the_whole_table_goes_onto_the_clipboard(page: RankingPage, desk: Desk) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Hạng\tĐơn vị\tSố liệu\tGhi chú\n1\tXã M’Drắk\t2\t"
    assert "<table>" in QApplication.clipboard().mimeData().html()
    assert desk.messages[-1] == "Đã chép cả bảng, 1 dòng; dán vào Excel được"


def test_from_the_summary_and_onto_paper(qtbot: QtBot, look: Look, desk: Desk, filled: TwoOffices) -> None:
    summary = SummaryPage(filled.province, look, desk)
    qtbot.addWidget(summary)
    summary.resize(1140, 680)
    with qtbot.waitSignal(summary.shown, timeout=15000):
        summary.show()
    press(summary.table, Qt.Key.Key_Return)
    ranking = desk.pushed[-1]
    assert isinstance(ranking, RankingPage)
    qtbot.waitUntil(lambda: ranking.model.rowCount() == 1, timeout=15000)
    ranking.show_paper()
    paper = desk.pushed[-1]
    assert isinstance(paper, MadePaperPage)
    qtbot.waitUntil(lambda: paper.pdf is not None, timeout=15000)
    all_done()
