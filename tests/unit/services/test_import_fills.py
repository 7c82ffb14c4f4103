"""One value for a field wherever a table says nothing of it: no column, or empty cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.services.test_transfer import sheet
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.services import records, transfer
from thidua_desktop.services.session import Session

ACTIVITY, AREA, HOUSEHOLD = "movement_activity", "residential_area", "household"
Add = Callable[..., str]


def pasted(session: Session, register: str, *lines: str, **fills: object) -> transfer.ImportPlan:
    return transfer.preview_paste(session, register, "\n".join(lines), fills=fills)  # type: ignore[arg-type]


def told(plan: transfer.ImportPlan) -> list[tuple[str, str, int]]:
    return [(fill.field, fill.shown, fill.lines) for fill in plan.fills]


def test_a_column_that_is_not_there_has_one_value_for_all_lines(session: Session) -> None:
    lines = ("Ngày\tNội dung chính", "08/11/2026\tTuần tra đêm", "09/11/2026\tTuần tra chợ")
    assert pasted(session, ACTIVITY, *lines).missing == ("Loại hoạt động",)
    plan = pasted(session, ACTIVITY, *lines, kind="patrol", attendance_total=12)
    assert (plan.missing, plan.broken) == ((), ())
    assert told(plan) == [("kind", "Tuần tra, canh gác", 2), ("attendance_total", "12", 2)]
    ids = transfer.apply_import(session, plan).ids
    assert [records.get(session, ACTIVITY, one).values["kind"] for one in ids] == ["patrol", "patrol"]
    assert pasted(session, ACTIVITY, *lines, kind="patrol", attendance_total=12).unchanged == 2


def test_only_empty_cells_are_filled(session: Session) -> None:
    lines = (
        "Ngày\tLoại hoạt động\tNội dung chính", "08/11/2026\tTuyên truyền\tLừa đảo", "09/11/2026\t\tTuần tra",
        "10/11/2026\tkhông có loại này\tSai",
    )  # fmt: skip
    plan = pasted(session, ACTIVITY, *lines, kind="patrol")
    assert [row.values["kind"] for row in plan.rows] == ["propaganda", "patrol"]
    assert (told(plan), [line.number for line in plan.broken]) == ([("kind", "Tuần tra, canh gác", 1)], [4])


def test_a_record_that_is_here_keeps_what_it_has(session: Session, area_ids: list[str], add: Add) -> None:
    known: Values = {"residential_area": area_ids[0], "representative": "Lý A", "birth_year": 1980}
    add(HOUSEHOLD, **known, members=5)
    add(HOUSEHOLD, **known | {"representative": "Ma B"})
    lines = ("Chủ hộ\tNăm sinh\tĐịa chỉ", "Lý A\t1980\tNgõ 1", "Ma B\t1980\tNgõ 2", "Vi C\t1990\tNgõ 3")
    plan = pasted(session, HOUSEHOLD, *lines, residential_area=area_ids[0], members=4)
    assert (plan.changing, [row.values["members"] for row in plan.rows]) == (2, [5, 4, 4])
    assert told(plan) == [("residential_area", "Buôn Ea M'Doal", 1), ("members", "4", 2)]


def test_the_area_given_tells_links_of_one_name_apart(session: Session, area_ids: list[str], add: Add) -> None:
    groups = [
        add("self_managed_group", residential_area=area, number="5", name="Tổ 5", kind="security")
        for area in area_ids[:2]
    ]
    lines = ("Chủ hộ\tTổ", "Lý A\tTổ 5")
    plan = pasted(session, HOUSEHOLD, *lines, residential_area=area_ids[1])
    assert [row.values.get("group") for row in plan.rows] == [groups[1]]


def test_what_the_program_computes_is_not_given(session: Session, tmp_path: Path) -> None:
    computed = next(iter(session.register("cluster").computed_fields))
    path = sheet(tmp_path / "a.xlsx", [["Năm"], [2026]])
    with pytest.raises(UserError, match="TD-DATA-040"):
        transfer.preview_import(session, "cluster", path, fills={computed: 1})


def test_a_field_without_a_column_is_named_by_its_label(session: Session) -> None:
    plan = pasted(session, ACTIVITY, "Ngày\tNội dung chính", "08/11/2026\tA", kind="không có")
    assert "cột “Loại hoạt động”" in plan.problems[0].text and not plan.rows
