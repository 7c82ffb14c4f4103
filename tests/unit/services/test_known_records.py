"""Standing records written twice: warned of in the form, found again by an import (TD-DATA-590, 591, 592)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.unit.services.test_transfer import sheet
from thidua_desktop.services import known_records, records, transfer
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

AREA, PERSON = "residential_area", "person"
HEAD = ("STT", "Tên thôn, buôn", "Loại", "Số hộ", "Số khẩu", "Trưởng thôn, buôn")
LINES: Sequence[Sequence[object]] = (
    ("UBND XÃ EA KLY",), HEAD, (1, "Thôn Tân Lập", "Thôn", 52, 210, "Phạm Minh Đức"),
    (2, "Buôn Ea M'Doal", "Buôn", 120, "", ""), (3, "Thôn 9", "Thôn", 33, 140, ""), ("", "Tổng cộng", "", 205, 350, ""),
)  # fmt: skip
Add = Callable[..., str]


def codes(session: Session, register: str, values: dict[str, object], record_id: str | None = None) -> set[str]:
    return {problem.code for problem in records.check(session, register, values, record_id)}  # type: ignore[arg-type]


def areas(session: Session) -> dict[str, object]:
    return {str(one.values["name"]): one.values.get("people") for one in session.file.records.every(ListQuery(AREA))}


def test_the_table_of_areas_completes_the_areas_that_are_there(session: Session, tmp_path: Path) -> None:
    path = sheet(tmp_path / "thon.xlsx", LINES)
    plan = transfer.preview_import(session, AREA, path)
    assert (len(plan.rows), plan.changing, plan.unchanged, plan.broken) == (2, 1, 1, ())
    told = {problem.code: problem.text for problem in plan.problems}
    assert "Thôn Tân Lập đã có" in told["TD-DATA-592"] and "Số hộ 48 thành 52" in told["TD-DATA-592"]
    assert "Trưởng khu dân cư (trống) thành Phạm Minh Đức" in told["TD-DATA-592"]
    transfer.apply_import(session, plan)
    assert areas(session) == {"Tân Lập": 210, "Ea M'Doal": None, "9": 140}
    assert transfer.preview_import(session, AREA, path).unchanged == 3
    assert not transfer.preview_import(session, AREA, path).ignored
    records.undo(session)
    assert areas(session) == {"Tân Lập": None, "Ea M'Doal": None}


@pytest.mark.parametrize("head", ["Thôn, buôn", "Thôn", "Tổ dân phố", "Thôn, TDP"])
def test_a_column_headed_by_the_kind_of_place_is_the_residential_area(
    session: Session, tmp_path: Path, head: str
) -> None:
    path = sheet(tmp_path / "hd.xlsx", [("Ngày", head, "Nội dung"), ("8/11/2026", "Thôn Tân Lập", "Tuyên truyền")])
    plan = transfer.preview_import(session, "movement_activity", path)
    assert "residential_area" in {column.field for column in plan.columns}


def test_two_lines_that_mean_one_record_change_nothing_of_it(session: Session, tmp_path: Path) -> None:
    twice = [LINES[1], LINES[2], (2, "Tân Lập", "Thôn", 60, "", "")]
    assert transfer.preview_import(session, AREA, sheet(tmp_path / "t.xlsx", twice)).changing == 0


def test_a_second_record_of_one_thing_is_warned_of(session: Session, add: Add, area_ids: list[str]) -> None:
    same = {"kind": "thon", "name": "Tân Lập", "households": 5}
    assert "TD-DATA-590" in codes(session, AREA, same)
    assert "TD-DATA-590" in codes(session, AREA, {**same, "name": "tân LẬP"})
    assert "TD-DATA-590" not in codes(session, AREA, {**same, "name": "Tân Lạp"})
    assert "TD-DATA-590" not in codes(session, AREA, same, area_ids[1])
    assert "TD-DATA-590" not in codes(session, AREA, {**same, "kind": "buon"})
    assert [one.id for one in records.similar(session, AREA, same)] == [area_ids[1]]  # type: ignore[arg-type]
    person = {"name": "Y Bhăm Niê", "sex": "male", "birth_year": 1980}
    add(PERSON, **person)
    assert "TD-DATA-590" in codes(session, PERSON, {**person, "phone": "0905123456"})
    add(PERSON, name="Lê Thị Hòa", sex="female", birth_year=1975)
    assert "TD-DATA-590" in codes(session, PERSON, {"name": "Lê thị Hoà", "sex": "female", "birth_year": 1975})
    assert "TD-DATA-590" not in codes(session, PERSON, {**person, "birth_year": 1981})
    assert "TD-DATA-590" not in codes(session, PERSON, {"name": "Y Bhăm Niê"})


def test_what_has_ended_may_come_again(session: Session, area_ids: list[str]) -> None:
    ended = dict(session.file.records.window(AREA, area_ids)[1].values)
    records.save(session, AREA, {**ended, "valid_to": date(2026, 11, 30)}, record_id=area_ids[1])
    again = {"kind": "thon", "name": "Tân Lập", "households": 5}
    assert "TD-DATA-590" in codes(session, AREA, again)
    assert "TD-DATA-590" not in codes(session, AREA, {**again, "valid_from": date(2026, 12, 1)})


def test_a_name_does_not_say_its_kind_again(session: Session) -> None:
    assert "TD-DATA-591" in codes(session, AREA, {"kind": "thon", "name": "thôn 1", "households": 5})
    assert "TD-DATA-591" not in codes(session, AREA, {"kind": "lang", "name": "Thôn Đoài", "households": 5})
    assert "TD-DATA-591" not in codes(session, AREA, {"kind": "lang", "name": "Lăng Cô", "households": 5})
    assert "TD-DATA-591" in codes(session, AREA, {"kind": "lang", "name": "lang Co", "households": 5})


@pytest.mark.parametrize("head", ["Nam/Nữ", "Phái", "Giới tính"])
def test_the_sex_of_a_person_stands_under_many_heads(session: Session, tmp_path: Path, head: str) -> None:
    path = sheet(tmp_path / "người.xlsx", [("Họ và tên", head, "Năm sinh"), ("Đặng Thị Bưởi", "Nữ", 1970)])
    plan = transfer.preview_import(session, PERSON, path)
    assert [row.values["sex"] for row in plan.rows] == ["female"]


def test_many_lines_known_already_are_told_of_while_they_are_looked_up(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stood still there while all records were compared, and each name was taken apart again for each record."""
    head = ("Người đại diện hộ", "Khu dân cư", "Năm sinh")
    path = sheet(tmp_path / "ho.xlsx", [head, *((f"Lý A {at}", "Thôn Tân Lập", 1970) for at in range(100))])
    transfer.apply_import(session, transfer.preview_import(session, "household", path))
    asked: list[str] = []
    kept = known_records.match_key
    monkeypatch.setattr(known_records, "match_key", lambda text: asked.append(text) or kept(text))
    seen: list[int] = []
    compared: list[int] = []  # names that were taken apart when it told

    def tell(done: int, total: int) -> None:
        seen.append(done)
        compared.append(len(asked))

    assert transfer.preview_import(session, "household", path, on_progress=tell).unchanged == 100
    assert len(asked) == len(set(asked)) == 101  # the area, and each name once for its line and its record
    assert len({count for count in compared if 0 < count < 101}) >= 6
    assert max(later - before for before, later in pairwise(seen)) <= 5 and seen[-1] >= 90

    def stop(done: int, total: int) -> bool:
        return not 0 < len(asked) < 101

    asked.clear()
    assert transfer.preview_import(session, "household", path, on_progress=stop).unchanged == 0
    assert 0 < len(asked) < 50


@pytest.mark.parametrize(("count", "parts"), [(0, 0), (3, 3), (8, 8), (100, 100), (10, 25), (25, 10)])
def test_it_is_told_as_often_as_was_said(count: int, parts: int) -> None:
    told: list[int] = []
    assert list(known_records._told(range(parts), count, lambda: told.append(1))) == list(range(parts))
    assert len(told) == known_records._TIMES
