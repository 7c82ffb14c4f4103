"""Rules on members of security teams and on the yearly rating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from thidua_desktop.domain.problems import Problem
from thidua_desktop.domain.rules import RuleContext, computed_values, run_rule

TODAY = date(2026, 11, 20)
RECORDS: Mapping[tuple[str, str], Mapping[str, object]] = {
    ("person", "young"): {"birth_year": 2009},
    ("person", "usual"): {"birth_year": 1984, "sex": "female"},
    ("person", "old"): {"birth_year": 1950},
    ("security_team", "t1"): {"founded_on": date(2026, 1, 15), "residential_area": "a1"},
    ("team_member", "boss"): {"team": "t1", "position": "leader", "joined_on": date(2026, 3, 1)},
    ("team_member", "other"): {"team": "t2", "position": "member"},
}


def found(rule: str, args: str, others: Sequence[Mapping[str, object]] = (), **values: object) -> list[Problem]:
    context = RuleContext(
        TODAY, lambda register, key: RECORDS.get((register, key)), related=lambda _register, _field, _value: others
    )
    return run_rule(rule, values, args.split(), context)


def codes(rule: str, args: str, others: Sequence[Mapping[str, object]] = (), **values: object) -> list[str]:
    return [problem.code for problem in found(rule, args, others, **values)]


def test_members_are_between_18_and_70() -> None:
    args = "person joined left approved person"
    joined = date(2026, 7, 1)
    assert codes("member_age", args, person="usual", joined=joined) == []
    assert codes("member_age", args, person="young", joined=joined) == ["TD-DATA-466"]
    assert codes("member_age", args, person="old", joined=joined) == ["TD-DATA-467"]
    assert codes("member_age", args, person="old", joined=joined, approved=joined) == []
    assert codes("member_age", args, person="old", joined=date(2015, 1, 1), left=date(2020, 6, 30)) == []


def test_a_person_is_in_one_team_at_a_time() -> None:
    args = "person joined left team_member"
    before: dict[str, object] = {"joined": date(2024, 7, 1), "left": date(2026, 6, 30)}
    values: dict[str, object] = {"person": "usual", "joined": date(2026, 7, 1)}
    assert codes("one_team_at_a_time", args, [before], **values) == []
    assert codes("one_team_at_a_time", args, [{"joined": date(2026, 1, 1)}], **values) == ["TD-DATA-469"]


def test_a_team_has_one_leader() -> None:
    args = "team position joined left team_member"
    other = {"position": "leader", "joined": date(2024, 7, 1)}
    values = {"team": "t1", "joined": date(2026, 7, 1)}
    assert codes("one_leader_of_a_team", args, [other], position="leader", **values) == ["TD-DATA-485"]
    assert codes("one_leader_of_a_team", args, [other], position="member", **values) == []
    assert (
        codes("one_leader_of_a_team", args, [{**other, "left": date(2026, 6, 30)}], position="leader", **values) == []
    )


def test_a_rating_names_its_team_or_its_member() -> None:
    args = "subject team member team_member"
    assert codes("rating_has_its_subject", args, subject="team", team="t1") == []
    assert codes("rating_has_its_subject", args, subject="team", team="t1", member="boss") == ["TD-DATA-486"]
    assert codes("rating_has_its_subject", args, subject="member", team="t1") == ["TD-DATA-486"]
    assert codes("rating_has_its_subject", args, subject="member", team="t1", member="boss") == []
    assert codes("rating_has_its_subject", args, subject="member", team="t1", member="other") == ["TD-DATA-486"]


def test_under_nine_months_or_under_complaint_nobody_is_rated() -> None:
    args = "level months complaint"
    assert codes("may_be_rated", args, level="good", months=9) == codes("may_be_rated", args, months=2) == []
    [short] = found("may_be_rated", args, level="good", months=8)
    assert (short.code, "8 tháng" in short.text) == ("TD-DATA-487", True)
    assert codes("may_be_rated", args, level="good", months=12, complaint=True) == ["TD-DATA-487"]


def test_excellent_asks_for_the_tasks() -> None:
    args = "level done given"
    assert codes("excellent_did_the_tasks", args, level="excellent", done=95, given=100) == ["TD-DATA-488"]
    assert codes("excellent_did_the_tasks", args, level="excellent", done=96, given=100) == []
    assert codes("excellent_did_the_tasks", args, level="good", done=10, given=100) == []


def test_a_leader_is_not_above_the_team() -> None:
    args = "level subject team member year team_member force_rating"
    team = {"subject": "team", "year": 2026, "level": "good"}
    values: dict[str, object] = {"subject": "member", "team": "t1", "member": "boss", "year": 2026}
    assert codes("leader_not_above_team", args, [team], level="excellent", **values) == ["TD-DATA-468"]
    assert codes("leader_not_above_team", args, [team], level="good", **values) == []
    assert codes("leader_not_above_team", args, [{**team, "year": 2025}], level="excellent", **values) == []
    assert codes("leader_not_above_team", args, [team], level="excellent", **{**values, "member": "other"}) == []


def test_the_excellent_ones_are_counted_against_the_good_ones_of_their_year() -> None:
    args = "level subject year force_rating"
    others = [{"level": "good", "year": 2026}] * 10 + [{"level": "excellent", "year": 2026}]
    others += [{"level": "good", "year": 2025}] * 10
    values: dict[str, object] = {"level": "excellent", "subject": "team", "year": 2026}
    [second] = found("excellent_within_share", args, others, **values)
    assert (second.code, second.severity, "tối đa 2 xuất sắc" in second.text) == ("TD-DATA-489", "hint", True)
    [third] = found("excellent_within_share", args, [*others, {"level": "excellent", "year": 2026}], **values)
    assert third.severity == "warning"
    assert codes("excellent_within_share", args, others, **{**values, "level": "good"}) == []


def test_a_fire_team_has_ten_members() -> None:
    assert codes("fire_team_size", "members", members=10) == []
    assert codes("fire_team_size", "members", members=9) == ["TD-DATA-476"]


def test_months_sex_and_area_come_from_the_linked_records() -> None:
    context = RuleContext(TODAY, lambda register, key: RECORDS.get((register, key)))
    member = ("months", "rated_months", ["year", "subject", "team", "member", "team_member", "security_team"])
    values = {"year": 2026, "subject": "member", "team": "t1", "member": "boss"}
    assert computed_values([member], values, context)["months"] == 8
    assert computed_values([member], {**values, "subject": "team"}, context)["months"] == 10
    linked = [
        ("sex", "linked_value", ["person", "person", "sex"]),
        ("area", "linked_value", ["team", "security_team", "residential_area"]),
    ]
    assert computed_values(linked, {"person": "usual", "team": "t1"}, context) == {
        "person": "usual", "team": "t1", "sex": "female", "area": "a1"
    }  # fmt: skip
    assert "sex" not in computed_values(linked, {"person": "gone"}, context)


def test_earlier_service_is_added_up() -> None:
    rows = (
        {"since": date(2020, 1, 1), "until": date(2020, 12, 31)},
        {"since": date(2021, 1, 1), "until": date(2021, 3, 31), "hard": True},
        {"since": date(2021, 4, 1)},
    )
    step = ("months", "weighted_service_months", ["services"])
    assert computed_values([step], {"services": rows}, RuleContext(TODAY))["months"] == 18
