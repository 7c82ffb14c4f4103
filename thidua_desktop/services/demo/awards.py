"""Emulation launches, targets, clusters, awards.

Awards of each year: the medal in spring, the festival of 19/8, sudden achievements, the titles of the year's end.
Among them: a tie, too few votes, somebody under investigation, a family, an award taken back, one that waits above.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo import emulation
from thidua_desktop.services.demo.people import Person
from thidua_desktop.services.demo.world import Area, DemoWorld, Made, Organization

COUNCIL = 11
ACHIEVEMENT = "Đã có thành tích xuất sắc trong phong trào toàn dân bảo vệ an ninh Tổ quốc năm {year}."
SUDDEN_DEEDS = (
    "Dũng cảm truy đuổi, bắt giữ đối tượng trộm cắp, bàn giao Công an xã.",
    "Kịp thời dập tắt đám cháy, cứu người và tài sản của Nhân dân.",
)
PRIOR_AWARD: Row = {
    "year": 2024, "award": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "decision": "1120/QĐ-UBND", "security": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """A round with the days of its steps; None where a step is not wanted."""

    name: str
    occasion: str
    opened: date
    meeting: date
    decision: date | None = None
    submission: date | None = None
    event: date | None = None

    def at(self, day: date | None, last: date) -> date | None:
        """A step's day, when it is over."""
        return day if day is not None and day <= last else None


def records(world: DemoWorld) -> Iterator[Made]:
    """The pack's records, links pointing backwards."""
    yield from emulation.records(world)
    for year in world.years():
        yield from _medals(world, year)
        yield from _festival(world, year)
        yield from _sudden(world, year)
        yield from _year_end(world, year)


def _round(world: DemoWorld, plan: Round, year: int) -> Made | None:
    """The record of a round that was opened in the made-up time."""
    last = world.calendar.last
    if not world.calendar.first <= plan.opened <= last:
        return None
    received, met = plan.at(plan.meeting - timedelta(days=3), last), plan.at(plan.meeting, last)
    decided, submitted = plan.at(plan.decision, last), plan.at(plan.submission, last)
    values: dict[str, Value] = {
        "name": plan.name, "occasion": plan.occasion, "year": year, "opened_on": plan.opened,
        "status": "decided" if decided else "submitted" if submitted else "voted" if met else "collecting",
    }  # fmt: skip
    if plan.event:
        values["event_on"] = plan.event
    if received:
        values["received_on"] = received
    if met:
        values.update(
            meeting_on=met, place="Phòng họp Ủy ban nhân dân", members_total=COUNCIL, members_present=COUNCIL - 1,
            members_written=1, chair="Đặng Thị Ước", chair_title="Chủ tịch Hội đồng", secretary="Lê Văn Út",
            secretary_title="Thư ký Hội đồng", conclusion="Thống nhất theo kết quả kiểm phiếu.",
        )  # fmt: skip
    if submitted:
        values.update(submission_number=f"{60 + plan.opened.month}/TTr-UBND", submission_on=submitted)
    if decided:
        values.update(decision_number=f"{200 + 10 * plan.opened.month}/QĐ-UBND", decision_on=decided)
        if plan.event and plan.event <= last:
            values.update(presented_on=plan.event, status="presented")
    return Made("award_round", world.ids.new(), values)


def _nomination(world: DemoWorld, made: Made, award: str, **more: Value) -> Made:
    """A nomination in a round: awarded once the round is decided, unless ``more`` says otherwise."""
    year = made.values["year"]
    assert isinstance(year, int)
    opened = made.values["opened_on"]
    assert isinstance(opened, date)
    values: dict[str, Value] = {
        "round": made.id, "year": year, "proposed_on": min(opened + timedelta(days=3), world.calendar.last),
        "award": award, "achievement_basis": "duty", "achieved_from": date(year, 1, 1), "achieved_to": opened,
        "achievement": ACHIEVEMENT.format(year=year), "checked_on": opened, "result": "pending",
    }  # fmt: skip
    if made.values.get("members_total"):
        values["votes_for"] = world.rng.randint(9, COUNCIL)
    if made.values.get("decision_on"):
        values["result"] = "awarded"
        values["book_number"] = str(world.rng.randint(1, 400))
    values.update(more)
    if values["result"] != "awarded":
        values.pop("book_number", None)
    return Made("award_nomination", world.ids.new(), values)


def _own(world: DemoWorld, number: str, day: date) -> dict[str, Value]:
    """What a higher level decided, when it is over; else the nomination waits above."""
    if day > world.calendar.last:
        return {"result": "proposed_up"}
    return {"result": "awarded", "own_decision_number": number, "own_decided_on": day}


def _person(world: DemoWorld, area: Area, position: str, sex: str = "", known: Person | None = None) -> Made:
    return world.person_record(known, area, position) if known else world.person(area, position, sex)


def _for(person: Made, area: Area, role: str) -> dict[str, Value]:
    position = str(person.values.get("position") or "")
    return {
        "recipient": "person", "person": person.id, "role": role, "residential_area": area.id,
        "address": f"{position} {area.name}".strip(),
    }  # fmt: skip


def _for_organization(one: Organization, members: int, advanced: int) -> dict[str, Value]:
    return {
        "recipient": "collective", "collective_kind": one.kind, "organization": one.id,
        "address": f"Thôn {one.area.name}",
        "members_total": members, "members_women": members * 3 // 4, "members_advanced": advanced,
        "members_disciplined": 0,
    }  # fmt: skip


def _medals(world: DemoWorld, year: int) -> Iterator[Made]:
    plan = Round(f"Kỷ niệm chương “Bảo vệ an ninh Tổ quốc” năm {year}", "service",
                 date(year, 4, 10), date(year, 5, 6), submission=date(year, 5, 18))  # fmt: skip
    made = _round(world, plan, year)
    if made is None:
        return
    yield made
    cases: tuple[tuple[str, str, Row], ...] = (
        ("Tổ viên bảo vệ an ninh, trật tự", "male", {"start": date(year - 16, 3, 1), "work": "Tổ viên"}),
        (
            "Tổ trưởng bảo vệ an ninh, trật tự",
            "female",
            {"start": date(year - 6, 2, 1), "work": "Tổ trưởng", "hard": True},
        ),
        ("Chủ tịch Hội phụ nữ xã", "female", {"start": date(year - 11, 1, 1), "work": "Chủ tịch Hội", "leading": True}),
        ("Tổ viên bảo vệ an ninh, trật tự", "male", {"start": date(year - 12, 9, 1), "work": "Tổ viên"}),  # too short
    )
    for place, (position, sex, service) in enumerate(cases):
        area = world.areas[place % len(world.areas)]
        person = _person(world, area, position, sex)
        yield person
        more = _for(person, area, "leader" if service.get("leading") else "direct")
        more.update(achievement_basis="service", service=(service,))
        if service.get("leading"):
            more["prior_awards"] = (PRIOR_AWARD,)
        if place == 3:
            more.update(result="postponed", reason="Chưa đủ thời gian công tác", votes_for=0)
        else:
            more.update(_own(world, "5120/QĐ-BCA", date(year, 8, 10)))
        yield _nomination(world, made, "security_medal", **more)


def _festival(world: DemoWorld, year: int) -> Iterator[Made]:
    plan = Round(f"Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm {year}", "movement",
                 date(year, 7, 10), date(year, 7, 30), decision=date(year, 8, 7), event=date(year, 8, 18))  # fmt: skip
    made = _round(world, plan, year)
    if made is None:
        return
    yield made
    for area in world.areas[::4]:
        yield _nomination(world, made, "commune_citation", recipient="collective", collective_kind="residential_area",
                          residential_area=area.id, achievement_basis="movement")  # fmt: skip
        group = area.groups[0]
        yield _nomination(world, made, "commune_citation", recipient="collective", collective_kind="group",
                          residential_area=area.id, group=group.id, address=f"Thôn {area.name}",
                          achievement_basis="movement")  # fmt: skip
    for place, area in enumerate(world.areas[1::2]):
        leads = place % 3 == 0
        person = _person(
            world, area, "Trưởng thôn" if leads else "Thành viên tổ tự quản", known=area.head if leads else None
        )
        yield person
        more = _for(person, area, "leader" if leads else "direct")
        if place == 1:  # a tie that is broken for the woman, and too few votes
            more.update(result="rejected", reason="Không đủ phiếu", votes_for=4)
        if place == 2:
            more.update(result="postponed", reason="Đang xác minh đơn thư", obstacles=("complaint",), votes_for=0)
        yield _nomination(world, made, "commune_citation", **more)
    for area in world.areas[2::5]:
        head = area.households[0].representative
        yield _nomination(world, made, "commune_citation", recipient="household", residential_area=area.id,
                          recipient_text=f"Hộ {'bà' if head.is_woman else 'ông'} {head.name}",
                          address=f"Thôn {area.name}", achievement_basis="contribution",
                          achievement="Hiến đất, lắp camera an ninh cho khu dân cư.")  # fmt: skip
    for one in _others(world):
        yield _nomination(world, made, "police_citation", **_for_organization(one, 24, 18),
                          **_own(world, "890/QĐ-CAT", date(year, 8, 12)))  # fmt: skip


def _others(world: DemoWorld) -> list[Organization]:
    """Some organizations that get nothing at the year's end."""
    taken = {world.organizations[place].id for place in _one_of_each(world)}
    kinds = {"agency", "enterprise", "school"}
    return [one for one in world.organizations if one.kind in kinds and one.id not in taken][:3]


def _one_of_each(world: DemoWorld) -> list[int]:
    """Places of the first agency, enterprise and school."""
    kinds = [one.kind for one in world.organizations]
    return [kinds.index(kind) for kind in ("agency", "enterprise", "school") if kind in kinds]


def _sudden(world: DemoWorld, year: int) -> Iterator[Made]:
    for place, (month, deed) in enumerate(zip((3, 9), SUDDEN_DEEDS, strict=True)):
        day = world.day(date(year, month, 3), date(year, month, 22))
        plan = Round(f"Thành tích đột xuất tháng {month} năm {year}", "sudden", day, day + timedelta(days=3),
                     decision=day + timedelta(days=5))  # fmt: skip
        made = _round(world, plan, year)
        if made is None:
            continue
        yield made
        area = world.rng.choice(world.areas)
        for sex in ("female", "male"):
            person = _person(world, area, "Người dân", sex)
            yield person
            more = _for(person, area, "direct")
            more.update(achievement_basis="sudden_deed", achieved_from=day, achieved_to=day, achievement=deed)
            if place == 0 and sex == "male" and day + timedelta(days=90) <= world.calendar.last:
                more.update(withdrawn_on=day + timedelta(days=90),
                            withdrawn_basis="55/QĐ-UBND: kê khai sai thành tích")  # fmt: skip
            yield _nomination(world, made, "commune_citation", **more)


def _year_end(world: DemoWorld, year: int) -> Iterator[Made]:
    plan = Round(f"Công tác thi đua cuối năm {year}", "merit", date(year, 11, 10), date(year, 12, 8),
                 decision=date(year, 12, 18), submission=date(year, 12, 9))  # fmt: skip
    made = _round(world, plan, year)
    if made is None:
        return
    yield made
    places = _one_of_each(world)
    for place in places:
        one = world.organizations[place]
        yield from _staff(world, made, one, year)
        yield _nomination(world, made, "advanced_collective", **_for_organization(one, 20, 15))
        above = {**_for_organization(one, 20, 18), "has_base_fighter": True, "achievement_basis": "excellent_duty"}
        yield _nomination(world, made, "excellent_collective", **above,
                          **_own(world, "214/QĐ-UBND", date(year + 1, 2, 20)))  # fmt: skip
    above_all = (
        ("province_flag", "215/QĐ-UBND"),
        ("province_citation", "216/QĐ-UBND"),
        ("ministry_citation", "811/QĐ-BCA"),
    )
    for place, (award, number) in zip(places, above_all, strict=False):
        yield _nomination(world, made, award, **_for_organization(world.organizations[place], 20, 18),
                          **_own(world, number, date(year + 1, 2, 24)))  # fmt: skip
    for area in world.areas[::3]:
        yield _nomination(world, made, "culture_area", recipient="collective", collective_kind="residential_area",
                          residential_area=area.id)  # fmt: skip


def _staff(world: DemoWorld, made: Made, one: Organization, year: int) -> Iterator[Made]:
    """Advanced workers of an organization, and the first of them a fighter."""
    for place, sex in enumerate(("female", "male", "female")):
        person = _person(world, one.area, "Phó hiệu trưởng" if place == 0 else "Nhân viên", sex)
        person.values["organization"] = one.id
        yield person
        more = {**_for(person, one.area, "leader" if place == 0 else "direct"), "address": one.name}
        yield _nomination(world, made, "advanced_worker", **more)
        if place == 0:
            grounds: dict[str, Value] = {"advanced_worker": True, "achievement_basis": "initiative"}
            yield _nomination(world, made, "base_fighter", **more, **grounds)
