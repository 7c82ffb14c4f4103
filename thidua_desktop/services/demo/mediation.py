"""Mediation teams and their cases: done, failed, given up, late, and some still open at the turn of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo.people import make_person
from thidua_desktop.services.demo.world import Area, DemoWorld, Made

CASES_PER_AREA = 8
SUBJECTS = {
    "conflict": ("Tiếng ồn của xưởng mộc", "Lời qua tiếng lại ở chợ"),
    "civil": ("Lối đi chung giữa hai nhà liền kề", "Ranh giới đất vườn", "Vay tiền chưa trả"),
    "family": ("Vợ chồng mâu thuẫn việc nuôi con", "Anh em chia việc chăm sóc cha mẹ"),
    "violation": ("Gia súc phá hoa màu", "Xâm hại nhỏ về tài sản"),
}
OUTCOMES = ("success", "success", "success", "success", "failure", "stopped", "success", "failure")


def records(world: DemoWorld) -> Iterator[Made]:
    """Teams with their people, then cases."""
    for place, area in enumerate(world.areas):
        people = [world.person(area, "Hòa giải viên", sex) for sex in _sexes(place)]
        if "ethnic" in area.types or place % 4 == 0:
            people[-1].values["ethnicity"] = "tay"
        yield from people
        team = _team(world, area, people)
        yield team
        for number in range(CASES_PER_AREA):
            yield _case(world, area, team.id, people, number)


def _sexes(place: int) -> tuple[str, ...]:
    """One team has no woman, one lacks a member: what the law asks is not always there."""
    if place == 4:
        return ("male", "male", "male")
    return ("male", "female") if place == 7 else ("male", "female", "male", "female", "male")[: 3 + place % 3]


def _team(world: DemoWorld, area: Area, people: list[Made]) -> Made:
    households = len(area.households)
    members: list[Row] = [
        {
            "person": person.id, "role": "mediator" if number else "leader",
            "votes": households * world.rng.randint(60, 95) // 100,
            "lawyer": number == 0 and world.rng.random() < 0.4, "trained": world.rng.random() < 0.8,
        }
        for number, person in enumerate(people)
    ]  # fmt: skip
    values: dict[str, Value] = {
        "residential_area": area.id, "name": f"Tổ hòa giải thôn {area.name}", "households_total": households,
        "members": tuple(members), "list_received_on": date(2025, 7, 14), "recognised_on": date(2025, 7, 18),
        "decision": f"Quyết định số {world.rng.randint(10, 40)}/QĐ-UBND", "monthly_support": 150_000,
        "book_number": "01", "book_opened_on": date(2025, 7, 18),
    }  # fmt: skip
    return Made("mediation_team", world.ids.new(), values)


def _case(world: DemoWorld, area: Area, team: str, people: list[Made], number: int) -> Made:
    rng, last = world.rng, world.calendar.last
    received = world.day(world.calendar.first, last - timedelta(days=3))
    scope = tuple(SUBJECTS)[number % len(SUBJECTS)]
    assigned = received + timedelta(days=rng.randint(0, 2))
    started = assigned + timedelta(days=6 if number == 5 else rng.randint(0, 3))  # one begins late
    values: dict[str, Value] = {
        "received_on": received, "number": number + 1, "residential_area": area.id, "team": team,
        "subject": rng.choice(SUBJECTS[scope]), "scope": scope, "ground": "request" if number % 3 else "witnessed",
        "content": "Các bên không thống nhất, đề nghị tổ hòa giải giúp.", "parties": tuple(_parties(world, area)),
        "requests": "Mỗi bên giữ ý kiến của mình.", "assigned_on": assigned,
        "mediators": tuple({"person": person.id} for person in people[:2]), "outcome": "open",
    }  # fmt: skip
    if started <= last:
        first: Row = {"held_on": started, "place": "Nhà văn hóa thôn"}
        values |= {"started_on": started, "meetings": (first,)}
    ended = started + timedelta(days=rng.randint(2, 50))
    if ended <= last:
        values |= _ending(OUTCOMES[number % len(OUTCOMES)], ended, rng.random() < 0.3)
    return Made("mediation_case", world.ids.new(), values)


def _parties(world: DemoWorld, area: Area) -> Iterator[Row]:
    for _ in range(2):
        person = make_person(world.rng)
        age = 2026 - person.birth_year
        yield {"kind": "party", "name": person.name, "age": age, "address": f"Thôn {area.name}"}


def _ending(outcome: str, ended: date, written: bool) -> dict[str, Value]:
    values: dict[str, Value] = {"outcome": outcome, "ended_on": ended, "fee": 200_000}
    if outcome == "success":
        values |= {"fee": 300_000, "agreement": "Hai bên thống nhất, bắt tay hòa giải."}
        if written:
            values |= {"written_on": ended, "obligations": "Mỗi bên thực hiện phần việc đã nhận."}
    elif outcome == "failure":
        values |= {"handed_to": "Ủy ban nhân dân xã", "handed_on": ended}
    return values
