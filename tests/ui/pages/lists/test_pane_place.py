"""With large text a record has the page instead of its list; the filters keep their words, chosen columns the room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from thidua_desktop.services import list_views
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.shell.page import LayoutClass

ACTIVITY = "movement_activity"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, activities: list[str]) -> Iterator[ListPage]:
    look.set_text_scale(1.6)
    made = in_front(qtbot, ListPage(session, look, desk, ACTIVITY), 1024, 620)
    made.set_layout_class(LayoutClass.COMPACT)
    made.focus_first()
    settled()
    yield made
    look.set_text_scale(1.0)


def settled() -> None:
    for _ in range(3):
        QApplication.processEvents()


def place_of(page: ListPage, name: str) -> int:
    return [column.name for column in page.card.rows.columns].index(name)


def test_the_record_takes_the_place_of_its_list_and_gives_it_back(page: ListPage, qtbot: QtBot) -> None:
    assert page.card.isVisible() and not page.pane.isVisible() and page.place.button.isVisible()
    page.card.select(3)
    QTest.keyClick(page.card.table, Qt.Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: page.pane.record is not None and page.pane.record.id == page.card.current_id())
    assert page.pane.isVisible() and not page.card.isVisible() and not page.filters.isVisible()
    assert page.pane.tabs.hasFocus() and page.pane.width() > 900
    assert page.escape()
    assert page.card.table.hasFocus() and page.card.table.currentIndex().row() == 3
    assert page.filters.isVisible() and not page.pane.isVisible()
    assert not page.escape()


def test_one_goes_from_record_to_record_without_the_list(page: ListPage, qtbot: QtBot) -> None:
    page.card.select(3)
    page.place.enter()
    for key, row in ((Qt.Key.Key_Down, 4), (Qt.Key.Key_Down, 5), (Qt.Key.Key_Up, 4)):
        QTest.keyClick(page.pane.tabs, key, ALT)
        assert page.card.table.currentIndex().row() == row
    qtbot.waitUntil(lambda: page.pane.record is not None and page.pane.record.id == page.card.rows.row(4).id)
    assert page.pane.isVisible() and page.pane.tabs.hasFocus()


def test_the_button_leads_there_and_back_and_goes_where_there_is_room(page: ListPage) -> None:
    page.place.button.click()
    assert page.pane.isVisible() and page.place.button.text() == "Về danh sách"
    page.set_layout_class(LayoutClass.WIDE)
    settled()
    assert page.pane.isVisible() and page.card.isVisible() and not page.place.button.isVisible()
    assert page.place.button not in page.head.buttons()


def test_a_record_deleted_there_leads_back_to_the_list(page: ListPage, qtbot: QtBot) -> None:
    page.place.enter()
    qtbot.waitUntil(lambda: page.pane.record is not None)
    page.pane.delete_asked.emit("ghi nhầm")
    assert page.card.isVisible() and not page.pane.isVisible()


def test_the_list_says_why_a_row_is_listed_where_there_is_no_pane(
    page: ListPage, add: Callable[..., str], areas: dict[str, str], qtbot: QtBot
) -> None:
    told = {"held_on": date(2026, 11, 3), "residential_area": areas["dong ha"], "attendance_total": 30}
    add(ACTIVITY, **told, kind="propaganda", title="Họp bàn", result="nhắc kẻ gian giả điện lực")
    page.filters.field.setText("dien luc")
    qtbot.waitUntil(page.place.why.isVisible)
    assert page.place.why.text().startswith("Có “dien luc” ở mục Kết quả")
    page.place.enter()
    assert not page.place.why.isVisible()


@pytest.mark.parametrize("conditions", [{}, {"kind": "patrol"}])
def test_the_filter_row_cuts_no_words(page: ListPage, conditions: dict[str, str]) -> None:
    for field, value in conditions.items():
        page.filters.set_condition(field, value)
    settled()
    bar, look = page.filters, page.look
    assert bar.field.width() >= look.text_width(bar.field.placeholderText()) + look.px(40)
    assert bar.field.geometry().right() < page.saved.button.geometry().left()
    for chip in bar.chips:
        if chip.isVisible():
            assert chip.width() >= chip.least_width(), chip.value()
    assert bar.minimumSizeHint().width() <= 980


def test_columns_chosen_with_more_room_push_none_out_of_sight(page: ListPage) -> None:
    others = [column.name for column in page.card.rows.columns][3:]
    for name in others:
        page.card.set_column_shown(place_of(page, name), True)
    settled()
    last = place_of(page, others[-1])
    assert page.card.column_shown(last) and page.card.column_shown(page.card.model.shown.stretch)
    assert page.card.table.horizontalScrollBar().maximum() == 0
    lacking = [at for at in range(page.card.model.columnCount()) if page.card.lacks_room(at)]
    assert lacking and last not in lacking


def test_what_was_chosen_of_columns_outlives_another_order(page: ListPage, session: Session) -> None:
    page.card.set_column_shown(place_of(page, "title"), True)
    page.card.set_column_shown(place_of(page, "kind"), False)
    dialog = page.columns.choose()
    dialog.list.setCurrentRow(1)
    dialog.move_current(1)
    dialog.use_button.click()
    kept = list_views.column_choice(session, ACTIVITY)
    assert kept.shown == {"title": True, "kind": False} and list(kept.shown) == ["title", "kind"]
    assert kept.order[2] == dialog.order()[2]


def test_a_width_that_was_dragged_stays_over_sorting_and_the_next_start(
    page: ListPage, session: Session, desk: Any, qtbot: QtBot
) -> None:
    table, place = page.card.table, place_of(page, "held_on")
    header = table.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(place) + header.sectionSize(place) - 1, header.height() // 2)
    before = header.sectionSize(place)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(40, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(40, 0))
    settled()
    wide = header.sectionSize(place)
    assert wide == pytest.approx(before + 40, abs=2)
    page.card.sort_by(place_of(page, "residential_area"))
    qtbot.waitUntil(lambda: bool(page.query.sort) and not page.reader.busy)
    assert header.sectionSize(place) == pytest.approx(wide, abs=2)
    again = in_front(qtbot, ListPage(session, page.look, desk, ACTIVITY), 1024, 620)
    settled()
    assert again.card.table.horizontalHeader().sectionSize(place) == pytest.approx(wide, abs=2)
    again.card.choose_columns(list_views.ColumnChoice())
    assert again.card.table.horizontalHeader().sectionSize(place) == pytest.approx(before, abs=2)


def test_the_way_back_is_seen_beside_a_long_title(page: ListPage) -> None:
    page.head.set_title("Xếp loại tổ, thành viên tổ bảo vệ an ninh, trật tự ở thôn")
    settled()
    assert not page.place.button.isVisible() and "Xem bản ghi" in page.head.moved_tools()
    page.place.enter()
    settled()
    assert page.place.button.isVisible() and page.place.button.text() == "Về danh sách"
    page.place.leave()
    settled()
    assert not page.place.button.isVisible() and "Xem bản ghi" in page.head.moved_tools()
