"""How the running month stands, against a plain count of the same few records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.services.standing import AreaChoice, AreaStanding, standing

Add = Callable[..., str]
TODAY = datetime(2026, 11, 9, 8, 0, tzinfo=VIETNAM_TIME)


@pytest.fixture
def busy(session: Session, area_ids: list[str], add: Add) -> Session:
    """Two groups of one area, one of which met; activities of this month, last month and last year."""
    here = replace(session, clock=Clock(TODAY))
    kind = session.definitions.catalogs["group_kind"].items[0].code
    group = {"residential_area": area_ids[1], "kind": kind, "leader": "Lý A", "households": 9}
    groups = [add("self_managed_group", number=str(n), name=f"Tổ {n}", **group) for n in (1, 2)]
    meeting = {"kind": "regular", "residential_area": area_ids[1], "households_total": 9, "chair": "Lý A"}
    add("resident_meeting", held_on=date(2026, 11, 2), group=groups[0], status="signed", **meeting)
    for day, people in ((date(2026, 11, 3), 30), (date(2026, 10, 1), 12), (date(2025, 11, 3), 20)):
        add("movement_activity", held_on=day, residential_area=area_ids[0], kind="propaganda", title="Nói chuyện",
            attendance_total=people)  # fmt: skip
    return here


def choice(session: Session, name: str) -> AreaChoice:
    return next(choice for choice in standing(session).choices if choice.indicator == name)


def test_the_period_and_days_left(busy: Session) -> None:
    found = standing(busy)
    assert (found.period.code, found.days_left) == ("2026-11", 5)


def test_parts_say_what_is_missing(busy: Session) -> None:
    parts = {part.indicator: part for part in standing(busy).parts}
    assert (parts["groups_met"].value, parts["groups_met"].whole, parts["groups_met"].missing) == (1, 2, 1)
    assert parts["groups_met"].should_fill and not parts["meeting_households_present"].should_fill
    assert parts["areas_active"].before == 1
    assert parts["groups_met"].before is None  # no meeting before this period: no yardstick
    assert "tasks_done" not in parts  # nothing of nothing


def test_key_figures_by_month_with_last_year(busy: Session) -> None:
    figure = next(figure for figure in standing(busy).key_figures if figure.indicator == "attendance_total")
    assert (figure.value, figure.year_ago) == (30, 20)
    assert figure.months == (0,) * 9 + (12, 30)
    assert figure.last_year == (None,) * 10 + (20, 0)


def test_areas_that_lack_most_come_first(busy: Session) -> None:
    groups = choice(busy, "groups_met")
    assert [(area.name, area.missing) for area in groups.areas] == [("Thôn Tân Lập", 1), ("Buôn Ea M'Doal", 0)]
    people = choice(busy, "attendance_total")
    assert [(area.name, area.value) for area in people.areas] == [("Thôn Tân Lập", 0), ("Buôn Ea M'Doal", 30)]
    assert people.complete == 1


def test_shares_that_need_not_fill_lack_nothing_once_begun(busy: Session, area_ids: list[str], add: Add) -> None:
    add("movement_activity", held_on=date(2026, 11, 4), residential_area=area_ids[1], kind="pledge",
        title="Ký cam kết", attendance_total=5, households_signed=5)  # fmt: skip
    signed = {area.name: area for area in choice(busy, "households_signed").areas}
    assert (signed["Thôn Tân Lập"].value, signed["Thôn Tân Lập"].whole) == (5, 48)
    assert not signed["Thôn Tân Lập"].missing and signed["Buôn Ea M'Doal"].missing


def test_an_area_that_ended_is_left_out(busy: Session, area_ids: list[str]) -> None:
    from thidua_desktop.services import records

    record = records.get(busy, "residential_area", area_ids[1])
    ended = {**record.values, "valid_from": date(2020, 1, 1), "valid_to": date(2026, 1, 1)}
    saved = records.save(
        busy, "residential_area", ended, record_id=record.id, revision=record.revision, reasons={"*": "sáp nhập"}
    )
    assert isinstance(saved, records.Saved)
    assert [area.name for area in choice(busy, "patrols").areas] == ["Buôn Ea M'Doal"]


def test_a_reader_sees_the_same(busy: Session) -> None:
    reader = busy.reader()
    try:
        assert standing(reader) == standing(busy)
    finally:
        reader.close()


def test_an_area_without_groups_is_not_complete() -> None:
    areas = (AreaStanding("a", "Thôn 1", 0, 0, True), AreaStanding("b", "Thôn 2", 2, 2, True))
    assert AreaChoice("x", "Tổ tự quản đã họp", "tổ", areas).complete == 1
