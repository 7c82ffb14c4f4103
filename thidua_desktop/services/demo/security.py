"""Made-up incidents and people's tips: most areas quiet, a few troubled, one case excused, one still open.

Files of people managed in the community are made beside (``supervision``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from thidua_desktop.formdef.model import Value
from thidua_desktop.services.demo import supervision
from thidua_desktop.services.demo.world import Area, DemoWorld, Made

TIPS = 72
RECENT_DAYS = 320
"""Every kind of incident happens at least once within these last days, so that a year's report shows it."""


class Case(NamedTuple):
    """A kind of incident as the year has it; ``times``: how often."""

    kind: str
    severity: str
    title: str
    outcome: str
    times: int = 1
    topics: tuple[str, ...] = ()
    more: dict[str, Value] = {}


CASES = (
    Case("crime_social_order", "less_serious", "Trộm xe máy ở bãi gửi xe chợ", "prosecuted", 6, ("crime",),
         {"people_involved": 2, "people_handled": 2, "damage": 18_000_000, "assets_recovered": 18_000_000}),
    Case("crime_social_order", "less_serious", "Trộm nông sản trong rẫy", "solved", 4, ("crime",),
         {"people_involved": 1, "people_handled": 1, "minors": 1, "damage": 3_500_000, "assets_recovered": 2_000_000}),
    Case("crime_social_order", "serious", "Đánh nhau gây thương tích sau đám cưới", "prosecuted", 2, ("crime",),
         {"people_involved": 4, "people_handled": 4, "people_female": 1, "injured": 2}),
    Case("crime_social_order", "less_serious", "Đột nhập nhà dân khi chủ vắng", "unsolved", 1, ("crime",),
         {"damage": 42_000_000}),
    Case("crime_economic", "serious", "Mua bán hàng cấm qua mạng", "handed_over", 1, ("crime",),
         {"people_involved": 2, "damage": 60_000_000}),
    Case("crime_drugs", "less_serious", "Tàng trữ trái phép chất ma túy", "prosecuted", 3, ("drugs",),
         {"people_involved": 1, "people_handled": 1}),
    Case("crime_drugs", "very_serious", "Mua bán trái phép chất ma túy", "handed_over", 1, ("drugs",),
         {"people_involved": 3, "people_female": 1}),
    Case("crime_trafficking", "serious", "Lừa đưa người ra nước ngoài làm việc", "handed_over", 1, ("trafficking",),
         {"people_involved": 1, "people_female": 1}),
    Case("online_fraud", "less_serious", "Giả danh cán bộ gọi điện, chiếm đoạt tiền", "open", 5, ("online_fraud",),
         {"damage": 85_000_000}),
    Case("online_fraud", "minor", "Lừa bán hàng trên mạng", "solved", 3, ("online_fraud",),
         {"people_involved": 1, "people_handled": 1, "damage": 4_200_000, "assets_recovered": 4_200_000}),
    Case("social_evil", "minor", "Đánh bạc ăn tiền tại nhà", "fined", 6, ("gambling",),
         {"people_involved": 5, "people_female": 2, "people_handled": 5, "assets_recovered": 6_500_000}),
    Case("new_addict", "minor", "Phát hiện mới người nghiện ma túy", "solved", 2, ("drugs",), {"people_involved": 1}),
    Case("new_hot_spot", "minor", "Tụ điểm thanh thiếu niên đua xe", "solved", 1, ("traffic",),
         {"people_involved": 7, "minors": 5}),
    Case("traffic_accident", "minor", "Va chạm xe máy ở ngã ba", "solved", 8, ("traffic",),
         {"injured": 1, "damage": 5_000_000}),
    Case("traffic_accident", "serious", "Xe tải va chạm xe máy trên đường liên xã", "handed_over", 1, ("traffic",),
         {"deaths": 1, "injured": 1, "damage": 30_000_000}),
    Case("fire_explosion", "minor", "Cháy bếp do chập điện, dập tắt kịp thời", "solved", 2, ("fire_safety",),
         {"damage": 12_000_000}),
    Case("fire_explosion", "serious", "Sét đánh cháy kho chè", "solved", 1, ("fire_safety",),
         {"damage": 210_000_000, "force_majeure": True}),
    Case("labour_accident", "less_serious", "Ngã giàn giáo khi sửa nhà", "handed_over", 1, (), {"injured": 1}),
    Case("prolonged_conflict", "minor", "Tranh chấp lối đi kéo dài giữa ba hộ", "mediated", 2, ("land_disputes",)),
    Case("school_violence", "minor", "Học sinh đánh nhau ngoài cổng trường", "solved", 2, ("school_violence",),
         {"people_involved": 3, "minors": 3, "people_female": 2}),
    Case("environment_food", "minor", "Xả nước thải chăn nuôi ra suối", "fined", 2, ("environment",),
         {"people_involved": 1, "people_handled": 1}),
    Case("crime_social_order", "serious", "Cướp giật dây chuyền, bắt quả tang", "prosecuted", 1, ("crime",),
         {"people_involved": 2, "people_handled": 2, "damage": 15_000_000, "assets_recovered": 15_000_000,
          "found_in_time": True}),
    Case("other_violation", "minor", "Đốt pháo trái phép đêm giao thừa", "fined", 3, ("fireworks",),
         {"people_involved": 1, "people_handled": 1}),
)  # fmt: skip

CONTENTS = (
    ("Nghi có người sử dụng ma túy ở nhà trọ gần chợ", "drugs"),
    ("Nhóm thanh niên lạ hay tụ tập ban đêm ở bãi đất trống", "crime"),
    ("Có người mời gọi đi lao động nước ngoài lương cao, không hợp đồng", "trafficking"),
    ("Nhiều hộ nhận cuộc gọi giả danh ngân hàng", "online_fraud"),
    ("Tổ chức đánh bạc tại quán nước", "gambling"),
    ("Xe ba gác chở pháo qua đường mòn", "fireworks"),
    ("Mất trộm nông sản nhiều đêm liền", "crime"),
    ("Cơ sở gạch dùng điện quá tải, dây trần", "fire_safety"),
)
WAYS = ("direct", "phone", "phone", "zalo", "zalo", "box", "slip", "app", "meeting")


def records(world: DemoWorld) -> Iterator[Made]:
    """The pack's records, links pointing backwards."""
    incidents = list(_incidents(world))
    yield from incidents
    yield from _tips(world, incidents)
    yield from supervision.files(world)


def _incidents(world: DemoWorld) -> Iterator[Made]:
    troubled = [area for area in world.areas if "complex" in area.types or "urban" in area.types]
    quiet = world.areas[::3]  # every third area has hardly anything
    places = [*troubled * 4, *(area for area in world.areas if area not in quiet), *quiet[:1]]
    for case in CASES:
        for time in range(case.times):
            start = max(world.calendar.first, world.calendar.last - timedelta(days=RECENT_DAYS)) if time == 0 else None
            yield _incident(world, case, world.rng.choice(places), world.day(start))


def _incident(world: DemoWorld, case: Case, area: Area, day: date) -> Made:
    settled = min(day + timedelta(days=world.rng.randint(1, 40)), world.calendar.last)
    values: dict[str, Value] = {
        "occurred_on": day, "occurred_at": f"{world.rng.randint(0, 23):02d}:{world.rng.choice((0, 15, 40)):02d}",
        "residential_area": area.id, "place": f"Thôn {area.name}", "kind": case.kind, "severity": case.severity,
        "title": case.title, "outcome": case.outcome, **case.more,
    }  # fmt: skip
    if case.topics:
        values["topics"] = case.topics
    if case.outcome not in ("open", "unsolved"):
        values["settled_on"] = settled
        if world.rng.random() < 0.4:
            values["solved_by_tip"] = True
    if case.kind == "school_violence":
        schools = [one for one in world.organizations if one.kind == "school" and one.detail != "kindergarten"]
        values["organization"] = world.rng.choice(schools).id
    return Made("incident", world.ids.new(), values)


def _tips(world: DemoWorld, incidents: list[Made]) -> Iterator[Made]:
    solved = [one for one in incidents if one.values.get("solved_by_tip")]
    for incident in solved:
        yield _tip_of(world, incident)
    for number in range(TIPS):
        area = world.rng.choice(world.areas)
        content, topic = CONTENTS[number % len(CONTENTS)]
        values = _received(world, area.id, world.day(), content, topic)
        values.update(_checked(world, values["received_on"]))
        yield Made("tip", world.ids.new(), values)


def _received(world: DemoWorld, area: Value, day: date, content: str, topic: str) -> dict[str, Value]:
    return {
        "received_on": day, "residential_area": area, "way": world.rng.choice(WAYS), "content": content,
        "topics": (topic,),
    }  # fmt: skip


def _checked(world: DemoWorld, received: Value) -> dict[str, Value]:
    """Half are of value; the newest are still being checked."""
    assert isinstance(received, date)
    checked = received + timedelta(days=world.rng.randint(1, 9))
    if checked > world.calendar.last:
        return {"value": "checking"}
    if world.rng.random() < 0.45:
        return {"value": "not_valuable", "checked_on": checked, "result": "nothing_found", "thanked": True}
    result = world.rng.choice(("prevented", "person_identified", "wanted_found", "handed_over"))
    found: dict[str, Value] = {"value": "valuable", "checked_on": checked, "result": result, "thanked": True}
    if result == "person_identified":
        found["people_found"] = world.rng.randint(1, 3)
    if result == "wanted_found":
        found["people_turned_in"] = 1
    if world.rng.random() < 0.3:
        found["rewarded"] = True
    return found


def _tip_of(world: DemoWorld, incident: Made) -> Made:
    """The tip that solved an incident came on its day or soon after."""
    day, settled = incident.values["occurred_on"], incident.values["settled_on"]
    assert isinstance(day, date) and isinstance(settled, date)
    topics = incident.values.get("topics")
    topic = str(topics[0]) if isinstance(topics, tuple) and topics else "crime"
    values = _received(world, incident.values["residential_area"], day, f"Về việc: {incident.values['title']}", topic)
    values |= {
        "value": "valuable", "checked_on": settled, "result": "incident_found", "incident": incident.id,
        "people_found": incident.values.get("people_involved") or 1, "thanked": True,
    }  # fmt: skip
    return Made("tip", world.ids.new(), values)
