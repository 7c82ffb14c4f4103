"""Meetings of residents: attendance, thresholds, live state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.full_disk import full_disk
from thidua_desktop.errors import UserError
from thidua_desktop.services import meetings, records
from thidua_desktop.services.session import Session

DAY = date(2026, 11, 8)
HOUSEHOLD, MEETING, GROUP = "household", "resident_meeting", "self_managed_group"
Add = Callable[..., str]


@pytest.fixture
def village(session: Session, area_ids: list[str], add: Add) -> dict[str, str]:
    """Tân Lập with a group of two households, one more household, and one that moved away."""
    area = area_ids[1]
    old = records.get(session, "residential_area", area)
    heads = {"head_name": "Lý A Tủa", "front_head_name": "Ma Thị Ửng"}
    records.save(session, "residential_area", {**old.values, **heads}, record_id=area)
    kind = session.definitions.catalogs["group_kind"].items[0].code
    group = add(GROUP, residential_area=area, number="5", name="Tổ tự quản", kind=kind, leader="Đàm Ún", households=2)
    ids = {"area": area, "group": group}
    for number, name in ((2, "Ông Hai"), (1, "Bà Một")):
        ids[name] = add(HOUSEHOLD, residential_area=area, group=group, representative=name, number=number)
    ids["Ông Ba"] = add(HOUSEHOLD, residential_area=area, representative="Ông Ba", number=3)
    gone = {"valid_from": date(2020, 1, 1), "valid_to": date(2026, 1, 1)}
    add(HOUSEHOLD, residential_area=area, representative="Đã chuyển đi", number=4, **gone)
    return ids


def meeting(village: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "held_on": DAY,
        "kind": "regular",
        "residential_area": village["area"],
        "households_total": 3,
        "status": "running",
        "chair": "Lý A Tủa",
    } | more


def item(**more: Any) -> dict[str, Any]:
    return {"subject": "Lắp camera", "matter": "clause_1", "method": "hands"} | more


def test_attendance_is_who_lives_there_on_that_day(session: Session, village: dict[str, str]) -> None:
    rows = meetings.attendance_for(session, village["area"], on=DAY)
    assert [(row["number"], row["name"], row["present"]) for row in rows] == [
        (1, "Bà Một", False),
        (2, "Ông Hai", False),
        (3, "Ông Ba", False),
    ]
    assert [row["household"] for row in meetings.attendance_for(session, village["area"], village["group"], DAY)] == [
        village["Bà Một"],
        village["Ông Hai"],
    ]
    assert len(meetings.attendance_for(session, village["area"], on=date(2025, 6, 1))) == 4


def test_stand_ins_are_carried_from_the_last_meeting(session: Session, village: dict[str, str], add: Add) -> None:
    rows = ({"household": village["Ông Hai"], "name": "Ông Hai", "present": True, "stand_in": "Cô Tư"},)
    add(MEETING, **meeting(village, held_on=date(2026, 10, 8), attendance=rows, households_present=1))
    carried = meetings.attendance_for(session, village["area"], on=DAY)
    assert [row.get("stand_in") for row in carried] == [None, "Cô Tư", None]
    fresh = meetings.attendance_for(session, village["area"], on=DAY, carry=False)
    assert all("stand_in" not in row for row in fresh)


def test_a_meeting_starts_with_the_heads_of_its_area(session: Session, village: dict[str, str]) -> None:
    values = meetings.defaults_from_area(session, village["area"], on=DAY)
    assert (values["chair"], values["chair_title"], values["front_head"]) == ("Lý A Tủa", "Trưởng thôn", "Ma Thị Ửng")
    assert values["households_total"] == 3
    of_group = meetings.defaults_from_area(session, village["area"], village["group"], DAY)
    assert (of_group["chair"], of_group["called_by"], of_group["households_total"]) == ("Đàm Ún", "group_leader", 2)


@pytest.mark.parametrize(("total", "half", "thirds"), [(48, 25, 32), (47, 24, 32), (3, 2, 2), (1, 1, 1), (0, 0, 0)])
def test_thresholds_are_whole_households(total: int, half: int, thirds: int) -> None:
    state = meetings.state({"held_on": DAY, "households_total": total, "households_present": total})
    assert (state.needed_half, state.needed_two_thirds) == (half, thirds)


def test_an_item_counts_on_all_households() -> None:
    values = {"held_on": DAY, "households_total": 48, "households_present": 40}
    for yes, passed, missing in ((31, False, 1), (32, True, 0)):
        state = meetings.state({**values, "agenda": (item(yes=yes, no=0, other=0),)})
        found = state.items[0]
        assert (found.needed, found.passed, found.missing) == (32, passed, missing)
        assert found.tone == ("ok" if passed else "danger")
        assert found.outcome == ("passed" if passed else "not_passed")
    open_item = meetings.state({**values, "agenda": (item(),)}).items[0]
    assert (open_item.tone, open_item.outcome) == ("neutral", "no_vote")
    talk = meetings.state({**values, "agenda": (item(matter="no_vote"),)}).items[0]
    assert (talk.needed, talk.sentence) == (0, "Nội dung không biểu quyết.")


def test_ballots_count_only_with_a_secret_vote() -> None:
    values = {"held_on": DAY, "households_total": 48, "households_present": 40}
    ballots = {"issued": 48, "returned": 45, "valid": 44, "invalid": 1}
    secret = item(method="secret", yes=40, no=3, other=0, **ballots)
    state = meetings.state({**values, "agenda": (secret,)})
    assert [problem.code for problem in state.items[0].problems] == ["TD-DATA-028"]
    by_hand = meetings.state({**values, "agenda": ({**secret, "method": "hands", "yes": 37},)})
    assert by_hand.items[0].problems == ()


def test_too_few_present_never_stops_a_meeting() -> None:
    state = meetings.state({"held_on": DAY, "households_total": 48, "households_present": 20, "agenda": (item(),)})
    assert state.quorum is None
    assert state.quorum_met
    assert (state.spare_half, state.spare_two_thirds, state.absent) == (-5, -12, 28)
    assert "phát phiếu" in state.sentence
    assert "phát phiếu" in state.items[0].sentence


def test_a_local_quorum_is_kept_and_told() -> None:
    local = {"held_on": DAY, "households_total": 48, "households_present": 20, "quorum_rule": "two_thirds"}
    state = meetings.state(local)
    assert (state.quorum, state.quorum_met, state.tone) == (32, False, "danger")
    assert "còn thiếu 12" in state.sentence
    convention = {**local, "quorum_rule": "none", "agenda": (item(matter="clause_3"),)}
    assert meetings.state(convention).quorum == 25


def test_the_present_are_those_ticked() -> None:
    rows = (
        {"name": "A", "present": True},
        {"name": "B", "present": False},
        {"name": "C", "present": True, "stand_in": "D"},
    )
    values = {"held_on": DAY, "attendance": rows, "households_present": 9}
    state = meetings.state(values)
    assert (state.present, state.total) == (2, 3)


def test_finishing_writes_outcomes(session: Session, village: dict[str, str], add: Add) -> None:
    rows = tuple({**row, "present": True} for row in meetings.attendance_for(session, village["area"], on=DAY))
    record_id = add(MEETING, **meeting(village, attendance=rows, agenda=(item(yes=3, no=0, other=0),)))
    done = meetings.finish(session, record_id, {"*": "thử"})
    assert isinstance(done, records.Saved)
    assert done.record.values["status"] == "ended"
    assert done.record.values["households_present"] == 3
    agenda = done.record.values["agenda"]
    assert isinstance(agenda, tuple)
    assert agenda[0]["outcome"] == "passed"  # type: ignore[index,call-overload]


def test_days_that_follow_from_the_meeting() -> None:
    state = meetings.state({"held_on": DAY, "households_total": 250})
    assert state.notice_by == date(2026, 11, 6)
    assert state.papers_due == date(2026, 11, 13)
    yearly = meetings.state({"held_on": DAY, "kind": "year_end", "households_total": 48})
    assert yearly.notice_by == date(2026, 11, 3)


def test_invitations_are_counted() -> None:
    rows = ({"name": "A"}, {"name": "B"})
    state = meetings.state({"held_on": DAY, "attendance": rows, "guests": ({"name": "C"},), "households_total": 48})
    assert (state.invited, state.guests) == (2, 1)


def test_sexes_are_no_look_at_a_household_and_come_from_a_full_disk(
    session: Session, village: dict[str, str], add: Add
) -> None:
    known = add(
        HOUSEHOLD, residential_area=village["area"], representative="Ma Ún", number=9, sex="female",
        identity_number="068180000012",
    )  # fmt: skip
    attendance = ({"household": known}, {"household": "gone"}, {"name": "x"}, {"household": village["Ông Ba"]})
    with full_disk(session):
        assert meetings.sexes_of(session, attendance) == {known: "female"}
        with pytest.raises(UserError, match="TD-ENV-006") as refused:
            records.get(session, HOUSEHOLD, known)
    assert "nhật ký" in refused.value.sentence and "Xóa bớt" in refused.value.remedy
    assert "open" not in {one.what for one in session.file.accesses.all()}
    assert records.get(session, HOUSEHOLD, known).id == known
