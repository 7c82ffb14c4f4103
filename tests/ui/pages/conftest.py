"""A small real office with a few records, and a look, for tests of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from thidua_desktop.formdef.model import Value
from thidua_desktop.services import records
from thidua_desktop.services.offices import NewArea, NewOffice, create_office
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.text import fold
from thidua_desktop.ui.look.theme import Look

NOW = datetime(2026, 11, 9, 14, 26, 18, tzinfo=VIETNAM_TIME)
CHEAP = KeyCost(memory_kib=16, passes=1, lanes=1)
AREAS = (
    NewArea("thon", "Tân Lập", 364),
    NewArea("thon", "Đông Hạ", 212),
    NewArea("thon", "Phước Lộc", 188),
    NewArea("buon", "Ea M'Doal", 120),
)
OFFICE = NewOffice(
    unit_code="22319", user_name="Mai Thu Sương", login="suong", password="bốn-từ-dễ-nhớ", areas=AREAS
)  # fmt: skip


class Desk:
    """A ``Navigate`` that remembers what pages asked for."""

    def __init__(self) -> None:
        self.pushed: list[QWidget] = []
        self.messages: list[str] = []
        self.rooms: list[tuple[str, object]] = []
        self.backs = 0

    def open_room(self, key: str, argument: object = None) -> None:
        self.rooms.append((key, argument))

    def push(self, page: QWidget) -> None:
        self.pushed.append(page)

    def back(self) -> None:
        self.backs += 1

    def show_message(self, text: str, icon: str = "circle-check", ink: str = "ok") -> None:
        self.messages.append(text)

    def explain(self, key: str) -> None:
        self.messages.append(key)


@pytest.fixture(scope="session")
def look(session_look: Look) -> Look:
    """The look that is on the application; a second one would take its place there."""
    return session_look


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = create_office(tmp_path / "xa.thidua", OFFICE, Clock(NOW), CHEAP)
    yield made.session
    for widget in QApplication.topLevelWidgets():
        widget.hide()  # as the window does before an office is closed
    QApplication.processEvents()
    made.session.close()


@pytest.fixture
def areas(session: Session) -> dict[str, str]:
    """Ids of the residential areas by name."""
    from thidua_desktop.services.titles import entries_of

    return {fold(entry.names[1]): key for key, entry in entries_of(session, "residential_area").items()}


@pytest.fixture
def add(session: Session) -> Callable[..., str]:
    """Records something that must be accepted; its id."""

    def record(register: str, **values: Value) -> str:
        saved = records.save(session, register, values, reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), saved
        return saved.record.id

    return record


@pytest.fixture
def activities(add: Callable[..., str], areas: dict[str, str]) -> list[str]:
    """Thirty activities of October and November in two areas."""
    kinds = ("propaganda", "patrol", "pledge", "launch")
    made = []
    for number in range(30):
        month, day = (11, 1 + number) if number < 9 else (10, number)
        area = areas["tan lap"] if number % 2 else areas["dong ha"]
        made.append(
            add(
                "movement_activity",
                held_on=date(2026, month, day),
                residential_area=area,
                kind=kinds[number % len(kinds)],
                title=f"Tuyên truyền phòng cháy, đợt {number}",
                attendance_total=20 + number,
                attendance_women=number,
            )
        )
    return made
