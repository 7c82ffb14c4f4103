"""A commune with activities and households, and the province it hands over to, for measurements of whole tasks."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, islice
from pathlib import Path

from thidua_desktop.formdef.model import Value
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.offices import NewArea, NewOffice, create_office
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.store.queries import ListQuery

ACTIVITY, HOUSEHOLD, AREA = "movement_activity", "household", "residential_area"
CHEAP = KeyCost(memory_kib=16, passes=1, lanes=1)
CLOCK = Clock(datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM_TIME))
PASSWORD = "bốn-từ-dễ-nhớ"
AREAS = tuple(NewArea("thon", f"Tân Lập {number}", 120) for number in range(1, 16))
FAMILY, MIDDLE, GIVEN = (
    ["Hồ", "Lò", "Vi", "Hà", "Cao", "Đinh"],
    ["Thị", "Văn", "Xuân", "Mạnh", "Bích"],
    ["Mơ", "Páo", "Đào", "Sử", "Thảo"],
)
TITLES = ("Tuyên truyền phòng, chống lừa đảo qua mạng", "Phát động phong trào toàn dân", "Tuần tra, kiểm soát ban đêm")


@dataclass(frozen=True, slots=True)
class Offices:
    """Both offices, open, each knowing the other's card."""

    commune: Session
    province: Session
    folder: Path

    def close(self) -> None:
        """Close both."""
        self.commune.close()
        self.province.close()


def commune(folder: Path) -> Session:
    """An open commune office with fifteen residential areas, in a folder of its own."""
    path = Path(tempfile.mkdtemp(dir=folder)) / "xa.thidua"
    new = NewOffice(unit_code="24412", user_name="Y Bhăm Niê", login="ybham", password=PASSWORD, areas=AREAS)
    return create_office(path, new, CLOCK, CHEAP).session


def both(folder: Path) -> Offices:
    """The commune and its province."""
    here = commune(folder)
    own = here.file.path.parent
    new = NewOffice(unit_code="75", user_name="Tạ Đình Khoa", login="khoa", password=PASSWORD, province=True)
    there = create_office(own / "tinh.thidua", new, CLOCK, CHEAP).session
    for one, other in ((here, there), (there, here)):
        card = cards.own_card(other)
        cards.accept_card(one, card, card.fingerprint)
    return Offices(here, there, own)


def area_ids(session: Session) -> list[str]:
    """The residential areas."""
    return [record.id for record in session.file.records.every(ListQuery(AREA))]


def activities(areas: list[str], first: int = 0) -> Iterator[dict[str, Value]]:
    """Made-up activities without end, the same ones every time."""
    luck = random.Random(first)
    for number in count(first):
        people = luck.randrange(20, 200)
        yield {
            "held_on": date(2026, 1, 1) + timedelta(luck.randrange(320)),
            "residential_area": luck.choice(areas),
            "kind": luck.choice(("propaganda", "patrol", "launch")),
            "topics": ("crime",),
            "title": f"{luck.choice(TITLES)}, đợt {number}",
            "place": "Nhà văn hóa thôn",
            "attendance_total": people,
            "attendance_women": people // 2,
            "result": "Nhân dân dự đông đủ, thảo luận sôi nổi; không có vụ việc phức tạp.",
        }


def households(areas: list[str]) -> Iterator[dict[str, Value]]:
    """Made-up households without end."""
    luck = random.Random(7)
    for number in count(1):
        name = " ".join((luck.choice(FAMILY), luck.choice(MIDDLE), luck.choice(GIVEN)))
        yield {
            "residential_area": luck.choice(areas),
            "number": number,
            "representative": name,
            "members": luck.randrange(1, 8),
            "valid_from": date(2025, 7, 1),
        }


def fill(session: Session, register: str, rows: Iterator[dict[str, Value]], size: int) -> None:
    """Write ``size`` of ``rows`` in one transaction."""
    made = ((None, values) for values in islice(rows, size))
    session.file.records.save_many(register, made, actor=session.user.name, now=session.now())
