"""Widths of windows, one filled button, everything reachable and spoken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.pages.meeting.conftest import agenda_item
from thidua_desktop.ui.components.buttons import Button, ButtonKind
from thidua_desktop.ui.components.counters import VoteCounter
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting.page import MeetingPage
from thidua_desktop.ui.shell.page import LayoutClass
from thidua_desktop.ui.shell.page_holder import PageHolder

OpenPage = Callable[..., MeetingPage]
KINDS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, VoteCounter, QAbstractItemView)


@pytest.fixture
def page(open_page: OpenPage, running: Callable[..., str]) -> MeetingPage:
    """A running meeting with two items."""
    return open_page(running(agenda=(agenda_item(yes=34, no=2, other=1), agenda_item(subject="Quỹ tổ"))))


@pytest.mark.parametrize(
    ("kind", "attendance", "agenda"), [(LayoutClass.WIDE, 356, 196), (LayoutClass.MEDIUM, 296, 172)]
)
def test_widths_of_the_columns(page: MeetingPage, kind: LayoutClass, attendance: int, agenda: int) -> None:
    page.set_layout_class(kind)
    QApplication.processEvents()
    assert (page.desk.attendance.width(), page.desk.agenda.width()) == (attendance, agenda)
    assert page.desk.tabs.isHidden()


def test_narrow_windows_have_two_tabs(page: MeetingPage, qtbot: QtBot) -> None:
    page.set_layout_class(LayoutClass.COMPACT)
    desk = page.desk
    assert (desk.attendance.isVisible(), desk.tiles.isVisible(), desk.work.isVisible()) == (True, True, False)
    desk.go_item()
    assert (desk.attendance.isVisible(), desk.tiles.isVisible(), desk.work.isVisible()) == (False, False, True)
    assert desk.item.votes.counters["yes"].hasFocus()
    desk.go_attendance()
    assert desk.attendance.search.hasFocus()
    page.set_layout_class(LayoutClass.WIDE)
    assert desk.attendance.isVisible()
    assert desk.work.isVisible()


@pytest.mark.parametrize("size", [(1158, 688), (1158, 610), (1072, 610)])
def test_the_page_fits_its_window(page: MeetingPage, size: tuple[int, int]) -> None:
    page.set_layout_class(LayoutClass.WIDE if size[0] > 1100 else LayoutClass.MEDIUM)
    least = page.minimumSizeHint()
    assert least.width() <= size[0]
    layout = page.layout()
    assert layout is not None
    assert layout.minimumHeightForWidth(size[0]) <= size[1] if layout.hasHeightForWidth() else least.height() <= size[1]
    page.resize(*size)
    QApplication.processEvents()
    assert page.desk.item.area.horizontalScrollBar().maximum() == 0
    assert page.desk.item.next.isVisible()


def test_large_text_scrolls_the_page_and_squeezes_nothing(page: MeetingPage, look: Look, qtbot: QtBot) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    stack.resize(1007, 620)
    look.set_text_scale(1.6)
    try:
        page.set_layout_class(LayoutClass.COMPACT)
        holder = PageHolder(page, stack)
        stack.show()
        segments, shown = page.desk.attendance.segments, page.desk.attendance.list.viewport()
        qtbot.waitUntil(lambda: holder.verticalScrollBar().maximum() > 0)
        qtbot.waitUntil(lambda: segments.height() >= look.px(34) and shown.height() >= look.px(34 * 5) - 2)
        tile = page.desk.tiles.two_thirds
        assert tile.height() >= tile.minimumSizeHint().height()
        holder.takeWidget().setParent(None)
    finally:
        look.set_text_scale(1.0)


def test_one_filled_button_on_every_stage(page: MeetingPage, open_page: OpenPage) -> None:
    for shown in (page, open_page()):
        filled = [b for b in shown.findChildren(Button) if b.kind is ButtonKind.FILLED and b.isVisible()]
        assert len(filled) == 1
    page.desk.open_facts()
    assert [b.text() for b in page.findChildren(Button) if b.kind is ButtonKind.FILLED and b.isVisible()] == [
        "Kết thúc họp"
    ]


def test_everything_is_reached_by_tab_and_has_a_name(page: MeetingPage, qtbot: QtBot) -> None:
    seen = []
    for _ in range(80):
        here = QApplication.focusWidget()
        assert here is not None
        if here in seen:
            break
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert all(widget.accessibleName() for widget in seen), [w for w in seen if not w.accessibleName()]
    wanted = [page.desk.attendance.list, page.desk.item.matter, *page.desk.item.votes.votes.counters.values()]
    wanted += [page.desk.agenda.add_button, page.desk.item.next, page.finish_button, page.desk.facts_line.edit]
    assert [widget.accessibleName() for widget in wanted if widget not in seen] == []


def test_text_size_keeps_the_lines_of_a_discussion(page: MeetingPage, look: Look, qtbot: QtBot) -> None:
    area = page.desk.item.inputs["discussion"].focus_target()
    before = area.height()
    look.set_text_scale(1.3)
    try:
        qtbot.waitUntil(lambda: round(before * 1.2) <= area.height() <= round(before * 1.5))
    finally:
        look.set_text_scale(1.0)


def test_large_text_shows_the_households_when_one_goes_to_them(page: MeetingPage, look: Look, qtbot: QtBot) -> None:
    look.set_text_scale(1.6)
    try:
        stack = QStackedWidget()
        qtbot.addWidget(stack)
        holder = PageHolder(page, stack)
        stack.resize(1030, 560)
        page.set_layout_class(LayoutClass.COMPACT)
        with qtbot.waitExposed(stack):
            stack.show()
        page.desk.go_agenda()
        holder.verticalScrollBar().setValue(0)
        page.desk.go_attendance()
        households = page.desk.attendance.list
        qtbot.waitUntil(lambda: households.visibleRegion().boundingRect().height() > look.px(3 * 34))
        holder.takeWidget()
    finally:
        look.set_text_scale(1.0)
