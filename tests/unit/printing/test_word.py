"""Word files: the words, order and form of the PDF, opened again with python-docx; same document, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from PIL import Image

from tests.unit.charts.made_charts import CHARTS
from tests.unit.printing.paper_samples import (
    FIGURES,
    ISSUER,
    minutes_sample,
    official_minutes_sample,
    report_sample,
    sheet_sample,
)
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import (
    AnnexTitle,
    Cell,
    Column,
    Document,
    Heading,
    LetterHead,
    Orientation,
    PageBreak,
    Paragraph,
    Recipient,
    RowGroup,
    Space,
    Table,
)
from thidua_desktop.printing.word.render import render_word

SAMPLES = {
    "report": report_sample,
    "minutes": minutes_sample,
    "official_minutes": official_minutes_sample,
    "sheet": sheet_sample,
}


def opened(document: Document) -> Any:
    """The Word file of a document, read again."""
    return docx.Document(io.BytesIO(render_word(document)))


def words_of(word: Any) -> str:
    """All text in reading order, tables included, white space folded."""
    texts = (
        node.text or "" if node.tag == qn("w:t") else "\N{NON-BREAKING HYPHEN}"
        for node in word.element.body.iter(qn("w:t"), qn("w:noBreakHyphen"))
    )
    return re.sub(" ?\N{NON-BREAKING HYPHEN} ?", "-", " ".join(" ".join(texts).split()))


def every_text(document: Document) -> list[str]:
    """What the blocks say, in order."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text if isinstance(block.text, str) else "".join(run.text for run in block.text))
        elif isinstance(block, Heading):
            found.append(block.text)
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert render_word(SAMPLES[name]()) == render_word(SAMPLES[name]())


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sentence_stands_in_order(name: str) -> None:
    document = SAMPLES[name]()
    words = re.sub(r"\s+", "", words_of(opened(document)))
    place = 0
    for text in every_text(document):
        place = words.index(re.sub(r"\s+", "", text), place)


def test_the_page_is_the_decrees() -> None:
    word = opened(report_sample())
    first = word.sections[0]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    margins = [first.top_margin, first.bottom_margin, first.left_margin, first.right_margin]
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 16]
    assert first.different_first_page_header_footer and not first.first_page_header.paragraphs[0].text
    assert "PAGE" in first.header.paragraphs[0]._p.xml
    assert word.styles["Normal"].font.name == "Times New Roman"


def test_body_text_is_fourteen_points_justified_and_drawn_in() -> None:
    line = next(line for line in opened(report_sample()).paragraphs if line.text.startswith("Thực hiện Kế hoạch"))
    assert line.runs[0].font.size.pt == 14
    assert round(line.paragraph_format.first_line_indent.mm, 1) == 12.7
    assert line.paragraph_format.alignment == 3 and line.paragraph_format.space_before.pt == 6


def test_headings_stand_in_the_navigation() -> None:
    levels = [node.get(qn("w:val")) for node in opened(report_sample()).element.body.iter(qn("w:outlineLvl"))]
    assert {"0", "1"} <= set(levels)


def test_an_annex_begins_its_numbers_anew_on_its_own_sheet() -> None:
    blocks = (
        LetterHead(None, ISSUER.issuer_lines),
        Paragraph("Kèm danh sách."),
        AnnexTitle("DANH SÁCH", orientation=Orientation.LANDSCAPE),
        FIGURES,
    )
    portrait, annex = opened(Document(blocks)).sections
    assert (portrait.orientation, annex.orientation) == (WD_ORIENTATION.PORTRAIT, WD_ORIENTATION.LANDSCAPE)
    assert round(annex.page_width.mm) == 297
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert portrait._sectPr.find(qn("w:pgNumType")) is None


def test_a_long_table_repeats_its_head_and_cuts_no_row() -> None:
    rows = tuple((str(number), f"Tổ số {number}") for number in range(1, 301))
    table = Table((Column("TT"), Column("Tổ", 4)), rows, totals=(("", "300 tổ"),))
    made = opened(Document((table,))).tables[0]
    assert len(made.rows) == 302
    assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert made.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in made.rows)
    assert made.rows[300].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert made.rows[301].cells[1].paragraphs[0].runs[0].bold


def test_spread_heads_cover_the_columns_of_the_pdf() -> None:
    made = opened(Document((FIGURES,))).tables[0]
    heads = [[cell.text for cell in row.cells] for row in made.rows[:2]]
    assert heads[0][2:5] == [heads[0][2]] * 3
    assert heads[0][0] == heads[1][0] == "TT"
    assert heads[1][2:5] == ["Kỳ này", "Kỳ trước", "Cùng kỳ năm trước"]


def test_charts_and_codes_are_pictures() -> None:
    for document in (report_sample(), sheet_sample()):
        assert opened(document).inline_shapes
    names = zipfile.ZipFile(io.BytesIO(render_word(report_sample()))).namelist()
    assert any(name.startswith("word/media/") for name in names)


def test_a_chart_is_sharp_and_can_be_heard() -> None:
    made = opened(Document((CHARTS["bars"], CHARTS["panels, 200"])))
    assert len(made.inline_shapes) > 3  # one of one page, one that goes on over several
    for shape in made.inline_shapes:
        part = made.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        with Image.open(io.BytesIO(part.blob)) as picture:
            assert picture.width / (shape.width / 914400) >= 199
    first = made.inline_shapes[0]._inline.docPr.get("descr")
    assert first.startswith("Hoạt động. Tuyên truyền: Kỳ này 21")


@pytest.mark.parametrize(
    "text", ["a < b & c > d <b>không đậm</b>", "đường\ndẫn", "\x00\x0bký tự\x1f lạ", "K'Nớ – 75 %"]
)
def test_odd_text_is_text(text: str) -> None:
    word = opened(Document((Paragraph(text),)))
    kept = "".join(sign for sign in text if sign >= " " or sign == "\n")
    assert word.paragraphs[-1].text == kept


def test_addressees_and_breaks() -> None:
    word = opened(Document((Recipient(("Sở Nội vụ", "Công an tỉnh.")), PageBreak(), Space(5), Paragraph("Sau trang."))))
    texts = [line.text for line in word.paragraphs]
    assert texts[:3] == ["Kính gửi:", "- Sở Nội vụ;", "- Công an tỉnh."]
    assert 'w:type="page"' in word.element.xml


def test_the_file_names_the_office_and_nobody_else() -> None:
    facts = opened(report_sample()).core_properties
    assert (facts.author, facts.last_modified_by, facts.language) == (
        "ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", "ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", "vi-VN",
    )  # fmt: skip
    assert "Kết quả phong trào" in facts.title
    assert not facts.comments


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        render_word(Document((Space(4),)))
    assert refused.value.code == "TD-PRINT-002"


def flags(row: Any) -> tuple[bool, bool]:
    """Whether a row stays whole, and whether it stays with the next."""
    whole = row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None
    return whole, bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next)


def test_groups_in_word_keep_together_and_only_very_high_rows_are_split() -> None:
    group = RowGroup((Cell("Nhóm 1", columns=2),), 2, ("Cộng 1", "2"))
    rows = (("a", "1"), (" ".join(f"từ{number}" for number in range(3000)), "1"))
    (made,) = opened(Document((Table((Column("Tên"), Column("Số")), rows, groups=(group,)),))).tables
    assert [row.cells[0].text.split()[0] for row in made.rows] == ["Tên", "Nhóm", "a", "từ0", "Cộng"]
    assert [flags(row) for row in made.rows[1:]] == [(True, True), (True, False), (False, True), (True, False)]
    assert all(run.bold for place in (1, 4) for run in made.rows[place].cells[0].paragraphs[0].runs)


def test_many_columns_in_word_have_the_widths_and_letters_of_the_pdf() -> None:
    heads = tuple(Column(f"Nghiêng{number:02d}") for number in range(14))
    word = opened(Document((Table(heads, (("1",) * 14,)),)))
    assert word.sections[0].orientation == WD_ORIENTATION.LANDSCAPE
    size = word.tables[0].rows[0].cells[0].paragraphs[0].runs[0].font.size
    assert size is not None and 8 <= size.pt < 12


def test_no_line_ends_within_the_number_of_a_paper() -> None:
    said = "Theo Quyết định số 215/QĐ-UBND và mã TD-ENV-003, năm 2025-2026, họp tổ - khu dân cư."
    written = opened(Document([Paragraph(said)])).paragraphs[-1]
    assert written.text == said
    runs = written._p.xpath("./w:r")
    hyphens = [node for run in runs for node in run if node.tag == qn("w:noBreakHyphen")]
    plain = "".join(node.text for run in runs for node in run if node.tag == qn("w:t"))
    assert len(hyphens) == 3 and "QĐUBND" in plain and "TDENV003" in plain and "2025-2026" in plain
    assert plain.isprintable()
