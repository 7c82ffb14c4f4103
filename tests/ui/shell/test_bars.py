"""Sidebar, status bar and search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.look.sample_pages import SAMPLE_STATUS, sample_header, sample_rooms
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.main_window import MainWindow
from thidua_desktop.ui.shell.rooms import SearchGroup, SearchResult, StatusPart
from thidua_desktop.ui.shell.search import _DELAY_MS
from thidua_desktop.ui.shell.status_bar import StatusBar


def test_opening_a_group_closes_the_other(shell: MainWindow) -> None:
    sidebar = shell.sidebar
    sidebar.set_open("movement", True)
    sidebar.set_open("forces", True)
    assert not sidebar.buttons["movement"].open and sidebar.buttons["forces"].open
    assert "group" in sidebar.visible_keys() and "activity" not in sidebar.visible_keys()


def test_the_chosen_room_opens_its_group_and_is_the_only_one(shell: MainWindow) -> None:
    shell.open_room("meeting")
    assert shell.sidebar.buttons["movement"].open
    assert [key for key, button in shell.sidebar.buttons.items() if button.isChecked()] == ["meeting"]


def test_counts_are_bare_numbers_with_spoken_meaning(shell: MainWindow) -> None:
    assert shell.sidebar.buttons["meeting"].accessibleDescription() == "9 tổ chưa họp"
    shell.set_badge("report", 3)
    assert shell.sidebar.buttons["report"].accessibleDescription() == "3 việc đến hạn"


def marked(shell: MainWindow) -> list[str]:
    """The rooms or groups that are seen to be where one is."""
    return [key for key, one in shell.sidebar.buttons.items() if one.is_marked() and one.isVisibleTo(shell)]


def test_compact_windows_close_the_groups_and_wide_ones_open_them_again(shell: MainWindow, look: Look) -> None:
    shell.open_room("meeting")
    look.set_text_scale(1.3)
    assert not shell.sidebar.buttons["movement"].open
    assert marked(shell) == ["movement"]
    look.set_text_scale(1.0)
    assert shell.sidebar.buttons["movement"].open
    assert marked(shell) == ["meeting"]


def test_every_status_part_is_a_button_to_its_place(qtbot: QtBot, look: Look) -> None:
    bar = StatusBar(look, SAMPLE_STATUS)
    qtbot.addWidget(bar)
    told: list[str] = []
    bar.activated.connect(told.append)
    for key in ("saved", "unsent", "backup", "due", "text-size"):
        bar.button(key).click()
    assert told == ["saved", "unsent", "backup", "due", "text-size"]


def test_a_status_part_changes_in_place(qtbot: QtBot, look: Look) -> None:
    bar = StatusBar(look, SAMPLE_STATUS)
    qtbot.addWidget(bar)
    before = bar.button("saved")
    bar.set_part(StatusPart("saved", "Bản nháp đã lưu 20:14:08", "file-pen"))
    assert bar.button("saved") is before
    assert before.accessibleName() == "Bản nháp đã lưu 20:14:08"


def test_a_message_stands_in_for_the_first_part_and_goes(qtbot: QtBot, look: Look) -> None:
    bar = StatusBar(look, SAMPLE_STATUS)
    qtbot.addWidget(bar)
    bar.show_message("Đã lưu cuộc họp")
    assert bar.button("saved").isHidden() and not bar._message.isHidden()
    bar._timer.timeout.emit()
    assert not bar.button("saved").isHidden() and bar._message.isHidden()


def test_beside_a_long_message_the_other_parts_say_their_short_words(qtbot: QtBot, look: Look) -> None:
    parts = [
        StatusPart("saved", "Đã lưu"),
        StatusPart("unsent", "301 thay đổi chưa được tỉnh xác nhận", short="301 chưa gửi"),
    ]
    bar = StatusBar(look, parts)
    qtbot.addWidget(bar)
    bar.resize(bar.button("saved").width_for("Đã lưu") + bar.button("unsent").width_for(parts[1].text) + 200, 28)
    bar.show()
    assert bar.button("unsent").words() == parts[1].text
    bar.show_message("Đã lưu đề nghị khen thưởng. Ctrl+Z để hoàn tác.")
    assert bar.button("unsent").words() == "301 chưa gửi"
    bar._timer.timeout.emit()
    assert bar.button("unsent").words() == parts[1].text


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def searching(qtbot: QtBot, look: Look, opened: list[str]) -> MainWindow:
    def search(text: str, then: Callable[[Sequence[SearchGroup]], None]) -> None:
        names = [name for name in ("Họp tổ tự quản", "Hoạt động") if text.casefold() in name.casefold()]
        results = tuple(SearchResult(name, "sổ", lambda at=name: opened.append(at), "users") for name in names)
        then([SearchGroup("Sổ", results)])

    window = MainWindow(look, sample_rooms(look), sample_header(search=search))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.open_room("meeting")
    window.activateWindow()
    window.top_bar.search.start()
    return window


def commit(searching: MainWindow, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(searching.top_bar.search, event)


def test_typing_shows_results_and_keeps_the_focus(qtbot: QtBot, searching: MainWindow, opened: list[str]) -> None:
    field = searching.top_bar.search
    with qtbot.waitSignal(field.asked) as told:
        commit(searching, "họ")
    assert told.args == ["họ"]
    assert field.popup().isVisible() and field.hasFocus()
    assert field.popup()._scroll.verticalScrollBar().maximum() == 0  # the first list, too, has its whole height
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == ["Họp tổ tự quản"]
    assert not field.popup().isVisible() and field.text() == ""


def test_arrows_move_in_the_results(qtbot: QtBot, searching: MainWindow, opened: list[str]) -> None:
    field = searching.top_bar.search
    with qtbot.waitSignal(field.asked):
        qtbot.keyClicks(field, "t")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(field, key)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == ["Hoạt động"]


def test_many_results_keep_their_height_and_scroll_to_the_current_one(searching: MainWindow) -> None:
    names = [f"Hộ {number}" for number in range(60)]
    group = SearchGroup("Hộ", tuple(SearchResult(name, "", lambda: None, "users") for name in names))
    field = searching.top_bar.search
    field.set_search(lambda _text, then: then([group]))
    field.setText("hộ")
    field._ask()
    popup = field.popup()
    QApplication.processEvents()
    assert popup.geometry().bottom() < searching.height()
    assert {line.height() for line in popup._lines} == {popup._lines[0].sizeHint().height()}
    popup.move_current(59)
    seen = popup._lines[59].visibleRegion()
    assert not seen.isEmpty() and popup.current() is popup._lines[59].result


def test_results_of_a_list_that_opens_again_have_their_height(qtbot: QtBot, searching: MainWindow) -> None:
    field = searching.top_bar.search
    for size in (40, 70):
        lines = tuple(SearchResult(f"Hộ {number}", "", lambda: None, "users") for number in range(size))
        field.set_search(lambda _text, then, found=lines: then([SearchGroup("Hộ", found)]))
        field.setText(f"hộ {size}")
        field._ask()
        qtbot.wait(20)
        assert {line.height() for line in field.popup()._lines} == {field.popup()._lines[0].sizeHint().height()}
        field.close_popup()
        qtbot.wait(20)


def test_nothing_opens_while_a_word_is_being_composed(qtbot: QtBot, searching: MainWindow) -> None:
    field = searching.top_bar.search
    qtbot.keyClicks(field, "t")
    QApplication.sendEvent(field, QInputMethodEvent("ô", []))
    with qtbot.assertNotEmitted(field.asked, wait=400):
        pass
    assert not field.popup().isVisible()


def test_answers_that_come_late_belong_to_the_words_that_stand_there(
    qtbot: QtBot, searching: MainWindow, opened: list[str]
) -> None:
    field, waiting = searching.top_bar.search, {}
    field.set_search(lambda text, then: waiting.update({text: then}))
    found = {name: [SearchGroup("Sổ", (SearchResult(name, "", lambda at=name: opened.append(at)),))] for name in "ab"}
    field.setText("a")
    field._ask()
    qtbot.waitUntil(lambda: field.popup().isVisible() and field.popup().current() is None)  # "Đang tìm…"
    waiting["a"](found["a"])
    assert field.popup().current().title == "a" and field.popup().height() > 50  # caption and line
    field.setText("b")
    field._ask()
    field.returnPressed.emit()  # what is shown belongs to "a"
    assert opened == [] and field.popup().current().title == "a"
    waiting["a"](found["a"])
    waiting["b"](found["b"])
    field.returnPressed.emit()
    assert opened == ["b"]


def test_enter_does_not_ask_anew_for_what_is_already_looked_for(qtbot: QtBot, searching: MainWindow) -> None:
    field, asked = searching.top_bar.search, list[str]()
    field.set_search(lambda text, _then: asked.append(text))
    field.setText("a")
    for _ in range(3):
        field.returnPressed.emit()
    qtbot.waitUntil(lambda: field.popup().isVisible())  # "Đang tìm…"
    field.returnPressed.emit()
    assert asked == ["a"], "each asking lets go of the one before, and begins from the start"
    field.close_popup()
    field.returnPressed.emit()
    assert asked == ["a", "a"]


def test_nothing_is_asked_once_the_window_is_put_away(qtbot: QtBot, searching: MainWindow) -> None:
    field, asked = searching.top_bar.search, list[str]()
    field.set_search(lambda text, _then: asked.append(text))
    commit(searching, "họ")
    searching.hide()  # the office is closed by the time the pause of typing is over
    qtbot.wait(3 * _DELAY_MS)
    assert asked == []


def test_no_result_says_what_to_try_and_esc_closes(qtbot: QtBot, searching: MainWindow) -> None:
    field = searching.top_bar.search
    with qtbot.waitSignal(field.asked):
        commit(searching, "zzz")
    assert field.popup().isVisible() and field.popup().current() is None
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.popup().isVisible() and field.hasFocus()


def test_all_parts_say_the_short_words_where_the_long_ones_have_no_room(qtbot: QtBot, look: Look) -> None:
    part = StatusPart("unsent", "301 thay đổi chưa được tỉnh xác nhận", "hourglass", short="301 chưa xác nhận")
    bar = StatusBar(look, [part])
    qtbot.addWidget(bar)
    bar.resize(700, 28)
    bar.show()
    assert bar.button("unsent").words() == part.text
    bar.resize(300, 28)
    assert bar.button("unsent").words() == part.short
    assert bar.button("unsent").accessibleName() == part.text


def test_a_message_that_has_no_room_beside_the_parts_stands_alone_until_it_goes(qtbot: QtBot, look: Look) -> None:
    parts = [
        StatusPart("saved", "Mọi thay đổi đã lưu", "circle-check", short="Đã lưu"),
        StatusPart("unsent", "301 thay đổi chưa được tỉnh xác nhận", "hourglass", short="301 chưa xác nhận"),
        StatusPart("due", "Kết quả phong trào: còn 29 ngày", "calendar-clock", right=True, short="Báo cáo còn 29 ngày"),
    ]
    bar = StatusBar(look, parts)
    qtbot.addWidget(bar)
    bar.resize(900, 28)
    bar.show()
    others = [bar.button(key) for key in ("unsent", "due")]
    bar.show_message("Đã lưu")
    assert all(one.isVisible() for one in others) and not bar.button("saved").isVisible()
    words = "Đã lưu hoạt động, kỳ đang xem không có ngày ấy nên chưa thấy trong danh sách; chọn Mọi thời gian để xem"
    bar.show_message(words)
    qtbot.waitUntil(lambda: bar._message.width() >= bar._message.width_for(words))
    assert not any(one.isVisible() for one in others)
    bar._forget_message()
    assert all(one.isVisible() for one in (bar.button("saved"), *others))
