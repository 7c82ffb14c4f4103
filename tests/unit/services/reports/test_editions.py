"""Closings of a report: the paper stays what was reported, gets its number, is returned, and is issued again."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save
from thidua_desktop.errors import UserError
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports import editions
from thidua_desktop.services.reports.editions import EditionState
from thidua_desktop.services.reports.paper import print_report, report_document, take_number
from thidua_desktop.services.session import Session

TODAY = date(2026, 11, 16)
PROVINCE = "Ủy ban nhân dân tỉnh Đắk Lắk"


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)).split())


def refusal(act: object, *arguments: object) -> str:
    with pytest.raises(UserError) as caught:
        act(*arguments)  # type: ignore[operator]
    return caught.value.code


def return_it(office: Session, reason: str = "Thiếu số liệu tuần tra.") -> None:
    editions.return_report(office, REPORT, NOVEMBER, PROVINCE, TODAY, reason)


def test_the_paper_of_a_closed_report_is_as_it_was_closed(pair: TwoOffices) -> None:
    office = pair.commune
    first = pair.activity(attendance_total=40)
    reports.set_paragraph(office, REPORT, NOVEMBER, "proposals", "Đề nghị cấp thêm tài liệu.")
    before = report_document(office, reports.close(office, REPORT, NOVEMBER))
    found = office.file.records.get("movement_activity", first)
    assert found is not None
    save(office, "movement_activity", {**found.values, "attendance_total": 77}, first)
    pair.activity(attendance_total=5, attendance_women=1)
    report = reports.build(office, REPORT, NOVEMBER)
    assert report.figure("attendance_total").value == 82
    assert report_document(office, report) == before
    assert "40 lượt người dự" in text_of(print_report(office, report).pdf)


def test_the_number_goes_onto_the_kept_paper(pair: TwoOffices) -> None:
    office = pair.commune
    pair.activity(attendance_total=40)
    report = reports.close(office, REPORT, NOVEMBER)
    pair.activity(attendance_total=3, attendance_women=1)
    taken = take_number(office, report)
    kept = text_of(editions.edition_paper(office, REPORT, NOVEMBER, 1))
    assert f"Số: {taken.text}" in kept and "40 lượt người dự" in kept
    assert [one.taken for one in editions.editions(office, REPORT, NOVEMBER)] == [taken]


def test_a_returned_report_opens_and_its_successor_says_why(pair: TwoOffices) -> None:
    office = pair.commune
    taken = take_number(office, reports.close(office, REPORT, NOVEMBER))
    return_it(office)
    report = reports.build(office, REPORT, NOVEMBER)
    assert not report.closed and report.returned is not None and report.returned.reason == "Thiếu số liệu tuần tra"
    pair.activity(title="Tuần tra đêm", kind="patrol", attendance_total=None, attendance_women=None)
    again = reports.close(office, REPORT, NOVEMBER)
    assert again.returned is None
    text = text_of(print_report(office, again).pdf)
    said = f"do {PROVINCE} trả lại ngày 16 tháng 11 năm 2026 (lý do: Thiếu số liệu tuần tra)."
    assert f"Báo cáo này thay thế Báo cáo số {taken.text} ngày 16 tháng 11 năm 2026 {said}" in text
    found = editions.editions(office, REPORT, NOVEMBER)
    assert [(one.number, one.state) for one in found] == [(2, EditionState.CURRENT), (1, EditionState.RETURNED)]
    assert found[1].state_text == f"{PROVINCE} trả lại ngày 16/11/2026: Thiếu số liệu tuần tra"
    assert {figure.indicator: figure.value for figure in found[1].figures}["patrols"] == 0


def test_a_returned_report_without_a_number_is_named_by_its_day(pair: TwoOffices) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    return_it(pair.commune)
    words = editions.replaced_words(pair.commune, REPORT, NOVEMBER, 2)
    assert words.startswith("báo cáo chốt ngày 16 tháng 11 năm 2026 do ")


def test_what_never_left_the_office_is_not_replaced(pair: TwoOffices) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    assert [one.state for one in editions.editions(pair.commune, REPORT, NOVEMBER)] == [EditionState.REOPENED]
    reports.close(pair.commune, REPORT, NOVEMBER)
    assert editions.replaced_words(pair.commune, REPORT, NOVEMBER, 2) == ""


def test_returns_that_make_no_sense_are_refused(pair: TwoOffices) -> None:
    office, act = pair.commune, editions.return_report
    assert refusal(act, office, REPORT, NOVEMBER, PROVINCE, TODAY, "Sai") == "TD-PRINT-061"
    reports.close(office, REPORT, NOVEMBER)
    assert refusal(act, office, REPORT, NOVEMBER, " ", TODAY, "Sai") == "TD-PRINT-062"
    assert refusal(act, office, REPORT, NOVEMBER, PROVINCE, TODAY, " ") == "TD-PRINT-062"
    for day in (date(2026, 11, 15), date(2026, 11, 17)):
        assert refusal(act, office, REPORT, NOVEMBER, PROVINCE, day, "Sai") == "TD-PRINT-063"
    assert reports.is_closed(office, REPORT, NOVEMBER)
    assert refusal(editions.edition_paper, office, REPORT, NOVEMBER, 2) == "TD-PRINT-060"
