"""Festivals: days of the law table and the focal place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, run_rule
from thidua_desktop.domain.rules.festivals import festival_window

TODAY = date(2026, 11, 23)


def context(*festivals: Mapping[str, object]) -> RuleContext:
    def related(register: str, field: str, value: str) -> Sequence[Mapping[str, object]]:
        assert register == "festival"
        return [one for one in festivals if one.get(field) == value]

    return RuleContext(TODAY, related=related)


def found(rule: str, args: str, here: RuleContext, **values: object) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in run_rule(rule, values, args.split(), here)]


@pytest.mark.parametrize(
    ("kind", "day", "inside"),
    [
        ("security", date(2026, 6, 30), False),
        ("security", date(2026, 7, 1), True),
        ("security", date(2026, 8, 19), True),
        ("security", date(2026, 8, 20), False),
        ("unity", date(2026, 11, 18), True),
        ("unity", date(2026, 11, 19), False),
    ],
)
def test_the_window_of_the_table(kind: str, day: date, inside: bool) -> None:
    problems = found("festival_in_window", "kind day", context(), kind=kind, day=day)
    assert problems == ([] if inside else [("TD-DATA-407", Severity.WARNING)])


def test_the_window_is_read_for_each_year() -> None:
    assert festival_window("security", 2025) == (date(2025, 7, 1), date(2025, 8, 19))
    assert found("festival_in_window", "kind day", context(), kind="security") == []


def test_one_focal_place_in_a_year() -> None:
    args = "festival kind level held_on"
    ordinary = {"kind": "security", "level": "ordinary", "held_on": date(2026, 8, 1)}
    focal = {"kind": "security", "level": "focal", "held_on": date(2026, 7, 20)}
    last_year, other_kind = {**focal, "held_on": date(2025, 7, 20)}, {**focal, "kind": "unity"}
    assert found("focal_place_in_year", args, context(focal), **ordinary) == []
    assert found("focal_place_in_year", args, context(), **focal) == []
    missing = [("TD-DATA-408", Severity.HINT)]
    assert found("focal_place_in_year", args, context(last_year, other_kind), **ordinary) == missing
