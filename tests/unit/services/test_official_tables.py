"""Tables as offices print them: a head of two lines, numbered columns, groups, merged villages, sums, signatures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.unit.services.test_transfer import HOUSEHOLD, codes
from thidua_desktop.domain.problems import Severity
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_columns import after_heading
from thidua_desktop.services.transfer_reading import RawLine, table_of_text

Make = Callable[[Callable[[Any], None]], Path]


@pytest.fixture
def book(tmp_path: Path) -> Make:
    def make(write: Callable[[Any], None]) -> Path:
        path = tmp_path / "danh-sách.xlsx"
        made = xlsxwriter.Workbook(str(path))
        write(made.add_worksheet())
        made.close()
        return path

    return make


def printed(page: Any) -> None:
    page.merge_range("A1:C1", "CÔNG AN XÃ EA DRĂNG")
    page.merge_range("A3:F3", "DANH SÁCH HỘ GIA ĐÌNH")
    for column, head in zip("ABCD", ("STT", "Thôn, buôn", "Họ và tên chủ hộ", "Điện thoại"), strict=True):
        page.merge_range(f"{column}5:{column}6", head)
    page.merge_range("E5:F5", "Nhân khẩu")
    page.write_row("E6", ["Tổng", "Nữ"])
    page.write_row("A7", ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"])
    page.merge_range("A8:F8", "I. Thôn Tân Lập")
    page.merge_range("B9:B11", "Tân Lập")
    for row, name in enumerate(("Công Văn Thử", "Tống Thị Mẫu", "Lê Văn Giả"), start=9):
        page.write(f"A{row}", row - 8)
        page.write_row(f"C{row}", [name, "0905123456", 4, 2])
    page.merge_range("A12:D12", "Cộng thôn Tân Lập")
    page.write_row("E12", [12, 6])
    page.merge_range("A13:F13", "II. Buôn Ea M'Doal")
    page.write_row("A14", [1, "Ea M'Doal", "Y Bhăm Thử Niê", "0905123459", 6, 3])
    page.write("A16", "TỔNG CỘNG")
    page.write_row("E16", [18, 9])
    page.write("A18", "Người lập biểu")


def test_a_printed_list_gives_its_households_and_nothing_else(session: Session, book: Make) -> None:
    plan = transfer.preview_import(session, HOUSEHOLD, book(printed))
    assert plan.broken == ()
    assert [(row.number, row.values["representative"]) for row in plan.rows] == [
        (9, "Công Văn Thử"), (10, "Tống Thị Mẫu"), (11, "Lê Văn Giả"), (14, "Y Bhăm Thử Niê"),
    ]  # fmt: skip
    assert {row.values["residential_area"] for row in plan.rows[:3]} == {plan.rows[0].values["residential_area"]}
    assert [(row.values["members"], row.values["members_female"]) for row in plan.rows] == [(4, 2)] * 3 + [(6, 3)]
    told = [(12, "", "TD-XFER-030"), (16, "", "TD-XFER-030"), (18, "", "TD-XFER-021"), (8, "", "TD-XFER-033")]
    assert codes(plan) == told and {one.severity for one in plan.problems} == {Severity.HINT}
    assert "“TỔNG CỘNG 18 9”" in plan.problems[1].text, "the name over the lines is not of this one"
    assert plan.problems[-1].text.startswith("Dòng 8, 13 là tên khu dân cư")
    assert transfer.apply_import(session, plan).recorded == 4
    assert transfer.preview_import(session, HOUSEHOLD, plan.path).unchanged == 4


def test_a_head_over_two_lines_may_have_parts_that_no_field_takes(session: Session, book: Make) -> None:
    def write(page: Any) -> None:
        page.merge_range("A1:A2", "Thôn, buôn")
        page.merge_range("B1:B2", "Chủ hộ")
        page.merge_range("C1:D1", "Nhân khẩu")
        page.write_row("C2", ["Tổng số", "Xe máy"])
        page.write_row("A3", ["Tân Lập", "Lê Văn Giả", 5, 1])

    plan = transfer.preview_import(session, HOUSEHOLD, book(write))
    assert (plan.broken, plan.ignored) == ((), ("Xe máy",))
    assert [row.values.get("members") for row in plan.rows] == [5]


def test_a_sum_is_none_where_the_column_is_that_of_names(session: Session) -> None:
    """Tổng công ty Cà phê is an organization with its staff, not the sum of those above."""
    heads = [session.register("organization").field(name).label for name in ("name", "staff")]
    pasted = "\t".join(heads) + "\nTổng công ty Cà phê\t120\nTổng cộng\t120\n"
    plan = transfer.preview_paste(session, "organization", pasted, fills={"kind": "enterprise"})
    seen = {line.cells[0] for line in plan.broken} | {str(row.values.get("name")) for row in plan.rows}
    assert seen == {"Tổng công ty Cà phê"}


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        ("(1)|(2)|(3)", True), ("1|2|3|4", True), ("A|B|1|2|3", True), ("(1)|(2)|(4)", False), ("1|2", False),
        ("1|Tân Lập|3", False), ("3|5|7", False), ("B|A|1", False), ("||", False),
    ],
)  # fmt: skip
def test_a_line_that_numbers_the_columns(cells: str, numbers: bool) -> None:
    lines = [RawLine(1, ("TT", "Thôn", "Chủ hộ")), RawLine(2, tuple(cells.split("|"))), RawLine(3, ("1", "x", "y"))]
    assert len(after_heading(lines, 0)) == (1 if numbers else 2)


def test_a_merged_sum_counts_once_and_a_merged_village_stands_in_each_line(session: Session, book: Make) -> None:
    def write(page: Any) -> None:
        page.write_row("A1", ["Thôn, buôn", "Tổ tự quản", "Họ và tên chủ hộ", "Nhân khẩu"])
        page.merge_range("A2:A4", "Tân Lập")
        page.merge_range("D2:D4", 13)
        for row, name in enumerate(("Công Văn Thử", "Tống Thị Mẫu", "Lê Văn Giả"), start=2):
            page.write(f"C{row}", name)

    plan = transfer.preview_import(session, HOUSEHOLD, book(write))
    assert [row.values.get("members") for row in plan.rows] == [13, None, None]
    assert len({row.values["residential_area"] for row in plan.rows}) == 1


def test_merged_cells_made_to_keep_us_busy(book: Make) -> None:
    from thidua_desktop.services.transfer_reading import _with_merged

    columns = [["a", "", ""], ["b", "", ""]]
    assert _with_merged(columns, [((0, 0), (1, 0)), ((0, 1), (9, 1)), ((0, 7), (2, 7))]) == [["a", "a", ""], ["b"] * 3]
    asked: list[int] = []
    ranges = (asked.append(1) or ((0, 0), (2, 0)) for _ in range(1000))
    assert _with_merged([["a", "", ""]], ranges) == [["a"] * 3]
    assert len(asked) < 5


def test_line_breaks_of_word_do_not_glue_words() -> None:
    assert table_of_text("Chủ hộ\tGhi chú\nNguyễn Văn Thử\x0bvợ là Mẫu\tx\n").lines[1].cells[0] == (
        "Nguyễn Văn Thử vợ là Mẫu"
    )
