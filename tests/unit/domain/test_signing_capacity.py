"""Capacities of Decree 30/2020/NĐ-CP, art. 13: what is printed over a signature, and what does not go together."""

from __future__ import annotations

import pytest

from thidua_desktop.domain.signing_capacity import Capacity, SigningBody, capacity_problems, signed_lines

COMMITTEE = SigningBody("Ủy ban nhân dân", "Chủ tịch", collective=True)
POLICE = SigningBody("Công an xã", "Trưởng Công an xã", collective=False)
BEHALF = "TM. ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("capacity", "position", "lines"),
    [
        (Capacity.HEAD, "Chủ tịch", (BEHALF, "CHỦ TỊCH")),
        (Capacity.DEPUTY, "Phó Chủ tịch", (BEHALF, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (Capacity.ACTING, "Q. Chủ tịch", (BEHALF, "Q. CHỦ TỊCH")),
        (Capacity.ORDERED, "Chánh Văn phòng", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (Capacity.AUTHORISED, "Trưởng Công an xã", ("TUQ. CHỦ TỊCH", "TRƯỞNG CÔNG AN XÃ")),
    ],
)
def test_lines_of_a_collective(capacity: Capacity, position: str, lines: tuple[str, ...]) -> None:
    above, printed = signed_lines(COMMITTEE, capacity, position)
    assert (*above, printed) == lines
    assert capacity_problems(COMMITTEE, capacity, position, "Đỗ Văn Út") == []


def test_who_decides_in_his_own_right_signs_for_nobody() -> None:
    assert signed_lines(COMMITTEE, Capacity.HEAD, "Chủ tịch", own_right=True) == ((), "CHỦ TỊCH")
    deputy = signed_lines(COMMITTEE, Capacity.DEPUTY, "Phó Chủ tịch", own_right=True)
    assert deputy == (("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH")


def test_a_head_regime_has_no_one_to_sign_for() -> None:
    assert signed_lines(POLICE, Capacity.HEAD, "Trưởng Công an xã") == ((), "TRƯỞNG CÔNG AN XÃ")
    lines = signed_lines(POLICE, Capacity.DEPUTY, "Phó Trưởng Công an xã")
    assert lines == (("KT. TRƯỞNG CÔNG AN XÃ",), "PHÓ TRƯỞNG CÔNG AN XÃ")


@pytest.mark.parametrize(
    ("code", "capacity", "position"),
    [
        ("TD-PRINT-085", Capacity.DEPUTY, "Chánh Văn phòng"),
        ("TD-PRINT-086", Capacity.HEAD, "Phó Chủ tịch"),
        ("TD-PRINT-087", Capacity.ORDERED, "Phó Chủ tịch"),
        ("TD-PRINT-087", Capacity.AUTHORISED, "Chủ tịch"),
        ("TD-PRINT-088", Capacity.ACTING, "Chánh Văn phòng"),
        ("TD-PRINT-089", Capacity.HEAD, "  "),
    ],
)
def test_what_does_not_go_together(code: str, capacity: Capacity, position: str) -> None:
    (problem,) = capacity_problems(COMMITTEE, capacity, position, "")
    assert problem.code == code and problem.field in {"position", "capacity"} and "{" not in problem.text


def test_no_degree_stands_before_a_name() -> None:
    (problem,) = capacity_problems(COMMITTEE, Capacity.HEAD, "Chủ tịch", "ThS. Đỗ Văn Út")
    assert (problem.code, problem.field) == ("TD-PRINT-090", "full_name")
    assert capacity_problems(COMMITTEE, Capacity.HEAD, "Chủ tịch", "Tsằn A Sáng") == []
