"""A small real office, encrypted with a cheap key, that service tests write in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from thidua_desktop.formdef.model import Value
from thidua_desktop.services import records
from thidua_desktop.services.offices import CreatedOffice, NewArea, NewOffice, create_office
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.store.key_slots import KeyCost

PASSWORD = "bốn-từ-dễ-nhớ"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM_TIME)
CHEAP = KeyCost(memory_kib=16, passes=1, lanes=1)
OFFICE = NewOffice(
    unit_code="24412",
    user_name="Y Bhăm Niê",
    login="ybham",
    password=PASSWORD,
    areas=(NewArea("thon", "Tân Lập", 48), NewArea("buon", "Ea M'Doal", 120)),
)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def created(tmp_path: Path, clock: Clock) -> Iterator[CreatedOffice]:
    made = create_office(tmp_path / "xa.thidua", OFFICE, clock, CHEAP)
    yield made
    made.session.close()


@pytest.fixture
def session(created: CreatedOffice) -> Session:
    return created.session


@pytest.fixture
def area_ids(session: Session) -> list[str]:
    """Ids of the two first areas by name: Ea M'Doal, Tân Lập."""
    from thidua_desktop.store.queries import ListQuery

    return [record.id for record in session.file.records.every(ListQuery("residential_area"))]


@pytest.fixture
def add(session: Session) -> Callable[..., str]:
    """Record something that must be accepted; its id."""

    def record(register: str, **values: Value) -> str:
        saved = records.save(session, register, values, reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), saved
        return saved.record.id

    return record
