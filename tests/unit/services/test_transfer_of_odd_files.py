"""Tables as clumsy hands leave them: covers, headings on two lines, old fonts in .csv, lines of .jsonl gone wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.services.test_transfer import ACTIVITY, HOUSEHOLD, codes, sheet
from thidua_desktop.domain.problems import Severity
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session
from thidua_desktop.text import nfc

AREA, NAME = "Tân Lập", "Lường Thị Đẹp"
RECORD = "01a20ae8-61a6-719f-9729-5f63ebb0f04c"


def test_a_cover_sheet_is_passed_over(session: Session, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "bìa.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Bìa").write(0, 0, "Danh sách hộ gia đình")
    page = book.add_worksheet("Hộ")
    page.write_row(0, 0, ["Khu dân cư", "Người đại diện hộ"])
    page.write_row(1, 0, [AREA, NAME])
    book.close()
    assert len(transfer.preview_import(session, HOUSEHOLD, path).rows) == 1


def test_behind_a_cover_a_person_says_what_the_columns_are(session: Session, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "cũ.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Bìa").write(0, 0, "Sổ theo dõi")
    page = book.add_worksheet("2026")
    page.write_row(0, 0, ["TT", "Thôn", "Người ký tên"])
    page.write_row(1, 0, [1, AREA, NAME])
    book.close()
    plan = transfer.preview_import(session, HOUSEHOLD, path)
    assert (plan.missing, plan.ignored) == (("Người đại diện hộ",), ("Người ký tên",))
    assert len(transfer.preview_import(session, HOUSEHOLD, path, {2: "representative"}).rows) == 1


def test_without_any_fitting_sheet_the_first_is_named(session: Session, tmp_path: Path) -> None:
    plan = transfer.preview_import(session, HOUSEHOLD, sheet(tmp_path / "a.xlsx", [["Lạ"], ["x"]]))
    assert (plan.missing, plan.ignored) == (("Khu dân cư", "Người đại diện hộ"), ("Lạ",))


@pytest.mark.parametrize("title", [[], [["Danh sách hộ"]]])
def test_headings_may_stand_on_two_lines(session: Session, tmp_path: Path, title: list[list[str]]) -> None:
    rows = [
        *title,
        ["TT", "Khu dân cư", "Người đại diện hộ", "Số người", ""],
        ["", "", "", "Số nhân khẩu của hộ", "Trong đó nữ"],
        ["1", AREA, NAME, 5, 2],
    ]
    plan = transfer.preview_import(session, HOUSEHOLD, sheet(tmp_path / "hai-dòng.xlsx", rows))
    assert [(row.values["members"], row.values["members_female"]) for row in plan.rows] == [(5, 2)]
    assert (plan.broken, plan.ignored) == ((), ())


TCVN3 = "Khu d©n c\xad;Ng\xadêi ®¹i diÖn hé\nT©n LËp;L\xadêng ThÞ §Ñp\n"
VNI = "Khu daân cö;Ngöôøi ñaïi dieän hoä\nTaân Laäp;Löôøng Thò Ñeïp\n"


@pytest.mark.parametrize("text", [TCVN3, VNI], ids=["TCVN3", "VNI"])
def test_a_text_table_in_an_old_font_is_understood(session: Session, tmp_path: Path, text: str) -> None:
    path = tmp_path / "cũ.csv"
    path.write_bytes(text.encode("latin-1"))
    doubted = transfer.preview_import(session, HOUSEHOLD, path)
    assert (doubted.missing, doubted.legacy, len(doubted.rows)) == ((), True, 0)
    plan = transfer.preview_import(session, HOUSEHOLD, path, convert_legacy=True)
    assert [row.values["representative"] for row in plan.rows] == [nfc(NAME)]


VALUES = {"held_on": "2026-11-20", "kind": "propaganda", "title": "Họp"}


@pytest.mark.parametrize(
    "line",
    [
        "{", "[[" * 3000, "5", "[]", "{}", json.dumps({"values": 5}), json.dumps({"id": "xx", "values": VALUES}),
        json.dumps({"id": 5, "values": VALUES}), json.dumps({"values": {**VALUES, "unknown": 1}}),
        json.dumps({"values": {**VALUES, "attendance_total": 10**30}}), json.dumps({"register": "x", "values": VALUES}),
        json.dumps({"values": {**VALUES, "attendance_total": "12"}}), json.dumps({"values": {**VALUES, "items": [5]}}),
        json.dumps({"values": {**VALUES, "held_on": "30/02/2026"}}),
        json.dumps({"values": {**VALUES, "items": [{"kind": "fireworks", "quantity": "1e30", "unit": "piece"}]}}),
    ],
)  # fmt: skip
def test_a_line_gone_wrong_is_named_in_vietnamese(session: Session, tmp_path: Path, line: str) -> None:
    path = tmp_path / "dòng.jsonl"
    path.write_text(f"{json.dumps({'values': VALUES})}\n{line}\n", encoding="utf-8")
    plan = transfer.preview_import(session, ACTIVITY, path)
    errors = [problem for problem in plan.problems if problem.severity is Severity.ERROR]
    assert (len(plan.rows), [(problem.row, problem.code) for problem in errors]) == (1, [(2, "TD-XFER-013")])
    assert not any(word in errors[0].text for word in ("Expecting", "object", "Invalid", "int", "str"))


def test_an_id_stands_on_one_line_only(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "hai.jsonl"
    line = json.dumps({"id": RECORD, "values": VALUES})
    path.write_text(f"{line}\n{line}\n", encoding="utf-8")
    plan = transfer.preview_import(session, ACTIVITY, path)
    assert ([row.record_id for row in plan.rows], codes(plan)) == ([RECORD], [(2, "", "TD-XFER-013")])


def test_a_place_that_cannot_be_written_is_told_in_vietnamese(session: Session, tmp_path: Path) -> None:
    from thidua_desktop.errors import UserError
    from thidua_desktop.store.queries import ListQuery

    for ending in (".csv", ".xlsx", ".jsonl"):
        with pytest.raises(UserError, match="không có thư mục này") as refused:
            transfer.export_records(session, ListQuery(HOUSEHOLD), tmp_path / "none" / f"x{ending}")
        assert refused.value.code == "TD-XFER-014"


def test_limits_of_years_have_no_point(session: Session, tmp_path: Path) -> None:
    rows = [["Khu dân cư", "Người đại diện hộ", "Năm sinh"], [AREA, NAME, 1850]]
    plan = transfer.preview_import(session, HOUSEHOLD, sheet(tmp_path / "a.xlsx", rows))
    assert "mức thấp nhất là 1900." in plan.problems[0].text
