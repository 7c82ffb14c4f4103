"""What the province said of the report stands on its page, and what it forbids is barred with the reason."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.pages.report.conftest import ready
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from tests.unit.services.report_checks.loop import ATTENDANCE, accepted, answer, reopened, returned, sheet
from thidua_desktop.services.report_checks.sheet import set_checked, set_line_remark, set_remark
from thidua_desktop.services.reports import build as reports
from thidua_desktop.ui.pages.report.page import ReportPage


def read_again(page: ReportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.loader.loaded, timeout=15000):
        page.load()
    ready(qtbot, page)


def _checked(pair: TwoOffices) -> None:
    """The commune's report of November is closed, sent and checked, with another figure of who came."""
    for figure in reports.build(pair.commune, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(pair.commune, NOVEMBER, figure.indicator, "đúng theo sổ")
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    set_checked(pair.province, sheet(pair), ATTENDANCE, 38)


def test_an_acceptance_is_read_and_bars_opening(page: ReportPage, pair: TwoOffices, qtbot: QtBot) -> None:
    assert page.told.isHidden()
    _checked(pair)
    set_line_remark(pair.province, sheet(pair), ATTENDANCE, "Hai phiếu trùng")
    set_remark(pair.province, sheet(pair), "Gửi đúng hạn")
    accepted(pair)
    answer(pair)
    read_again(page, qtbot)
    told = page.told.accessibleName()
    assert "đã chấp nhận ngày 16/11/2026" in told and "Gửi đúng hạn. Lượt người dự: báo cáo 40, tỉnh tính 38" in told
    assert page.closed_tag.text() == "tỉnh đã chấp nhận" and not page.reopen_button.isEnabled()
    assert not page.evidence.editions.return_button.isEnabled()
    reopened(pair, "Bổ sung danh sách")
    answer(pair)
    read_again(page, qtbot)
    assert page.told.accessibleName().endswith("Bổ sung danh sách") and page.reopen_button.isEnabled()


def test_a_returned_report_has_room_beside_its_odd_figures(page: ReportPage, pair: TwoOffices, qtbot: QtBot) -> None:
    _checked(pair)
    returned(pair, "Hai phiếu trùng")
    answer(pair)
    read_again(page, qtbot)
    assert page.closed_tag.text() == "bị trả lại" and not page.evidence.odd_button.isHidden()
    assert page.evidence.state.isHidden()  # said twice above already; with it the page was wider than the window


def test_a_long_reason_of_a_return_widens_nothing(page: ReportPage, pair: TwoOffices, qtbot: QtBot) -> None:
    _checked(pair)
    reason = "Số lượt người dự của hai cuộc họp ngày 05/11 chưa khớp với phiếu điểm danh, " * 3
    returned(pair, reason.strip(" ,"))
    answer(pair)
    read_again(page, qtbot)
    assert not page.told.isHidden() and "phiếu điểm danh" in page.told.accessibleName()
    assert page.told.minimumSizeHint().width() < 600
    assert page.minimumSizeHint().width() <= 1140
