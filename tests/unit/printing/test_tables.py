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
    AnnexTitle,
    Cell,
    Column,
    Document,
    HeadCell,
    Heading,
    Orientation,
    PageBreak,
    Paragraph,
    RowGroup,
    Signature,
    SignatureBlock,
    Table,
)
from thidua_desktop.printing.columnwidths import fitting
from thidua_desktop.printing.fonts import load_typeface
from thidua_desktop.printing.render import render


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
    widths = fitting(block, load_typeface(), 460)[1]
    assert widths[0] > load_typeface().regular.width("08/11/2026", 12)
    assert sum(widths) == pytest.approx(460)
    assert "08/11/2026" in text_of(render(Document((block,))).pdf)


def test_short_texts_stay_on_one_line_where_long_ones_leave_room() -> None:
    long = "Khu dân cư được công nhận đạt tiêu chuẩn an toàn về an ninh, trật tự trong năm"
    columns = (Column("Nội dung", 4), Column("Đơn vị tính", 0.5), Column("Kỳ này", 1))
    face = load_typeface().regular
    widths = fitting(Table(columns, ((long, "khu dân cư", "15"),), size=11), load_typeface(), 460)[1]
    assert widths[1] > face.width("khu dân cư", 11) and sum(widths) == pytest.approx(460)
    many = (*columns[:1], *(Column("Tên", 0.1) for _ in range(7)))
    widths = fitting(Table(many, ((long, *["khu dân cư"] * 7),), size=11), load_typeface(), 460)[1]
    assert widths[0] > 460 * 0.19


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


def grouped(*counts: int) -> Table:
    """A table of groups, each with a head and a subtotal."""
    groups = tuple(
        RowGroup((Cell(f"Nhóm {number}", columns=2),), count, (f"Cộng {number}", str(count)))
        for number, count in enumerate(counts, start=1)
    )
    rows = tuple((f"dòng {number}", "1") for number in range(sum(counts)))
    return Table((Column("Tên"), Column("Số", align=Align.RIGHT)), rows, totals=(("Tổng", "9"),), groups=groups)


@pytest.mark.parametrize("count", range(20, 46))
def test_groups_keep_their_heads_and_subtotals(count: int) -> None:
    """Neither a group's head nor a sum ever stands without a row of the group beside it."""
    pages = [page.text.replace("\r", "").split("\n") for page in printed(grouped(count, 3, count))]
    lines = [line for page in pages for line in page]
    assert lines.index("Nhóm 2") > lines.index(f"Cộng 1 {count}" if f"Cộng 1 {count}" in lines else "Cộng 1")
    for page in pages:
        shown = [line.split()[0] for line in page if line.startswith(("Nhóm", "dòng", "Cộng", "Tổng"))]
        assert shown[0] not in ("Cộng", "Tổng") and shown[-1] != "Nhóm"
    assert sum(line.startswith("dòng") for line in lines) == 2 * count + 3


def test_group_heads_and_subtotals_are_bold() -> None:
    page = printed(grouped(2, 3))[0]
    for words in ("Nhóm 1", "Cộng 2", "Tổng"):
        assert page.find(words).font == "LiberationSerif-Bold"
    assert page.find("dòng 1").font == "LiberationSerif"


def test_groups_must_divide_the_rows() -> None:
    with pytest.raises(ValueError, match="groups"):
        printed(Table((Column("A"),), (("x",),), groups=(RowGroup(("y",), 2),)))


def test_a_long_cell_loses_no_word() -> None:
    """3,000 words beside other columns, under a heading and a repeated head, with a total after it."""
    words = [f"chữ{number}" for number in range(3000)]
    rows = (("1", "ngắn", "1"), ("2", " ".join(words), "2"), ("3", "cuối", "3"))
    block = Table((Column("TT", 0.2), Column("Nội dung"), Column("Số", 0.3)), rows, totals=(("", "Cộng", "6"),))
    pages = printed(Heading(1, "I. BẢNG"), block, Signature(SignatureBlock("CHỦ TỊCH", "Lý Văn Phúc")))
    assert [word for page in pages for word in page.text.split() if word.startswith("chữ")] == words
    assert all("Nội dung" in page.text for page in pages[:-1])
    assert max(line.bottom for page in pages for line in page.drawn) <= 277.01


def test_a_long_word_in_the_last_row_is_not_cut() -> None:
    rows = (*((("a",) * 4),) * 5000, ("a", "a", "toàndânbảovệanninhTổquốc", "a"))
    pages = printed(Table((Column("A"), Column("B"), Column("C", 0.1), Column("D")), rows))
    assert "toàndânbảovệanninhTổquốc" in pages[-1].text


def test_a_word_of_a_head_of_two_rows_is_not_cut() -> None:
    head = ((HeadCell("Nghiêm trọng", rows=2), HeadCell("Hai", columns=2)), (HeadCell("Tuyên-truyền"), HeadCell("b")))
    columns = (Column("", 0.1), Column("", 0.1), Column("", 5.0))
    page = printed(Table(columns, (("1", "2", "3"),), head_rows=head))[0]
    assert "Tuyên-truyền" in page.text and "Nghiêm" in page.text


def many(columns: int) -> Table:
    return Table(tuple(Column(f"Nghiêng{number:02d}") for number in range(columns)), (("1",) * columns,))


def test_many_columns_get_small_letters_then_a_turned_sheet_then_a_refusal() -> None:
    upright, small, turned = (printed(many(count))[0] for count in (6, 9, 14))
    assert upright.find("Nghiêng01").size == 12 and upright.width < upright.height
    assert 8 <= small.find("Nghiêng01").size < 12 and small.width < small.height
    assert turned.width > turned.height and "Nghiêng13" in turned.text
    with pytest.raises(UserError, match="TD-PRINT-070") as refused:
        printed(many(40))
    assert "40 cột" in refused.value.sentence and "Nghiêng" in refused.value.sentence


def test_only_the_part_with_the_wide_table_is_turned() -> None:
    wide = AnnexTitle("BẢNG", attached_to="(Kèm theo)")
    first, second, third = printed(Paragraph("Trước."), wide, many(14), PageBreak(Orientation.PORTRAIT), Paragraph("x"))
    assert [page.width > page.height for page in (first, second, third)] == [False, True, False]


def test_letters_of_several_subsets_are_all_there() -> None:
    """A font goes into the PDF in parts of 224 letters; a paper may need more of them."""
    letters = sorted(letter for letter in load_typeface().ready if letter.isupper() or letter.islower())[:600]
    rows = tuple((f"a{letter}z",) for letter in letters)
    rendered = render(Document((Table((Column("Chữ"),), rows), Paragraph("".join(letters[:400:40])))))
    found = "".join(text_of(rendered.pdf).split())
    assert [letter for letter in letters if f"a{letter}z" not in found] == []
    assert "".join(letters[:400:40]) in found
