"""Titles of linked records are remembered, and never stale after a write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from thidua_desktop.services import records, titles
from thidua_desktop.services.session import Session

AREA, HOUSEHOLD = "residential_area", "household"


def _household(add: Callable[..., str], area: str, name: str) -> str:
    return add(HOUSEHOLD, residential_area=area, number=7, representative=name, valid_from=date(2026, 1, 1))


def _renamed(session: Session, register: str, record_id: str, **values: str) -> None:
    before = records.get(session, register, record_id)
    saved = records.save(session, register, {**before.values, **values}, record_id=record_id, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)


def test_what_is_written_is_read_again_and_nothing_else(
    session: Session, add: Callable[..., str], area_ids: list[str]
) -> None:
    first = _household(add, area_ids[0], "Hồ Thị Mơ")
    before = titles.entries_of(session, HOUSEHOLD)[first]
    second = _household(add, area_ids[0], "Y Nguyên Êban")
    after = titles.entries_of(session, HOUSEHOLD)
    assert after[first] is before and "Y Nguyên Êban" in after[second].label
    _renamed(session, HOUSEHOLD, second, representative="Y Blăm Êban")
    assert "Y Blăm Êban" in titles.title(session, HOUSEHOLD, second)
    assert "Y Blăm Êban" in titles.entries_of(session, HOUSEHOLD)[second].label
    records.delete(session, HOUSEHOLD, second, "ghi nhầm")
    assert second not in titles.entries_of(session, HOUSEHOLD)
    records.undo(session)
    assert second in titles.entries_of(session, HOUSEHOLD)


def test_a_new_name_reaches_the_titles_that_show_it(
    session: Session, add: Callable[..., str], area_ids: list[str]
) -> None:
    group = add("self_managed_group", residential_area=area_ids[1], number="3", name="Tổ ba", kind="security")
    shown = titles.entries_of(session, "self_managed_group")[group]
    assert "Tân Lập" in shown.label + shown.detail
    _renamed(session, AREA, area_ids[1], name="Tân Thành")
    shown = titles.entries_of(session, "self_managed_group")[group]
    assert "Tân Thành" in shown.label + shown.detail


def test_what_was_looked_for_in_vain_is_found_once_it_is_there(
    session: Session, add: Callable[..., str], area_ids: list[str]
) -> None:
    titles.entries_of(session, AREA)
    area = add(AREA, kind="thon", name="Tân Phú", households=40)
    records.undo(session)
    assert titles.title(session, AREA, area).startswith("(")
    records.redo(session)
    assert titles.title(session, AREA, area) == "Thôn Tân Phú"
