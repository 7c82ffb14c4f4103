"""Rules and computed fields of launches, targets and clusters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, computed_values, run_rule

CONTEXT = RuleContext(date(2026, 11, 23))
CRITERIA = [{"criterion": "a", "points": 40}, {"criterion": "b", "points": 60}]


def found(rule: str, values: dict[str, Any], *args: str) -> list[tuple[str, str, Severity]]:
    return [(one.code, one.field, one.severity) for one in run_rule(rule, values, args, CONTEXT)]


def computed(function: str, values: dict[str, Any], *args: str, context: RuleContext = CONTEXT) -> Any:
    return computed_values([("it", function, args)], values, context).get("it")


def test_a_plan_states_what_article_17_asks() -> None:
    values = {"day": date(2026, 1, 20), "aim": "Giữ vững", "criteria": (), "content": ""}
    assert found("launch_plan_complete", values, "day", "aim", "criteria", "content") == [
        ("TD-DATA-490", "criteria", Severity.HINT)
    ]
    assert found("launch_plan_complete", {**values, "day": None}, "day", "content") == []
    assert found("launch_plan_complete", values, "day", "aim") == []


@pytest.mark.parametrize(
    ("criteria", "points", "grounds", "codes"),
    [
        (CRITERIA, 100, ({}, {}), ["TD-DATA-491"]),
        ([*CRITERIA, {"criterion": "c", "points": 5}], 105, ({}, {}), ["TD-DATA-492"]),
        ([*CRITERIA, {"criterion": "c"}], 100, ({},), ["TD-DATA-493"]),
        ([], None, (), []),
    ],
)
def test_criteria_points_and_grounds(criteria: list[Any], points: int | None, grounds: Any, codes: list[str]) -> None:
    values = {"day": date(2026, 1, 20), "criteria": criteria, "points": points, "grounds": grounds}
    assert [one[0] for one in found("launch_criteria_enough", values, "day", "criteria", "points", "grounds")] == codes


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "commune"}, None),
        ({"kind": "residential_area"}, "area"),
        ({"kind": "residential_area", "area": "a"}, None),
        ({"kind": "school", "area": "a"}, "organization"),
        ({}, None),
    ],
)
def test_a_target_has_its_unit(values: dict[str, Any], field: str | None) -> None:
    problems = found("target_subject_given", values, "kind", "area", "organization")
    assert problems == ([("TD-DATA-494", field, Severity.ERROR)] if field else [])


@pytest.mark.parametrize(
    ("base", "target", "direction", "odd"),
    [(80, 90, "more", False), (80, 70, "more", True), (8, 9, "less", True), (8, 7, "less", False),
     (8, 8, "less", False),
     (None, 7, "more", False)],
)  # fmt: skip
def test_a_target_worse_than_last_year_asks_for_a_reason(
    base: int | None, target: int, direction: str, odd: bool
) -> None:
    values = {"base": base, "target": target, "direction": direction}
    expected = [("TD-DATA-495", "target", Severity.WARNING)] if odd else []
    assert found("target_against_base", values, "base", "target", "direction") == expected


def test_counting_from_the_books_needs_an_indicator_and_an_area() -> None:
    args = ("source", "indicator", "kind")
    area = {"source": "indicator", "kind": "residential_area"}
    assert found("target_source_fits", area, *args) == [("TD-DATA-496", "indicator", Severity.ERROR)]
    assert found("target_source_fits", {**area, "indicator": "sessions"}, *args) == []
    school = {"source": "indicator", "indicator": "sessions", "kind": "school"}
    assert found("target_source_fits", school, *args) == [("TD-DATA-497", "source", Severity.ERROR)]
    assert found("target_source_fits", {"source": "typed", "kind": "school"}, *args) == []


def test_progress_lies_in_the_term() -> None:
    rows = ({"day": date(2026, 6, 30)}, {"day": date(2027, 1, 2)})
    values = {"progress": rows, "start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    assert found("progress_in_term", values, "progress.day", "start", "end") == [
        ("TD-DATA-498", "progress[1].day", Severity.WARNING)
    ]


def test_closing_needs_a_value_and_registering_has_its_quarter() -> None:
    closed = {"closed": date(2026, 11, 16)}
    assert found("closed_with_value", closed, "closed", "value") == [("TD-DATA-499", "closed", Severity.ERROR)]
    assert found("closed_with_value", {**closed, "value": Decimal(0)}, "closed", "value") == []
    late = {"day": date(2026, 4, 1), "year": 2026}
    assert found("registered_in_time", late, "day", "year") == [("TD-DATA-500", "day", Severity.HINT)]
    for day in (date(2026, 3, 31), date(2025, 12, 20)):
        assert found("registered_in_time", {"day": day, "year": 2026}, "day", "year") == []


def test_a_leader_is_a_member() -> None:
    values = {
        "leaders": ({"name": "thôn Tân Lập"}, {"name": "Thôn Đông Hạ"}), "members": ({"name": "Thôn Tân Lập"},),
    }  # fmt: skip
    assert found("leaders_are_members", values, "leaders.name", "members.name") == [
        ("TD-DATA-501", "leaders[1].name", Severity.HINT)
    ]


def test_the_value_of_a_target_is_the_final_one_or_the_newest() -> None:
    progress = ({"day": date(2026, 6, 30), "value": Decimal(40)}, {"day": date(2026, 3, 31), "value": Decimal(20)})
    assert computed("latest_value", {"progress": progress}, "progress", "final") == 40
    assert computed("latest_value", {"progress": progress, "final": Decimal(5)}, "progress", "final") == 5
    assert computed("latest_value", {}, "progress", "final") is None
    assert computed("percent_of_target", {"v": Decimal(45), "t": Decimal(60)}, "v", "t") == 75


def test_a_result_stands_only_when_closed_and_does_not_move() -> None:
    args = ("closed", "value", "target", "direction")
    values = {"value": Decimal(210), "target": Decimal(200), "direction": "more"}
    assert computed("target_result", values, *args) is None
    assert computed("target_result", {**values, "closed": date(2026, 11, 16)}, *args) == "exceeded"
    later = RuleContext(date(2031, 1, 1))
    assert computed("target_result", {**values, "closed": date(2026, 11, 16)}, *args, context=later) == "exceeded"


def test_the_day_of_completion() -> None:
    args = ("closed", "progress", "target", "direction", "result")
    progress = ({"day": date(2026, 9, 1), "value": Decimal(200)},)
    values = {"closed": date(2026, 11, 16), "progress": progress, "target": Decimal(200), "result": "reached"}
    assert computed("target_completed_on", {**values, "direction": "more"}, *args) == date(2026, 9, 1)
    assert computed("target_completed_on", {**values, "direction": "less"}, *args) == date(2026, 11, 16)
    missed = {**values, "direction": "less", "result": "not_reached"}
    assert computed("target_completed_on", missed, *args) is None


def test_a_year_ends_on_its_last_day_and_a_unit_has_a_name() -> None:
    assert computed("end_of_year", {"year": 2026}, "year") == date(2026, 12, 31)
    named = RuleContext(date(2026, 11, 23), shown=lambda field, value: f"{field} {value}")
    assert computed("first_shown", {"area": "", "kind": "commune"}, "area", "kind", context=named) == "kind commune"
    assert computed("first_shown", {"area": "a1", "kind": "x"}, "area", "kind", context=named) == "area a1"
    assert computed("first_shown", {}, "area", "kind", context=named) is None
