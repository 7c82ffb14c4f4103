"""Mediation at the grass roots: what Law 35/2013, Decree 15/2014 and Circular 56/2023 ask of teams and cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, run_rule

PEOPLE: Mapping[str, Mapping[str, object]] = {
    "an": {"name": "Đỗ Văn An", "sex": "male", "ethnicity": "kinh"},
    "ba": {"name": "Lý Thị Ba", "sex": "female"},
    "co": {"name": "Phia", "sex": "female", "ethnicity": "co_ho"},
    "du": {"name": "Mai Văn Du", "sex": "male", "ethnicity": "kinh"},
}
AREAS = {"plain": {"area_types": ("rural",)}, "upland": {"area_types": ("rural", "ethnic")}}
MEMBERS = ("members", "area", "day")


def lookup(register: str, key: str) -> Mapping[str, object] | None:
    return (PEOPLE if register == "person" else AREAS).get(key)


CONTEXT = RuleContext(date(2026, 11, 23), lookup=lookup)


def codes(rule: str, args: tuple[str, ...], **values: object) -> list[str]:
    return [problem.code for problem in run_rule(rule, values, args, CONTEXT)]


@pytest.mark.parametrize(
    ("people", "area", "expected"),
    [
        (("an", "ba", "du"), "plain", []),
        (("an", "ba"), "plain", ["TD-DATA-434"]),
        (("an", "du", "an"), "plain", ["TD-DATA-435"]),
        (("an", "ba", "du"), "upland", ["TD-DATA-436"]),
        (("an", "co", "du"), "upland", []),
        (("an",), "upland", ["TD-DATA-434", "TD-DATA-435", "TD-DATA-436"]),
        ((), "upland", []),
    ],
)
def test_article_12_a_team_has_three_a_woman_and_a_minority_where_they_live(
    people: tuple[str, ...], area: str, expected: list[str]
) -> None:
    members = tuple({"person": one} for one in people)
    values = {"members": members, "area": area, "day": date(2026, 2, 6)}
    problems = run_rule("mediation_team_composed", values, MEMBERS, CONTEXT)
    assert [problem.code for problem in problems] == expected
    assert all(problem.severity is Severity.WARNING for problem in problems)


@pytest.mark.parametrize(("votes", "expected"), [(108, []), (107, ["TD-DATA-438"]), (None, [])])
def test_article_8_more_than_half_of_all_households(votes: int | None, expected: list[str]) -> None:
    members = ({"person": "an", "votes": 200}, {"person": "ba", "votes": votes})
    values: dict[str, object] = {"members": members, "households": 214}
    problems = run_rule("mediator_elected", values, ("members.votes", "households"), CONTEXT)
    assert [problem.code for problem in problems] == expected
    assert all(problem.field == "members[1].votes" for problem in problems)


@pytest.mark.parametrize(("day", "expected"), [(9, []), (10, ["TD-DATA-437"])])
def test_article_8_recognised_within_five_working_days(day: int, expected: list[str]) -> None:
    given = {"received": date(2026, 3, 2), "recognised": date(2026, 3, day)}  # a Monday; the fifth one is the 9th
    assert codes("mediators_recognised_in_time", ("received", "recognised"), **given) == expected


@pytest.mark.parametrize(("day", "expected"), [(21, []), (24, []), (25, ["TD-DATA-439"])])
def test_article_20_begun_within_three_days_of_the_assignment(day: int, expected: list[str]) -> None:
    given = {"assigned": date(2026, 10, 21), "started": date(2026, 10, day)}
    assert codes("mediation_started_in_time", ("assigned", "started"), **given) == expected


@pytest.mark.parametrize(
    ("outcome", "ended", "expected"),
    [
        ("open", None, []),
        ("success", date(2026, 11, 2), []),
        ("open", date(2026, 11, 2), ["TD-DATA-441"]),
        ("stopped", None, ["TD-DATA-442"]),
        (None, date(2026, 11, 2), []),
    ],
)
def test_article_23_an_outcome_has_its_day(outcome: str | None, ended: date | None, expected: list[str]) -> None:
    assert codes("mediation_outcome_dated", ("outcome", "ended"), outcome=outcome, ended=ended) == expected


@pytest.mark.parametrize(
    ("fee", "outcome", "ended", "expected"),
    [
        (300_000, "failure", date(2026, 11, 2), []),
        (300_001, "failure", date(2026, 11, 2), ["TD-DATA-444"]),
        (400_000, "success", date(2026, 11, 2), []),
        (400_001, "success", date(2026, 11, 2), ["TD-DATA-444"]),
        (400_000, "success", date(2023, 11, 19), ["TD-DATA-444"]),  # before Circular 56/2023
        (300_001, "open", None, ["TD-DATA-444"]),
        (None, "success", date(2026, 11, 2), []),
    ],
)
def test_circular_56_sets_the_highest_fee(
    fee: int | None, outcome: str, ended: date | None, expected: list[str]
) -> None:
    given = {"fee": fee, "outcome": outcome, "ended": ended, "received": date(2026, 10, 1)}
    assert codes("mediation_fee_within_ceiling", ("fee", "outcome", "received", "ended"), **given) == expected


@pytest.mark.parametrize(("amount", "expected"), [(150_000, []), (150_001, ["TD-DATA-444"]), (None, [])])
def test_circular_56_sets_the_highest_support_of_a_team(amount: int | None, expected: list[str]) -> None:
    args = ("amount", "day", "mediation_team_monthly")
    assert codes("within_ceiling", args, amount=amount, day=date(2026, 1, 1)) == expected
    assert codes("within_ceiling", args, amount=amount, day=None) == expected


def test_the_book_wants_two_parties_and_the_agreement() -> None:
    one = ({"kind": "party", "name": "Phia"}, {"kind": "related", "name": "K'Brền"})
    assert codes("two_parties_named", ("parties",), parties=one) == ["TD-DATA-443"]
    assert codes("two_parties_named", ("parties",), parties=(one[0], one[0])) == []
    assert codes("two_parties_named", ("parties",)) == []
    both = ("outcome", "agreement")
    assert codes("success_tells_agreement", both, outcome="success") == ["TD-DATA-445"]
    assert codes("success_tells_agreement", both, outcome="success", agreement="Mở lối đi chung.") == []
    assert codes("success_tells_agreement", both, outcome="failure") == []
