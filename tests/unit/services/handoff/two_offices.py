"""A commune and its province, small, real and encrypted with a cheap key, for tests of everything between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tests.reporting_periods import parse_period
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import records
from thidua_desktop.services.handoff import cards, incoming, outgoing
from thidua_desktop.services.offices import NewArea, NewOffice, create_office, open_office
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.store.queries import ListQuery

PASSWORD = "bốn-từ-dễ-nhớ"
NOW = datetime(2026, 11, 16, 8, 30, tzinfo=VIETNAM_TIME)
CHEAP = KeyCost(memory_kib=16, passes=1, lanes=1)
REPORT = "movement_result"
NOVEMBER = parse_period("2026-11")
OCTOBER = parse_period("2026-10")
DAY = date(2026, 11, 9)


@dataclass(frozen=True, slots=True)
class TwoOffices:
    """Both open; ``folder`` is where packages go."""

    commune: Session
    province: Session
    folder: Path
    area: str

    def activity(self, title: str = "Phòng, chống lừa đảo qua mạng", day: date = DAY, **values: Value) -> str:
        """Records an activity of the commune; its id."""
        filled: dict[str, Value] = {
            "held_on": day, "kind": "propaganda", "title": title, "residential_area": self.area,
            "attendance_total": 40, "attendance_women": 18, **values,
        }  # fmt: skip
        return save(self.commune, "movement_activity", filled)

    def household(self, representative: str = "Trần Thị Bích Liên") -> str:
        """Records a household, which never leaves the commune."""
        values: dict[str, Value] = {"residential_area": self.area, "number": 1, "representative": representative}
        return save(self.commune, "household", values)

    def send(self) -> outgoing.MadePackage:
        """Makes the next package."""
        return outgoing.make_package(self.commune, self.folder)

    def take(self, made: outgoing.MadePackage) -> incoming.Received:
        """The province takes a package in."""
        return incoming.receive(self.province, incoming.plan_receive(self.province, made.path))


def save(session: Session, register: str, values: dict[str, Value], record_id: str | None = None) -> str:
    """Records something that must be accepted; its id."""
    saved = records.save(session, register, values, record_id=record_id, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    return saved.record.id


def make_office(path: Path, unit_code: str, province: bool = False, now: datetime = NOW) -> Session:
    """A small office with two areas (a province has none)."""
    areas = () if province else (NewArea("thon", "Tân Lập", 48), NewArea("buon", "Ea M'Doal", 120))
    new = NewOffice(
        unit_code=unit_code, user_name="Y Bhăm Niê", login="ybham", password=PASSWORD, areas=areas, province=province
    )
    return create_office(path, new, Clock(now), CHEAP).session


def introduce(one: Session, other: Session) -> None:
    """Each accepts the other's card, as people do who compare fingerprints on paper."""
    for here, there in ((one, other), (other, one)):
        card = cards.own_card(there)
        cards.accept_card(here, card, card.fingerprint)


def reopened(session: Session, now: datetime) -> Session:
    """The same office at another moment; the session given is closed."""
    path = session.file.path
    session.close()
    return open_office(path, PASSWORD, clock=Clock(now))


@contextmanager
def two_offices(folder: Path) -> Iterator[TwoOffices]:
    """Introduced to each other; closed at the end."""
    commune = make_office(folder / "xa.thidua", "24412")
    province = make_office(folder / "tinh.thidua", "66", province=True)
    introduce(commune, province)
    packages = folder / "usb"
    packages.mkdir()
    area = next(iter(commune.file.records.every(ListQuery("residential_area")))).id
    try:
        yield TwoOffices(commune, province, packages, area)
    finally:
        commune.close()
        province.close()
