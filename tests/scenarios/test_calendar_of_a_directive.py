"""A directive brings a calendar: taken in at both desks, reported, closed, packed, and the province has the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.scenarios.conftest import Answer
from tests.unit.services.handoff.two_offices import REPORT, TwoOffices, two_offices
from tests.unit.services.made_calendars import CAMPAIGN, QUARTERS
from thidua_desktop.services import calendars, report_periods
from thidua_desktop.services.board import Receipt, board, summary
from thidua_desktop.services.demo.build import DemoOffice
from thidua_desktop.services.handoff.paper_figures import read_scan, scan_of
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.services.reports.paper_codes import paper_codes, paper_figures
from thidua_desktop.services.session import Session

Thidua = Callable[..., Answer]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        for day in (date(2026, 10, 20), date(2026, 10, 21), date(2026, 11, 10), date(2026, 11, 11)):
            both.activity(day=day, attendance_total=day.day, attendance_women=3)
        yield both


def closed(session: Session, code: str) -> reports.Report:
    period = report_periods.period_for(session, reports.report_spec(session, REPORT), code)
    for figure in reports.build(session, REPORT, period).unanswered:
        reports.keep_odd(session, period, figure.indicator, "đúng")
    return reports.close(session, REPORT, period)


def values(session: Session, code: str) -> dict[str, object]:
    spec = reports.report_spec(session, REPORT)
    found = figures_of(session, spec.indicators, report_periods.period_for(session, spec, code))
    return {figure.indicator: figure.value for figure in found if figure.indicator.startswith(("sessions", "attend"))}


@pytest.mark.parametrize(
    ("text", "code", "kind", "sessions"),
    [(CAMPAIGN, "2026-DH26", "DH26", 3), (QUARTERS, "2026-10-T20", "month-T20", 1)],
)
def test_the_province_takes_in_what_the_commune_closed(
    pair: TwoOffices, text: str, code: str, kind: str, sessions: int
) -> None:
    for desk in (pair.commune, pair.province):
        calendars.take_in(desk, text.encode())
    report = closed(pair.commune, code)
    assert report.figure("sessions").value == sessions
    pair.take(pair.send())
    assert values(pair.province, code) == values(pair.commune, code)
    spec = reports.report_spec(pair.province, REPORT)
    found = summary(pair.province, REPORT, report_periods.period_for(pair.province, spec, code))
    assert found.received == {pair.commune.file.identity.code} and found.differing == 0
    column = board(pair.province, REPORT, kind)
    assert column.periods[-1].period.code == code
    assert column.rows[0].cells[-1].receipt in (Receipt.IN_TIME, Receipt.LATE)


def test_figures_on_paper_say_their_days_to_a_province_without_the_calendar(pair: TwoOffices) -> None:
    calendars.take_in(pair.commune, CAMPAIGN.encode())
    report = closed(pair.commune, "2026-DH26")
    paper = paper_figures(pair.commune, REPORT, report.period, 1, report.reported)
    scanned = read_scan(pair.province, scan_of(paper_codes(pair.commune, paper)))
    assert (scanned.paper.first_day, scanned.paper.last_day) == ("2026-10-20", "2026-11-10")
    assert scanned.period_name == "Kỳ 2026-DH26"
    calendars.take_in(pair.province, CAMPAIGN.encode())
    again = read_scan(pair.province, scan_of(paper_codes(pair.commune, paper)))
    assert again.period_name == "Đợt cao điểm bảo vệ Đại hội"


def test_from_the_command_line(thidua: Thidua, own_demo: DemoOffice, tmp_path: Path) -> None:
    keys = ("--password-file", own_demo.password_file)
    file = tmp_path / "lich.toml"
    file.write_text(CAMPAIGN, encoding="utf-8")
    seen = thidua("calendar", "add", own_demo.commune, file, *keys, "--look")
    assert seen.status == 0 and "20/10 – 10/11, hạn nộp 12/11/2026" in seen.out and "Chưa nhận." in seen.out
    listed = thidua("calendar", "list", own_demo.commune, *keys, "--json").json()
    assert [one["added"] for one in listed] == [False] * 4
    assert thidua("calendar", "add", own_demo.commune, file, *keys).status == 0
    listed = thidua("calendar", "list", own_demo.commune, *keys, "--json").json()
    assert [one["name"] for one in listed if one["added"]] == ["directive_congress"]
    paper = tmp_path / "bao-cao.pdf"
    printed = thidua("report", "print", REPORT, own_demo.commune, *keys, "--period", "2026-DH26", "--out", paper)
    assert printed.status == 0 and paper.read_bytes().startswith(b"%PDF"), printed.err
    set_due = thidua("calendar", "due", own_demo.commune, REPORT, "DH26", "ngày 25", *keys, "--basis", "Công văn 5")
    assert set_due.status == 0, set_due.err
    refused = thidua("calendar", "use", own_demo.commune, "directive_congress", *keys)
    assert refused.status == 1 and refused.err.startswith("TD-TIME-007: ")
    file.write_text(CAMPAIGN.replace("due = 2", "due = 3"), encoding="utf-8")
    refused = thidua("calendar", "add", own_demo.commune, file, *keys)
    assert refused.status == 1 and refused.err.startswith("TD-FORM-064: ")
