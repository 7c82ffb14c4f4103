"""The records behind a figure add up to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.formdef.model import Aggregate
from thidua_desktop.services.reports.build import build
from thidua_desktop.services.reports.contributions import contributions, list_filter
from thidua_desktop.services.session import Role


@pytest.fixture
def filled(pair: TwoOffices) -> TwoOffices:
    pair.activity(attendance_total=40)
    pair.activity("An toàn giao thông", attendance_total=90, day=date(2026, 11, 1))
    pair.activity("Tuần tra", kind="patrol", attendance_total=6, attendance_women=None)
    guns = ({"kind": "homemade_gun", "quantity": Decimal(2), "unit": "piece"},
            {"kind": "primitive_weapon", "quantity": Decimal(3), "unit": "piece"})  # fmt: skip
    pair.activity("Giao nộp", kind="weapons_handover", items=guns, attendance_total=12, attendance_women=None)
    pair.activity("Kỳ sau", day=date(2026, 11, 15))
    return pair


def test_the_largest_contribution_stands_first(filled: TwoOffices) -> None:
    found = contributions(filled.commune, "attendance_total", NOVEMBER)
    assert [row.value for row in found.rows][:2] == [90, 40]
    assert (found.register, found.rows[0].day, found.rows[0].title) == (
        "movement_activity", date(2026, 11, 1), "An toàn giao thông",
    )  # fmt: skip
    assert found.rows[0].area


def test_every_figure_is_the_sum_of_its_records(filled: TwoOffices) -> None:
    checked = 0
    for figure in build(filled.commune, REPORT, NOVEMBER).figures:
        if filled.commune.definitions.indicators[figure.indicator].aggregate is Aggregate.DISTINCT:
            continue
        found = contributions(filled.commune, figure.indicator, NOVEMBER)
        assert sum(row.value for row in found.rows) == figure.value, figure.indicator
        checked += bool(figure.value)
    assert checked >= 5


def test_child_rows_count_only_where_they_meet_the_conditions(filled: TwoOffices) -> None:
    assert [row.value for row in contributions(filled.commune, "guns_handed_over", NOVEMBER).rows] == [2]
    assert [row.value for row in contributions(filled.commune, "primitive_weapons_handed_over", NOVEMBER).rows] == [3]


def test_only_the_first_ones_are_kept(filled: TwoOffices) -> None:
    found = contributions(filled.commune, "activities_total", NOVEMBER, limit=2)
    assert (found.count, len(found.rows)) == (4, 2)


def test_a_kind_belongs_to_the_name_after_it(filled: TwoOffices) -> None:
    found = contributions(filled.commune, "areas_total", NOVEMBER)
    assert found.rows
    assert not [row.title for row in found.rows if "," in row.title]


def test_the_lists_filter_shows_the_same_records(filled: TwoOffices) -> None:
    assert list_filter(filled.commune, "sessions", NOVEMBER) == {"period": "2026-11", "kind": "propaganda"}
    assert list_filter(filled.commune, "areas_total", NOVEMBER) == {}


def test_records_of_a_closed_register_are_not_shown_but_counted(filled: TwoOffices) -> None:
    definitions = filled.commune.definitions
    spec = replace(definitions.registers["movement_activity"], restricted=True)
    closed = replace(definitions, registers={**definitions.registers, "movement_activity": spec})
    for role, shown in ((Role.LEADER, False), (Role.OFFICER, True)):
        session = replace(filled.commune, definitions=closed, user=replace(filled.commune.user, role=role))
        figures = {figure.indicator: figure.value for figure in build(session, REPORT, NOVEMBER).figures}
        assert figures["attendance_total"] == 142
        found = contributions(session, "attendance_total", NOVEMBER)
        assert (bool(found.rows), found.closed) == (shown, not shown)
