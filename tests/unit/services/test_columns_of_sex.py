"""Lists of people with a column for men and one for women: marks, or years and days of birth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.services.test_official_tables import book
from tests.unit.services.test_transfer import HOUSEHOLD, codes
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer import ImportPlan

__all__ = ["book"]

Make = Callable[[Callable[[Any], None]], Path]
PEOPLE = ("Lê Văn Giả", "Tống Thị Mẫu")


def plan_of(session: Session, book: Make, head: str, cells: tuple[tuple[object, ...], ...]) -> ImportPlan:
    """A list under a head over two columns, each person with their two cells and what follows."""

    def write(page: Any) -> None:
        page.merge_range("A1:A2", "Thôn")
        page.merge_range("B1:B2", "Chủ hộ")
        page.merge_range("C1:D1", head)
        page.write_row("C2", ["Nam", "Nữ"])
        for row, (name, more) in enumerate(zip(PEOPLE, cells, strict=True), start=3):
            page.write_row(f"A{row}", ["Tân Lập", name, *more])

    return transfer.preview_import(session, HOUSEHOLD, book(write))


def test_marks_in_one_of_two_columns_are_the_sex(session: Session, book: Make) -> None:
    plan = plan_of(session, book, "Giới tính", (("x", None), (None, "X")))
    assert (plan.broken, plan.ignored, [column.heading for column in plan.columns][2:]) == ((), (), ["Nam, Nữ"])
    assert [row.values["sex"] for row in plan.rows] == ["male", "female"]
    assert all("members_female" not in row.values for row in plan.rows)


def test_nobody_in_the_last_column_is_no_fault(session: Session, book: Make) -> None:
    plan = plan_of(session, book, "Năm sinh", ((1970, None), (1982, None)))
    assert [row.values["sex"] for row in plan.rows] == ["male", "male"], codes(plan)


@pytest.mark.parametrize("births", [(1970, 1982), ("12/05/1970", "03.02.1982")])
def test_births_in_one_of_two_columns_are_the_sex_and_the_year(
    session: Session, book: Make, births: tuple[object, object]
) -> None:
    plan = plan_of(session, book, "Năm sinh", ((births[0], None), (None, births[1])))
    assert plan.broken == (), codes(plan)
    assert [row.values["sex"] for row in plan.rows] == ["male", "female"]


def test_a_year_of_birth_is_the_year_of_a_whole_day(session: Session, book: Make) -> None:
    def write(page: Any) -> None:
        page.write_row("A1", ["Thôn", "Chủ hộ", "Năm sinh"])
        page.write_row("A2", ["Tân Lập", "Lê Văn Giả", "12/05/1970"])

    plan = transfer.preview_import(session, HOUSEHOLD, book(write))
    assert [row.values["birth_year"] for row in plan.rows] == [1970], codes(plan)


def test_numbers_of_men_and_women_stay_numbers(session: Session, book: Make) -> None:
    plan = plan_of(session, book, "Nhân khẩu", ((2, 3), (1, 4)))
    assert plan.broken == () and [row.values["members_female"] for row in plan.rows] == [3, 4]
    assert all("sex" not in row.values for row in plan.rows)


def test_columns_that_a_person_spoke_of_are_left_alone(session: Session, book: Make) -> None:
    marked = plan_of(session, book, "Giới tính", (("x", None), (None, "x")))
    again = transfer.preview_import(session, HOUSEHOLD, marked.path, {2: None})
    assert [column.heading for column in again.columns][2:] == ["Giới tính nam", "Nữ"]


def test_a_word_below_a_merged_head_is_read_with_it(session: Session, book: Make) -> None:
    def write(page: Any) -> None:
        for column, head in zip("ABC", ("Tên tổ", "Thôn", "Số hộ"), strict=True):
            page.merge_range(f"{column}1:{column}2", head)
        page.merge_range("D1:E1", "Quyết định thành lập")
        page.write_row("D2", ["Số", "Ngày"])
        page.write_row("A3", ["Tổ 21", "Tân Lập", 32, "12/QĐ-UBND", "05/01/2025"])

    plan = transfer.preview_import(session, "self_managed_group", book(write))
    assert plan.broken == () and plan.ignored == (), codes(plan)
    assert [column.heading for column in plan.columns][3:] == ["Quyết định thành lập số", "Quyết định thành lập ngày"]
    assert [row.values["decision"] for row in plan.rows] == ["12/QĐ-UBND"]
