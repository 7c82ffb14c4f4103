"""Hôm nay on a real office: what stands there, where each line leads, and that figures are read off the thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.working import all_done
from thidua_desktop.services import backups, drafts
from thidua_desktop.services.session import Session
from thidua_desktop.services.standing import AreaStanding, Part, standing
from thidua_desktop.services.today import DueLine, Target, Today, Urgency
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.indicator.page import IndicatorPage
from thidua_desktop.ui.pages.today import page as today_page
from thidua_desktop.ui.pages.today.areas_card import tile_state
from thidua_desktop.ui.pages.today.figures_card import yardstick
from thidua_desktop.ui.pages.today.page import TodayPage
from thidua_desktop.ui.pages.today.parts_card import part_state, part_words
from thidua_desktop.ui.shell.page import LayoutClass

Add = Callable[..., str]


@pytest.fixture
def make(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> Callable[[], TodayPage]:
    """Shows the page and waits until it has read everything."""

    def made() -> TodayPage:
        page = TodayPage(session, look, desk)
        qtbot.addWidget(page)
        page.resize(1142, 700)
        page.show()
        qtbot.waitUntil(lambda: page.picture is not None)
        all_done()
        return page

    return made


@pytest.fixture
def busy(add: Add, areas: dict[str, str]) -> None:
    """Activities of this month in one area and two groups that have not met."""
    for day in (2, 3, 4):
        add("movement_activity", held_on=date(2026, 11, day), residential_area=areas["tan lap"], kind="propaganda",
            title="Nói chuyện", attendance_total=30)  # fmt: skip
    for number in (1, 2):
        add("self_managed_group", number=str(number), name=f"Tổ {number}", residential_area=areas["dong ha"],
            kind="security", leader="Lý A", households=9)  # fmt: skip


def test_an_empty_office_shows_the_first_steps_and_no_charts(make: Callable[[], TodayPage], desk: Desk) -> None:
    page = make()
    assert len(page.due.lines()) == 5 and page.due.lines()[0].state.text == "Đã xong"
    assert page.figures_card.isHidden() and page.areas_card.isHidden() and not page.empty_card.isHidden()
    page.due.opened.emit(page.due.lines()[1].leads)
    assert desk.rooms[-1] == ("self_managed_group", {})


def test_nothing_is_said_to_be_due_before_it_was_read(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> None:
    page = TodayPage(session, look, desk)
    qtbot.addWidget(page)
    assert page._nothing_row.isHidden()
    page.show_picture(today_page.read_picture(session)._replace(today=Today((), ())))
    assert not page._nothing_row.isHidden()


@pytest.mark.usefixtures("busy")
def test_steps_that_are_left_stay_until_the_person_puts_them_away(make: Callable[[], TodayPage], qtbot: QtBot) -> None:
    page = make()
    assert page.due_card.head is not None and not page.steps.isHidden()
    assert [line.title for line in page.steps.lines.lines()] == [
        "Ghi người đại diện các hộ", "Ghi cơ quan, doanh nghiệp, nhà trường",
    ]  # fmt: skip
    assert page.steps in page.regions()
    page.steps.away.setFocus()
    qtbot.keyClick(page.steps.away, Qt.Key.Key_Return)
    assert page.steps.isHidden()
    assert make().steps.isHidden()  # for good


@pytest.mark.usefixtures("busy")
def test_figures_parts_and_areas_stand_there(make: Callable[[], TodayPage]) -> None:
    page = make()
    assert page.empty_card.isHidden() and not page.figures_card.isHidden()
    spoken = [figure.accessibleName() for figure in page.figures.figures]
    assert "Lượt người dự: 90 lượt, chưa có số cùng kỳ" in spoken
    rows = {row.part.indicator: row for row in page.parts.rows}
    assert rows["areas_active"].accessibleName() == "Khu dân cư có hoạt động: 1/4 khu dân cư, Còn 3 khu dân cư"
    tiles = {tile.text(): tile.accessibleName() for tile in page.areas_card.grid.tiles}
    assert tiles["Đông Hạ"] == "Đông Hạ: chưa ghi"  # no meeting was ever written down
    assert tile_state(AreaStanding("", "Đông Hạ", 0, 2, True), "tổ")[0].text == "thiếu 2"
    assert rows["groups_met"].words.startswith("–/") and rows["groups_met"].shown.text == "chưa ghi"
    meetings = next(one for one in page.figures.figures if one.figure.indicator == "meetings_total")
    assert meetings.accessibleName() == "Cuộc họp dân, họp tổ: Sổ họp dân, họp tổ tự quản chưa có bản ghi nào"
    page.areas_card.choose("activities_total")
    assert "Tân Lập: 3 cuộc" in [tile.accessibleName() for tile in page.areas_card.grid.tiles]


def test_the_last_row_shows_all_that_is_due_until_the_page_is_left(make: Callable[[], TodayPage]) -> None:
    page = make()
    found = tuple(
        DueLine("duty", f"{number} việc", "", Urgency.LATE, Target("handoff"), -number) for number in range(20)
    )
    assert page.picture is not None
    page.show_picture(page.picture._replace(today=Today(found, ()), standing=standing(page.session)))
    assert [line.title for line in page.due.lines()][-2:] == ["6 việc", "Còn 13 việc khác"]
    page.due.opened.emit(page.due.lines()[-1].leads)
    assert len(page.due.lines()) == 20 and page.due.currentIndex().row() == 7
    page.focus_first()
    page.show_picture(page.picture)
    assert len(page.due.lines()) == 8


@pytest.mark.usefixtures("busy")
def test_each_line_leads_to_its_place(
    qtbot: QtBot, make: Callable[[], TodayPage], desk: Desk, areas: dict[str, str]
) -> None:
    page = make()
    kinds = {line.verb: line for line in page.due.lines()}
    page.lead(kinds["Xem các tổ"].leads)
    assert desk.rooms[-1][0] == "self_managed_group"
    page.lead(kinds["Soạn báo cáo"].leads)
    assert desk.rooms[-1][0] == "report" and desk.rooms[-1][1][0] == "movement_result"  # type: ignore[index]
    page.dangers.opened.emit(page.dangers.lines()[0].leads)
    assert desk.rooms[-1][0] == "admin"
    page.areas_card.choose("activities_total")
    page.areas_card.grid.opened.emit(areas["tan lap"])
    assert desk.rooms[-1] == ("movement_activity", {"period": "2026-11", "residential_area": areas["tan lap"]})
    page.figures.figures[1].click()
    shown = desk.pushed[-1]
    assert isinstance(shown, IndicatorPage) and (shown.name, shown.period.code) == ("attendance_total", "2026-11")
    qtbot.waitUntil(lambda: shown.view is not None)
    page.areas_card.charts.click()
    other = desk.pushed[-1]
    assert isinstance(other, IndicatorPage) and other.name == "activities_total"
    qtbot.waitUntil(lambda: other.view is not None)


@pytest.mark.usefixtures("busy")
def test_keys_go_through_lines_and_tiles(make: Callable[[], TodayPage], qtbot: QtBot, desk: Desk) -> None:
    page = make()
    page.activateWindow()
    page.focus_first()
    QApplication.processEvents()
    assert page.due.hasFocus() and page.due.currentIndex().row() == 0
    qtbot.keyClick(page.due, Qt.Key.Key_Down)
    qtbot.keyClick(page.due, Qt.Key.Key_Return)
    assert len(desk.rooms) == 1
    first, second = page.areas_card.grid.tiles[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert len(desk.rooms) == 2


@pytest.mark.usefixtures("busy")
def test_tab_comes_to_the_cards_as_one_reads(make: Callable[[], TodayPage], qtbot: QtBot) -> None:
    page = make()
    page.activateWindow()
    page.focus_first()
    met: list[QWidget] = []
    for _ in range(30):
        at = QApplication.focusWidget()
        if at is None or at is page.areas_card.chip:
            break
        met.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    cards = [page.due, page.dangers, *page.parts.rows, *page.figures.figures]
    assert [one for one in met if one in cards] == cards


def test_a_write_shows_without_being_asked(
    make: Callable[[], TodayPage], session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = make()
    session.subscribe(page.refresh)
    assert "Chưa sao lưu ra USB lần nào" in [line.title for line in page.dangers.lines()]
    backups.backup_now(session, tmp_path)
    qtbot.waitUntil(lambda: "Chưa sao lưu ra USB lần nào" not in [line.title for line in page.dangers.lines()])


def test_reading_is_done_on_another_thread(
    make: Callable[[], TodayPage], monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    seen: list[tuple[int, bool]] = []
    read = today_page.read_picture

    def watched(reader: Session) -> today_page.Picture:
        seen.append((threading.get_ident(), reader.file is session.file))
        return read(reader)

    monkeypatch.setattr(today_page, "read_picture", watched)
    make()
    assert seen and all(thread != threading.get_ident() and not same for thread, same in seen)


def test_new_records_are_pushed(make: Callable[[], TodayPage], desk: Desk, qtbot: QtBot) -> None:
    page = make()
    page.activity_button.click()
    page.meeting_button.click()
    assert [type(pushed).__name__ for pushed in desk.pushed] == ["EntryPage", "MeetingPage"]
    for pushed in desk.pushed:
        qtbot.addWidget(pushed)


@pytest.mark.usefixtures("busy")
def test_a_narrow_window_stacks_the_columns(make: Callable[[], TodayPage], look: Look) -> None:
    page = make()
    page.set_layout_class(LayoutClass.COMPACT)
    QApplication.processEvents()
    assert page.parts_card.mapTo(page, page.parts_card.rect().topLeft()).y() > page.safety_card.geometry().bottom()
    page.set_layout_class(LayoutClass.MEDIUM)
    assert page._left.width() == look.px(404)


def test_states_of_parts() -> None:
    def part(value: int, whole: int, should_fill: bool = True) -> Part:
        return Part("x", "X", "tổ", value, whole, "tổ", None, should_fill)

    assert part_state(part(86, 86), 5).state is State.OK
    assert (part_state(part(77, 86), 5).state, part_state(part(77, 86), 20).state) == (State.SOON, State.LATER)
    assert part_state(part(77, 86), 5).text == "Còn 9 tổ"
    assert part_state(part(46, 52, should_fill=False), 5).text == "88,5%"
    assert part_words(part(3912, 4619)) == "3.912/4.619 tổ"


def test_yardsticks_in_words() -> None:
    assert yardstick(18, 14) == "tăng 4, cùng kỳ 14"
    assert yardstick(1846, 2105) == "giảm 259, cùng kỳ 2.105"
    assert yardstick(5, 5) == "bằng cùng kỳ 5" and yardstick(5, None) == "chưa có số cùng kỳ"


@pytest.mark.usefixtures("busy")
def test_what_was_being_typed_is_offered_first(
    make: Callable[[], TodayPage], session: Session, desk: Desk, qtbot: QtBot
) -> None:
    drafts.keep(session, "movement_activity", None, {"fields": {"title": "Dở dang"}, "reasons": {}, "revision": None})
    page = make()
    line = page.due.lines()[0]
    assert (line.title, line.state.text, line.verb) == ("Bản nháp: hoạt động mới", "Chưa lưu", "Gõ tiếp")
    page.due.opened.emit(line.leads)
    (form,) = desk.pushed
    qtbot.addWidget(form)
    assert isinstance(form, EntryPage) and form.record_id is None
