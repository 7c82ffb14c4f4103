"""Rows that are listed for words no column shows say where the words are; columns without room or content give way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from thidua_desktop.services import records
from thidua_desktop.services.search import held_elsewhere
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.shell.page import LayoutClass

ACTIVITY = "movement_activity"
LONG = f"{'Bà con bàn nhiều việc; ' * 12}nhắc nhau đề phòng kẻ gian giả điện lực; {'còn lại nói việc chung. ' * 9}"


@pytest.fixture
def listed(add: Callable[..., str], areas: dict[str, str]) -> str:
    area = areas["dong ha"]
    told = {"held_on": date(2026, 11, 3), "kind": "propaganda", "title": "Họp bàn", "residential_area": area}
    return add(ACTIVITY, **told, result=LONG, attendance_total=30)


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, listed: str) -> ListPage:
    made = in_front(qtbot, ListPage(session, look, desk, ACTIVITY), 1150, 660)
    QApplication.processEvents()
    return made


def typed(page: ListPage, words: str, qtbot: QtBot) -> None:
    page.filters.field.setText(words)
    qtbot.waitUntil(lambda: page.query.text == words and not page._pane_timer.isActive())
    QApplication.processEvents()


def test_the_pane_says_where_the_words_are_that_no_column_shows(page: ListPage, qtbot: QtBot) -> None:
    typed(page, "dien luc", qtbot)
    qtbot.waitUntil(page.pane._why_place.isVisible)
    said = page.pane._why.text()
    assert said.startswith("Có “dien luc” ở mục Kết quả")
    assert "điện lực" in said and len(said) < 180, said
    typed(page, "hop ban", qtbot)
    qtbot.waitUntil(lambda: not page.pane._why_place.isVisible())


def test_words_are_told_once_and_only_those_that_are_not_seen(session: Session, listed: str) -> None:
    values = records.get(session, ACTIVITY, listed).values
    assert held_elsewhere(session, ACTIVITY, values, "họp bàn", ["title"]) == []
    (found,) = held_elsewhere(session, ACTIVITY, values, "hop dien luc", ["title"])
    assert found[0].startswith("Kết quả") and found[1].startswith("…") and found[1].endswith("…")
    assert held_elsewhere(session, ACTIVITY, values, "dong ha", ["title"])[0][1] == "Thôn Đông Hạ"


def test_a_column_in_which_nothing_stands_gives_way_before_one_that_says_something(
    add: Callable[..., str], session: Session, areas: dict[str, str], qtbot: QtBot, look: Look, desk: Any
) -> None:
    for day in range(1, 9):
        title = f"Tuyên truyền phòng, chống lừa đảo qua mạng cho bà con ở thôn, lần thứ {day}"
        told = {"held_on": date(2026, 11, day), "residential_area": areas["phuoc loc"], "attendance_total": 30}
        add(ACTIVITY, **told, kind="patrol", title=title)
    page = in_front(qtbot, ListPage(session, look, desk, ACTIVITY), 1150, 660)
    QApplication.processEvents()
    names = [column.name for column in page.card.rows.columns]
    empty = [name for name in names if not any(page.card.rows.row(at).cells[names.index(name)] for at in range(8))]
    seen = page.card.seen_names()
    assert empty and seen != names
    assert not set(empty) & set(seen)
    menu = page.columns_button.menu()
    menu.aboutToShow.emit()
    words = [action.text() for action in menu.actions()]
    lacking = [place for place, name in enumerate(names) if name not in seen]
    heads = [page.card.model.shown.columns[place].title for place in lacking]
    assert all(f"{head} (chưa đủ chỗ)" in words for head in heads)
    page.card.set_column_shown(lacking[0], False)
    menu.aboutToShow.emit()
    assert heads[0] in [action.text() for action in menu.actions()]  # by hand: that is no want of room


def test_what_only_lacks_room_is_copied_too(page: ListPage, qtbot: QtBot) -> None:
    page.resize(700, 500)
    QApplication.processEvents()
    names = [column.name for column in page.card.rows.columns]
    hidden = [place for place, name in enumerate(names) if name not in page.card.seen_names()]
    assert hidden
    page.card.set_column_shown(hidden[-1], False)
    page.card.table.selectAll()
    page.copy_rows()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasHtml())
    heads = QGuiApplication.clipboard().text().split("\n")[0].split("\t")
    assert len(heads) == len(names) - 1


def test_who_sorts_from_the_top_sees_the_top_and_its_whole_head(
    session: Session, look: Look, desk: Any, activities: list[str], qtbot: QtBot
) -> None:
    page = in_front(qtbot, ListPage(session, look, desk, ACTIVITY), 1150, 660)
    place = [column.name for column in page.card.rows.columns].index("attendance_total")
    for row in (0, 5):
        page.card.select(row)
        stayed = page.card.current_id()
        page.card.sort_by(place)
        first = page.card.rows.row(0).id
        assert page.card.current_id() == (first if row == 0 else stayed)
    column = page.card.model.shown.columns[place]
    assert column.arrow and page.card.table.columnWidth(place) >= column.width(look)
    assert [one.arrow for one in page.card.model.shown.columns].count(True) == 1


def test_who_chose_a_filter_by_keyboard_stays_at_it(page: ListPage, qtbot: QtBot) -> None:
    page.filters.chips[0].setFocus()
    menu = page.filters.chips[0].menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()  # all time
    qtbot.waitUntil(lambda: page.query.start is None)
    assert page.filters.chips[0].hasFocus() and page.filters.chips[0].value() == "mọi thời gian"


def test_with_large_text_the_number_that_is_summed_stays_beside_a_shorter_title(
    add: Callable[..., str], session: Session, areas: dict[str, str], qtbot: QtBot, look: Look, desk: Any
) -> None:
    told = {"held_on": date(2026, 11, 3), "residential_area": areas["phuoc loc"], "attendance_total": 151}
    add(ACTIVITY, **told, kind="patrol", title="Phòng, chống lừa đảo qua mạng")
    look.set_text_scale(1.6)
    try:
        page = in_front(qtbot, ListPage(session, look, desk, ACTIVITY), 996, 620)
        page.set_layout_class(LayoutClass.COMPACT)
        QApplication.processEvents()
        QApplication.processEvents()
        assert {"held_on", "residential_area", "title", "attendance_total"} <= set(page.card.seen_names())
        assert page.card.table.horizontalScrollBar().maximum() == 0
    finally:
        look.set_text_scale(1.0)
