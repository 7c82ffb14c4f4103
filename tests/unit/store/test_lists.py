"""Lists: which records, in which order, against a plain Python recount."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.unit.store.made_up import NOW
from thidua_desktop.formdef.model import Condition, Value
from thidua_desktop.store import list_sql
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.queries import ListQuery, SortKey
from thidua_desktop.text import person_sort_key, sort_key

WHO = {"actor": "dao", "now": NOW}
SURNAMES, GIVEN = ["Nguyễn", "Đặng", "Lê", "Vũ", "K'"], ["An", "Ánh", "Ân", "Bình", "Đào", "Em", "Ê", "Dung", "Hòa"]
Made = Mapping[str, Value]


def made_up_events(count: int, places: list[str], seed: int = 3) -> list[Made]:
    """Events with every field now and then empty."""
    luck = random.Random(seed)
    events = []
    for number in range(count):
        topics = tuple(luck.sample(["patrol", "launch", "talk"], luck.randrange(3)))
        values: dict[str, Value] = {
            "held_on": date(2026, 1, 1) + timedelta(luck.randrange(365)),
            "ended_on": luck.choice([date(2026, 1, 1) + timedelta(luck.randrange(365)), None]),
            "title": f"Buổi {number % 37}",
            "place": luck.choice([*places, None]),
            "kind": luck.choice(["patrol", "launch", "talk", None]),
            "topics": topics,
            "host": luck.choice([f"{luck.choice(SURNAMES)} {luck.choice(GIVEN)}", None]),
            "present": luck.choice([0, 5, 70, None]),
            "cost": luck.choice([Decimal("0.10"), Decimal("99.99"), None]),
            "public": luck.choice([True, False, None]),
        }
        events.append({name: value for name, value in values.items() if value not in (None, ())})
    return events


@pytest.fixture
def events(office: OfficeFile) -> list[Made]:
    """300 events in the file."""
    names = ("Thôn 10", "Thôn 2", "Ấp Đông", "Bản Áng")
    places = [office.records.save("place", {"name": name}, **WHO).id for name in names]
    made = made_up_events(300, places)
    office.records.save_many("event", ((None, values) for values in made), **WHO)
    return made


def listed(office: OfficeFile, query: ListQuery) -> list[Made]:
    """The values of a list's records."""
    return [record.values for record in office.records.window(query.register, office.records.ids(query))]


def in_one_order(made: list[Made]) -> list[str]:
    """The same text for the same events, whatever their order."""
    return sorted(repr(sorted(one.items(), key=lambda item: item[0])) for one in made)


@pytest.mark.parametrize(
    ("condition", "meets"),
    [
        (Condition("kind", ("patrol", "talk")), lambda made: made.get("kind") in ("patrol", "talk")),
        (Condition("kind", ("",)), lambda made: "kind" not in made),
        (Condition("kind", ("", "launch")), lambda made: made.get("kind") in (None, "launch")),
        (Condition("host", ("*",)), lambda made: "host" in made),
        (Condition("topics", ("talk",)), lambda made: "talk" in made.get("topics", ())),
        (Condition("public", ("true",)), lambda made: made.get("public") is True),
        (Condition("public", ("false",)), lambda made: made.get("public") is False),
        (Condition("present", ("0", "70")), lambda made: made.get("present") in (0, 70)),
        (Condition("cost", ("0.10",)), lambda made: made.get("cost") == Decimal("0.1")),
        (Condition("held_on", ("2026-03-03",)), lambda made: made["held_on"] == date(2026, 3, 3)),
        (Condition("held_on", ("<2026-03-03",)), lambda made: made["held_on"] < date(2026, 3, 3)),
        (Condition("ended_on", ("<2026-03-03",)), lambda made: made.get("ended_on", date.max) < date(2026, 3, 3)),
        (Condition("ended_on", ("", "<2026-03-03")), lambda made: made.get("ended_on", date.min) < date(2026, 3, 3)),
        (
            Condition("held_on", ("<2026-01-20", "2026-03-03")),
            lambda made: made["held_on"] < date(2026, 1, 20) or made["held_on"] == date(2026, 3, 3),
        ),
        (Condition("present", ("nhiều", "²", "--5", "9" * 5_000)), lambda made: False),
        (Condition("kind", ()), lambda made: False),
    ],
)
def test_conditions(
    office: OfficeFile, events: list[Made], condition: Condition, meets: Callable[[Made], bool]
) -> None:
    wanted = [made for made in events if meets(made)]
    query = ListQuery("event", conditions=(condition,))
    assert in_one_order(listed(office, query)) == in_one_order(wanted)
    assert office.records.totals(query).count == len(wanted)


def test_a_period_takes_both_its_ends(office: OfficeFile, events: list[Made]) -> None:
    start, end = date(2026, 2, 3), date(2026, 5, 9)
    days = [made["held_on"] for made in listed(office, ListQuery("event", start=start, end=end))]
    assert days == sorted((made["held_on"] for made in events if start <= made["held_on"] <= end), reverse=True)


def test_names_sort_by_the_given_name(office: OfficeFile, events: list[Made]) -> None:
    hosts = [made.get("host") for made in listed(office, ListQuery("event", sort=(SortKey("host"),)))]
    known = [str(host) for host in hosts if host]
    assert known == sorted(known, key=person_sort_key) and hosts[-1] is None
    assert hosts[: len(known)] == known


def test_numbers_in_texts_sort_by_value(office: OfficeFile, events: list[Made]) -> None:
    titles = [str(made["title"]) for made in listed(office, ListQuery("event", sort=(SortKey("title", True),)))]
    assert titles == sorted(titles, key=sort_key, reverse=True)
    assert titles.index("Buổi 10") < titles.index("Buổi 9")


def test_links_sort_by_what_they_show(office: OfficeFile, events: list[Made]) -> None:
    places = [made.get("place") for made in listed(office, ListQuery("event", sort=(SortKey("place"),)))]
    ids = list(dict.fromkeys(place for place in places if place))
    names = office.records.titles("place", map(str, ids))
    assert [names[str(place)] for place in ids] == ["Ấp Đông", "Bản Áng", "Thôn 2", "Thôn 10"]
    assert places[-1] is None


def test_choices_sort_as_their_list_does(office: OfficeFile, events: list[Made]) -> None:
    kinds = [made.get("kind") for made in listed(office, ListQuery("event", sort=(SortKey("kind"),)))]
    assert list(dict.fromkeys(kinds)) == ["patrol", "launch", "talk", None]


def test_two_sort_keys(office: OfficeFile, events: list[Made]) -> None:
    made = listed(office, ListQuery("event", sort=(SortKey("present", True), SortKey("held_on"))))
    keys = [(-int(str(one.get("present", -1))), one["held_on"]) for one in made]
    assert keys == sorted(keys)


def test_totals(office: OfficeFile, events: list[Made]) -> None:
    totals = office.records.totals(ListQuery("event"))
    assert totals.sums["present"] == sum(int(str(made.get("present", 0))) for made in events)
    assert totals.sums["cost"] == sum(Decimal(str(made.get("cost", 0))) for made in events)
    nothing = office.records.totals(ListQuery("event", start=date(2030, 1, 1)))
    assert (nothing.count, nothing.sums) == (0, {})


def test_standing_registers_by_day(office: OfficeFile) -> None:
    for name, first, last in (("a", None, None), ("b", date(2026, 6, 1), None), ("c", None, date(2026, 5, 31))):
        office.records.save("place", {"name": name, "valid_from": first, "valid_to": last}, **WHO)
    on = lambda day: [made["name"] for made in listed(office, ListQuery("place", valid_on=day))]  # noqa: E731
    assert (on(date(2026, 5, 31)), on(date(2026, 6, 1))) == (["a", "c"], ["a", "b"])


@pytest.mark.parametrize("sort", [(), (SortKey("kind"),), (SortKey("present", True),), (SortKey("place"),)])
def test_lists_never_read_the_whole_table(office: OfficeFile, events: list[Made], sort: tuple[SortKey, ...]) -> None:
    office._database.measure_tables()
    sql, parameters = list_sql.rows_statement(office._database, ListQuery("event", sort=sort))
    plan = " ".join(row[3] for row in office._database.all(f"EXPLAIN QUERY PLAN {sql}", parameters))
    assert "COVERING INDEX event__" in plan


def test_twenty_thousand_records(office: OfficeFile) -> None:
    made = made_up_events(20_000, [])
    slim = ({name: value for name, value in one.items() if name != "topics"} for one in made)
    office.records.save_many("event", ((None, values) for values in slim), **WHO)
    rows = office.records.ids(ListQuery("event", sort=(SortKey("host"),)))
    assert len(rows) == 20_000 == len(set(rows))
    [last] = office.records.window("event", rows[19_999:])
    assert "host" not in last.values
    many = office.records.ids(ListQuery("event", text="buoi"))
    assert len(many) == 20_000 and len(office.records.ids(ListQuery("event", text="buoi 36"))) == 540
