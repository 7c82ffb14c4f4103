"""The window by keyboard: rooms, regions, search, help, text size, back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.look.sample_pages import EmptyPage, ListPage, sample_header, sample_rooms
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.main_window import MainWindow
from thidua_desktop.ui.shell.page import LayoutClass, Page
from thidua_desktop.ui.shell.rooms import HelpText, Room

Key, Mod = Qt.Key, Qt.KeyboardModifier


def shown(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window on screen and active, so that its keys work."""
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


class FormPage(Page):
    """A child page that counts what is asked of it."""

    def __init__(self, may_leave: bool = True) -> None:
        super().__init__()
        self.may_leave, self.asked, self.made, self.seen = may_leave, 0, 0, []
        self.field = QLineEdit(self)
        self.field.setAccessibleName("Nội dung")
        QVBoxLayout(self).addWidget(self.field)

    def title(self) -> str:
        return "Ghi cuộc họp"

    def can_leave(self) -> bool:
        self.asked += 1
        return self.may_leave

    def new_record(self) -> bool:
        self.made += 1
        return True

    def refresh(self, changes: object = None) -> None:
        self.seen.append(changes)

    def help_key(self) -> str:
        return "resident_meeting.chair"

    def set_layout_class(self, kind: LayoutClass) -> None:
        self.kind = kind


def test_pages_are_made_when_first_shown_and_only_once(qtbot: QtBot, look: Look) -> None:
    made: list[str] = []

    def make(key: str) -> QWidget:
        made.append(key)
        return EmptyPage(look)

    rooms = [Room(key, key, make_page=lambda at=key: make(at)) for key in ("a", "b")]
    window = MainWindow(look, rooms, sample_header())
    qtbot.addWidget(window)
    assert made == []
    for key in ("a", "b", "a"):
        window.open_room(key)
    assert made == ["a", "b"]


def test_alt_and_a_number_opens_a_room_or_its_group(qtbot: QtBot, shell: MainWindow) -> None:
    at = shell.sidebar.stops().index(["emulation"])
    qtbot.keyClick(shell, Key(Key.Key_1 + at), Mod.AltModifier)
    assert shell.room() == "emulation"
    qtbot.keyClick(shell, Key.Key_2, Mod.AltModifier)
    assert shell.sidebar.buttons["movement"].open
    assert shell.sidebar.buttons["movement"].hasFocus()
    qtbot.keyClick(shell.sidebar.buttons["movement"], Key.Key_Down)
    qtbot.keyClick(shell.sidebar.buttons["activity"], Key.Key_Down)
    qtbot.keyClick(shell.sidebar.buttons["meeting"], Key.Key_Space)
    assert shell.room() == "meeting"
    assert isinstance(shell.page(), ListPage)


def test_ctrl_k_goes_to_the_search_and_esc_comes_back(qtbot: QtBot, shell: MainWindow) -> None:
    shell.open_room("meeting")
    page = shell.page()
    assert isinstance(page, ListPage) and page.table.hasFocus()
    qtbot.keyClick(shell, Key.Key_K, Mod.ControlModifier)
    assert shell.top_bar.search.hasFocus()
    qtbot.keyClick(shell.top_bar.search, Key.Key_Escape)
    assert page.table.hasFocus()


def test_f6_goes_round_all_regions_both_ways(qtbot: QtBot, shell: MainWindow) -> None:
    shell.open_room("meeting")
    regions = shell.regions()
    assert len(regions) == 6

    def region_in_focus() -> int:
        focused = shell.focusWidget()
        return next(i for i, r in enumerate(regions) if r is focused or (focused and r.isAncestorOf(focused)))

    start = region_in_focus()
    walked = []
    for _ in regions:
        qtbot.keyClick(shell, Key.Key_F6)
        walked.append(region_in_focus())
    assert walked == [(start + step) % 6 for step in range(1, 7)]
    qtbot.keyClick(shell, Key.Key_F6, Mod.ShiftModifier)
    assert region_in_focus() == (start - 1) % 6


def test_text_size_by_key_and_back(qtbot: QtBot, shell: MainWindow, look: Look) -> None:
    qtbot.keyClick(shell, Key.Key_Plus, Mod.ControlModifier)
    qtbot.keyClick(shell, Key.Key_Plus, Mod.ControlModifier)
    assert look.text_scale == 1.2
    assert shell.status_bar.button("text-size").text() == "Cỡ chữ 120%"
    qtbot.keyClick(shell, Key.Key_Minus, Mod.ControlModifier)
    assert look.text_scale == 1.1
    qtbot.keyClick(shell, Key.Key_0, Mod.ControlModifier)
    assert look.text_scale == 1.0


@pytest.mark.parametrize("kind", [QDialog, QMessageBox])
def test_text_size_by_key_in_a_dialog_too(qtbot: QtBot, shell: MainWindow, look: Look, kind: type[QDialog]) -> None:
    dialog = kind(shell)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.property("text_size_keys")))
    qtbot.keyClick(dialog, Key.Key_Equal, Mod.ControlModifier)
    assert look.text_scale == 1.1
    qtbot.keyClick(dialog, Key.Key_0, Mod.ControlModifier)
    assert look.text_scale == 1.0
    dialog.close()


@pytest.mark.parametrize("end", ["hide", "deleteLater"])
def test_the_page_keeps_the_keys_when_what_had_them_goes_away(qtbot: QtBot, shell: MainWindow, end: str) -> None:
    page = FormPage()
    gone = QLineEdit(page)
    page.layout().addWidget(gone)
    shell.push(page)
    gone.setFocus()
    qtbot.waitUntil(gone.hasFocus)
    getattr(gone, end)()
    qtbot.waitUntil(page.field.hasFocus)


def test_a_page_opens_at_its_top_again_however_it_was_left(qtbot: QtBot, shell: MainWindow) -> None:
    page = FormPage()
    last = QLineEdit(page)
    page.layout().addSpacing(3000)
    page.layout().addWidget(last)
    shell.push(page)
    bar = shell.stack.currentWidget().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 2000)
    shell.push(FormPage())
    bar.setValue(bar.maximum())  # a page that is left hands the focus on to its last part
    shell.back()
    assert page.field.hasFocus() and bar.value() == 0
    shell.stack.currentWidget().reveal(last)
    assert last.mapTo(shell, last.rect().bottomLeft()).y() <= shell.height()


def test_the_layout_class_reaches_pages_and_listeners(qtbot: QtBot, shell: MainWindow, look: Look) -> None:
    page, told = FormPage(), []
    shell.layout_class_changed.connect(told.append)
    shell.push(page)
    assert page.kind is LayoutClass.WIDE
    shell.resize(1280, 690)
    qtbot.waitUntil(lambda: page.kind is LayoutClass.MEDIUM)
    look.set_text_scale(1.3)
    assert page.kind is LayoutClass.COMPACT
    assert told == ["medium", "compact"]


def test_ctrl_n_makes_the_pages_record_or_falls_back(qtbot: QtBot, look: Look) -> None:
    fallback: list[int] = []
    window = MainWindow(look, sample_rooms(look), sample_header(new_record=lambda: fallback.append(1)))
    shown(qtbot, window).open_room("today")
    qtbot.keyClick(window, Key.Key_N, Mod.ControlModifier)
    assert fallback == [1]
    page = FormPage()
    window.push(page)
    window.top_bar.new.click()
    assert (page.made, fallback) == (1, [1])


def test_undo_and_redo_by_key(qtbot: QtBot, look: Look) -> None:
    done: list[str] = []
    header = sample_header(undo=lambda: done.append("undo"), redo=lambda: done.append("redo"))
    window = MainWindow(look, sample_rooms(look), header)
    shown(qtbot, window).open_room("meeting")
    qtbot.keyClick(window, Key.Key_Z, Mod.ControlModifier)
    qtbot.keyClick(window, Key.Key_Y, Mod.ControlModifier)
    assert done == ["undo", "redo"]


def test_ctrl_z_in_a_text_field_undoes_the_typing_first(qtbot: QtBot, look: Look) -> None:
    done: list[str] = []
    window = MainWindow(look, sample_rooms(look), sample_header(undo=lambda: done.append("undo")))
    shown(qtbot, window)
    page = FormPage()
    window.push(page)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "abc")
    qtbot.keyClick(page.field, Key.Key_Z, Mod.ControlModifier)
    assert page.field.text() == "" and done == []


def test_esc_goes_back_to_the_list_and_asks_first(qtbot: QtBot, shell: MainWindow) -> None:
    shell.open_room("meeting")
    below = shell.page()
    page = FormPage(may_leave=False)
    shell.push(page)
    assert shell.windowTitle().startswith("Ghi cuộc họp")
    qtbot.keyClick(shell, Key.Key_Escape)
    assert shell.page() is page and page.asked == 1
    page.may_leave = True
    qtbot.keyClick(shell, Key.Key_Escape)
    assert shell.page() is below


def test_the_room_of_the_form_is_marked_whatever_room_it_was_opened_from(shell: MainWindow) -> None:
    shell.open_room("today")
    page = FormPage()
    page.room = lambda: "meeting"  # type: ignore[method-assign]
    shell.push(page)
    assert shell.sidebar.buttons["meeting"].isChecked() and not shell.sidebar.buttons["today"].isChecked()
    shell.push(FormPage())  # its paper
    assert shell.sidebar.buttons["meeting"].isChecked()
    shell.back()
    page.room = lambda: "no such room"  # type: ignore[method-assign]
    shell.push(FormPage())
    assert shell.sidebar.buttons["today"].isChecked()
    shell.back()
    assert shell.sidebar.buttons["today"].isChecked()
    shell.back()
    assert (shell.room(), shell.marked_room()) == ("today", "today")


def test_a_page_that_cannot_be_left_holds_the_room(qtbot: QtBot, shell: MainWindow) -> None:
    page = FormPage(may_leave=False)
    shell.push(page)
    shell.open_room("meeting")
    assert shell.page() is page
    assert shell.sidebar.buttons["today"].isChecked()
    assert not shell.close()
    page.may_leave = True
    shell.open_room("meeting")
    assert isinstance(shell.page(), ListPage)


def test_the_window_title_follows_the_page(qtbot: QtBot, shell: MainWindow) -> None:
    page = FormPage()
    shell.push(page)
    page.title = lambda: "Họp tổ 3, thôn Đông Hạ"  # type: ignore[method-assign]
    page.title_changed.emit("Họp tổ 3, thôn Đông Hạ")
    assert shell.windowTitle() == "Họp tổ 3, thôn Đông Hạ – UBND xã Phú Hòa"


def test_refresh_reaches_rooms_and_child_pages(shell: MainWindow) -> None:
    page = FormPage()
    shell.push(page)
    shell.refresh("changes")
    assert page.seen == ["changes"]


def test_f1_explains_the_field_and_puts_the_panel_away(qtbot: QtBot, look: Look) -> None:
    texts = {"resident_meeting.chair": HelpText("Chủ trì", "Trưởng thôn.", "Luật 10/2022.")}
    window = MainWindow(look, sample_rooms(look), sample_header(help_text=texts.get))
    shown(qtbot, window).open_room("today")
    qtbot.keyClick(window, Key.Key_F1)
    assert window.help_panel.isVisible() and window.help_panel._title.text() == "Trợ giúp"
    qtbot.keyClick(window, Key.Key_Escape)
    assert not window.help_panel.isVisible()
    window.push(FormPage())
    qtbot.keyClick(window, Key.Key_F1)
    assert window.help_panel._title.text() == "Chủ trì"
    assert window.stack.rect().contains(window.help_panel.geometry())


def test_f1_covers_no_field_that_it_explains(qtbot: QtBot, look: Look) -> None:
    window = shown(qtbot, MainWindow(look, sample_rooms(look), sample_header()))
    page = QWidget()
    left, right = QLineEdit(page), QLineEdit(page)
    window.push(page)
    right.setGeometry(page.width() - 200, 80, 180, 34)
    left.setGeometry(20, 80, 180, 34)
    panel = window.help_panel
    for field in (right, left):
        field.setFocus()
        qtbot.keyClick(window, Key.Key_F1)
        over = panel.rect().translated(panel.mapTo(window, QPoint(0, 0)))
        assert not over.intersects(field.rect().translated(field.mapTo(window, QPoint(0, 0))))
        qtbot.keyClick(window, Key.Key_Escape)
        assert not panel.isVisible() and window.focusWidget() is field


def test_no_shortcut_is_one_that_vietnamese_keyboards_use(shell: MainWindow) -> None:
    keys = [shortcut.key().toString() for shortcut in shell.findChildren(QShortcut)]
    assert len(keys) == len(set(keys)) >= 19
    assert not [key for key in keys if key == "Alt+Z" or "Ctrl+Shift" in key]


@pytest.mark.parametrize("room", ["today", "meeting", "emulation", "activity", "handoff"])
def test_tab_alone_reaches_every_control_and_all_have_names(qtbot: QtBot, shell: MainWindow, room: str) -> None:
    shell.open_room(room)
    wanted = {
        made
        for made in shell.findChildren(QWidget)
        if made.focusPolicy() & Qt.FocusPolicy.TabFocus and made.isVisibleTo(shell) and made.isEnabled()
    }
    reached: set[QWidget] = set()
    for _ in range(len(wanted) + 20):
        qtbot.keyClick(shell.focusWidget() or shell, Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
    exclusive = {made for made in wanted if getattr(made, "autoExclusive", bool)()}
    assert wanted - exclusive <= reached
    assert [made for made in wanted if not (made.accessibleName() or getattr(made, "text", str)())] == []


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.3, 1.6])
@pytest.mark.parametrize("size", [(1366, 768), (1280, 690)])
def test_the_frame_fits_its_window(shell: MainWindow, look: Look, scale: float, size: tuple[int, int]) -> None:
    look.set_text_scale(scale)
    shell.resize(*size)
    QApplication.processEvents()
    for part in (shell.top_bar.new, shell.top_bar.search, shell.status_bar, shell.sidebar):
        corner = part.mapTo(shell, part.rect().bottomRight())
        assert 0 <= corner.x() < size[0] and 0 <= corner.y() < size[1]
