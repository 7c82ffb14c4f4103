"""What the page knows without a window."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from thidua_desktop.services import meetings
from thidua_desktop.services.meetings import ItemState
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.pages.meeting import meeting_values as on

ROWS: tuple[dict[str, Any], ...] = (
    {"number": 1, "name": "Nguyễn Đăng Thuận", "household": "a", "present": True},
    {"number": 2, "name": "Nguyễn Thị Lan", "household": "b", "present": True, "stand_in": "chồng: Lê Bốn"},
    {"number": 12, "name": "Đặng Quang Hiếu", "household": "c", "present": False, "note": "ốm"},
)


def state_of(item: dict[str, Any], present: int = 39, total: int = 52) -> ItemState:
    values = {"held_on": date(2026, 11, 9), "households_total": total, "households_present": present}
    return meetings.state({**values, "agenda": (item,)}).items[0]


@pytest.mark.parametrize(
    ("typed", "found", "alone"),
    [
        ("", [0, 1, 2], None),
        ("1", [0, 2], 0),
        ("012", [2], 2),
        ("3", [], None),
        ("nguyen", [0, 1], None),
        ("nguyễn thị", [1], None),
        ("lan thi", [1], 1),
        ("bốn", [1], 1),
        ("HIẾU", [2], 2),
        ("xyz", [], None),
    ],
)
def test_what_a_typed_text_finds(typed: str, found: list[int], alone: int | None) -> None:
    assert on.matching(ROWS, typed) == found
    assert on.meant(ROWS, typed) == alone


def test_a_remark_says_who_came_or_why_nobody() -> None:
    assert [on.remark(row) for row in ROWS] == ["", "chồng: Lê Bốn", "ốm"]
    assert on.remark({**ROWS[1], "present": False}) == "dự thay: chồng: Lê Bốn"


def test_women_are_counted_without_stand_ins() -> None:
    sexes = {"a": "male", "b": "female", "c": "female"}
    assert on.women_among(ROWS, sexes) == 0
    here = on.with_row(on.with_row(ROWS, 1, stand_in=None), 2, present=True)
    assert on.women_among(here, sexes) == 2
    assert on.women_among(here, {}) is None


@pytest.mark.parametrize(("current", "before", "now", "shown"), [(None, 1, 2, 2), (1, 1, 2, 2), (5, 1, 2, 5)])
def test_a_count_follows_until_somebody_types(current: int | None, before: int, now: int, shown: int) -> None:
    assert on.following(current, before, now) == shown


def test_a_new_list_keeps_ticks_by_household() -> None:
    fresh = (
        {"number": 1, "name": "X", "household": "c", "present": False},
        {"number": 2, "name": "Y", "household": "z"},
    )
    merged = on.merged(fresh, ({**ROWS[2], "present": True},))
    assert merged[0] == {"number": 1, "name": "X", "household": "c", "present": True, "note": "ốm"}
    assert merged[1] == fresh[1]


def test_blank_items_are_not_saved() -> None:
    agenda = ({"method": "hands"}, {"subject": "Việc", "matter": "clause_6"}, {"method": "hands"}, {"yes": 3})
    items, places = on.written_items(agenda)
    assert ([item.get("subject") for item in items], places) == (["Việc", None], (1, 3))


def test_the_first_count_says_the_other_two_are_none() -> None:
    assert on.with_vote({"no": 2}, "yes", 5) == {"yes": 5, "no": 2, "other": 0}
    assert on.with_vote({}, "issued", 39) == {"issued": 39}


def test_the_silent_are_of_the_present_or_of_valid_ballots() -> None:
    assert on.silent({"yes": 34, "no": 2, "other": 1}, 39) == 2
    assert on.silent({"yes": 34, "no": 9}, 39) == 0
    assert on.silent({"method": "secret", "valid": 38, "yes": 30}, 39) == 8


@pytest.mark.parametrize(
    ("item", "current", "state", "words"),
    [
        ({"matter": "no_vote", "discussion": "Đã nghe"}, False, State.OK, "Xong, không biểu quyết"),
        ({"matter": "clause_1", "yes": 36, "no": 0, "other": 0}, False, State.OK, "Thông qua, 36/52 hộ"),
        ({"matter": "clause_1", "yes": 34, "no": 0, "other": 0}, True, State.RUNNING, "Đang biểu quyết"),
        ({"matter": "clause_1", "yes": 34, "no": 0, "other": 0}, False, State.BAD, "Chưa đạt, thiếu 1 hộ"),
        ({"matter": "clause_1", "yes": 40, "no": 0, "other": 0}, False, State.ERROR, "Số phiếu chưa khớp"),
        ({"matter": "clause_1", "subject": "Việc"}, True, State.RUNNING, "Đang bàn"),
        ({"matter": "clause_1", "subject": "Việc"}, False, State.MISSING, "Chưa bàn"),
    ],
)
def test_words_of_an_item(item: dict[str, Any], current: bool, state: State, words: str) -> None:
    found = on.item_words(item, state_of(item), 52, current)
    assert (found.state, found.text) == (state, words)


def test_nothing_of_an_ended_meeting_goes_on() -> None:
    lost = {"matter": "clause_1", "yes": 34, "no": 0, "other": 0}
    assert on.item_words(lost, state_of(lost), 52, current=True, over=True).text == "Chưa đạt, thiếu 1 hộ"
    silent = {"matter": "clause_1", "subject": "Việc", "discussion": "Bàn"}
    assert on.item_words(silent, state_of(silent), 52, current=True, over=True).text == "Chưa biểu quyết"
    told = {"matter": "no_vote", "subject": "Việc"}
    assert on.item_words(told, state_of(told), 52, current=True, over=True).text == "Xong, không biểu quyết"


def test_the_page_concludes_only_what_is_reached_by_counts_that_add_up() -> None:
    for yes, expected in ((34, ""), (35, "Thông qua với 35/52 hộ tán thành."), (40, "")):
        item = {"matter": "clause_1", "yes": yes, "no": 0, "other": 0}
        assert on.own_conclusion(item, state_of(item), 52) == expected
    assert on.is_own_conclusion("Thông qua với 35/52 hộ tán thành.")
    assert not on.is_own_conclusion("Thông qua với 35/52 hộ tán thành. Thu trước 30/11.")


def test_places_of_problems() -> None:
    assert on.place_of("agenda[2].yes") == on.Place("agenda", 2, "yes")
    assert on.place_of("tasks[0]") == on.Place("tasks", 0, "")
    assert on.place_of("held_on") == on.Place("held_on")


def test_a_copy_keeps_the_agenda_and_nothing_that_was_decided() -> None:
    item = {"subject": "Việc", "matter": "clause_1", "method": "hands", "yes": 9, "conclusion": "Thông qua"}
    copied = on.copied({"place": "Nhà văn hóa", "attendance": ROWS, "agenda": (item,), "status": "signed"})
    assert copied == {
        "place": "Nhà văn hóa",
        "agenda": ({"subject": "Việc", "matter": "clause_1", "method": "hands"},),
    }


def test_titles_name_group_and_area(session: Session, village: dict[str, str], areas: dict[str, str]) -> None:
    group = {"residential_area": village["area"], "group": village["group"]}
    assert on.meeting_title(session, group) == "Họp tổ 3, thôn Đông Hạ"
    assert on.meeting_title(session, {"residential_area": areas["tan lap"]}) == "Họp thôn Tân Lập"
    assert on.meeting_title(session, {}) == "Cuộc họp mới"
