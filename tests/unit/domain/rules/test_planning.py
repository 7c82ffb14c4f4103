"""Programmes and tasks: outcomes by due dates, progress, fields that go together, records that stand once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, computed_values, run_rule

TODAY = date(2026, 11, 23)
DUE = date(2026, 11, 20)
PROGRAMMES: Mapping[str, Mapping[str, object]] = {"p1": {"valid_to": date(2026, 12, 31)}, "p2": {}}
MONTHS = ({"id": "m1", "year": 2026, "month": 9}, {"id": "m2", "year": 2026, "month": 10})


def related(register: str, field: str, value: str) -> Sequence[Mapping[str, object]]:
    assert (register, field) == ("service_figures", "year")
    return [one for one in MONTHS if str(one["year"]) == value]


CONTEXT = RuleContext(TODAY, lambda register, id: PROGRAMMES.get(id) if register == "programme" else None, {}, related)


def found(rule: str, args: str, **values: object) -> list[tuple[str, str, Severity]]:
    return [(one.code, one.field, one.severity) for one in run_rule(rule, values, args.split(), CONTEXT)]


def computed(function: str, args: tuple[str, ...], **values: object) -> object:
    return computed_values([("made", function, args)], values, CONTEXT).get("made")


@pytest.mark.parametrize(
    ("done", "outcome"),
    [(None, "open"), (date(2026, 11, 20), "in_time"), (date(2026, 11, 21), "late"), (date(2025, 1, 1), "in_time")],
)
def test_the_outcome_follows_from_the_two_days(done: date | None, outcome: str) -> None:
    assert computed("task_outcome", ("due", "done"), due=DUE, done=done) == outcome


def test_without_a_due_date_there_is_no_outcome() -> None:
    assert computed("task_outcome", ("due", "done"), done=DUE) is None


@pytest.mark.parametrize(("whole", "part", "left"), [(364, 362, 2), (5, 5, 0), (5, 6, None), (None, 1, None)])
def test_difference(whole: int | None, part: int, left: int | None) -> None:
    assert computed("difference", ("whole", "part"), whole=whole, part=part) == left


def test_year_and_month_of_a_day() -> None:
    assert (computed("year_of", ("day",), day=DUE), computed("month_of", ("day",), day=DUE)) == (2026, 11)
    assert (computed("year_of", ("day",)), computed("month_of", ("day",))) == (None, None)


def test_progress_and_the_day_of_completion_agree() -> None:
    assert found("progress_agrees", "progress done", progress=100, done=DUE) == []
    assert found("progress_agrees", "progress done", done=DUE) == []
    assert found("progress_agrees", "progress done", progress=60) == []
    assert found("progress_agrees", "progress done", progress=60, done=DUE) == [
        ("TD-DATA-401", "progress", Severity.ERROR)
    ]
    assert found("progress_agrees", "progress done", progress=100) == [("TD-DATA-402", "done", Severity.HINT)]


def test_a_task_is_due_before_its_programme_ends() -> None:
    args = "programme due programme valid_to"
    assert found("due_within", args, programme="p1", due=date(2026, 12, 31)) == []
    assert found("due_within", args, programme="p2", due=date(2030, 1, 1)) == []
    assert found("due_within", args, due=DUE) == []
    assert found("due_within", args, programme="p1", due=date(2027, 1, 1)) == [("TD-DATA-403", "due", Severity.WARNING)]


def test_fields_that_go_together() -> None:
    assert found("filled_together", "number day") == []
    assert found("filled_together", "number day", number="1", day=DUE) == []
    assert found("filled_together", "number day", day=DUE) == [("TD-DATA-404", "number", Severity.ERROR)]
    assert found("filled_together", "number day", number="1", day="") == [("TD-DATA-404", "day", Severity.ERROR)]


def test_a_month_is_written_once() -> None:
    args = "service_figures year month"
    assert found("unique_together", args, year=2026, month=11) == []
    assert found("unique_together", args, year=2025, month=10) == []
    assert found("unique_together", args, year=2026) == []
    assert found("unique_together", args, year=2026, month=10) == [("TD-DATA-405", "month", Severity.ERROR)]


def test_a_day_belongs_to_its_year() -> None:
    assert found("day_in_year", "day year", day=DUE, year=2026) == found("day_in_year", "day year", day=DUE) == []
    assert found("day_in_year", "day year", day=DUE, year=2025) == [("TD-DATA-406", "day", Severity.WARNING)]
