"""Made-up meetings: who came, what was discussed, how the households voted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from thidua_desktop.domain.meetings import Matter, needed_votes
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo.calendar import DemoCalendar
from thidua_desktop.services.demo.people import KINH, Person, demo_facts, make_person

if TYPE_CHECKING:
    from thidua_desktop.services.demo.world import Household


def meeting(
    rng: Random,
    calendar: DemoCalendar,
    area_id: str,
    group_id: str | None,
    households: Sequence[Household],
    leaders: tuple[Person, Person],
    day: date,
) -> dict[str, Value]:
    """The values of one meeting of ``households``; ``leaders``: who chairs, head of the Front's committee."""
    total = len(households)
    present = [household for household in households if rng.random() < rng.uniform(0.72, 0.95)]
    secretary = rng.choice(households).representative
    witnesses = [household.representative.name for household in rng.sample(list(present or households), 2)]
    values: dict[str, Value] = {
        "held_on": day, "starts_at": "19:30", "ends_at": f"{rng.choice((20, 21))}:{rng.choice((15, 45))}",
        "residential_area": area_id, "place": rng.choice(demo_facts()["places"]["halls"]),
        "called_by": "group_leader" if group_id else "area_head",
        "chair": leaders[0].name, "chair_title": "Tổ trưởng" if group_id else "Trưởng thôn",
        "secretary": secretary.name, "secretary_title": "Thư ký", "front_head": leaders[1].name,
        "witness_one": witnesses[0], "witness_two": witnesses[1], "notice_on": day - timedelta(days=3),
        "households_total": total, "households_present": len(present),
        "women_present": sum(household.representative.is_woman for household in present),
        "ethnic_present": sum(household.representative.ethnicity != KINH for household in present),
        "quorum_rule": "none", "document_form": "minutes", "legal_topic": rng.random() < 0.25,
        "status": "ended" if day >= calendar.unsigned_since and rng.random() < 0.4 else "signed",
        "agenda": tuple(_agenda(rng, total, len(present), day, bool(group_id))),
    }  # fmt: skip
    if group_id:
        values["group"] = group_id
    elif values["status"] == "signed" and day + timedelta(days=5) <= calendar.today:
        values.update(status="sent", sent_on=day + timedelta(days=4))
    if day >= calendar.named_since:
        values["attendance"] = tuple(_attendance(rng, households, present))
    if rng.random() < 0.3:
        values["guests"] = ({"name": make_person(rng).name, "title": "Công an xã"},)
    if rng.random() < 0.4:
        values["tasks"] = (_task(rng, calendar, secretary, day),)
    return values


def _attendance(rng: Random, households: Sequence[Household], present: Sequence[Household]) -> list[Row]:
    here = {household.id for household in present}
    rows: list[Row] = []
    for household in households:
        row: dict[str, str | int | bool | None] = {
            "household": household.id, "number": household.number, "name": household.representative.name,
            "present": household.id in here,
        }  # fmt: skip
        if household.id not in here and rng.random() < 0.5:
            row["note"] = rng.choice(("đi làm xa, có báo", "ốm, có báo", "chưa rõ lý do"))
        elif household.id in here and rng.random() < 0.1:
            row["stand_in"] = make_person(rng).name
        rows.append(row)
    return rows


def _agenda(rng: Random, total: int, present: int, day: date, of_group: bool) -> list[Row]:
    topics = demo_facts()["topics"]
    subjects = rng.sample(topics["ordinary"], rng.randint(1, 3))
    items: list[Row] = [_talk(rng, subjects[0])]
    items += [_voted(rng, subject, Matter.OTHER_MATTER, total, present, day) for subject in subjects[1:]]
    if rng.random() < 0.12:
        items.append(_voted(rng, rng.choice(topics["contributions"]), Matter.CONTRIBUTION, total, present, day))
    if not of_group and rng.random() < 0.25:
        items.append(_voted(rng, topics["regulations"][0], Matter.CONVENTION, total, present, day))
    return items


def _talk(rng: Random, subject: str) -> Row:
    return {
        "subject": subject, "matter": "no_vote", "method": "none", "outcome": "no_vote",
        "discussion": rng.choice(demo_facts()["topics"]["discussion"]), "conclusion": "Các hộ nắm được và thực hiện.",
    }  # fmt: skip


def _voted(rng: Random, subject: str, matter: Matter, total: int, present: int, day: date) -> Row:
    against = rng.randint(0, max(1, present // 8))
    other = rng.randint(0, 2)
    yes = max(0, present - against - other)
    passed = yes >= needed_votes(matter, total, day, present)
    return {
        "subject": subject, "matter": str(matter), "method": "hands",
        "discussion": rng.choice(demo_facts()["topics"]["discussion"]),
        "yes": yes, "no": min(against, present - yes), "other": max(0, present - yes - min(against, present - yes)),
        "outcome": "passed" if passed else "not_passed",
        "conclusion": "Thống nhất thực hiện." if passed else "Chưa đủ tỷ lệ, phát phiếu lấy ý kiến các hộ.",
    }  # fmt: skip


def _task(rng: Random, calendar: DemoCalendar, who: Person, day: date) -> Row:
    return {
        "task": rng.choice(demo_facts()["topics"]["tasks"]), "who": who.name, "due": day + timedelta(days=20),
        "done": rng.random() < (1 if calendar.today - day > timedelta(days=45) else 0.6),
    }  # fmt: skip
