"""The number of a group's households follows the list of households where it agreed with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from thidua_desktop.services import records, transfer
from thidua_desktop.services.session import Session

Add = Callable[..., str]
GROUP, HOUSEHOLD = "self_managed_group", "household"


@pytest.fixture
def group(add: Add, area_ids: list[str]) -> str:
    return add(GROUP, residential_area=area_ids[1], number="1", name="Tổ tự quản số 1", kind="security", households=2)


@pytest.fixture
def households(add: Add, area_ids: list[str], group: str) -> list[str]:
    area = {"residential_area": area_ids[1], "group": group}
    return [add(HOUSEHOLD, representative=name, **area) for name in ("Đỗ Thị Hạnh", "Y Bhăm Niê")]


def number(session: Session, group: str) -> object:
    return records.get(session, GROUP, group).values.get("households")


def change(session: Session, record_id: str, **changed: object) -> None:
    values = {**records.get(session, HOUSEHOLD, record_id).values, **changed}
    kept = {name: value for name, value in values.items() if value is not None}
    saved = records.save(session, HOUSEHOLD, kept, record_id=record_id, reasons={"*": "thử"})  # type: ignore[arg-type]
    assert isinstance(saved, records.Saved), saved


def test_a_household_that_moves_away_or_leaves_its_group_is_taken_off(
    session: Session, group: str, households: list[str], add: Add, area_ids: list[str]
) -> None:
    assert number(session, group) == 2
    yesterday: date = session.today - timedelta(days=1)
    change(session, households[0], valid_to=yesterday)
    assert number(session, group) == 1
    records.undo(session)  # one action
    assert number(session, group) == 2
    assert records.get(session, HOUSEHOLD, households[0]).values.get("valid_to") is None
    change(session, households[1], group=None)
    assert number(session, group) == 1
    add(HOUSEHOLD, residential_area=area_ids[1], group=group, representative="Nguyễn Văn An")
    assert number(session, group) == 2
    records.delete(session, HOUSEHOLD, households[0], "ghi nhầm")
    assert number(session, group) == 1


def test_a_new_representative_or_a_list_that_is_not_whole_changes_no_number(
    session: Session, group: str, households: list[str]
) -> None:
    change(session, households[0], representative="Đỗ Thị Hà")  # the old one has died
    assert number(session, group) == 2
    values = {**records.get(session, GROUP, group).values, "households": 48}
    assert isinstance(records.save(session, GROUP, values, record_id=group), records.Saved)
    change(session, households[0], valid_to=session.today - timedelta(days=1))
    assert number(session, group) == 48


def test_a_number_left_empty_is_that_of_the_list_typed_or_imported(
    session: Session, add: Add, area_ids: list[str], tmp_path: Path
) -> None:
    group = add(GROUP, residential_area=area_ids[1], number="1", name="Tổ tự quản số 1", kind="security")
    bare = add(GROUP, residential_area=area_ids[1], number="2", name="Tổ tự quản số 2", kind="security")
    add(HOUSEHOLD, residential_area=area_ids[1], group=group, representative="Đỗ Thị Hạnh")
    assert number(session, group) == 1
    table = tmp_path / "hộ.csv"
    rows = "".join(f"Thôn Tân Lập;Tổ tự quản số 2;Hộ {one}\n" for one in ("An", "Bình"))
    table.write_text(f"Khu dân cư;Tổ;Chủ hộ\n{rows}", encoding="utf-8")
    plan = transfer.preview_import(session, HOUSEHOLD, table)
    assert transfer.apply_import(session, plan).recorded == 2, plan
    assert number(session, bare) == 2 and number(session, group) == 1
    records.undo(session)  # the import and the number are one action
    assert number(session, bare) is None
