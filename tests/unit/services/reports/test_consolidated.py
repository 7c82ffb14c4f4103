"""The province's own report: figures of its communes alone, how many have sent, and the communes side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save, two_offices
from thidua_desktop.printing.blocks import Document, Paragraph, Table, plain_text
from thidua_desktop.services.communes import coverage
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.consolidated import MOST_COLUMNS, commune_table
from thidua_desktop.services.reports.paper import report_document
from thidua_desktop.services.reports.progress import Step, note_printed, progress_of


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


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
    table = commune_table(pair.province, report)
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
