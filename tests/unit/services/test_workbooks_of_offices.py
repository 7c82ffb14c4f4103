"""Workbooks as offices keep them: formulas that give errors, hidden sheets, a sheet for each month, dashes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from thidua_desktop.errors import UserError
from thidua_desktop.services import transfer, transfer_reading
from thidua_desktop.services.formula_errors import ErrorCell, error_cells
from thidua_desktop.services.session import Session

REGISTER = "movement_activity"
HEADS = ("Ngày", "Khu dân cư", "Loại hoạt động", "Nội dung chính", "Lượt người dự")
Fill = Callable[[Any], object]


def line(day: str, title: str = "Tuần tra đêm", people: object = 40, area: str = "Tân Lập") -> list[object]:
    return [day, area, "Tuần tra, canh gác", title, people]


@pytest.fixture
def plan_of(session: Session, tmp_path: Path) -> Callable[[Fill], transfer.ImportPlan]:
    def act(fill: Fill) -> transfer.ImportPlan:
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        fill(book)
        book.close()
        return transfer.preview_import(session, REGISTER, tmp_path / "a.xlsx")

    return act


def sheet(book: Any, name: str, *lines: list[object]) -> Any:
    page = book.add_worksheet(name)
    for row, cells in enumerate([list(HEADS), *lines]):
        page.write_row(row, 0, cells)
    return page


def test_a_formula_that_gives_an_error_is_no_empty_cell(
    plan_of: Callable[[Fill], transfer.ImportPlan], tmp_path: Path
) -> None:
    def fill(book: Any) -> None:
        sheet(book, "Bìa & mục lục")
        page = sheet(book, "Số liệu", line("08/11/2026"), line("09/11/2026"), line("10/11/2026"))
        page.write_formula(2, 4, "=1/0", None, "#DIV/0!")
        page.write_formula(3, 1, "=VLOOKUP(1,A1:A2,1)", None, "#N/A")
        page.write_formula(1, 4, "=20+20", None, 40)

    plan = plan_of(fill)
    assert error_cells(tmp_path / "a.xlsx")["Số liệu"] == [ErrorCell(2, 4, "#DIV/0!"), ErrorCell(3, 1, "#N/A")]
    assert plan.also == ("Số liệu",)  # the first has every heading too


@pytest.mark.parametrize("row", [2, 3])
def test_each_error_is_told_of_and_its_line_left_out(plan_of: Callable[[Fill], transfer.ImportPlan], row: int) -> None:
    def fill(book: Any) -> None:
        page = sheet(book, "Số liệu", line("08/11/2026"), line("09/11/2026"), line("10/11/2026"))
        page.write_formula(row - 1, 4, "=1/0", None, "#DIV/0!")
        page.write_formula(row - 1, 1, "=VLOOKUP(1,A1:A2,1)", None, "#N/A")

    plan = plan_of(fill)
    told = [(one.row, one.column, one.code) for one in plan.problems]
    assert told == [(row, "Khu dân cư", "TD-XFER-032"), (row, "Lượt người dự", "TD-XFER-032")]
    assert [one.number for one in plan.broken] == [row] and len(plan.rows) == 2
    assert plan.broken[0].cells[1] == "#N/A"  # as it goes back


def test_pasted_errors_and_dashes_for_nothing(session: Session) -> None:
    lines = ["\t".join(map(str, line("08/11/2026", f"t{at}", one))) for at, one in enumerate(("#N/A", "-", "–", 5))]
    plan = transfer.preview_paste(session, REGISTER, "\n".join(["\t".join(HEADS), *lines]))
    assert [one.code for one in plan.problems] == ["TD-XFER-032"]
    assert [row.values.get("attendance_total") for row in plan.rows] == [None, None, 5]


def test_a_hidden_sheet_of_an_earlier_year_is_not_taken_before_the_one_that_is_seen(
    plan_of: Callable[[Fill], transfer.ImportPlan],
) -> None:
    def fill(book: Any) -> None:
        old = sheet(book, "Năm 2025", line("08/11/2025", "cũ"))
        new = sheet(book, "Năm 2026", line("08/11/2026", "mới"))
        new.activate()
        new.set_first_sheet()
        old.hide()

    plan = plan_of(fill)
    assert [row.values["title"] for row in plan.rows] == ["mới"] and plan.also == ("Năm 2025",)


def test_sheets_of_other_months_are_told_of(plan_of: Callable[[Fill], transfer.ImportPlan]) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Bìa").write_row(0, 0, ["Kính gửi", "Nơi nhận"])
        for month in range(1, 13):
            sheet(book, f"Tháng {month}", line(f"08/{month:02d}/2026"))
        book.add_worksheet("Sheet3")

    plan = plan_of(fill)
    assert len(plan.rows) == 1 and plan.unread == ("Bìa",)
    assert plan.also == tuple(f"Tháng {month}" for month in range(2, 13))


def test_sheets_before_the_one_that_was_chosen_can_be_taken_as_well(
    plan_of: Callable[[Fill], transfer.ImportPlan], session: Session
) -> None:
    def fill(book: Any) -> None:
        for month in (1, 2, 3):
            sheet(book, f"Tháng {month}", line(f"08/{month:02d}/2026"))

    plan = transfer.preview_import(session, REGISTER, plan_of(fill).path, sheet="Tháng 2")
    assert (plan.sheet, plan.also, plan.unread) == ("Tháng 2", ("Tháng 1", "Tháng 3"), ())


def test_a_sheet_with_too_many_lines_behind_the_one_that_is_read_refuses_nothing(
    plan_of: Callable[[Fill], transfer.ImportPlan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer_reading, "MAX_LINES", 3)
    many = [line("08/11/2026", f"t{at}") for at in range(5)]
    plan = plan_of(lambda book: [sheet(book, "Số liệu", line("08/11/2026")), sheet(book, "Nguồn", *many)])
    assert len(plan.rows) == 1
    with pytest.raises(UserError) as refused:
        plan_of(lambda book: sheet(book, "Nguồn", *many))
    assert refused.value.code == "TD-XFER-006"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<a/>"])
def test_what_is_no_workbook_has_no_error_cells(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert error_cells(tmp_path / "a.xlsx") == {}
