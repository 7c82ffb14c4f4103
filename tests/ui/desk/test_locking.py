"""Locking: at once, after a time without a touch, after a sleep; the same person is back where they were."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import CHEAP, CLOCK, PASSWORD
from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import finished
from thidua_desktop.errors import UserError
from thidua_desktop.services import desk_lock, dialog_words, people
from thidua_desktop.services.session import Role
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.desk.kept_words import KeptWordsDialog, show_kept
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.preferences import Preferences
from thidua_desktop.ui.desk.start import Program
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import AddUserDialog
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.show_error import ErrorDialog
from thidua_desktop.ui.unlock.window import UnlockWindow

OTHER = "mưa nắng gió sương"


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, look: Look, office: Path) -> Iterator[Program]:
    made = Program(qapp, look, Preferences(), CLOCK)
    made.begin(office, PASSWORD)
    assert made.desk is not None
    people.add_user(made.desk.session, name="Lò Văn B", login="lovanb", role=Role.OFFICER, password=OTHER, cost=CHEAP)
    settle(made.desk.window)
    yield made
    if made.desk is not None:
        settle(made.desk.window)
    made.end()


def half_typed(program: Program) -> EntryPage:
    assert program.desk is not None
    program.desk.window.push(program.desk.maker.form(program.desk.session.register("movement_activity")))
    page = program.desk.window.page()
    assert isinstance(page, EntryPage)
    return page


def unlock(program: Program, password: str, login: str = "") -> UnlockWindow:
    window = program.asking
    assert isinstance(window, UnlockWindow)
    window.form.login.setText(login)
    window.form.password.clear()
    commit(window.form.password, password)
    window.form.ask()
    finished(window.opening)
    return window


def test_the_same_person_is_back_on_the_same_page(program: Program) -> None:
    desk, page = program.desk, half_typed(program)
    assert desk is not None
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(program.asking, UnlockWindow) and not desk.window.isVisible()
    told = program.asking.form.locked.accessibleName()
    assert told.startswith(f"Máy đang khóa. {desk.session.user.name} gõ mật khẩu của mình thì về đúng chỗ đang làm")
    unlock(program, "sai rồi")
    assert program.asking is not None and not desk.window.isVisible()
    unlock(program, PASSWORD)
    assert program.desk is desk and desk.window.isVisible() and desk.window.page() is page
    assert program.asking is None


def test_a_dialog_that_went_while_the_desk_was_locked_keeps_nobody_out(program: Program) -> None:
    """One that is waited for ends when it is hidden, and is taken apart."""
    assert program.desk is not None
    dialog = ErrorDialog(program.look, UserError("TD-UI-111"), program.desk.window)
    dialog.open()
    program.lock()
    shiboken6.delete(dialog)
    unlock(program, PASSWORD)
    assert program.desk.window.isVisible() and program.asking is None


def test_a_choice_that_was_open_at_the_lock_does_not_come_back_unanswerable(program: Program, qtbot: QtBot) -> None:
    assert program.desk is not None
    dialog = PickDialog(program.look, "Đơn vị", [("1", "Thôn Đông"), ("2", "Thôn Đoài")], (), program.desk.window)
    QTimer.singleShot(0, program.lock)
    assert not dialog.ask()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    unlock(program, PASSWORD)
    assert program.desk.window.isVisible() and not QApplication.activeModalWidget()


def half_typed_dialog(program: Program) -> AddUserDialog:
    """A dialog with a name and a password typed."""
    assert program.desk is not None
    dialog = AddUserDialog(program.look, program.desk.session, program.desk.window, CHEAP)
    dialog.open()
    commit(dialog.name, "Hoàng Thị Mến")
    commit(dialog.fields.password, "không ai được thấy")
    return dialog


def shown_words(program: Program) -> list[str]:
    """What the desk shows of words that a dialog lost; [] when it shows nothing."""
    assert program.desk is not None
    shown = [one for one in program.desk.window.findChildren(KeptWordsDialog) if one.isVisible()]
    return [part.text() for one in shown for part in one.findChildren(QLabel)]


def test_words_in_a_dialog_are_kept_for_whoever_typed_them(program: Program, qtbot: QtBot) -> None:
    """Another person opens the desk in between: the words are neither lost nor theirs; no password is among them."""
    half_typed_dialog(program)
    program.lock()
    unlock(program, OTHER)
    assert program.desk is not None and program.desk.session.user.login == "lovanb" and not shown_words(program)
    for _ in range(2):  # left for later they are there at the next coming, too
        program.lock()
        unlock(program, PASSWORD, "suong")
        told = shown_words(program)
        assert "Hoàng Thị Mến" in told and not [one for one in told if "không ai" in one]
        dialog = program.desk.window.findChild(KeptWordsDialog)
        assert dialog is not None
        QTest.keyClick(dialog.copy_buttons[0], Qt.Key.Key_Space)
        assert QApplication.clipboard().text() == "Hoàng Thị Mến"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.clipboard().clear()
    dialog = show_kept(program.look, program.desk.session, program.desk.window)
    assert dialog is not None
    dialog.done_button.click()
    assert not dialog_words.kept(program.desk.session)


def test_a_dialog_that_is_back_holds_its_words_itself(program: Program) -> None:
    dialog = half_typed_dialog(program)
    program.lock()
    assert program.desk is not None and dialog_words.kept(program.desk.session)  # should the power go now
    unlock(program, PASSWORD)
    assert dialog.isVisible() and dialog.name.text() == "Hoàng Thị Mến"
    assert not shown_words(program) and not dialog_words.kept(program.desk.session)


def test_logging_off_keeps_the_words_of_a_dialog(program: Program) -> None:
    half_typed_dialog(program)
    program.keep_what_is_typed()
    assert program.desk is not None
    assert [dict(one.words) for one in dialog_words.kept(program.desk.session)] == [{"Họ tên": "Hoàng Thị Mến"}]


def test_another_person_starts_at_today(program: Program) -> None:
    before = program.desk
    program.lock()
    unlock(program, OTHER)
    assert program.desk is not None and program.desk is not before
    assert program.desk.session.user.login == "lovanb" and program.desk.window.room() == "today"


def test_it_locks_after_the_time_that_was_set(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    assert program.desk is not None
    desk_lock.set_lock_after(program.desk.session, 5)
    watch, start = program.watch, time.time()
    watch.touch()  # however long the machine took to set it
    monkeypatch.setattr(time, "time", lambda: start + 299)
    watch.look()
    assert program.asking is None
    QTest.mouseMove(program.desk.window.windowHandle(), QPoint(40, 40))
    QTest.mouseMove(program.desk.window.windowHandle(), QPoint(60, 60))
    monkeypatch.setattr(time, "time", lambda: start + 400)
    watch.look()
    assert program.asking is None  # the mouse was moved at 299
    monkeypatch.setattr(time, "time", lambda: start + 4000)  # a closed lid
    watch.look()
    assert isinstance(program.asking, UnlockWindow) and not program.desk.window.isVisible()
    monkeypatch.setattr(time, "time", lambda: start + 9000)
    watch.look()
    assert isinstance(program.asking, UnlockWindow)


def test_the_watch_lets_every_event_pass(program: Program) -> None:
    assert program.desk is not None
    for kind in (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.Paint):
        assert program.watch.eventFilter(program.desk.window, QEvent(kind)) is False


def test_a_desk_that_cannot_be_left_stays(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = program.desk
    assert desk is not None
    program.lock()
    monkeypatch.setattr(desk, "close", lambda: False)
    window = unlock(program, OTHER)
    assert UserError("TD-UI-050").sentence in window.form.notice.text()
    monkeypatch.undo()
    unlock(program, PASSWORD)
    assert program.desk is desk
