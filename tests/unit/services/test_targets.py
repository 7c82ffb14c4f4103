"""Targets as they stand today, and what closing writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from thidua_desktop.services import records
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.services.targets import TargetStanding, open_targets

Add = Callable[..., str]
TODAY = datetime(2026, 7, 1, 8, 0, tzinfo=VIETNAM_TIME)  # the 182nd of 365 days
YEAR = {
    "year": 2026, "registered_on": date(2026, 2, 1), "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31),
    "unit": "cuộc", "direction": "more", "measure": "cumulative", "source": "typed", "subject_kind": "commune",
}  # fmt: skip


@pytest.fixture
def office(session: Session, area_ids: list[str], add: Add) -> Session:
    """Three talks in one area and one in another, one of them before the year."""
    for area, day in ((0, date(2026, 2, 3)), (0, date(2026, 6, 30)), (1, date(2026, 3, 3)), (0, date(2025, 12, 30))):
        add("movement_activity", held_on=day, residential_area=area_ids[area], kind="propaganda", title="Nói chuyện")
    return replace(session, clock=Clock(TODAY))


def only(session: Session) -> TargetStanding:
    (one,) = open_targets(session)
    return one


def test_values_of_the_books_are_counted_by_area_and_for_the_commune(
    office: Session, area_ids: list[str], add: Add
) -> None:
    counted = {**YEAR, "source": "indicator", "indicator": "sessions", "target_value": Decimal(4)}
    add("target", name="Cả xã", **counted)
    add("target", name="Một thôn", **{**counted, "subject_kind": "residential_area"}, residential_area=area_ids[1])
    found = {one.name: (one.value, one.percent, one.expected, one.on_course) for one in open_targets(office)}
    assert found == {
        "Cả xã": (3, Decimal("75.0"), Decimal("6.02"), True),  # 3 × 365/182
        "Một thôn": (1, Decimal("25.0"), Decimal("2.01"), False),
    }
    assert [one.name for one in open_targets(office)] == ["Một thôn", "Cả xã"]


def test_typed_values_count_up_to_today(office: Session, add: Add) -> None:
    progress = ({"day": date(2026, 3, 31), "value": Decimal(10)}, {"day": date(2026, 9, 30), "value": Decimal(99)})
    add("target", name="Gõ tay", target_value=Decimal(50), progress=progress, **YEAR)
    one = only(office)
    assert (one.value, one.expected, one.reached) == (10, Decimal("40.56"), False)  # 10 × 365/90


def test_fewer_may_be_better(office: Session, add: Add) -> None:
    less = {**YEAR, "direction": "less", "unit": "vụ", "target_value": Decimal(2)}
    add("target", name="Vụ việc", progress=({"day": date(2026, 6, 30), "value": Decimal(2)},), **less)
    one = only(office)
    assert one.reached and not one.on_course and one.expected == Decimal("4.03")


def test_what_has_not_begun_or_is_closed_or_incomplete_is_not_shown(office: Session, add: Add) -> None:
    add("target", name="Năm sau", target_value=Decimal(1), **{**YEAR, "registered_on": date(2026, 8, 1)})
    done = {**YEAR, "closed_on": date(2026, 6, 30), "final_value": Decimal(1)}
    add("target", name="Đã chốt", target_value=Decimal(1), **done)
    assert open_targets(office) == ()


def test_a_target_without_a_value_stands_at_nothing(office: Session, add: Add) -> None:
    add("target", name="Chưa có", target_value=Decimal(5), **YEAR)
    one = only(office)
    assert (one.value, one.percent, one.expected, one.on_course) == (0, 0, None, False)


def test_closing_takes_the_value_of_the_books_once(office: Session, add: Add) -> None:
    closed = {**YEAR, "source": "indicator", "indicator": "sessions", "closed_on": date(2026, 7, 1)}
    target = add("target", name="Cả xã", target_value=Decimal(3), **closed)
    values = records.get(office, "target", target).values
    assert (values["final_value"], values["result"], values["percent"]) == (3, "reached", 100)
    add("movement_activity", held_on=date(2026, 6, 1), kind="propaganda", title="Ghi muộn")
    saved = records.save(office, "target", values, record_id=target, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    assert saved.record.values["final_value"] == 3
