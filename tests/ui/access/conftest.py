"""One office with a little of everything for a whole module of tests: they walk over pages and record nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.pages.conftest import CHEAP, NOW, OFFICE
from tests.ui.pages.conftest import Desk as Navigation
from thidua_desktop.services import records
from thidua_desktop.services.offices import NewOffice, create_office
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.look.theme import Look


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A commune with four areas, a group and an activity."""
    yield from opened(tmp_path_factory.mktemp("xa") / "xa.thidua", OFFICE)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A province."""
    new = NewOffice(unit_code="66", user_name="Tạ Đình Khoa", login="khoa", password=OFFICE.password, province=True)
    yield from opened(tmp_path_factory.mktemp("tinh") / "tinh.thidua", new)


@pytest.fixture(scope="module", params=["commune", "province"])
def desk(request: pytest.FixtureRequest, session_look: Look) -> Iterator[Desk]:
    """The desk of each, shown; the text size is put back after the module."""
    session: Session = request.getfixturevalue(request.param)
    made = Desk(session, session_look)
    made.window.show()
    yield made
    session_look.set_text_scale(1.0)
    settle(made.window)
    made.window.close()


def opened(path: Path, new: NewOffice, filled: bool = True) -> Iterator[Session]:
    """An office made for a module of tests, closed after it with every window hidden."""
    session = create_office(path, new, Clock(NOW), CHEAP).session
    if filled and not new.province:
        _fill(session)
    yield session
    for widget in QApplication.topLevelWidgets():
        widget.hide()
    QApplication.processEvents()
    session.close()


def _fill(session: Session) -> None:
    from thidua_desktop.services.titles import entries_of

    area = next(iter(entries_of(session, "residential_area")))
    group = {"residential_area": area, "number": "3", "name": "Tổ 3", "kind": "security"}
    activity = {"held_on": date(2026, 11, 8), "kind": "propaganda", "title": "Lừa đảo qua mạng", "attendance_total": 40}
    for register, values in (("self_managed_group", group), ("movement_activity", activity)):
        saved = records.save(session, register, values, reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), saved


@pytest.fixture
def navigate() -> Navigation:
    """Remembers what pages ask for."""
    return Navigation()
