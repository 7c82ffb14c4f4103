"""Every rule: what it lets pass and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, run_rule

TODAY = date(2026, 11, 23)
AREAS: Mapping[str, Mapping[str, object]] = {
    "a1": {"name": "Thôn Đoài", "households": 52},
    "a2": {"name": "Thôn Thượng"},
}


def look_up(register: str, record_id: str) -> Mapping[str, object] | None:
    return AREAS.get(record_id) if register == "residential_area" else None


def codes(rule: str, args: str, **values: object) -> list[str]:
    return [problem.code for problem in run_rule(rule, values, args.split(), RuleContext(TODAY, look_up))]


def weighed(rule: str, args: str, **values: object) -> tuple[str, Severity]:
    (problem,) = run_rule(rule, values, args.split(), RuleContext(TODAY, look_up))
    return problem.code, problem.severity


def test_a_part_is_not_more_than_the_whole() -> None:
    assert codes("not_more_than", "women all", women=10, all=10) == []
    assert codes("not_more_than", "women all", women=11, all=10) == ["TD-DATA-001"]
    assert weighed("not_more_than", "women all", women=11) == ("TD-DATA-033", Severity.HINT)
    assert codes("not_more_than", "women all", women=0) == []
    assert codes("not_more_than", "women all", women=Decimal("10.5"), all=10) == ["TD-DATA-001"]


def test_parts_together_are_not_more_than_the_whole() -> None:
    assert codes("sum_not_more_than", "all a b c", all=10, a=4, b=6) == []
    assert codes("sum_not_more_than", "all a b c", all=10, a=4, b=6, c=1) == ["TD-DATA-002"]
    assert codes("sum_not_more_than", "all a b", all=10) == []
    assert codes("sum_not_more_than", "all a b", all=10, a=11) == ["TD-DATA-001"]  # one alone is no sum


def test_at_least_one_field_is_filled() -> None:
    assert codes("at_least_one_of", "a b", b=0) == []
    assert codes("at_least_one_of", "a b", a="", b=()) == ["TD-DATA-025"]


def test_percentages_stay_in_their_range() -> None:
    assert codes("percentage_range", "share", share=Decimal("100")) == []
    assert codes("percentage_range", "share", share=Decimal("100.1")) == ["TD-DATA-026"]
    assert codes("percentage_range", "share", share=-1) == ["TD-DATA-026"]
    assert codes("percentage_range", "share 10 20", share=21) == ["TD-DATA-026"]


@pytest.mark.parametrize(("rule", "code"), [("end_after_start", "TD-DATA-003"), ("valid_range", "TD-DATA-008")])
def test_days_stand_in_order(rule: str, code: str) -> None:
    assert codes(rule, "a b", a=date(2026, 1, 2), b=date(2026, 1, 2)) == []
    assert codes(rule, "a b", a=date(2026, 1, 2), b=date(2026, 1, 1)) == [code]
    assert codes(rule, "a b", a="2026-01-02", b="2026-01-01") == [code]
    assert codes(rule, "a b", a=date(2026, 1, 2)) == []


def test_hours_stand_in_order_or_cross_midnight_with_a_reason() -> None:
    assert codes("time_order", "a b", a="19:30", b="21:00") == []
    assert weighed("time_order", "a b", a="21:00", b="01:00") == ("TD-DATA-004", Severity.WARNING)


def test_work_done_is_not_in_the_future() -> None:
    assert codes("date_not_future", "day", day=TODAY) == []
    assert codes("date_not_future", "day", day=date(2026, 11, 24)) == ["TD-DATA-005"]
    assert codes("date_not_future", "day 2", day=date(2026, 11, 25)) == []
    assert codes("date_not_future", "day 2", day=date(2026, 11, 26)) == ["TD-DATA-005"]


def test_only_what_is_planned_lies_ahead() -> None:
    tomorrow = date(2026, 11, 24)
    assert codes("date_not_future_unless", "day state draft", day=tomorrow, state="draft") == []
    assert codes("date_not_future_unless", "day state draft", day=TODAY, state="ended") == []
    assert codes("date_not_future_unless", "day state draft", day=tomorrow, state="ended") == ["TD-DATA-005"]
    assert codes("date_not_future_unless", "day state draft", day=tomorrow) == ["TD-DATA-005"]


def test_days_lie_within_reason() -> None:
    assert codes("date_reasonable", "a b", a=date(1945, 1, 1), b=date(2027, 11, 23)) == []
    found = codes("date_reasonable", "a b", a=date(1944, 12, 31), b=date(2028, 1, 1))
    assert found == ["TD-DATA-006", "TD-DATA-007"]


def test_notice_is_given_two_days_before() -> None:
    assert codes("notice_given", "n m", n=date(2026, 11, 20), m=date(2026, 11, 22)) == []
    assert weighed("notice_given", "n m", n=date(2026, 11, 21), m=date(2026, 11, 22)) == (
        "TD-DATA-029",
        Severity.WARNING,
    )


def test_identity_numbers_are_compared_with_birth_and_sex() -> None:
    assert codes("id_number", "id birth sex", id="035199000123", birth=1999, sex="female") == []
    assert codes("id_number", "id birth", id="035199000123", birth=date(1998, 5, 1)) == ["TD-DATA-014"]
    assert codes("id_number", "id birth sex", id="035199000123", sex="male") == ["TD-DATA-013"]


def test_old_letters_are_suspected_and_the_converted_text_is_offered() -> None:
    values = {"a": "Ph¸t ®éng phong trµo", "b": "Nguyeãn Vaên Ñöùc", "c": "Phát động"}
    found = run_rule("text_encoding", values, ("a", "b", "c"), RuleContext(TODAY))
    assert [(problem.code, problem.field) for problem in found] == [("TD-DATA-023", "a"), ("TD-DATA-024", "b")]
    assert "“Phát động phong trào”" in found[0].text and "“Nguyễn Văn Đức”" in found[1].text
    assert len(run_rule("text_encoding", {"a": "Ph¸t ®éng " * 90}, ("a",), RuleContext(TODAY))[0].text) < 400


VOTES = "yes no other present valid"


def test_hands_are_not_more_than_those_present() -> None:
    assert codes("votes_add_up", VOTES, yes=30, no=8, other=1, present=39) == []
    assert codes("votes_add_up", VOTES, yes=30, no=8, other=2, present=39) == ["TD-DATA-016"]
    assert weighed("votes_add_up", VOTES, yes=30, no=8, present=39) == ("TD-DATA-017", Severity.HINT)
    assert codes("votes_add_up", VOTES, present=39) == []
    assert codes("votes_add_up", VOTES, yes=30) == []


def test_ballots_equal_the_valid_ones_wherever_they_came_from() -> None:
    assert codes("votes_add_up", VOTES, yes=45, no=2, other=0, present=30, valid=47) == []
    assert codes("votes_add_up", VOTES, yes=45, no=1, other=0, present=30, valid=47) == ["TD-DATA-028"]


SAID = "said matter yes no other p h day status"


@pytest.mark.parametrize("said", ["100% hộ nhất trí đóng góp", "Thông qua với 150 phiếu", "Ông Bình trúng cử"])
def test_a_conclusion_that_says_agreed_has_the_votes(said: str) -> None:
    vote: dict[str, object] = {
        "said": said,
        "matter": "clause_1",
        "p": 159,
        "h": 315,
        "day": TODAY,
        "status": "running",
    }
    assert weighed("conclusion_as_voted", SAID, **vote, yes=150) == ("TD-DATA-661", Severity.WARNING)
    assert codes("conclusion_as_voted", SAID, **vote, yes=210) == []
    assert codes("conclusion_as_voted", SAID, **vote) == []  # the hands are counted next
    ended = {**vote, "status": "ended"}
    assert weighed("conclusion_as_voted", SAID, **ended) == ("TD-DATA-662", Severity.WARNING)
    assert codes("conclusion_as_voted", SAID, **{**ended, "matter": "no_vote"}) == []


def test_a_conclusion_that_says_all_agreed_has_nobody_against() -> None:
    vote: dict[str, object] = {"matter": "clause_1", "yes": 211, "p": 238, "h": 315, "day": TODAY, "status": "running"}
    said = "100% hộ nhất trí"
    assert weighed("conclusion_as_voted", SAID, **vote, said=said, no=20) == ("TD-DATA-664", Severity.WARNING)
    assert codes("conclusion_as_voted", SAID, **vote, said="Tất cả thống nhất", no=0, other=7) == ["TD-DATA-664"]
    assert codes("conclusion_as_voted", SAID, **vote, said=said, no=0, other=0) == []
    for words in ("Các hộ thống nhất", "Thống nhất thu tất cả các hộ 500.000 đồng"):
        assert codes("conclusion_as_voted", SAID, **vote, said=words, no=20) == []


@pytest.mark.parametrize(
    "said", ["Không thông qua", "Các hộ chưa thống nhất", "Thống nhất phát phiếu lấy ý kiến từng hộ", "Ghi nhận", ""]
)
def test_a_conclusion_that_decides_nothing_needs_no_votes(said: str) -> None:
    vote = {"said": said, "matter": "clause_1", "yes": 150, "p": 159, "h": 315, "day": TODAY, "status": "ended"}
    assert codes("conclusion_as_voted", SAID, **vote) == []


def test_a_meeting_that_is_over_had_somebody() -> None:
    args = "p h status"
    assert weighed("somebody_came", args, p=0, h=52, status="ended") == ("TD-DATA-663", Severity.WARNING)
    assert codes("somebody_came", args, p=0, h=52, status="running") == []
    assert codes("somebody_came", args, h=52, status="sent") == []  # not counted is not nobody


def test_not_more_households_come_than_exist() -> None:
    assert codes("present_not_more_than_households", "p h", p=52, h=52) == []
    assert codes("present_not_more_than_households", "p h", p=53, h=52) == ["TD-DATA-018"]


def test_too_few_present_is_never_refused() -> None:
    args = "matter p h day"
    assert weighed("presence_enough", args, matter="clause_1", p=30, h=52) == ("TD-DATA-030", Severity.HINT)
    assert weighed("presence_enough", args, matter="clause_3", p=26, h=52, day=TODAY) == (
        "TD-DATA-031",
        Severity.WARNING,
    )
    assert codes("presence_enough", args, matter="clause_1", p=35, h=52) == []
    assert codes("presence_enough", args, matter="clause_3", p=0, h=52) == []  # planned, nobody is ticked yet
    assert codes("presence_enough", args, matter="no_vote", p=0, h=52) == []
    assert codes("presence_enough", args, matter="clause_9", p=0, h=52) == []
    assert codes("presence_enough", args, matter="clause_1", p=53, h=52) == []  # told by another rule


@pytest.mark.parametrize(
    ("issued", "returned", "valid", "invalid", "found"),
    [
        (52, 50, 48, 2, []),
        (53, 50, 48, 2, ["TD-DATA-021"]),
        (49, 50, 48, 2, ["TD-DATA-019"]),
        (52, 50, 48, 1, ["TD-DATA-020"]),
        (52, None, None, None, []),
    ],
)
def test_ballots_add_up(
    issued: int, returned: int | None, valid: int | None, invalid: int | None, found: list[str]
) -> None:
    counts = {"i": issued, "r": returned, "v": valid, "x": invalid, "h": 52}
    assert codes("ballots_consistent", "i r v x h", **counts) == found


def test_unusual_attendance_needs_a_reason_and_says_how_many_times() -> None:
    assert codes("attendance_unusual", "n h", n=260, h=52) == []
    assert weighed("attendance_unusual", "n h", n=261, h=52) == ("TD-DATA-022", Severity.WARNING)
    (found,) = run_rule("attendance_unusual", {"n": 520, "h": 52}, ("n", "h"), RuleContext(TODAY))
    assert "gấp 10 lần số hộ (52)" in found.text
    assert codes("attendance_unusual", "n h", n=10, h=0) == []


def test_households_come_from_the_area_that_was_chosen() -> None:
    args = "n area residential_area households"
    assert codes("attendance_unusual_in_area", args, n=261, area="a1") == ["TD-DATA-022"]
    assert codes("attendance_unusual_in_area", args, n=261, area="a2") == []
    assert codes("attendance_unusual_in_area", args, n=261, area="gone") == []
    assert codes("households_as_in_area", args, n=50, area="a1") == ["TD-DATA-027"]
    assert weighed("households_as_in_area", args, n=50, area="a1") == ("TD-DATA-027", Severity.HINT)
    assert codes("households_as_in_area", args, n=52, area="a1") == []
