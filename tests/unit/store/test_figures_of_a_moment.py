"""Figures as they stood before a period, taken every so many months, placed by another day, and added up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.store.made_up import NOW
from thidua_desktop.store.figure_sql import stock_days
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.queries import DateRange

WHO = {"actor": "dao", "now": NOW}
YEAR_BEFORE = DateRange(date(2024, 12, 15), date(2025, 12, 14))
YEAR = DateRange(date(2025, 12, 15), date(2026, 12, 14))
QUARTER = DateRange(date(2026, 6, 15), date(2026, 9, 14))
MONTH = DateRange(date(2026, 8, 15), date(2026, 9, 14))


@pytest.fixture
def places(office: OfficeFile) -> dict[str, str]:
    """Ids of three places: an old one, one that ends on the eve of a quarter, one that begins within it."""
    spans = {"old": (None, None), "ends": (date(2026, 1, 1), date(2026, 6, 14)), "begins": (date(2026, 7, 1), None)}
    return {
        name: office.records.save("place", {"name": name, "valid_from": first, "valid_to": last}, **WHO).id
        for name, (first, last) in spans.items()
    }


def values(office: OfficeFile, name: str, *spans: DateRange) -> list[object]:
    rows = {row.range_index: row.value for row in office.figures([name], spans)}
    return [rows.get(place, 0) for place in range(len(spans))]


def test_what_is_carried_over_stood_on_the_eve(office: OfficeFile, places: dict[str, str]) -> None:
    assert values(office, "places_before", YEAR, QUARTER, DateRange(date(2026, 6, 16), QUARTER.end)) == [1, 2, 1]
    behind = office.records.window("place", office.figure_records("places_before", QUARTER))
    assert {record.id for record in behind} == {places["old"], places["ends"]}


def test_every_quarter_counts_what_stands_at_its_end(office: OfficeFile, places: dict[str, str]) -> None:
    # 14/3: old, ends; 14/6: old, ends; 14/9: old, begins; 14/12: old, begins
    assert values(office, "places_by_quarter", YEAR, QUARTER, MONTH) == [8, 2, 0]
    behind = office.records.window("place", office.figure_records("places_by_quarter", QUARTER))
    assert {record.id for record in behind} == {places["old"], places["begins"]}
    assert list(office.figure_records("places_by_quarter", MONTH)) == []


def test_the_days_of_a_figure(office: OfficeFile) -> None:
    by_quarter = office.definitions.indicators["places_by_quarter"]
    assert stock_days(by_quarter, YEAR) == [
        date(2026, 3, 14), date(2026, 6, 14), date(2026, 9, 14), date(2026, 12, 14)
    ]  # fmt: skip
    assert stock_days(by_quarter, DateRange(date(2026, 1, 1), date(2026, 6, 30))) == [
        date(2026, 3, 31), date(2026, 6, 30)
    ]  # fmt: skip


def test_another_day_places_a_standing_record_in_a_period(office: OfficeFile, places: dict[str, str]) -> None:
    assert values(office, "places_opened", YEAR_BEFORE, YEAR, QUARTER) == [0, 2, 1]
    behind = office.records.window("place", office.figure_records("places_opened", QUARTER))
    assert [record.id for record in behind] == [places["begins"]]


def test_what_is_added_counts_by_office_and_area(office: OfficeFile, places: dict[str, str]) -> None:
    event = {"held_on": date(2026, 7, 2), "title": "x", "place": places["old"], "public": True}
    office.records.save("event", {**event, "cost": Decimal("2.25")}, **WHO)
    office.records.save("event", {**event, "held_on": date(2026, 1, 2)}, **WHO)
    assert values(office, "places_and_events", QUARTER, YEAR) == [2 + 1 + Decimal("2.25"), 2 + 2 + Decimal("2.25")]
    names = ["places_and_events", "events"]
    rows = {(row.area, row.indicator): row.value for row in office.figures(names, [QUARTER], by_area=True)}
    assert rows == {
        (places["old"], "places_and_events"): 1 + 1 + Decimal("2.25"),
        (places["begins"], "places_and_events"): 1,
        (places["old"], "events"): 1,
    }
