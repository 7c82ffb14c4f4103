"""Pledges, contributions and administrative files: what adds up and what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, run_rule

TODAY = date(2026, 11, 23)
ACTIVITIES: tuple[Mapping[str, object], ...] = (
    {"area": "a1", "topics": ("fireworks", "crime"), "held_on": date(2026, 1, 5), "signed": 120},
    {"area": "a1", "topics": ("fireworks",), "held_on": date(2026, 2, 5), "signed": 90},
    {"area": "a1", "topics": ("drugs",), "held_on": date(2026, 2, 6), "signed": 300},
    {"area": "a1", "topics": ("fireworks",), "held_on": date(2025, 12, 5), "signed": 280},
    {"area": "a2", "topics": ("fireworks",), "held_on": date(2026, 1, 5), "signed": 400},
    {"area": "a1", "topics": ("fireworks",), "held_on": date(2026, 3, 1)},
)
MONTHS: tuple[Mapping[str, object], ...] = (
    {"year": 2025, "month": 12, "pending": 40},
    {"year": 2026, "month": 9, "pending": 34},
    {"year": 2026, "month": 7},
)


def related(register: str, field: str, value: str) -> Sequence[Mapping[str, object]]:
    known = {"movement_activity": ACTIVITIES, "service_figures": MONTHS}[register]
    return [one for one in known if str(one.get(field)) == value]


def found(rule: str, args: str, **values: object) -> list[tuple[str, str, Severity]]:
    problems = run_rule(rule, values, args.split(), RuleContext(TODAY, related=related))
    return [(one.code, one.field, one.severity) for one in problems]


@pytest.mark.parametrize(("signed", "year", "fits"), [(120, 2026, True), (119, 2026, False), (279, 2025, False)])
def test_not_fewer_than_signed_at_one_activity(signed: int, year: int, fits: bool) -> None:
    args = "movement_activity signed area topic year"
    problems = found("not_below_activities", args, signed=signed, area="a1", topic="fireworks", year=year)
    assert problems == ([] if fits else [("TD-DATA-410", "signed", Severity.WARNING)])


def test_no_activity_says_nothing() -> None:
    args = "movement_activity signed area topic year"
    assert found("not_below_activities", args, signed=0, area="a1", topic="traffic", year=2026) == []
    assert found("not_below_activities", args, area="a1", topic="fireworks", year=2026) == []


def test_the_list_has_as_many_rows_as_the_number_says() -> None:
    rows = ({"name": "a"}, {"name": "b"})
    assert found("rows_as_many", "rows count", rows=rows, count=2) == []
    assert found("rows_as_many", "rows count", count=2) == []
    assert found("rows_as_many", "rows count", rows=rows, count=1) == [("TD-DATA-411", "rows", Severity.ERROR)]
    assert found("rows_as_many", "rows count", rows=rows) == [("TD-DATA-411", "rows", Severity.ERROR)]
    assert found("rows_as_many", "rows count", rows=rows, count=3) == [("TD-DATA-412", "rows", Severity.HINT)]


@pytest.mark.parametrize(
    ("settled", "pending", "withdrawn", "expected"),
    [
        (412, 31, 3, []),
        (412, 34, None, []),
        (None, None, None, []),
        (413, 31, 3, [("TD-DATA-413", "received", Severity.ERROR)]),
        (400, 31, 3, [("TD-DATA-414", "pending", Severity.WARNING)]),
    ],
)
def test_files_add_up(settled: int | None, pending: int | None, withdrawn: int | None, expected: object) -> None:
    given = {"carried": 34, "received": 412, "settled": settled, "pending": pending, "withdrawn": withdrawn}
    assert found("files_add_up", "carried received settled pending withdrawn", **given) == expected


@pytest.mark.parametrize(
    ("carried", "year", "month", "fits"),
    [(34, 2026, 10, True), (35, 2026, 10, False), (40, 2026, 1, True), (34, 2026, 1, False), (9, 2026, 8, True)],
)
def test_what_was_pending_is_carried_over(carried: int, year: int, month: int, fits: bool) -> None:
    args = "service_figures carried year month pending"
    problems = found("carried_over_as_before", args, carried=carried, year=year, month=month)
    assert problems == ([] if fits else [("TD-DATA-415", "carried", Severity.WARNING)])


def test_a_model_has_its_owner() -> None:
    args = "kind name person"
    assert found("owner_named", args) == found("owner_named", args, kind="collective", name="Chi hội") == []
    assert found("owner_named", args, kind="individual", person="p1") == []
    assert found("owner_named", args, kind="collective", person="p1") == [("TD-DATA-419", "name", Severity.ERROR)]
    assert found("owner_named", args, kind="individual", name="x") == [("TD-DATA-419", "person", Severity.ERROR)]


def test_other_contributions_name_their_unit() -> None:
    rows = ({"kind": "land"}, {"kind": "other", "unit": "cây"}, {"kind": "other"})
    problems = found("unit_named", "rows.kind rows.unit", rows=rows)
    assert problems == [("TD-DATA-420", "rows[2].unit", Severity.ERROR)]
