"""Which step of a report is next."""

from __future__ import annotations

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from tests.unit.services.reports.test_build import make_odd
from thidua_desktop.services.report_periods import group_of, period_choices, period_to_report, report_label
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.progress import (
    Progress,
    Step,
    note_printed,
    progress_of,
)


def now(pair: TwoOffices) -> Progress:
    return progress_of(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER))


def test_the_four_steps_one_after_the_other(pair: TwoOffices) -> None:
    make_odd(pair)
    assert now(pair).step is Step.WRITE
    for figure in reports.build(pair.commune, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(pair.commune, NOVEMBER, figure.indicator, "đúng")
    assert now(pair).step is Step.CLOSE
    report = reports.close(pair.commune, REPORT, NOVEMBER)
    assert now(pair).step is Step.PRINT
    note_printed(pair.commune, report)
    assert now(pair).step is Step.PACK
    made = pair.send()
    assert now(pair) == Progress(Step.DONE, made.number)


def test_printing_an_open_report_or_an_older_closing_does_not_count(pair: TwoOffices) -> None:
    note_printed(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER))
    note_printed(pair.commune, reports.close(pair.commune, REPORT, NOVEMBER))
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    assert now(pair).step is Step.CLOSE
    reports.close(pair.commune, REPORT, NOVEMBER)
    assert now(pair).step is Step.PRINT


def test_the_page_opens_with_the_period_that_has_ended(pair: TwoOffices) -> None:
    spec = reports.report_spec(pair.commune, REPORT)
    assert period_to_report(pair.commune, spec) == NOVEMBER
    months = period_choices(pair.commune, spec, group_of(pair.commune, spec, "month"))
    assert [period.code for period in months[:3]] == ["2026-12", "2026-11", "2026-10"]
    assert (
        period_choices(pair.commune, spec, group_of(pair.commune, spec, "half"))[0].label
        == "6 tháng cuối năm 2026: 15/06 – 14/12"
    )
    assert report_label(pair.commune.definitions, spec, "2026-Q3") == "Kết quả phong trào, quý III/2026"
