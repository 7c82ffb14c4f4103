"""The tab of attached files: adds by dropping and pasting, opens a copy, removes with undo, follows the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.unit.services.made_files import pdf
from thidua_desktop.services import attachments, records
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists import attachments_tab
from thidua_desktop.ui.pages.lists.page import ListPage


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str]) -> ListPage:
    made = ListPage(session, look, desk, "movement_activity")
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: made.pane.record is not None)
    return made


def dropped(page: ListPage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page.pane, QDragEnterEvent(QPoint(50, 50), *how))
    QApplication.sendEvent(page.pane, QDropEvent(QPointF(50, 50), *how))


def tab_name(page: ListPage) -> str:
    return page.pane.tabs.tabText(page.pane.tabs.count() - 1)


def test_files_dropped_on_the_pane_are_attached(page: ListPage, session: Session, tmp_path: Path) -> None:
    paths = [tmp_path / "một.pdf", tmp_path / "hai.pdf"]
    for number, path in enumerate(paths):
        path.write_bytes(pdf(f"/N {number}".encode()))
    assert tab_name(page) == "Tệp"
    dropped(page, *paths)
    assert tab_name(page) == "Tệp 2"
    assert [one.name for one in page.pane.attachments.files] == ["một.pdf", "hai.pdf"]


def test_a_refused_file_is_told_and_not_kept(
    page: ListPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(attachments_tab, "show_error", lambda _look, error, _parent: told.append(error.code))
    path = tmp_path / "hóa đơn.pdf"
    path.write_bytes(b"MZ" + bytes(50))
    dropped(page, path)
    assert told == ["TD-XFER-061"] and tab_name(page) == "Tệp"


def test_a_pasted_picture_is_attached(page: ListPage) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    page.pane.attachments.paste()
    (one,) = page.pane.attachments.files
    assert (one.media_type, one.name) == ("image/png", "Ảnh dán 09-11-2026 1426.png")


def test_opening_removing_and_undoing(page: ListPage, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "biên bản.pdf"
    path.write_bytes(pdf())
    page.pane.attachments.attach([path])
    (one,) = page.pane.attachments.files
    seen: list[bytes] = []
    page.pane.attachments._open_file = lambda copy: seen.append(copy.read_bytes())
    page.pane.attachments.open(one.id)
    assert seen == [pdf()]
    page.pane.attachments.remove(one.id)
    assert tab_name(page) == "Tệp"
    records.undo(session)
    page.reload()
    page._show_current()
    assert tab_name(page) == "Tệp 1"


def test_who_may_only_look_cannot_add(
    qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str], tmp_path: Path
) -> None:
    leader = replace(session, user=User("huong", "Lê Hương", Role.LEADER))
    made = ListPage(leader, look, desk, "movement_activity")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.pane.record is not None)
    assert not made.pane.acceptDrops()
    path = tmp_path / "biên bản.pdf"
    path.write_bytes(pdf())
    made.pane.attachments.attach([path])
    assert attachments.of_record(session, "movement_activity", made.pane.record.id) == []  # type: ignore[union-attr]


def test_the_dialog_adds_files(page: ListPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ảnh.txt"
    path.write_text("Biên bản", encoding="utf-8")
    chosen: Callable[..., Any] = lambda *_args: ([str(path)], "")  # noqa: E731
    monkeypatch.setattr(attachments_tab.QFileDialog, "getOpenFileNames", chosen)
    page.pane.attachments.add_button.click()
    assert tab_name(page) == "Tệp 1"


def test_a_file_gets_its_caption_and_day(page: ListPage, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "ảnh.pdf"
    path.write_bytes(pdf())
    page.pane.attachments.attach([path])
    dialog = page.pane.attachments.describe(page.pane.attachments.files[0])
    dialog.caption.setText("Trang ký")
    dialog.day.setText("hôm nào đó")
    dialog.go_button.click()
    assert not dialog.rows["taken_on"].problem.isHidden()
    dialog.day.setText("8/11/2026")
    dialog.go_button.click()
    (one,) = page.pane.attachments.files
    assert (one.description, one.taken_on) == ("Trang ký", date(2026, 11, 8))
    assert records.history(session, "attachment", one.id)[0].what == "Sửa"
