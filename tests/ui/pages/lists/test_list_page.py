"""The list page: shows, sorts, filters, totals, copies, deletes with undo; reads only what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.full_disk import full_disk
from tests.ui.in_front import in_front
from tests.ui.pages.typing_vietnamese import compose
from tests.ui.working import all_done
from thidua_desktop.services import lists, records
from thidua_desktop.services.session import PERMISSIONS, Role, Session
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.lists.list_columns import STATES, is_state
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.lists.paper_page import PaperPage
from thidua_desktop.ui.pages.lists.record_content import RecordContent
from thidua_desktop.ui.shell.page import LayoutClass

MakeList = Callable[..., ListPage]


@pytest.fixture
def open_list(qtbot: QtBot, session: Session, look: Look, desk: Any) -> Iterator[MakeList]:
    def make(register: str = "movement_activity") -> ListPage:
        page = in_front(qtbot, ListPage(session, look, desk, register))
        QApplication.processEvents()
        return page

    yield make


def column(page: ListPage, name: str) -> list[str]:
    place = [c.name for c in page.card.rows.columns].index(name)
    return [page.card.rows.row(row).cells[place] for row in range(len(page.card.rows))]


def place_of(page: ListPage, name: str) -> int:
    return [c.name for c in page.card.rows.columns].index(name)


def test_opens_on_this_period_newest_first(open_list: MakeList, activities: list[str]) -> None:
    page = open_list()
    days = column(page, "held_on")
    assert days[0] == "09/11/2026"
    assert len(days) == 9 + 15  # the decree's month begins on 15/10
    assert page.filters.chips[0].value() == "Tháng 11/2026: 15/10 – 14/11"
    assert page.card.table.horizontalHeader().sortIndicatorSection() == 0


def test_on_the_first_day_of_a_period_one_key_shows_the_one_before(open_list: MakeList, activities: list[str]) -> None:
    page = open_list()
    page.filters.set_period_code("2026-12")  # begins on 15/11
    assert len(page.card.rows) == 0
    assert "Tháng 11/2026: 15/10 – 14/11 có 24 hoạt động" in page.card.empty.accessibleName()
    page.focus_first()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert len(page.card.rows) == 24 and page.card.table.hasFocus()
    page.filters.field.setText("không có chữ này")
    page.reload()
    assert page.reader.earlier is None  # it is the words that leave nothing


def test_del_asks_why_and_the_next_row_is_current_afterwards(
    open_list: MakeList, activities: list[str], session: Session, qtbot: QtBot
) -> None:
    page = open_list()
    page.card.select(4)
    gone, following = page.card.current_id(), page.card.rows.row(5).id
    qtbot.waitUntil(lambda: page.pane.record is not None and page.pane.record.id == gone)
    QTest.keyClick(page.card.table, Qt.Key.Key_Delete)
    assert page.pane.reason.hasFocus()
    page.pane.reason.setText("ghi nhầm")
    QTest.keyClick(page.pane.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.card.current_id() == following)
    assert page.card.table.hasFocus()
    found = records.find(session, "movement_activity", gone)
    assert found is not None and found.deleted


def test_what_was_just_saved_is_current_or_said_to_be_hidden(
    open_list: MakeList, activities: list[str], session: Session, desk: Any, qtbot: QtBot
) -> None:
    page = open_list()
    page.hide()  # under the form
    values = dict(records.get(session, "movement_activity", activities[0]).values)
    saved = records.save(session, "movement_activity", {**values, "title": "Ra quân"}, reasons={"*": "hai buổi"})
    assert isinstance(saved, records.Saved)
    page.show()
    qtbot.waitUntil(lambda: page.card.current_id() == saved.record.id)
    page.hide()
    earlier = {**values, "held_on": date(2026, 9, 3)}
    assert isinstance(records.save(session, "movement_activity", earlier, reasons={"*": "ghi bù"}), records.Saved)
    page.show()
    qtbot.waitUntil(lambda: any("giấu bản ghi ấy" in words for words in desk.messages))
    assert page.card.current_id() == saved.record.id


def test_totals_are_over_all_filtered_rows(open_list: MakeList, activities: list[str], qtbot: QtBot) -> None:
    page = open_list()
    total = place_of(page, "attendance_total")
    everything = sum(int(cell) for cell in column(page, "attendance_total"))
    qtbot.waitUntil(lambda: page.card.totals.text(total) == str(everything))
    assert page.card.totals.text(0) == "24 hoạt động"
    page.filters.set_condition("kind", "patrol")
    narrowed = sum(int(cell) for cell in column(page, "attendance_total"))
    assert 0 < narrowed < everything
    qtbot.waitUntil(lambda: page.card.totals.text(total) == str(narrowed))


def test_a_click_on_a_head_sorts_in_sql_and_a_second_one_turns_it(open_list: MakeList, activities: list[str]) -> None:
    page = open_list()
    section = place_of(page, "attendance_total")
    page.card.table.horizontalHeader().sectionClicked.emit(section)
    numbers = [int(cell) for cell in column(page, "attendance_total")]
    assert numbers == sorted(numbers, reverse=True)
    page.card.table.horizontalHeader().sectionClicked.emit(section)
    numbers = [int(cell) for cell in column(page, "attendance_total")]
    assert numbers == sorted(numbers)
    assert page.query.sort == (lists.SortKey("attendance_total", False),)


def test_typing_in_the_table_filters_without_diacritics(
    open_list: MakeList, activities: list[str], qtbot: QtBot
) -> None:
    page = open_list()
    for letter in "dot 7":
        qtbot.keyClick(QApplication.focusWidget(), letter)
    assert page.filters.field.text() == "dot 7"
    qtbot.waitUntil(lambda: len(page.card.rows) == 1)
    assert column(page, "title") == ["Tuyên truyền phòng cháy, đợt 7"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backspace)  # the keys stay where one types: UniKey takes back
    qtbot.keyClick(QApplication.focusWidget(), "x")
    qtbot.waitUntil(lambda: not len(page.card.rows))
    assert page.filters.field.hasFocus() and page.filters.field.text() == "dot x"
    assert page.escape()
    qtbot.waitUntil(lambda: len(page.card.rows) == 24)


def test_ctrl_f_goes_to_the_filter_and_what_is_typed_replaces_it(
    open_list: MakeList, activities: list[str], qtbot: QtBot
) -> None:
    page = open_list()
    page.filters.field.setText("tuan tra")
    page.card.table.setFocus()
    qtbot.keyClick(page.card.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is page.filters.field and page.filters.field.selectedText() == "tuan tra"
    qtbot.keyClicks(page.filters.field, "hoi")
    assert page.filters.field.text() == "hoi"


def test_the_list_waits_while_an_input_method_composes(
    open_list: MakeList, activities: list[str], qtbot: QtBot
) -> None:
    page = open_list()
    page.filters.field.setFocus()
    page.filters.field.setText("phòng")
    compose(page.filters.field, "ch")
    page.filters._on_pause()
    assert page.query.text == ""


def test_chips_narrow_and_are_taken_away(open_list: MakeList, activities: list[str], areas: dict[str, str]) -> None:
    page = open_list()
    page.open_with({"residential_area": areas["tan lap"], "period": ""})
    assert set(column(page, "residential_area")) == {"Thôn Tân Lập"}
    assert len(page.card.rows) == 15
    chip = page.filters._chip_of["residential_area"]
    assert chip.value() == "Thôn Tân Lập"
    chip.removed.emit()
    assert len(page.card.rows) == 30


def test_an_empty_list_says_what_to_do(open_list: MakeList, desk: Any) -> None:
    page = open_list("organization")
    assert page.card.stack.currentIndex() == 1
    assert "Ctrl+N" in page.card.empty.accessibleName()
    assert not page.pane.isVisible()
    page.card.new_asked.emit()
    assert isinstance(desk.pushed[0], EntryPage)


def test_an_empty_register_offers_the_spreadsheet_that_an_office_has_already(
    qtbot: QtBot, open_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ListPage, "_ask_import", lambda page: asked.append(page.spec.name))
    page = open_list("organization")
    assert page.card._import.isVisible()
    page.card._import.click()
    assert asked == ["organization"]
    page.filters.field.setText("không đâu có")
    qtbot.waitUntil(page.card._import.isHidden)


@pytest.fixture
def large_text(look: Look) -> Iterator[None]:
    look.set_text_scale(1.6)
    yield
    look.set_text_scale(1.0)


@pytest.mark.usefixtures("large_text")
def test_a_list_is_no_wider_than_a_small_window_with_large_text(open_list: MakeList) -> None:
    for register in ("movement_activity", "organization"):
        page = open_list(register)
        assert page.minimumSizeHint().width() <= 1000  # of 1280 less the sidebar


@pytest.mark.usefixtures("large_text")
def test_what_an_empty_list_offers_leaves_a_small_window_its_width(open_list: MakeList, activities: list[str]) -> None:
    page = open_list()
    page.filters.set_period_code("2026-12")
    QApplication.processEvents()
    assert all(one.isVisible() for one in (page.card._earlier, page.card._all_time, page.card._new))
    buttons = [page.card._earlier, page.card._all_time, page.card._new]
    assert page.card.empty.minimumSizeHint().width() < sum(one.width() for one in buttons)
    page.resize(800, 600)
    QApplication.processEvents()
    lines = {one.mapTo(page, one.rect().topLeft()).y() for one in buttons}
    assert len(lines) > 1


@pytest.mark.usefixtures("large_text")
def test_large_text_leaves_the_name_of_the_period_whole(open_list: MakeList) -> None:
    page = open_list()
    chip = page.filters.chips[0]
    page.resize(1500, 600)
    QApplication.processEvents()
    assert chip.words() == "Tháng 11/2026: 15/10 – 14/11"
    page.resize(947, 600)  # of 1280, less the sidebar
    QApplication.processEvents()
    assert chip.words() == "Tháng 11/2026" and chip.width() >= chip.minimumSizeHint().width()


def test_an_empty_register_offers_no_other_time(open_list: MakeList) -> None:
    page = open_list()  # of this period, of which there may be another
    assert "Sổ chưa có hoạt động nào" in page.card.empty.accessibleName()
    assert page.card._all_time.isHidden()


def test_the_pane_shows_the_record_and_its_history(
    open_list: MakeList, session: Session, activities: list[str], qtbot: QtBot
) -> None:
    newest = activities[8]
    values = dict(records.get(session, "movement_activity", newest).values)
    records.save(session, "movement_activity", {**values, "attendance_total": 41}, record_id=newest)
    page = open_list()
    qtbot.waitUntil(lambda: page.pane.record is not None)
    assert page.pane.record.id == newest
    assert page.pane.tabs.tabText(1) == "Lịch sử 2"
    page.pane.undo_asked.emit()
    all_done()
    assert records.get(session, "movement_activity", newest).values["attendance_total"] == 28


def test_deleting_needs_a_reason_and_can_be_undone(
    open_list: MakeList, session: Session, activities: list[str], qtbot: QtBot
) -> None:
    page = open_list()
    qtbot.waitUntil(lambda: page.pane.record is not None)
    page.pane.delete_button.click()
    page.pane.confirm_button.click()
    page.pane.reason.setText("x")
    page.pane.confirm_button.click()
    assert len(page.card.rows) == 24 and not page.pane._says_nothing.isHidden()
    page.pane.reason.setText("ghi trùng")
    page.pane.confirm_button.click()
    qtbot.waitUntil(lambda: len(page.card.rows) == 23)
    assert records.history(session, "movement_activity", activities[8])[0].reason == "ghi trùng"
    page.undo()
    all_done()
    qtbot.waitUntil(lambda: len(page.card.rows) == 24)


def test_copied_rows_paste_into_excel(open_list: MakeList, activities: list[str], qtbot: QtBot) -> None:
    page = open_list()
    page.card.table.selectAll()
    qtbot.keyClick(page.card.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    lines = mime.text().split("\n")
    assert len(lines) == 25
    assert lines[1].split("\t")[0] == "09/11/2026"
    assert "<td x:num=" in mime.html()


def test_enter_opens_and_ctrl_d_copies(open_list: MakeList, activities: list[str], desk: Any, qtbot: QtBot) -> None:
    page = open_list()
    qtbot.keyClick(page.card.table, Qt.Key.Key_Return)
    assert desk.pushed[0].record_id == activities[8]
    qtbot.keyClick(page.card.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert desk.pushed[1].record_id is None
    assert desk.pushed[1].form.inputs["title"].value() == "Tuyên truyền phòng cháy, đợt 8"


def test_a_write_elsewhere_shows_and_the_place_stays(
    open_list: MakeList, activities: list[str], add: Callable[..., str], qtbot: QtBot
) -> None:
    page = open_list()
    page.show_record(activities[3])
    add("movement_activity", held_on=date(2026, 11, 9), kind="patrol", title="Tuần tra mới")
    qtbot.waitUntil(lambda: len(page.card.rows) == 25)
    assert page.card.current_id() == activities[3]


def test_a_record_outside_the_period_is_still_found(open_list: MakeList, activities: list[str]) -> None:
    page = open_list()
    page.open_with(activities[10])  # 10 October, before the period
    assert page.card.current_id() == activities[10]


def test_states_are_icon_and_word(open_list: MakeList, add: Callable[..., str], areas: dict[str, str]) -> None:
    add("resident_meeting", held_on=date(2026, 11, 8), residential_area=areas["tan lap"], kind="regular",
        households_total=48, status="signed")  # fmt: skip
    page = open_list("resident_meeting")
    place = place_of(page, "status")
    shown = page.card.model.shown.states[place][page.card.rows.row(0).cells[place]]
    assert (shown.state, shown.text) == (State.FILED, "Đủ biên bản")


def test_every_state_of_every_register_has_a_look_of_its_own(session: Session) -> None:
    fields = [field for spec in session.definitions.registers.values() for field in spec.fields if is_state(field)]
    codes = {item.code for field in fields for item in session.definitions.catalogs[field.catalog].items}
    assert len(fields) >= 4 and codes == set(STATES)


def test_a_long_list_reads_only_the_windows_in_view(
    open_list: MakeList, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ((None, {"held_on": date(2026, 11, 1), "kind": "patrol", "title": f"Đợt {n}"}) for n in range(3_000))
    session.file.records.save_many("movement_activity", rows, actor="thử", now=session.now())
    page = open_list()
    page.card.table.viewport().repaint()
    QTest.qWait(200)  # timers of the opened page (columns, pane, totals) look at its first rows
    read: list[int] = []
    inner = lists.RecordList._window
    monkeypatch.setattr(lists.RecordList, "_window", lambda self, n: read.append(n) or inner(self, n))
    page.card.table.scrollToBottom()
    QApplication.processEvents()
    page.card.table.viewport().repaint()
    last = 3_000 // lists.WINDOW_ROWS - 1
    assert {last} <= set(read) <= {last - 1, last}


@pytest.mark.parametrize("width", [1158, 1072, 860])
def test_the_page_needs_no_more_width_than_there_is(open_list: MakeList, activities: list[str], width: int) -> None:
    page = open_list()
    page.filters.set_condition("kind", "patrol")
    page.resize(width, 620)
    page.set_layout_class(LayoutClass.COMPACT if width == 860 else LayoutClass.MEDIUM)
    QApplication.processEvents()
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= width
    assert page.card.table.horizontalScrollBar().maximum() == 0
    assert page.card.column_shown(place_of(page, "title"))


@pytest.mark.parametrize("width", [1158, 1072])
def test_how_a_record_came_out_is_seen_before_what_it_is_about_has_all_its_room(
    open_list: MakeList, session: Session, areas: dict[str, str], width: int
) -> None:
    long = "Có người mời gọi đi lao động nước ngoài lương cao, không cần giấy tờ"
    told = {"received_on": date(2026, 11, 9), "residential_area": next(iter(areas.values())), "way": "zalo"}
    found = {"value": "valuable", "checked_on": date(2026, 11, 9), "result": "wanted_found"}
    topic = session.definitions.catalogs[session.definitions.registers["tip"].field("topics").catalog].items[0].code
    tip: dict[str, Any] = {**told, **found, "topics": (topic,), "content": long}
    saved = records.save(session, "tip", tip, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    page = open_list("tip")
    page.resize(width, 620)
    QApplication.processEvents()
    QApplication.processEvents()
    assert page.card.column_shown(place_of(page, "result")) and not page.card.column_shown(place_of(page, "way"))
    assert page.card.table.horizontalScrollBar().maximum() == 0


def test_excel_goes_out_and_comes_in_again(
    open_list: MakeList, session: Session, activities: list[str], tmp_path: Path, desk: Any, qtbot: QtBot
) -> None:
    page = open_list()
    page.export_to(tmp_path / "so.xlsx")
    qtbot.waitUntil(lambda: bool(desk.messages), timeout=20_000)
    assert desk.messages[-1] == "Đã xuất 24 bản ghi ra so.xlsx."
    dialog = page.import_from(tmp_path / "so.xlsx")
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=20_000)
    assert dialog.plan is not None and dialog.plan.unchanged == 24
    assert not dialog.record_button.isVisible()
    dialog.close()


def test_every_register_has_a_list(open_list: MakeList, session: Session) -> None:
    for register in session.definitions.registers:
        page = open_list(register)
        assert page.card.model.columnCount() == len(page.spec.list.columns)
        assert page.title() == page.spec.title


def test_who_may_only_look_is_told_and_offered_nothing(
    open_list: MakeList, session: Session, activities: list[str], desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = replace(session.user, role=Role.LEADER)
    monkeypatch.setattr(Session, "may", lambda self, what: what in PERMISSIONS[leader.role])
    page = open_list()
    assert page.new_record()
    page.copy_current()
    assert not desk.pushed
    assert "chỉ xem" in desk.messages[-1]
    assert not page.pane.delete_button.isEnabled()


def test_the_list_is_printed_without_the_columns_that_were_hidden(
    open_list: MakeList, activities: list[str], desk: Any, qtbot: QtBot
) -> None:
    page = open_list()
    printed = []
    for hidden in (False, True):
        page.card.set_column_shown(place_of(page, "kind"), not hidden)
        page.print_list()
        shown = desk.pushed[-1]  # looked at before it is printed
        qtbot.waitUntil(lambda shown=shown: shown.pdf is not None, timeout=20_000)
        printed.append(pypdfium2.PdfDocument(shown.pdf).get_page(0).get_textpage().get_text_range())
    label = page.spec.field("kind").label
    assert label in printed[0] and label not in printed[1]


def test_papers_of_a_record_are_shown_before_they_are_printed(
    open_list: MakeList, activities: list[str], desk: Any, qtbot: QtBot
) -> None:
    page = open_list()
    page.print_paper("activity_plan")
    (shown,) = desk.pushed
    qtbot.addWidget(shown)
    assert isinstance(shown, PaperPage) and shown.document == "activity_plan"
    qtbot.waitUntil(lambda: shown.pdf is not None, timeout=20_000)
    shown.which.chosen.emit(0)
    qtbot.waitUntil(lambda: shown.pdf is not None and shown.document == "activity_sheet", timeout=20_000)


def test_papers_of_chosen_rows_and_of_the_whole_list(
    open_list: MakeList, session: Session, desk: Any, qtbot: QtBot
) -> None:
    page = open_list("residential_area")
    flags = QItemSelectionModel.SelectionFlag
    chosen = page.card.model.index(1, 0)
    page.card.table.selectionModel().setCurrentIndex(chosen, flags.ClearAndSelect | flags.Rows)
    page.papers_button.menu().aboutToShow.emit()
    actions = page.papers_button.menu().actions()
    whole = f"Danh sách khu dân cư: cả danh sách, {len(page.card.rows)} dòng"
    assert [action.text() for action in actions] == ["Danh sách khu dân cư: 1 dòng đang chọn", whole]
    for action, count in zip(actions, (1, len(page.card.rows)), strict=True):
        action.trigger()
        shown = desk.pushed[-1]
        qtbot.addWidget(shown)
        assert len(shown.ids) == count and shown.ids[0] == page.card.rows.row(2 - min(count, 2)).id
        qtbot.waitUntil(lambda shown=shown: shown.pdf is not None, timeout=20_000)


def test_registers_without_such_papers_do_not_offer_them(open_list: MakeList) -> None:
    assert open_list("household").papers_button.parent() is None


def test_a_register_with_only_ended_records_is_not_called_empty(
    open_list: MakeList, add: Callable[..., str], areas: dict[str, str]
) -> None:
    add("self_managed_group", residential_area=areas["tan lap"], number="7", name="Tổ số 7", kind="security",
        founded_on=date(2020, 1, 2), closed_on=date(2026, 10, 1))  # fmt: skip
    page = open_list("self_managed_group")
    assert not len(page.card.rows) and "đang hoạt động" in page.filters.words_of_nothing(None)[0]
    page.card._all_time.click()
    assert len(page.card.rows) == 1


def test_a_full_disk_shows_the_list_and_says_why_not_the_private_record(
    open_list: MakeList, add: Callable[..., str], areas: dict[str, str], session: Session, desk: Any, qtbot: QtBot
) -> None:
    home = {"residential_area": areas["tan lap"], "sex": "female", "birth_year": 1980}
    add("person", name="Ma Ún", identity_number="068180000012", **home)
    with full_disk(session):
        page = open_list("person")
        qtbot.waitUntil(lambda: bool(desk.messages))
        assert "nhật ký" in desk.messages[-1] and "đã đầy" in desk.messages[-1]
        assert len(page.card.rows) == 1 and not page.pane.isVisible()
    page._show_current()
    assert page.pane.isVisible() and page.pane.record is not None


def test_tab_goes_through_the_filters_as_one_reads(open_list: MakeList, activities: list[str]) -> None:
    """Chips are made anew with each choice: behind the table they would come last, and the keys would leave them."""
    page = open_list()
    bar = page.filters
    for choice in ("", "patrol"):
        if choice:
            bar.set_condition("kind", choice)
            QApplication.processEvents()
        bar.field.setFocus()
        stops = []
        while (at := page.focusWidget()) is not page.card.table and len(stops) < 20:
            stops.append(at)
            QTest.keyClick(at, Qt.Key.Key_Tab)
        shown = [chip for chip in bar.chips if chip.isVisible()]
        assert stops[1 : len(shown) + 1] == shown


def _said(content: QWidget) -> list[str]:
    return [one.text() for one in content.findChildren(QLabel) if one.isVisibleTo(content) and one.text()]


def test_the_pane_says_the_next_record_in_the_lines_that_it_has(
    open_list: MakeList, add: Callable[..., str], areas: dict[str, str], session: Session
) -> None:
    add("movement_activity", held_on=date(2026, 11, 5), residential_area=areas["tan lap"], kind="patrol", title="Một")
    add("movement_activity", held_on=date(2026, 11, 4), residential_area=areas["tan lap"], kind="patrol", title="Hai",
        attendance_total=57)  # fmt: skip
    page = open_list()
    content = page.pane._content
    rows = {row.cells[place_of(page, "title")]: row.id for row in page.card.rows.rows(0, 2)}
    shown: dict[str, list[list[str]]] = {"Một": [], "Hai": []}
    lines = set[QWidget]()
    for title in ("Hai", "Một", "Hai", "Một"):
        page.pane.show_record(records.get(session, "movement_activity", rows[title]))
        shown[title].append(_said(content))
        lines.update(content._lines)
    assert shown["Một"][0] == shown["Một"][1] and shown["Hai"][0] == shown["Hai"][1]
    assert any("57" in words for words in shown["Hai"][0]) and not any("57" in words for words in shown["Một"][1])
    fresh = RecordContent(page.look, session)
    fresh.show_record(records.get(session, "movement_activity", rows["Một"]))
    assert _said(fresh) == shown["Một"][1][: len(_said(fresh))]  # the pane says below how far it came to the province
    assert lines == set(content._lines) and len(lines) > 3
