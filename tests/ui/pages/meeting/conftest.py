"""A group of 52 households in a village of a real office, and the meeting page over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from thidua_desktop.formdef.model import Value, Values
from thidua_desktop.services import records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting.page import MeetingPage

SURNAMES = ("Nguyễn", "Trần", "Phạm", "Võ", "Đặng", "Huỳnh", "Bùi", "Lê", "Phan", "Đỗ", "Ngô", "Cao", "Trương")
GIVEN = ("Đăng Thuận", "Thị Bích Liên", "Công Định", "Kim Cúc")
HOUSEHOLDS = 52


def name_of(number: int) -> str:
    """The made-up representative of a household: thirteen surnames, four given names."""
    return f"{SURNAMES[(number - 1) % 13]} {GIVEN[(number - 1) // 13]}"


@pytest.fixture
def village(session: Session, areas: dict[str, str], add: Callable[..., str]) -> dict[str, str]:
    """Thôn Đông Hạ with its heads, Tổ 3 with 52 households, and Tổ 9 without any."""
    area = areas["dong ha"]
    old = records.get(session, "residential_area", area)
    heads = {"head_name": "Lý Văn Quang", "front_head_name": "Ma Thị Ửng"}
    saved = records.save(session, "residential_area", {**old.values, **heads}, record_id=area, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    kind = session.definitions.catalogs["group_kind"].items[0].code
    leader = "Phạm Thị Ngọc Ánh"
    group = add("self_managed_group", residential_area=area, number="3", name="Tổ 3", kind=kind, leader=leader)
    empty = add("self_managed_group", residential_area=area, number="9", name="Tổ 9", kind=kind, leader="Hồ Lài")
    for number in range(1, HOUSEHOLDS + 1):
        sex = "female" if "Thị" in name_of(number) else "male"
        add("household", residential_area=area, group=group, representative=name_of(number), number=number, sex=sex)
    return {"area": area, "group": group, "empty": empty}


def agenda_item(**more: Any) -> dict[str, Value]:
    """An item on contributions: two thirds of all households."""
    return {"subject": "Góp tiền lắp 4 camera và 12 đèn ngõ", "matter": "clause_1", "method": "hands"} | more


def meeting_values(village: dict[str, str], rows: tuple[Any, ...], came: int = 39, **more: Any) -> Values:
    """A running meeting of Tổ 3 where the first ``came`` households are present."""
    attendance = tuple({**row, "present": at < came} for at, row in enumerate(rows))
    values: dict[str, Any] = {
        "held_on": date(2026, 11, 9),
        "starts_at": "19:32",
        "kind": "regular",
        "residential_area": village["area"],
        "group": village["group"],
        "place": "Nhà văn hóa thôn",
        "chair": "Phạm Thị Ngọc Ánh",
        "secretary": "Cao Đình Hợp",
        "households_total": len(rows),
        "households_present": came,
        "attendance": attendance,
        "agenda": (agenda_item(),),
        "status": "running",
    }
    return {**values, **more}


@pytest.fixture
def open_page(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> Iterator[Callable[..., MeetingPage]]:
    """Opens the page in a window of its own, as wide as the design's screen."""

    pages: list[MeetingPage] = []

    def opened(record_id: str | None = None, values: Values | None = None) -> MeetingPage:
        page = MeetingPage(session, look, desk, "resident_meeting", record_id, values)
        qtbot.addWidget(page)
        pages.append(page)
        page.resize(1158, 688)
        with qtbot.waitExposed(page):
            page.show()
        with qtbot.waitActive(page):
            page.activateWindow()
        page.focus_first()
        return page

    yield opened
    for page in pages:
        page.can_leave()
        page.hide()


@pytest.fixture
def running(session: Session, village: dict[str, str], add: Callable[..., str]) -> Callable[..., str]:
    """Saves a running meeting of Tổ 3; its id."""
    from thidua_desktop.services import meetings

    def made(came: int = 39, **more: Any) -> str:
        rows = meetings.attendance_for(session, village["area"], village["group"], date(2026, 11, 9))
        return add("resident_meeting", **meeting_values(village, rows, came, **more))

    return made
