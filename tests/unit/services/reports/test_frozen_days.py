"""A closed report keeps its days: shown, printed, recounted and packed so, whatever its calendar says later."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from tests.unit.services.made_calendars import CAMPAIGN, DECREE_LATER
from thidua_desktop.errors import UserError
from thidua_desktop.services import calendars, periods, report_periods
from thidua_desktop.services.board import summary
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.contributions import list_filter
from thidua_desktop.services.reports.paper import figures_json, print_report

MOVED = CAMPAIGN.replace("version = 1", "version = 2").replace("2026-10-20", "2026-10-25")
GONE = CAMPAIGN.replace("version = 1", "version = 3").replace('"DH26"', '"DH27"')


def close(pair: TwoOffices, code: str) -> Report:
    commune = pair.commune
    period = report_periods.period_for(commune, reports.report_spec(commune, REPORT), code)
    for figure in reports.build(commune, REPORT, period).unanswered:
        reports.keep_odd(commune, period, figure.indicator, "đúng")
    return reports.close(commune, REPORT, period)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)).split())


def closed_campaign(pair: TwoOffices) -> Report:
    """A campaign closed with one session on its second day, which the later version leaves out."""
    calendars.take_in(pair.commune, CAMPAIGN.encode())
    pair.activity(day=date(2026, 10, 21), attendance_total=30, attendance_women=10)
    return close(pair, "2026-DH26")


def test_a_month_that_was_closed_keeps_its_days_when_a_new_rule_begins(pair: TwoOffices) -> None:
    pair.activity(day=date(2026, 11, 14), attendance_total=30, attendance_women=10)
    close(pair, "2026-11")
    calendars.take_in(pair.commune, DECREE_LATER.encode())
    assert report_periods.period_for(pair.commune, reports.report_spec(pair.commune, REPORT), "2026-11") == NOVEMBER
    assert reports.build(pair.commune, REPORT, NOVEMBER).closed
    pair.activity(day=date(2026, 11, 15), attendance_total=30, attendance_women=10)
    assert reports.build(pair.commune, REPORT, NOVEMBER).differences == ()


@pytest.mark.parametrize("later", [MOVED, GONE])
def test_a_closed_campaign_is_what_it_was(pair: TwoOffices, later: str) -> None:
    before = closed_campaign(pair)
    if later is GONE:
        calendars.take_in(pair.commune, MOVED.encode())
    calendars.take_in(pair.commune, later.encode())
    spec = reports.report_spec(pair.commune, REPORT)
    period = report_periods.period_for(pair.commune, spec, "2026-DH26")
    assert (period.start, period.end, period.name, period.code) == (
        date(2026, 10, 20), date(2026, 11, 10), before.period.name, "2026-DH26"
    )  # fmt: skip
    again = reports.build(pair.commune, REPORT, period)
    assert again.closed and again.figure("sessions").value == 1 and again.differences == ()
    assert figures_json(pair.commune, again)["from"] == "2026-10-20"
    assert "từ ngày 20/10/2026 đến ngày 10/11/2026" in text_of(print_report(pair.commune, again).pdf)
    assert [one.code for one in report_periods.closed_elsewhere(pair.commune, spec)] == (
        ["2026-DH26"] if later is GONE else []
    )


def test_closing_again_keeps_the_days_of_the_first_closing(pair: TwoOffices) -> None:
    period = closed_campaign(pair).period
    calendars.take_in(pair.commune, MOVED.encode())
    reports.reopen(pair.commune, REPORT, period)
    again = close(pair, "2026-DH26")
    assert again.edition == 2 and again.period == period


def test_a_campaign_closes_no_days_for_others(pair: TwoOffices) -> None:
    from thidua_desktop.services.periods import closing_of

    closed_campaign(pair)
    assert closing_of(pair.commune, date(2026, 10, 21)) is None
    close(pair, "2026-11")
    assert closing_of(pair.commune, date(2026, 10, 21)) is not None


def test_the_province_counts_over_the_days_that_the_commune_closed(pair: TwoOffices) -> None:
    closed_campaign(pair)
    pair.take(pair.send())
    calendars.take_in(pair.province, MOVED.encode())
    period = report_periods.period_for(pair.province, reports.report_spec(pair.province, REPORT), "2026-DH26")
    assert period.start == date(2026, 10, 25)
    found = summary(pair.province, REPORT, period)
    office = pair.commune.file.identity.code
    assert office in found.received and found.differing == 0
    assert next(row for row in found.rows if row.indicator == "sessions").by_office[office] == 1


def test_a_campaign_has_no_period_before_and_no_year(pair: TwoOffices) -> None:
    report = closed_campaign(pair)
    figure = report.figure("sessions")
    assert (figure.value, figure.last, figure.year) == (1, None, 1)
    words = text_of(print_report(pair.commune, report).pdf)
    assert "Cùng kỳ năm trước" in words and "Kỳ trước" not in words and "Từ đầu năm" not in words
    with pytest.raises(UserError, match="TD-TIME-006"):
        report_periods.period_for(pair.commune, report.spec, "2025-DH26")


def test_the_records_behind_a_moved_campaign_are_listed_by_its_days(pair: TwoOffices) -> None:
    period = closed_campaign(pair).period
    assert list_filter(pair.commune, "sessions", period)["period"] == "2026-DH26"
    calendars.take_in(pair.commune, MOVED.encode())
    days = list_filter(pair.commune, "sessions", period)["period"]
    assert days == "2026-10-20..2026-11-10"
    shown = periods.parse_for(pair.commune, days)
    assert (shown.start, shown.end, shown.code) == (date(2026, 10, 20), date(2026, 11, 10), days)
    for wrong in ("2026-11-10..2026-10-20", "2026-10-20..", "..", "a..b"):
        with pytest.raises(UserError, match="TD-TIME-001"):
            periods.parse_for(pair.commune, wrong)


def test_a_month_of_another_calendar_is_listed_by_its_days(pair: TwoOffices) -> None:
    november = parse_period("2026-11", "calendar")
    assert list_filter(pair.commune, "sessions", november)["period"] == "2026-11-01..2026-11-30"
