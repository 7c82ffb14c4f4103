"""Papers of checking say what the sheet says; reminders go to who is late, numbered once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, reopened
from tests.unit.services.report_checks.loop import ATTENDANCE, returned, sheet
from tests.unit.services.test_spreadsheets import sheets
from thidua_desktop.errors import UserError
from thidua_desktop.services.paper_files import EXCEL, WORD, paper_file
from thidua_desktop.services.report_checks import reminders
from thidua_desktop.services.report_checks.papers import sheet_document, slip_document
from thidua_desktop.services.report_checks.sheet import set_checked, set_line_remark
from thidua_desktop.services.session import VIETNAM_TIME, Session

LATER = datetime(2027, 1, 20, 8, 0, tzinfo=VIETNAM_TIME)


def words(pdf: bytes) -> str:
    """The text of a PDF, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


@pytest.fixture
def later(reported: TwoOffices) -> Iterator[Session]:
    """The province two months on; only November has come."""
    session = reopened(reported.province, LATER)
    yield session
    session.close()


def test_the_sheet_on_paper_has_both_numbers_and_the_remark(reported: TwoOffices) -> None:
    set_checked(reported.province, sheet(reported), ATTENDANCE, 38)
    set_line_remark(reported.province, sheet(reported), ATTENDANCE, "Hai phiếu trùng")
    text = words(paper_file(reported.province, lambda one: sheet_document(one, sheet(reported))))
    assert "PHIẾU KIỂM TRA, ĐỐI CHIẾU BÁO CÁO" in text and "40 40 38" in text and "−2" in text
    (rows,) = sheets(paper_file(reported.province, lambda one: sheet_document(one, sheet(reported)), EXCEL)).values()
    assert any("Hai phiếu trùng" in str(row) for row in rows)
    in_word = paper_file(reported.province, lambda one: sheet_document(one, sheet(reported)), WORD)
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(in_word)).namelist()


def test_the_slip_names_the_reason_and_only_figures_in_question(reported: TwoOffices) -> None:
    with pytest.raises(UserError) as early:
        slip_document(reported.province, sheet(reported))
    assert early.value.code == "TD-SYNC-140"
    set_checked(reported.province, sheet(reported), ATTENDANCE, 38)
    returned(reported, "Số hộ chưa khớp")
    text = words(paper_file(reported.province, lambda one: slip_document(one, sheet(reported))))
    assert "Số hộ chưa khớp" in text and "Lượt người dự" in text and "Khu dân cư" not in text


def test_whoever_is_late_gets_a_letter_with_a_number_of_its_own(later: Session) -> None:
    found = reminders.reminders_of(later, REPORT)
    assert [[one.period.code for one in each.late] for each in found] == [["2026-12", "2027-01"]]
    assert found[0].late[0].days > found[0].late[1].days > 0
    text = words(paper_file(later, lambda one: reminders.reminders_document(one, found)))
    assert "V/v đôn đốc gửi báo cáo của" in text and "Kính gửi: Ủy ban nhân dân" in text
    numbered = reminders.take_numbers(later, found)
    assert numbered[0].taken is not None and numbered[0].taken.text.startswith("01/UBND-")
    assert reminders.take_numbers(later, reminders.reminders_of(later, REPORT)) == numbered  # once a day
    assert "Số: 01/UBND-" in words(paper_file(later, lambda one: reminders.reminders_document(one, numbered)))


def test_nobody_is_reminded_of_what_is_here_or_not_due(reported: TwoOffices) -> None:
    with pytest.raises(UserError, match="đều có báo cáo") as nobody:
        reminders.reminders_of(reported.province, REPORT)
    assert nobody.value.code == "TD-SYNC-138" and NOVEMBER.name in str(nobody.value)
