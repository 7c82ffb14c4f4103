"""Logging in: the right password, wrong ones, the recovery sheet, and files that cannot be opened."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import finished
from thidua_desktop.services import offices, password_waits, people
from thidua_desktop.services.offices import KeyCost, NewOffice
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Role, Session
from thidua_desktop.store.recovery_sheet import sheet_text
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.unlock.window import UnlockWindow

CHEAP = KeyCost(memory_kib=16, passes=1, lanes=1)
CLOCK = Clock(datetime(2026, 11, 9, 8, 0, tzinfo=VIETNAM_TIME))
SECRET, NEW_SECRET = "cầu vồng bảy màu", "sương sớm đầu làng"


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, str]:
    """A closed office with two users; its path and recovery sheet."""
    new = NewOffice(unit_code="22319", user_name="Mai Thu Sương", login="suong", password=SECRET)
    made = offices.create_office(tmp_path / "xa.thidua", new, CLOCK, CHEAP)
    people.add_user(
        made.session, name="Lò Văn B", login="lovanb", role=Role.OFFICER, password="mưa nắng gió", cost=CHEAP
    )
    made.session.close()
    return tmp_path / "xa.thidua", made.recovery


@pytest.fixture
def window(qtbot: QtBot, look: Look, office: tuple[Path, str], tmp_path: Path) -> Iterator[UnlockWindow]:
    made = UnlockWindow(look, [tmp_path / "mat.thidua", office[0]], CLOCK)
    made.set_cost(CHEAP)
    qtbot.addWidget(made)
    sessions: list[Session] = []
    made.opened.connect(sessions.append)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    for session in sessions:
        session.close()


def attempt(window: UnlockWindow, password: str, login: str = "") -> None:
    window.form.login.setText(login)
    window.form.password.clear()
    commit(window.form.password, password)
    window.form.ask()
    finished(window.opening)


def told(window: UnlockWindow) -> str:
    return window.form.notice.text()


def test_the_newest_file_that_is_there_waits_for_its_password(qtbot: QtBot, window: UnlockWindow) -> None:
    assert window.form.password.hasFocus() and window.form.title.text() == "xa"
    commit(window.form.password, SECRET)
    with qtbot.waitSignal(window.opened) as opened:
        qtbot.keyClick(window.form.password, Qt.Key.Key_Return)
    assert opened.args[0].user.login == "suong"
    assert window.form.password.text() == ""


def test_a_login_chooses_among_users(qtbot: QtBot, window: UnlockWindow) -> None:
    attempt(window, "mưa nắng gió", "suong")
    assert "Mật khẩu không mở được" in told(window)
    with qtbot.waitSignal(window.opened) as opened:
        attempt(window, "mưa nắng gió", "LoVanB")
    assert opened.args[0].user.role is Role.OFFICER


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the waits, which stands until it is set."""
    time = [1_000.0]
    monkeypatch.setattr(password_waits, "now", lambda: password_waits.Moment(time[0], time[0]))
    return time


def test_wrong_passwords_make_one_wait_longer_and_longer(
    qtbot: QtBot, window: UnlockWindow, seconds: list[float]
) -> None:
    for wait in (1, 2, 4, 8, 16, 32, 64):
        attempt(window, "không phải đâu")
        assert window.form.pace.waiting == wait and "Caps Lock" in told(window)
        seconds[0] += wait
    attempt(window, "không phải đâu")
    assert window.form.open_button.text() == "Thử lại sau 2 phút 8 giây"
    assert not window.form.open_button.isEnabled()
    window.form.recovery.click()
    assert window.recovery.open_button.text() == "Thử lại sau 2 phút 8 giây"
    window.recovery.back_button.click()
    attempt(window, SECRET)  # even the right one has to wait
    assert window.form.pace.waiting == 128
    seconds[0] += 128
    with qtbot.waitSignal(window.opened) as opened:
        attempt(window, SECRET)
    noted = [(one.what, one.records) for one in opened.args[0].file.accesses.all()][-2:]
    assert noted == [("failed", 8), ("login", 1)]


def test_the_button_counts_down_by_itself(qtbot: QtBot, window: UnlockWindow, seconds: list[float]) -> None:
    attempt(window, "không phải đâu")
    assert window.form.open_button.text() == "Thử lại sau 1 giây"
    seconds[0] += 1
    qtbot.waitUntil(lambda: window.form.open_button.text() == "Mở sổ")
    assert window.form.open_button.isEnabled()


def test_a_sheet_of_another_file_makes_one_wait(
    window: UnlockWindow, seconds: list[float], office: tuple[Path, str]
) -> None:
    window.form.recovery.click()
    window.recovery.sheet.setPlainText(sheet_text(bytes(32)))
    for field in (window.recovery.password, window.recovery.again):
        commit(field, NEW_SECRET)
    window.recovery.ask()
    finished(window.opening)
    assert "không phải của sổ" in window.recovery.notice.text()
    assert window.recovery.open_button.text() == "Thử lại sau 1 giây"
    window.recovery.sheet.setPlainText(office[1])
    window.recovery.ask()
    finished(window.opening)
    assert window.stack.currentIndex() == 1  # the right one waits, too


def test_the_recovery_sheet_sets_a_new_password(qtbot: QtBot, window: UnlockWindow, office: tuple[Path, str]) -> None:
    window.form.recovery.click()
    form = window.recovery
    form.sheet.setPlainText(office[1].replace("-", "  ").lower())
    for field in (form.password, form.again):
        commit(field, NEW_SECRET)
    with qtbot.waitSignal(window.opened) as opened:
        form.open_button.click()
    opened.args[0].close()
    with offices.open_office(office[0], NEW_SECRET).file as file:
        assert file.login == "suong"


def test_a_given_password_must_be_changed_first(qtbot: QtBot, window: UnlockWindow, office: tuple[Path, str]) -> None:
    manager = offices.open_office(office[0], SECRET)
    given = people.reset_password(manager, "lovanb", CHEAP).password
    manager.close()
    attempt(window, given)
    assert window.own.isVisibleTo(window) and window.form.password.text() == ""
    window.own.ask()
    assert "ít nhất 8 ký tự" in window.own.row.problem.text()
    for field in (window.own.password, window.own.again):
        field.clear()
        commit(field, "Lò Văn B 2026")
    window.own.ask()
    finished(window.opening)
    assert "trùng với tên" in window.own.notice.text()
    for field in (window.own.password, window.own.again):
        field.clear()
        commit(field, NEW_SECRET)
    with qtbot.waitSignal(window.opened) as opened:
        window.own.open_button.click()
    assert opened.args[0].user.login == "lovanb" and window.own.password.text() == ""


def test_a_misread_sheet_names_its_group(window: UnlockWindow, office: tuple[Path, str]) -> None:
    window.form.recovery.click()
    form = window.recovery
    groups = office[1].split("-")
    groups[3] = ("A" if groups[3][0] != "A" else "C") + groups[3][1:]  # one letter: found for certain
    form.sheet.setPlainText(" ".join(groups))
    form.ask()
    assert "Nhóm thứ 4" in form.rows["sheet"].problem.text()
    form.sheet.setPlainText("abc")
    form.ask()
    assert "mới gõ 3 ký tự" in form.rows["sheet"].problem.text()
    form.back_button.click()
    assert window.stack.currentIndex() == 0 and form.sheet.toPlainText() == ""


def test_a_password_equal_to_the_name_is_refused_and_the_file_let_go(
    window: UnlockWindow, office: tuple[Path, str]
) -> None:
    window.form.recovery.click()
    form = window.recovery
    form.sheet.setPlainText(office[1])
    for field in (form.password, form.again):
        commit(field, "mai thu sương")
    form.ask()
    finished(window.opening)
    assert "trùng với tên" in form.notice.text()
    offices.open_office(office[0], SECRET).close()


def test_each_bad_file_has_its_own_sentence(window: UnlockWindow, tmp_path: Path, office: tuple[Path, str]) -> None:
    foreign = tmp_path / "bang.thidua"
    foreign.write_bytes(b"PK\x03\x04" + bytes(9000))
    no_keys = tmp_path / "le.thidua"
    no_keys.write_bytes(office[0].read_bytes())
    damaged = tmp_path / "hong.thidua"
    damaged.write_bytes(bytes(8192) + office[0].read_bytes()[8192:])
    (tmp_path / "hong.thidua.keys").write_bytes((tmp_path / "xa.thidua.keys").read_bytes())
    sentences = {
        tmp_path / "mat.thidua": "Không thấy tệp sổ",
        foreign: "không phải là tệp sổ",
        no_keys: "Thiếu tệp khóa",
        damaged: "bị hỏng",
    }
    for path, sentence in sentences.items():
        window.choose(path)
        attempt(window, SECRET)
        assert sentence in told(window), path.name
    assert window.form.pace.waiting == 0


def test_a_file_open_elsewhere_is_said(window: UnlockWindow, office: tuple[Path, str]) -> None:
    elsewhere = offices.open_office(office[0], SECRET)
    attempt(window, SECRET)
    assert "đang được mở" in told(window)
    elsewhere.close()


def test_a_file_that_may_not_be_looked_at_stands_in_no_ones_way(
    qtbot: QtBot, look: Look, office: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that was closed to this person, a server that is not reached: the system refuses even to look."""
    looked_at, refused = Path.stat, office[0].with_name("máy chủ")

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.is_relative_to(refused):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return looked_at(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    window = UnlockWindow(look, [refused / "xa.thidua", office[0]], CLOCK)
    qtbot.addWidget(window)
    assert window.list.path() == office[0]
    window.choose(refused / "xa.thidua")
    attempt(window, SECRET)
    finished(window.opening)
    assert "xa.thidua" in window.form.notice.text() and window.form.notice.isVisibleTo(window)


def test_a_drive_that_does_not_answer_holds_nothing(
    qtbot: QtBot, look: Look, office: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mapped drive whose server is gone: the system takes half a minute to say so."""
    looked_at, dead, back = Path.stat, office[0].with_name("máy chủ"), threading.Event()

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.is_relative_to(dead):
            back.wait(30)
            raise OSError(errno.EHOSTDOWN, "Host is down", str(path))
        return looked_at(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    lost = dead / "xa.thidua"
    began = time.monotonic()
    window = UnlockWindow(look, [lost, office[0]], CLOCK)
    alone = UnlockWindow(look, [lost], CLOCK)
    assert time.monotonic() - began < 10
    for made in (window, alone):
        qtbot.addWidget(made)
    assert (window.list.path(), window.list.knows(lost)) == (office[0], None)
    assert alone.list.path() is None and not alone.form.open_button.isEnabled()
    alone.list.setCurrentIndex(alone.list.model().index(0, 0))  # the person may still choose it
    assert alone.list.path() == lost
    back.set()
    qtbot.waitUntil(lambda: window.list.knows(lost) is False and alone.list.knows(lost) is False)
    spoken = window.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("không thấy tệp") and window.list.path() == office[0]


def test_a_drive_that_stops_answering_holds_no_second_password(
    qtbot: QtBot, window: UnlockWindow, office: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network goes while the password is typed: how long one has to wait is asked beside the window."""
    looked_at, there, asked = Path.open, threading.Event(), []

    def opened(path: Path, *args: object, **more: object) -> object:
        if path == office[0]:
            asked.append(threading.current_thread() is threading.main_thread())
            there.wait(30)
        return looked_at(path, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", opened)
    began = time.monotonic()
    window.form.login.clear()
    commit(window.form.password, SECRET)
    with qtbot.waitSignal(window.opened):
        window.form.ask()
        window.form.pace.look()  # each second while it counts down; it waits for no second answer
        assert time.monotonic() - began < 5 and window.opening.busy
        there.set()
    assert asked and not any(asked)


def test_a_slow_disk_is_chosen_when_it_answers(
    qtbot: QtBot, look: Look, office: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at, there = Path.stat, threading.Event()

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == office[0] and threading.current_thread() is not threading.main_thread():
            there.wait(30)
        return looked_at(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    window = in_front(qtbot, UnlockWindow(look, [office[0]], CLOCK))
    qtbot.waitUntil(window.form.password.hasFocus)
    assert window.list.path() is None
    commit(window.form.password, SECRET)
    there.set()
    qtbot.waitUntil(lambda: window.list.path() == office[0])
    assert window.form.password.hasFocus() and window.form.title.text() == "xa"


def test_an_empty_machine_offers_two_ways(qtbot: QtBot, look: Look, office: tuple[Path, str]) -> None:
    window = UnlockWindow(look, [], CLOCK)
    qtbot.addWidget(window)
    window.show()
    assert not window.form.open_button.isEnabled() and window.empty.isVisible()
    with qtbot.waitSignal(window.create_asked):
        window.create_button.click()
    window.choose(office[0])
    assert window.form.open_button.isEnabled() and window.list.count() == 1 and window.empty.isHidden()


def test_closing_the_window_opens_nothing(window: UnlockWindow, office: tuple[Path, str]) -> None:
    opened: list[Session] = []
    window.opened.connect(opened.append)
    window.form.password.setText(SECRET)
    window.form.ask()
    assert window.opening.busy and not window.stack.isEnabled() and not window.browse_button.isEnabled()
    window.close()
    finished(window.opening)
    assert not opened
    offices.open_office(office[0], SECRET).close()  # nobody holds it
