"""Layout classes, the page's defaults, and how a page is held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import LayoutClass, Page, ReadingPage, first_focusable, layout_class
from thidua_desktop.ui.shell.page_holder import PageHolder


@pytest.mark.parametrize(
    ("width", "scale", "kind"),
    [
        (1366, 1.0, LayoutClass.WIDE),
        (1340, 1.0, LayoutClass.WIDE),
        (1339, 1.0, LayoutClass.MEDIUM),
        (1280, 1.0, LayoutClass.MEDIUM),
        (1239, 1.0, LayoutClass.COMPACT),
        (1366, 1.1, LayoutClass.MEDIUM),
        (1366, 1.3, LayoutClass.COMPACT),
        (1920, 1.3, LayoutClass.WIDE),
    ],
)
def test_the_layout_class_follows_width_and_text_size(width: int, scale: float, kind: LayoutClass) -> None:
    assert layout_class(width, scale) is kind


def test_the_defaults_of_a_page_are_harmless(qtbot: QtBot, look: Look) -> None:
    page = Page()
    qtbot.addWidget(page)
    assert page.can_leave() and not page.new_record() and not page.escape()
    assert (page.title(), page.help_key(), page.regions()) == ("", "", [page])
    page.refresh()
    page.open_with("x")
    page.set_layout_class(LayoutClass.COMPACT)


def test_the_first_place_for_the_focus_skips_what_is_hidden_or_disabled(qtbot: QtBot, look: Look) -> None:
    region = QWidget()
    qtbot.addWidget(region)
    column = QVBoxLayout(region)
    hidden, disabled, wanted = QLineEdit(), QPushButton("a"), QLineEdit()
    for made in (QLabel("chữ"), hidden, disabled, wanted):
        column.addWidget(made)
    hidden.hide()
    disabled.setEnabled(False)
    region.show()
    assert first_focusable(region) is wanted
    wanted.setEnabled(False)
    assert first_focusable(region) is None


def high_page(height: int) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    inner = QWidget()
    inner.setMinimumHeight(height)
    column.addWidget(inner)
    return page


def held(qtbot: QtBot, page: QWidget) -> QStackedWidget:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    stack.resize(800, 500)
    PageHolder(page, stack)
    return stack


def test_a_page_is_styled_once_for_its_place(qtbot: QtBot, look: Look) -> None:
    class Part(QLabel):
        styled = 0

        def changeEvent(self, event: QEvent) -> None:
            Part.styled += event.type() == QEvent.Type.StyleChange
            super().changeEvent(event)

    page = QWidget()
    QVBoxLayout(page).addWidget(Part("Sổ họp", page))
    Part.styled = 0
    stack = held(qtbot, page)
    assert stack.count() == 1
    assert Part.styled == 1


@pytest.mark.parametrize(("height", "scrolls"), [(200, False), (900, True)])
def test_a_page_scrolls_instead_of_being_squeezed(qtbot: QtBot, look: Look, height: int, scrolls: bool) -> None:
    page = high_page(height)
    stack = held(qtbot, page)
    with qtbot.waitExposed(stack):
        stack.show()
    holder = stack.currentWidget()
    assert isinstance(holder, PageHolder)
    assert page.height() >= max(500, height)
    assert holder.verticalScrollBar().isVisible() is scrolls
    assert page.width() == 800 - (12 if scrolls else 0)


def test_a_page_that_grows_is_fitted_again(qtbot: QtBot, look: Look) -> None:
    page = high_page(200)
    stack = held(qtbot, page)
    stack.show()
    layout = page.layout()
    assert layout is not None
    more = QWidget()
    more.setMinimumHeight(700)
    layout.addWidget(more)
    qtbot.waitUntil(lambda: page.height() >= 900)


class _Counted(ReadingPage):
    def __init__(self) -> None:
        super().__init__()
        self.read_times = 0

    def read(self) -> None:
        self.read_times += 1


def test_a_page_reads_when_it_is_seen_and_once_for_what_was_written_unseen(qtbot: QtBot) -> None:
    page = _Counted()
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    qtbot.waitUntil(lambda: page.read_times == 1)
    page.refresh()
    page.refresh()
    qtbot.waitUntil(lambda: page.read_times == 2)
    page.refresh()
    page.hide()  # asked for, but no longer seen
    page.refresh()
    assert page.read_times == 2
    page.show()
    qtbot.waitUntil(lambda: page.read_times == 3)


def test_what_comes_late_leaves_the_keys_to_who_types_elsewhere(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    search, page = QLineEdit(window), Page()
    page.setParent(window)
    inside, button = QLineEdit(page), QPushButton(window)
    window.show()
    for place, elsewhere in ((search, True), (inside, False), (button, False)):
        place.setFocus()
        assert page.types_elsewhere() == elsewhere
