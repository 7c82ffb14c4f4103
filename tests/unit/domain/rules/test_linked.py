"""What is counted and named from child rows and their links; what may stand only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from thidua_desktop.domain.rules import RuleContext, computed_values, run_rule

PEOPLE: Mapping[str, Mapping[str, object]] = {
    "an": {"name": "Đỗ Văn An", "sex": "male", "ethnicity": "kinh"},
    "ba": {"name": "Lý Thị Ba", "sex": "female"},
    "co": {"name": "Phia", "sex": "female", "ethnicity": "co_ho"},
}
ROWS = (
    {"person": "an", "trained": True, "age": 52},
    {"person": "ba", "trained": False},
    {"person": "co", "trained": True, "age": 30},
    {"person": "gone"},
)
RATINGS = ({"id": "r1", "group": "g", "year": 2025}, {"id": "r2", "group": "g", "year": 2024})


def lookup(register: str, key: str) -> Mapping[str, object] | None:
    return PEOPLE.get(key) if register == "person" else None


def related(register: str, field: str, value: str) -> Sequence[Mapping[str, object]]:
    return [one for one in RATINGS if register == "group_rating" and one.get(field) == value]


CONTEXT = RuleContext(date(2026, 11, 23), lookup=lookup, related=related)


@pytest.mark.parametrize(
    ("function", "args", "expected"),
    [
        ("count_linked", ("members.person", "person", "sex", "female"), 2),
        ("count_linked_other", ("members.person", "person", "ethnicity", "kinh"), 1),
        ("count_marked", ("members.trained",), 2),
        ("joined_linked", ("members.person", "person", "name"), "Đỗ Văn An, Lý Thị Ba, Phia"),
        ("joined_rows", ("members.person", "members.age"), "an, 52; ba; co, 30; gone"),
    ],
)
def test_rows_are_counted_and_named(function: str, args: tuple[str, ...], expected: object) -> None:
    assert computed_values([("x", function, args)], {"members": ROWS}, CONTEXT)["x"] == expected
    assert computed_values([("x", function, args)], {"x": 9}, CONTEXT) == {}


def test_days_reckoned_from_days() -> None:
    day = {"assigned": date(2026, 10, 30), "ended": "2026-03-01"}
    assert computed_values([("x", "days_after", ("assigned", "mediation_start_days"))], day, CONTEXT)["x"] == date(
        2026, 11, 2
    )
    assert computed_values([("x", "day_before", ("ended",))], day, CONTEXT)["x"] == date(2026, 2, 28)
    assert "x" not in computed_values([("x", "day_before", ("other",))], day, CONTEXT)


def test_nobody_stands_in_two_rows() -> None:
    twice = {"members": ({"person": "an"}, {"person": "ba"}, {"person": "an"})}
    problems = run_rule("row_named_twice", twice, ("members.person",), CONTEXT)
    assert [(one.code, one.field) for one in problems] == [
        ("TD-DATA-452", "members[0].person"), ("TD-DATA-452", "members[2].person")
    ]  # fmt: skip
    assert run_rule("row_named_twice", {"members": ROWS}, ("members.person",), CONTEXT) == []


@pytest.mark.parametrize(
    ("group", "year", "expected"),
    [("g", 2025, ["TD-DATA-440"]), ("g", 2026, []), ("h", 2025, []), ("g", None, []), (None, 2025, [])],
)
def test_one_rating_a_year(group: str | None, year: int | None, expected: list[str]) -> None:
    given = {"group": group, "year": year}
    problems = run_rule("once_a_year", given, ("group", "year", "group_rating"), CONTEXT)
    assert [one.code for one in problems] == expected


@pytest.mark.parametrize(("group", "expected"), [("g", ["TD-DATA-430"]), ("h", []), (None, [])])
def test_a_link_that_stands_in_one_record_only(group: str | None, expected: list[str]) -> None:
    problems = run_rule("linked_once", {"group": group}, ("group", "group_rating"), CONTEXT)
    assert [one.code for one in problems] == expected
