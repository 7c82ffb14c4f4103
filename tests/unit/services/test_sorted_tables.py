"""A workbook that somebody sorted, added up or saved otherwise between its export and its import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.unit.services.test_child_sheets import MEMBERS, book, clusters, errors, hints, members, of_cluster
from thidua_desktop.services import transfer
from thidua_desktop.services.child_tables import main_sheet
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_columns import LINE_MARK
from thidua_desktop.services.transfer_reading import read_tables
from thidua_desktop.store.queries import ListQuery

CLUSTER = "cluster"


def taken_in(session: Session, path: Path, *members_of: str, main: str = "Cụm") -> None:
    """Two clusters of one name, the second with more members; told apart by their notes."""
    lines = clusters(session, "Cụm", "Cụm")
    note = session.register(CLUSTER).field("note").label
    lines = [[*lines[0], note], [*lines[1], "một"], [*lines[2], "hai"]]
    rows = of_cluster(session, *(["Dòng 2" if at == 0 else "Dòng 3", name] for at, name in enumerate(members_of)))
    plan = transfer.preview_import(session, CLUSTER, book(path, {main: lines, MEMBERS: rows}))
    assert errors(plan) == []
    transfer.apply_import(session, plan)


def by_note(session: Session) -> dict[str, list[str]]:
    every: Any = session.file.records.every(ListQuery(CLUSTER))
    return {one.values["note"]: [row["name"] for row in one.values["members"]] for one in every}


def exported(session: Session, path: Path) -> dict[str, list[Sequence[str]]]:
    """The sheets of the register's export; the register is empty afterwards."""
    transfer.export_records(session, ListQuery(CLUSTER), path)
    for one in list(session.file.records.every(ListQuery(CLUSTER))):
        session.file.records.delete(CLUSTER, one.id, actor="A", now=session.now(), reason="thử")
    return {one.name: [line.cells for line in one.table.lines] for one in read_tables(path)}


def test_an_export_that_was_sorted_gives_each_record_its_own_rows(session: Session, tmp_path: Path) -> None:
    taken_in(session, tmp_path / "a.xlsx", "Xã A", "Xã B", "Xã C")
    before = by_note(session)
    sheets = exported(session, tmp_path / "b.xlsx")
    [name] = [one for one in sheets if one == main_sheet(session.register(CLUSTER))]
    heads, *lines = sheets[name]
    assert heads[-1] == LINE_MARK
    sorted_lines = {**sheets, name: [heads, *reversed(lines)]}
    plan = transfer.preview_import(session, CLUSTER, book(tmp_path / "c.xlsx", sorted_lines))
    assert errors(plan) == [] and LINE_MARK not in plan.ignored and not any(one.by_line for one in plan.sheets)
    transfer.apply_import(session, plan)
    assert by_note(session) == before == {"một": ["Xã A"], "hai": ["Xã B", "Xã C"]}


def test_a_marked_line_that_is_gone_or_there_twice_is_not_guessed(session: Session, tmp_path: Path) -> None:
    taken_in(session, tmp_path / "a.xlsx", "Xã A", "Xã B")
    sheets = exported(session, tmp_path / "b.xlsx")
    name = main_sheet(session.register(CLUSTER))
    heads, first, second = sheets[name]
    for lines, codes in (([second], ["TD-XFER-029"]), ([first, second, first], ["TD-XFER-022"])):
        changed = {**sheets, name: [heads, *lines]}
        plan = transfer.preview_import(session, CLUSTER, book(tmp_path / "c.xlsx", changed))
        assert [code for sheet, _, code in errors(plan) if sheet == MEMBERS] == codes


def test_left_out_lines_keep_their_marks(session: Session, tmp_path: Path) -> None:
    taken_in(session, tmp_path / "a.xlsx", "Xã A", "Xã B")
    sheets = exported(session, tmp_path / "b.xlsx")
    name = main_sheet(session.register(CLUSTER))
    heads, first, second = sheets[name]
    long = [*sheets[MEMBERS], (sheets[MEMBERS][-1][0], "x" * 400)]
    changed = {**sheets, name: [heads, second, first], MEMBERS: long}
    plan = transfer.preview_import(session, CLUSTER, book(tmp_path / "c.xlsx", changed))
    transfer.write_broken_lines(plan, tmp_path / "loi.xlsx")
    again = transfer.preview_import(session, CLUSTER, tmp_path / "loi.xlsx")
    assert [sheet for sheet, _, code in errors(again)] == [MEMBERS] and again.lost == 0


def test_rows_that_name_lines_by_number_are_counted(session: Session, tmp_path: Path) -> None:
    rows = of_cluster(session, ["Dòng 2", "Xã A"], ["2", "Xã B"], ["Cụm số 1", "Xã C"])
    path = book(tmp_path / "a.xlsx", {"Cụm": clusters(session, "Cụm số 1"), MEMBERS: rows})
    assert [one.by_line for one in transfer.preview_import(session, CLUSTER, path).sheets] == [2]


def test_sums_and_empty_lines_among_child_rows_are_told_of(session: Session, tmp_path: Path) -> None:
    rows = [
        *of_cluster(session, ["Cụm số 1", "Xã A"]),
        ["Tổng cộng", "", "12"],
        ["", "", "", "", "", "", "", "", "ghi chú"],
    ]
    path = book(tmp_path / "a.xlsx", {"Cụm": clusters(session, "Cụm số 1"), MEMBERS: rows})
    plan = transfer.preview_import(session, CLUSTER, path)
    told = [text for text in hints(plan) if text.startswith(f"Trang “{MEMBERS}”")]
    assert errors(plan) == [] and plan.lost == 0
    assert told == [
        f"Trang “{MEMBERS}”, dòng 3 là dòng cộng nên không nhập: “Tổng cộng 12”.",
        f"Trang “{MEMBERS}”, dòng 4 không có gì cho sổ này nên bỏ qua: “ghi chú”.",
    ]
    transfer.apply_import(session, plan)
    assert members(session) == {"Cụm số 1": ["Xã A"]}


def test_an_area_that_stands_on_another_line_of_the_table_comes_the_second_time(
    session: Session, tmp_path: Path
) -> None:
    spec = session.register("residential_area")
    heads = [spec.field(one).label for one in ("kind", "name", "households")]
    rows = [["Thuộc khu dân cư", "Khu dân cư cũ"], ["Thôn Hòa Mới", "Thôn Hòa Cũ"]]
    sheets = {"Khu dân cư": [heads, ["Thôn", "Hòa Mới", 90], ["Thôn", "Hòa Cũ", 40]], "Khu dân cư trước đó": rows}
    path = book(tmp_path / "a.xlsx", sheets)
    plan = transfer.preview_import(session, spec.name, path)
    assert errors(plan) == [("Khu dân cư trước đó", 2, "TD-XFER-031")] and len(plan.rows) == 1
    transfer.apply_import(session, plan)
    again = transfer.preview_import(session, spec.name, path)
    assert (errors(again), len(again.rows), again.unchanged) == ([], 1, 1)
    transfer.apply_import(session, again)
    found: Any = {one.values["name"]: one for one in session.file.records.every(ListQuery(spec.name))}
    assert found["Hòa Mới"].values["predecessors"] == ({"area": found["Hòa Cũ"].id},)


@pytest.mark.parametrize("ending", [".xml", ".xls"])
def test_a_spreadsheet_as_xml_may_be_called_so(session: Session, tmp_path: Path, ending: str) -> None:
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    lines = ("".join(map(cell.format, row)) for row in clusters(session, "Cụm số 1"))
    cells = "".join(f"<Row>{line}</Row>" for line in lines)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="Cụm"><Table>{cells}'
    path = tmp_path / f"a{ending}"
    path.write_text(f"{text}</Table></Worksheet></Workbook>", "utf-8")
    assert len(transfer.preview_import(session, CLUSTER, path).rows) == 1
