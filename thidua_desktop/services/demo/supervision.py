"""Made-up people managed and educated in the community: every group, every way to end, some remarks not written yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from thidua_desktop.domain.supervision import Span, month_of, month_spans, remark_due, rule_of, suggested_end
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo.people import make_identity_number, make_person
from thidua_desktop.services.demo.world import DemoWorld, Made

ROLL_CALLS_SINCE = date(2026, 7, 1)
OFFICERS = ("Mai Thu Sương", "Tạ Đình Vịnh")


class File(NamedTuple):
    """One file: days before today that it was received, closed (0: open); ``forgotten``: its last remark is missing."""

    group: str
    received: int
    closed: int = 0
    reason: str = ""
    months: int = 18
    forgotten: bool = False
    violation: str = ""
    part: str = ""  # group of those who came back from prison


FILES = (
    File("suspended_sentence", 430, months=24, forgotten=True),
    File("suspended_sentence", 300, months=18, violation="reminder"),
    File("suspended_sentence", 210, months=12, forgotten=True),
    File("suspended_sentence", 150, months=24, violation="minutes"),
    File("suspended_sentence", 560, 40, "completed", 17),
    File("suspended_sentence", 260, 90, "new_sentence", 24, violation="prosecuted"),
    File("suspended_sentence", 2, months=12),
    File("non_custodial", 190, months=9),
    File("non_custodial", 120, months=12, forgotten=True),
    File("non_custodial", 350, 55, "shortened", 12),
    File("postponed", 80, months=6),
    File("interrupted", 140, 20, "moved", 12),
    File("parole", 240, months=10),
    File("parole", 330, 100, "died", 14),
    File("residence_ban", 200, months=36),
    File("controlled_residence", 400, months=48, violation="fined"),
    File("movement_ban", 420, months=24),
    File("movement_ban", 45, months=4, violation="reminder"),
    File("movement_ban", 30, months=4, violation="minutes"),
    File("movement_ban", 125, 70, "absconded", 4),
    File("movement_ban", 120, 60, "died", 4),
    File("movement_ban", 110, 50, "arrested", 4),
    File("movement_ban", 105, 45, "measure_changed", 4),
    File("movement_ban", 100, 35, "case_suspended", 4),
    File("movement_ban", 95, 25, "judgment_final", 4),
    File("movement_ban", 90, 15, "moved", 4),
    File("commune_education", 70, months=6),
    File("home_management", 50, months=3),
    File("reintegration", 380, months=24, part="a"),
    File("reintegration", 250, months=24, part="b"),
    File("reintegration", 160, months=24, part="c"),
    File("reintegration", 500, 65, "record_cleared", 24, part="d"),
    File("amnesty", 75, months=24, part="a"),
)


def files(world: DemoWorld) -> Iterator[Made]:
    """One record for each file."""
    for number, file in enumerate(FILES):
        yield Made("supervised_person", world.ids.new(), _values(world, file, number))


def _values(world: DemoWorld, file: File, number: int) -> dict[str, Value]:
    today = world.calendar.last
    received = today - timedelta(days=file.received)
    person = make_person(world.rng, youngest=received.year - 19, oldest=1964)
    starts = received - timedelta(days=12)
    area = world.rng.choice(world.areas)
    values: dict[str, Value] = {
        "name": person.name, "sex": person.sex, "identity_number": make_identity_number(world.rng, person),
        "residential_area": area.id, "address": f"Ngõ {number + 3}", "group": file.group,
        "decision": f"{world.rng.randint(3, 90)}/{starts.year}/QĐ-CA", "decided_on": starts,
        "decided_by": "Tòa án nhân dân khu vực 2", "term_months": file.months, "term_starts_on": starts,
        "term_ends_on": suggested_end(starts, file.months), "received_on": received, "reported_on": received,
        "officer": OFFICERS[number % len(OFFICERS)], "measure": "Theo bản án, quyết định",
    }  # fmt: skip
    if file.part:
        values["reintegration_group"] = file.part
    if file.received > 10:  # the newest file still waits for its plan and its helper
        values |= _appointed(world, received)
    closed = today - timedelta(days=file.closed) if file.closed else None
    if closed is not None:
        values |= {"closed_on": closed, "closing_reason": file.reason}
        if file.reason == "completed":
            values |= {"certificate": f"{number:02d}/GCN", "certificate_on": closed}
    values |= {name: tuple(rows) for name, rows in _rows(world, file, received, closed or today).items() if rows}
    return values


def _appointed(world: DemoWorld, received: date) -> dict[str, Value]:
    days = {"reception_told_on": 1, "plan_on": 2, "helper_decided_on": 3}
    helper = make_person(world.rng)
    return {
        **{name: received + timedelta(days=after) for name, after in days.items()},
        "helper": helper.name, "helper_unit": "Chi hội Cựu chiến binh thôn",
        "helper_decision": f"{world.rng.randint(20, 180)}/QĐ-UBND",
    }  # fmt: skip


def _rows(world: DemoWorld, file: File, received: date, last: date) -> dict[str, list[Row]]:
    violations = _violations(world, file, received, last)
    absence: Row = {"left_on": last - timedelta(days=9), "back_on": last - timedelta(days=4), "place": "Xã Đá Bàn",
                    "permitted": True}  # fmt: skip
    return {
        "remarks": list(_remarks(world, file, received, last, violations)),
        "roll_calls": list(_roll_calls(world, file, received, last)),
        "helper_reports": _helper_reports(file, received, last),
        "violations": violations,
        "absences": [absence] if file.received > 100 and world.rng.random() < 0.3 else [],
    }


def _violations(world: DemoWorld, file: File, received: date, last: date) -> list[Row]:
    if not file.violation:
        return []
    day = max(received, last - timedelta(days=world.rng.randint(14, 26)))
    row: dict[str, str | int | bool | date | None] = {
        "occurred_on": day, "what": "Vắng mặt không khai báo", "handling": file.violation,
    }  # fmt: skip
    if file.violation in ("minutes", "fined"):
        row["review_on"] = day + timedelta(days=3)
    return [row]


def _remarks(world: DemoWorld, file: File, received: date, last: date, violations: list[Row]) -> Iterator[Row]:
    """Of every month that is over; the last one is missing where it was forgotten."""
    spans = [span for span in month_spans(received, last) if file.closed or span.last == month_of(span.first).last]
    for span in spans[: -1 if file.forgotten else None]:
        due = remark_due(span, file.group)
        if due is None:
            continue
        rating = _rating(world, file, span, violations)
        row: dict[str, str | int | bool | date | None] = {
            "month": span.first.replace(day=1) if span.first != received else received, "rating": rating,
            "signed_on": min(due, world.calendar.last),
        }  # fmt: skip
        if rating == "good":
            row["merit"] = True
        yield row


def _rating(world: DemoWorld, file: File, span: Span, violations: list[Row]) -> str:
    for row in violations:
        day = row["occurred_on"]
        if isinstance(day, date) and span.first <= day <= span.last:
            return "average" if file.violation == "reminder" else "poor"
    return world.rng.choices(("fair", "average", "good", "poor"), (60, 25, 8, 3))[0]


def _roll_calls(world: DemoWorld, file: File, received: date, last: date) -> Iterator[Row]:
    for span in month_spans(max(received, ROLL_CALLS_SINCE), last):
        if rule_of("roll_call", file.group, span.last) is None or span.first.day > 5:
            continue
        day = min(span.first + timedelta(days=world.rng.randint(0, 3)), span.last)
        result = world.rng.choices(("present", "excused", "absent"), (90, 6, 6))[0]
        yield {"held_on": day, "way": world.rng.choice(("in_person", "app")), "result": result}


def _helper_reports(file: File, received: date, last: date) -> list[Row]:
    """Quarters that are over, but one reporter is late."""
    if file.group == "amnesty":
        return []
    rows: list[Row] = []
    for span in month_spans(received, last):
        whole = month_of(span.first).last
        if whole.month % 3 == 0 and span.last == whole:
            rows.append({"period_on": whole, "received_on": min(whole + timedelta(days=4), last)})
    return rows
