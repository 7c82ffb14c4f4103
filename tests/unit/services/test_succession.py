"""Renaming, merging and splitting: old figures stay, new ones go by the new units, one undo takes all back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.services import records, succession
from thidua_desktop.services.session import Session
from thidua_desktop.services.succession import AREA, GROUP, MERGE, RENAME, SPLIT, NewUnit, Succession
from thidua_desktop.store.queries import DateRange

DAY = date(2026, 11, 1)
OCTOBER, NOVEMBER = DateRange(date(2026, 10, 1), date(2026, 10, 31)), DateRange(DAY, date(2026, 11, 30))


@pytest.fixture
def filled(session: Session, area_ids: list[str], add: Callable[..., str]) -> dict[str, str]:
    """Two areas, each with a group, a household, and an activity before and after the day."""
    made = {"ea": area_ids[0], "tan": area_ids[1]}
    for name, area in tuple(made.items()):
        made[f"{name}.group"] = add(
            GROUP, residential_area=area, number="1", name="Tổ 1", kind="security", households=9
        )
        made[f"{name}.household"] = add(
            "household", residential_area=area, group=made[f"{name}.group"], representative="K'Nớ", number=1
        )
        made[f"{name}.left"] = add(
            "household", residential_area=area, representative="Lò Thị Mai", number=2, valid_to=date(2026, 9, 1)
        )
        for when, day in (("before", date(2026, 10, 20)), ("after", date(2026, 11, 5))):
            made[f"{name}.{when}"] = add(
                "movement_activity", held_on=day, residential_area=area, kind="propaganda", title=when,
                attendance_total=10,
            )  # fmt: skip
    return made


def merger(filled: dict[str, str]) -> Succession:
    return Succession(
        kind=MERGE, level=AREA, effective_on=DAY, sources=(filled["ea"], filled["tan"]),
        targets=(NewUnit("Tân Đông"),), decision="12/NQ-HĐND", decided_on=date(2026, 10, 20),
    )  # fmt: skip


def area_of(session: Session, register: str, record_id: str) -> object:
    return records.get(session, register, record_id).values["residential_area"]


def by_area(session: Session, span: DateRange, indicator: str = "attendance_total") -> dict[str | None, object]:
    return {row.area: row.value for row in session.file.figures([indicator], [span], by_area=True)}


def codes(session: Session, asked: Succession) -> list[str]:
    return [problem.code for problem in succession.plan(session, asked).problems]


def test_a_merger_moves_what_stands_and_leaves_what_was(session: Session, filled: dict[str, str]) -> None:
    before = by_area(session, OCTOBER)
    done = succession.apply(session, merger(filled))
    new = str(done.values["areas"][0]["new"])  # type: ignore[index,call-overload,union-attr]
    area = records.get(session, AREA, new).values
    assert (area["name"], area["households"], area["valid_from"]) == ("Tân Đông", 168, DAY)
    assert area["predecessors"] == ({"area": filled["ea"]}, {"area": filled["tan"]})
    for name in ("ea", "tan"):
        assert records.get(session, AREA, filled[name]).values["valid_to"] == date(2026, 10, 31)
        assert area_of(session, "household", filled[f"{name}.household"]) == new
        assert area_of(session, GROUP, filled[f"{name}.group"]) == new
        assert area_of(session, "household", filled[f"{name}.left"]) == filled[name]
        assert area_of(session, "movement_activity", filled[f"{name}.before"]) == filled[name]
    assert by_area(session, OCTOBER) == before
    assert by_area(session, NOVEMBER) == {new: 20}
    assert done.values["moved"] == 6
    assert done.values["summary"] == "Buôn Ea M'Doal, Thôn Tân Lập thành Buôn Tân Đông"


def test_stock_figures_of_both_periods_are_right_after_a_merger(session: Session, filled: dict[str, str]) -> None:
    succession.apply(session, merger(filled))
    total = {
        span.start.month: sum(row.value for row in session.file.figures(["areas_total"], [span]))
        for span in (OCTOBER, NOVEMBER)
    }
    assert total == {10: 2, 11: 1}


def test_one_undo_takes_a_merger_back(session: Session, filled: dict[str, str]) -> None:
    head = {key: records.get(session, AREA, filled[key]).values for key in ("ea", "tan")}
    succession.apply(session, merger(filled))
    records.undo(session)
    assert {key: records.get(session, AREA, filled[key]).values for key in ("ea", "tan")} == head
    assert area_of(session, "household", filled["ea.household"]) == filled["ea"]
    assert session.file.records.count("unit_succession") == 0
    assert session.file.records.count(AREA) == 2
    assert session.file.check() == []


def test_the_preview_writes_nothing_and_says_what_would_change(session: Session, filled: dict[str, str]) -> None:
    head = session.file.changes.head()
    plan = succession.plan(session, merger(filled))
    assert session.file.changes.head() == head
    assert plan.moved == 6
    assert "Hộ gia đình và người đại diện: 2 bản ghi còn hiệu lực chuyển sang đơn vị mới." in plan.steps
    assert "kết thúc ngày 31/10/2026" in plan.steps[0]
    assert [problem.code for problem in plan.problems] == ["TD-DATA-076"]  # two groups number 1


def test_a_renamed_area_is_the_same_area(session: Session, filled: dict[str, str]) -> None:
    asked = Succession(
        kind=RENAME, level=AREA, effective_on=DAY, sources=(filled["tan"],), targets=(NewUnit("Tân Tiến"),),
        decision="13/NQ-HĐND",
    )  # fmt: skip
    done = succession.apply(session, asked)
    area = records.get(session, AREA, filled["tan"]).values
    assert (area["name"], area["kind"], area["households"]) == ("Tân Tiến", "thon", 48)
    assert area["note"] == "Đến hết ngày 31/10/2026 tên là Thôn Tân Lập (13/NQ-HĐND)."
    (row,) = done.values["areas"]  # type: ignore[misc]
    assert (row["old_name"], row["new_name"]) == ("Thôn Tân Lập", "Thôn Tân Tiến")  # type: ignore[index,call-overload]
    records.undo(session)
    assert records.get(session, AREA, filled["tan"]).values["name"] == "Tân Lập"


def test_a_split_is_assigned_by_people(session: Session, filled: dict[str, str]) -> None:
    asked = Succession(
        kind=SPLIT, level=AREA, effective_on=DAY, sources=(filled["tan"],), decision="14/NQ-HĐND",
        targets=(NewUnit("Tân Lập 1", households=30), NewUnit("Tân Lập 2", households=18)),
        assigned={filled["tan.household"]: 1},
    )  # fmt: skip
    assert codes(session, asked) == ["TD-DATA-077"]
    succession.apply(session, asked)
    units = succession.successors(session, AREA, filled["tan"])
    assert [records.get(session, AREA, unit).values["name"] for unit in units] == ["Tân Lập 1", "Tân Lập 2"]
    assert area_of(session, "household", filled["tan.household"]) == units[1]
    assert area_of(session, GROUP, filled["tan.group"]) == filled["tan"]
    left = succession.waiting(session, AREA, filled["tan"])
    assert {one.register: len(one.records) for one in left} == {GROUP: 1, "movement_activity": 1}
    groups = next(one for one in left if one.register == GROUP)
    assert succession.assign(session, groups, [filled["tan.group"]], units[0]) == 1
    assert area_of(session, GROUP, filled["tan.group"]) == units[0]


def test_a_split_is_in_work_until_nothing_waits(session: Session, filled: dict[str, str]) -> None:
    asked = Succession(
        kind=SPLIT, level=AREA, effective_on=DAY, sources=(filled["tan"],), decision="14/NQ-HĐND",
        targets=(NewUnit("Tân Lập 1", households=30), NewUnit("Tân Lập 2", households=18)),
    )  # fmt: skip
    done = succession.apply(session, asked)
    assert succession.split_in_work(session, done.id) == (AREA, filled["tan"])
    unit = succession.successors(session, AREA, filled["tan"])[0]
    for moving in succession.waiting(session, AREA, filled["tan"]):
        succession.assign(session, moving, [record.id for record in moving.records], unit)
    assert succession.split_in_work(session, done.id) is None


def test_groups_are_merged_with_their_households(
    session: Session, filled: dict[str, str], add: Callable[..., str]
) -> None:
    other = add(GROUP, residential_area=filled["tan"], number="2", name="Tổ 2", kind="security", households=11)
    asked = Succession(
        kind=MERGE, level=GROUP, effective_on=DAY, sources=(filled["tan.group"], other), decision="15/QĐ-UBND",
        targets=(NewUnit("Tổ liên gia 1-2", number="1"),),
    )  # fmt: skip
    succession.apply(session, asked)
    (new,) = succession.successors(session, GROUP, other)
    group = records.get(session, GROUP, new).values
    assert (group["households"], group["founded_on"], group["residential_area"]) == (20, DAY, filled["tan"])
    assert records.get(session, GROUP, other).values["successor"] == new
    assert records.get(session, "household", filled["tan.household"]).values["group"] == new


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"effective_on": date(2026, 12, 1)}, "TD-DATA-070"),
        ({"sources": ("x",)}, "TD-DATA-072"),
        ({"targets": (NewUnit(" "),)}, "TD-DATA-073"),
        ({"decision": ""}, "TD-DATA-075"),
        ({"successor": "ea"}, "TD-DATA-074"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_done(
    session: Session, filled: dict[str, str], change: dict[str, object], code: str
) -> None:
    asked = replace(merger(filled), **change)  # type: ignore[arg-type]
    assert code in codes(session, asked)
    head = session.file.changes.head()
    with pytest.raises(UserError, match="TD-STORE-255"):
        succession.apply(session, asked)
    assert session.file.changes.head() == head


def test_a_unit_that_has_ended_is_not_merged_again(session: Session, filled: dict[str, str]) -> None:
    succession.apply(session, merger(filled))
    assert "TD-DATA-071" in codes(session, replace(merger(filled), effective_on=date(2026, 11, 20)))


def test_groups_of_two_areas_are_not_merged(session: Session, filled: dict[str, str]) -> None:
    asked = replace(merger(filled), level=GROUP, sources=(filled["ea.group"], filled["tan.group"]))
    assert "TD-DATA-078" in codes(session, asked)


def test_a_name_that_another_area_has_is_refused(session: Session, filled: dict[str, str]) -> None:
    asked = Succession(
        kind=RENAME, level=AREA, effective_on=DAY, sources=(filled["ea"],), targets=(NewUnit("TÂN LẬP"),), decision="1"
    )
    assert codes(session, asked) == ["TD-DATA-073"]


def test_a_successor_that_begins_on_the_day_is_taken(
    session: Session, filled: dict[str, str], add: Callable[..., str]
) -> None:
    ready = add(AREA, kind="thon", name="Tân Đông", households=170, valid_from=DAY)
    succession.apply(session, replace(merger(filled), targets=(), successor=ready))
    area = records.get(session, AREA, ready).values
    assert area["households"] == 170 and len(area["predecessors"]) == 2  # type: ignore[arg-type]
    assert area_of(session, "household", filled["ea.household"]) == ready


def test_units_of_another_office_are_left_to_it(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    asked = Succession(
        kind=RENAME, level=AREA, effective_on=DAY, sources=(pair.area,), targets=(NewUnit("Khác"),), decision="1"
    )
    assert "TD-DATA-079" in codes(pair.province, asked)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both
