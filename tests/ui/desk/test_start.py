"""From arguments to a window: the wizard on a new PC, the unlock window afterwards, lock and pictures."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import CLOCK, PASSWORD
from tests.ui.long_operations import watched
from thidua_desktop.app import start
from thidua_desktop.errors import UserError
from thidua_desktop.services import automatic_backups, own_places, restoring
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Session
from thidua_desktop.store import restore_files
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.placing import show_whole
from thidua_desktop.ui.desk.preferences import Preferences, load_preferences
from thidua_desktop.ui.desk.start import Program, tell_of_a_stick_that_only_reads
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import ErrorDialog
from thidua_desktop.ui.unlock.window import UnlockWindow
from thidua_desktop.ui.wizard.window import CreateOfficeWizard


@pytest.fixture(autouse=True)
def own_look_again(qapp: QApplication, look: Look) -> Iterator[None]:
    """The program puts its own look on the application; the next test finds the tests' one again."""
    yield
    look.apply(qapp)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, look: Look) -> Iterator[Program]:
    made = Program(qapp, look, Preferences(), CLOCK)
    yield made
    if made.desk is not None:
        settle(made.desk.window)
    made.end()


def test_a_new_pc_begins_with_the_wizard(program: Program) -> None:
    program.begin(None, None)
    assert isinstance(program.asking, CreateOfficeWizard)


def test_a_known_office_is_unlocked_and_locked_again(program: Program, office: Path) -> None:
    program.begin(office, None)
    assert isinstance(program.asking, UnlockWindow)
    program.show_desk(open_office(office, PASSWORD, clock=CLOCK))
    assert program.desk is not None and program.asking is None
    assert load_preferences().recent == (str(office),)
    settle(program.desk.window)
    program.desk.locked.emit()
    assert not program.desk.window.isVisible() and isinstance(program.asking, UnlockWindow)


@contextmanager
def noted_refusals() -> Iterator[list[UserError]]:
    """What a person would be told."""
    told: list[UserError] = []
    name = f"{Program.__module__}.show_error"
    with patch(name, lambda _look, refused, _parent=None: told.append(refused)):
        yield told


def copy_of(session: Session) -> Path:
    copy = automatic_backups.take(session)
    assert copy is not None
    return copy


def test_a_copy_is_put_in_place_beside_the_window(program: Program, office: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    session = program.desk.session
    copy = copy_of(session)
    session.file.settings.put("sau bản sao", 1)
    with watched("services.restoring:put_in_place") as threads:
        program.restore(restoring.make_ready(session, copy))
    assert threads and threading.get_ident() not in threads
    restored = program.desk.session
    assert restored is not session and not session.file.is_open and restored.user == session.user
    assert restored.file.settings.get("sau bản sao") is None
    session = restored
    ready = restoring.make_ready(session, copy_of(session))
    session.file.settings.put("sau bản sao", 2)
    with noted_refusals() as told:
        program.restore(ready)  # something was written since
    assert [refused.code for refused in told] == ["TD-STORE-303"] and program.desk.session is session


def test_a_disk_that_fails_at_the_last_step_of_a_restore(
    program: Program, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is closed by then: no desk stays whose every click would fail."""
    program.begin(office, PASSWORD)
    assert program.desk is not None
    session = program.desk.session
    ready = restoring.make_ready(session, copy_of(session))

    def failing(_source: Path, _target: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(restore_files, "replace_patiently", failing)
    with noted_refusals() as told:
        program.restore(ready)
    monkeypatch.undo()
    assert [refused.code for refused in told] == ["TD-ENV-004"] and program.desk is None
    assert isinstance(program.asking, UnlockWindow)
    open_office(office, PASSWORD, clock=CLOCK).close()


def test_a_password_file_opens_the_desk_at_once(program: Program, office: Path) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    with pytest.raises(UserError, match="TD-STORE-00"):
        Program(program.app, program.look, Preferences(), CLOCK).begin(office, "sai")


def test_theme_and_text_size_are_remembered(program: Program, office: Path, look: Look) -> None:
    program.begin(office, PASSWORD)
    assert program.desk is not None
    program.desk.look_changed.emit("dark", 1.2)
    settle(program.desk.window)
    program.end()
    kept = load_preferences()
    assert (kept.theme, round(kept.text_scale, 1)) == ("dark", 1.2)


def test_pictures_of_every_page(qtbot: QtBot, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    folder = tmp_path / "pictures"
    status = start(["window", str(office), "--password-file", str(password), "--pictures", str(folder)])
    assert status == 0
    names = [path.name for path in sorted(folder.glob("*.png"))]
    assert len(names) >= 15 and names[0] == "01-today.png"
    assert str(folder / names[-1]) in capsys.readouterr().out


def test_a_wrong_password_leaves_with_status_one(
    qtbot: QtBot, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = tmp_path / "password.txt"
    password.write_text("sai mật khẩu", encoding="utf-8")
    assert start(["window", str(office), "--password-file", str(password)]) == 1
    assert capsys.readouterr().err.startswith("TD-STORE-001: ")


@pytest.mark.parametrize(("least", "maximised"), [((8, 8), False), ((100_000, 8), True), ((8, 100_000), True)])
def test_a_window_too_large_for_the_screen_is_maximised(qtbot: QtBot, least: tuple[int, int], maximised: bool) -> None:
    window = QMenu()  # the only plain window that may appear by itself here
    qtbot.addWidget(window)
    window.resize(*least)
    show_whole(window)
    assert window.isMaximized() is maximised


def test_a_portable_program_on_a_stick_that_only_reads_says_so(
    qapp: QApplication, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message waits to be read: a window comes only after it."""
    read: list[str] = []

    def read_it() -> None:
        dialog = qapp.activeModalWidget()
        assert isinstance(dialog, ErrorDialog)
        read.append(dialog.code)
        dialog.accept()

    (tmp_path / "Du lieu").write_text("một tệp ở chỗ của thư mục", encoding="utf-8")
    for folder, expected in ((tmp_path / "Du lieu", ["TD-ENV-100"]), (tmp_path / "khac", []), (None, [])):
        monkeypatch.setattr(own_places, "portable_folder", lambda folder=folder: folder)
        read.clear()
        if expected:
            QTimer.singleShot(0, qapp, read_it)
        tell_of_a_stick_that_only_reads(look)
        assert read == expected
