"""Lists of people have days of birth and, of old people, years alone in one column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from thidua_desktop.domain.problems import Severity
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session


def test_a_year_alone_is_the_year_of_birth_and_told_once(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "người.csv"
    lines = ["Trần Văn Một;Nam;12/05/1984", "Lê Thị Hai;Nữ;1950", "Phạm Văn Ba;Nam;năm 1948", "Vũ Thị Tư;Nữ;5/1950"]
    path.write_text("\n".join(["Họ và tên;Giới tính;Ngày sinh", *lines]), "utf-8")
    plan = transfer.preview_import(session, "person", path)
    found = [(row.values.get("born_on"), row.values.get("birth_year")) for row in plan.rows]
    assert found == [(date(1984, 5, 12), None), (None, 1950), (None, 1948)]
    told = {one.code: one for one in plan.problems}
    assert told["TD-XFER-072"].text == "Dòng 3, cột “Ngày sinh”: “1950” chỉ có năm, ghi vào “Năm sinh” (2 dòng)."
    assert told["TD-XFER-072"].severity is Severity.WARNING
    assert "ghi 1950 ở “Năm sinh”" in told["TD-DATA-617"].text  # the month is not thrown away without a word


def test_a_year_that_stands_in_its_own_column_stays(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "người.csv"
    path.write_text("Họ và tên;Giới tính;Ngày sinh;Năm sinh\nLê Thị Hai;Nữ;1950;1951\nVũ Tư;Nam;1948;", "utf-8")
    plan = transfer.preview_import(session, "person", path)
    assert [row.values.get("birth_year") for row in plan.rows] == [1951, 1948]
