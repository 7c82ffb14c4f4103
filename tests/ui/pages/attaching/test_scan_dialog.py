"""Bản quét mới: asks for the folder once, shows the newest first with pictures, binds pictures into one PDF."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.unit.services.made_files import pdf, picture
from thidua_desktop.services.remembered_folders import Files, known_folder, remember_folder
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.files_view import FilesView
from thidua_desktop.ui.pages.attaching.places import DraftPlace
from thidua_desktop.ui.pages.attaching.scan_dialog import ScanDialog


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cau hinh"))
    made = tmp_path / "may quet"
    made.mkdir()
    for number, (name, content) in enumerate((("1.png", picture()), ("2.jpg", picture("JPEG")), ("3.pdf", pdf()))):
        (made / name).write_bytes(content)
        os.utime(made / name, (1_000_000 + number, 1_000_000 + number))
    return made


@pytest.fixture
def view(qtbot: QtBot, session: Session, look: Look) -> FilesView:
    made = FilesView(look, session)
    qtbot.addWidget(made)
    made.show_place(DraftPlace(session, "movement_activity", lambda: None))
    made.show()
    return made


def shown(dialog: ScanDialog) -> list[str]:
    return [scan.path.name for scan in dialog.scans]


def test_the_folder_is_asked_for_once_and_watched(
    view: FilesView, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    dialog = view.ask_scans()
    assert not dialog.go_button.isEnabled() and dialog.views.currentIndex() == 0
    dialog.ask_folder()
    qtbot.waitUntil(lambda: shown(dialog) == ["3.pdf", "2.jpg", "1.png"])
    assert [scan.path.name for scan in dialog.chosen_scans()] == ["3.pdf"]
    qtbot.waitUntil(lambda: len(dialog._pictures) == 2)  # the PDF of this test has no page to draw
    (folder / "4.png").write_bytes(picture(size=(9, 9)))
    qtbot.waitUntil(lambda: "4.png" in shown(dialog), timeout=8000)
    assert [scan.path.name for scan in dialog.chosen_scans()] == ["3.pdf"]
    dialog.reject()
    assert known_folder(Files.SCANNER) == folder


def test_pictures_are_bound_and_attached(view: FilesView, folder: Path, qtbot: QtBot) -> None:
    remember_folder(Files.SCANNER, folder)
    dialog = view.ask_scans()
    qtbot.waitUntil(lambda: len(shown(dialog)) == 3)
    dialog.list.selectAll()
    assert dialog.bind.isHidden() and dialog.go_button.text() == "Đính kèm 3 tệp"  # a PDF is not bound with others
    item = dialog.list.item(0)
    assert item is not None
    item.setSelected(False)
    assert not dialog.bind.isHidden()
    dialog.bind.setChecked(True)
    dialog.go_button.click()
    qtbot.waitUntil(lambda: len(view.files) == 1)
    assert (view.files[0].name, view.files[0].media_type) == ("Bản quét 09-11-2026 1426.pdf", "application/pdf")


def test_a_folder_that_went_says_so(view: FilesView, folder: Path, qtbot: QtBot) -> None:
    remember_folder(Files.SCANNER, folder / "khong con")
    dialog = view.ask_scans()
    qtbot.waitUntil(lambda: "Không mở được thư mục máy quét" in dialog.refusal.text())
    assert not dialog.go_button.isEnabled()
    dialog.reject()
