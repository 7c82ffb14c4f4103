"""The province's desk over real packages: nothing changes before Nhập, and then exactly what the plan said."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.province.conftest import opened, taken
from tests.ui.pages.typing_vietnamese import press
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, make_office, reopened
from tests.unit.services.report_checks.loop import accepted, sheet
from tests.unit.services.test_spreadsheets import sheets
from thidua_desktop.services import people, records, support
from thidua_desktop.services.documents.guide import page_help
from thidua_desktop.services.handoff import cards, incoming, outgoing
from thidua_desktop.services.handoff.inbox import Standing
from thidua_desktop.services.report_checks.sheet import set_checked
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import VIETNAM_TIME, Role
from thidua_desktop.ui.components.delegates import CellRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province import board_head
from thidua_desktop.ui.pages.province.board_model import FIRST_PERIOD
from thidua_desktop.ui.pages.province.board_page import BoardPage
from thidua_desktop.ui.pages.province.check_page import CheckPage
from thidua_desktop.ui.pages.province.inbox_page import CARDS, PACKAGES, PAPER, InboxPage
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage
from thidua_desktop.ui.pages.province.summary_page import SummaryPage, comparison
from thidua_desktop.ui.pages.report.place_board import PlaceDialog

DISPLAY = Qt.ItemDataRole.DisplayRole


def test_an_empty_folder_says_what_to_do(inbox: InboxPage, qtbot: QtBot, pair: TwoOffices) -> None:
    assert not inbox.plan.take_button.isEnabled()
    opened(qtbot, inbox, pair.folder)
    assert inbox._list.currentIndex() == 0
    assert "không có gói nào" in inbox.empty._text.text()


def test_a_leader_is_told_once_that_packages_are_taken_in_by_others(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    pair.send()
    leader = replace(pair.province, user=replace(pair.province.user, role=Role.LEADER))
    page = InboxPage(leader, look, desk)
    qtbot.addWidget(page)
    page.show()
    assert page.empty.accessibleName().startswith("Quyền của bạn chỉ xem") and not page.folder_button.isEnabled()
    page.open_folder(pair.folder)  # dropped on the window
    assert page._task is None and desk.messages[-1].startswith("Quyền của bạn chỉ xem")
    assert Role.LEADER in people.roles_of(pair.province)


def test_a_refused_package_has_a_bundle_for_support(
    inbox: InboxPage, qtbot: QtBot, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.send().path.write_bytes(b"x" * 400)
    opened(qtbot, inbox, pair.folder)
    assert not inbox.plan.support_button.isHidden()
    inbox.plan.support_button.click()
    assert all(line in inbox.support.contents.text() for line in support.CONTENTS)
    out = pair.folder / "ho-tro.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    inbox.support.go_button.click()
    all_done()
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("goi-bi-tu-choi.json"))["code"] == "TD-SYNC-001"


def test_the_plan_is_shown_before_anything_changes(inbox: InboxPage, qtbot: QtBot, pair: TwoOffices) -> None:
    pair.activity()
    pair.send()
    head = pair.province.file.changes.head()
    opened(qtbot, inbox, pair.folder)
    assert pair.province.file.changes.head() == head
    chosen = inbox.table.chosen()
    assert chosen is not None
    assert chosen.words == "Hợp lệ, 3 thay đổi"
    assert inbox.plan.notice.accessibleName().startswith("Hợp lệ, 3 thay đổi")
    names = [one for one in inbox.plan.findChildren(QLabel) if one.text() == "Sổ hoạt động phong trào"]
    assert names and all(one.wordWrap() for one in names)  # a register's name goes on below, and is never cut
    inbox.plan.take_button.click()
    taken(qtbot, inbox)
    assert pair.province.file.records.count("movement_activity") == 1
    assert inbox.plan.notice.accessibleName().startswith("Đã nhập")
    assert [package.standing for package in inbox.table.packages()] == [Standing.TAKEN]
    assert not inbox.plan.take_button.isEnabled()


def test_all_valid_packages_in_their_order(inbox: InboxPage, qtbot: QtBot, pair: TwoOffices) -> None:
    pair.activity()
    pair.send()
    pair.activity("An toàn cháy, nổ")
    pair.send()
    opened(qtbot, inbox, pair.folder)
    assert [package.standing for package in inbox.table.packages()] == [Standing.READY, Standing.GAP]
    assert [package.words for package in inbox.table.packages()][1] == "Hợp lệ, nối sau gói 1"
    assert inbox.plan.all_button.text() == "Nhập cả 2 gói hợp lệ"
    inbox.plan.all_button.click()
    taken(qtbot, inbox)
    assert inbox.plan.notice.accessibleName().startswith("Đã nhập 2 gói")
    assert pair.province.file.records.count("movement_activity") == 2
    numbers = sorted(entry.number for entry in incoming.received_packages(pair.province))
    assert numbers == [1, 2]
    assert all(not entry.details["missing"] for entry in incoming.received_packages(pair.province))


def test_a_damaged_package_says_so_and_cannot_be_taken(inbox: InboxPage, qtbot: QtBot, pair: TwoOffices) -> None:
    made = pair.send()
    made.path.write_bytes(made.path.read_bytes()[:-600])
    opened(qtbot, inbox, pair.folder)
    chosen = inbox.table.chosen()
    assert chosen is not None
    assert chosen.standing is Standing.REFUSED
    assert not inbox.plan.take_button.isEnabled()
    assert "chép lại" in inbox.plan.notice.accessibleName()


def test_reports_of_a_package_that_was_taken_in_are_checked_from_here(
    inbox: InboxPage, qtbot: QtBot, desk: Desk, pair: TwoOffices
) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.send()
    opened(qtbot, inbox, pair.folder)
    assert inbox.plan.check_button.isHidden()  # not here yet
    inbox.plan.take_button.click()
    taken(qtbot, inbox)
    assert not inbox.plan.check_button.isHidden()
    (report,) = inbox.plan.check_button.menu().actions()
    assert report.text() == "Kết quả phong trào, tháng 11/2026"
    report.trigger()
    (check,) = desk.pushed
    assert isinstance(check, CheckPage) and (check.report, check.period.code) == (REPORT, NOVEMBER.code)
    qtbot.addWidget(check)
    with qtbot.waitSignal(check.shown, timeout=10000):
        check.show()
    check.hide()
    all_done()


def test_many_deletions_wait_for_a_person(inbox: InboxPage, qtbot: QtBot, pair: TwoOffices) -> None:
    ids = [pair.activity(f"Buổi {number}") for number in range(incoming.DELETIONS_WITHOUT_ASKING + 1)]
    pair.take(pair.send())
    for one in ids:
        records.delete(pair.commune, "movement_activity", one, reason="ghi nhầm")
    pair.send()
    opened(qtbot, inbox, pair.folder)
    assert not inbox.plan.take_button.isEnabled()
    assert not inbox.plan.confirm_button.isHidden()
    inbox.plan.confirm_button.click()
    taken(qtbot, inbox)
    assert pair.province.file.records.count("movement_activity") == 0


def test_cards_of_communes_are_taken_in_here(inbox: InboxPage) -> None:
    inbox.views.chosen.emit(CARDS)
    assert inbox._stack.currentWidget().isAncestorOf(inbox.introduction)
    inbox.views.chosen.emit(PAPER)
    assert inbox._stack.currentWidget() is inbox.paper


def test_the_board_shows_who_has_sent_what(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    page = BoardPage(pair.province, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    model = page.model
    last = model.columnCount() - 1
    assert model.index(0, 0).data(DISPLAY) == pair.commune.file.identity.name
    assert model.index(0, 1).data(DISPLAY) == "1"
    assert model.index(0, last).data(DISPLAY) == "chờ kiểm tra"
    assert model.index(0, last).data(Qt.ItemDataRole.ToolTipRole) == "nhận ngày 16/11/2026, chờ kiểm tra"
    assert not model.index(0, last).data(CellRole.TINTED)
    assert [chip.value() for chip in page.filters] == [
        "Tất cả 1", "Trễ hạn 0", "Chưa gửi 0", "Chờ kiểm tra 1", "Đã trả lại 0", "Đã chấp nhận 0", "Có thay đổi 0",
    ]  # fmt: skip
    assert page.counts.text().startswith("Tháng 11/2026, hạn nộp ") and page.counts.text().endswith(": 1 chờ kiểm tra")
    page.filters[1].click()
    assert model.rowCount() == 0
    page.grab()  # the head paints three lines and a bar
    page.hide()
    all_done()


def test_a_commune_asked_for_stands_under_the_cursor_whatever_was_narrowed_before(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    page = BoardPage(pair.province, look, desk)
    qtbot.addWidget(page)
    page.open_with(("commune", pair.commune.file.identity.code))  # before it is read
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    assert page.board is not None
    assert page.board.rows[page.model.kept[page.table.currentIndex().row()]].name == pair.commune.file.identity.name
    page.narrow.field.setText("không có xã nào tên này")
    assert page.model.rowCount() == 0
    page.open_with(("commune", pair.commune.file.identity.code))
    assert page.narrow.field.text() == "" and page.model.rowCount() == 1 and page.table.currentIndex().isValid()
    page.hide()
    all_done()


def _large_board(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, width: int) -> BoardPage:
    """The board at 160 % of a province that has one report of its commune."""
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    look.set_text_scale(1.6)
    page = BoardPage(pair.province, look, desk)
    qtbot.addWidget(page)
    page.resize(width, 620)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    return page


def test_with_large_text_no_period_stands_half_under_the_names(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    page = _large_board(qtbot, look, desk, pair, 1034)
    table, names = page.table, page.pinned
    qtbot.waitUntil(names.isVisible)

    def begins() -> list[int]:
        places = range(FIRST_PERIOD, page.model.columnCount())
        return [table.columnViewportPosition(at) - names.width_of_column() for at in places]

    qtbot.waitUntil(lambda: any(0 <= left <= 3 for left in begins()))
    look.set_text_scale(1.0)
    page.hide()
    all_done()


def test_large_text_shows_the_newest_period_and_whose_row_it_is(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _large_board(qtbot, look, desk, pair, 980)
    table, last = page.table, page.model.columnCount() - 1

    def seen(column: int) -> bool:
        left = table.columnViewportPosition(column)
        covered = page.pinned.width_of_column() if page.pinned.isVisible() else 0
        return left >= covered and left + table.columnWidth(column) <= table.viewport().width()

    qtbot.waitUntil(lambda: seen(last))
    assert table.horizontalScrollBar().value() > 0 and page.pinned.isVisible()
    assert page.pinned.model() is page.model and page.pinned.rowHeight(0) == table.rowHeight(0)
    assert page.pinned.indexAt(page.pinned.viewport().rect().topLeft()) == page.model.index(0, 0)
    table.setFocus()
    for _ in range(last - 2):
        press(table, Qt.Key.Key_Left)
    assert table.currentIndex().column() == 2 and seen(2)
    table.setCurrentIndex(page.model.index(0, last))
    page.resize(880, 620)
    qtbot.waitUntil(lambda: seen(last))
    drawn: list[str] = []
    draw = board_head.draw_words
    monkeypatch.setattr(board_head, "draw_words", lambda p, words, *more: drawn.append(words) or draw(p, words, *more))
    page.pinned.horizontalHeader().grab()
    assert "Xếp: cần nhắc trước" in " ".join(reversed(drawn))
    look.set_text_scale(1.0)
    page.resize(1400, 620)
    qtbot.waitUntil(lambda: not page.pinned.isVisible())
    page.hide()
    all_done()


def test_a_report_is_returned_from_its_cell(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    page = BoardPage(pair.province, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    page.table.setCurrentIndex(page.model.index(0, 0))
    assert not page.return_button.isEnabled()
    page.table.setCurrentIndex(page.model.index(0, page.model.columnCount() - 1))
    assert page.return_button.isEnabled() and page.board is not None
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.return_report(page.board.rows[0], NOVEMBER, "Số hộ chưa khớp")
    assert page.model.index(0, page.model.columnCount() - 1).data(DISPLAY) == "trả lại 16/11"
    page.table.setCurrentIndex(page.model.index(0, page.model.columnCount() - 1))
    assert not page.return_button.isEnabled()
    page.hide()
    all_done()


def test_the_summary_compares_the_recount_with_the_report(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    pair.activity(attendance_total=40)
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    page = SummaryPage(pair.province, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    assert page.received.text() == "1/1 đơn vị đã gửi báo cáo"
    assert page.agreement.text() == "khớp với báo cáo đã chốt"
    assert page.accepted.text() == "0/1 đơn vị được chấp nhận" and page.checked.isHidden()
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    pair.activity("Ghi thêm", attendance_total=5, attendance_women=1)
    made = pair.send()
    with qtbot.waitSignal(page.shown, timeout=10000):
        pair.take(made)
    assert page.model.summary is not None
    rows = {row.indicator: row for row in page.model.summary.rows}
    assert comparison(rows["attendance_total"]).text == "lệch 1 đơn vị"
    assert comparison(rows["areas_total"]).text == "khớp"
    place = [row.indicator for row in page.model.summary.rows].index("attendance_total")
    assert page.model.index(place, 1).data(DISPLAY) == "45"
    assert page.model.index(place, 3).data(CellRole.INK) == "warn"
    page.hide()
    all_done()


def test_a_sum_of_some_records_is_marked_in_the_table_and_in_its_file(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    pair.activity(attendance_total=40, attendance_women=18)
    pair.activity("Buổi hai", attendance_total=30, attendance_women=None)
    pair.take(pair.send())
    page = SummaryPage(pair.province, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    assert page.model.summary is not None
    place = [row.indicator for row in page.model.summary.rows].index("attendance_women")
    cell = page.model.index(place, 3)
    assert (cell.data(DISPLAY), cell.data(Qt.ItemDataRole.ToolTipRole)) == ("18*", "mới ghi ở 1/2 bản ghi")
    assert str(page.model.index(place, 0).data(CellRole.CAPTION)).endswith("mới ghi ở 1/2 bản ghi")
    rows = page._shown_table()[0].rows
    assert rows[place][-1] == "18" and any(str(row[0]).endswith("mới ghi ở 1/2 bản ghi") for row in rows)
    page.hide()
    all_done()


def test_the_summary_says_what_is_accepted_and_what_checking_found(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    pair.activity(attendance_total=40)
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    set_checked(pair.province, sheet(pair), "attendance_total", 38)
    accepted(pair)
    page = SummaryPage(pair.province, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    assert page.accepted.text() == "1/1 đơn vị được chấp nhận"
    assert "Lượt người dự −2 (1 đơn vị)" in page.checked.text() and not page.checked.isHidden()
    assert page.model.summary is not None
    assert {row.indicator: row.total for row in page.model.summary.rows}["attendance_total"] == 40
    page.hide()
    all_done()


def test_the_chosen_figure_is_a_map_of_the_communes(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    pair.activity(attendance_total=40)
    pair.take(pair.send())
    page = SummaryPage(pair.province, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    assert page.map.view is not None and page.map.view.chart.title == "Khu dân cư"
    names = [row.indicator for row in page.model.summary.rows] if page.model.summary else []
    page.table.setCurrentIndex(page.model.index(names.index("attendance_total"), 0))
    qtbot.waitUntil(lambda: page.map.view is not None and bool(page.map.view.marks))
    assert page.map.view.marks[0][0].words.endswith(": 40 lượt")
    page.load()
    with qtbot.waitSignal(page.shown, timeout=10000):
        pass
    assert page.map.view.chart.title == "Lượt người dự"  # the row stays chosen
    page.arrange_places()
    (dialog,) = page.findChildren(PlaceDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.reject()


def test_board_and_summary_are_saved_for_excel(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, tmp_path: Path,
                                               monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.xlsx"), ""))
    heads = []
    for kind in (BoardPage, SummaryPage):
        page = kind(pair.province, look, desk)
        qtbot.addWidget(page)
        with qtbot.waitSignal(page.shown, timeout=15000):
            page.load()
        page.excel_button.click()
        all_done()
        book = sheets((tmp_path / "x.xlsx").read_bytes())
        lines, second = book.values()
        assert ("Chưa gửi" in book) == (kind is SummaryPage)
        if kind is SummaryPage:
            assert lines[1][0] == second[1][0] == "Số liệu của 0/1 xã, phường, đặc khu đã gửi báo cáo, 0 đã chấp nhận"
            assert second[3][1:] == ["Xã M’Drắk", "chưa có gói nào", ""]
        heads.append(lines[2][:3])
        assert len(lines) > 3 and "M’Drắk" in str(lines)
    assert heads[0][:2] == ["Đơn vị", "Gói"] and heads[1] == ["Chỉ tiêu", "Đơn vị tính", "Toàn tỉnh"]


def test_enter_opens_the_check_of_a_cell_that_is_here(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    page = BoardPage(pair.province, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    last = page.model.columnCount() - 1
    page.table.setCurrentIndex(page.model.index(0, last - 1))
    press(page.table, Qt.Key.Key_Return)
    assert "chưa gửi báo cáo" in desk.messages[-1] and desk.pushed == []
    press(page.table, Qt.Key.Key_Right)
    press(page.table, Qt.Key.Key_Return)
    (check,) = desk.pushed
    assert isinstance(check, CheckPage) and check.period.code == NOVEMBER.code and check.following == ()
    qtbot.addWidget(check)
    with qtbot.waitSignal(check.shown, timeout=10000):
        pass
    page.hide()
    all_done()


def test_a_commune_that_was_looked_for_is_checked_with_enter(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    page = BoardPage(pair.province, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    last = page.model.columnCount() - 1
    page.table.setCurrentIndex(page.model.index(0, last - 2))
    for typed in ("không có xã nào tên này", ""):  # as between two letters
        page.narrow.field.setText(typed)
    assert page.table.currentIndex().column() == last
    page.table.setCurrentIndex(page.model.index(0, 0))  # on the name
    press(page.table, Qt.Key.Key_Return)
    (check,) = desk.pushed
    assert isinstance(check, CheckPage) and check.period.code == NOVEMBER.code
    qtbot.addWidget(check)
    with qtbot.waitSignal(check.shown, timeout=10000):
        pass
    page.hide()
    all_done()


def test_late_communes_get_letters_with_numbers(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (0, True))
    later = reopened(pair.province, datetime(2027, 1, 20, 8, 0, tzinfo=VIETNAM_TIME))
    page = BoardPage(later, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    page._reminding.aboutToShow.emit()
    one, everyone = page._reminding.actions()
    assert one.text().startswith("Công văn cho ") and everyone.text() == "Mỗi đơn vị trễ hạn một công văn (1)"
    one.trigger()
    (letters,) = desk.pushed
    assert isinstance(letters, MadePaperPage)
    qtbot.addWidget(letters)
    qtbot.waitUntil(lambda: letters.pdf is not None, timeout=20000)
    letters.number_button.click()
    assert desk.messages[-1].startswith("Đã lấy số 01/UBND-")
    qtbot.waitUntil(lambda: letters.pdf is not None, timeout=20000)
    page.hide()
    all_done()
    later.close()


def test_a_package_without_a_card_leads_to_the_cards(
    inbox: InboxPage, qtbot: QtBot, pair: TwoOffices, tmp_path: Path
) -> None:
    stranger = make_office(tmp_path / "la.thidua", "24305")
    card = cards.own_card(pair.province)
    cards.accept_card(stranger, card, card.fingerprint)
    outgoing.make_package(stranger, pair.folder)
    cards.export_card(stranger, pair.folder)
    stranger.close()
    opened(qtbot, inbox, pair.folder)
    button = inbox.plan.card_button
    assert not button.isHidden() and not inbox.plan.take_button.isEnabled()
    button.click()
    assert inbox._stack.currentIndex() == CARDS and inbox.introduction.typed.isVisible()
    inbox.show_view(PACKAGES)
    pair.activity()
    pair.send()
    opened(qtbot, inbox, pair.folder)
    inbox.table.choose(next(one.path for one in inbox.table.packages() if one.can_be_taken))
    assert button.isHidden()


def test_without_communes_nothing_is_offered_to_compare(qtbot: QtBot, look: Look, desk: Desk, tmp_path: Path) -> None:
    alone = make_office(tmp_path / "mới.thidua", "66", province=True)
    page = SummaryPage(alone, look, desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.show()
    for button in (page.compare_button, page.matrix_button):
        assert not button.isEnabled() and button.toolTip() == "Chưa nhận thẻ xã nào"
    page.hide()
    all_done()
    alone.close()


def test_a_stick_chosen_beside_the_cards_shows_its_packages(
    inbox: InboxPage, qtbot: QtBot, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.activity()
    pair.send()
    inbox.show_view(CARDS)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(pair.folder))
    with qtbot.waitSignal(inbox.looked, timeout=20000):
        inbox._on_sticks([])
    assert inbox._stack.currentIndex() == inbox.views.current() == PACKAGES
    assert inbox.table.isVisible()
    qtbot.waitUntil(lambda: inbox._task is None, timeout=5000)


def test_help_speaks_of_the_part_that_is_shown(inbox: InboxPage) -> None:
    keys = []
    for view in range(4):
        inbox.show_view(view)
        keys.append(inbox.help_key())
    assert len(set(keys)) == 4 and all(page_help(key)[1] for key in keys[1:])
