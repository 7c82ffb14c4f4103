"""Programmes, plans, tasks, joint resolutions, administrative reform, festival, mobilisation, culture campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo import issued_documents, movement_work
from thidua_desktop.services.demo.people import make_person
from thidua_desktop.services.demo.world import DemoWorld, Made

THEMES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Phòng, chống tội phạm", ("crime",), "commune_police"),
    ("Phòng, chống ma túy", ("drugs",), "commune_police"),
    ("Phòng, chống mua bán người", ("trafficking", "crime"), "women_union"),
    ("Xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc", ("general", "mobilisation"), "steering_committee"),
    ("Bảo đảm an toàn phòng cháy, chữa cháy", ("fire_safety",), "commune_police"),
    ("Cải cách hành chính", ("other",), "commune_committee"),
)
TASKS = (
    "Tổ chức tuyên truyền trực tiếp tại các thôn",
    "Rà soát, lập danh sách địa bàn trọng điểm",
    "Vận động hộ gia đình ký cam kết",
    "Kiểm tra cơ sở kinh doanh có điều kiện",
    "Ra quân tuần tra dịp cao điểm",
    "Tập huấn cho tổ tự quản và tổ bảo vệ an ninh, trật tự",
    "Sơ kết, báo cáo kết quả với Ban Chỉ đạo",
    "Xây dựng mô hình tự quản tại thôn chưa có mô hình",
    "Phát tờ rơi, phát thanh trên loa thôn",
    "Gặp gỡ, động viên người có uy tín",
)
TARGETS = (
    ("Khu dân cư được tuyên truyền ít nhất hai lần", "khu dân cư", 15),
    ("Hộ gia đình ký cam kết", "hộ", 4900),
    ("Tin báo, tố giác được xác minh", "%", 100),
)
PARTNERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Phối hợp vận động Nhân dân bảo vệ an ninh, trật tự", ("fatherland_front",)),
    ("Phụ nữ tham gia phòng, chống tội phạm, mua bán người", ("women_union",)),
    ("Nông dân chấp hành pháp luật, giữ gìn trật tự ở thôn", ("farmers_union",)),
    ("Cựu chiến binh gương mẫu giữ gìn an ninh, trật tự", ("veterans",)),
    ("Thanh niên xung kích phòng, chống ma túy", ("youth_union", "school")),
    ("Người lao động bảo vệ an toàn cơ quan, doanh nghiệp", ("trade_union", "enterprise")),
    ("Quản lý đường biên, phòng, chống xuất cảnh trái phép", ("border_guard", "military", "fatherland_front")),
)
REFORM: tuple[tuple[str, str], ...] = (
    ("institutions", "Rà soát văn bản của xã trái quy định mới"),
    ("institutions", "Kiểm tra việc thi hành pháp luật tại xã"),
    ("procedures", "Niêm yết đủ thủ tục tại nơi tiếp nhận hồ sơ"),
    ("procedures", "Rút ngắn thời gian giải quyết ba thủ tục"),
    ("apparatus", "Sắp xếp lại tổ giúp việc sau sáp nhập"),
    ("civil_service", "Kiểm tra kỷ luật giờ làm việc"),
    ("civil_service", "Bồi dưỡng công chức mới"),
    ("public_finance", "Công khai dự toán, quyết toán"),
    ("digital_government", "Số hóa hồ sơ khi tiếp nhận"),
    ("digital_government", "Hướng dẫn Nhân dân nộp hồ sơ trực tuyến"),
)


LEFT_LYING = timedelta(days=50)
"""What is still open so long after its term gets done at last."""


def records(world: DemoWorld) -> Iterator[Made]:
    """The pack's records, links pointing backwards."""
    for place, theme in enumerate(THEMES):
        yield from _theme(world, place, *theme)
    for place, partner in enumerate(PARTNERS):
        yield _joint(world, place, *partner)
    yield from _service_figures(world)
    yield from movement_work.records(world)
    yield from issued_documents.records(world)


def _theme(world: DemoWorld, place: int, title: str, topics: tuple[str, ...], host: str) -> Iterator[Made]:
    """The province's programme, a plan of the commune for each year, and the plan's tasks."""
    parent = Made("programme", world.ids.new(), {
        "title": f"{title} giai đoạn 2025 – 2030", "kind": "programme", "level": "province",
        "number": f"{110 + place}/CTr-UBND", "issued_on": date(2025, 7, 3 + place), "issuer": "Ủy ban nhân dân tỉnh",
        "topics": topics, "valid_from": date(2025, 7, 10), "valid_to": date(2030, 12, 31), "host": host,
        "summary": "Mục tiêu, nhiệm vụ của giai đoạn; các xã xây dựng kế hoạch từng năm.",
    })  # fmt: skip
    yield parent
    for year in world.years():
        issued = date(year, 7, 20 + place) if year == 2025 else date(year, 1, 12 + place)
        if issued > world.calendar.last:
            continue
        plan = Made("programme", world.ids.new(), _plan(world, place, title, topics, host, parent.id, issued))
        yield plan
        yield from _reform_tasks(world, plan) if topics == ("other",) else _tasks(world, plan, host)


def _plan(
    world: DemoWorld, place: int, title: str, topics: tuple[str, ...], host: str, parent: str, issued: date
) -> dict[str, Value]:
    over = issued.year < world.calendar.last.year
    values: dict[str, Value] = {
        "title": f"{title} năm {issued.year}", "kind": "plan", "level": "commune",
        "number": f"{10 + place}/KH-UBND", "issued_on": issued, "issuer": "Ủy ban nhân dân xã", "topics": topics,
        "valid_from": issued, "valid_to": date(issued.year, 12, 31), "parent": parent, "host": host,
        "partners": ("fatherland_front", "area"),
        "summary": "Cụ thể hóa chương trình của tỉnh; mỗi việc có người làm, có hạn, có minh chứng.",
        "targets": tuple(_target(world, over, *target) for target in TARGETS),
    }  # fmt: skip
    reviewed = date(issued.year, 12, 20) if over else date(issued.year, 7, 8 + place)
    if issued < reviewed <= world.calendar.last:
        values |= {"reviewed_on": reviewed, "review": "Cơ bản đạt tiến độ; một số việc ở thôn xa còn chậm."}
    return values


def _target(world: DemoWorld, over: bool, name: str, unit: str, value: int) -> Row:
    done = value if over or world.rng.random() < 0.5 else value * world.rng.randint(60, 95) // 100
    return {"name": name, "unit": unit, "value": Decimal(value), "result": Decimal(done), "met": done >= value}


def _outcome(world: DemoWorld, due: date) -> dict[str, Value]:
    """Most are done in time, some late, some not at all; what is due later is on its way."""
    luck, today = world.rng.random(), world.calendar.last
    if luck < 0.74 and due - timedelta(days=4) <= today:
        done = min(due, today) - timedelta(days=world.rng.randint(0, 4))
        return {"progress": 100, "done_on": done, "result": "Đã hoàn thành theo yêu cầu."}
    if luck < 0.87 and due + timedelta(days=20) <= today:
        done = due + timedelta(days=world.rng.randint(1, 20))
        return {"progress": 100, "done_on": done, "late_reason": "Chờ kinh phí"}
    progress = world.rng.choice((0, 20, 50, 80))
    if due + LEFT_LYING < today:
        return {"progress": 100, "done_on": due + LEFT_LYING, "late_reason": "Chờ đủ người phối hợp"}
    return {"progress": progress}


def _tasks(world: DemoWorld, plan: Made, host: str) -> Iterator[Made]:
    """The tasks of a plan, due within the made-up time or soon after it."""
    start, end = plan.values["valid_from"], plan.values["valid_to"]
    assert isinstance(start, date) and isinstance(end, date)
    for place, task in enumerate(TASKS):
        due = world.day(start + timedelta(days=30), end)
        if not world.calendar.first <= due <= world.calendar.last + timedelta(days=40):
            continue
        values: dict[str, Value] = {
            "programme": plan.id, "task": task, "responsible": host if place % 3 else "commune_police",
            "person": make_person(world.rng).name, "partners": ("area", "fatherland_front"),
            "starts_on": due - timedelta(days=30), "due_on": due, **_outcome(world, due),
        }  # fmt: skip
        if values.get("done_on") and place % 2:
            values["evidence"] = f"Báo cáo {world.rng.randint(20, 300)}/BC-CAX"
        if place == 4:
            values["residential_area"] = world.rng.choice(world.areas).id
        if place == 6:  # a term that was put off
            values["due_before"] = due - timedelta(days=14)
        yield Made("plan_task", world.ids.new(), values)


def _reform_tasks(world: DemoWorld, plan: Made) -> Iterator[Made]:
    """The tasks of the year's plan of administrative reform."""
    start, end = plan.values["valid_from"], plan.values["valid_to"]
    assert isinstance(start, date) and isinstance(end, date)
    for field, task in REFORM:
        due = world.day(start + timedelta(days=20), end)
        if not world.calendar.first <= due <= world.calendar.last + timedelta(days=40):
            continue
        outcome = _outcome(world, due)
        outcome.pop("late_reason", None)
        yield Made("reform_task", world.ids.new(), {
            "field": field, "task": task, "programme": plan.id, "product": "Báo cáo kết quả",
            "unit": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "person": make_person(world.rng).name,
            "due_on": due, **outcome,
        })  # fmt: skip


def _joint(world: DemoWorld, place: int, title: str, partners: tuple[str, ...]) -> Made:
    signed = date(2025, 8, 4 + place) if place % 2 else date(2026, 2, 3 + place)
    signed = min(signed, world.calendar.last)
    days = sorted(world.day(max(signed, world.calendar.first)) for _ in range(3))
    activities: tuple[Row, ...] = tuple(
        {"day": day, "what": "Truyền thông chung cho hội viên", "people": world.rng.randint(30, 160)} for day in days
    )
    result: Row = {
        "year": days[-1].year, "what": "Chi hội không có tội phạm", "quantity": Decimal(9 + place), "unit": "chi hội",
    }  # fmt: skip
    values: dict[str, Value] = {
        "title": title, "form": "coordination_programme" if place else "joint_resolution",
        "number": f"{place + 1:02d}/CTPH", "signed_on": signed, "partners": partners, "topics": ("crime", "drugs"),
        "valid_from": signed, "content": "Tuyên truyền pháp luật; nắm tình hình; giúp đỡ người lầm lỗi.",
        "activities": activities,
        "results": (result,),
    }  # fmt: skip
    if place == 6:  # one has run out
        values["valid_to"] = max(signed, world.calendar.last - timedelta(days=40))
    if place % 3 == 0:
        values |= {"reviewed_on": days[-1], "review": "Phối hợp nền nếp, cần thêm hoạt động ở thôn xa."}
    return Made("joint_resolution", world.ids.new(), values)


def _service_figures(world: DemoWorld) -> Iterator[Made]:
    """A record for each calendar month; what is pending is carried over, but for one month where files were moved."""
    carried, day, count = 36, world.calendar.first.replace(day=1), 0
    while True:
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        last = following - timedelta(days=1)
        if last > world.calendar.last:
            return
        if last >= world.calendar.first:
            values, carried = _month(world, last, carried)
            yield Made("service_figures", world.ids.new(), values)
            count += 1
            carried += 4 if count == 7 else 0
        day = following


def _month(world: DemoWorld, last: date, carried: int) -> tuple[dict[str, Value], int]:
    rng = world.rng
    received = rng.randint(280, 460)
    pending, withdrawn = rng.randint(18, 52), rng.randint(0, 4)
    settled = carried + received - pending - withdrawn
    late, on_day = rng.randint(0, 7), rng.randint(30, 70)
    rated = received * rng.randint(50, 75) // 100
    pending_late = rng.randint(0, 3)
    feedback = rng.randint(1, 4)
    values: dict[str, Value] = {
        "ends_on": last, "carried_over": carried, "received": received,
        "received_online": received * rng.randint(68, 92) // 100, "withdrawn": withdrawn,
        "settled_early": settled - late - on_day, "settled_on_day": on_day, "settled_late": late,
        "pending_in_time": pending - pending_late, "pending_late": pending_late, "apologies": late, "rated": rated,
        "satisfied": rated - rng.randint(0, 9), "feedback_received": feedback,
        "feedback_answered": feedback - rng.randint(0, 1),
    }  # fmt: skip
    return values, pending
