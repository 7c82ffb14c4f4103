"""Các lần chốt on the report page: papers looked at and saved, a return written, what changed since shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.report.conftest import answer_all, ready
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.editions import editions, return_report
from thidua_desktop.services.reports.paper import take_number
from thidua_desktop.ui.pages.report.evidence import EDITIONS
from thidua_desktop.ui.pages.report.page import ReportPage
from thidua_desktop.ui.pages.report.return_dialog import ReturnDialog


@pytest.fixture
def closed(page: ReportPage, qtbot: QtBot) -> ReportPage:
    """Closed once, its tab of closings open."""
    answer_all(page, qtbot)
    page.next_step()
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.report.closed, timeout=15000)
    ready(qtbot, page)
    page.evidence.tabs.setCurrentIndex(EDITIONS)
    return page


def read_again(page: ReportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.loader.loaded, timeout=15000):
        page.load()
    ready(qtbot, page)


def test_nothing_to_return_before_the_first_closing(page: ReportPage) -> None:
    view = page.evidence.editions
    assert view.chosen() == 0 and not view.return_button.isEnabled() and not view.show_button.isEnabled()
    assert page.evidence.tabs.tabText(EDITIONS) == "Lần chốt"


def test_what_changed_since_is_shown_and_opens(closed: ReportPage, pair: TwoOffices, qtbot: QtBot, desk: Desk) -> None:
    new = pair.activity("Buổi mới", attendance_total=9, attendance_women=1)
    read_again(closed, qtbot)
    view = closed.evidence.editions
    model = view.changes.model()
    texts = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    at = texts.index("Lượt người dự")
    assert [str(model.index(at, column).data()) for column in (1, 2, 3)] == ["40", "49", "+9"]
    assert "Buổi mới" in texts[at + 1] and "tính thêm 9 (ghi mới)" in texts[at + 1]
    view.changes.opened.emit(at + 1)
    assert desk.rooms[-1] == ("movement_activity", new)


def test_a_return_is_written_and_the_period_opens(closed: ReportPage, qtbot: QtBot) -> None:
    closed.evidence.editions.return_button.click()
    dialog = closed.findChild(ReturnDialog)
    assert dialog is not None and dialog.by.text().startswith("Ủy ban nhân dân tỉnh")
    dialog.go()
    assert not dialog.refusal.isHidden()  # TD-PRINT-062: no reason
    dialog.reason.setText("Thiếu số liệu tuần tra")
    dialog.day.setText("hôm nào đó")
    dialog.go()
    assert reports.is_closed(closed.session, REPORT, NOVEMBER)  # TD-PRINT-065: no day
    dialog.day.setText("16/11")
    dialog.go()
    qtbot.waitUntil(lambda: closed.shown is not None and closed.shown.report.returned is not None, timeout=15000)
    assert closed.closed_tag.text() == "bị trả lại"
    assert not closed.evidence.editions.return_button.isEnabled()


def test_an_old_paper_is_looked_at_and_saved(
    closed: ReportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = closed.session
    take_number(office, reports.build(office, REPORT, NOVEMBER))
    return_report(office, REPORT, NOVEMBER, "Ủy ban nhân dân tỉnh", date(2026, 11, 16), "Thiếu số")
    reports.close(office, REPORT, NOVEMBER)
    read_again(closed, qtbot)
    view = closed.evidence.editions
    view.table.selectRow(1)
    assert view.chosen() == 1
    view.show_button.click()
    assert closed.editions.viewed == editions(office, REPORT, NOVEMBER)[1].pdf
    assert view.show_button.text() == "Về bản hiện nay"
    target = tmp_path / "lan-1.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), "PDF"))
    view.save_button.click()
    assert target.read_bytes() == closed.editions.viewed
    view.show_button.click()
    assert closed.editions.viewed is None


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF"), ("a.docx", b"PK")])
def test_the_comparison_is_saved(
    closed: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, start: bytes
) -> None:
    target = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    closed.evidence.editions.compare_button.click()
    all_done()
    assert target.read_bytes().startswith(start)
