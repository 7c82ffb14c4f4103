"""Day line, signers and their names under a table: left out of an import with a note, and only they are."""

from __future__ import annotations

import pytest

from tests.unit.services.test_transfer import HOUSEHOLD
from thidua_desktop.domain.problems import Severity
from thidua_desktop.services import transfer
from thidua_desktop.services.raw_lines import RawLine, RawLines
from thidua_desktop.services.session import Session
from thidua_desktop.services.table_foot import foot_of, notes_of

HEAD = "Thôn, buôn\tHọ và tên chủ hộ\tNhân khẩu\n"
ROW = "Tân Lập\tLê Văn Giả\t4\n"
FOOT = (
    "\tEa Drăng, ngày 15 tháng 11 năm 2026\t\nNGƯỜI LẬP BIỂU\t\tTM. ỦY BAN NHÂN DÂN\n\t\tKT. Chủ tịch\n"
    "(Ký, ghi rõ họ tên)\t\tPhó Chủ tịch\nLò Thị Mẫu\t\tY Bhăm Thử Niê\n"
)


def test_signatures_in_columns_of_the_register_are_no_errors(session: Session) -> None:
    plan = transfer.preview_paste(session, HOUSEHOLD, HEAD + ROW + FOOT)
    assert ([row.values["representative"] for row in plan.rows], plan.broken) == (["Lê Văn Giả"], ())
    told = [one for one in plan.problems if one.code == "TD-XFER-021"]
    assert [one.row for one in told] == [3, 4, 5, 6, 7] and {one.severity for one in told} == {Severity.HINT}
    assert "“Ea Drăng, ngày 15 tháng 11 năm 2026”" in told[0].text and "“Lò Thị Mẫu Y Bhăm Thử Niê”" in told[4].text


def test_a_table_that_is_nothing_but_signatures_says_so(session: Session) -> None:
    plan = transfer.preview_paste(session, HOUSEHOLD, HEAD + FOOT)
    assert not plan.rows and not plan.broken and {one.code for one in plan.problems} == {"TD-XFER-021"}


def test_a_record_under_who_signs_is_never_left_out(session: Session) -> None:
    for below in (ROW, "Tân Lập\tCông Văn Thử\t\n"):
        plan = transfer.preview_paste(session, HOUSEHOLD, HEAD + ROW + "\tChủ tịch\t\n" + below)
        assert len(plan.rows) == 2 and len(plan.broken) == 1  # "Chủ tịch" stays what a person must look at
        assert "TD-XFER-021" not in {one.code for one in plan.problems}


@pytest.mark.parametrize(
    ("cells", "left_out"),
    [
        ([("Lê Văn Giả", "Chủ tịch")], 0),
        ([("", "Chủ tịch Hội Nông dân xã"), ("", "Lê Văn Giả")], 2),
        ([("Ngµy 15 th¸ng 11 n¨m 2026", "")], 1),  # the letters of TCVN3
        ([("", "ngày … tháng … năm 2026"), ("Trưởng Công an xã", "Kế toán")], 2),
        ([("Ngày hội toàn dân", "")], 0),
        ([("Ủy ban nhân dân xã Ea Drăng", "")], 0),  # an organization; signing it would be "TM."
        ([("1", "Chủ tịch")], 0),
        ([("Người lập biểu", ""), ("", "Ngày mai trời lại sáng")], 2),
        ([("Người lập biểu", ""), ("Ghi chú: lấy đến 15/11", "")], 0),
        ([("Tổ trưởng", ""), ("Lê Văn Giả", "Tân Lập")], 0),
    ],
)
def test_what_is_a_foot(cells: list[tuple[str, str]], left_out: int) -> None:
    lines = [RawLine(number, one) for number, one in enumerate([("Lò Văn A", "Tân Lập"), *cells], start=1)]
    assert len(foot_of(RawLines.of(lines), {0, 1})) == left_out


def test_who_signs_far_above_the_end_is_no_foot() -> None:
    lines = [RawLine(1, ("Chủ tịch",)), *(RawLine(number, ("Chủ tịch",)) for number in range(2, 40))]
    assert foot_of(RawLines.of(lines), set()) == range(19, 39)


@pytest.mark.parametrize(
    ("cells", "left_out"),
    [
        (("Ghi chú: số liệu lấy đến 15/11", ""), 1),
        (("", "* Chưa kể hộ tạm trú"), 1),
        (("(*) Theo sổ hộ khẩu", ""), 1),
        (("Lưu ý: chưa rà soát", "Tân Lập"), 0),
        (("Ghi chú", ""), 0),
        (("Ghi Văn Chú", ""), 0),
        (("*", ""), 0),
    ],
)
def test_what_is_a_note_under_a_table(cells: tuple[str, str], left_out: int) -> None:
    lines = RawLines.of([RawLine(1, ("Lò Văn A", "Tân Lập")), RawLine(2, cells)])
    assert len(notes_of(lines, {0, 1})) == left_out and not notes_of(lines, {0})


def test_notes_above_who_signs_are_no_lines_with_errors(session: Session) -> None:
    plan = transfer.preview_paste(session, HOUSEHOLD, HEAD + ROW + "Ghi chú: lấy đến 15/11\t\t\n" + FOOT)
    assert len(plan.rows) == 1 and not plan.broken
    assert [one.row for one in plan.problems if one.code == "TD-XFER-020"] == [3]
