"""A report: drafted, edited, closed, reopened; odd values answered; every kind of period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.handoff.two_offices import NOVEMBER, OCTOBER, REPORT, TwoOffices, save
from thidua_desktop.errors import UserError
from thidua_desktop.services.report_periods import period_for
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.build import Report, build


def november(pair: TwoOffices) -> Report:
    return build(pair.commune, REPORT, NOVEMBER)


def refusal(act: object, *arguments: object) -> str:
    with pytest.raises(UserError) as caught:
        act(*arguments)  # type: ignore[operator]
    assert caught.value.sentence
    assert caught.value.remedy
    return caught.value.code


def make_odd(pair: TwoOffices) -> None:
    """October has one small session, November one of many people."""
    pair.activity(day=date(2026, 10, 1), attendance_total=10, attendance_women=2)
    pair.activity(attendance_total=40, attendance_women=4)


def test_figures_of_the_four_ranges(pair: TwoOffices) -> None:
    pair.activity(attendance_total=40)
    pair.activity(day=date(2026, 10, 14), attendance_total=7, attendance_women=1)
    pair.activity(day=date(2025, 11, 14), attendance_total=5, attendance_women=1)
    pair.activity(day=date(2025, 12, 14), attendance_total=100, attendance_women=1)
    figure = november(pair).figure("attendance_total")
    assert (figure.value, figure.last, figure.last_year, figure.year) == (40, 7, 5, 47)


def test_no_yardstick_before_the_first_record(pair: TwoOffices) -> None:
    pair.activity()
    figure = november(pair).figure("attendance_total")
    assert (figure.last, figure.last_year, figure.odd) == (None, None, None)


def test_an_empty_period_has_zeros_texts_and_a_paper(pair: TwoOffices) -> None:
    report = november(pair)
    assert report.figure("sessions").value == 0
    assert not report.unanswered
    assert "chưa tổ chức" in next(part.text for part in report.paragraphs if part.name == "propaganda")


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2026-11", date(2026, 10, 15), date(2026, 11, 14)),
        ("2026-Q3", date(2026, 6, 15), date(2026, 9, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_every_kind_of_period_counts_its_first_and_last_day(
    pair: TwoOffices, code: str, start: date, end: date
) -> None:
    period = period_for(pair.commune, reports.report_spec(pair.commune, REPORT), code)
    assert (period.start, period.end) == (start, end)
    for day in (start, min(end, pair.commune.today), start - timedelta(days=1)):
        pair.activity(day=day, attendance_total=1, attendance_women=0)
    assert build(pair.commune, REPORT, period).figure("sessions").value == 2


def test_an_edited_paragraph_stays_and_goes_back_to_the_draft(pair: TwoOffices) -> None:
    pair.activity()
    reports.set_paragraph(pair.commune, REPORT, NOVEMBER, "proposals", "Đề nghị cấp thêm tài liệu.")
    part = next(one for one in november(pair).paragraphs if one.name == "proposals")
    assert (part.text, part.edited) == ("Đề nghị cấp thêm tài liệu.", True)
    assert part.draft == "Không."
    assert (
        next(one for one in build(pair.commune, REPORT, OCTOBER).paragraphs if one.name == "proposals").text == "Không."
    )
    reports.set_paragraph(pair.commune, REPORT, NOVEMBER, "proposals", "  ")
    part = next(one for one in november(pair).paragraphs if one.name == "proposals")
    assert (part.text, part.edited) == ("Không.", False)


def test_an_odd_value_holds_the_closing_until_a_reason_is_given(pair: TwoOffices) -> None:
    make_odd(pair)
    report = november(pair)
    odd = [figure.indicator for figure in report.unanswered]
    assert "attendance_total" in odd
    assert refusal(reports.close, pair.commune, REPORT, NOVEMBER) == "TD-DATA-301"
    assert not november(pair).closed
    for indicator in odd:
        reports.keep_odd(pair.commune, NOVEMBER, indicator, "Ngày hội ở hai thôn.")
    assert november(pair).figure("attendance_total").kept_reason == "Ngày hội ở hai thôn."
    assert reports.close(pair.commune, REPORT, NOVEMBER).closed


def test_a_reason_taken_back_asks_again(pair: TwoOffices) -> None:
    make_odd(pair)
    reports.keep_odd(pair.commune, NOVEMBER, "attendance_total", "Ngày hội.")
    reports.keep_odd(pair.commune, NOVEMBER, "attendance_total", " ")
    assert "attendance_total" in [figure.indicator for figure in november(pair).unanswered]


def test_closing_freezes_what_was_reported_and_tells_later_differences(pair: TwoOffices) -> None:
    first = pair.activity(attendance_total=40)
    closed = reports.close(pair.commune, REPORT, NOVEMBER)
    assert (closed.closed, closed.edition, closed.differences) == (True, 1, ())
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    found = pair.commune.file.records.get("movement_activity", first)
    assert found is not None
    save(pair.commune, "movement_activity", {**found.values, "attendance_total": 45}, first)
    report = november(pair)
    assert not report.closed
    assert report.reported["attendance_total"] == 40
    assert [(figure.indicator, told) for figure, told in report.differences] == [("attendance_total", 40)]
    assert reports.close(pair.commune, REPORT, NOVEMBER).edition == 2
    assert november(pair).differences == ()


def test_a_closed_report_is_not_edited_nor_closed_twice(pair: TwoOffices) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    assert refusal(reports.close, pair.commune, REPORT, NOVEMBER) == "TD-DATA-302"
    assert refusal(reports.set_paragraph, pair.commune, REPORT, NOVEMBER, "proposals", "Khác") == "TD-DATA-302"
    assert reports.is_closed(pair.commune, REPORT, NOVEMBER)
    assert not reports.is_closed(pair.commune, REPORT, OCTOBER)


def test_unknown_reports_and_periods_are_refused(pair: TwoOffices) -> None:
    assert refusal(build, pair.commune, "không_có", NOVEMBER) == "TD-CLI-003"
    spec = reports.report_spec(pair.commune, REPORT)
    assert refusal(period_for, pair.commune, spec, "11/2026") == "TD-TIME-001"


def test_charts_have_one_value_for_each_category(pair: TwoOffices) -> None:
    pair.activity()
    report = build(pair.commune, REPORT, parse_period("2026-Q3"))
    assert [chart.kind for chart in report.charts] == ["bars", "lines", "grid"]
    for chart in report.charts:
        chart.check()
    assert report.charts[1].series[0].values[9:] == (None,) * 3  # a quarter's year ends with its last month


def test_a_report_is_built_over_a_reader_too(pair: TwoOffices) -> None:
    pair.activity()
    reader = pair.commune.reader()
    try:
        assert build(reader, REPORT, NOVEMBER).figures == november(pair).figures
    finally:
        reader.close()
