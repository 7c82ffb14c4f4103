"""The report as paper and as data."""

from __future__ import annotations

import json

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.errors import UserError
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.figure_marks import edited_pieces
from thidua_desktop.services.reports.paper import figures_json, print_report


def test_figures_of_text_and_appendix_are_marked(pair: TwoOffices) -> None:
    pair.activity()
    report = reports.build(pair.commune, REPORT, NOVEMBER)
    paper = print_report(pair.commune, report)
    keys = {mark.key for mark in paper.marks}
    assert keys == {figure.indicator for figure in report.figures}
    sessions = [mark.page for mark in paper.marks if mark.key == "sessions"]
    assert min(sessions) == 1
    assert max(sessions) > 1
    assert all(0 < mark.x < 595 and 0 < mark.y < 842 and mark.w > 0 for mark in paper.marks)


def test_the_same_report_gives_the_same_bytes(pair: TwoOffices) -> None:
    pair.activity()
    report = reports.build(pair.commune, REPORT, NOVEMBER)
    assert print_report(pair.commune, report).pdf == print_report(pair.commune, report).pdf


def in_text(pair: TwoOffices) -> list[str]:
    """The figures marked on the pages before the appendix, in reading order."""
    marks = print_report(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER)).marks
    last = max(mark.page for mark in marks if mark.key == "areas_total")
    return [mark.key for mark in marks if mark.page < last]


def test_equal_words_are_told_apart(pair: TwoOffices) -> None:
    pair.activity(topics=("online_fraud",))
    pair.activity(topics=("drugs",))
    found = in_text(pair)
    assert {"sessions", "sessions_online_fraud", "sessions_drugs"} <= set(found)


def test_an_officers_own_numbers_are_never_marked(pair: TwoOffices) -> None:
    pair.activity()
    before = in_text(pair)
    reports.set_paragraph(pair.commune, REPORT, NOVEMBER, "proposals", "Cấp 01 cuộc gọi, 40 lượt xe, 101 cuộc.")
    assert in_text(pair) == before


def test_a_rewritten_paragraph_keeps_the_marks_of_its_figures(pair: TwoOffices) -> None:
    pair.activity(attendance_total=40)
    text = "Có 40 lượt người dự; riêng 01 cuộc tuyên truyền ở chợ, 140 lượt và 40 lượtxe không tính."
    reports.set_paragraph(pair.commune, REPORT, NOVEMBER, "propaganda", text)
    found = in_text(pair)
    assert found.count("attendance_total") == 1
    assert found.count("sessions") == 1
    part = next(one for one in reports.build(pair.commune, REPORT, NOVEMBER).paragraphs if one.name == "propaganda")
    pieces = edited_pieces(text, part.marked)[0]
    assert [(piece.text, piece.indicator) for piece in pieces if piece.indicator] == [
        ("40 lượt", "attendance_total"), ("01 cuộc", "sessions"),
    ]  # fmt: skip
    assert "".join(piece.text for piece in pieces) == text


def test_bad_input_in_a_part_of_a_report(pair: TwoOffices) -> None:
    """Marks of other languages are text, 3,000 words are all there, a letter without a glyph is named with its part."""
    odd = "Đề nghị <b>&amp; {{ 7*7 }} 100% \\n C:\\x"
    words = [f"chữ{number}" for number in range(3000)]
    reports.set_paragraph(pair.commune, REPORT, NOVEMBER, "proposals", f"{odd} {' '.join(words)}")
    document = pypdfium2.PdfDocument(print_report(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER)).pdf)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    assert odd in text
    assert [word for word in text.split() if word.startswith("chữ") and word[3:].isdigit()] == words
    reports.set_paragraph(pair.commune, REPORT, NOVEMBER, "proposals", "Kính mong 😀 xem xét")
    report = reports.build(pair.commune, REPORT, NOVEMBER)
    with pytest.raises(UserError, match="TD-PRINT-072") as refused:
        print_report(pair.commune, report)
    heading = next(part.heading for part in report.paragraphs if part.name == "proposals")
    assert f"mục “{heading}”" in refused.value.sentence and "U+1F600" in refused.value.sentence


def test_figures_as_data_are_whole_and_plain(pair: TwoOffices) -> None:
    pair.activity()
    report = reports.build(pair.commune, REPORT, NOVEMBER)
    data = json.loads(json.dumps(figures_json(pair.commune, report)))
    assert (data["report"], data["period"], data["from"], data["to"]) == (REPORT, "2026-11", "2026-10-15", "2026-11-14")
    values = {row["indicator"]: row["value"] for row in data["figures"]}
    assert values["attendance_total"] == 40
    assert len(values) == len(report.figures)


def test_a_kept_reason_stands_in_data_and_on_paper(pair: TwoOffices) -> None:
    import pypdfium2

    from tests.unit.services.reports.test_build import make_odd

    make_odd(pair)
    reports.keep_odd(pair.commune, NOVEMBER, "attendance_total", "Ngày hội ở hai thôn")
    report = reports.build(pair.commune, REPORT, NOVEMBER)
    row = next(one for one in figures_json(pair.commune, report)["figures"] if one["indicator"] == "attendance_total")
    assert row["reason"] == "Ngày hội ở hai thôn"
    document = pypdfium2.PdfDocument(print_report(pair.commune, report).pdf)
    text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    assert "Ngày hội ở hai thôn" in text
