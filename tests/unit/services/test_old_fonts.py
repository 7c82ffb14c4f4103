"""Tables written in fonts of before Unicode: the font of a cell says it, the letters where no font does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.services.made_files import old_workbook
from tests.unit.services.test_transfer import HOUSEHOLD, codes
from thidua_desktop.services import transfer
from thidua_desktop.services.cell_fonts import cells_in_old_fonts, old_font
from thidua_desktop.services.raw_lines import InTcvn3, InTcvn3Capitals, InVni
from thidua_desktop.services.session import Session
from thidua_desktop.text import looks_like_tcvn3, looks_like_vni

HEAD = ("Khu dân cư", "Người đại diện hộ")
LATER = "Times New Roman"
Cell = tuple[str, str]
"""A text and its font."""


def written(path: Path, rows: Sequence[Sequence[Cell]]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Hộ")
        for at, row in enumerate([[(one, LATER) for one in HEAD], *rows]):
            for column, (text, font) in enumerate(row):
                page.write_string(at, column, text, book.add_format({"font_name": font}))
    return path


def names(session: Session, path: Path) -> list[object]:
    plan = transfer.preview_import(session, HOUSEHOLD, path, convert_legacy=True)
    assert not plan.broken, codes(plan)
    return [row.values["representative"] for row in plan.rows]


@pytest.mark.parametrize(
    ("name", "text"),
    [(".VnTime", InTcvn3), (".VnArial NarrowH", InTcvn3Capitals),
     (".vntimeh", InTcvn3), ("VNI-Times", InVni), ("VNI Helve", InVni), (LATER, None),
     ("Vnese", None), ("VNITEC", None)],
)  # fmt: skip
def test_a_font_says_what_its_letters_are(name: str, text: type | None) -> None:
    assert old_font(name) is text


def test_the_font_decides_where_letters_could_be_of_either(session: Session, tmp_path: Path) -> None:
    """ "Haï" is "Hạ" in VNI and "Haù" in TCVN3; "Hµ" gives a syllable only in one."""
    rows = [
        [("Thoân Taân Laäp", "VNI-Times"), ("Haï", "VNI-Times")],
        [("Th«n T©n LËp", ".VnTime"), ("Hµ Hoµng", ".VnTime")],
        [("Thôn Tân Lập", LATER), ("Hà Á Lò", LATER)],
        [("Thoân Taân Laäp", "VNI-Helve"), ("Hà Lò", LATER)],
    ]
    path = written(tmp_path / "phông.xlsx", rows)
    assert [cell.text for cell in cells_in_old_fonts(path)["Hộ"]] == [InVni, InVni, InTcvn3, InTcvn3, InVni]
    doubted = transfer.preview_import(session, HOUSEHOLD, path)
    assert doubted.legacy and [row.values["representative"] for row in doubted.rows] == ["Hà Á Lò"]
    assert "Hạ" in next(one.text for one in doubted.problems if one.code == "TD-XFER-011" and one.column == HEAD[1])
    assert names(session, path) == ["Hạ", "Hà Hoàng", "Hà Á Lò", "Hà Lò"]


def test_letters_in_a_font_of_capitals_are_capitals(session: Session, tmp_path: Path) -> None:
    rows = [[("Th«n T©n LËp", ".VnTime"), ("NguyÔn V¨n §øc", ".VnTimeH")], [("Tân Lập", LATER), ("lan", ".VnArialH")]]
    assert names(session, written(tmp_path / "hoa.xlsx", rows)) == ["NGUYỄN VĂN ĐỨC", "LAN"]


def test_cells_of_an_old_workbook_have_their_fonts_too(session: Session, tmp_path: Path) -> None:
    rows = [
        [(one, LATER) for one in HEAD],
        [("Thoân Taân Laäp", "VNI-Times"), ("Haï", "VNI-Times")],
        [("Th«n T©n LËp", ".VnTime"), ("Hµ §øc", ".VnTimeH")],
        [("Thôn Tân Lập", LATER), ("Hà Á Lò", "Arial")],
        [("Tân Lập", "Tahoma"), ("Hạ", LATER)],
    ]
    path = tmp_path / "cũ.xls"
    path.write_bytes(old_workbook("Hộ", rows))
    found = [(cell.row, cell.column, cell.text) for cell in cells_in_old_fonts(path)["Hộ"]]
    assert found == [(1, 0, InVni), (1, 1, InVni), (2, 0, InTcvn3), (2, 1, InTcvn3Capitals)]
    assert names(session, path) == ["Hạ", "HÀ ĐỨC", "Hà Á Lò", "Hạ"]


def test_a_damaged_old_workbook_has_no_fonts_and_ends(tmp_path: Path) -> None:
    whole = old_workbook("Hộ", [[("Hµ", ".VnTime")]])
    path = tmp_path / "hỏng.xls"
    path.write_bytes(whole)
    assert cells_in_old_fonts(path)
    for at in range(24, len(whole), 37):
        path.write_bytes(whole[:at])
        cells_in_old_fonts(path)
        path.write_bytes(whole[:at] + b"\x02\0\0\0" + whole[at + 4 :])
        cells_in_old_fonts(path)


def test_unicode_fonts_are_not_looked_at(session: Session, tmp_path: Path) -> None:
    path = written(tmp_path / "mới.xlsx", [[("Tân Lập", LATER), ("Hà Á Lò", "Arial")]])
    assert cells_in_old_fonts(path) == {}


def test_without_a_font_all_lines_say_which_encoding_it_is(session: Session, tmp_path: Path) -> None:
    """Each of these words gives a syllable in TCVN3 too; together they are VNI."""
    lines = ["Taân Laäp;Haï", "Taân Laäp;Nguyeãn Vaên Ñöùc", "Taân Laäp;Traàn Thò Thuûy"]
    path = tmp_path / "vni.csv"
    path.write_bytes(";".join(("Khu daân cö", "Ngöôøi ñaïi dieän hoä")).encode("latin-1") + b"\n")
    path.write_bytes(path.read_bytes() + "\n".join(lines).encode("latin-1"))
    assert names(session, path) == ["Hạ", "Nguyễn Văn Đức", "Trần Thị Thủy"]


def test_a_text_of_both_encodings_is_of_the_one_with_more_syllables() -> None:
    assert looks_like_vni("Thoân Ñoâng Haï") and not looks_like_tcvn3("Thoân Ñoâng Haï")
    assert looks_like_tcvn3("Th«n §«ng H¹") and not looks_like_vni("Th«n §«ng H¹")
