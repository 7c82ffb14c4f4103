"""The number of a report: taken once it is closed, kept, another one when it is issued again."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.errors import UserError
from thidua_desktop.services import paper_numbers, records
from thidua_desktop.services.report_periods import period_for
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.paper import number_of, print_report, take_number


def _text(pdf: bytes) -> str:
    return " ".join("\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)).split())


def test_an_open_report_takes_no_number(pair: TwoOffices) -> None:
    with pytest.raises(UserError, match="TD-PRINT-043"):
        take_number(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER))
    assert paper_numbers.overview(pair.commune, 2026) == []


def test_a_report_issued_again_names_the_one_it_replaces(pair: TwoOffices) -> None:
    office = pair.commune
    first = reports.close(office, REPORT, NOVEMBER)
    unnumbered = print_report(office, first).pdf
    taken = take_number(office, first)
    assert taken == take_number(office, first) == number_of(office, first)
    text = _text(print_report(office, first).pdf)
    assert f"Số: {taken.text}" in text and "thay thế" not in text and f"Số: {taken.text}" not in _text(unnumbered)
    reports.reopen(office, REPORT, NOVEMBER)
    opened = reports.build(office, REPORT, NOVEMBER)
    assert number_of(office, opened) is None
    again = take_number(office, reports.close(office, REPORT, NOVEMBER))
    assert again.number == taken.number + 1
    text = _text(print_report(office, reports.build(office, REPORT, NOVEMBER)).pdf)
    assert f"Số: {again.text}" in text
    assert f"Báo cáo này thay thế Báo cáo số {taken.text} ngày" in text
    assert records.get(office, paper_numbers.REGISTER, again.record_id).values["replaces"] == taken.record_id


def test_issued_papers_are_counted_in_the_next_report(pair: TwoOffices) -> None:
    take_number(pair.commune, reports.close(pair.commune, REPORT, NOVEMBER))
    period = period_for(pair.commune, reports.report_spec(pair.commune, REPORT), "2026")
    report = reports.build(pair.commune, REPORT, period)
    assert report.figure("papers_issued").value == 1
    leadership = next(part for part in report.paragraphs if part.name == "leadership")
    assert "Ban hành 01 văn bản." in leadership.text
