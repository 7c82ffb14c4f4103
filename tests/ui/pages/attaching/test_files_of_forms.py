"""Files of a record that is being written: they wait with the draft, survive a crash, and are saved with the record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.pages.typing_vietnamese import type_keys
from tests.unit.services.made_files import pdf, picture
from thidua_desktop.services import attachments, drafts, records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.meeting.page import MeetingPage

REGISTER = "movement_activity"
MakePage = Callable[..., EntryPage]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_page(qtbot: QtBot, session: Session, look: Look, desk: Any) -> MakePage:
    def make(record_id: str | None = None) -> EntryPage:
        return in_front(qtbot, EntryPage(session, look, desk, REGISTER, record_id))

    return make


def drop(page: EntryPage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(50, 50), *how))
    assert page.files.zone.veil.isVisible() and "hoạt động" in page.files.zone.veil.words
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), *how))
    page.files.view.finish()


def names(page: EntryPage | MeetingPage) -> list[str]:
    return [one.name for one in page.files.view.files]


def fill(page: EntryPage) -> None:
    typed = {"held_on": "hôm nay", "title": "Phòng cháy", "kind": "tuyen truyen", "attendance_total": "40"}
    for name, text in typed.items():
        page.form.inputs[name].go_to()
        type_keys(page.form.inputs[name].focus_target(), text)
    page.form.inputs["note"].go_to()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "biên bản.pdf"
    path.write_bytes(pdf())
    return path


def test_a_file_of_a_new_record_survives_a_crash(open_page: MakePage, session: Session, scan: Path) -> None:
    drop(open_page(), scan)
    kept = drafts.find(session, REGISTER, None)  # written at once: nothing of the page is asked any more
    assert kept is not None and "files" in kept.texts
    attachments.sweep(session)
    again = open_page()
    assert names(again) == ["biên bản.pdf"] and "bản nháp" in again.notice.words()
    again._drop_draft()
    assert names(again) == []


def test_record_and_files_are_saved_and_undone_together(open_page: MakePage, session: Session, scan: Path) -> None:
    page = open_page()
    drop(page, scan)
    fill(page)
    saved: list[str] = []
    page.saved.connect(saved.append)
    assert page.save(), page.findings
    assert [one.name for one in attachments.of_record(session, REGISTER, saved[0])] == ["biên bản.pdf"]
    records.undo(session)
    found = records.find(session, REGISTER, saved[0])
    assert found is not None and found.deleted
    assert drafts.find(session, REGISTER, None) is None


def test_the_next_record_begins_without_files(open_page: MakePage, scan: Path) -> None:
    page = open_page()
    drop(page, scan)
    fill(page)
    assert page.save_and_next() and names(page) == []


@pytest.mark.parametrize("name", ["title", "note"])
def test_a_file_dropped_on_a_field_is_attached_and_never_typed(open_page: MakePage, scan: Path, name: str) -> None:
    page = open_page()
    field = page.form.inputs[name].focus_target()
    target = field.viewport() if isinstance(field, QPlainTextEdit) else field
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(scan))])
    mime.setText(str(scan))  # as file managers of Linux do
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), *how))
    assert page.files.zone.veil.isVisible()
    page.files.zone.veil.hide()
    assert page.form.inputs[name].is_empty()


def test_undo_takes_back_a_held_file_first(open_page: MakePage, session: Session, scan: Path) -> None:
    page = open_page()
    drop(page, scan)
    assert page.take_back() and names(page) == []
    assert page.do_again() and names(page) == ["biên bản.pdf"]
    page.files.view.remove(page.files.view.files[0])
    assert names(page) == [] and page.take_back() and names(page) == ["biên bản.pdf"]
    assert page.take_back() and not page.take_back()  # then the window's own undo has its turn


def test_a_picture_is_pasted_while_typing_and_words_stay_words(open_page: MakePage, qtbot: QtBot) -> None:
    page = open_page()
    field = page.form.inputs["title"].focus_target()
    page.form.inputs["title"].go_to()
    qtbot.waitUntil(field.hasFocus)
    QGuiApplication.clipboard().setText("Phòng cháy")
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    assert field.text() == "Phòng cháy" and names(page) == []  # type: ignore[attr-defined]
    QGuiApplication.clipboard().setImage(QImage(30, 20, QImage.Format.Format_RGB32))
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    page.files.view.finish()
    assert field.text() == "Phòng cháy" and names(page) == ["Ảnh dán 09-11-2026 14h26.png"]  # type: ignore[attr-defined]
    QGuiApplication.clipboard().clear()


def test_files_are_reached_by_key_and_told_beside_the_sections(
    open_page: MakePage, session: Session, scan: Path, qtbot: QtBot, activities: list[str]
) -> None:
    page = open_page(activities[0])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, CONTROL)
    qtbot.waitUntil(page.files.view.add_button.hasFocus)
    drop(page, scan)  # of a saved record: written at once
    assert [one.name for one in attachments.of_record(session, REGISTER, activities[0])] == ["biên bản.pdf"]
    assert page.side.buttons[-1].state().text == "1 tệp"
    records.undo(session)
    page.refresh()
    assert names(page) == [] and page.side.buttons[-1].state().text == "chưa có"


def test_a_meeting_keeps_its_files_from_the_first_moment(
    qtbot: QtBot, session: Session, look: Look, desk: Any, scan: Path
) -> None:
    page = MeetingPage(session, look, desk)
    qtbot.addWidget(page)
    page.show()
    page.files.view.attach([scan])
    page.files.view.finish()
    assert page.files.button.text() == "Tệp đính kèm (1)"
    page.files.view.attach([scan])
    page.files.view.finish()
    assert page.files.dialog.isVisible() and "giống hệt" in page.files.view.refused.text()
    again = MeetingPage(session, look, desk)
    qtbot.addWidget(again)
    assert names(again) == ["biên bản.pdf"]


def test_a_content_that_went_stops_saving_and_says_so(
    open_page: MakePage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    path = tmp_path / "ảnh.png"
    path.write_bytes(picture())
    drop(page, path)
    drafts.drop(session, REGISTER, None)
    attachments.sweep(session)
    told: list[str] = []
    monkeypatch.setattr(
        "thidua_desktop.ui.pages.entry.record_page.show_error", lambda _look, error, _at: told.append(error.code)
    )
    fill(page)
    drafts.drop(session, REGISTER, None)
    session.file._database.run("DELETE FROM attached_file")
    assert not page.save() and told == ["TD-DATA-585"]


@pytest.mark.parametrize("saved", [False, True])
def test_files_dropped_together_are_taken_back_together(
    saved: bool, open_page: MakePage, session: Session, scan: Path, activities: list[str]
) -> None:
    page, other = open_page(activities[0] if saved else None), scan.with_name("ảnh.png")
    other.write_bytes(picture())
    drop(page, scan, other, scan.with_name("không có.pdf"))
    assert names(page) == ["biên bản.pdf", "ảnh.png"]
    if saved:
        records.undo(session)
        page.refresh()
    else:
        assert page.take_back()
    assert names(page) == []


def test_files_of_another_offices_record_are_only_looked_at(
    open_page: MakePage, session: Session, scan: Path, activities: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    attachments.attach(session, REGISTER, activities[0], scan)
    monkeypatch.setattr(records, "owner_of", lambda _session, _record: "Xã Phú Hòa")
    view = open_page(activities[0]).files.view
    assert not view.may_add() and "Xã Phú Hòa" in view.add_button.toolTip()
    assert len(view.lines[0].buttons) == 1  # saved, neither renamed nor taken off
