"""Where a form says that something is there already, it leads to the record, whatever the day of that record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.unit.services.test_running_numbers import CASE, case
from thidua_desktop.services import records
from thidua_desktop.services.already_there import depends_on
from thidua_desktop.services.records import Similar
from thidua_desktop.services.session import Session

RATING = "group_rating"
Add = Callable[..., str]


def met(session: Session, register: str, values: dict[str, object], record_id: str | None = None) -> list[Similar]:
    return records.similar(session, register, values, record_id)  # type: ignore[arg-type]


def test_a_number_leads_to_the_record_that_has_it(session: Session, add: Add, area_ids: list[str]) -> None:
    team = add("mediation_team", name="Tổ hòa giải thôn Tân Lập", residential_area=area_ids[1])
    before = session.today - timedelta(days=40)
    first = add(CASE, **case(team, area_ids[1], before, 7))
    later = case(team, area_ids[0], session.today, 7)
    assert [(one.id, one.where) for one in met(session, CASE, later)] == [(first, "Số 7")]
    assert not met(session, CASE, {**later, "number": 8}) and not met(session, CASE, {**later, "number": None})
    assert not met(session, CASE, later, first)
    assert {"number", "team"} <= depends_on(session.register(CASE))


def test_the_one_of_the_year_is_led_to(session: Session, add: Add, area_ids: list[str]) -> None:
    area = area_ids[0]
    group = add("self_managed_group", residential_area=area, number="9", name="Tổ số 9", kind="security")
    shared = {"group": group, "residential_area": area, "year": 2025, "class": "good"}
    first = add(RATING, rated_on=date(2025, 12, 20), **shared)
    again = {"rated_on": date(2026, 1, 9), **shared}
    assert "TD-DATA-440" in {one.code for one in records.check(session, RATING, again)}  # type: ignore[arg-type]
    assert [(one.id, one.where) for one in met(session, RATING, again)] == [(first, "Năm 2025")]
    assert not met(session, RATING, {**again, "year": 2024}) and not met(session, RATING, {"year": 2025})
