"""Long tables: repeated heads, totals with the last row, tall rows, spans, widths, speed's shape."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise

import pytest

from tests.unit.printing.measured import Page, pages_of, text_of
from tests.unit.printing.paper_samples import REGISTER_COLUMNS, register_rows
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import (
    Align,
    Cell,
    Column,
    Document,
    HeadCell,
    Heading,
    Paragraph,
    Signature,
    SignatureBlock,
    Table,
)
from thidua_desktop.printing.fonts import load_typeface
from thidua_desktop.printing.render import render
from thidua_desktop.printing.columnwidths import column_widths


def table(count: int, **more: object) -> Table:
    return Table(REGISTER_COLUMNS, register_rows(count), size=11, **more)  # type: ignore[arg-type]


def printed(*blocks: object) -> list[Page]:
    return pages_of(render(Document(tuple(blocks))).pdf)  # type: ignore[arg-type]


def test_every_row_is_printed_once_and_in_order() -> None:
    rows = tuple((f"dòng-{number}", "x") for number in range(500))
    text = text_of(render(Document((Table((Column("Tên"), Column("Số")), rows),))).pdf)
    assert [word for word in text.split() if word.startswith("dòng-")] == [f"dòng-{number}" for number in range(500)]


def test_the_head_is_repeated_and_nothing_leaves_the_text_area() -> None:
    pages = printed(table(120))
    assert len(pages) > 3
    for page in pages:
        assert page.text.count("Việc chính") == 1
        assert max(line.bottom for line in page.drawn) <= 277.01
        assert min(line.left for line in page.drawn) >= 29.99
        assert max(letter.right for letter in page.letters) <= 194.01


def test_texts_stay_inside_their_cells() -> None:
    page = printed(table(20))[0]
    verticals = sorted({round(line.left, 2) for line in page.drawn if line.width < 0.01})
    assert len(verticals) == len(REGISTER_COLUMNS) + 1
    for letter in page.letters:
        if letter.text.strip():
            cell = max(edge for edge in verticals if edge <= letter.left + 0.01)
            following = min(edge for edge in verticals if edge > cell)
            assert letter.right <= following


@pytest.mark.parametrize("count", range(1, 45))
def test_totals_stay_with_the_last_row(count: int) -> None:
    rows = tuple((f"dòng {number}", "1") for number in range(count))
    totals = (("Tổng cộng", str(count)),)
    pages = printed(Table((Column("Tên"), Column("Số", align=Align.RIGHT)), rows, totals=totals))
    assert f"dòng {count - 1}\n" in pages[-1].text.replace("\r", "") + "\n"
    assert "Tổng cộng" in pages[-1].text


@pytest.mark.parametrize("count", range(30, 42))
def test_a_signature_stays_with_the_last_row_and_notes(count: int) -> None:
    rows = tuple((f"dòng {number}", "1") for number in range(count))
    sign = Signature(SignatureBlock("CHỦ TỊCH", "Lý Văn Phúc"))
    pages = printed(Table((Column("Tên"), Column("Số")), rows, notes=("Ghi chú cuối.",)), sign)
    last = pages[-1].text
    assert f"dòng {count - 1}" in last
    assert last.index("Ghi chú cuối.") < last.index("CHỦ TỊCH") < last.index("Lý Văn Phúc")


@pytest.mark.parametrize("filler", range(22, 34))
def test_a_heading_is_never_parted_from_its_table(filler: int) -> None:
    blocks = [Paragraph(f"Đoạn {number}.") for number in range(filler)]
    pages = printed(*blocks, Heading(1, "II. BẢNG"), table(3, caption="Tên bảng"))
    (page,) = (page for page in pages if "II. BẢNG" in page.text)
    assert page.text.index("Tên bảng") < page.text.index("Việc chính") < page.text.index("02/02/2026")


def test_a_row_higher_than_a_page_is_cut_between_its_lines() -> None:
    words = [f"từ{number}" for number in range(2600)]
    rows = (("1", "ngắn"), ("2", " ".join(words)), ("3", "cuối"))
    pages = printed(Table((Column("TT", 0.2), Column("Nội dung", 1)), rows))
    assert len(pages) > 2
    assert [word for page in pages for word in page.text.split() if word.startswith("từ")] == words
    assert all("Nội dung" in page.text for page in pages)
    assert max(line.bottom for page in pages for line in page.drawn) <= 277.01


def test_numbers_stand_right_and_a_spanning_cell_has_no_rule_inside() -> None:
    columns = (Column("Tên", 2), Column("Kỳ này", 1, Align.RIGHT), Column("Kỳ trước", 1, Align.RIGHT))
    rows = (("A", "1.234", "5"), ("B", "7", "1.000.000"))
    page = printed(Table(columns, rows, totals=((Cell("Cộng cả hai kỳ", columns=2), "9"),)))[0]
    assert page.find("1.234").right == pytest.approx(page.find("7").right, abs=0.3)
    assert page.find("9").font == "LiberationSerif-Bold"
    inner = sorted({round(line.left, 1) for line in page.drawn if line.width < 0.01})[1]
    totals_baseline = page.find("Cộng cả hai kỳ").baseline
    assert not [
        line
        for line in page.drawn
        if line.width < 0.01 and abs(line.left - inner) < 0.2 and line.top < totals_baseline < line.bottom
    ]


def test_a_head_of_two_rows() -> None:
    head = (
        (HeadCell("TT", rows=2), HeadCell("Hộ dự họp", columns=2)),
        (HeadCell("Số hộ"), HeadCell("Tỷ lệ")),
    )
    page = printed(Table((Column("", 0.4), Column("", 1), Column("", 1)), (("1", "47", "90,4%"),), head_rows=head))[0]
    group, number = page.find("Hộ dự họp"), page.find("TT")
    assert group.middle == pytest.approx((page.find("Số hộ").middle + page.find("Tỷ lệ").middle) / 2, abs=0.5)
    assert group.baseline < number.baseline < page.find("Số hộ").baseline


def test_columns_are_never_narrower_than_a_date() -> None:
    block = Table((Column("Ngày", 0.1), Column("Nội dung", 10)), (("08/11/2026", "x"),), size=12)
    widths = column_widths(block, load_typeface(), 460)
    assert widths[0] > load_typeface().regular.width("08/11/2026", 12)
    assert sum(widths) == pytest.approx(460)
    assert "08/11/2026" in text_of(render(Document((block,))).pdf)


def test_a_word_longer_than_its_cell_is_cut() -> None:
    page = printed(Table((Column("A"), Column("B"), Column("C")), (("x" * 300, "y", "z"),)))[0]
    assert page.text.count("x") == 300


@pytest.mark.parametrize(
    "faulty",
    [
        Table((Column("A"), Column("B")), (("chỉ một ô",),)),
        Table((Column("A"),), (("một", "hai"),)),
        Table((Column("A"), Column("B")), (), head_rows=((HeadCell("A"),),)),
        Table((), ()),
    ],
)
def test_cells_that_do_not_fill_the_columns_are_a_fault_of_the_caller(faulty: Table) -> None:
    with pytest.raises(ValueError, match=r"cells|columns"):
        render(Document((faulty,)))


def test_a_head_that_fills_the_page_is_refused() -> None:
    with pytest.raises(UserError, match="TD-PRINT-003"):
        render(Document((Table((Column("từ " * 3000), Column("B")), (("a", "b"),)),)))


def test_an_empty_register_still_shows_its_head() -> None:
    (page,) = printed(table(0, notes=("Không có bản ghi trong kỳ.",)))
    assert "Việc chính" in page.text
    assert "Không có bản ghi trong kỳ." in page.text


def test_marks_and_shapes_in_cells() -> None:
    rendered = render(Document((Table((Column("A"),), ((Cell("21", figure="sessions"),), ("☑ có",))),)))
    assert [mark.key for mark in rendered.marks] == ["sessions"]
    assert "có" in text_of(rendered.pdf)


def test_memory_stays_flat() -> None:
    peaks = []
    for count in (500, 2_000):
        document = Document((table(count),))
        tracemalloc.start()
        render(document)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 1_500 * 1_500  # less than 1.5 kB a row: the finished pages, nothing else


def wide_table(columns: int, fits: bool = True) -> Table:
    """Many columns, one of them with long texts, one with a telephone number that is not to be broken."""
    heads = tuple(Column(f"Chỉ tiêu thống kê {number}") for number in range(columns - 2))
    cells = ("1.250",) * (columns - 2)
    long = "Bàn việc lắp đèn chiếu sáng an ninh trục đường chính và phân công tuần tra ban đêm " * 3
    rows = ((*cells, long, "0900\u00a0000\u00a0126"),) * 40
    return Table((*heads, Column("Nội dung"), Column("Điện thoại")), rows, fits=fits)


@pytest.mark.parametrize("columns", [4, 9, 12, 15])
def test_a_wide_table_shrinks_until_nothing_is_cut(columns: int) -> None:
    page = pages_of(render(Document((wide_table(columns),))).pdf)[0]
    for words in ("0900\u00a0000\u00a0126", "1.250"):
        assert words.replace("\u00a0", " ") in page.text.replace("\u00a0", " ")
    found = page.find("1.250")
    assert 8 <= found.size <= 12 and min(letter.left for letter in page.letters) >= 30
    assert max(letter.right for letter in page.letters) <= 210 - 16


def test_long_texts_have_the_room_that_short_ones_leave() -> None:
    page = pages_of(render(Document((wide_table(6),))).pdf)[0]
    edges = sorted({round(box.left, 1) for box in page.drawn if box.right - box.left < 0.1})
    widths = [right - left for left, right in pairwise(edges)]
    assert max(widths) == widths[4] > 2 * max(widths[:4])
