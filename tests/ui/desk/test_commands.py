"""Ctrl+K beyond records: what people call a thing finds it, and choosing it leads there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from thidua_desktop.errors import error_table
from thidua_desktop.services import records
from thidua_desktop.services.documents.guide import how_tos
from thidua_desktop.services.search_words import search_words
from thidua_desktop.text import fold
from thidua_desktop.ui.desk import commands
from thidua_desktop.ui.desk import rooms as desk_rooms
from thidua_desktop.ui.desk.commands import SETTING_CARDS, command_groups, commands_of, leaves, said_openly
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.pages.admin.page import AdminPage
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.lists.paper_page import PaperPage
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage
from thidua_desktop.ui.pages.report.page import ReportPage
from thidua_desktop.ui.shell.page import Page
from thidua_desktop.ui.shell.rooms import SearchGroup, SearchResult
from thidua_desktop.ui.shell.search import SearchPopup


def _found(desk: Desk, text: str) -> dict[tuple[str, str], SearchResult]:
    return {(group.caption, one.title): one for group in desk.search(text) for one in group.results}


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("cỡ chữ", ("Thiết đặt", "Màu và cỡ chữ")),
        ("doi mat khau", ("Thiết đặt", "Người dùng, đổi mật khẩu")),
        ("quen mat khau", ("Thiết đặt", "Phiếu khôi phục")),
        ("gui nhan", ("Mở", "Gửi – nhận")),
        ("so hop dan", ("Mở", "Sổ họp dân, họp tổ tự quản")),
        ("ghi moi hoat dong", ("Ghi mới", "Hoạt động")),
        ("luot nguoi du", ("Chỉ tiêu", "Lượt người dự")),
        ("họp thôn", ("Mở", "Sổ họp dân, họp tổ tự quản")),
        ("mâu thuẫn", ("Ghi mới", "Vụ hòa giải")),
        ("tiếng kẻng", ("Mở", "Sổ mô hình phong trào")),
        ("nghiện", ("Mở", "Sổ quản lý, giáo dục tại cộng đồng")),
        ("tù về", ("Ghi mới", "Người được quản lý")),
        ("gói chỉ đạo", ("Mở", "Biên nhận, chỉ đạo của tỉnh")),
        ("biên nhận", ("Mở", "Gửi – nhận")),
        ("báo cáo tháng", ("Báo cáo", "Kết quả phong trào")),
        ("chốt kỳ", ("Mở", "Báo cáo")),
        ("an toàn về an ninh, trật tự", ("Chấm, công nhận", "Khu dân cư “An toàn về an ninh, trật tự”")),
        ("tiêu chí 19", ("Chấm, công nhận", "Xã nông thôn mới: nội dung an ninh, trật tự của tiêu chí 10")),
        ("xóa nhầm", ("Trợ giúp", "Hoàn tác việc vừa làm")),
        ("việc quá hạn", ("Mở", "Hôm nay")),
        ("trộm", ("Ghi mới", "Vụ việc")),
        ("nhân rộng", ("Mở", "Sổ điển hình tiên tiến")),
        ("nơi học theo", ("Mở", "Sổ điển hình tiên tiến")),
        ("chương trình mua bán người", ("Mở", "Sổ chương trình, kế hoạch")),
        ("tôn giáo", ("Ghi mới", "Hoạt động")),
        ("số liệu cải cách", ("Ghi mới", "Số liệu hồ sơ tháng")),
        ("kế hoạch dân vận", ("Mở", "Sổ chương trình, kế hoạch")),
        ("sao chep du phong", ("Thiết đặt", "Sao lưu")),
        ("doi to truong", ("Mở", "Tổ tự quản")),
        ("quen luu", ("Trợ giúp", "Chữ đang gõ dở, máy tắt đột ngột")),
        ("ban ghi trung", ("Mở", "Người ghi trùng")),
    ],
)
def test_what_people_call_it_finds_it(desk: Desk, typed: str, where: tuple[str, str]) -> None:
    assert where in _found(desk, typed)


def test_who_says_write_is_offered_a_form_before_records_that_hold_the_words(desk: Desk) -> None:
    values = {"held_on": desk.session.today, "kind": "propaganda", "title": "Ghi nhận việc đặc xá"}
    assert isinstance(records.save(desk.session, "movement_activity", values, reasons={"*": "thử"}), records.Saved)
    found = desk.search("ghi đặc xá")
    assert [group.caption for group in found][:2] == ["Ghi mới", "Sổ hoạt động phong trào"]
    assert found[0].results[0].title == "Người được quản lý"
    for typed in ("ghi to bao ve", "ghi tổ bảo vệ an ninh"):  # the festival of the whole people holds these words too
        assert desk.search(typed)[0].results[0].title.startswith("Tổ bảo vệ"), typed
    assert desk.search("nông thôn mới")[0].caption == "Chấm, công nhận"
    assert desk.search("nhận việc đặc xá")[0].caption == "Sổ hoạt động phong trào"


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("sửa nhiều dòng", ("Trợ giúp", "Sửa, xóa nhiều dòng một lúc")),
        ("xem lich su", ("Trợ giúp", "Lịch sử: ai ghi, ai sửa bản ghi")),
        ("ai sửa bản ghi này", ("Trợ giúp", "Lịch sử: ai ghi, ai sửa bản ghi")),
        ("in lại giấy", ("Trợ giúp", "In giấy, in lại giấy của một bản ghi")),
        ("hop chi bo", ("Trợ giúp", "Việc không có sổ riêng")),
        ("đổi cỡ chữ", ("Thiết đặt", "Màu và cỡ chữ")),
        ("máy in", ("Thiết đặt", "Máy in")),
        ("quên mật khẩu", ("Thiết đặt", "Phiếu khôi phục")),
        ("làm sao để chép sang excel", ("Trợ giúp", "Đưa danh sách ra Excel")),
        ("vì sao không lưu được", ("Trợ giúp", "Không lưu được, báo đỏ, cảnh báo vàng")),
        ("báo cáo sai số", ("Trợ giúp", "Ghi sai, báo cáo sai số")),
        ("hộ chuyển đi", ("Trợ giúp", "Hộ chuyển đi, người mất, thôi tham gia")),
        ("không thấy bản ghi", ("Trợ giúp", "Đổi kỳ, xem tháng trước, năm ngoái")),
        ("usb không nhận", ("Trợ giúp", "USB không nhận, gói bị từ chối, gửi lại")),
        ("mở sổ khác", ("Thiết đặt", "Khóa máy")),
        ("gui bao cao len tinh", ("Mở", "Gửi – nhận")),
        ("copy ra usb", ("Mở", "Gửi – nhận")),
        ("danh sach ho", ("Mở", "Hộ gia đình và người đại diện")),
        ("thay tổ trưởng", ("Mở", "Tổ tự quản")),
        ("xem tin báo lừa đảo", ("Mở", "Sổ tin báo, tố giác của Nhân dân")),
        ("so sanh cac thon", ("Mở", "Báo cáo")),
        ("bao cao 6 thang", ("Mở", "Báo cáo")),
        ("thêm thôn", ("Mở", "Khu dân cư")),
        ("khoi phuc", ("Thiết đặt", "Sao lưu")),
        ("nen toi", ("Thiết đặt", "Màu và cỡ chữ")),
        ("tuong phan cao", ("Thiết đặt", "Màu và cỡ chữ")),
        ("luoi o", ("Mở", "Báo cáo")),
        ("hoan tac nhap", ("Trợ giúp", "Nhập, dán từ Excel")),
        ("hoan tac nhap excel", ("Trợ giúp", "Nhập, dán từ Excel")),
        ("doi ngay", ("Trợ giúp", "Ghi sai, báo cáo sai số")),
        ("thay doi mat khau", ("Thiết đặt", "Người dùng, đổi mật khẩu")),
        ("làm sao để nhập danh sách hộ từ Excel", ("Nhập từ Excel", "Nhập vào hộ gia đình và người đại diện")),
    ],
)
def test_a_request_in_an_officers_own_words_leads_there_before_records(
    desk: Desk, typed: str, where: tuple[str, str]
) -> None:
    assert next(iter(_found(desk, typed))) == where


def test_a_record_that_is_not_called_so_says_where_the_words_stand(desk: Desk, qtbot: QtBot) -> None:
    values = {"held_on": desk.session.today, "kind": "propaganda", "title": "Nói chuyện", "result": "Bà Xíu nhắc rằng"}
    assert isinstance(records.save(desk.session, "movement_activity", values, reasons={"*": "thử"}), records.Saved)
    (named,) = desk.search("nói chuyện")[0].results
    assert named.why is None
    (found,) = next(group.results for group in desk.search("ba xiu") if group.caption == "Sổ hoạt động phong trào")
    assert found.title.startswith("Nói chuyện") and found.why is not None
    assert found.why() == "Kết quả, ý kiến: Bà Xíu nhắc rằng"
    popup = SearchPopup(desk.look, desk.window)
    popup.set_groups([SearchGroup("Sổ hoạt động phong trào", (found,))], lambda _chosen: None)
    popup.show()
    qtbot.waitUntil(lambda: popup.current_words().startswith(f"{found.title}, Kết quả, ý kiến: Bà Xíu"))
    popup.deleteLater()


def test_who_names_a_book_is_led_to_it_before_its_form(desk: Desk) -> None:
    for typed in ("sổ đề nghị khen thưởng", "so de nghi khen thuong"):
        assert desk.search(typed)[0].results[0].title == "Sổ đề nghị, quyết định khen thưởng", typed
    assert desk.search("đề nghị khen thưởng")[0].caption == "Ghi mới"


def test_what_has_no_page_of_its_own_is_told_beside_the_page_that_is_shown(desk: Desk) -> None:
    desk.window.open_room("movement_activity")
    _found(desk, "sửa hàng loạt")["Trợ giúp", "Sửa, xóa nhiều dòng một lúc"].open()
    panel = desk.window.help_panel
    assert panel.isVisible() and isinstance(desk.window.page(), ListPage)
    assert "Ctrl+A" in " ".join(one.text() for one in panel.findChildren(QLabel))
    panel.put_away()


def test_one_word_that_a_book_is_called_by_leads_there_before_records(desk: Desk) -> None:
    values = {"held_on": desk.session.today, "kind": "propaganda", "title": "Camera trên đường Camera"}
    assert isinstance(records.save(desk.session, "movement_activity", values, reasons={"*": "thử"}), records.Saved)
    captions = [group.caption for group in desk.search("camera")]
    assert captions.index("Mở") < captions.index("Sổ hoạt động phong trào")
    assert "Mở" not in [group.caption for group in command_groups(desk, "camer")[0]]  # half a word may be a name


def test_a_spreadsheet_is_asked_for_at_the_list_it_is_brought_into(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ListPage, "_ask_import", lambda page: asked.append(page.spec.name))
    _found(desk, "nhap excel ho")["Nhập từ Excel", "Nhập vào hộ gia đình và người đại diện"].open()
    page = desk.window.page()
    assert isinstance(page, ListPage)
    assert asked == [page.spec.name] == ["household"]


def test_words_typed_with_marks_mean_those_marks(desk: Desk) -> None:
    titles = [title for group, title in _found(desk, "dân vận") if group == "Mở"]
    assert titles == ["Sổ mô hình Dân vận khéo", "Sổ chương trình, kế hoạch"]
    assert ("Mở", "Sổ đăng ký văn bản đi") in _found(desk, "van ban")


def test_a_surname_typed_with_its_marks_is_no_word_of_a_command(desk: Desk) -> None:
    for typed, title in (("Đặng", "Sổ đăng ký văn bản đi"), ("Đỗ", "Sổ đội dân phòng")):
        named, others = command_groups(desk, typed)
        assert named == [] and title in [one.title for group in others for one in group.results]
    named, _ = command_groups(desk, "dang")
    assert "Sổ đăng ký văn bản đi" in [one.title for group in named for one in group.results]


def test_what_one_works_with_stands_before_hundreds_of_figures(desk: Desk) -> None:
    for typed in ("hòa giải", "hoa giai", "khen thưởng", "mô hình"):
        captions = [group.caption for group in desk.search(typed)]
        assert captions[0] in ("Mở", "Ghi mới") and captions[-1] == "Chỉ tiêu"


def test_a_title_said_whole_stands_before_longer_ones(desk: Desk) -> None:
    assert next(iter(_found(desk, "ghi mô hình"))) == ("Ghi mới", "Mô hình")
    assert ("Ghi mới", "Chỉ tiêu") in _found(desk, "ghi chỉ tiêu thi đua")
    assert next(iter(_found(desk, "chấm, công nhận"))) == ("Mở", "Chấm, công nhận")
    before, _after = command_groups(desk, "ghi văn bản đi")  # before records that hold these words
    assert [group.results[0].title for group in before] == ["Văn bản đi"]
    assert next(iter(_found(desk, "tổ bảo vệ an ninh"))) == ("Mở", "Sổ tổ bảo vệ an ninh, trật tự")
    group = desk.session.register("self_managed_group").title
    assert {next(iter(_found(desk, said))) for said in ("tổ tự quản", "sổ tổ tự quản")} == {("Mở", group)}
    assert next(iter(_found(desk, "hộ gia đình")))[0] == "Mở"  # the list before its "ghi mới"


def test_a_report_stands_before_records_that_only_hold_its_words(desk: Desk) -> None:
    first, others = command_groups(desk, "báo cáo tháng")
    assert ("Báo cáo", "Kết quả phong trào") in [(group.caption, one.title) for group in first for one in group.results]
    assert "Báo cáo" not in [group.caption for group in others]


def test_who_says_report_before_its_title_is_led_to_it_before_records(desk: Desk) -> None:
    for typed in ("bao cao ket qua phong trao", "báo cáo kết quả phong trào"):
        named, _ = command_groups(desk, typed)
        assert [one.title for group in named for one in group.results][:1] == ["Kết quả phong trào"]


def test_the_further_words_belong_to_what_there_is(desk: Desk) -> None:
    definitions = desk.session.definitions
    rooms = {room.key for room in desk.maker.rooms()} | set(definitions.registers) | {desk_rooms.STANDARDS}
    words = search_words()
    assert words.keys() == {"rooms", "reports", "assessments", "settings", "how"}
    assert words["how"].keys() == how_tos().keys()
    assert words["settings"].keys() == {part for part, *_ in SETTING_CARDS}
    assert words["rooms"].keys() <= rooms
    assert words["reports"].keys() <= definitions.reports.keys()
    assert words["assessments"].keys() <= definitions.assessments.keys()


def test_in_finds_the_print_button_of_the_page(desk: Desk) -> None:
    desk.window.open_room("movement_activity")
    settle(desk.window)
    assert ("Ở trang này", "In danh sách") in _found(desk, "in")
    desk.window.open_room("today")
    assert ("Ở trang này", "In danh sách") not in _found(desk, "in")


def test_every_room_and_report_is_found_by_its_name(desk: Desk) -> None:
    titles = {(command.group, command.title) for command in commands_of(desk)}
    for report in desk.session.definitions.reports.values():
        assert ("Báo cáo", report.title) in titles
    for spec in desk.session.definitions.registers.values():
        if desk.maker.has_room(spec):
            assert ("Mở", spec.title) in titles


def _called(desk: Desk) -> Iterator[tuple[str, str]]:
    """Every name of a room, as it stands at the left, over a book, at the head of a page; and what is to be found."""
    for room in leaves(desk.maker.rooms()):
        spec = desk.session.definitions.registers.get(room.key)
        if spec is not None:
            yield from ((name, spec.title) for name in (spec.title, spec.short) if name)
            continue
        desk.window.open_room(room.key)
        page = desk.window.page()
        assert isinstance(page, Page)
        yield from ((name, room.title) for name in (room.title, page.title()))


@pytest.mark.parametrize("which", ["desk", "province_desk"])
def test_the_whole_name_of_a_room_finds_that_room_first(which: str, request: pytest.FixtureRequest) -> None:
    desk: Desk = request.getfixturevalue(which)
    wrong = []
    names = dict.fromkeys(_called(desk))
    desk.window.open_room("admin")
    for name, title in names:
        for typed in (name, fold(name)):
            group = command_groups(desk, typed)[0][0]  # they stand before records
            wrong += (
                [(typed, group.results[0].title)] if (group.caption, group.results[0].title) != ("Mở", title) else []
            )
    settle(desk.window)
    assert len(names) > 50 and not wrong


@pytest.mark.parametrize("which", ["desk", "province_desk"])
def test_the_whole_name_of_anything_else_finds_it_first(which: str, request: pytest.FixtureRequest) -> None:
    """Reports, sheets, settings, help, parts of rooms: the first that is found is called so."""
    desk: Desk = request.getfixturevalue(which)
    rooms = {name for name, _ in _called(desk)}
    desk.window.open_room("admin")
    asked = [one for one in commands_of(desk) if one.group not in ("Chỉ tiêu", "Giấy tờ in", "Ghi mới")]
    wrong = []
    for command in (one for one in asked if one.title not in rooms):
        first = command_groups(desk, command.title)[0][0].results[0].title
        same = first.lower().removeprefix("sổ ") == command.title.lower().removeprefix("sổ ")
        wrong += [] if same else [(command.title, first)]
    assert len(asked) > 50 and not wrong


def test_where_all_words_name_nothing_what_all_but_one_name_is_offered_after_the_records(desk: Desk) -> None:
    found = desk.search("sua ngay sinh nguoi")
    assert found[-1].caption == commands.NEAR and "Sổ người tham gia phong trào" in [
        one.title for one in found[-1].results
    ]
    assert desk.search("abc xyz qwe") == []  # nothing is near to what names nothing
    assert commands.NEAR not in [group.caption for group in desk.search("doi mat khau")]  # named, so nothing is guessed


def test_a_further_letter_works_out_no_name_anew(desk: Desk) -> None:
    """Each letter typed asks every command; on the window's thread the words of all of them are folded once."""
    kept = (commands._folded, commands._keyed, commands._parts)
    for typed in ("h", "hó", "zz qq"):  # once each way: without marks, with them, several words that no title has
        command_groups(desk, typed)
    known = [one.cache_info().misses for one in kept]
    for typed in ("ho", "hoa", "hoa gi", "hòa"):
        command_groups(desk, typed)
    anew = [one.cache_info().misses - before for one, before in zip(kept, known, strict=True)]
    assert sum(known) > 1000 and sum(anew) < 10  # the typed words themselves


def test_a_setting_is_opened_at_its_card(qtbot: QtBot, desk: Desk) -> None:
    for part, *_ in SETTING_CARDS:
        desk.window.open_room("admin", part)
        page = desk.window.page()
        assert isinstance(page, AdminPage)
        assert hasattr(page, part)
    desk.window.open_room("admin", "look_card")
    card = page.look_card

    def in_card() -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and card.isAncestorOf(focused) and not focused.visibleRegion().isEmpty()

    qtbot.waitUntil(in_card)


@pytest.mark.parametrize("typed", ["TD-DATA-101", "td data 101", "data101", "lỗi TD-DATA-101", "ma loi data 101"])
def test_an_error_code_says_what_it_means(desk: Desk, typed: str) -> None:
    found = _found(desk, typed)
    assert list(found) == [("Mã lỗi", "TD-DATA-101")]
    row = error_table()["TD-DATA-101"]
    found["Mã lỗi", "TD-DATA-101"].open()
    told = desk.help_text("error:TD-DATA-101")
    assert told is not None and told.text == said_openly(f"{row.sentence} {row.remedy}") and "{" not in told.text
    assert desk.help_text("error:TD-NONE-999") is None
    several = _found(desk, "data 10")
    assert len(several) > 1 and all(title.startswith("TD-DATA-10") for _, title in several)


def test_a_report_found_is_the_report_opened(desk: Desk) -> None:
    report = list(desk.session.definitions.reports.values())[-1]
    _found(desk, report.title)["Báo cáo", report.title].open()
    page = desk.window.page()
    assert isinstance(page, ReportPage) and page.chips.spec.name == report.name
    settle(desk.window)


def test_the_guide_is_opened_from_the_search_and_from_the_help(desk: Desk) -> None:
    choose = _found(desk, "sổ tay")["Trợ giúp", "Sổ tay cán bộ"].open
    for opened in (choose, desk.window.help_panel.guide_button.click):
        desk.window.open_room("today")
        opened()
        settle(desk.window)
        page = desk.window.page()
        assert isinstance(page, MadePaperPage) and page.pdf is not None and page.pdf.startswith(b"%PDF")
        assert page.title() == "Sổ tay cán bộ" and page.print_button.isEnabled()
        desk.window.back()


def test_directives_are_looked_for_where_they_are_received(desk: Desk) -> None:
    for typed in ("chỉ đạo", "chi dao", "gói chỉ đạo"):
        assert desk.search(typed)[0].results[0].title == "Biên nhận, chỉ đạo của tỉnh", typed


def test_a_paper_called_by_its_name_is_made_of_the_chosen_rows(qtbot: QtBot, desk: Desk) -> None:
    paper = _found(desk, "danh sách khu dân cư")["Giấy tờ in", "Danh sách khu dân cư"]
    paper.open()
    settle(desk.window)
    page = desk.window.page()
    assert isinstance(page, ListPage) and page.spec.name == "residential_area"
    assert "chọn bản ghi" in " ".join(one.text() for one in desk.window.status_bar.findChildren(QAbstractButton))
    assert len(page.card.rows) > 1
    page.card.table.selectAll()
    paper.open()
    settle(desk.window)
    shown = desk.window.page()
    assert isinstance(shown, PaperPage) and shown.document == "area_list" and len(shown.ids) == len(page.card.rows)
