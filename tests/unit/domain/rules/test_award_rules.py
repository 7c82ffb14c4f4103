"""Rules on award rounds and nominations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, run_rule

DAY = date(2026, 11, 20)
ROUND = {"members_total": 11, "meeting_on": date(2026, 12, 2)}
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


def context(*others: dict[str, Any]) -> RuleContext:
    """An office with one round and these other nominations."""
    return RuleContext(
        date(2026, 12, 9),
        lookup=lambda register, _id: ROUND if register == "award_round" else None,
        related=lambda _register, field, value: [one for one in others if one.get(field) == value],
    )


def found(rule: str, values: dict[str, Any], args: str, *others: dict[str, Any]) -> list[tuple[str, str, Severity]]:
    problems = run_rule(rule, values, args.split(), context(*others))
    return [(one.code, one.field, one.severity) for one in problems]


def test_a_round_keeps_its_days() -> None:
    late = {"received": date(2026, 12, 11), "due": date(2026, 12, 10)}
    assert found("award_dossier_in_time", late, "received due") == [("TD-DATA-519", "received", WARNING)]
    assert found("award_dossier_in_time", {**late, "received": date(2026, 12, 10)}, "received due") == []
    early = {"meeting": date(2026, 12, 2), "decision": date(2026, 12, 1)}
    assert found("decision_after_council", early, "meeting decision") == [("TD-DATA-524", "decision", WARNING)]
    assert found("decision_after_council", {**early, "decision": date(2026, 12, 2)}, "meeting decision") == []


def test_the_state_follows_the_decision_and_the_council_is_counted() -> None:
    args = "status decision_on decided presented"
    values = {"status": "collecting", "decision_on": DAY}
    assert found("state_follows", values, args) == [("TD-DATA-614", "status", WARNING)]
    assert run_rule("state_follows", values, args.split(), context())[0].remedy == ("decided", "decided")
    assert found("state_follows", {**values, "status": "presented"}, args) == []
    assert found("state_follows", {"status": "collecting"}, args) == []
    assert found("given_with", {"meeting_on": DAY}, "members_total meeting_on") == [
        ("TD-DATA-611", "members_total", HINT)
    ]
    assert found("given_with", {"meeting_on": DAY, "members_total": 11}, "members_total meeting_on") == []


@pytest.mark.parametrize(("present", "written", "enough"), [(9, None, True), (8, None, False), (8, 1, True)])
def test_the_council_is_there(present: int, written: int | None, enough: bool) -> None:
    values = {"total": 11, "present": present, "written": written, "day": DAY}
    expected = [] if enough else [("TD-DATA-521", "present", WARNING)]
    assert found("council_present_enough", values, "total present written day") == expected


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"who": "person"}, "person"),
        ({"who": "person", "person": "p"}, None),
        ({"who": "person", "area": "a"}, "person"),
        ({"who": "collective", "area": "a"}, None),
        ({"who": "collective", "text": "Đội dân phòng"}, None),
        ({"who": "collective", "person": "p"}, "area"),
        ({"who": "household", "area": "a"}, "text"),
        ({}, None),
    ],
)
def test_somebody_is_nominated(values: dict[str, Any], field: str | None) -> None:
    expected = [("TD-DATA-512", field, ERROR)] if field else []
    assert found("award_recipient_given", values, "who person area text") == expected


@pytest.mark.parametrize(
    ("award", "who", "fits"),
    [("advanced_worker", "person", True), ("advanced_worker", "collective", False), ("province_flag", "person", False),
     ("commune_citation", "household", True), ("culture_family", "collective", False)],
)  # fmt: skip
def test_an_award_fits_whom_it_is_given_to(award: str, who: str, fits: bool) -> None:
    expected = [] if fits else [("TD-DATA-511", "who", ERROR)]
    assert found("award_fits_recipient", {"award": award, "who": who, "day": DAY}, "award who day") == expected


@pytest.mark.parametrize(
    ("obstacles", "result", "expected"),
    [
        (("discipline",), "awarded", [("TD-DATA-502", "o", ERROR)]),
        (("complaint",), "proposed_up", [("TD-DATA-502", "o", ERROR)]),
        (("investigation",), "pending", [("TD-DATA-502", "o", HINT)]),
        (("traffic", "tax"), "awarded", [("TD-DATA-503", "o", WARNING)]),
        (("traffic",), "rejected", [("TD-DATA-503", "o", HINT)]),
        (("corruption", "tax"), "awarded", [("TD-DATA-502", "o", ERROR), ("TD-DATA-503", "o", WARNING)]),
        ((), "awarded", []),
    ],
)
def test_nobody_is_rewarded_while_something_is_pending(obstacles: Any, result: str, expected: Any) -> None:
    assert found("no_award_while_pending", {"o": obstacles, "r": result}, "o r") == expected


def test_obstacles_are_asked_for_before_an_award() -> None:
    assert found("obstacles_checked", {"r": "awarded"}, "d r") == [("TD-DATA-526", "d", HINT)]
    assert found("obstacles_checked", {"r": "awarded", "d": DAY}, "d r") == []
    assert found("obstacles_checked", {"r": "pending"}, "d r") == []


LINKS = "person team group organization residential_area recipient_text"
ACHIEVEMENT = f"award year {LINKS} achieved_from achieved_to proposed_on recipient"
MINE = {
    "award": "commune_citation", "year": 2026, "person": "p", "residential_area": "a", "recipient": "person",
    "achieved_from": date(2026, 1, 1), "achieved_to": date(2026, 11, 15), "proposed_on": DAY,
}  # fmt: skip
GIVEN = {**MINE, "result": "awarded", "award": "police_citation", "achieved_to": date(2026, 6, 30)}


@pytest.mark.parametrize(
    ("other", "twice"),
    [
        (GIVEN, True),
        ({**GIVEN, "achieved_from": date(2025, 1, 1), "achieved_to": date(2025, 12, 31), "year": 2025}, False),
        ({**GIVEN, "award": "advanced_worker"}, False),
        ({**GIVEN, "result": "rejected"}, False),
        ({**GIVEN, "withdrawn_on": DAY}, False),
        ({**GIVEN, "person": "somebody else"}, False),
        ({**GIVEN, "recipient": "collective", "person": None}, False),
        ({**GIVEN, "achieved_from": None}, True),
    ],
)
def test_one_achievement_brings_one_award(other: dict[str, Any], twice: bool) -> None:
    expected = [("TD-DATA-504", "award", WARNING)] if twice else []
    assert found("one_achievement_one_award", MINE, ACHIEVEMENT, other) == expected


def test_a_title_is_given_once_a_year_and_a_household_is_not_its_area() -> None:
    title = {**MINE, "award": "advanced_worker"}
    other = {**title, "result": "awarded", "achieved_from": date(2025, 1, 1), "achieved_to": date(2025, 2, 1)}
    assert found("one_achievement_one_award", title, ACHIEVEMENT, other) == [("TD-DATA-504", "award", WARNING)]
    assert found("one_achievement_one_award", title, ACHIEVEMENT, {**other, "year": 2025}) == []
    household = {**MINE, "recipient": "household", "person": None}
    assert found("one_achievement_one_award", household, ACHIEVEMENT, {**household, "result": "awarded"}) == []
    area = {**MINE, "recipient": "collective", "person": None}
    assert len(found("one_achievement_one_award", area, ACHIEVEMENT, {**area, "result": "awarded"})) == 1
    group = {**area, "result": "awarded", "group": "a group of that area"}
    assert found("one_achievement_one_award", area, ACHIEVEMENT, group) == []
    assert found("one_achievement_one_award", {**area, "recipient_text": "Đội"}, ACHIEVEMENT, group) == []


def test_a_base_fighter_is_an_advanced_worker_with_one_of_the_grounds() -> None:
    args = "award person year advanced basis"
    values = {"award": "base_fighter", "person": "p", "year": 2026, "basis": "duty"}
    assert found("base_fighter_grounds", values, args) == [
        ("TD-DATA-505", "advanced", WARNING), ("TD-DATA-506", "basis", WARNING),
    ]  # fmt: skip
    good = {**values, "basis": "initiative"}
    title = {"award": "advanced_worker", "person": "p", "year": 2026, "result": "awarded"}
    assert found("base_fighter_grounds", good, args, title) == []
    assert found("base_fighter_grounds", {**good, "advanced": True}, args) == []
    assert len(found("base_fighter_grounds", good, args, {**title, "year": 2025})) == 1
    assert found("base_fighter_grounds", {**values, "award": "advanced_worker"}, args) == []


def test_seven_of_ten_members_and_nobody_disciplined() -> None:
    args = "award total advanced disciplined fighter day"
    values = {"award": "advanced_collective", "total": 25, "advanced": 18, "disciplined": 0, "day": DAY}
    assert found("collective_standard", values, args) == []
    short = run_rule("collective_standard", {**values, "advanced": 16}, args.split(), context())
    assert [one.code for one in short] == ["TD-DATA-507"] and "cần thêm 2 người" in short[0].text
    assert found("collective_standard", {**values, "disciplined": 1}, args) == [("TD-DATA-508", "disciplined", WARNING)]
    excellent = {**values, "award": "excellent_collective"}
    assert found("collective_standard", excellent, args) == [("TD-DATA-509", "fighter", WARNING)]
    assert found("collective_standard", {**excellent, "fighter": True}, args) == []


def test_the_medal_is_given_once_and_after_long_service() -> None:
    medal = {"award": "security_medal", "person": "p", "result": "awarded"}
    assert found("medal_not_held", medal, "award person o result", medal) == [("TD-DATA-517", "award", ERROR)]
    assert found("medal_not_held", medal, "award person o result") == []
    holder = {**medal, "o": ("holds_medal",)}
    assert found("medal_not_held", holder, "award person o result") == [("TD-DATA-529", "o", ERROR)]
    short = {**medal, "missing": "6 tháng"}
    assert found("medal_service_enough", short, "award missing result") == [("TD-DATA-516", "missing", WARNING)]
    pending = {**short, "result": "pending"}
    assert found("medal_service_enough", pending, "award missing result") == [("TD-DATA-516", "missing", HINT)]
    rows = ({"start": date(2010, 1, 1), "end": date(2012, 1, 1)}, {"start": date(2012, 1, 1)})
    assert found("service_not_twice", {"s": rows}, "s") == [("TD-DATA-522", "s", HINT)]
    assert found("service_not_twice", {"s": rows[:1]}, "s") == []


def test_a_leader_was_rewarded_before() -> None:
    args = "award service person prior"
    values = {"award": "security_medal", "person": "p", "service": ({"leading": True},)}
    assert found("leader_rewarded_before", values, args) == [("TD-DATA-518", "prior", WARNING)]
    assert found("leader_rewarded_before", {**values, "prior": ({"security": True},)}, args) == []
    assert found("leader_rewarded_before", values, args, {"person": "p", "result": "awarded"}) == []
    assert found("leader_rewarded_before", {**values, "service": ({"leading": False},)}, args) == []


@pytest.mark.parametrize(
    ("votes", "result", "expected"),
    [(9, "awarded", []), (8, "awarded", [("TD-DATA-510", "v", WARNING)]), (8, "rejected", []),
     (12, "pending", [("TD-DATA-528", "v", ERROR)]), (None, "awarded", [])],
)  # fmt: skip
def test_votes_of_the_council(votes: int | None, result: str, expected: Any) -> None:
    values = {"v": votes, "needed": 9, "round": "r", "result": result}
    assert found("award_votes_enough", values, "v needed round result") == expected


def test_equal_votes_name_who_comes_first() -> None:
    args = "round award votes_for sex total women result"
    man = {
        "round": "r",
        "result": "pending",
        "award": "commune_citation",
        "votes_for": 8,
        "sex": "male",
        "recipient_name": "Ông Minh",
    }
    woman = {**man, "sex": "female", "recipient_name": "Bà Ánh"}
    problems = run_rule("equal_votes_women_first", man, args.split(), context(woman))
    assert [one.code for one in problems] == ["TD-DATA-520"] and "ưu tiên Bà Ánh" in problems[0].text
    assert found("equal_votes_women_first", man, args, {**woman, "votes_for": 9}) == []
    assert found("equal_votes_women_first", {**man, "result": "awarded"}, args, woman) == []
    assert found("equal_votes_women_first", man, args, {**man, "recipient_name": "Ông Lâm"}) == []
    assert found("equal_votes_women_first", woman, args, {**woman, "recipient_name": "Bà Lan"}) == []


def test_an_award_has_a_decision_of_who_may_decide() -> None:
    assert found("awarded_by_decision", {"r": "awarded"}, "r n d") == [("TD-DATA-513", "r", ERROR)]
    assert found("awarded_by_decision", {"r": "awarded", "n": "1/QĐ", "d": DAY}, "r n d") == []
    assert found("awarded_by_decision", {"r": "pending"}, "r n d") == []
    above = {"r": "awarded", "by": "province_chair"}
    assert found("award_power", above, "r by own") == [("TD-DATA-514", "own", WARNING)]
    assert found("award_power", {**above, "own": "1450/QĐ-UBND"}, "r by own") == []
    assert found("award_power", {**above, "by": "commune_chair"}, "r by own") == []


@pytest.mark.parametrize(
    ("decider", "told"), [("province_chair", 0), ("police_director", 0), ("commune_chair", 0), ("minister", 1)]
)
def test_the_province_decides_what_communes_submit(decider: str, told: int) -> None:
    there = replace(context(), at_province=True)
    values = {"r": "awarded", "by": decider}
    assert len(run_rule("award_power", values, ["r", "by", "own"], there)) == told


def test_unknown_money_and_withdrawals_are_told() -> None:
    assert found("award_money_known", {"d": DAY}, "d m") == [("TD-DATA-515", "m", HINT)]
    assert found("award_money_known", {"d": DAY, "m": 760_000}, "d m") == []
    assert found("withdrawn_with_basis", {"w": DAY}, "w b") == [("TD-DATA-523", "b", ERROR)]
    assert found("withdrawn_with_basis", {"w": DAY, "b": "55/QĐ-UBND"}, "w b") == []


def test_what_papers_and_figures_take_is_asked_for_once_it_is_known_of_whom() -> None:
    named = {"number": "312/QĐ-UBND"}
    args = ["day", "number", "Giấy khen lấy ngày này"]
    (one,) = run_rule("worth_writing", named, args, context())
    assert (one.code, one.field, one.severity) == ("TD-DATA-650", "day", HINT) and "lấy ngày này" in one.text
    assert run_rule("worth_writing", {**named, "day": DAY}, args, context()) == []
    assert run_rule("worth_writing", {}, args, context()) == []
