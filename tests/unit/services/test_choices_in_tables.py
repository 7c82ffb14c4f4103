"""Entries of a catalog as offices write them in tables: a part of a name that only one has, else what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.test_transfer import codes
from thidua_desktop.domain.problems import Severity
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer import ImportPlan

MEETING = "resident_meeting"


def plan_of(session: Session, folder: Path, *kinds: str) -> ImportPlan:
    path = folder / "họp.csv"
    lines = [f"Tân Lập;{day:02d}/11/2026;{kind};52;40" for day, kind in enumerate(kinds, start=2)]
    path.write_text("\n".join(["Khu dân cư;Ngày họp;Loại họp;Tổng số hộ;Số hộ dự", *lines]), "utf-8")
    return transfer.preview_import(session, MEETING, path)


def test_a_part_of_one_name_is_taken_for_it_and_told_once(session: Session, tmp_path: Path) -> None:
    plan = plan_of(session, tmp_path, "Đột xuất", "Định kỳ", "Đột xuất")
    assert [row.values["kind"] for row in plan.rows] == ["extraordinary", "regular", "extraordinary"]
    told = [one.text for one in plan.problems if one.code == "TD-XFER-034"]
    assert sorted(told) == [
        "Dòng 2, cột “Loại họp”: “Đột xuất” hiểu là “Họp đột xuất” (2 dòng).",
        "Dòng 3, cột “Loại họp”: “Định kỳ” hiểu là “Họp định kỳ” (1 dòng).",
    ]


def test_lines_that_were_corrected_in_the_file_of_faults_are_read_again(session: Session, tmp_path: Path) -> None:
    plan = plan_of(session, tmp_path, "Định kỳ", "Họp tổ")
    faults = transfer.write_broken_lines(plan, tmp_path / "loi.xlsx")
    assert transfer.apply_import(session, plan).recorded == 1
    again = transfer.preview_import(session, MEETING, faults)
    assert len(again.broken) == 1 and again.columns[-1].heading == "Lỗi" and again.ignored == ()


@pytest.mark.parametrize("kind", ["Họp tổ", "xuất", "Đột xuất khẩn"])
def test_what_no_name_holds_says_which_there_are(session: Session, tmp_path: Path, kind: str) -> None:
    """A single word is no name, and neither is a part with more behind it."""
    plan = plan_of(session, tmp_path, kind)
    assert len(plan.broken) == 1 and codes(plan) == [(2, "Loại họp", "TD-XFER-035")]
    problem = plan.problems[0]
    assert problem.severity is Severity.ERROR and f"“{kind}” không có trong danh mục" in problem.text
    assert "Ghi một trong: Họp " in problem.text and problem.text.endswith("; …")


def test_the_nearest_names_are_said_first(session: Session, tmp_path: Path) -> None:
    """Letters count where no word is the same: a name mistyped comes before those that only stand first."""
    plan = plan_of(session, tmp_path, "Hopdotxuat")
    told = plan.problems[0].text.partition("Ghi một trong: ")[2]
    assert told.startswith("Họp đột xuất;")


def test_a_guess_is_among_what_is_looked_at(session: Session, tmp_path: Path) -> None:
    plan = plan_of(session, tmp_path, "Đột xuất", "Họp tổ")
    assert [one.code for one in plan.guesses] == ["TD-XFER-034"]


def test_a_guess_is_told_though_its_first_line_is_recorded_already(session: Session, tmp_path: Path) -> None:
    first = plan_of(session, tmp_path, "Đột xuất")
    assert transfer.apply_import(session, first).recorded == 1
    again = plan_of(session, tmp_path, "Đột xuất", "Đột xuất")
    assert again.unchanged == 1 and len(again.rows) == 1
    assert [one.code for one in again.guesses] == ["TD-XFER-034"]
