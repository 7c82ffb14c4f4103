"""Tables in and out."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError, error_table
from thidua_desktop.formdef.model import FieldType
from thidua_desktop.formdef.records import sample_values
from thidua_desktop.services import records, transfer
from thidua_desktop.services.session import Role, Session
from thidua_desktop.services.transfer_reading import cell_text, read_table, table_of_bytes, table_of_text
from thidua_desktop.services.transfer_writing import safe_cell
from thidua_desktop.services.workbook_cells import workbook
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.text import nfc

HOUSEHOLD, ACTIVITY = "household", "movement_activity"
Add = Callable[..., str]


def sheet(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(number, column, value)
    book.close()
    return path


def codes(plan: transfer.ImportPlan) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in plan.problems]


@pytest.fixture
def households(session: Session, area_ids: list[str], add: Add) -> list[str]:
    people = (("Hoàng Văn Thiềng", "066085000123", "0905123456"), ("H'Hen Niê", "001199000456", "0262381234"))
    return [
        add(
            HOUSEHOLD, residential_area=area_ids[place], representative=name, number=place + 1, identity_number=number,
            phone=phone, address="=1+1 ngõ 5", valid_from=date(2026, 1, 1),
        )
        for place, (name, number, phone) in enumerate(people)
    ]  # fmt: skip


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".jsonl"])
def test_what_is_exported_is_imported_again(
    session: Session, households: list[str], tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"ho{ending}"
    before = [records.get(session, HOUSEHOLD, key).values for key in households]
    assert transfer.export_records(session, ListQuery(HOUSEHOLD), path) == 2
    for key in households:
        records.delete(session, HOUSEHOLD, key, "thử")
    plan = transfer.preview_import(session, HOUSEHOLD, path)
    assert codes(plan) == []
    if ending == ".jsonl":
        plan = replace(plan, rows=replace(plan.rows, ids={}))
    result = transfer.apply_import(session, plan)
    assert result.recorded == 2
    after = [records.get(session, HOUSEHOLD, key).values for key in result.ids]
    assert sorted(after, key=lambda v: v["number"]) == before  # type: ignore[arg-type,return-value]
    assert list(tmp_path.iterdir()) == [path] or ending != ".xlsx" or not list(tmp_path.glob(".*.tmp"))


def test_jsonl_changes_known_records_and_leaves_equal_ones(
    session: Session, households: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "ho.jsonl"
    transfer.export_records(session, ListQuery(HOUSEHOLD), path)
    lines = path.read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0])
    first["values"]["address"] = "Ngõ 7"
    path.write_text("\n".join([json.dumps(first), lines[1], "{hỏng", '{"register":"khac","values":{}}']), "utf-8")
    plan = transfer.preview_import(session, HOUSEHOLD, path)
    assert (len(plan.rows), plan.unchanged, len(plan.broken)) == (1, 1, 2)
    assert codes(plan) == [(3, "", "TD-XFER-013"), (4, "", "TD-XFER-013")]
    result = transfer.apply_import(session, plan)
    assert result.ids == (first["id"],)
    assert records.get(session, HOUSEHOLD, first["id"]).values["address"] == "Ngõ 7"
    assert result.sentence == "Đã ghi 1 dòng, 1 dòng đã có sẵn, 2 dòng có lỗi chưa ghi."


def test_formulas_travel_as_text(session: Session, households: list[str], tmp_path: Path) -> None:
    transfer.export_records(session, ListQuery(HOUSEHOLD), tmp_path / "ho.csv")
    raw = (tmp_path / "ho.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "'=1+1 ngõ 5" in raw.decode("utf-8-sig")
    assert [safe_cell(text) for text in ("=1", "@x", "-5", "An")] == ["'=1", "'@x", "'-5", "An"]
    assert [safe_cell(f"{sign}1") for sign in "＝＋－＠"] == ["'＝1", "'＋1", "'－1", "'＠1"]
    transfer.export_records(session, ListQuery(HOUSEHOLD), tmp_path / "ho.xlsx")
    assert "=1+1 ngõ 5" in read_table(tmp_path / "ho.xlsx").lines[1].cells


def test_sensitive_columns_stay_here(session: Session, households: list[str], tmp_path: Path) -> None:
    leader = replace(session, user=replace(session.user, role=Role.LEADER))
    for ending in (".csv", ".jsonl"):
        path = tmp_path / f"ho{ending}"
        transfer.export_records(leader, ListQuery(HOUSEHOLD), path)
        text = path.read_text(encoding="utf-8-sig")
        assert "066085000123" not in text
        assert "Thiềng" in text


def test_a_foreign_table_is_understood(session: Session, area_ids: list[str], tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "danh sach.xlsx",
        [
            ["DANH SÁCH HỘ GIA ĐÌNH"],
            [],
            ["STT hộ", "NGUOI DAI DIEN HO *", "Khu dân cư", "Số định danh cá nhân", "Điện thoại", "Cư trú từ ngày"],
            [1, nfc("Đàm Thị Ún"), "tan lap", 1199000123, 905123456, date(2026, 3, 1)],
            [2, "Ma Văn Ết", "BUÔN EA M'DOAL", "066085000123", "0262 381 234", 46082],
        ],
    )
    plan = transfer.preview_import(session, HOUSEHOLD, path)
    assert plan.heading == 3
    assert {c.heading: c.field for c in plan.columns}["NGUOI DAI DIEN HO *"] == "representative"
    assert [row.number for row in plan.rows] == [4, 5]
    first, second = (row.values for row in plan.rows)
    assert (first["identity_number"], first["phone"]) == ("001199000123", "0905123456")
    assert (first["residential_area"], second["residential_area"]) == (area_ids[1], area_ids[0])
    assert (first["valid_from"], second["valid_from"]) == (date(2026, 3, 1), date(2026, 3, 1))
    assert codes(plan)[:2] == [
        (4, "Số định danh cá nhân", "TD-XFER-012"),
        (4, "Điện thoại", "TD-XFER-012"),
    ]


def test_bad_rows_are_named_and_written_back(session: Session, area_ids: list[str], tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "ho.xlsx",
        [
            ["Người đại diện hộ", "Khu dân cư", "Năm sinh", "Cư trú từ ngày"],
            ["Đàm Thị Ún", "Thôn Tân Lập", 1980, "32/13/2026"],
            ["Ma Văn Ết", "Thôn Không Có", 1980, ""],
            ["", "Thôn Tân Lập", 1980, ""],
            ["Lý A Tủa", "Thôn Tân Lập", 1980, "1/3/2026"],
        ],
    )
    plan = transfer.preview_import(session, HOUSEHOLD, path)
    assert [line.number for line in plan.broken] == [2, 3, 4]
    assert (3, "Khu dân cư", "TD-XFER-010") in codes(plan)
    assert (4, "Người đại diện hộ", "TD-DATA-101") in codes(plan)
    where = error_table()["TD-XFER-008"].sentence.format(row=2, column="Cư trú từ ngày", text="")
    assert plan.problems[0].text.startswith(where)
    result = transfer.apply_import(session, plan, error_file=tmp_path / "loi.xlsx")
    assert (result.recorded, result.left_out) == (1, 3)
    table = read_table(tmp_path / "loi.xlsx")
    assert table.lines[1].cells[:2] == ("Đàm Thị Ún", "Thôn Tân Lập")
    assert "32/13/2026" in table.lines[1].cells[-1]
    assert result.sentence == f"Đã ghi 1 dòng, 3 dòng có lỗi chưa ghi, lưu ở tệp {tmp_path / 'loi.xlsx'}."
    undone = records.undo(session)
    assert undone.changes.ids == result.ids


def test_equal_names_are_ambiguous_unless_the_area_tells(
    session: Session, area_ids: list[str], add: Add, tmp_path: Path
) -> None:
    kind = session.definitions.catalogs["group_kind"].items[0].code
    group = {"number": "1", "kind": kind, "leader": "Lý A", "households": 9}
    made = [add("self_managed_group", residential_area=area, name="Tổ tự quản", **group) for area in area_ids]
    rows = [["Người đại diện hộ", "Khu dân cư", "Tổ tự quản"], ["Đàm Thị Ún", "Thôn Tân Lập", "tổ 1"]]
    plan = transfer.preview_import(session, HOUSEHOLD, sheet(tmp_path / "a.xlsx", rows))
    assert plan.rows[0].values["group"] == made[1]
    add(
        "self_managed_group",
        residential_area=area_ids[1],
        number="1",
        name="Tổ khác",
        kind=kind,
        leader="Ma B",
        households=9,
    )
    plan = transfer.preview_import(session, HOUSEHOLD, sheet(tmp_path / "b.xlsx", rows))
    assert codes(plan) == [(2, "Tổ tự quản", "TD-XFER-009")]
    assert "2 mục" in plan.problems[0].text


def test_missing_required_columns_are_named(session: Session, tmp_path: Path) -> None:
    path = sheet(tmp_path / "ho.xlsx", [["Khu dân cư", "Ghi chú"], ["Thôn Tân Lập", "x"]])
    plan = transfer.preview_import(session, HOUSEHOLD, path)
    assert plan.missing == ("Người đại diện hộ",)
    with pytest.raises(UserError) as refusal:
        transfer.apply_import(session, plan)
    assert refusal.value.code == "TD-XFER-007"
    assert "Người đại diện hộ" in refusal.value.sentence
    mapped = transfer.preview_import(session, HOUSEHOLD, path, {1: "representative"})
    assert mapped.missing == ()
    assert mapped.rows[0].values["representative"] == "x"


def test_old_fonts_are_offered_converted_and_wait_for_a_yes(session: Session, tmp_path: Path) -> None:
    rows = [["Người đại diện hộ", "Khu dân cư"], ["NguyÔn V¨n §øc", "Th«n T©n LËp"]]
    path = sheet(tmp_path / "cu.xlsx", rows)
    plan = transfer.preview_import(session, HOUSEHOLD, path)
    assert plan.legacy
    assert not plan.rows
    assert {problem.code for problem in plan.problems} >= {"TD-XFER-011"}
    assert "Nguyễn Văn Đức" in plan.problems[0].text or "Nguyễn Văn Đức" in plan.problems[1].text
    with pytest.raises(UserError) as refusal:
        transfer.apply_import(session, plan)
    assert refusal.value.code == "TD-XFER-015"
    yes = transfer.preview_import(session, HOUSEHOLD, path, convert_legacy=True)
    assert yes.rows[0].values["representative"] == "Nguyễn Văn Đức"
    assert "residential_area" in yes.rows[0].values


def test_nfd_text_is_composed(session: Session, tmp_path: Path) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Người đại diện hộ;Khu dân cư\nNguyễn Thị Ửng;Thôn Tân Lập\n")
    (tmp_path / "mac.csv").write_text(text, encoding="utf-8")
    plan = transfer.preview_import(session, HOUSEHOLD, tmp_path / "mac.csv")
    assert plan.rows[0].values["representative"] == nfc("Nguyễn Thị Ửng")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_guessed(encoding: str, delimiter: str) -> None:
    import unicodedata

    lines = [["Tên", "Số hộ"], ["Đàm, Thị; Ún", "12"], ["Lý A", "7"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    if encoding == "cp1258":
        text = "".join(_for_cp1258(letter) for letter in unicodedata.normalize("NFC", text))
    table = table_of_bytes(text.encode(encoding))
    assert [list(line.cells) for line in table.lines] == lines


def _for_cp1258(letter: str) -> str:
    """cp1258 has letters with hat or horn, and tones as combining marks."""
    import unicodedata

    try:
        letter.encode("cp1258")
        return letter
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone


def test_files_that_cannot_be_read_have_their_own_words(session: Session, tmp_path: Path) -> None:
    broken, foreign, empty = tmp_path / "a.xlsx", tmp_path / "b.pdf", tmp_path / "c.csv"
    broken.write_bytes(b"PK\x03\x04 khong phai excel")
    foreign.write_bytes(b"%PDF")
    empty.write_bytes(b"\n\n")
    found = []
    for path in (tmp_path / "khong-co.xlsx", foreign, broken, empty):
        with pytest.raises(UserError) as refusal:
            transfer.preview_import(session, HOUSEHOLD, path)
        assert path.name in str(refusal.value)
        found.append(refusal.value.code)
    assert found == ["TD-XFER-001", "TD-XFER-002", "TD-XFER-003", "TD-XFER-004"]
    with pytest.raises(UserError) as unwritable:
        transfer.export_records(session, ListQuery(HOUSEHOLD), tmp_path / "khong" / "co.csv")
    assert unwritable.value.code == "TD-XFER-014"


def test_a_template_on_a_full_disk_leaves_nothing_that_complains_later(monkeypatch: pytest.MonkeyPatch) -> None:
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    with pytest.raises(OSError), workbook(Path("/dev/full")) as book:
        book.add_worksheet("Mẫu").write_string(0, 0, "Tên")
    gc.collect()
    assert complaints == []


@pytest.mark.parametrize("register", ["residential_area", HOUSEHOLD, "organization", ACTIVITY, "resident_meeting"])
def test_the_excel_form_fits_its_own_import(session: Session, tmp_path: Path, register: str) -> None:
    path = transfer.template(session, register, tmp_path / "mau.xlsx")
    table = read_table(path)
    assert len(table.lines) == 1
    plan = transfer.preview_import(session, register, path)
    assert plan.missing == ()
    assert all(column.field for column in plan.columns)


def test_cells_read_as_typed() -> None:
    assert [cell_text(value) for value in (12.0, 1.5, True, None, " a ", date(2026, 3, 1))] == [
        "12", "1,5", "có", "", "a", "01/03/2026",
    ]  # fmt: skip


def test_progress_can_stop_an_import(session: Session, tmp_path: Path) -> None:
    path = sheet(tmp_path / "ho.xlsx", [["Người đại diện hộ", "Khu dân cư"], ["Lý A", "Thôn Tân Lập"]])
    plan = transfer.preview_import(session, HOUSEHOLD, path, on_progress=lambda done, total: False)
    assert not plan.rows


def test_the_same_file_twice_records_once(session: Session, tmp_path: Path) -> None:
    rows = [
        ["Người đại diện hộ", "Khu dân cư", "Năm sinh"],
        ["Lý A", "Thôn Tân Lập", 1980],
        ["Ma B", "Thôn Tân Lập", 1970],
    ]
    path = sheet(tmp_path / "ho.xlsx", rows)
    transfer.apply_import(session, transfer.preview_import(session, HOUSEHOLD, path))
    again = transfer.preview_import(session, HOUSEHOLD, path)
    assert (len(again.rows), again.unchanged, again.total) == (0, 2, 2)
    assert codes(again)[0] == (2, "", "TD-XFER-017")
    assert transfer.apply_import(session, again).recorded == 0


def test_an_own_export_is_known_before_it_is_checked(
    session: Session, add: Callable[..., str], area_ids: list[str], tmp_path: Path
) -> None:
    group = add("self_managed_group", residential_area=area_ids[0], number="9", name="Tổ số 9", kind="security")
    shared = {"year": 2025, "residential_area": area_ids[0], "group": group, "class": "good"}
    add("group_rating", rated_on=date(2025, 12, 20), **shared)
    path = tmp_path / "xep-loai.xlsx"
    assert transfer.export_records(session, ListQuery("group_rating"), path) == 1
    plan = transfer.preview_import(session, "group_rating", path)  # a group is rated once a year
    assert (plan.unchanged, len(plan.rows), plan.broken) == (1, 0, ())


def test_a_closed_period_is_told_and_links_must_be_here(session: Session, area_ids: list[str], tmp_path: Path) -> None:
    session.file.periods.lock("month", "2026-11", date(2026, 10, 15), date(2026, 11, 14), "A", session.now())
    kind = session.definitions.catalogs["activity_kind"].items[0].code
    values = {"held_on": "2026-11-10", "kind": kind, "title": "Lễ", "residential_area": area_ids[0]}
    lines = [{"values": values}, {"values": {**values, "residential_area": "0193-khong"}}]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    plan = transfer.preview_import(session, ACTIVITY, path)
    assert [line.number for line in plan.broken] == [2]
    assert [warning.code for warning in plan.rows[0].warnings] == ["TD-DATA-201"]
    assert "tháng 11/2026" in plan.rows[0].warnings[0].text


def test_locked_and_endless_files_are_refused(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import python_calamine

    from thidua_desktop.services import transfer_reading

    path = sheet(tmp_path / "ho.xlsx", [["Người đại diện hộ"], ["Lý A"], ["Ma B"]])
    monkeypatch.setattr(transfer_reading, "MAX_LINES", 2)
    with pytest.raises(UserError) as endless:
        read_table(path)
    assert endless.value.code == "TD-XFER-006"

    class Locked:
        @staticmethod
        def from_path(path: Path) -> None:
            raise python_calamine.PasswordError

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Locked)
    with pytest.raises(UserError) as locked:
        read_table(path)
    assert locked.value.code == "TD-XFER-005"


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    "register", ["residential_area", HOUSEHOLD, "self_managed_group", "organization", ACTIVITY, "resident_meeting"]
)
def test_a_sample_of_every_register_travels_in_a_flat_table(
    session: Session, area_ids: list[str], tmp_path: Path, register: str, ending: str
) -> None:
    spec = session.register(register)
    sample = dict(sample_values(session.definitions, spec))
    for field in spec.fields:
        if field.type is FieldType.LINK:
            sample.pop(field.name, None)
            if field.name == "residential_area":
                sample[field.name] = area_ids[1]
        elif field.type is FieldType.ROWS:
            sample.pop(field.name, None)
    written = session.file.records.save(register, sample, actor="A", now=session.now())
    path = tmp_path / f"mot{ending}"
    transfer.export_records(session, ListQuery(register), path)
    session.file.records.delete(register, written.id, actor="A", now=session.now())
    plan = transfer.preview_import(session, register, path)
    assert [problem.text for problem in plan.problems if problem.row and problem.severity is Severity.ERROR] == []
    assert dict(written.values) in [dict(row.values) for row in plan.rows]


def test_a_pasted_block_is_read_with_and_without_headings(session: Session, area_ids: list[str]) -> None:
    with_heading = "Khu dân cư\tNgười đại diện hộ\nThôn Tân Lập\tLý A\n"
    plan = transfer.preview_paste(session, HOUSEHOLD, with_heading)
    assert [row.values["representative"] for row in plan.rows] == ["Lý A"]
    names = [name for name in session.register("residential_area").list.columns if name != "area_types"]
    cells = {"kind": "Thôn", "name": "Tân Mai", "households": "1.050"}
    bare = "\t".join(cells.get(name, "") for name in names)
    area = transfer.preview_paste(session, "residential_area", f"{bare}\n")
    assert (area.heading, area.missing) == (0, ())
    assert dict(area.rows[0].values) == {"kind": "thon", "name": "Tân Mai", "households": 1050}
    assert transfer.apply_import(session, area).recorded == 1
    with pytest.raises(UserError) as nothing:
        transfer.preview_paste(session, HOUSEHOLD, " \n")
    assert nothing.value.code == "TD-XFER-004"


def test_a_quote_in_a_name_swallows_no_rows(session: Session, area_ids: list[str]) -> None:
    rows = [f'Thôn Tân Lập\t{number}\t"Lý A" số {number}' for number in range(1, 3_001)]
    head = "Khu dân cư\tSố thứ tự\tNgười đại diện hộ\r\n"
    table = table_of_text(head + "\r\n".join(rows) + '\r\n"mở mà không đóng\t1\tx\r\n')
    assert len(table.lines) == 3_002
    assert table.lines[1].cells[2] == '"Lý A" số 1' and table.lines[-1].cells[0] == '"mở mà không đóng'


@pytest.mark.parametrize(
    ("pasted", "cells"),
    [
        ('a\t"hai\ndòng"\tb', ("a", "hai\ndòng", "b")),
        ('"có\ttab"\tb', ("có\ttab", "b")),
        ('"nói ""được"" rồi\nthôi"\tb', ('nói "được" rồi\nthôi', "b")),
        ("=1+1\t-5\t@x", ("=1+1", "-5", "@x")),
        ('5"\t7"', ('5"', '7"')),
        ("\ta\t\r", ("", "a", "")),
    ],
)
def test_cells_between_tabs(pasted: str, cells: tuple[str, ...]) -> None:
    (line,) = table_of_text(pasted).lines
    assert line.cells == cells


def test_a_title_over_the_headings_and_surplus_cells(session: Session, area_ids: list[str]) -> None:
    pasted = "DANH SÁCH HỘ\t\t\nKhu dân cư\tNgười đại diện hộ\nThôn Tân Lập\tLý A\nThôn Tân Lập\tLý B\tthừa\n"
    plan = transfer.preview_paste(session, HOUSEHOLD, pasted)
    assert plan.heading == 2 and [row.values["representative"] for row in plan.rows] == ["Lý A", "Lý B"]
    assert [(one.row, one.code) for one in plan.problems if one.code == "TD-UI-110"] == [(4, "TD-UI-110")]
