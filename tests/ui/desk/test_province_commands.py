"""Ctrl+K at the province: the words of its work lead to the view, and Ctrl+N begins what the province writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import desk_of
from tests.unit.services.handoff.two_offices import two_offices
from thidua_desktop.services import due
from thidua_desktop.ui.desk.commands import command_groups
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.province_commands import ROOM_WORDS, VIEWS
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.handoff.undo_page import UndoPage
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.province.aside_page import AsidePage
from thidua_desktop.ui.pages.province.board_page import BoardPage
from thidua_desktop.ui.pages.province.inbox_page import CARDS, DIRECTIVES, PAPER, InboxPage

WORDS = {
    "gui chi dao": "Chỉ đạo gửi xuống xã",
    "nhan the xa": "Thẻ đơn vị",
    "thu hoi the": "Thẻ đơn vị",
    "bien nhan": "Ghi biên nhận cho xã",
    "quet ma": "Mã trên giấy",
    "xep hang": "Xếp hạng, so sánh các xã",
    "ma tran": "So sánh các xã theo nhiều chỉ tiêu",
    "so sanh xa": "Xếp hạng, so sánh các xã",
    "don doc": "Đôn đốc xã chưa gửi báo cáo",
    "chua gui": "Bảng theo dõi",
    "tra lai": "Bảng theo dõi",
    "sap nhap": "Sắp xếp đơn vị",
    "go goi": "Gỡ gói đã nhập",
    "dong de rieng": "Dòng để riêng",
    "bao cao bo": "Báo cáo tổng hợp",
    "nguoi trung": "Người ghi trùng",
    "goi tre": "Hộp thư gói",
    "phieu tra lai": "Bảng theo dõi",
    "tra bao cao": "Bảng theo dõi",
    "kiem tra so lieu": "Bảng theo dõi",
    "danh sach xa": "Bảng theo dõi",
    "bao cao quy": "Báo cáo tổng hợp",
    "bao cao 6 thang": "Báo cáo tổng hợp",
    "bao cao bo sung": "Báo cáo tổng hợp",
    "phu luc": "Báo cáo tổng hợp",
    "xuat word": "Báo cáo tổng hợp",
    "xuat excel": "Tổng hợp",
    "bieu do": "Tổng hợp",
    "the moi": "Thẻ đơn vị",
    "xa doi may": "Thẻ đơn vị",
    "giao nhiem vu": "Chỉ đạo gửi xuống xã",
    "gui mau moi": "Chỉ đạo gửi xuống xã",
    "ma vach": "Mã trên giấy",
    "xa quen mat khau": "Đường vào các xã gửi giữ hộ",
}


def _opened(desk: Desk, text: str, title: str) -> None:
    found = {one.title: one for group in desk.search(text) if group.caption == "Mở" for one in group.results}
    assert title in found, (text, list(found))
    found[title].open()
    settle(desk.window)


def test_the_work_of_the_province_is_found_and_opened(province_desk: Desk, qtbot: QtBot) -> None:
    for text, title in WORDS.items():
        found = [one.title for group in province_desk.search(text) for one in group.results]
        assert title in found, (text, found)
    for text, title, view in (
        ("gui chi dao", "Chỉ đạo gửi xuống xã", DIRECTIVES), ("nhan the", "Thẻ đơn vị", CARDS),
        ("quet ma", "Mã trên giấy", PAPER),
    ):  # fmt: skip
        _opened(province_desk, text, title)
        page = province_desk.window.page()
        assert isinstance(page, InboxPage) and page.views.current() == page._stack.currentIndex() == view
    for text, title, kind in (
        ("go goi da nhap", "Gỡ gói đã nhập", UndoPage), ("dong de rieng", "Dòng để riêng", AsidePage),
    ):  # fmt: skip
        _opened(province_desk, text, title)
        qtbot.waitUntil(lambda kind=kind: isinstance(province_desk.window.page(), kind))
        province_desk.window.open_room("inbox")


@pytest.mark.parametrize("view", [one for one in VIEWS if one.argument in ("ranking", "matrix", "remind", "receipts")])
def test_without_communes_a_view_says_so_and_breaks_nothing(province_desk: Desk, view: object) -> None:
    assert view in VIEWS
    province_desk.window.open_room(view.room, view.argument)  # type: ignore[attr-defined]
    settle(province_desk.window)
    assert province_desk.window.page() is not None


def test_the_province_s_work_stands_before_records_that_hold_its_words(province_desk: Desk) -> None:
    for text, title in {"tra bao cao": "Bảng theo dõi", "bao cao quy": "Báo cáo tổng hợp"}.items():
        before, after = command_groups(province_desk, text)
        assert title in {one.title for group in before for one in group.results}, text
        assert title not in {one.title for group in after for one in group.results}, text


def test_every_room_of_the_words_is_there(province_desk: Desk) -> None:
    assert all(province_desk.window.has_room(key) for key in (*ROOM_WORDS, *(one.room for one in VIEWS)))


def test_a_new_record_of_the_province_is_a_programme_of_its_level(province_desk: Desk) -> None:
    province_desk.new_record()
    page = province_desk.window.page()
    assert isinstance(page, EntryPage) and page.spec.name == "programme"
    assert page.form.read().values["level"] == "province"


def test_the_focus_begins_where_the_work_does(province_desk: Desk) -> None:
    page = province_desk.window.page()
    assert isinstance(page, InboxPage) and page.folder_button.hasFocus()


def test_no_page_takes_a_key_of_the_window(province_desk: Desk) -> None:
    """Two shortcuts of one key answer to neither: on a list Ctrl+L did not lock the desk."""
    window = province_desk.window
    own = {one.key().toString() for one in window.findChildren(QShortcut) if one.parent() is window}
    assert "Ctrl+L" in own
    for room in ("inbox", "board", "totals", "report", "commune_changes", "movement_activity", "admin"):
        window.open_room(room)
        settle(window)
        page = window.page()
        assert isinstance(page, QWidget)
        pages = {one.key().toString() for one in page.findChildren(QShortcut)}
        assert not own & pages, room


def test_a_list_is_locked_by_key(province_desk: Desk, qtbot: QtBot) -> None:
    province_desk.window.open_room("movement_activity")
    settle(province_desk.window)
    with qtbot.waitSignal(province_desk.locked, timeout=5000):
        qtbot.keyClick(province_desk.window.page(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_what_is_overdue_is_looked_for_and_not_written_anew(province_desk: Desk) -> None:
    for text in ("nhiệm vụ quá hạn", "nhiem vu qua han"):
        first = province_desk.search(text)[0]
        assert (first.caption, first.results[0].title) == ("Mở", "Nhiệm vụ quá hạn")
    first = province_desk.search("đôn đốc nhiệm vụ")[0]
    assert first.caption == "Mở" and "Sổ nhiệm vụ của chương trình, kế hoạch" in [one.title for one in first.results]
    for text in ("đề nghị khen thưởng", "chương trình", "nhiệm vụ"):  # what communes sent, before a form
        captions = [one.caption for one in province_desk.search(text)]
        assert captions[0] == "Mở" and "Ghi mới" in captions, text
    first = province_desk.search("ghi nhiệm vụ")[0]
    assert first.caption == "Ghi mới" and first.results[0].title == "Nhiệm vụ"


def test_the_card_that_ctrl_k_leads_to_is_seen_though_the_page_grows_above_it(
    province_desk: Desk, qtbot: QtBot
) -> None:
    province_desk.window.resize(1366, 768)
    province_desk.window.open_room("admin", "people")
    settle(province_desk.window)

    def seen() -> None:
        button = province_desk.window.focusWidget()
        assert button is not None and button.accessibleName() == "Thêm người"
        assert button.visibleRegion().boundingRect().height() == button.height()

    qtbot.waitUntil(seen, timeout=3000)


def test_a_commune_is_found_by_its_name_and_opened_at_the_board(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    with two_offices(tmp_path) as pair:
        name = pair.commune.file.identity.name
        for desk in desk_of(qtbot, look, pair.province):
            for typed in ("m'drak", "M’Drắk", "mdrak"):  # the code list has the apostrophe that no keyboard has
                results = [one for group in desk.search(typed) for one in group.results if group.caption == "Đơn vị"]
                assert [one.title for one in results] == [name]
            found = results[0]
            found.open()
            page = desk.window.page()
            assert isinstance(page, BoardPage)
            qtbot.waitUntil(lambda page=page: page.board is not None)
            at = page.table.currentIndex().row()
            assert page.board is not None and page.board.rows[page.model.kept[at]].name == name


def test_part_of_a_name_is_no_room(province_desk: Desk) -> None:
    before, _ = command_groups(province_desk, "phu hoa")  # "phức tạp", "hoạt động" begin so
    assert not before


def test_overdue_tasks_are_shown_of_every_month(province_desk: Desk) -> None:
    """This month's tasks are not the ones that are late."""
    province_desk.search("nhiệm vụ quá hạn")[0].results[0].open()
    settle(province_desk.window)
    page = province_desk.window.page()
    assert isinstance(page, ListPage) and page.spec.name == "plan_task"
    assert page.state()["waiting"] == due.Waiting.LATE and page.state()["period"] == ""
