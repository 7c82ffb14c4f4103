"""Every long operation of the desk: its service never runs on the window's thread; refused, the page is free again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from shiboken6 import isValid

from tests.ui.beginnings import REGISTER, Place
from tests.ui.desk.conftest import CHEAP, CLOCK, PASSWORD
from tests.ui.long_operations import OPERATIONS, PROVINCE_OPERATIONS, Operation, watched
from tests.ui.working import all_done, wait_until
from thidua_desktop.errors import UserError
from thidua_desktop.services import automatic_backups, records
from thidua_desktop.services.offices import NewArea, NewOffice, create_office
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import BugDialog, ErrorDialog


def place_of(folder: Path, look: Look, *, province: bool = False, empty: bool = False) -> Place:
    """A shown desk of a small office, and a second office, closed, beside it. ``empty``: nothing was ever recorded."""
    areas = () if province or empty else (NewArea("thon", "Tân Lập", 364),)
    new = NewOffice(
        unit_code="66" if province else "22319", user_name="Mai Thu Sương", login="suong", password=PASSWORD,
        province=province, areas=areas,
    )  # fmt: skip
    create_office(folder / "mở.thidua", new, CLOCK, CHEAP).session.close()
    session = create_office(folder / "xa.thidua", new, CLOCK, CHEAP).session
    if not (province or empty):
        values = {"held_on": date(2026, 11, 8), "kind": "patrol", "title": "Tuần tra", "attendance_total": 4}
        for _ in range(2):
            assert isinstance(records.save(session, REGISTER, values, reasons={"*": "thử"}), records.Saved)
    if not empty:
        automatic_backups.take(session)
    desk = Desk(session, look)
    desk.window.show()
    settle(desk.window)
    return Place(desk, look, folder, PASSWORD, CHEAP, [desk.window])


def closed(place: Place) -> None:
    """Dialogs that operations left open go too: they would bar the windows of later tests."""
    for window in [*place.kept[1:], *QApplication.topLevelWidgets()]:
        if isValid(window) and (window in place.kept[1:] or isinstance(window, QDialog)):
            window.hide()
            window.deleteLater()
    settle(place.desk.window)
    place.desk.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory, session_look: Look) -> Iterator[Place]:
    made = place_of(tmp_path_factory.mktemp("xã"), session_look)
    yield made
    closed(made)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory, session_look: Look) -> Iterator[Place]:
    made = place_of(tmp_path_factory.mktemp("tỉnh"), session_look, province=True)
    yield made
    closed(made)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, session_look: Look) -> Iterator[Place]:
    made = place_of(tmp_path_factory.mktemp("trống"), session_look, empty=True)
    yield made
    closed(made)


@pytest.fixture(autouse=True)
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's dialogs answer by themselves, and no other program is opened."""
    number = iter(range(1000))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / f"{next(number)}.docx"), ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)


def runs_elsewhere(place: Place, operation: Operation) -> None:
    act = operation.ready(place)
    all_done()
    with watched(operation.service) as threads:
        act()
        wait_until(lambda: bool(threads))
        all_done()
    assert threads and threading.get_ident() not in threads
    put_away()


def refuses(place: Place, operation: Operation) -> None:
    """The machine refuses: the person can do it again, and every time it is tried on another thread."""
    act = operation.ready(place)
    all_done()
    with watched(operation.service, UserError("TD-ENV-004", path="ổ D", detail="")) as threads:
        for _ in range(2):
            before = len(threads)
            act()
            wait_until(lambda so_far=before: len(threads) > so_far)
            all_done()
            put_away()
    assert threading.get_ident() not in threads
    assert not isinstance(QApplication.activeModalWidget(), BugDialog)


def put_away() -> None:
    """What operations say when they are refused: a dialog left open bars later tests."""
    for refusal in QApplication.topLevelWidgets():
        if isinstance(refusal, ErrorDialog):
            refusal.close()
            refusal.deleteLater()


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.refusable], ids=lambda one: one.name)
def test_what_the_machine_refuses_is_said_and_can_be_tried_again(commune: Place, operation: Operation) -> None:
    refuses(commune, operation)


@pytest.mark.parametrize("operation", PROVINCE_OPERATIONS, ids=lambda one: one.name)
def test_what_the_machine_refuses_the_province(province: Place, operation: Operation) -> None:
    refuses(province, operation)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_long_work_of_the_commune_leaves_the_window_alone(commune: Place, operation: Operation) -> None:
    runs_elsewhere(commune, operation)


@pytest.mark.parametrize("operation", PROVINCE_OPERATIONS, ids=lambda one: one.name)
def test_long_work_of_the_province_leaves_the_window_alone(province: Place, operation: Operation) -> None:
    runs_elsewhere(province, operation)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_an_office_with_nothing_in_it_is_no_fault(empty: Place, operation: Operation) -> None:
    """What has nothing to do may do nothing; it is never done on the window's thread, and nothing breaks."""
    act = operation.ready(empty)
    all_done()
    with watched(operation.service) as threads:
        act()
        all_done()
    assert threading.get_ident() not in threads
    put_away()
