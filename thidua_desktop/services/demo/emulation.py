"""Made-up emulation: launches of each year, targets of areas and organizations, clusters.

Among them: a target missed, one exceeded, one whose last value is worse than the year before, one registered late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo.world import DemoWorld, Made, Organization

LAUNCHES = (
    ("Toàn dân bảo vệ an ninh Tổ quốc năm {year}", "regular", "commune"),
    ("Phòng, chống tội phạm và tệ nạn xã hội dịp cuối năm {year}", "campaign", "commune"),
    ("Toàn dân tham gia phòng cháy, chữa cháy năm {year}", "thematic", "province"),
    ("Thi đua “Vì an ninh Tổ quốc” năm {year}", "regular", "ministry"),
)
CRITERIA: tuple[Row, ...] = (
    {"criterion": "Khu dân cư đạt “An toàn về an ninh, trật tự”", "points": 40},
    {"criterion": "Duy trì mô hình tự quản hoạt động có hiệu quả", "points": 30},
    {"criterion": "Nhân dân cung cấp tin, tham gia giải quyết vụ việc", "points": 30},
)
GROUNDS: tuple[Row, ...] = (
    {"document": "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"},
    {"document": "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ"},
)
AREA_TARGETS = (
    ("Cuộc tuyên truyền trực tiếp tại khu dân cư", "cuộc", "more", "cumulative", "sessions", 34, 36),
    ("Ca tuần tra của khu dân cư", "ca", "more", "cumulative", "patrols", 40, 45),
    ("Vụ vi phạm pháp luật hình sự", "vụ", "less", "cumulative", "", 3, 2),
)
COMMUNE_TARGETS = (
    ("Cuộc tuyên truyền trực tiếp toàn xã", "cuộc", "sessions", 600),
    ("Lượt người dự hoạt động toàn xã", "lượt", "attendance_total", 190_000),
    ("Ca tuần tra toàn xã", "ca", "patrols", 720),
    ("Hộ ký cam kết toàn xã", "hộ", "households_signed", 12_000),
)
ORGANIZATION_TARGETS = (
    ("Cán bộ, người lao động ký cam kết", "%", "more", "level", 100, 96),
    ("Vụ cháy, mất tài sản tại đơn vị", "vụ", "less", "cumulative", 0, 1),
)


def records(world: DemoWorld) -> Iterator[Made]:
    """Launches, then the targets that belong to them, then clusters."""
    launches: dict[int, str] = {}
    for year in world.years():
        for made in _launches(world, year):
            launches.setdefault(year, made.id)
            yield made
    for year, launch in launches.items():
        yield from _targets(world, year, launch)
    yield from _clusters(world)


def _launches(world: DemoWorld, year: int) -> Iterator[Made]:
    for place, (name, kind, level) in enumerate(LAUNCHES):
        launched = date(year, 10, 5) if kind == "campaign" else date(year, 1, 12) + timedelta(days=9 * place)
        if not world.calendar.first <= launched <= world.calendar.last:
            continue
        ends = date(year, 12, 31) if kind == "campaign" else date(year, 11, 15)
        values: dict[str, Value] = {
            "name": name.format(year=year), "kind": kind, "level": level, "launched_on": launched,
            "plan_number": f"{12 + place}/KH-UBND", "plan_date": launched - timedelta(days=5),
            "aim": "Giữ vững an ninh, trật tự; trên 90% khu dân cư đạt “An toàn về an ninh, trật tự”.",
            "participants": "Khu dân cư, cơ quan, doanh nghiệp, cơ sở giáo dục, lực lượng ở cơ sở và Nhân dân.",
            "content": "Phòng ngừa, phát hiện, tố giác tội phạm.\nXây dựng, duy trì mô hình tự quản.",
            "criteria": CRITERIA,
            "legal_grounds": GROUNDS,
            "starts_on": launched, "ends_on": ends, "dossier_due": ends + timedelta(days=5),
            "award_forms": ("commune_citation",), "budget": 5_000_000 * (place + 1),
        }  # fmt: skip
        summed_up = ends + timedelta(days=1)
        if summed_up <= world.calendar.last and place != 3:  # the last one waits for its review
            values["summed_up_on"] = summed_up
            values["result"] = "Các đơn vị tham gia đầy đủ; chỉ tiêu cơ bản hoàn thành."
        yield Made("emulation_launch", world.ids.new(), values)


def _targets(world: DemoWorld, year: int, launch: str) -> Iterator[Made]:
    for place, area in enumerate(world.areas):
        facts = AREA_TARGETS[place % len(AREA_TARGETS)]
        name, unit, direction, measure, indicator, base, wanted = facts
        values = _target(world, year, launch, (name, unit, direction, measure), base, wanted)
        values.update(subject_kind="residential_area", residential_area=area.id)
        if indicator:
            values.update(source="indicator", indicator=indicator)  # counted from the books, so nothing is typed
            for typed in ("progress", "closed_on", "final_value"):
                values.pop(typed, None)
        yield Made("target", world.ids.new(), values)
    for place, organization in enumerate(_takers(world.organizations)):
        name, unit, direction, measure, wanted, base = ORGANIZATION_TARGETS[place % 2]
        values = _target(world, year, launch, (name, unit, direction, measure), base, wanted)
        values.update(subject_kind=organization.kind, organization=organization.id)
        yield Made("target", world.ids.new(), values)
    values = _target(
        world, year, launch, ("Khu dân cư đạt “An toàn về an ninh, trật tự”", "%", "more", "level"), 86, 90
    )
    yield Made("target", world.ids.new(), {**values, "subject_kind": "commune"})
    for name, unit, indicator, wanted in COMMUNE_TARGETS:
        yield Made("target", world.ids.new(), _counted_of_the_commune(values, name, unit, indicator, wanted))


def _counted_of_the_commune(
    values: dict[str, Value], name: str, unit: str, indicator: str, wanted: int
) -> dict[str, Value]:
    """A target of the whole commune that the books count over the year of reports."""
    year = values["year"]
    assert isinstance(year, int)
    return {
        "year": year, "registered_on": values["registered_on"], "launch": values["launch"], "subject_kind": "commune",
        "name": name, "unit": unit, "direction": "more", "measure": "cumulative", "target_value": Decimal(wanted),
        "starts_on": date(year - 1, 12, 15), "ends_on": date(year, 12, 14), "source": "indicator",
        "indicator": indicator,
    }  # fmt: skip


def _takers(organizations: list[Organization]) -> list[Organization]:
    """Three of four organizations that can be subjects of a target."""
    kinds = {"agency", "enterprise", "school"}
    return [one for place, one in enumerate(organizations) if one.kind in kinds and place % 4 != 3]


def _target(
    world: DemoWorld, year: int, launch: str, facts: tuple[str, str, str, str], base: int, wanted: int
) -> dict[str, Value]:
    name, unit, direction, measure = facts
    start, end = date(year, 1, 1), date(year, 11, 15)
    late = world.rng.random() < 0.05
    values: dict[str, Value] = {
        "year": year, "registered_on": world.day(date(year, 4, 5), date(year, 4, 20)) if late
        else world.day(date(year, 1, 20), date(year, 3, 20)),
        "launch": launch, "name": name, "unit": unit, "direction": direction, "measure": measure,
        "base_value": Decimal(base), "target_value": Decimal(wanted), "starts_on": start, "ends_on": end,
        "source": "typed",
    }  # fmt: skip
    values["progress"] = tuple(_progress(world, start, end, measure, Decimal(wanted)))
    if world.calendar.last > end and world.rng.random() < 0.85:
        values["closed_on"] = end + timedelta(days=1)
        values["final_value"] = _final(world, Decimal(wanted), direction)
    return values


def _progress(world: DemoWorld, start: date, end: date, measure: str, wanted: Decimal) -> Iterator[Row]:
    for month in (3, 6, 9):
        day = date(start.year, month, 28)
        if day > min(end, world.calendar.last):
            return
        share = Decimal(month) / 10 if measure == "cumulative" else Decimal(80 + month) / 100
        yield {"day": day, "value": (wanted * share).to_integral_value(), "note": f"Hết tháng {month}"}


def _final(world: DemoWorld, wanted: Decimal, direction: str) -> Decimal:
    """Mostly reached, sometimes exceeded, now and then missed."""
    step = world.rng.choices((0, 1, -1), (4, 4, 2))[0] * max(1, int(wanted) // 10)
    moved = wanted + step if direction == "more" else wanted - step
    return max(Decimal(0), moved)


def _clusters(world: DemoWorld) -> Iterator[Made]:
    halves = (world.areas[: len(world.areas) // 2], world.areas[len(world.areas) // 2 :])
    groups = [(f"Cụm thi đua các khu dân cư số {number}", "areas", [f"Thôn {area.name}" for area in half])
              for number, half in enumerate(halves, start=1)]  # fmt: skip
    schools = [one.name for one in world.organizations if one.kind == "school"]
    groups.append(("Khối thi đua các trường học", "schools", schools))
    for name, kind, members in groups:
        if not members:
            continue
        rows: tuple[Row, ...] = tuple({"name": member} for member in members)
        leaders: tuple[Row, ...] = tuple({"year": year, "name": world.rng.choice(members)} for year in world.years())
        values: dict[str, Value] = {
            "name": name, "kind": kind, "decision": "45/QĐ-UBND ngày 10/7/2025", "founded_on": date(2025, 7, 10),
            "members": rows, "leaders": leaders,
        }  # fmt: skip
        yield Made("cluster", world.ids.new(), values)
