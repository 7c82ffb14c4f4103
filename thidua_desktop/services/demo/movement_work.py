"""Festivals, pledges by household, items handed in, mobilisation models and the culture campaign of the commune."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo.world import Area, DemoWorld, Made

DRIVE_TOPICS = ("fireworks", "drugs", "fire_safety", "traffic")
ITEMS: tuple[tuple[str, str, int], ...] = (
    ("military_gun", "piece", 1), ("hunting_gun", "piece", 2), ("ammunition", "round", 24),
    ("grenade_mine", "unit_fruit", 1), ("explosive", "kilogram", 2), ("explosive", "piece", 3),
    ("support_tool", "piece", 2), ("electro_fishing", "set", 4), ("fireworks", "unit_fruit", 15),
    ("fireworks", "box", 3), ("air_gun", "piece", 1), ("other", "piece", 1),
)  # fmt: skip
MODELS: tuple[tuple[str, str, str], ...] = (
    ("Hiến đất mở rộng đường liên thôn", "culture", "collective"),
    ("Tiếng kẻng an ninh", "security", "collective"),
    ("Giúp nhau phát triển chăn nuôi", "economy", "individual"),
    ("Chính quyền thân thiện, vì Nhân dân phục vụ", "political_system", "collective"),
    ("Thắp sáng đường quê", "culture", "collective"),
    ("Gia đình không có người vi phạm pháp luật", "security", "individual"),
    ("Tổ tiết kiệm của phụ nữ", "economy", "collective"),
    ("Chi bộ gần dân", "political_system", "collective"),
    ("Ngõ xóm không rác", "culture", "individual"),
    ("Dòng họ tự quản", "security", "collective"),
)


def records(world: DemoWorld) -> Iterator[Made]:
    """The records, links pointing backwards."""
    yield from _handovers(world)
    yield from _festivals(world)
    yield from _unity_festivals(world)
    yield from _pledge_drives(world)
    yield from _models(world)
    for year in world.years():
        for place, area in enumerate(world.areas):
            yield from _culture(world, area, year, place)


def _handovers(world: DemoWorld) -> Iterator[Made]:
    """Rare kinds of items, and patrols that were told something."""
    start = world.calendar.last - timedelta(days=300)
    for place, (kind, unit, quantity) in enumerate(ITEMS):
        area = world.areas[place % len(world.areas)]
        row: Row = {"kind": kind, "quantity": Decimal(quantity), "unit": unit}
        yield Made("movement_activity", world.ids.new(), {
            "held_on": world.day(start), "residential_area": area.id, "kind": "weapons_handover",
            "topics": ("weapons", "mobilisation"),
            "title": "Vận động Nhân dân giao nộp vũ khí, vật liệu nổ", "host": "commune_police",
            "attendance_total": world.rng.randint(20, 60), "attendance_religious": world.rng.randint(0, 12),
            "items": (row,),
        })  # fmt: skip
        yield Made("movement_activity", world.ids.new(), {
            "held_on": world.day(start), "residential_area": area.id, "kind": "patrol", "topics": ("crime",),
            "title": "Tuần tra đêm, chốt ngã ba", "host": "security_team", "attendance_total": world.rng.randint(4, 9),
            "messages_received": 1,
        })  # fmt: skip


def _festivals(world: DemoWorld) -> Iterator[Made]:
    """The festivals of the residential areas; besides, units that held, planned or gave up one."""
    areas = {area.id: area for area in world.areas}
    for place, activity in enumerate(world.festivals):
        area = areas[str(activity.values["residential_area"])]
        day = activity.values["held_on"]
        assert isinstance(day, date)
        yield _festival(world, day, f"Thôn {area.name}", "held", area=area, focal=place % 15 in (5, 12))
    for start, end in world.calendar.festivals():
        for organization, status in zip(world.organizations, ("held", "held", "planned", "cancelled"), strict=False):
            kind = organization.kind if organization.kind in ("agency", "enterprise", "school") else "agency"
            made = _festival(world, world.day(start, end), organization.name, status, unit=kind)
            made.values["organization"] = organization.id
            yield made


def _festival(
    world: DemoWorld, day: date, name: str, status: str, *, area: Area | None = None, unit: str = "area",
    focal: bool = False, kind: str = "security",
) -> Made:  # fmt: skip
    values: dict[str, Value] = {
        "kind": kind, "level": "focal" if focal else "ordinary", "unit_kind": unit, "unit_name": name,
        "held_on": day, "status": status, "starts_at": "07:30", "ends_at": "11:00", "place": f"Nhà văn hóa {name}",
        "host": "area" if area else "enterprise", "ceremony": ("flag", "report", "rewards", "pledge"),
        "fair": ("arts", "sports", "listening"),
        "programme_items": (
            {"at": "07:30", "what": "Văn nghệ chào mừng", "who": "Đội văn nghệ"},
            {"at": "08:00", "what": "Chào cờ, tuyên bố lý do", "who": "Ban tổ chức"},
            {"at": "08:15", "what": "Báo cáo kết quả phong trào", "who": "Trưởng thôn"},
        ),
    }  # fmt: skip
    if area is not None:
        values["residential_area"] = area.id
    if status == "held":
        values |= _held(world, focal)
    return Made("festival", world.ids.new(), values)


def _held(world: DemoWorld, focal: bool) -> dict[str, Value]:
    """What a festival brought."""
    rng = world.rng
    people = rng.randint(90, 180) * (2 if focal else 1)
    gifts = rng.randint(3, 20)
    reward: Row = {"form": "certificate_commune", "decision": f"{rng.randint(100, 180)}/QĐ-UBND",
                   "collectives": rng.randint(0, 2), "people": rng.randint(1, 4)}  # fmt: skip
    return {
        "guests": "Lãnh đạo Công an tỉnh; Thường trực Đảng ủy xã" if focal else "Thường trực Đảng ủy xã",
        "guest_count": rng.randint(3, 20), "attendance_total": people, "attendance_women": people * 52 // 100,
        "attendance_ethnic": people // 12, "households_present": people * 7 // 10,
        "households_signed": people * 6 // 10, "pledges": rng.randint(0, 4),
        "models_launched": rng.randint(0, 1), "opinions": rng.randint(0, 8), "rewards": (reward,), "gifts": gifts,
        "gifts_value": gifts * 500_000, "cost": rng.randint(4, 15) * 1_000_000,
        "cost_source": "Ngân sách xã, xã hội hóa",
        "result": "Nhân dân tham gia đông, phần đối thoại sôi nổi.",
    }  # fmt: skip


def _unity_festivals(world: DemoWorld) -> Iterator[Made]:
    """Every area's festival of great unity in the first half of November; those still to come are planned."""
    for year in world.years():
        for place, area in enumerate(world.areas):
            day = date(year, 11, 8 + place % 11)
            if not world.calendar.first <= day <= world.calendar.last + timedelta(days=20):
                continue
            status = "held" if day <= world.calendar.last else "planned"
            name = f"Thôn {area.name}"
            yield _festival(world, day, name, status, area=area, focal=place == 0, kind="unity")


def _pledge_drives(world: DemoWorld) -> Iterator[Made]:
    """Four subjects in each area and year; some households are away, some areas have every household."""
    for year in world.years():
        start, end = max(date(year, 1, 15), world.calendar.first), min(date(year, 12, 20), world.calendar.last)
        if start >= end:
            continue
        for area in world.areas:
            for topic in DRIVE_TOPICS:
                yield _pledge_drive(world, area, topic, world.day(start, end))


def _pledge_drive(world: DemoWorld, area: Area, topic: str, day: date) -> Made:
    total = len(area.households)
    missing = world.rng.sample(area.households, world.rng.choice((0, 0, 1, 2, 5, 14)))
    unsigned: tuple[Row, ...] = tuple(
        {"household": household.id, "reason": world.rng.choice(("absent", "away_at_signing", "new"))}
        for household in missing
    )
    values: dict[str, Value] = {
        "residential_area": area.id, "topic": topic, "year": day.year, "counted_on": day, "households_total": total,
        "households_signed": total - len(missing), "organizations_total": 2,
        "organizations_signed": world.rng.randint(1, 2), "pledges_other": world.rng.randint(0, 40),
    }  # fmt: skip
    return Made("pledge_drive", world.ids.new(), values | ({"unsigned": unsigned} if unsigned else {}))


def _models(world: DemoWorld) -> Iterator[Made]:
    for place, (name, field, owner) in enumerate(MODELS):
        area = world.areas[place % len(world.areas)]
        day = world.day(end=world.calendar.last - timedelta(days=20))
        values: dict[str, Value] = {
            "name": f"{name} thôn {area.name}", "field": field, "owner_kind": owner, "residential_area": area.id,
            "registered_on": day, "content": "Đảng viên làm trước, họp từng cụm hộ, công khai từng khoản.",
            "people": world.rng.randint(3, 40), "households": world.rng.randint(20, 200),
            "contributions": _contributions(world), "result": "Nhân dân đồng thuận, không có khiếu nại.",
        }  # fmt: skip
        if owner == "individual":
            person = world.person(area, position="Hội viên Hội Nông dân")
            yield person
            values["person"] = person.id
        else:
            values["owner_name"] = f"Chi hội thôn {area.name}"
        if place % 2 == 0:
            level = "province" if place == 4 else "commune"
            values |= {"recognised_on": day + timedelta(days=15), "recognition_level": level}
        if place == 7:
            values["ended_on"] = world.calendar.last - timedelta(days=1)
        yield Made("mobilisation_model", world.ids.new(), values)


def _contributions(world: DemoWorld) -> tuple[Row, ...]:
    rng = world.rng
    return (
        {"kind": "money", "quantity": Decimal(rng.randint(5, 80) * 1_000_000), "households": rng.randint(5, 60)},
        {"kind": "land", "quantity": Decimal(rng.randint(40, 900)), "households": rng.randint(1, 12)},
        {"kind": "labour", "quantity": Decimal(rng.randint(20, 300)), "households": rng.randint(10, 80)},
        {"kind": "other", "quantity": Decimal(rng.randint(5, 60)), "unit": "cây", "note": "Cây xanh ven đường"},
    )


def _culture(world: DemoWorld, area: Area, year: int, place: int) -> Iterator[Made]:
    """The yearly dossier: met, posted, sent, decided, each as far as the made-up time goes; one area is late."""
    met, today = date(year, 10, 22 + place % 9), world.calendar.last
    if not world.calendar.first <= met <= today:
        return
    total = len(area.households)
    registered = total - world.rng.randint(0, 12)
    unmet = world.rng.sample(area.households, world.rng.randint(0, 3))
    late = place % 15 == 6
    listed, sent = met + timedelta(days=1), met + timedelta(days=10 if late else 12)
    decided = sent + timedelta(days=18 if late else 5)
    rows: tuple[Row, ...] = tuple({"household": one.id, "reason": "community"} for one in unmet)
    values: dict[str, Value] = {
        "residential_area": area.id, "year": year, "households_total": total, "households_registered": registered,
        "area_registered": place % 6 != 1, "met_on": met, "place": "Nhà văn hóa thôn", "chair": area.head.name,
        "chair_title": "Trưởng thôn", "secretary": area.front_head.name, "called": 30, "present": 27, "agreed": 26,
        "discussion": "Các ý kiến nhất trí với kết quả bình xét từng hộ.",
        "households_met": registered - len(unmet), "area_met": place % 6 not in (1, 4),
    }  # fmt: skip
    if rows:
        values["unmet"] = rows
    if listed <= today:
        values |= {"listed_on": listed, "opinions": world.rng.randint(0, 3)}
    if sent <= today:
        values["sent_on"] = sent
    if decided <= today and (place % 5 != 3 or year < today.year):
        values |= {"decided_on": decided, "decision": f"{world.rng.randint(180, 260)}/QĐ-UBND"}
    yield Made("culture_title", world.ids.new(), values)
