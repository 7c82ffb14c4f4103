"""Propaganda of law, models and points, ratings of groups, good examples; mediation has a module of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo import mediation
from thidua_desktop.services.demo.meetings import meeting
from thidua_desktop.services.demo.world import Area, DemoWorld, Made

LAWS = (
    ("Quy định mới về quản lý pháo, vũ khí thô sơ", "Luật Quản lý, sử dụng vũ khí, vật liệu nổ 2024", "weapons"),
    ("Cư trú, căn cước và định danh điện tử", "Luật Căn cước 2023; Luật Cư trú 2020", "residence"),
    ("An toàn cháy, nổ trong hộ gia đình", "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ 2024", "fire_safety"),
    ("Nhận biết và phòng ngừa lừa đảo qua mạng", "Bộ luật Hình sự Điều 174, Điều 290", "online_fraud"),
    ("Phòng, chống ma túy trong thanh, thiếu niên", "Luật Phòng, chống ma túy 2021", "drugs"),
    ("Bình đẳng giới và phòng, chống bạo lực gia đình", "Luật Phòng, chống bạo lực gia đình 2022", "domestic_violence"),
)  # fmt: skip
LEGAL_FORMS = (
    "conference", "training", "mobile", "consulting", "other_direct", "contest", "documents", "broadcast", "article",
)  # fmt: skip
LEGAL_PER_AREA = 12
MODELS = (
    ("Camera an ninh", "camera", "crime"),
    ("Thắp sáng đường quê", "lighting", "traffic"),
    ("Tổ liên gia an toàn phòng cháy, chữa cháy", "inter_family", "fire"),
    ("Dòng họ tự quản về an ninh, trật tự", "clan", "crime"),
    ("Cổng trường an toàn giao thông", "school_gate", "schools"),
    ("Zalo kết nối bình yên", "connection", "online"),
    ("Khu dân cư không có ma túy", "drug_free", "drugs"),
    ("Tiếng kẻng an ninh", "other", "security"),
)
RATED_AREAS = 6


def records(world: DemoWorld) -> Iterator[Made]:
    """The pack's records, links pointing backwards."""
    yield from _propaganda(world)
    yield from _models(world)
    yield from _ratings(world)
    yield from _closed_groups(world)
    yield from mediation.records(world)


def _propaganda(world: DemoWorld) -> Iterator[Made]:
    rng = world.rng
    for area in world.areas:
        speaker = world.person(area, "Tuyên truyền viên pháp luật")
        yield speaker
        for number in range(LEGAL_PER_AREA):
            form = LEGAL_FORMS[number] if number < len(LEGAL_FORMS) else "conference"
            yield _legal(world, area, form, speaker.id if rng.random() < 0.6 else "")
        yield from _meeting_with_detail(world, area)


def _legal(world: DemoWorld, area: Area, form: str, speaker: str) -> Made:
    rng = world.rng
    title, laws, topic = rng.choice(LAWS)
    values: dict[str, Value] = {
        "held_on": world.day(), "residential_area": area.id, "form": form, "title": title, "laws": laws,
        "place": rng.choice(("Nhà văn hóa thôn", "Hội trường xã")),
        "topics": (topic,), "targets": ("residents",) if "ethnic" not in area.types else ("residents", "ethnic"),
        "speaker_kind": "communicator", **({"speaker": speaker} if speaker else {"speaker_name": area.head.name}),
        **_legal_figures(world, form),
    }  # fmt: skip
    return Made("legal_propaganda", world.ids.new(), values)


def _legal_figures(world: DemoWorld, form: str) -> dict[str, Value]:
    rng = world.rng
    people = rng.randint(30, 140)
    if form == "contest":
        return {"entrants": people, "entrants_female": people * rng.randint(40, 70) // 100}
    if form == "broadcast":
        return {"broadcasts": rng.randint(2, 12)}
    if form == "article":
        return {"articles": rng.randint(1, 4)}
    copies: dict[str, Value] = {
        "documents_vietnamese": people,
        "documents_ethnic": people // 6,
        "documents_other": rng.choice((0, 0, 5)),
    }
    if form == "documents":
        return copies
    heard: dict[str, Value] = {
        "listeners": people,
        "listeners_female": people * rng.randint(35, 65) // 100,
        "listeners_ethnic": people * rng.randint(2, 25) // 100,
    }
    return {**heard, **(copies if rng.random() < 0.4 else {})}


def _meeting_with_detail(world: DemoWorld, area: Area) -> Iterator[Made]:
    """A meeting with a legal topic, and the record that tells which law: one session, not two."""
    leaders = (area.head, area.front_head)
    values = meeting(world.rng, world.calendar, area.id, None, area.households, leaders, world.day())
    held = Made("resident_meeting", world.ids.new(), {**values, "kind": "thematic", "legal_topic": True})
    yield held
    title, laws, topic = world.rng.choice(LAWS)
    detail: dict[str, Value] = {
        "held_on": held.values["held_on"], "residential_area": area.id, "form": "residents", "title": title,
        "laws": laws, "topics": (topic,), "meeting": held.id, "speaker_kind": "police",
        "documents_vietnamese": world.rng.randint(20, 60),
    }  # fmt: skip
    yield Made("legal_propaganda", world.ids.new(), detail)


def _models(world: DemoWorld) -> Iterator[Made]:
    rng, calendar = world.rng, world.calendar
    known: list[tuple[str, date]] = []
    seen: Row
    for place, (name, kind, subject) in enumerate(MODELS):
        founded = calendar.first + timedelta(days=20 * place)
        seen = {"reviewed_on": founded + timedelta(days=60), "result": "Duy trì tốt", "rating": "effective"}
        values: dict[str, Value] = {
            "name": name, "kind": kind, "field": subject, "lead": "commune_police", "founded_on": founded,
            "decided_on": founded - timedelta(days=8), "decision": f"Quyết định số {rng.randint(20, 90)}/QĐ-UBND",
            "funding_state": rng.choice((0, 5_000_000, 15_000_000)), "funding_people": rng.choice((0, 2_000_000)),
            "rating": ("effective", "effective", "average", "weak")[place % 4],
            "reviews": (seen,),
        }  # fmt: skip
        if place == len(MODELS) - 1:  # one that was given up within the year
            values |= {"stopped_on": calendar.last - timedelta(days=40), "stop_reason": "Gộp vào Zalo kết nối bình yên"}
        else:
            known.append((made := world.ids.new(), founded))
            yield Made("model", made, values)
            continue
        yield Made("model", world.ids.new(), values)
    for area in world.areas:
        for model, founded in rng.sample(known, rng.randint(2, 4)):
            yield _point(world, area, model, founded)
    yield from _examples(world, [model for model, _ in known])


def _point(world: DemoWorld, area: Area, model: str, founded: date) -> Made:
    rng = world.rng
    groups = rng.sample(area.groups, rng.randint(1, 3))
    cameras = rng.randint(1, 6)
    values: dict[str, Value] = {
        "model": model, "residential_area": area.id, "head": area.head.name,
        "place": rng.choice(("Ngõ 12 và chợ", "Trục chính", "Khu nhà trọ")),
        "groups": tuple({"group": group.id} for group in groups),
        "households": sum(len(group.households) for group in groups), "members": rng.randint(3, 12),
        "founded_on": founded + timedelta(days=rng.randint(0, 30)),
        "camera_points": cameras, "camera_eyes": cameras * rng.randint(1, 3), "lamps": rng.randint(0, 40),
        "loudspeakers": rng.randint(0, 3), "zalo_groups": 1, "zalo_members": rng.randint(20, 90),
        "funding_state": rng.choice((0, 1_000_000)), "funding_people": rng.randint(2, 30) * 500_000,
    }  # fmt: skip
    return Made("model_point", world.ids.new(), values)


def _examples(world: DemoWorld, models: list[str]) -> Iterator[Made]:
    rng = world.rng
    for place, area in enumerate(world.areas[:10]):
        values: dict[str, Value] = {
            "field": rng.choice(("crime", "drugs", "fire", "traffic")), "residential_area": area.id,
            "model": rng.choice(models),
            "title": rng.choice(("Vận động hộ dân lắp camera", "Hòa giải nhiều mâu thuẫn")),
            "deeds": "Vận động các hộ góp công, góp tiền; duy trì tuần tra đêm.", "effect": "Không còn vụ trộm.",
            "recognised_on": world.day(), "recognised_by": "Ủy ban nhân dân xã",
            "decision": f"Quyết định số {rng.randint(80, 99)}/QĐ-UBND",
        }  # fmt: skip
        if place % 3 == 0:
            person = world.person_record(area.head, area, "Trưởng thôn")
            yield person
            values |= {"kind": "person", "person": person.id}
        else:
            values |= {"kind": "collective", "collective": f"Tổ tự quản số {place + 1} thôn {area.name}"}
        if place % 2 == 0:
            neighbour = world.areas[(place + 1) % len(world.areas)]
            values["spread"] = ({"place": f"Thôn {neighbour.name}", "result": "Lắp 03 điểm camera"},)
        yield Made("good_example", world.ids.new(), values)


def _ratings(world: DemoWorld) -> Iterator[Made]:
    """Last year's rating in some areas: by points, one class against its points, one given without points."""
    year = world.calendar.closed.year - 1
    rated_on = max(date(year, 12, 20), world.calendar.first)
    for area in world.areas[:RATED_AREAS]:
        for number, group in enumerate(area.groups):
            points = Decimal(world.rng.randint(900, 1000) if number < 2 else world.rng.randint(430, 980)) / 10
            values: dict[str, Value] = {
                "rated_on": rated_on, "year": year, "residential_area": area.id, "group": group.id,
                "meetings_due": 12, "meetings_held": world.rng.randint(8, 12), "points": points,
                "class": _class_of(points), "decision": "Quyết định số 133/QĐ-UBND",
                "decided_on": rated_on + timedelta(days=5),
            }  # fmt: skip
            if number == 8:
                values |= {"class": "average", "faults": "Để xảy ra cháy nên hạ một bậc"}
            elif number == 9:
                del values["points"]
            yield Made("group_rating", world.ids.new(), values)


def _class_of(points: Decimal) -> str:
    return "excellent" if points >= 90 else "good" if points >= 70 else "average" if points >= 50 else "weak"


def _closed_groups(world: DemoWorld) -> Iterator[Made]:
    """Groups whose households another one took over within the year."""
    for area in world.areas[:3]:
        successor = area.groups[0]
        values: dict[str, Value] = {
            "residential_area": area.id, "number": "11", "name": "Tổ tự quản số 11 (cũ)", "kind": "residential",
            "leader": area.front_head.name, "households": 18, "members": 40, "members_female": 21,
            "rhythm": "monthly", "founded_on": date(2025, 7, 15), "closed_on": world.calendar.last - timedelta(days=90),
            "successor": successor.id,
        }  # fmt: skip
        yield Made("self_managed_group", world.ids.new(), values)
