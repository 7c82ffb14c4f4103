"""Checking a report by keyboard alone: written cells stay, figures lead to records, deciding closes the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodQueryEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit, compose, press, type_keys
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from tests.unit.services.report_checks.loop import ATTENDANCE, accepted, code, returned, sheet
from thidua_desktop.services.handoff import answers
from thidua_desktop.services.report_checks.decisions import Standing, accept
from thidua_desktop.services.report_checks.sheet import set_checked
from thidua_desktop.services.reports import build as reports
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.indicator.page import IndicatorPage
from thidua_desktop.ui.pages.province.check_page import CheckPage
from thidua_desktop.ui.pages.province.check_table import CHECKED, COUNTED, DIFFERENCE, LABEL, MOVED, REMARK, REPORTED
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> Iterator[CheckPage]:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.activity("Ghi sau khi chốt", attendance_total=5, attendance_women=1)
    pair.take(pair.send())
    made = CheckPage(pair.province, look, desk, code(pair), REPORT, NOVEMBER, "Bảng theo dõi")
    qtbot.addWidget(made)
    made.resize(1140, 680)
    with qtbot.waitSignal(made.shown, timeout=10000):
        made.show()
    yield made
    made.hide()
    all_done()


def row_of(page: CheckPage, indicator: str) -> int:
    return next(
        row for row in range(page.model.rowCount()) if getattr(page.model.line(row), "indicator", "") == indicator
    )


def text(page: CheckPage, row: int, column: int) -> str:
    return str(page.model.index(row, column).data() or "")


def editor(page: CheckPage) -> QLineEdit:
    return page.table.viewport().findChildren(QLineEdit)[-1]  # one before it may wait to be deleted


def entered(page: CheckPage, qtbot: QtBot) -> None:
    """Enter in the editor, which Qt takes with the next turn of its loop."""
    press(editor(page), Key.Key_Return)
    qtbot.waitUntil(lambda: not page.table.editing())


def test_both_figures_stand_side_by_side(page: CheckPage, pair: TwoOffices) -> None:
    row = row_of(page, ATTENDANCE)
    assert text(page, row, COUNTED) == "+5   45" and text(page, row, CHECKED) == ""
    assert page.filters[1].value() == f"Đếm lại khác {len(sheet(pair).miscounted)}"
    assert page.state.text() == "chờ kiểm tra" and page.head.title().endswith("tháng 11/2026")
    page.filters[1].click()
    assert page.model.rowCount() == len(sheet(pair).miscounted) < len(sheet(pair).lines)


def test_digits_go_to_the_checked_value_and_enter_goes_down(page: CheckPage, qtbot: QtBot, pair: TwoOffices) -> None:
    row = row_of(page, ATTENDANCE)
    page.table.go_to(row, LABEL)
    page.table.setFocus()
    press(page.table, Key.Key_3, "3")
    type_keys(editor(page), "8")
    entered(page, qtbot)
    assert (text(page, row, CHECKED), text(page, row, DIFFERENCE)) == ("38", "−2")
    assert sheet(pair).line(ATTENDANCE).checked == 38  # kept at once
    at = page.table.currentIndex()
    assert (at.row(), at.column()) == (row + 1, CHECKED)
    page.table.go_to(row, CHECKED)
    press(page.table, Key.Key_Delete)
    assert sheet(pair).line(ATTENDANCE).checked is None


def test_tab_leads_to_the_remark_which_an_input_method_writes(page: CheckPage, qtbot: QtBot, pair: TwoOffices) -> None:
    row = row_of(page, ATTENDANCE)
    page.table.go_to(row, CHECKED)
    page.table.setFocus()
    press(page.table, Key.Key_Return)
    type_keys(editor(page), "38")
    press(editor(page), Key.Key_Tab)
    assert page.table.currentIndex().column() == REMARK
    press(page.table, Key.Key_Return)
    commit(editor(page), "Hai phiếu trùng")
    entered(page, qtbot)
    line = sheet(pair).line(ATTENDANCE)
    assert (line.checked, line.remark) == (38, "Hai phiếu trùng")
    assert page.filters[2].value() == "Đã ghi 1"


@pytest.mark.parametrize("column", [LABEL, CHECKED, DIFFERENCE])
def test_an_input_method_begins_a_remark_where_the_cursor_stands(
    page: CheckPage, qtbot: QtBot, pair: TwoOffices, column: int
) -> None:
    page.table.setFocus()
    page.table.go_to(row_of(page, ATTENDANCE), column)
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(page.table, query)
    assert query.value(Qt.InputMethodQuery.ImEnabled)  # or the first letter is a key, and the word begun without it
    compose(page.table, "N")
    commit(editor(page), "Nêu rõ")
    entered(page, qtbot)
    assert sheet(pair).line(ATTENDANCE).remark == "Nêu rõ"


def test_what_is_no_number_is_told_and_not_kept(page: CheckPage, qtbot: QtBot, pair: TwoOffices) -> None:
    row = row_of(page, ATTENDANCE)
    page.table.go_to(row, CHECKED)
    press(page.table, Key.Key_Return)
    type_keys(editor(page), "ba")
    entered(page, qtbot)
    assert "“ba” không phải là số liệu" in page.model.problem and not page.problem.isHidden()
    assert page.table.currentIndex().row() == row and sheet(pair).line(ATTENDANCE).checked is None
    page.model.setData(page.model.index(row, CHECKED), "39")
    assert page.problem.isHidden() and sheet(pair).line(ATTENDANCE).checked == 39


def test_a_figure_leads_to_the_communes_records(page: CheckPage, qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(page.records_shown, timeout=10000):
        page.table.go_to(row_of(page, ATTENDANCE), LABEL)
    assert [row.value for row in page.records.found().rows] == [40, 5]
    press(page.table, Key.Key_Return)
    press(page.records.table, Key.Key_Down)
    press(page.records.table, Key.Key_Return)
    assert desk.rooms[-1][0] == "movement_activity"


def test_accepting_locks_the_sheet(page: CheckPage, qtbot: QtBot, pair: TwoOffices, desk: Desk) -> None:
    commit(page.remark, "Gửi đúng hạn")
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.accept_button.click()
    found = sheet(pair)
    assert found.standing.standing is Standing.ACCEPTED and found.remark == "Gửi đúng hạn"
    assert page.accept_button.isHidden() and not page.reopen_button.isHidden() and page.remark.isReadOnly()
    assert page.slip_button.isHidden()  # nothing was returned
    row = row_of(page, ATTENDANCE)
    page.table.go_to(row, CHECKED)
    press(page.table, Key.Key_3, "3")
    assert page.table.viewport().findChild(QLineEdit) is None and "Đã chấp nhận" in desk.messages[-1]


def test_keys_accept_and_go_on_to_the_next_commune(page: CheckPage, qtbot: QtBot, pair: TwoOffices, desk: Desk) -> None:
    page.following = (("24305", "Phường Buôn Hồ"),)
    assert page.next_button.isHidden()
    with qtbot.waitSignal(page.shown, timeout=10000):
        qtbot.keyClick(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sheet(pair).standing.standing is Standing.ACCEPTED
    assert page.next_button.text() == "Tiếp: Phường Buôn Hồ" and not page.next_button.isHidden()
    page.following = ((code(pair), "Xã M’Drắk"), ("24305", "Phường Buôn Hồ"))
    page.show_next()
    after = desk.pushed[-1]
    assert isinstance(after, CheckPage) and after.following == (("24305", "Phường Buôn Hồ"),) and desk.backs == 1
    qtbot.addWidget(after)
    all_done()


def test_a_figure_leads_to_its_charts(page: CheckPage, qtbot: QtBot, desk: Desk, pair: TwoOffices) -> None:
    with qtbot.waitSignal(page.records_shown, timeout=10000):
        page.table.go_to(row_of(page, "activities_total"), CHECKED)
    page.records.open_pictures.click()
    (pictures,) = desk.pushed
    assert isinstance(pictures, IndicatorPage) and (pictures.name, pictures.place) == ("activities_total", code(pair))
    qtbot.addWidget(pictures)
    qtbot.waitUntil(lambda: pictures.view is not None, timeout=20000)


def test_opening_again_asks_for_the_reason_and_insists(page: CheckPage, qtbot: QtBot, pair: TwoOffices) -> None:
    with qtbot.waitSignal(page.shown, timeout=10000):
        accepted(pair)
    page.reopen_button.click()
    page.dialog.go_button.click()
    assert page.dialog.isVisible() and not page.dialog.refusal.isHidden()  # no reason, nothing done
    commit(page.dialog.reason, "Xã bổ sung danh sách")
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.dialog.go_button.click()
    assert page.state.text().endswith("mở lại vì: Xã bổ sung danh sách")


def test_returning_offers_the_slip(page: CheckPage, qtbot: QtBot, desk: Desk) -> None:
    page.return_button.setFocus()
    page.return_button.click()
    commit(page.dialog.reason, "Số hộ chưa khớp")
    with qtbot.waitSignal(page.shown, timeout=10000):
        page.dialog.go_button.click()
    assert page.focusWidget() is page.table  # a second Enter accepts nothing
    assert "trả lại" in page.state.text() and page.accept_button.text() == "Vẫn chấp nhận"
    page.slip_button.click()
    made = desk.pushed[-1]
    assert isinstance(made, MadePaperPage)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.pdf is not None, timeout=20000)


def _reported_again(page: CheckPage, qtbot: QtBot, pair: TwoOffices) -> None:
    """The commune closes anew after the return, and its package is taken in."""
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    reports.close(pair.commune, REPORT, NOVEMBER)
    with qtbot.waitSignal(page.shown, timeout=10000):
        pair.take(pair.send())
        page.refresh()


def test_a_closing_after_a_return_shows_what_moved(page: CheckPage, qtbot: QtBot, pair: TwoOffices) -> None:
    """Reported again with 45 instead of 40: how much, filtered, and why the one before went back."""
    assert page.filters[MOVED].isHidden()
    returned(pair, "Số người dự chưa khớp")
    _reported_again(page, qtbot, pair)
    assert text(page, row_of(page, ATTENDANCE), REPORTED) == "+5   45"
    assert page.about.text().endswith("lần trước trả lại ngày 16/11/2026: Số người dự chưa khớp")
    moved = len(sheet(pair).moved)
    assert not page.filters[MOVED].isHidden() and page.filters[MOVED].value() == f"So lần trước {moved}"
    page.filters[MOVED].click()
    assert page.model.rowCount() == moved > 0


def test_what_was_asked_is_found_again_though_it_did_not_move(page: CheckPage, qtbot: QtBot, pair: TwoOffices) -> None:
    set_checked(pair.province, sheet(pair), "areas_total", 99)
    returned(pair, "Số khu dân cư chưa khớp")
    _reported_again(page, qtbot, pair)
    line = sheet(pair).line("areas_total")
    assert not line.moved and line.said_of_it == "Lần trước phiếu kiểm tra ghi: 99."
    page.filters[MOVED].click()
    page.table.go_to(row_of(page, "areas_total"))
    qtbot.waitUntil(lambda: page.records.beside.text() == line.said_of_it, timeout=10000)


def test_what_comes_after_the_acceptance_is_told(page: CheckPage, qtbot: QtBot, pair: TwoOffices) -> None:
    accept(pair.province, code(pair), REPORT, NOVEMBER)
    pair.activity("Bổ sung", date(2026, 11, 10), attendance_total=7, attendance_women=1)
    made = pair.send()
    with qtbot.waitSignal(page.shown, timeout=10000):
        pair.take(made)
    qtbot.waitUntil(lambda: not page.notice.isHidden(), timeout=10000)
    assert "Lượt người dự từ 45 thành 52" in page.notice.accessibleName()


def test_the_communes_paper_and_the_sheet_are_looked_at_and_kept(
    page: CheckPage, qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for press_button, ending in ((page.report_button, "pdf"), (page.print_button, "docx"), (page.print_button, "xlsx")):
        press_button.click()
        made = desk.pushed[-1]
        assert isinstance(made, MadePaperPage)
        qtbot.addWidget(made)
        qtbot.waitUntil(lambda made=made: made.pdf is not None, timeout=20000)
        target = tmp_path / f"giay.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=target: (str(to), ""))
        made.save_button.click()
        qtbot.waitUntil(target.exists, timeout=20000)
    assert QApplication.activeModalWidget() is None
    assert answers.waiting_for_receipt(page.session) == [page.office]
