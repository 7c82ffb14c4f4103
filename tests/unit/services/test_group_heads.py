"""Lines with nothing but the name of a residential area: the area of the lines below, never a record or a fault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from thidua_desktop.services import links, transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer import ImportPlan

HOUSEHOLD, AREA, PERSON = "household", "residential_area", "representative"
HEADS = ("STT", "Chủ hộ", "Số khẩu")


@pytest.fixture(autouse=True)
def areas(session: Session) -> None:
    for kind, name in (("buon", "Ea Đar"), ("thon", "Bình Minh")):
        values: Any = {"kind": kind, "name": name}
        session.file.records.save(AREA, values, actor="A", now=session.now())
    session.entries.clear()
    session.whole_registers.clear()


def read(session: Session, *lines: Sequence[str], heads: Sequence[str] = HEADS, **more: Any) -> ImportPlan:
    text = "\n".join("\t".join(line) for line in (heads, *lines))
    return transfer.preview_paste(session, HOUSEHOLD, text, **more)


def homes(session: Session, plan: ImportPlan) -> list[tuple[str, str]]:
    area = session.register(HOUSEHOLD).field(AREA)
    return [(str(row.values[PERSON]), links.label(session, area, row.values.get(AREA))) for row in plan.rows]


def told(plan: ImportPlan) -> list[str]:
    return [one.text for one in plan.problems if one.code == "TD-XFER-033"]


GROUPS = (
    ("", "Thôn Buôn Ea Đar", ""),
    ("1", "Y Blăm Niê", "4"),
    ("2", "H’Nuôn Êban", "5"),
    ("II", "Bình Minh (2 hộ):", ""),
    ("1", "Lê Thị Thoa", "3"),
    ("2", "Vũ Văn Thạo", "6"),
)


def test_heads_give_the_area_to_the_lines_below(session: Session) -> None:
    plan = read(session, *GROUPS, ("", "Tổng cộng", "18"))
    expected = [("Y Blăm Niê", "Buôn Ea Đar"), ("H’Nuôn Êban", "Buôn Ea Đar")]
    assert homes(session, plan) == [*expected, ("Lê Thị Thoa", "Thôn Bình Minh"), ("Vũ Văn Thạo", "Thôn Bình Minh")]
    assert (plan.broken, plan.missing, plan.total) == ((), (), 4)
    assert told(plan) == ["Dòng 2, 5 là tên khu dân cư cho các dòng dưới: “Buôn Ea Đar”, “Bình Minh”."]
    assert len(transfer.apply_import(session, plan).ids) == 4


@pytest.mark.parametrize(
    ("head", "name"),
    [("Thôn 3 - Hòa Bình", "3 - Hòa Bình"), ("III. Thôn 3 - Hòa Bình (2 hộ)", "3 - Hòa Bình"),
     ("Nam Sơn - 2", "Nam Sơn - 2"), ("1) Thôn Nam Sơn - 2 - 15 hộ", "Nam Sơn - 2")],
)  # fmt: skip
def test_numbers_within_a_name_are_of_the_name(session: Session, head: str, name: str) -> None:
    for one in ("3 - Hòa Bình", "Hòa Bình", "Nam Sơn - 2", "Nam Sơn"):
        values: Any = {"kind": "thon", "name": one}
        session.file.records.save(AREA, values, actor="A", now=session.now())
    session.entries.clear()
    session.whole_registers.clear()
    plan = read(session, ("", head, ""), *GROUPS[1:3])
    assert [area for _, area in homes(session, plan)] == [f"Thôn {name}"] * 2


def test_a_line_that_says_its_area_keeps_it(session: Session) -> None:
    lines = [(*one, "Bình Minh" if one[1] == "Y Blăm Niê" else "") for one in GROUPS[:3]]
    plan = read(session, *lines, heads=(*HEADS, "Thôn, buôn"))
    assert homes(session, plan) == [("Y Blăm Niê", "Thôn Bình Minh"), ("H’Nuôn Êban", "Buôn Ea Đar")]
    assert not plan.broken and len(told(plan)) == 1


def test_lines_under_a_place_that_is_not_in_the_register_are_of_no_other_one(session: Session) -> None:
    plan = read(session, *GROUPS[:3], ("", "Thôn Chưa Có", ""), ("1", "Lê Thị Thoa", "3"))
    assert [name for _, name in homes(session, plan)] == ["Buôn Ea Đar"] * 2
    assert [line.number for line in plan.broken] == [6]
    assert any("Thôn Chưa Có" in one.text for one in plan.problems if one.row == 6)


def test_the_column_of_heads_is_left_out_when_a_person_says_so(session: Session) -> None:
    at = next(one.index for one in read(session, *GROUPS).columns if one.field == AREA)
    plan = read(session, *GROUPS, mapping={at: None})
    assert plan.missing == ("Khu dân cư",) and next(one for one in plan.columns if one.index == at).field is None


def test_a_list_of_nothing_but_names_of_places_has_no_groups(session: Session) -> None:
    places = ("Bình Minh", "Buôn Ea Đar", "Tân Lập")
    plan = transfer.preview_paste(session, "model", "Tên mô hình\n" + "\n".join(places))
    assert [one for one in plan.columns if "dòng riêng" in one.heading] == [] and not told(plan)
    assert plan.total == len(places) or plan.missing


@pytest.mark.parametrize("merged", [True, False])
def test_a_head_merged_over_the_width_is_one_though_a_line_has_but_one_cell(
    session: Session, tmp_path: Path, merged: bool
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet("Hộ")
    page.write_row(0, 0, ["Chủ hộ", "", "x"])
    for row, (head, name) in enumerate((("Ea Đar", "Y Blăm Niê"), ("Bình Minh", "Lê Thị Thoa"))):
        if merged:
            page.merge_range(row * 3 + 1, 0, row * 3 + 1, 2, head)
        else:
            page.write(row * 3 + 1, 0, head)
        page.write(row * 3 + 2, 0, name)
        page.write(row * 3 + 3, 0, f"{name} Hai")
    book.close()
    plan = transfer.preview_import(session, HOUSEHOLD, tmp_path / "a.xlsx")
    assert bool(told(plan)) == merged and bool(plan.missing) != merged
    assert len(homes(session, plan)) == (4 if merged else 0)


def test_a_person_called_like_a_village_is_no_head_where_lines_say_their_area(session: Session) -> None:
    heads = ("Chủ hộ", "Khu dân cư", "Số khẩu")
    lines = (("Lê Thị Thoa", "Bình Minh", "3"), ("Bản Văn A", "", ""), ("Vũ Văn Thạo", "Bình Minh", "6"))
    plan = read(session, *lines, heads=heads)
    assert told(plan) == [] and [line.cells[0] for line in plan.broken] == ["Bản Văn A"]
    known = (lines[0], ("Bình Minh", "", ""), lines[2])
    assert told(read(session, *known, heads=heads)) == ["Dòng 3 là tên khu dân cư cho các dòng dưới: “Bình Minh”."]
