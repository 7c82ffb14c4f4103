"""Figures equal a plain recount, and open to the records behind them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.store.made_up import FORMS, NOW
from thidua_desktop.formdef.model import Aggregate
from thidua_desktop.store.figure_sql import Grouping, covered_blocks, flow_statement
from thidua_desktop.store.merge import RecordLine
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.queries import DateRange

WHO = {"actor": "dao", "now": NOW}
MONTHS = tuple(
    DateRange(date(2026, month, 15), date(2026, month + 1, 14)) for month in range(1, 12)
)  # Decree 09: the 15th belongs to the next month
RANGES = (*MONTHS, DateRange(date(2026, 1, 1), date(2026, 6, 30)), DateRange(date(2026, 3, 3), date(2026, 3, 3)))
Plain = dict[str, Any]


def made_up_lines(count: int) -> list[tuple[str, Plain]]:
    """(office, plain values) of events of two offices."""
    luck = random.Random(11)
    lines = []
    for _ in range(count):
        due = (date(2026, 1, 1) + timedelta(luck.randrange(365))).isoformat()
        item = {"subject": "x", "passed": luck.random() < 0.5, "paid": f"{luck.randrange(50) / 10:.1f}", "due": due}
        values: Plain = {
            "held_on": (date(2026, 1, 1) + timedelta(luck.randrange(365))).isoformat(),
            "title": "x",
            "place": luck.choice(["p1", "p2", None]),
            "kind": luck.choice(["patrol", "talk", None]),
            "topics": luck.choice([["talk"], ["launch", "patrol"], None]),
            "host": luck.choice(["An", None]),
            "present": luck.choice([1, 40, None]),
            "cost": luck.choice(["2.25", None]),
            "public": luck.choice([True, False, None]),
            "items": [item] * luck.randrange(3),
        }
        lines.append((luck.choice(["00001", "00002"]), {name: value for name, value in values.items() if value}))
    return lines


def within(day: str, span: DateRange) -> bool:
    return span.start.isoformat() <= day <= span.end.isoformat()


def recount(lines: list[tuple[str, Plain]], span: DateRange) -> dict[tuple[str, str, str], object]:
    """(office, area, indicator) -> value, the slow and plain way."""
    sums: dict[tuple[str, str, str], Any] = {}
    seen: dict[tuple[str, str, str], set[str]] = {}
    for office, made in lines:
        items, area = made.get("items", []), made.get("place", "")
        due = [Decimal(item["paid"]) for item in items if within(item["due"], span)]
        sums[office, area, "paid_by_due"] = sums.get((office, area, "paid_by_due"), 0) + sum(due)
        if not within(made["held_on"], span):
            continue
        values = {
            "events": 1,
            "patrols": made.get("kind") == "patrol",
            "about_talk": bool({"talk", "launch"} & set(made.get("topics", []))),
            "present": made.get("present", 0),
            "cost_public": Decimal(made.get("cost", 0)) if made.get("public") else 0,
            "without_host": "host" not in made,
            "items_passed": sum(bool(item["passed"]) for item in items),
            "events_in_patrolled": area == "p1",
            "present_in_two": made.get("present", 0) if area and made.get("kind") == "talk" else 0,
            "paid": sum((Decimal(item["paid"]) for item in items), Decimal(0)),
        }
        for name, value in values.items():
            sums[office, area, name] = sums.get((office, area, name), 0) + value
        seen.setdefault((office, area, "topics_seen"), set()).update(made.get("topics", []))
        seen.setdefault((office, area, "places_visited"), set()).update([area] if area else [])
    sums |= {key: len(found) for key, found in seen.items()}
    return {key: value for key, value in sums.items() if value}


@pytest.fixture
def lines(office: OfficeFile) -> list[tuple[str, Plain]]:
    """400 events of two offices in the file; p1 is patrolled, p2 is not, at a third place nothing happens."""
    made = made_up_lines(400)
    types = {"p1": ["talk", "patrol"], "p2": ["launch"], "p3": ["patrol"]}
    places = [
        RecordLine(register="place", id=name, office="00001", revision=1, values={"name": name, "area_types": kinds})
        for name, kinds in types.items()
    ]
    assert not office.merge(places, "00001", "gói 0", actor="dao", now=NOW).set_aside
    for code in ("00001", "00002"):
        own = [
            RecordLine(register="event", id=f"{code}-{place}", office=code, revision=1, values=values)
            for place, (owner, values) in enumerate(made) if owner == code
        ]  # fmt: skip
        assert not office.merge(own, code, "gói 1", actor="dao", now=NOW).set_aside
    return made


FLOWS = [name for name, one in FORMS.indicators.items() if one.register == "event"]


def test_by_area_and_range(office: OfficeFile, lines: list[tuple[str, Plain]]) -> None:
    rows = office.figures(FLOWS, RANGES, by_area=True)
    for place, span in enumerate(RANGES):
        got = {(row.office, row.area, row.indicator): row.value for row in rows if row.range_index == place}
        assert got == recount(lines, span)


def test_without_areas_in_every_range(office: OfficeFile, lines: list[tuple[str, Plain]]) -> None:
    summed = [name for name in FLOWS if FORMS.indicators[name].aggregate is not Aggregate.DISTINCT]
    rows = office.figures(summed, RANGES)
    for place, span in enumerate(RANGES):
        told: dict[tuple[str, str], Any] = {}
        for (code, _area, name), value in recount(lines, span).items():
            if name in summed:
                told[code, name] = told.get((code, name), 0) + value
        assert {(row.office, row.indicator): row.value for row in rows if row.range_index == place} == told


def test_records_are_added_up_by_day_before_anything_is_sorted(office: OfficeFile) -> None:
    table, bounds = office._database.table("event"), covered_blocks(MONTHS)[0]
    sql, parameters = flow_statement(table, [FORMS.indicators["patrols"]], bounds, Grouping(False, None))
    *inner, outer, sorting = (row[3] for row in office._database.all(f"EXPLAIN QUERY PLAN {sql}", parameters))
    assert not [step for step in inner if "TEMP B-TREE" in step] and "USING" in " ".join(inner)
    assert outer.startswith("SCAN") and sorting == "USE TEMP B-TREE FOR GROUP BY"


def test_by_office_alone(office: OfficeFile, lines: list[tuple[str, Plain]]) -> None:
    whole = DateRange(date(2026, 1, 1), date(2026, 12, 31))
    rows = office.figures(["events", "cost_public", "places_visited"], [whole], offices=["00002"])
    assert {row.office for row in rows} == {"00002"} and {row.area for row in rows} == {None}
    own = [(code, made) for code, made in lines if code == "00002"]
    cost = sum(Decimal(made.get("cost", 0)) for _, made in own if made.get("public"))
    assert {row.indicator: row.value for row in rows} == {"events": len(own), "cost_public": cost, "places_visited": 2}


@pytest.mark.parametrize("name", ["events", "patrols", "about_talk", "without_host", "events_in_patrolled"])
def test_counts_open_to_as_many_records(office: OfficeFile, lines: list[tuple[str, Plain]], name: str) -> None:
    for row in office.figures([name], RANGES[-2:], by_area=True):
        span = RANGES[-2:][row.range_index]
        assert len(office.figure_records(name, span, row.office, row.area)) == row.value


def test_a_sum_opens_to_the_records_that_bear_it(office: OfficeFile, lines: list[tuple[str, Plain]]) -> None:
    span = RANGES[-2]
    [row] = office.figures(["present"], [span], offices=["00001"])
    records = office.records.window("event", office.figure_records("present", span, "00001"))
    assert sum(int(str(record.values["present"])) for record in records) == row.value
    assert all(record.office == "00001" and record.values["present"] for record in records)


def test_child_rows_open_to_their_records(office: OfficeFile, lines: list[tuple[str, Plain]]) -> None:
    span = RANGES[-2]
    [row] = office.figures(["items_passed"], [span], offices=["00001"])
    records = office.records.window("event", office.figure_records("items_passed", span, "00001"))
    passed = sum(bool(item.get("passed")) for record in records for item in record.values["items"])  # type: ignore
    assert passed == row.value


def test_stock_stands_on_the_last_day(office: OfficeFile) -> None:
    for name, first, last, people in (
        ("a", None, None, 100), ("b", date(2026, 6, 1), None, 20), ("c", None, date(2026, 5, 31), 3)
    ):  # fmt: skip
        values = {"name": name, "valid_from": first, "valid_to": last, "people": people}
        office.records.save("place", values, **WHO)
    ends = (date(2026, 5, 31), date(2026, 6, 1))
    rows = office.figures(["places", "people"], [DateRange(date(2026, 1, 1), end) for end in ends])
    assert [(row.range_index, row.indicator, row.value) for row in rows] == [
        (0, "people", 103), (0, "places", 2), (1, "people", 120), (1, "places", 2),
    ]  # fmt: skip


def test_by_area_of_the_register_of_areas_itself(office: OfficeFile) -> None:
    place = office.records.save("place", {"name": "a", "people": 7}, **WHO)
    [row] = office.figures(["people"], [DateRange(NOW.date(), NOW.date())], by_area=True)
    assert (row.area, row.value) == (place.id, 7)


def test_types_of_areas_on_the_register_of_areas_itself(office: OfficeFile) -> None:
    office.records.save("place", {"name": "a", "people": 7, "area_types": ("talk", "patrol")}, **WHO)
    office.records.save("place", {"name": "b", "people": 5, "area_types": ("launch",)}, **WHO)
    [row] = office.figures(["people_in_patrolled"], [DateRange(NOW.date(), NOW.date())])
    assert row.value == 7


def test_deleted_records_do_not_count(office: OfficeFile) -> None:
    saved = office.records.save("event", {"held_on": NOW.date()}, **WHO)
    today = DateRange(NOW.date(), NOW.date())
    assert len(office.figures(["events"], [today])) == 1
    office.records.delete("event", saved.id, **WHO)
    assert office.figures(["events"], [today]) == [] == list(office.figure_records("events", today))


def test_nothing_asked(office: OfficeFile) -> None:
    assert office.figures([], RANGES) == [] == office.figures(["events"], [])


def test_what_lies_between_the_periods_is_not_read() -> None:
    month, year_ago = DateRange(date(2026, 11, 1), date(2026, 11, 30)), DateRange(date(2025, 11, 1), date(2025, 11, 30))
    first_half = DateRange(date(2026, 11, 1), date(2026, 11, 14))
    assert covered_blocks([month, year_ago, first_half]) == [
        [date(2025, 11, 1), date(2025, 12, 1)],
        [date(2026, 11, 1), date(2026, 11, 15), date(2026, 12, 1)],
    ]
