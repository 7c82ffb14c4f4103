"""A year of work of a made-up commune: standing registers, activities and meetings, from one seeded generator.

Yields records in an order in which links point backwards. The same seed and scale give the same records.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo import (
    assessments,
    awards,
    community,
    cross_cutting,
    forces,
    plans,
    security,
    standards,
)
from thidua_desktop.services.demo.calendar import DemoCalendar
from thidua_desktop.services.demo.meetings import meeting
from thidua_desktop.services.demo.people import (
    demo_facts,
    make_identity_number,
    make_person,
    make_phone,
)
from thidua_desktop.services.demo.world import Area, DemoWorld, Group, Household, Ids, Made, Organization

AREAS_PER_SCALE = 15
GROUPS_PER_AREA = 10
HOUSEHOLDS_PER_GROUP = (26, 41)
ACTIVITIES_PER_AREA = 140
AREA_MEETINGS = 8
PACKS = (plans, community, forces, security, standards, assessments, awards, cross_cutting)
"""Fields of work beyond activities and meetings; a pack may link to what earlier ones made."""


def commune_records(seed: int, scale: int, calendar: DemoCalendar) -> Iterator[Made]:
    """Every record of the made-up commune (scale 1: 15 areas, 150 groups, 5,000 households, 4,000 events)."""
    rng = Random(seed)
    ids = Ids(rng, calendar.first)
    areas = [_area(rng, ids, index) for index in range(AREAS_PER_SCALE * scale)]
    organizations: list[Organization] = []
    festivals: list[Made] = []
    for area in areas:
        yield _area_record(rng, area)
        for group in area.groups:
            yield _group_record(rng, area, group, calendar)
        for group in area.groups:
            yield from (_household_record(rng, area, group, household) for household in group.households)
    for made in _organizations(rng, ids, areas):
        organizations.append(_known(made, areas))
        yield made
    for area in areas:
        for made in _activities(rng, ids, area, calendar):
            if made.values["kind"] == "festival":  # written once, in the register of festivals
                festivals.append(made)
            else:
                yield made
        yield from _meetings(rng, ids, area, calendar)
    for pack in PACKS:
        world = DemoWorld(Random(f"{seed} {pack.__name__}"), ids, calendar, areas, organizations, festivals)
        yield from pack.records(world)


def _known(made: Made, areas: list[Area]) -> Organization:
    """An organization's record as packs see it."""
    values = made.values
    area = next(area for area in areas if area.id == values["residential_area"])
    detail = values.get("enterprise_size") or values.get("school_level") or ""
    return Organization(made.id, str(values["name"]), str(values["kind"]), str(detail), area)


def _area(rng: Random, ids: Ids, index: int) -> Area:
    names = demo_facts()["places"]["areas"]
    name = names[index % len(names)]
    if index >= len(names):
        name = f"{name} {index // len(names) + 1}"
    types = ["rural"]
    if index % 15 == 14 or name.startswith("Đưng"):
        types.append("ethnic")
    if index % 7 == 3:
        types.append("religious")
    if index % 9 == 5:
        types.append("complex")
    if index % 15 == 12:
        types.append("border")
    if index % 15 == 2:
        types[0] = "urban"
    area = Area(ids.new(), name, tuple(types), make_person(rng), make_person(rng))
    number = 0
    for position in range(GROUPS_PER_AREA):
        group = Group(ids.new(), position + 1, make_person(rng))
        for _ in range(rng.randint(*HOUSEHOLDS_PER_GROUP)):
            number += 1
            group.households.append(Household(ids.new(), number, make_person(rng)))
        area.groups.append(group)
    return area


def _area_record(rng: Random, area: Area) -> Made:
    households = len(area.households)
    people = sum(rng.randint(2, 6) for _ in range(households))
    women = people * rng.randint(485, 520) // 1000
    return Made(
        "residential_area",
        area.id,
        {
            "kind": "thon",
            "name": area.name,
            "area_types": area.types,
            "households": households,
            "people": people,
            "people_male": people - women,
            "people_female": women,
            "head_name": area.head.name,
            "head_phone": make_phone(rng),
            "front_head_name": area.front_head.name,
            "valid_from": date(2025, 7, 1),
        },
    )


def _group_record(rng: Random, area: Area, group: Group, calendar: DemoCalendar) -> Made:
    members = len(group.households) * 4
    founded = date(2025, 7, 15) if group.number > 1 else calendar.first + timedelta(days=75)
    return Made(
        "self_managed_group",
        group.id,
        {
            "residential_area": area.id,
            "number": str(group.number),
            "name": f"Tổ tự quản số {group.number}",
            "kind": _group_kind(group),
            "leader": group.leader.name,
            "leader_phone": make_phone(rng),
            "households": len(group.households),
            "members": members,
            "members_female": members * 51 // 100,
            "rhythm": _rhythm(area, group),
            "founded_on": founded,
            "decision": f"{rng.randint(10, 90)}/QĐ-UBND",
        },
    )


def _group_kind(group: Group) -> str:
    """Two of the ten groups of an area look after fire safety."""
    return "inter_family_fire" if group.number % 5 == 0 else "security"


def _rhythm(area: Area, group: Group) -> str:
    """Groups for fire safety meet every quarter; a few elsewhere twice or once a year."""
    if _group_kind(group) == "inter_family_fire":
        return "half_yearly" if "border" in area.types else "quarterly"
    return "yearly" if "border" in area.types and group.number == 9 else "monthly"


def _household_record(rng: Random, area: Area, group: Group, household: Household) -> Made:
    person = household.representative
    members = rng.randint(1, 7)
    values: dict[str, Value] = {
        "residential_area": area.id,
        "group": group.id,
        "number": household.number,
        "representative": person.name,
        "sex": person.sex,
        "birth_year": person.birth_year,
        "members": members,
        "members_female": rng.randint(0, members),
        "ethnicity": person.ethnicity,
        "valid_from": date(2025, 7, 1),
    }
    if rng.random() < 0.6:
        values["phone"] = make_phone(rng)
    if rng.random() < 0.3:
        values["substitute"] = make_person(rng).name
    if rng.random() < 0.15:
        values["identity_number"] = make_identity_number(rng, person)
    return Made("household", household.id, values)


def _organizations(rng: Random, ids: Ids, areas: list[Area]) -> Iterator[Made]:
    places = demo_facts()["places"]
    for name in places["agencies"]:
        yield _organization(rng, ids, rng.choice(areas), name, {"kind": "agency"})
    for name, size in zip(places["enterprises"], ("small", "medium", "micro", "large"), strict=True):
        yield _organization(rng, ids, rng.choice(areas), name, {"kind": "enterprise", "enterprise_size": size})
    levels = ("primary", "lower_secondary", "upper_secondary", "kindergarten")
    for name, level in zip(places["schools"], levels, strict=True):
        yield _organization(rng, ids, rng.choice(areas), name, {"kind": "school", "school_level": level})


def _organization(rng: Random, ids: Ids, area: Area, name: str, kind: dict[str, Value]) -> Made:
    staff = rng.randint(6, 90)
    return Made(
        "organization",
        ids.new(),
        {
            **kind,
            "name": name,
            "residential_area": area.id,
            "address": f"Thôn {area.name}",
            "head": make_person(rng).name,
            "phone": make_phone(rng),
            "staff": staff,
            "staff_female": staff * rng.randint(20, 70) // 100,
            "guards": rng.randint(0, 3),
            "valid_from": date(2025, 7, 1),
        },
    )


def _day(rng: Random, start: date, end: date) -> date:
    return start + timedelta(days=rng.randint(0, (end - start).days))


ACTIVITY_MIX = (
    ("propaganda", 34),
    ("patrol", 40),
    ("pledge", 8),
    ("launch", 3),
    ("drill", 2),
    ("training", 3),
    ("dialogue", 3),
    ("weapons_handover", 3),
    ("social_support", 2),
    ("model_launch", 1),
    ("review", 1),
    ("broadcast", 4),
    ("contest", 1),
)
TOPIC_CODES = (
    "online_fraud",
    "fire_safety",
    "crime",
    "school_violence",
    "drugs",
    "fireworks",
    "residence",
    "trafficking",
    "traffic",
    "weapons",
)


def _activities(rng: Random, ids: Ids, area: Area, calendar: DemoCalendar) -> Iterator[Made]:
    kinds, weights = zip(*ACTIVITY_MIX, strict=True)
    for kind in rng.choices(kinds, weights, k=ACTIVITIES_PER_AREA):
        yield _activity(rng, ids, area, kind, _day(rng, calendar.first, calendar.last))
    for start, end in calendar.festivals():
        yield _activity(rng, ids, area, "festival", _day(rng, start, end))


def _activity(rng: Random, ids: Ids, area: Area, kind: str, day: date) -> Made:
    facts = demo_facts()
    topic = rng.randrange(len(TOPIC_CODES))
    subject = facts["topics"]["activities"][topic]
    hour = rng.randint(7, 20)
    values: dict[str, Value] = {
        "held_on": day,
        "starts_at": f"{hour:02d}:{rng.choice((0, 30)):02d}",
        "ends_at": f"{hour + 2:02d}:00",
        "residential_area": area.id,
        "kind": kind,
        "topics": (TOPIC_CODES[topic],),
        "title": subject,
        "place": rng.choice(facts["places"]["halls"]),
        "host": rng.choice(("commune_police", "area", "security_team", "women_union")),
        "result": rng.choice(facts["topics"]["results"]),
    }
    values.update(_attendance(rng, area, kind))
    return Made("movement_activity", ids.new(), values)


def _attendance(rng: Random, area: Area, kind: str) -> dict[str, Value]:
    households = len(area.households)
    if kind == "patrol":
        people = rng.randint(3, 9)
        return {"attendance_total": people, "attendance_women": rng.randint(0, people // 3)}
    people = rng.randint(25, max(30, households))
    values: dict[str, Value] = {
        "attendance_total": people,
        "attendance_women": people * rng.randint(35, 65) // 100,
        "attendance_ethnic": people * rng.randint(2, 18) // 100,
    }
    if kind in {"propaganda", "launch", "festival"}:
        values["documents_handed_out"] = rng.randint(0, people)
    if kind in {"pledge", "festival"}:
        values["households_signed"] = rng.randint(households // 10, households // 3)
        values["pledges"] = rng.randint(0, 6)
    if kind in {"dialogue", "propaganda"} and rng.random() < 0.3:
        values["messages_received"] = rng.randint(1, 4)
    if kind == "weapons_handover":
        values["items"] = (_item(rng),)
    return values


def _item(rng: Random) -> Row:
    if rng.random() < 0.4:
        return {"kind": "fireworks", "quantity": Decimal(rng.randint(2, 25)) / 10, "unit": "kilogram"}
    kind = rng.choice(("homemade_gun", "primitive_weapon"))
    return {"kind": kind, "quantity": Decimal(rng.randint(1, 3)), "unit": "piece"}


def _meetings(rng: Random, ids: Ids, area: Area, calendar: DemoCalendar) -> Iterator[Made]:
    for start, end in calendar.months():
        for group in area.groups:
            day = _day(rng, start, end)
            if _rhythm(area, group) != "monthly" and end.month % 3:  # meets at the end of a quarter
                continue
            if rng.random() < 0.93 and day <= calendar.last:  # some groups miss a month
                leaders = (group.leader, area.front_head)
                values = meeting(rng, calendar, area.id, group.id, group.households, leaders, day)
                yield Made("resident_meeting", ids.new(), {**values, "kind": "regular"})
    for index in range(AREA_MEETINGS):
        kind = ("thematic", "contribution", "village_convention", "emulation", "election")[index % 5]
        day = _day(rng, calendar.first, calendar.last)
        values = meeting(rng, calendar, area.id, None, area.households, (area.head, area.front_head), day)
        yield Made("resident_meeting", ids.new(), {**values, "kind": kind})
