"""The system's lock, lid and screen saver lock the desk; a dialog with typed words is hidden and comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import CLOCK, PASSWORD
from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import finished
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.preferences import Preferences
from thidua_desktop.ui.desk.start import Program
from thidua_desktop.ui.desk.system_lock import (
    DesktopBus,
    SystemLock,
    WindowsSession,
    session_path,
    system_sources,
    tells_of_leaving,
)
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.page import AdminPage
from thidua_desktop.ui.pages.admin.people_dialogs import AddUserDialog
from thidua_desktop.ui.unlock.window import UnlockWindow


class Told:
    """A system that says what the test says; ``there``: whether it has such a thing at all."""

    def __init__(self, there: bool = True) -> None:
        self.there, self.tell = there, None  # type: bool, Callable[[], None] | None

    def start(self, tell: Callable[[], None]) -> bool:
        self.tell = tell
        return self.there

    def stop(self) -> None:
        self.tell = None


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, look: Look, office: Path) -> Iterator[Program]:
    made = Program(qapp, look, Preferences(), CLOCK)
    made.begin(office, PASSWORD)
    assert made.desk is not None
    settle(made.desk.window)
    yield made
    if made.desk is not None:
        settle(made.desk.window)
    made.end()


def unlock(program: Program) -> None:
    window = program.asking
    assert isinstance(window, UnlockWindow)
    commit(window.form.password, PASSWORD)
    window.form.ask()
    finished(window.opening)


def test_the_desk_locks_when_the_system_says_so(program: Program) -> None:
    source, none = Told(), Told(there=False)
    program.system = SystemLock(program.lock, [source, none])
    assert program.system.sources == [source] and source.tell is not None and program.desk is not None
    source.tell()
    source.tell()  # lock and sleep come together
    assert isinstance(program.asking, UnlockWindow) and not program.desk.window.isVisible()
    noted = [one.what for one in program.desk.session.file.accesses.all()]
    assert noted == ["login", "lock"]
    unlock(program)
    assert program.desk.window.isVisible()
    program.end()
    assert source.tell is None


def test_words_in_an_open_dialog_are_there_again(program: Program, qtbot: QtBot) -> None:
    desk = program.desk
    assert desk is not None
    desk.window.open_room("admin")
    page = desk.window.page()
    assert isinstance(page, AdminPage)
    page.people.add_button.click()
    dialog = page.dialog
    assert isinstance(dialog, AddUserDialog) and dialog.isModal()
    commit(dialog.name, "Lò Văn Bình")
    menu = QMenu(desk.window)
    menu.addAction("Mở")
    menu.popup(desk.window.pos())
    program.lock()
    assert not dialog.isVisible() and not desk.window.isVisible() and not menu.isVisible()
    unlock(program)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.name.text() == "Lò Văn Bình" and dialog.isModal() and not menu.isVisible()
    commit(dialog.fields.password, "sương sớm đầu làng")
    commit(dialog.fields.again, "sương sớm đầu làng")
    dialog.go()
    qtbot.waitUntil(lambda: "Lò Văn Bình" in page.people.names)


@pytest.mark.parametrize(
    ("message", "reason", "leaves"),
    [(0x02B1, 0x7, True), (0x02B1, 0x6, True), (0x02B1, 0x8, False), (0x0218, 0x4, True), (0x0218, 0x12, False),
     (0x0100, 0x7, False)],
)  # fmt: skip
def test_messages_of_windows(message: int, reason: int, leaves: bool) -> None:
    assert tells_of_leaving(message, reason) is leaves
    session, told = WindowsSession(), [0]
    session._tell = lambda: told.append(1)
    session.hear(message, reason)
    assert (len(told) == 2) is leaves


def test_signals_of_the_desktop_bus() -> None:
    bus, told = DesktopBus(), [0]
    bus._tell = lambda: told.append(1)
    bus.asleep(True)
    bus.asleep(False)
    bus.locked()
    assert len(told) == 3
    bus.stop()
    bus.locked()
    assert len(told) == 3


def test_what_a_session_is_called_at_logind() -> None:
    assert session_path("c2") == "/org/freedesktop/login1/session/c2"
    assert session_path("2") == "/org/freedesktop/login1/session/_32"
    assert session_path("a-b") == "/org/freedesktop/login1/session/a_2db"


def test_where_there_is_no_bus_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, "unix:path=/nirgendwo")
    lock = SystemLock(lambda: None, system_sources())
    lock.stop()
    lock.stop()
    assert lock.sources == []
