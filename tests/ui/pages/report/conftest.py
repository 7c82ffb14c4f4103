"""A commune and its province, introduced to each other; the report page over the commune."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, two_offices
from thidua_desktop.services.reports import build as reports
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.page import ReportPage
from thidua_desktop.ui.shell.page import LayoutClass


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> Iterator[ReportPage]:
    """Shown at its wide size with an odd November, everything read and drawn."""
    pair.activity(day=date(2026, 10, 1), attendance_total=10, attendance_women=2)
    pair.activity("An toàn giao thông", attendance_total=40, attendance_women=4)
    made = ReportPage(pair.commune, look, desk)
    qtbot.addWidget(made)
    made.resize(1140, 680)
    made.set_layout_class(LayoutClass.WIDE)
    made.show()
    ready(qtbot, made)
    yield made
    made.hide()
    all_done()


def ready(qtbot: QtBot, page: ReportPage) -> None:
    """Until the chosen report is read and its paper drawn."""

    def read() -> bool:
        return page.shown is not None and not page._other_is_chosen(page.shown) and not page._soon.isActive()

    qtbot.waitUntil(lambda: read() and page.paper.view.has_pictures(), timeout=15000)
    all_done()
    QTest.qWait(20)


def answer_all(page: ReportPage, qtbot: QtBot) -> None:
    for figure in reports.build(page.session, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(page.session, NOVEMBER, figure.indicator, "Ngày hội ở hai thôn.")
    qtbot.waitUntil(lambda: page.shown is not None and not page.shown.report.unanswered, timeout=15000)
