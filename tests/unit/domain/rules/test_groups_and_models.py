"""Groups, their yearly rating, models and points, good examples; and what a record of propaganda is counted as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain.rules import RuleContext, computed_values, run_rule

RECORDS: Mapping[str, Mapping[str, object]] = {
    "old": {"founded_on": date(2019, 5, 1), "closed_on": date(2025, 12, 31), "residential_area": "a"},
    "new": {"founded_on": date(2026, 1, 1), "residential_area": "b"},
    "merged": {"valid_to": date(2026, 4, 30)},
    "model": {"founded_on": date(2026, 3, 10), "stopped_on": date(2026, 9, 30)},
    "running": {"founded_on": date(2026, 3, 10)},
    "legal": {"legal_topic": True},
    "plain": {"legal_topic": False},
}
CONTEXT = RuleContext(date(2026, 11, 23), lookup=lambda register, key: RECORDS.get(key))


def codes(rule: str, args: tuple[str, ...], **values: object) -> list[str]:
    return [problem.code for problem in run_rule(rule, values, args, CONTEXT)]


@pytest.mark.parametrize(
    ("points", "expected"),
    [("100", "excellent"), ("90", "excellent"), ("89.9", "good"), ("70", "good"), ("50", "average"), ("49.9", "weak")],
)
def test_the_class_follows_the_bands(points: str, expected: str) -> None:
    call = ("class", "class_by_points", ("points", "year", "group_rating_bands"))
    assert computed_values([call], {"points": Decimal(points), "year": 2026}, CONTEXT)["class"] == expected


def test_no_points_no_class() -> None:
    call = ("class", "class_by_points", ("points", "year", "group_rating_bands"))
    assert computed_values([call], {"year": 2026, "class": "good"}, CONTEXT) == {"year": 2026}


def test_a_class_against_its_points_wants_a_reason() -> None:
    both = ("given", "computed")
    assert codes("class_agrees_with_points", both, given="average", computed="good") == ["TD-DATA-446"]
    assert codes("class_agrees_with_points", both, given="good", computed="good") == []
    assert codes("class_agrees_with_points", both, given="good") == []


@pytest.mark.parametrize(
    ("group", "year", "expected"),
    [("old", 2025, []), ("old", 2026, ["TD-DATA-447"]), ("new", 2025, ["TD-DATA-447"]), ("new", 2026, [])],
)
def test_a_rated_group_stood_in_the_year(group: str, year: int, expected: list[str]) -> None:
    assert codes("group_stood_in_year", ("group", "year"), group=group, year=year) == expected


def test_meetings_held_are_those_of_the_book_of_meetings() -> None:
    days = [date(2026, 1, 10), date(2026, 12, 31), date(2025, 12, 31)]
    context = replace(CONTEXT, related=lambda *_: [{"held_on": day} for day in days])
    args = ("held", "group", "year")
    for held, wanted in ((2, []), (12, ["TD-DATA-456"]), (None, ["TD-DATA-456"])):
        values = {"held": held, "group": "old", "year": 2026}
        assert [one.code for one in run_rule("held_as_recorded", values, args, context)] == wanted
    assert run_rule("held_as_recorded", {"held": 12, "group": "old", "year": 2024}, args, context) == []


def test_rhythm_successor_and_area() -> None:
    rhythm = ("rhythm", "kind", "founded")
    assert codes("rhythm_as_set", rhythm, rhythm="yearly", kind="security") == ["TD-DATA-448"]
    assert codes("rhythm_as_set", rhythm, rhythm="quarterly", kind="inter_family_fire") == []
    assert codes("rhythm_as_set", rhythm, rhythm="yearly", kind="other") == []
    closing = ("successor", "closed")
    assert codes("successor_needs_closing", closing, successor="new") == ["TD-DATA-449"]
    assert codes("successor_needs_closing", closing, successor="new", closed=date(2026, 6, 30)) == []
    rows = {"groups": ({"group": "old"}, {"group": "new"}), "area": "a"}
    problems = run_rule("group_of_area", rows, ("groups.group", "area"), CONTEXT)
    assert [(one.code, one.field) for one in problems] == [("TD-DATA-451", "groups[1].group")]
    assert run_rule("group_of_area", {**rows, "area": "merged"}, ("groups.group", "area"), CONTEXT) == []


@pytest.mark.parametrize(
    ("model", "founded", "stopped", "expected"),
    [
        ("running", date(2026, 3, 10), None, []),
        ("running", date(2026, 3, 9), None, ["TD-DATA-450"]),
        ("model", date(2026, 3, 10), None, ["TD-DATA-454"]),
        ("model", date(2026, 3, 10), date(2026, 9, 30), []),
        ("model", date(2026, 3, 10), date(2026, 10, 1), ["TD-DATA-454"]),
        ("gone", date(2020, 1, 1), None, []),
    ],
)
def test_a_point_stands_within_its_model(model: str, founded: date, stopped: date | None, expected: list[str]) -> None:
    given = {"model": model, "founded": founded, "stopped": stopped}
    assert codes("point_within_model", ("model", "founded", "stopped"), **given) == expected


def test_every_camera_point_has_an_eye() -> None:
    assert codes("eyes_have_points", ("points", "eyes"), points=19, eyes=36) == []
    assert codes("eyes_have_points", ("points", "eyes"), points=19, eyes=18) == ["TD-DATA-455"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"kind": "person", "person": "x"}, []),
        ({"kind": "person", "collective": "Tổ 5"}, ["TD-DATA-453"]),
        ({"kind": "collective", "organization": "x"}, []),
        ({"kind": "collective", "person": "x"}, ["TD-DATA-453"]),
        ({}, []),
    ],
)
def test_an_example_is_named(values: dict[str, object], expected: list[str]) -> None:
    assert codes("example_named", ("kind", "person", "collective", "organization"), **values) == expected


def test_a_meeting_counts_as_a_session_once() -> None:
    assert codes("meeting_counts_as_session", ("meeting",), meeting="legal") == []
    assert codes("meeting_counts_as_session", ("meeting",), meeting="plain") == ["TD-DATA-431"]
    assert codes("meeting_counts_as_session", ("meeting",)) == []
    both = ("meeting", "listeners")
    assert codes("listeners_come_from_meeting", both, meeting="legal", listeners=30) == ["TD-DATA-432"]
    assert codes("listeners_come_from_meeting", both, listeners=30) == []


@pytest.mark.parametrize(
    ("form", "given", "expected"),
    [
        ("conference", "listeners", []),
        ("conference", "entrants", ["TD-DATA-433"]),
        ("contest", "entrants", []),
        ("documents", "documents", []),
        ("broadcast", "articles", ["TD-DATA-433"]),
        ("article", "articles", []),
    ],
)
def test_a_form_brings_the_figure_of_its_column(form: str, given: str, expected: list[str]) -> None:
    args = ("form", "meeting", "listeners", "entrants", "documents", "broadcasts", "articles")
    assert codes("legal_figure_given", args, form=form, **{given: 3}) == expected
    assert codes("legal_figure_given", args, form=form, meeting="legal") == []
