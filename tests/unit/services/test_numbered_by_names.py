"""A list of groups without a column of numbers: each has the one that its name ends with, or the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.test_transfer import sheet
from thidua_desktop.services import running_numbers, transfer
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

GROUP = "self_managed_group"
HEAD = ("TT", "Tên tổ", "Thôn", "Tổ trưởng", "Số hộ")


def numbers(session: Session) -> dict[str, str]:
    groups = session.file.records.every(ListQuery(GROUP))
    return {str(one.values["name"]): str(one.values["number"]) for one in groups}


def test_each_group_has_the_number_of_its_name_or_the_next(session: Session, tmp_path: Path) -> None:
    names = ("Tổ 1", "Tổ tự quản số 2A", "Tổ liên gia Hòa Bình", "Tổ 4", "Tổ Đồng Tâm")
    lines = [HEAD, *((place, name, "Thôn Tân Lập", "K'Nớ", 30) for place, name in enumerate(names, 1))]
    path = sheet(tmp_path / "to.xlsx", lines)
    plan = transfer.preview_import(session, GROUP, path)
    assert not plan.missing and not plan.broken
    transfer.apply_import(session, plan)
    assert numbers(session) == dict(zip(names, ("1", "2A", "2", "4", "3"), strict=True))
    again = transfer.preview_import(session, GROUP, path)
    assert again.unchanged == len(names) and not again.changing


def test_each_book_is_asked_once_however_many_lines_want_a_number(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    ask = running_numbers.next_number
    monkeypatch.setattr(running_numbers, "next_number", lambda *args: asked.append(args) or ask(*args))
    places = ("Thôn Tân Lập", "Buôn Ea M'Doal")
    lines = [HEAD, *((at, f"Tổ {at % 7} Mới", places[at % 2], "", 9) for at in range(60))]
    plan = transfer.preview_import(session, GROUP, sheet(tmp_path / "to.xlsx", lines))
    given = [(row.values["residential_area"], row.values["number"]) for row in plan.rows]
    assert len(plan.rows) == len(set(given)) == 60 and len(asked) == 2
    assert {number for _, number in given} == {str(one) for one in range(1, 31)}


def test_a_column_of_numbers_is_what_counts(session: Session, tmp_path: Path) -> None:
    lines = [("Số hiệu tổ", *HEAD[1:]), ("7", "Tổ 1", "Thôn Tân Lập", "K'Nớ", 30)]
    plan = transfer.preview_import(session, GROUP, sheet(tmp_path / "to.xlsx", lines))
    transfer.apply_import(session, plan)
    assert numbers(session) == {"Tổ 1": "7"}


def test_a_group_that_is_there_keeps_its_number(session: Session, tmp_path: Path) -> None:
    first = [("Số hiệu tổ", *HEAD[1:]), ("9", "Tổ Hòa Bình", "Thôn Tân Lập", "K'Nớ", 30)]
    transfer.apply_import(session, transfer.preview_import(session, GROUP, sheet(tmp_path / "a.xlsx", first)))
    lines = [HEAD, (1, "Tổ Hòa Bình", "Thôn Tân Lập", "K'Nớ", 32), (2, "Tổ Mới", "Thôn Tân Lập", "K'Đơng", 20)]
    plan = transfer.preview_import(session, GROUP, sheet(tmp_path / "b.xlsx", lines))
    transfer.apply_import(session, plan)
    assert numbers(session) == {"Tổ Hòa Bình": "9", "Tổ Mới": "10"}


def test_without_an_area_the_line_says_what_it_lacks(session: Session, tmp_path: Path) -> None:
    plan = transfer.preview_import(session, GROUP, sheet(tmp_path / "to.xlsx", [("Tên tổ", "Số hộ"), ("Tổ Mới", 20)]))
    assert plan.missing == ("Khu dân cư",)
