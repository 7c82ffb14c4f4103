"""The tab of attached files: adds by dropping and pasting, opens a copy, removes with undo, follows the record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from tests.unit.services.made_files import pdf, tiff
from thidua_desktop.services import attachments, records
from thidua_desktop.services.attached import Attached
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.store.attached_files import AttachedFiles
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.files_view import FilesView
from thidua_desktop.ui.pages.attaching.incoming import left_out
from thidua_desktop.ui.pages.attaching.preview import PreviewDialog
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
    assert page.pane.attachments.zone.veil.isVisible() == any(path.suffix != ".tdp" for path in paths)
    QApplication.sendEvent(page.pane, QDropEvent(QPointF(50, 50), *how))
    files(page).finish()


def files(page: ListPage) -> FilesView:
    return page.pane.attachments.view


def attached(page: ListPage, tmp_path: Path, content: bytes | None = None, name: str = "biên bản.pdf") -> Attached:
    path = tmp_path / name
    path.write_bytes(content or pdf())
    files(page).attach([path])
    files(page).finish()
    return files(page).files[-1]


def shown(page: ListPage, one: Attached) -> PreviewDialog:
    files(page).look_at(one)
    files(page).finish()
    dialog = files(page).preview
    assert dialog is not None and dialog.windowTitle() == one.name
    return dialog


def tab_name(page: ListPage) -> str:
    return page.pane.tabs.tabText(page.pane.tabs.count() - 1)


def test_files_dropped_on_the_pane_are_attached(page: ListPage, tmp_path: Path) -> None:
    paths = [tmp_path / "một.pdf", tmp_path / "hai.pdf"]
    for number, path in enumerate(paths):
        path.write_bytes(pdf(f"/N {number}".encode()))
    assert tab_name(page) == "Tệp"
    dropped(page, *paths)
    assert tab_name(page) == "Tệp 2" and not page.pane.attachments.zone.veil.isVisible()
    assert [one.name for one in files(page).files] == ["một.pdf", "hai.pdf"]


def test_refused_files_are_told_and_the_others_stay(page: ListPage, tmp_path: Path) -> None:
    good, bad, folder = tmp_path / "a.pdf", tmp_path / "hóa đơn.pdf", tmp_path / "ảnh"
    good.write_bytes(pdf())
    bad.write_bytes(b"MZ" + bytes(50))
    folder.mkdir()
    dropped(page, bad, folder, good)
    assert tab_name(page) == "Tệp 1"
    told = files(page).refused.text()
    assert "2 tệp chưa đính kèm được, đã nhận 1 tệp" in told
    assert "hóa đơn.pdf" in told and "ảnh là thư mục" in told
    files(page).refused.close_button.click()
    assert files(page).refused.text() == ""


def test_what_is_refused_is_seen_whatever_part_was_shown(page: ListPage, tmp_path: Path) -> None:
    good, package = tmp_path / "a.pdf", tmp_path / "goi.tdp"
    good.write_bytes(pdf())
    package.write_bytes(b"x")
    assert page.pane.tabs.currentIndex() == 0
    dropped(page, good, package)
    assert tab_name(page) == "Tệp 1" and "goi.tdp" in files(page).refused.text()
    assert page.pane.tabs.currentIndex() == page.pane.tabs.count() - 1
    both = QMimeData()
    both.setUrls([QUrl.fromLocalFile(str(path)) for path in (good, package)])
    assert [refusal.code for refusal in left_out(both)] == ["TD-UI-066"]


def test_a_package_is_left_to_the_window(page: ListPage, tmp_path: Path) -> None:
    path = tmp_path / "goi.tdp"
    path.write_bytes(b"x")
    dropped(page, path)
    assert tab_name(page) == "Tệp" and files(page).refused.text() == ""


def test_a_pasted_picture_is_attached_from_the_list_too(page: ListPage, qtbot: QtBot, desk: Any) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    page.activateWindow()
    page.card.table.setFocus()
    qtbot.waitUntil(page.card.table.hasFocus)
    qtbot.keyClick(page.card.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    files(page).finish()
    (one,) = files(page).files
    assert (one.media_type, one.name, one.taken_on) == ("image/png", "Ảnh dán 09-11-2026 14h26.png", date(2026, 11, 9))
    assert desk.messages[-1] == "Đã đính kèm Ảnh dán 09-11-2026 14h26.png. Ctrl+Z để hoàn tác."
    QGuiApplication.clipboard().clear()


def test_a_file_is_worked_by_keys_alone(page: ListPage, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    page.pane.show_files()
    attached(page, tmp_path, "Biên bản".encode(), "a.txt")
    attached(page, tmp_path, b"Kem theo", "b.txt")
    all_done()  # the list reads itself anew, and its pane shows the files in lines of their own
    seen: list[bytes] = []
    files(page).open_file = lambda copy: seen.append(copy.read_bytes())
    first, second = files(page).lines
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    qtbot.waitUntil(second.hasFocus)
    qtbot.keyClick(second, Qt.Key.Key_Return)
    files(page).finish()
    assert seen == [b"Kem theo"]
    all_done()
    qtbot.keyClick(files(page).lines[1], Qt.Key.Key_Delete)
    assert tab_name(page) == "Tệp 1"
    all_done()

    def first_has_focus() -> bool:  # its line is made anew meanwhile, when the pane shows the record again
        return files(page).lines[0].hasFocus()

    qtbot.waitUntil(first_has_focus)
    records.undo(session)
    page.reload()
    page._show_current()
    assert tab_name(page) == "Tệp 2"
    words = [action.text() for action in files(page).lines[0].menu_of_actions().actions() if action.text()]
    assert words == ["Xem", "Mở bằng chương trình khác", "Lưu ra tệp…", "Sửa tên, chú thích…", "Bỏ tệp"]


def test_pictures_and_pdfs_are_shown_inside(page: ListPage, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = shown(page, attached(page, tmp_path, tiff(3), "biên bản.tif"))
    qtbot.waitUntil(lambda: not dialog.picture.image.isNull() and dialog.pages == 3)
    assert dialog.count.text() == "Trang 1/3" and not dialog.back_button.isEnabled()
    dialog.step(2)
    qtbot.waitUntil(lambda: dialog.count.text() == "Trang 3/3")
    dialog.close_button.click()
    broken = shown(page, attached(page, tmp_path, pdf(), "hỏng.pdf"))
    assert broken.picture.isVisible() and "chương trình khác" in broken.picture.words


def test_large_contents_are_written_and_read_beside_the_window(
    page: ListPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, threads = threading.current_thread(), dict[str, list[bool]]()

    def noting(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any) -> Any:
            threads.setdefault(name, []).append(threading.current_thread() is window)
            return act(*arguments)

        return noted

    monkeypatch.setattr(AttachedFiles, "get", noting("get", AttachedFiles.get))
    monkeypatch.setattr(AttachedFiles, "put", noting("put", AttachedFiles.put))
    one = attached(page, tmp_path)
    assert threads == {"put": [False, True]}  # the second finds it there and writes nothing
    target = tmp_path / "ra.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    for act in (files(page).save_as, files(page).open, files(page).look_at):
        files(page).open_file = lambda _copy: None
        act(one)
        files(page).finish()
    assert target.read_bytes() == pdf()
    assert threads["get"] == [False, False, False]


def test_who_may_only_look_cannot_add(
    qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str], tmp_path: Path
) -> None:
    leader = replace(session, user=User("huong", "Lê Hương", Role.LEADER))
    made = ListPage(leader, look, desk, "movement_activity")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.pane.record is not None)
    path = tmp_path / "biên bản.pdf"
    path.write_bytes(pdf())
    files(made).attach([path])
    files(made).finish()
    assert not files(made).add_button.isEnabled()
    assert attachments.of_record(session, "movement_activity", made.pane.record.id) == []  # type: ignore[union-attr]


def test_the_dialog_adds_files_and_remembers_the_folder(
    page: ListPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ảnh.txt"
    path.write_text("Biên bản", encoding="utf-8")
    began: list[str] = []

    def choose(_parent: object, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        began.append(start)
        return [str(path)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    files(page).add_button.click()
    files(page).finish()
    files(page).add_button.click()
    files(page).finish()
    assert began[1] == str(tmp_path) and tab_name(page) == "Tệp 1"
    assert "giống hệt ảnh.txt" in files(page).refused.text()


def test_a_file_gets_name_caption_and_day(page: ListPage, session: Session, tmp_path: Path) -> None:
    one = attached(page, tmp_path, name="IMG_0012.pdf")
    dialog = files(page).change_words(one)
    assert dialog is not None
    dialog.name.setText("Trang ký biên bản")
    dialog.caption.setText("Trang ký")
    dialog.day.setText("hôm nào đó")
    dialog.go_button.click()
    assert not dialog.rows["taken_on"].problem.isHidden()
    dialog.day.setText("8/11/2026")
    dialog.go_button.click()
    (one,) = files(page).files
    assert (one.name, one.description, one.taken_on) == ("Trang ký biên bản.pdf", "Trang ký", date(2026, 11, 8))
    assert records.history(session, "attachment", one.id)[0].what == "Sửa"
