"""What changed since a report was closed: the records account for the whole difference."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save
from thidua_desktop.errors import UserError
from thidua_desktop.services import records
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.comparison import Comparison, FigureChange, Happened, compare


def changed(pair: TwoOffices) -> Comparison:
    """Closed with three sessions; since then one changed, one went to another month, one was deleted, one came."""
    ids = [pair.activity(f"Buổi {place}", attendance_total=40 + place) for place in range(3)]
    reports.close(pair.commune, REPORT, NOVEMBER)
    for key, values in ((ids[0], {"attendance_total": 45}), (ids[1], {"held_on": date(2026, 9, 1)})):
        found = pair.commune.file.records.get("movement_activity", key)
        assert found is not None
        save(pair.commune, "movement_activity", {**found.values, **values}, key)
    records.delete(pair.commune, "movement_activity", ids[2], "ghi nhầm")
    pair.activity("Buổi mới", attendance_total=7, attendance_women=1)
    pair.activity("Ngoài kỳ", day=date(2026, 9, 2), attendance_total=9, attendance_women=1)
    return compare(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER))


def figure(found: Comparison, name: str) -> FigureChange:
    return next(one for one in found.changes if one.figure.indicator == name)


def test_each_record_says_what_became_of_it(pair: TwoOffices) -> None:
    people = figure(changed(pair), "attendance_total")
    assert (people.reported, people.figure.value, people.difference) == (123, 52, -71)
    assert sorted((one.happened, one.then, one.now) for one in people.records) == sorted([
        (Happened.CHANGED, 40, 45), (Happened.LEFT, 41, 0), (Happened.LEFT, 42, 0), (Happened.ADDED, 0, 7),
    ])  # fmt: skip
    words = [one.words for one in people.records]
    assert any(one.startswith("đổi 40 thành 45 (sửa ") and "40 → 45" in one for one in words)
    assert "không còn tính 42 (xóa)" in words and "tính thêm 7 (ghi mới)" in words
    assert {one.actor for one in people.records} == {"Y Bhăm Niê"}


def test_counts_and_sums_are_accounted_for_to_the_last(pair: TwoOffices) -> None:
    found = changed(pair)
    assert {"sessions", "attendance_total", "attendance_women"} <= {one.figure.indicator for one in found.changes}
    for name in ("sessions", "attendance_total", "attendance_women", "activities_total"):
        one = figure(found, name)
        assert sum(record.now - record.then for record in one.records) == one.difference, name


def test_a_stock_figure_changes_with_the_days_of_its_records(pair: TwoOffices) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    area = pair.commune.file.records.get("residential_area", pair.area)
    assert area is not None
    save(pair.commune, "residential_area", {**area.values, "valid_to": date(2026, 11, 1)}, pair.area)
    one = figure(compare(pair.commune, reports.build(pair.commune, REPORT, NOVEMBER)), "areas_total")
    assert one.difference == -1
    assert [(record.id, record.happened) for record in one.records] == [(pair.area, Happened.LEFT)]


def test_nothing_changed_and_never_closed(pair: TwoOffices) -> None:
    report = reports.build(pair.commune, REPORT, NOVEMBER)
    with pytest.raises(UserError, match="TD-PRINT-064"):
        compare(pair.commune, report)
    closed = reports.close(pair.commune, REPORT, NOVEMBER)
    assert compare(pair.commune, closed).changes == ()
