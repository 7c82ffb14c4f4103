"""Consolidated figures count records; beside them stands how many are accepted and what checking found."""

from __future__ import annotations

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from tests.unit.services.report_checks.loop import ATTENDANCE, accepted, reopened, sheet
from thidua_desktop.services.report_checks.sheet import set_checked
from thidua_desktop.services.report_checks.totals import accepted_totals
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.consolidated import communes_of


def test_accepting_is_counted_and_changes_no_figure(reported: TwoOffices) -> None:
    set_checked(reported.province, sheet(reported), ATTENDANCE, 38)
    assert accepted_totals(reported.province, REPORT, NOVEMBER).sums == ()  # not decided yet
    accepted(reported)
    report = reports.build(reported.province, REPORT, NOVEMBER)
    assert report.figure(ATTENDANCE).value == 40
    told = communes_of(reported.province, report)
    assert told is not None and told.covered.endswith("1/1 xã, phường, đặc khu đã gửi báo cáo, 1 đã chấp nhận")
    assert "Lượt người dự −2 (1 đơn vị). Số liệu ở đây đếm từ bản ghi" in told.words
    reopened(reported)
    found = accepted_totals(reported.province, REPORT, NOVEMBER)
    assert (found.short, found.words) == ("0/1 xã, phường, đặc khu đã được chấp nhận", "")
