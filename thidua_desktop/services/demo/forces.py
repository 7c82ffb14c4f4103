"""Made-up forces: a team in nearly every area, members of all ages, last year's ratings, guards, fire teams, others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from thidua_desktop.domain.forces import RANKS, Level, excellent_allowed, months_active
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo.people import Person, make_person, make_phone
from thidua_desktop.services.demo.world import Area, DemoWorld, Made

POSITIONS = ("leader", "deputy", "member", "member", "member")
LEVELS = ("good", "good", "good", "completed")
EDUCATION = ("secondary", "secondary", "secondary", "intermediate", "university", "primary")
MASS = (
    ("youth_squad", "Đội thanh niên xung kích an ninh", "Đoàn Thanh niên xã"),
    ("women", "Tổ phụ nữ giữ gìn bình yên", "Hội Liên hiệp Phụ nữ xã"),
    ("clan", "Dòng họ tự quản", "Ban công tác Mặt trận thôn"),
    ("religion", "Xóm đạo bình yên", "Ủy ban Mặt trận Tổ quốc xã"),
    ("veterans", "Câu lạc bộ cựu chiến binh gương mẫu", "Hội Cựu chiến binh xã"),
)


def records(world: DemoWorld) -> Iterator[Made]:
    """The pack's records, links pointing backwards."""
    teams: list[Made] = []
    members: list[Made] = []
    for number, area in enumerate(world.areas):
        if number % 15 == 13:  # one area has no team of its own
            continue
        team = _team(world, area, number)
        teams.append(team)
        yield team
        for position in POSITIONS[: 3 + number % 3]:
            person, member = _member(world, area, team, position, len(members))
            members.append(member)
            yield person
            yield member
    yield from _ratings(world, teams, members)
    yield from _guards(world)
    yield from _fire_teams(world)
    yield from _mass(world)


def _team(world: DemoWorld, area: Area, number: int) -> Made:
    founded = date(2025, 7, 1) if number % 7 else world.calendar.last - timedelta(days=150)
    equipment: tuple[Row, ...] = (
        {"kind": "uniform", "quantity": 5, "given_on": founded},
        {"kind": "torch", "quantity": world.rng.randint(2, 5)},
        {"kind": "baton", "quantity": world.rng.randint(1, 4)},
    )
    values: dict[str, Value] = {
        "name": f"Tổ bảo vệ an ninh, trật tự thôn {area.name}", "residential_area": area.id, "norm": 5,
        "members_ethnic": world.rng.randint(0, 2), "place": f"Nhà văn hóa thôn {area.name}",
        "phone": make_phone(world.rng), "decision": f"{40 + number}/QĐ-UBND", "decided_on": founded,
        "founded_on": founded, "equipment": equipment,
    }  # fmt: skip
    return Made("security_team", world.ids.new(), values)


def _member(world: DemoWorld, area: Area, team: Made, position: str, number: int) -> tuple[Made, Made]:
    """A member and the person; now and then somebody above 70 with the chair's approval, or who has left."""
    old = number % 23 == 5
    person = _person(world, 1962 - 10 if old else 1998)
    record = world.person_record(person, area, "Thành viên tổ bảo vệ an ninh, trật tự")
    founded = team.values["founded_on"]
    assert isinstance(founded, date)
    joined = founded if number % 9 else world.calendar.last - timedelta(days=world.rng.randint(60, 200))
    values: dict[str, Value] = {
        "person": record.id, "team": team.id, "position": position, "education": EDUCATION[number % len(EDUCATION)],
        "decision": f"{100 + number}/QĐ-UBND", "joined_on": joined, "certificate": f"{number + 1:05d}",
        "health_certificate_on": joined - timedelta(days=20), "health_insurance": number % 6 != 0,
        "social_insurance": number % 4 == 0, "trainings": _trainings(world, number),
    }  # fmt: skip
    if old:
        values |= {"above_70_approval": f"{number}/UBND-CA", "above_70_approved_on": joined}
    if number % 17 == 11:
        values |= {"left_on": world.calendar.last - timedelta(days=40), "leaving": "own_wish"}
    if number % 3 == 0:
        values["services"] = (_service(world, area),)
    return record, Made("team_member", world.ids.new(), values)


def _person(world: DemoWorld, born: int) -> Person:
    """Of an age that a member may have; the oldest are born well before."""
    return make_person(world.rng, youngest=born, oldest=born - 2 if born < 1960 else 1962)


def _trainings(world: DemoWorld, number: int) -> tuple[Row, ...]:
    day = world.calendar.last - timedelta(days=world.rng.randint(20, 200))
    row: Row = {"held_on": day, "course": "Nghiệp vụ tuần tra, phòng cháy, chữa cháy", "decision": "1250/QĐ-CAT"}
    return (row,) if number % 4 else ()


def _service(world: DemoWorld, area: Area) -> Row:
    since = date(world.rng.randint(2004, 2018), 1, 1)
    force = world.rng.choice(("neighbourhood_guard", "part_time_police", "fire_team_head"))
    return {"force": force, "since": since, "until": date(2024, 6, 30), "hard": "border" in area.types}


def _ratings(world: DemoWorld, teams: list[Made], members: list[Made]) -> Iterator[Made]:
    """Of the rating year that ended last, decided within the days with records."""
    year = world.calendar.last.year if world.calendar.last >= date(world.calendar.last.year, 11, 16) else (
        world.calendar.last.year - 1
    )  # fmt: skip
    day = min(date(year, 11, 16), world.calendar.last)
    rated = {team.id: level for team, level in _levels(world, teams, "founded_on", "closed_on", year)}
    for team in teams:
        yield _rating(world, year, day, "team", team.id, None, rated.get(team.id, ""))
    for member, level in _levels(world, members, "joined_on", "left_on", year):
        own = str(member.values["team"])
        capped = _not_above(level, rated.get(own, "")) if member.values["position"] == "leader" else level
        yield _rating(world, year, day, "member", own, member.id, capped)


def _not_above(level: str, team: str) -> str:
    """A leader's level is not above the team's."""
    return team if level in RANKS and team in RANKS and RANKS[Level(level)] > RANKS[Level(team)] else level


def _levels(world: DemoWorld, made: list[Made], first: str, last: str, year: int) -> list[tuple[Made, str]]:
    """A level for each ("" for those under nine months); the excellent ones within a fifth of the good ones."""
    found: list[tuple[Made, str]] = []
    for number, one in enumerate(made):
        begins, ends = one.values.get(first), one.values.get(last)
        months = months_active(
            begins if isinstance(begins, date) else None, ends if isinstance(ends, date) else None, year
        )
        level = "failed" if number == 6 else LEVELS[number % len(LEVELS)]
        found.append((one, level if months >= 9 else ""))
    good = sum(level == "good" for _, level in found)
    most = 0
    while most < excellent_allowed(good - most - 1, world.calendar.last):
        most += 1
    best = [place for place, (_, level) in enumerate(found) if level == "good"][:most]
    return [(one, "excellent" if place in best else level) for place, (one, level) in enumerate(found)]


def _rating(world: DemoWorld, year: int, day: date, subject: str, team: Value, member: str | None, level: str) -> Made:
    given = world.rng.randint(80, 140)
    values: dict[str, Value] = {
        "year": year, "subject": subject, "team": team, "rated_on": day, "tasks_given": given,
        "tasks_done": given - world.rng.randint(0, 2 if level == "excellent" else 12),
    }  # fmt: skip
    if member:
        values["member"] = member
    if level:
        values |= {"proposed": level, "level": level}
    else:
        values["note"] = "Hoạt động dưới 09 tháng trong năm."
    return Made("force_rating", world.ids.new(), values)


def _guards(world: DemoWorld) -> Iterator[Made]:
    for number, place in enumerate(world.organizations):
        if place.detail in ("micro", "kindergarten"):
            continue
        guards = world.rng.randint(2, 6)
        trained = world.rng.randint(1, guards)
        values: dict[str, Value] = {
            "organization": place.id, "head": make_person(world.rng).name, "phone": make_phone(world.rng),
            "guards": guards, "guards_female": number % 2, "trained": trained, "certified": trained,
            "contracted": number % 5 == 0, "founded_on": date(2025, 7, 1),
        }  # fmt: skip
        yield Made("guard_unit", world.ids.new(), values)


def _fire_teams(world: DemoWorld) -> Iterator[Made]:
    for number, area in enumerate(world.areas[::2]):
        equipment: Row = {"kind": "extinguisher", "quantity": 6}
        size = 8 if number == 3 else world.rng.randint(10, 16)  # one is too small
        values: dict[str, Value] = {
            "name": f"Đội dân phòng thôn {area.name}", "residential_area": area.id,
            "head": make_person(world.rng).name, "phone": make_phone(world.rng), "members": size,
            "members_female": world.rng.randint(0, 3), "trained": size - number % 3,
            "trained_on": world.day(), "decision": f"{70 + number}/QĐ-UBND", "decided_on": date(2025, 7, 20),
            "founded_on": date(2025, 8, 1), "equipment": (equipment,),
        }  # fmt: skip
        yield Made("fire_team", world.ids.new(), values)


def _mass(world: DemoWorld) -> Iterator[Made]:
    for number, area in enumerate(world.areas):
        kind, name, patron = MASS[number % len(MASS)]
        members = world.rng.randint(9, 30)
        row: Row = {"held_on": world.day(world.calendar.last - timedelta(days=200)), "people": members // 2,
                    "what": "Tuần tra, nhắc nhở thanh niên tụ tập đêm"}  # fmt: skip
        values: dict[str, Value] = {
            "name": f"{name} thôn {area.name}", "kind": kind, "residential_area": area.id, "patron": patron,
            "head": make_person(world.rng).name, "members": members, "members_female": members // 3,
            "core_members": members // 4, "founded_on": date(2025, 9, 1), "activities": (row,),
        }  # fmt: skip
        yield Made("mass_organization", world.ids.new(), values)
