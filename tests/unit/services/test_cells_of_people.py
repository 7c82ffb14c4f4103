"""Cells as people write them: numbers of identity papers, and an hour before its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_reading import is_total
from thidua_desktop.services.transfer_rows import with_leading_zero

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("1199000123", "001199000123"), ("66085000123", "066085000123"),
        ("0490590012", "0490590012"),  # the zero stands there: a digit is missing elsewhere, and nobody knows which
        ("99199000123", "99199000123"), ("123456789", "123456789"),
    ],
)  # fmt: skip
def test_only_zeros_that_were_taken_away_come_back(typed: str, whole: str) -> None:
    field = load_definitions().registers["household"].field("identity_number")
    assert with_leading_zero(field, typed, TODAY) == whole


@pytest.mark.parametrize("written", ["8h30 ngày 02/10/2026", "lúc 20 giờ 15 phút, ngày 02/10/2026", "19h 2/10/2026"])
def test_an_hour_before_its_day_is_left_out_of_the_day(session: Session, tmp_path: Path, written: str) -> None:
    path = tmp_path / "tin.csv"
    path.write_text(
        f"Ngày nhận;Nguồn tin;Nội dung tin;Giá trị của tin\n{written};Điện thoại;Trộm xe;Có giá trị", "utf-8"
    )
    plan = transfer.preview_import(session, "tip", path)
    assert [row.values["received_on"] for row in plan.rows] == [date(2026, 10, 2)], plan.problems


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        (("", "Cộng", "218"), True), (("", "Céng", "218"), True), (("Tæng céng", "12"), True),
        (("TOÅNG COÄNG", "9"), True), (("Tống Văn", "12"), False), (("Céng Hßa", "12"), False),
    ],
)  # fmt: skip
def test_a_sum_is_known_in_the_letters_of_old_fonts(cells: tuple[str, ...], total: bool) -> None:
    assert is_total(cells) is total
