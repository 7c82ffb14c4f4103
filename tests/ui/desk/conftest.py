"""A small office of each kind, and its desk in a shown window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.services import records
from thidua_desktop.services.offices import NewArea, NewOffice, create_office
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.ui.components.long_work import WorkDialog
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.kept_words import KeptWordsDialog
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.waiting import WaitWindow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import AddUserDialog
from thidua_desktop.ui.pages.admin.update_dialog import UpdateDialog
from thidua_desktop.ui.shell.dialog_help import HelpBox
from thidua_desktop.ui.shell.main_window import MainWindow
from thidua_desktop.ui.show_error import ErrorDialog
from thidua_desktop.ui.unlock.window import UnlockWindow
from thidua_desktop.ui.wizard.window import CreateOfficeWizard

PASSWORD = "bốn-từ-dễ-nhớ"
CLOCK = Clock(datetime(2026, 11, 9, 14, 26, tzinfo=VIETNAM_TIME))
CHEAP = KeyCost(memory_kib=16, passes=1, lanes=1)


_WINDOWS = (
    MainWindow
    | QMenu
    | AddUserDialog
    | KeptWordsDialog
    | HelpBox
    | PickDialog
    | ErrorDialog
    | UnlockWindow
    | CreateOfficeWizard
    | UpdateDialog
    | WaitWindow
    | WorkDialog  # on a loaded machine undoing may take long enough to be shown
)


class StrayWindows(QObject):
    """Notes every widget that appears as a window of its own though it is part of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shows = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shows and not isinstance(watched, _WINDOWS):
            self.seen.append(repr(watched))
        return False


@pytest.fixture(autouse=True)
def no_stray_windows(qapp: QApplication) -> Iterator[None]:
    """A part of a page shown before it has its place flashes up as a window and takes the focus: never."""
    watcher = StrayWindows()
    qapp.installEventFilter(watcher)
    yield
    qapp.removeEventFilter(watcher)
    assert not watcher.seen


@pytest.fixture(autouse=True)
def config_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A commune office with two areas and an activity, closed."""
    path = tmp_path / "phú hòa.thidua"
    areas = (NewArea("thon", "Tân Lập", 364), NewArea("buon", "Ea M'Doal", 120))
    new = NewOffice(unit_code="22319", user_name="Mai Thu Sương", login="suong", password=PASSWORD, areas=areas)
    session = create_office(path, new, CLOCK, CHEAP).session
    saved = records.save(
        session,
        "movement_activity",
        {
            "held_on": date(2026, 11, 8),
            "kind": "propaganda",
            "title": "Lừa đảo qua mạng ở Đưng K'Si",
            "topics": ("online_fraud",),
            "attendance_total": 40,
        },
        reasons={"*": "thử"},
    )
    assert isinstance(saved, records.Saved), saved
    session.close()
    return path


@pytest.fixture
def province_office(tmp_path: Path) -> Path:
    """A province office, closed."""
    path = tmp_path / "tinh.thidua"
    new = NewOffice(unit_code="66", user_name="Tạ Đình Khoa", login="khoa", password=PASSWORD, province=True)
    create_office(path, new, CLOCK, CHEAP).session.close()
    return path


def desk_of(qtbot: QtBot, look: Look, session: Session) -> Iterator[Desk]:
    """The shown desk of a session, closed at the end."""
    desk = Desk(session, look)
    qtbot.addWidget(desk.window)
    with qtbot.waitExposed(desk.window):
        desk.window.show()
    desk.window.activateWindow()
    settle(desk.window)
    yield desk
    settle(desk.window)
    desk.close()


@pytest.fixture
def desk(qtbot: QtBot, look: Look, office: Path) -> Iterator[Desk]:
    """The commune desk."""
    from thidua_desktop.services.offices import open_office

    yield from desk_of(qtbot, look, open_office(office, PASSWORD, clock=CLOCK))


@pytest.fixture
def province_desk(qtbot: QtBot, look: Look, province_office: Path) -> Iterator[Desk]:
    """The province desk."""
    from thidua_desktop.services.offices import open_office

    yield from desk_of(qtbot, look, open_office(province_office, PASSWORD, clock=CLOCK))
