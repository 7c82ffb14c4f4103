"""Rules and computed fields of registrations and assessments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, computed_values, run_rule
from thidua_desktop.formdef.loader import load_definitions

DEFINITIONS = load_definitions()
SETS = DEFINITIONS.assessments
BOOKS: Mapping[tuple[str, str], Mapping[str, object]] = {
    ("residential_area", "a"): {"name": "Đông Hạ"},
    ("organization", "mill"): {"name": "Nhà máy gạo", "kind": "enterprise", "enterprise_size": "large"},
    ("organization", "shop"): {"name": "Cửa hàng Sáu", "kind": "enterprise", "enterprise_size": "micro"},
    ("organization", "nursery"): {"name": "Mầm non Hoa Mai", "kind": "school", "school_level": "kindergarten"},
    ("organization", "barracks"): {"name": "Đại đội 5", "kind": "armed_unit"},
}
SUBJECT = ("subject_kind", "residential_area", "organization", "group", "member_name")
SCOPE = ("criteria_set", "year", "subject_kind", "organization")


def codes(
    rule: str, values: Mapping[str, object], args: Sequence[str], others: Sequence[Mapping[str, object]] = ()
) -> list[str]:
    context = RuleContext(
        date(2026, 11, 23),
        lookup=lambda register, key: BOOKS.get((register, key)),
        related=lambda *_: others,
        criteria_sets=SETS,
    )
    return [problem.code for problem in run_rule(rule, values, args, context)]


def test_exactly_the_right_subject_is_filled() -> None:
    assert codes("subject_of_its_kind", {"subject_kind": "residential_area", "residential_area": "a"}, SUBJECT) == []
    assert codes("subject_of_its_kind", {"subject_kind": "residential_area"}, SUBJECT) == ["TD-DATA-050"]
    assert codes("subject_of_its_kind", {"subject_kind": "school", "residential_area": "a"}, SUBJECT) == [
        "TD-DATA-050",
        "TD-DATA-051",
    ]
    assert codes("subject_of_its_kind", {"subject_kind": "commune"}, SUBJECT) == []
    assert codes("subject_of_its_kind", {"subject_kind": "commune", "organization": "mill"}, SUBJECT) == ["TD-DATA-051"]
    assert codes("subject_of_its_kind", {"subject_kind": "cluster_member"}, SUBJECT) == ["TD-DATA-050"]
    assert codes("subject_of_its_kind", {}, SUBJECT) == []


@pytest.mark.parametrize(
    ("set_name", "kind", "organization", "year", "expected"),
    [
        ("safe_unit", "enterprise", "mill", 2026, []),
        ("safe_unit", "enterprise", "shop", 2026, ["TD-DATA-053"]),
        ("safe_school", "school", "nursery", 2026, ["TD-DATA-053"]),
        ("safe_unit", "agency", "barracks", 2026, ["TD-DATA-053"]),
        ("safe_unit", "agency", "mill", 2026, ["TD-DATA-052"]),
        ("safe_unit", "school", "nursery", 2026, ["TD-DATA-054"]),
        ("safe_unit", "enterprise", "mill", 2021, ["TD-DATA-055"]),
        ("newer_set", "enterprise", "shop", 2026, []),
    ],
)
def test_the_set_must_apply_to_the_subject(
    set_name: str, kind: str, organization: str, year: int, expected: list[str]
) -> None:
    values = {"criteria_set": set_name, "year": year, "subject_kind": kind, "organization": organization}
    assert codes("subject_in_scope", values, SCOPE) == expected


def test_a_subject_is_assessed_subject_once_a_year_by_a_set() -> None:
    values = {"criteria_set": "safe_area", "year": 2026, "subject_kind": "residential_area", "residential_area": "a"}
    args = ("criteria_set", "year", "assessment")
    assert codes("subject_once_a_year", values, args, [dict(values)]) == ["TD-DATA-056"]
    assert (
        codes("subject_once_a_year", values, args, [{**values, "year": 2025}, {**values, "residential_area": "b"}])
        == []
    )


def test_late_and_incomplete_registrations_need_a_reason() -> None:
    values = {"criteria_set": "safe_area", "year": 2026, "registered_on": date(2026, 4, 1), "part": 50, "whole": 52}
    args = ("registered_on", "criteria_set", "year")
    assert codes("registered_by_set_day", values, args) == ["TD-DATA-058"]
    assert codes("registered_by_set_day", {**values, "registered_on": date(2026, 3, 31)}, args) == []
    assert codes("subject_takes_part", values, ("part", "whole")) == ["TD-DATA-057"]
    assert codes("subject_takes_part", {**values, "part": 52}, ("part", "whole")) == []


def test_rows_stay_within_their_points_and_answer_for_incidents() -> None:
    row = {"criterion": "3.3", "maximum": Decimal(10), "self_points": Decimal(11)}
    assert codes("points_within_maximum", {"criteria": (row,)}, ("criteria",)) == ["TD-DATA-059"]
    kept = {**row, "self_points": Decimal(10), "incidents": 2}
    assert codes("incidents_answered", {"criteria": (kept,)}, ("criteria",)) == ["TD-DATA-060"]
    assert codes("incidents_answered", {"criteria": ({**kept, "self_points": Decimal(6)},)}, ("criteria",)) == []
    assert codes("incidents_answered", {"criteria": ({**kept, "override_reason": "Nơi khác"},)}, ("criteria",)) == []
    met = {"criterion": "4.b", "appraised_met": True, "incidents": 1}
    assert codes("incidents_answered", {"criteria": (met,)}, ("criteria",)) == ["TD-DATA-060"]


def test_a_sheet_has_the_lines_of_its_set() -> None:
    args = ("criteria", "criteria_set")
    rows = tuple({"criterion": one.code} for one in SETS["safe_area"].criteria)
    assert codes("sheet_of_the_set", {"criteria_set": "safe_area", "criteria": rows}, args) == []
    assert codes("sheet_of_the_set", {"criteria_set": "safe_area", "criteria": rows[:-1]}, args) == ["TD-DATA-062"]
    assert codes("sheet_of_the_set", {"criteria_set": "safe_area", "criteria": (*rows, rows[2])}, args) == [
        "TD-DATA-061"
    ]
    assert codes("sheet_of_the_set", {"criteria_set": "movement_area", "criteria": rows[:1]}, args) == []


def test_only_what_is_met_is_recognised() -> None:
    args = ("status", "result", "decision_date")
    given = {"status": "recognised", "result": "not_met", "decision_date": date(2026, 11, 12)}
    assert codes("recognised_when_met", given, args) == ["TD-DATA-063"]
    assert codes("recognised_when_met", {"status": "recognised", "result": "met"}, args) == ["TD-DATA-064"]
    assert codes("recognised_when_met", {"status": "refused", "result": "not_met"}, args) == []


def test_a_veto_that_the_set_does_not_know_is_told() -> None:
    args = ("vetoes", "criteria_set")
    values = {"vetoes": ("corruption",), "criteria_set": "movement_area"}
    context = RuleContext(date(2026, 11, 23), criteria_sets=SETS)
    (found,) = run_rule("vetoes_of_the_set", values, args, context)
    assert (found.code, found.severity) == ("TD-DATA-065", Severity.WARNING)
    assert run_rule("vetoes_of_the_set", {**values, "criteria_set": "mobilisation_rule"}, args, context) == []


def computed(register: str, values: Mapping[str, object]) -> dict[str, object]:
    calls = [(one.field, one.function, one.args) for one in DEFINITIONS.registers[register].computed]
    return computed_values(calls, values, RuleContext(date(2026, 11, 23), criteria_sets=SETS))


def test_a_registration_says_whether_it_is_in_time_and_complete() -> None:
    values = {
        "criteria_set": "safe_area",
        "year": 2026,
        "subject_kind": "residential_area",
        "registered_on": date(2026, 4, 2),
        "households_total": 52,
        "households_registered": 52,
    }
    found = computed("unit_registration", values)
    assert (found["register_by"], found["in_time"], found["everybody"]) == (date(2026, 3, 31), False, True)
    assert "complete" not in found
    assert computed("unit_registration", {**values, "resolution_number": "05-NQ/CB"})["complete"] is True
    agency = {**values, "subject_kind": "agency", "criteria_set": "safe_unit", "resolution_number": "1"}
    assert "complete" not in computed("unit_registration", agency)
    assert computed("unit_registration", {**agency, "plan_number": "2"})["complete"] is True
    assert computed("unit_registration", {**values, "households_registered": 51})["everybody"] is False


def sheet(**changed: object) -> dict[str, object]:
    rows = tuple(
        {"criterion": one.code, "maximum": one.maximum, "self_points": one.maximum}
        for one in SETS["movement_area"].criteria
    )
    return {"criteria_set": "movement_area", "year": 2026, "status": "submitted", "criteria": rows, **changed}


def test_the_last_answer_to_each_criterion_decides() -> None:
    found = computed("assessment", sheet())
    assert (found["self_total"], found["total"], found["band"], found["result"]) == (100, 100, "excellent", "met")
    assert "cross_total" not in found
    rows = list(sheet()["criteria"])  # type: ignore[call-overload]
    at = next(place for place, row in enumerate(rows) if row["criterion"] == "3.1")
    rows[at] = {**rows[at], "appraised_points": Decimal(0)}
    appraised = computed("assessment", sheet(criteria=tuple(rows)))
    assert (appraised["total"], appraised["band"], appraised["unmet"]) == (85, "fair", 1)
    assert (appraised["self_total"], appraised["appraised_total"]) == (100, 0)
    assert appraised["recognise_by"] == date(2026, 11, 19)


def test_a_sheet_of_a_newer_set_keeps_what_was_stored() -> None:
    stored = {"criteria_set": "newer", "total": Decimal(88), "band": "good", "criteria": ({"criterion": "1"},)}
    found = computed("assessment", stored)
    assert (found["total"], found["band"]) == (88, "good")


def test_a_recognised_or_refused_sheet_is_closed() -> None:
    assert "closed" not in computed("assessment", sheet())
    assert computed("assessment", sheet(status="refused"))["closed"] is True
