"""Five communes that have reported to their province, so that they can be compared: one has not, one only now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.unit.services.handoff.two_offices import NOVEMBER, OCTOBER, REPORT, introduce, make_office, save
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

COMMUNES = {"24412": (3, 1), "24406": (3, 2), "24400": (1, 0), "24433": (2, 4), "24403": (5, 0)}
"""Activities of November and October."""
KINDS = {"24412": ("rural", "border"), "24406": ("rural",)}
"""Kinds of the area in which everything was held; the others have none."""
TARGETS = {"24412": ("more", 8), "24406": ("more", 4), "24433": ("less", 100), "24403": ("more", 5)}
"""What they have set themselves for the sessions of the year."""
NOT_SENT, SILENT_BEFORE = "24403", "24433"


def close(commune: Session, period: Period) -> None:
    for figure in reports.build(commune, REPORT, period).unanswered:
        reports.keep_odd(commune, period, figure.indicator, "Số mẫu.")
    reports.close(commune, REPORT, period)


def held(commune: Session, day: date, signed: int = 0) -> None:
    area = next(iter(commune.file.records.every(ListQuery("residential_area")))).id
    save(commune, "movement_activity", {
        "held_on": day, "kind": "propaganda", "title": f"Buổi {day}", "residential_area": area,
        "attendance_total": 40, "attendance_women": 18, "households_signed": signed,
    })  # fmt: skip


def set_up(commune: Session, code: str) -> None:
    """The kinds of its first area, and its target."""
    area = next(iter(commune.file.records.every(ListQuery("residential_area"))))
    if code in KINDS:
        save(commune, "residential_area", {**area.values, "area_types": KINDS[code]}, area.id)
    if code in TARGETS:
        direction, wanted = TARGETS[code]
        save(commune, "target", {
            "year": 2026, "registered_on": date(2026, 2, 20), "subject_kind": "commune", "name": "Cuộc tuyên truyền",
            "unit": "cuộc", "direction": direction, "measure": "cumulative", "target_value": Decimal(wanted),
            "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "source": "indicator",
            "indicator": "sessions",
        })  # fmt: skip


@contextmanager
def five_communes(folder: Path) -> Iterator[Session]:
    """The province, closed at the end."""
    province = make_office(folder / "tinh.thidua", "66", province=True)
    for code, (november, october) in COMMUNES.items():
        commune = make_office(folder / f"{code}.thidua", code)
        introduce(commune, province)
        set_up(commune, code)
        for number in range(november):
            held(commune, date(2026, 11, 1 + number), signed=21)
        for number in range(october):
            held(commune, date(2026, 10, 1 + number))
        for period in (OCTOBER, NOVEMBER) if code not in {NOT_SENT, SILENT_BEFORE} else ():
            close(commune, period)
        if code == SILENT_BEFORE:
            close(commune, NOVEMBER)
        (folder / code).mkdir()
        incoming.receive(province, incoming.plan_receive(province, outgoing.make_package(commune, folder / code).path))
        commune.close()
    yield province
    province.close()
