"""Closing a period at the province: odd figures one after the other, then the question about who has not sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.report.conftest import ready
from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.services.reports import build as reports
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.indicator.page import IndicatorPage
from thidua_desktop.ui.pages.report.figure_lines import LineKind
from thidua_desktop.ui.pages.report.page import ReportPage
from thidua_desktop.ui.shell.page import LayoutClass


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> Iterator[ReportPage]:
    """Records of the only commune are here, its report is not."""
    from datetime import date

    pair.activity(day=date(2026, 10, 1), attendance_total=10, attendance_women=2)
    for number in range(6):
        pair.activity(f"Buổi {number}", attendance_total=90, attendance_women=4)
    pair.take(pair.send())
    made = ReportPage(pair.province, look, desk)
    qtbot.addWidget(made)
    made.resize(1140, 680)
    made.set_layout_class(LayoutClass.WIDE)
    made.show()
    made.activateWindow()
    ready(qtbot, made)
    yield made
    made.hide()
    all_done()


def button(asked: QMessageBox, text: str) -> object:
    return next(one for one in asked.buttons() if one.text().startswith(text))


def test_an_odd_figure_names_its_commune_and_leads_there(page: ReportPage, desk: Desk) -> None:
    table = page.evidence.table
    places = [row for row, line in enumerate(table.lines()) if line.kind is LineKind.PLACE]
    assert "M’Drắk" in table.lines()[places[0]].words and "kỳ trước" in table.lines()[places[0]].words
    table.setCurrentIndex(table.model().index(places[0], 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    opened = desk.pushed[-1]
    assert isinstance(opened, IndicatorPage) and opened.place == "24412"
    assert opened.name == table.lines()[places[0]].figure.indicator
    all_done()


def test_odd_figures_and_missing_communes_before_closing(page: ReportPage, qtbot: QtBot, desk: Desk) -> None:
    assert page.shown is not None
    odd = len(page.shown.report.unanswered)
    assert odd > 1
    page.next_button.click()
    for left in range(odd - 1, -1, -1):  # Enter leads from one to the next
        commit(page.evidence.answer.reason, "Cao điểm")
        QTest.keyClick(page.evidence.answer.reason, Qt.Key.Key_Return)
        qtbot.waitUntil(
            lambda left=left: page.shown is not None and len(page.shown.report.unanswered) == left, timeout=15000
        )
        if left:
            qtbot.waitUntil(
                lambda: page.evidence.answer.reason.isVisible() and bool(page.evidence._asked), timeout=9000
            )
    page.next_button.click()
    words = page.asked.text()
    assert "0/1 xã" in words and "M’Drắk" in words
    QTest.mouseClick(button(page.asked, "Chờ thêm"), Qt.MouseButton.LeftButton)
    assert not reports.is_closed(page.session, REPORT, NOVEMBER)
    page.next_button.click()
    QTest.mouseClick(button(page.asked, "Đôn đốc"), Qt.MouseButton.LeftButton)
    assert desk.rooms[-1] == ("board", "remind") and not reports.is_closed(page.session, REPORT, NOVEMBER)
    page.next_button.click()
    QTest.mouseClick(button(page.asked, "Chốt thiếu 1"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: reports.is_closed(page.session, REPORT, NOVEMBER), timeout=15000)
    qtbot.waitUntil(lambda: not page._busy, timeout=15000)
