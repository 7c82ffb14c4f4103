"""Residential areas as offices have them: typed, pasted, in spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from thidua_desktop.services.area_lists import AreaDraft, areas_from_text, areas_from_xlsx


def read(pasted: str) -> list[tuple[str, str, int | None]]:
    return [(area.kind, area.name, area.households) for area in areas_from_text(pasted).areas]


def test_plain_lines_with_and_without_a_kind() -> None:
    assert read("Thôn Tân Lập\nBuôn Ea M'Doal\nEa Lai\nTổ dân phố số 4\n\n") == [
        ("thon", "Tân Lập", None),
        ("buon", "Ea M'Doal", None),
        ("buon", "Ea Lai", None),
        ("to_dan_pho", "số 4", None),
    ]


def test_cells_copied_from_excel() -> None:
    assert read("1\tThôn Tân Lập\t48\r\n2\tThôn Tân An\t1.250\r\n\tTổng cộng\t1298\r\n") == [
        ("thon", "Tân Lập", 48),
        ("thon", "Tân An", 1250),
    ]


def test_a_heading_tells_the_columns() -> None:
    pasted = "STT\tLoại\tTên khu dân cư\tSố người\tSố hộ\n1\tKhu phố\tHòa Bình\t900\t210\n2\tẤp\tMỹ Lộc\t\t\n"
    assert read(pasted) == [("khu_pho", "Hòa Bình", 210), ("ap", "Mỹ Lộc", None)]


@pytest.mark.parametrize("head", ["Tên thôn, buôn", "Thôn, buôn", "TÊN KHU DÂN CƯ (thôn, tổ)", "Khu dân cư"])
def test_the_table_that_an_office_has_with_its_titles_leaders_and_total(head: str) -> None:
    pasted = "\n".join((
        "UBND XÃ EA KLY", "DANH SÁCH THÔN, BUÔN NĂM 2026", "",
        f"STT\t{head}\tLoại\tSố hộ dân\tSố khẩu\tTên trưởng thôn",
        "1\tThôn 1\tThôn\t182\t741\tNguyễn Văn Hậu", "2\tBuôn Ea Kly\tBuôn\t97\t488\tH'Hen Mlô",
        "\tTổng cộng:\t\t279\t1229\t",
    ))  # fmt: skip
    assert read(pasted) == [("thon", "1", 182), ("buon", "Ea Kly", 97)]


def test_without_heads_the_names_are_where_the_texts_differ() -> None:
    assert read("1\tThôn\tTân Lập\t48\n2\tThôn\tTân An\t50\n3\tThôn\tTân Hòa\t5") == [
        ("thon", "Tân Lập", 48), ("thon", "Tân An", 50), ("thon", "Tân Hòa", 5)
    ]  # fmt: skip


def test_the_same_area_twice_is_read_once_and_told() -> None:
    found = areas_from_text("Thôn Tân Hòa\nthôn Tân Hoà\nThôn Tân Hóa")
    assert [area.name for area in found.areas] == ["Tân Hòa", "Tân Hóa"]
    assert [(problem.code, problem.field) for problem in found.problems] == [("TD-DATA-204", "row[2]")]


def test_odd_numbers_and_old_fonts_are_told() -> None:
    found = areas_from_text("Thôn Tân Lập\tkhoảng 50\nTh«n Hoµ B×nh\t12")
    assert found.areas[0].households is None
    assert found.areas[1] == AreaDraft(2, "thon", "Hoà Bình", 12)
    assert [problem.code for problem in found.problems] == ["TD-DATA-205", "TD-DATA-206"]


@pytest.mark.parametrize("pasted", ["", "  \n \n"])
def test_nothing_gives_nothing(pasted: str) -> None:
    assert areas_from_text(pasted).areas == ()


def test_a_spreadsheet_is_read(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "kdc.xlsx"))
    page = book.add_worksheet()
    for number, row in enumerate(
        (["DANH SÁCH THÔN"], ["TT", "Tên thôn", "Số hộ"], [1, "Thôn 1", 120], [2, "Thôn 2", 95])
    ):
        page.write_row(number, 0, row)
    book.close()
    found = areas_from_xlsx(tmp_path / "kdc.xlsx")
    assert [(area.row, area.name, area.households) for area in found.areas] == [(3, "1", 120), (4, "2", 95)]
