"""Child rows on sheets of their own: what is wrong with them, records that have some already, what stays hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec, FieldType, Row
from thidua_desktop.services import child_writing, records, transfer
from thidua_desktop.services.child_rows import merged_rows
from thidua_desktop.services.child_tables import Owners, child_tables, heading_of
from thidua_desktop.services.session import Role, Session
from thidua_desktop.services.transfer_reading import read_tables
from thidua_desktop.store.queries import ListQuery

CLUSTER, TEAM, CASE = "cluster", "fire_team", "mediation_case"
MEMBERS = "Thành viên"
Sheets = Mapping[str, Any]
Add = Callable[..., str]


def book(path: Path, sheets: Sheets) -> Path:
    """A workbook with these sheets."""
    made = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        page = made.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    made.close()
    return path


def errors(plan: transfer.ImportPlan) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.row, one.code) for one in plan.problems if one.severity is Severity.ERROR]


def hints(plan: transfer.ImportPlan) -> list[str]:
    return [one.text for one in plan.problems if one.severity is Severity.HINT]


def clusters(session: Session, *names: str) -> list[Any]:
    """The sheet of clusters, as a template has it, with these names."""
    spec = session.register(CLUSTER)
    needed = [field for field in spec.living_fields if field.required and field.name != "name"]
    kinds = {FieldType.CHOICE: "", FieldType.INTEGER: 2026}
    heads = [spec.field("name").label, *(field.label for field in needed)]
    codes = [
        session.definitions.catalogs[field.catalog].items[0].label if field.catalog else kinds[field.type]
        for field in needed
    ]
    return [heads, *([name, *codes] for name in names)]


def of_cluster(session: Session, *rows: Sequence[object]) -> list[Any]:
    table = child_tables(session.register(CLUSTER))[0]
    return [[table.owner.label, *(heading_of(child) for child in table.children)], *rows]


def members(session: Session) -> dict[str, list[str]]:
    """Members by cluster."""
    every: Any = session.file.records.every(ListQuery(CLUSTER))
    return {str(one.values["name"]): [row["name"] for row in one.values.get("members", ())] for one in every}


def test_rows_come_with_their_record_by_title_by_line_and_go_with_one_undo(session: Session, tmp_path: Path) -> None:
    rows = of_cluster(session, ["cụm số 1", "Xã A", "Lý A"], ["Dòng 3", "Xã B"], ["3", "Xã C"], ["Cụm số 1", "Xã D"])
    path = book(tmp_path / "a.xlsx", {"Cụm": clusters(session, "Cụm số 1", "Cụm số 2"), MEMBERS: rows})
    plan = transfer.preview_import(session, CLUSTER, path)
    assert (errors(plan), plan.ignored, [sheet.records for sheet in plan.sheets]) == ([], (), [2])
    assert any("Cụm số 1, kèm thành viên 2 dòng" in text for text in hints(plan))
    assert [one.row for one in plan.problems if one.code == "TD-XFER-028"] == [2, 3]
    transfer.apply_import(session, plan)
    assert members(session) == {"Cụm số 1": ["Xã A", "Xã D"], "Cụm số 2": ["Xã B", "Xã C"]}
    records.undo(session)
    assert members(session) == {}


def test_a_row_without_its_record_says_what_to_do_and_goes_back(session: Session, tmp_path: Path) -> None:
    rows = of_cluster(session, ["Cụm số 9", "Xã A"], ["", "Xã B"], ["Cụm", "Xã C"], ["Cụm số 1", "Xã D"], ["9", "Xã E"])
    path = book(tmp_path / "a.xlsx", {"Cụm": clusters(session, "Cụm số 1", "Cụm", "Cụm"), MEMBERS: rows})
    plan = transfer.preview_import(session, CLUSTER, path)
    codes = ["TD-XFER-029", "TD-XFER-023", "TD-XFER-022", "TD-XFER-029"]
    assert errors(plan) == [(MEMBERS, row, code) for row, code in zip((2, 3, 4, 6), codes, strict=True)]
    assert all("Dòng và số dòng" in one.text for one in plan.problems if one.severity is Severity.ERROR)
    result = transfer.apply_import(session, plan, error_file=tmp_path / "loi.xlsx")
    assert (result.recorded, result.lost, members(session)["Cụm số 1"]) == (3, 4, ["Xã D"])
    assert "4 dòng con" in result.sentence and str(result.error_file) in result.sentence
    back = {one.name: one.table.lines for one in read_tables(tmp_path / "loi.xlsx")}
    assert [line.cells[1] for line in back[MEMBERS]][1:] == ["Xã A", "Xã B", "Xã C", "Xã E"]
    assert "không có" in back[MEMBERS][1].cells[-1] and back[MEMBERS][0].cells[-1] == "Lỗi"


def test_a_wrong_row_keeps_its_record_out_and_both_come_back_whole(session: Session, tmp_path: Path) -> None:
    table = child_tables(session.register(TEAM))[0]
    heads = [table.owner.label, *(heading_of(child) for child in table.children)]
    kind = session.definitions.catalogs["force_equipment"].items[0].label
    rows = [heads, ["Dòng 3", kind, "hai", ""], ["Dòng 3", kind, 5, ""], ["Dòng 3", "", 5, ""], ["Dòng 2", kind, 1, ""]]
    teams = team_sheet(session, "Đội A", "Đội B")
    plan = transfer.preview_import(session, TEAM, book(tmp_path / "a.xlsx", {"Đội": teams, table.sheet: rows}))
    assert [(sheet, row) for sheet, row, _ in errors(plan)] == [(table.sheet, 2), (table.sheet, 4)]
    assert "Chưa nhập “Loại”" in next(one.text for one in plan.problems if one.row == 4)
    assert ([line.number for line in plan.broken], [row.number for row in plan.rows]) == ([3], [2])
    transfer.write_broken_lines(plan, tmp_path / "loi.xlsx")
    back = {one.name: [line.cells for line in one.table.lines] for one in read_tables(tmp_path / "loi.xlsx")}
    assert [cells[0] for cells in back[table.sheet]][1:] == ["Dòng 2"] * 3  # where the record stands in this file
    assert table.sheet in back["Dòng lỗi"][1][-1]
    again = transfer.preview_import(session, TEAM, tmp_path / "loi.xlsx")
    assert [(sheet, row) for sheet, row, _ in errors(again)] == [(table.sheet, 2), (table.sheet, 4)]


def team_sheet(session: Session, *names: str) -> list[Any]:
    spec = session.register(TEAM)
    sample = {field.name: field for field in spec.living_fields if field.required and field.name != "name"}
    values = {"founded_on": "01/07/2025", "members": 12, "residential_area": "Tân Lập", "head": "Lý A"}
    heads = [spec.field("name").label, *(field.label for field in sample.values())]
    return [heads, *([name, *(values.get(one, 1) for one in sample)] for name in names)]


def quantities(session: Session) -> list[int]:
    """Of the equipment of the one team."""
    [record] = session.file.records.every(ListQuery(TEAM))
    rows: Any = record.values["equipment"]
    return [row["quantity"] for row in rows]


def test_rows_of_a_record_that_is_here_are_not_doubled_and_none_goes(session: Session, tmp_path: Path) -> None:
    table = child_tables(session.register(TEAM))[0]
    kinds = [item.label for item in session.definitions.catalogs["force_equipment"].items[:3]]
    heads = [table.owner.label, *(heading_of(child) for child in table.children)]

    def taken_in(*rows: Sequence[object]) -> transfer.ImportPlan:
        sheets: Sheets = {"Đội": team_sheet(session, "Đội A"), table.sheet: [heads, *rows]}
        plan = transfer.preview_import(session, TEAM, book(tmp_path / "a.xlsx", sheets))
        assert errors(plan) == []
        if plan.rows:
            transfer.apply_import(session, plan)
        return plan

    taken_in(["Đội A", kinds[0], 5, ""], ["Đội A", kinds[1], 7, ""])
    assert taken_in(["Đội A", kinds[0], 5, ""]).unchanged == 1
    changed = taken_in(["Đội A", kinds[1], 9, ""], ["Đội A", kinds[2], 2, ""])
    assert changed.changing == 1
    assert "thêm 1 dòng, sửa 1 dòng, giữ 1 dòng bảng không có" in next(
        text for text in hints(changed) if "Đội A" in text
    )
    assert quantities(session) == [5, 9, 2]
    records.undo(session)
    assert quantities(session) == [5, 7]


def test_a_record_without_a_key_is_known_by_all_that_its_line_says(session: Session, tmp_path: Path) -> None:
    def plan_of(*rows: Sequence[object], twice: bool = False) -> transfer.ImportPlan:
        names = ["Cụm số 1"] * (2 if twice else 1)
        sheets = {"Cụm": clusters(session, *names), MEMBERS: of_cluster(session, *rows)}
        return transfer.preview_import(session, CLUSTER, book(tmp_path / "a.xlsx", sheets))

    transfer.apply_import(session, plan_of(["Dòng 2", "Xã A"]))
    assert plan_of(["Dòng 2", "Xã A"]).unchanged == 1
    transfer.apply_import(session, plan_of(["Dòng 2", "Xã B"]))
    assert members(session) == {"Cụm số 1": ["Xã A", "Xã B"]}
    assert errors(plan_of(["Dòng 2", "Xã C"], ["Dòng 3", "Xã D"], twice=True)) == [("", 3, "TD-XFER-025")]


def test_columns_and_sheets_that_nothing_takes_are_named(session: Session, tmp_path: Path) -> None:
    rows = [[*row, "x"] for row in of_cluster(session, ["Cụm số 1", "Xã A", "Lý A"])]
    rows[0][-1] = "Số nhà"
    nameless = [["Tên đơn vị", "Người đại diện"], ["Xã B", "Lý B"]]
    sheets = {"Bìa": [["Kính gửi"]], "Cụm": clusters(session, "Cụm số 1"), "TV": rows, MEMBERS: nameless}
    plan = transfer.preview_import(session, CLUSTER, book(tmp_path / "a.xlsx", sheets))
    assert plan.ignored == ("Số nhà (trang TV)",) and plan.unread == ("Bìa",)
    assert errors(plan) == [(MEMBERS, 1, "TD-XFER-024")] and plan.lost == 1
    chosen = transfer.preview_import(
        session, CLUSTER, tmp_path / "a.xlsx", {("TV", 3): "representative", ("TV", 2): None}
    )
    [row] = chosen.rows
    assert row.values["members"] == ({"name": "Xã A", "representative": "x"},)


def test_the_template_has_a_sheet_for_each_kind_of_rows(session: Session, tmp_path: Path) -> None:
    for name, spec in session.definitions.registers.items():
        transfer.template(session, name, tmp_path / "m.xlsx")
        found = {one.name: one.table.lines for one in read_tables(tmp_path / "m.xlsx")}
        for table in child_tables(spec):
            heads = found[table.sheet][0].cells
            assert heads[0] == f"{table.owner.label} *" and len(heads) == len(table.children) + 1
            assert len(table.sheet) <= 31
        assert len(found) == 1 + len(child_tables(spec))


def test_who_may_not_see_a_cell_does_not_take_it_out(session: Session, tmp_path: Path) -> None:
    from tests.scenarios.test_every_register import INSTEAD, with_links

    values: Any = {**with_links(session.register(CASE), {}), **INSTEAD.get(CASE, {})}
    parties: Any = ({"kind": "a", "name": "Người Bí Mật", "address": "Nhà Kín", "age": 40},)
    session.file.records.save(CASE, {**values, "parties": parties}, actor="A", now=session.now())
    leader = replace(session, user=replace(session.user, role=Role.LEADER))
    for ending in (".xlsx", ".jsonl"):
        path = tmp_path / f"a{ending}"
        transfer.export_records(leader, ListQuery(CASE), path)
        text = (
            path.read_text("utf-8") if ending == ".jsonl" else str([one.table.lines[1:] for one in read_tables(path)])
        )
        assert "Bí Mật" not in text and "Nhà Kín" not in text and "40" in text
    transfer.export_records(session, ListQuery(CASE), tmp_path / "b.xlsx")
    assert "Người Bí Mật" in str([list(one.table.lines) for one in read_tables(tmp_path / "b.xlsx")])


def test_more_rows_than_a_sheet_holds_are_refused(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = {"Cụm": clusters(session, "Cụm số 1"), MEMBERS: of_cluster(session, ["Dòng 2", "A"], ["Dòng 2", "B"])}
    transfer.apply_import(session, transfer.preview_import(session, CLUSTER, book(tmp_path / "a.xlsx", sheets)))
    monkeypatch.setattr(child_writing, "MOST_LINES", 1)
    with pytest.raises(UserError) as refused:
        transfer.export_records(session, ListQuery(CLUSTER), tmp_path / "b.xlsx")
    assert refused.value.code == "TD-XFER-026" and not (tmp_path / "b.xlsx").exists()


def test_rows_of_another_office_are_refused(session: Session, tmp_path: Path) -> None:
    sheets: dict[str, Any] = {"Cụm": clusters(session, "Cụm số 1")}
    transfer.apply_import(session, transfer.preview_import(session, CLUSTER, book(tmp_path / "a.xlsx", sheets)))
    table = session.file.records._database.table(CLUSTER)
    session.file.records._database.run(f'UPDATE "{table.name}" SET office = ?', ("66001",))
    sheets[MEMBERS] = of_cluster(session, ["Dòng 2", "Xã A"])
    plan = transfer.preview_import(session, CLUSTER, book(tmp_path / "a.xlsx", sheets))
    assert errors(plan) == [("", 2, "TD-XFER-027")] and not plan.rows


FIELD = FieldSpec(
    "rows", FieldType.ROWS, "Dòng con", known_by=("a",),
    fields=(FieldSpec("a", FieldType.TEXT, "A"), FieldSpec("b", FieldType.INTEGER, "B")),
)  # fmt: skip
CELLS = st.fixed_dictionaries({}, optional={"a": st.sampled_from("xyz"), "b": st.integers(0, 2)})
ROWS: Any = st.lists(CELLS.filter(bool), max_size=6)


@given(ROWS, ROWS)
def test_nothing_recorded_goes_and_nothing_given_twice_comes_twice(recorded: list[Row], given_rows: list[Row]) -> None:
    merged = merged_rows(FIELD, recorded, given_rows)
    assert len(merged.rows) == len(recorded) + merged.added == len(merged.origins)
    for old, new in zip(recorded, merged.rows, strict=False):
        assert old.keys() <= new.keys() and old.get("a") == new.get("a")
    for row in given_rows:
        assert any(row.items() <= kept.items() for kept in merged.rows)
    assert not merged_rows(FIELD, merged.rows, given_rows).added or len({row.get("a") for row in given_rows}) < len(
        given_rows
    )
    assert not merged_rows(FIELD, recorded, recorded).is_new


@given(st.lists(st.text("aA 1234dòngDòng,-", max_size=8), max_size=6))
def test_every_record_is_found_by_what_names_it(titles: list[str]) -> None:
    lines = range(2, 2 + len(titles))
    owners = Owners(lines, dict(zip(lines, titles, strict=True)))
    for line, title in zip(lines, titles, strict=True):
        assert owners.find(owners.cell(line, title).strip()) == [line]
