"""The province's own report: figures of its communes alone, how many have sent, and the communes side by side."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save, two_offices
from tests.unit.services.test_spreadsheets import sheets
from thidua_desktop.printing.blocks import AnnexTitle, Document, Paragraph, Table, plain_text
from thidua_desktop.services.communes import coverage
from thidua_desktop.services.paper_files import EXCEL, PDF, WORD, paper_file
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.consolidated import MOST_COLUMNS, commune_table, communes_of
from thidua_desktop.services.reports.paper import report_document
from thidua_desktop.services.reports.progress import Step, note_printed, progress_of
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import Partner


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def words_of(document: Document) -> str:
    """The running text of a paper."""
    return " ".join(plain_text(block.text) for block in document.blocks if isinstance(block, Paragraph))


def test_the_province_counts_its_communes_and_not_itself(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    own = {
        "held_on": NOVEMBER.end, "kind": "dialogue", "title": "Hội nghị của tỉnh", "attendance_total": 900,
        "place": "Hội trường tỉnh",
    }  # fmt: skip
    save(pair.province, "movement_activity", dict(own))
    report = reports.build(pair.province, REPORT, NOVEMBER)
    assert report.figure("activities_total").value == 1
    assert report.figure("attendance_total").value == 40
    assert report.to == "Bộ Công an"  # and not itself


def test_who_has_sent_stands_on_the_paper(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    document = report_document(pair.province, reports.build(pair.province, REPORT, NOVEMBER))
    name = pair.commune.file.identity.name
    assert document.meta.foot_note == "Số liệu của 0/1 xã, phường, đặc khu đã gửi báo cáo, 0 đã chấp nhận"
    assert f"Chưa gửi: {name}." in words_of(document)
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    assert coverage(pair.province, REPORT, NOVEMBER).received == (name,)
    document = report_document(pair.province, reports.build(pair.province, REPORT, NOVEMBER))
    assert "Chưa gửi" not in words_of(document) and "1/1 xã" in document.meta.foot_note


def test_the_communes_stand_side_by_side_under_their_sum(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    report = reports.build(pair.province, REPORT, NOVEMBER)
    found = communes_of(pair.province, report)
    table = commune_table(found) if found is not None else None
    assert isinstance(table, Table) and len(table.columns) == MOST_COLUMNS + 2
    (row,) = table.rows
    assert str(row[1]).startswith(pair.commune.file.identity.name)
    totals = [cell.text for cell in table.totals[0][2:] if not isinstance(cell, str)]
    assert list(row[2:]) == totals and any(text != "0" for text in totals)


def test_a_commune_has_nothing_of_it(pair: TwoOffices) -> None:
    document = report_document(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER))
    assert document.meta.foot_note == "" and "Chưa gửi" not in words_of(document)


def test_the_report_is_closed_and_printed_at_the_province(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    report = reports.build(pair.province, REPORT, NOVEMBER)
    for figure in report.unanswered:
        reports.keep_odd(pair.province, NOVEMBER, figure.indicator, "thử")
    closed = reports.close(pair.province, REPORT, NOVEMBER)
    assert progress_of(pair.province, closed).step is Step.PRINT
    note_printed(pair.province, closed)
    assert progress_of(pair.province, closed).step is Step.DONE


def with_many_communes(province: Session, count: int) -> list[str]:
    """Further communes whose cards were accepted, none of which has sent anything; their names."""
    names = [f"Xã Thử {number:02d}" for number in range(1, count + 1)]
    for number, name in enumerate(names):
        province.file.partners.put(
            Partner(
                office=f"9{number:04d}", installation=f"may-{number}", name=name, keys={"kind": "commune"},
                status="accepted", at=province.now(),
            )
        )  # fmt: skip
    return names


def test_all_who_are_missing_stand_on_a_page_of_their_own(pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    few = report_document(pair.province, reports.build(pair.province, REPORT, NOVEMBER))
    names = with_many_communes(pair.province, 30)
    many = report_document(pair.province, reports.build(pair.province, REPORT, NOVEMBER))
    assert "và 18 đơn vị khác. Danh sách đầy đủ kèm theo." in words_of(many)
    titles = [block.title for block in many.blocks if isinstance(block, AnnexTitle)]
    assert titles[-1] == "DANH SÁCH 30 ĐƠN VỊ CHƯA GỬI BÁO CÁO"
    listed = [block for block in many.blocks if isinstance(block, Table)][-1]
    assert [row[1] for row in listed.rows] == names and listed.rows[0][2] == "chưa có gói nào"
    assert not any("CHƯA GỬI" in block.title for block in few.blocks if isinstance(block, AnnexTitle))


def test_on_how_many_the_figures_stand_is_on_every_page_of_every_file(pair: TwoOffices) -> None:
    with_many_communes(pair.province, 70)
    report = reports.build(pair.province, REPORT, NOVEMBER)
    covered = "Số liệu của 0/71 xã, phường, đặc khu đã gửi báo cáo, 0 đã chấp nhận"

    def in_form(ending: str) -> bytes:
        return paper_file(pair.province, lambda one: report_document(one, report), ending)

    pages = pages_of(in_form(PDF))
    assert len(pages) > 5 and all(covered in page for page in pages)
    word = docx.Document(io.BytesIO(in_form(WORD)))
    assert len(word.sections) >= 4
    for section in word.sections:
        assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == covered
    book = zipfile.ZipFile(io.BytesIO(in_form(EXCEL)))
    printed = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(printed) == 3 and all(f"&amp;9{covered}</oddHeader>" in sheet for sheet in printed)
    assert all(lines[1][0] == covered for lines in sheets(in_form(EXCEL)).values())


def test_a_closed_report_stands_on_those_that_had_sent_it_then(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    for figure in reports.build(pair.province, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(pair.province, NOVEMBER, figure.indicator, "thử")
    reports.close(pair.province, REPORT, NOVEMBER)
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    report = reports.build(pair.province, REPORT, NOVEMBER)
    then = communes_of(pair.province, report)
    now = communes_of(pair.province, replace(report, closed=False))
    assert then is not None and now is not None
    assert "0/1 xã" in then.covered and then.rows[0][1].endswith(" *") and len(then.missing) == 1
    assert "1/1 xã" in now.covered and not now.missing
