"""Excel of tables: numbers and days as such, everything else as text, heads frozen and printed on each page."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import (
    Align,
    AnnexTitle,
    Cell,
    Column,
    Document,
    HeadCell,
    Meta,
    Orientation,
    Paragraph,
    RowGroup,
    Table,
)
from thidua_desktop.services.spreadsheets import ScreenTable, excel_of, excel_of_tables

COLUMNS = (Column("TT", 1, Align.CENTER), Column("Tên"), Column("Ngày", 1, Align.CENTER), Column("Số", 1, Align.RIGHT))
ROWS = (
    ("1", "=1+1", "08/11/2026", "1.234,5"),
    ("2", "+84", "", "75 %"),
    ("3", "-5", "31/02/2026", "01"),
    ("4", "@x", "x", "84/86"),
)


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    """Every sheet as an independent reader sees it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def inner(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def paper(*blocks: object, title: str = "Sổ") -> Document:
    return Document(tuple(blocks), Meta(title, "UBND xã"))  # type: ignore[arg-type]


def test_numbers_days_and_texts_are_what_they_are() -> None:
    (lines,) = sheets(excel_of(paper(Table(COLUMNS, ROWS)))).values()
    assert lines[2] == ["TT", "Tên", "Ngày", "Số"]
    assert lines[3] == [1, "=1+1", date(2026, 11, 8), 1234.5]
    assert lines[4] == [2, "+84", "", 0.75]
    assert lines[5] == [3, "-5", "31/02/2026", "01"]
    assert lines[6] == [4, "@x", "x", 84]


def test_a_part_of_something_is_a_number_that_shows_of_what() -> None:
    rows = (("5/2026", "15/16", "15/16", "1.234/3.664"),)
    content = excel_of(paper(Table(COLUMNS, rows)))
    assert next(iter(sheets(content).values()))[3] == ["5/2026", "15/16", "15/16", 1234]
    assert '#,##0"/3.664"' in inner(content, "xl/styles.xml").replace("&quot;", '"')


def test_nothing_is_a_formula_and_what_looks_like_one_is_marked_as_text() -> None:
    content = excel_of(paper(Table(COLUMNS, ROWS, notes=("=cmd|' /C calc'!A0",), caption="=A1")))
    assert "<f>" not in inner(content)
    assert inner(content, "xl/styles.xml").count('quotePrefix="1"') == 1


def test_the_head_is_frozen_and_printed_on_each_a4_page() -> None:
    head = ((HeadCell("TT", rows=2), HeadCell("Hộ", columns=3)), (HeadCell("a"), HeadCell("b"), HeadCell("c")))
    annex = AnnexTitle("BẢNG", orientation=Orientation.LANDSCAPE)
    content = excel_of(paper(annex, Table(COLUMNS, ROWS, head_rows=head)))
    sheet = inner(content)
    assert 'ySplit="4"' in sheet and 'state="frozen"' in sheet
    assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet and 'fitToHeight="0"' in sheet
    assert "$3:$4" in inner(content, "xl/workbook.xml")
    assert '<mergeCell ref="A3:A4"/>' in sheet and '<mergeCell ref="B3:D3"/>' in sheet


def test_groups_totals_and_spread_cells() -> None:
    group = RowGroup((Cell("I"), Cell("Thôn Đông (2)", columns=3)), 4, ("", "Cộng I", "", "5"))
    (lines,) = sheets(excel_of(paper(Table(COLUMNS, ROWS, groups=(group,), totals=(("", "Cộng", "", "10"),))))).values()
    assert lines[3][:2] == ["I", "Thôn Đông (2)"]
    assert lines[-2][1:] == ["Cộng I", "", 5] and lines[-1][1:] == ["Cộng", "", 10]


def test_each_table_has_a_sheet_with_a_name_that_excel_takes() -> None:
    tables = [Table(COLUMNS, ROWS, caption="Danh sách [A]: khen/thưởng 2026 của các khu dân cư")] * 2
    names = list(sheets(excel_of(paper(*tables))))
    assert len(names) == 2 and names[0].startswith("Danh sách A khen thưởng") and names[1].endswith("(2)")
    assert all(len(name) <= 31 for name in names)
    assert names[0] == "Danh sách A khen thưởng 2026"  # no word is cut


def test_the_same_table_gives_the_same_file() -> None:
    assert excel_of(paper(Table(COLUMNS, ROWS))) == excel_of(paper(Table(COLUMNS, ROWS)))


def test_a_paper_without_tables_and_a_text_without_end_are_refused() -> None:
    with pytest.raises(UserError, match="TD-XFER-070"):
        excel_of(paper(Paragraph("Chỉ có lời.")))
    with pytest.raises(UserError, match="TD-XFER-071"):
        excel_of(paper(Table((Column("A"),), (("x" * 40_000,),))))


def test_tables_of_the_screen() -> None:
    table = ScreenTable("Bảng theo dõi", ("Xã", "Gói"), [("An", "1.250"), ("Bình", "–")], {1})
    content = excel_of_tables("Bảng theo dõi", [table])
    assert sheets(content)["Bảng theo dõi"][2:] == [["Xã", "Gói"], ["An", 1250], ["Bình", "–"]]
    root = ElementTree.fromstring(inner(content))
    assert all(float(one.attrib["width"]) >= 5 for one in root.iter() if one.tag.endswith("}col"))
