"""Which incident breaks which criterion of whom (Thông tư 124/2021/TT-BCA Điều 4 to 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain.assessments.incidents import Incident, Proposal, concerns, is_reduced, propose, within
from thidua_desktop.domain.assessments.windows import day_in, holds_in, window, year_of
from thidua_desktop.formdef.loader import load_definitions

SETS = load_definitions().assessments
AREA = SETS["safe_area"]
THEFT = Incident(
    id="t", day=date(2026, 5, 1), kind="crime_social_order", severity="serious", residential_area="a", title="Trộm"
)


def broken(incident: Incident, set_name: str = "safe_area") -> set[str]:
    """The criteria that one incident breaks, with nothing a year earlier."""
    spec = SETS[set_name]
    proposals = [propose(spec, one, [incident], []) for one in spec.leaves]
    return {one.criterion for one in proposals if one and one.met is False}


@pytest.mark.parametrize(
    ("changed", "criteria"),
    [
        ({}, {"4.a", "4.b"}),
        ({"severity": "less_serious"}, {"4.a"}),
        ({"found_in_time": True}, {"4.a"}),
        ({"force_majeure": True}, {"4.a"}),
        ({"kind": "prolonged_conflict"}, {"3.e"}),
        ({"kind": "secession"}, {"3.đ"}),
        ({"kind": "new_addict", "severity": "minor"}, {"4.c"}),
        ({"kind": "fire_explosion"}, {"4.d"}),
        ({"kind": "fire_explosion", "severity": "less_serious"}, set()),
        ({"kind": "fire_explosion", "found_in_time": True}, {"4.d"}),
        ({"kind": "fire_explosion", "force_majeure": True}, set()),
        ({"kind": "labour_accident", "severity": "very_serious"}, set()),
        ({"kind": "labour_accident", "severity": "minor", "deaths": 1}, {"4.d"}),
        ({"kind": "traffic_accident", "severity": "very_serious", "deaths": 2}, set()),
    ],
)
def test_what_breaks_which_criterion_of_an_area(changed: dict[str, object], criteria: set[str]) -> None:
    assert broken(replace(THEFT, **changed)) == criteria  # type: ignore[arg-type]


def test_units_and_schools_answer_for_other_cases() -> None:
    strike = replace(THEFT, kind="unlawful_strike", severity="minor")
    staff = replace(THEFT, kind="staff_violation", severity="minor")
    violence = replace(THEFT, kind="school_violence", severity="minor")
    assert [broken(one, "safe_unit") for one in (strike, staff, violence)] == [{"3.d"}, {"3.h"}, set()]
    assert [broken(one, "safe_school") for one in (strike, staff, violence)] == [set(), {"4.2"}, {"4.1"}]


def test_an_incident_counts_where_it_happened() -> None:
    at_unit = replace(THEFT, organization="o")
    assert concerns("residential_area", "a", THEFT)
    assert not concerns("residential_area", "b", THEFT)
    assert concerns("commune", "", THEFT)
    assert concerns("enterprise", "o", at_unit)
    assert not concerns("agency", "", replace(THEFT, organization=""))
    assert not concerns("cluster_member", "x", at_unit)


def test_the_window_ends_in_the_year_and_both_days_count() -> None:
    span = window(AREA, 2026)
    assert (span.start, span.end) == (date(2025, 11, 1), date(2026, 10, 31))
    days = [date(2025, 10, 31), span.start, span.end, date(2026, 11, 1)]
    found = within([replace(THEFT, day=day) for day in days], span, "residential_area", "a")
    assert [one.day for one in found] == [span.start, span.end]
    assert [year_of(AREA, day) for day in days] == [2025, 2026, 2026, 2027]
    assert window(SETS["safe_commune"], 2026).start == date(2025, 11, 16)
    assert window(SETS["legal_access"], 2026).start == date(2026, 1, 1)


def test_a_set_holds_in_the_years_that_end_within_it() -> None:
    assert [holds_in(AREA, year) for year in (2021, 2022)] == [False, True]
    assert not holds_in(AREA._replace(valid_until=date(2026, 10, 30)), 2026)
    assert day_in(2026, "02-29") == date(2026, 2, 28)
    assert day_in(2026, "") is None


@pytest.mark.parametrize(
    ("now", "before", "reduced", "kept"),
    [(0, 0, True, True), (1, 2, True, True), (2, 2, False, True), (3, 2, False, False), (1, 0, False, False)],
)
def test_reduced_against_the_year_before(now: int, before: int, reduced: bool, kept: bool) -> None:
    assert is_reduced("reduced", now, before) is reduced
    assert is_reduced("not_increased", now, before) is kept


def propose_a(now: int, before: int | None) -> Proposal | None:
    criterion = AREA.criterion("4.a")
    assert criterion is not None
    return propose(AREA, criterion, [THEFT] * now, None if before is None else [THEFT] * before)


def test_the_year_before_is_counted_beside() -> None:
    fewer, more, unknown = propose_a(1, 2), propose_a(2, 1), propose_a(1, None)
    assert fewer and more and unknown
    assert [(one.met, one.before) for one in (fewer, more, unknown)] == [(True, 2), (False, 1), (None, None)]


def test_points_are_taken_off_for_each_incident_and_never_below_zero() -> None:
    spec = SETS["movement_area"]
    each, serious = spec.criterion("3.3"), spec.criterion("3.2")
    assert each and serious
    light = replace(THEFT, severity="less_serious")
    got = [propose(spec, each, [light] * count, []) for count in (0, 1, 3, 6)]
    assert [one.points for one in got if one] == [Decimal(10), Decimal(8), Decimal(4), Decimal(0)]
    hit, spared = propose(spec, serious, [THEFT], []), propose(spec, serious, [light], [])
    assert hit and spared
    assert (hit.points, spared.points) == (0, 10)


def test_excused_incidents_are_shown_apart() -> None:
    criterion = AREA.criterion("4.b")
    assert criterion is not None
    found = propose(AREA, criterion, [replace(THEFT, found_in_time=True)], [])
    assert found and (found.met, found.incidents, len(found.excused)) == (True, (), 1)
    assert propose(AREA, AREA.leaves[0], [THEFT], []) is None
