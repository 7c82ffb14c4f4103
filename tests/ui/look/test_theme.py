"""The look: sizes, followers, caches, palette."""

from __future__ import annotations

from weakref import ref

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.fonts import ROLE_SIZES, TextRole
from thidua_desktop.ui.look.theme import Look, Theme
from thidua_desktop.ui.look.tokens import TOKENS


@pytest.mark.parametrize(("asked", "got"), [(0.5, 0.9), (1.0, 1.0), (1.3, 1.3), (9.0, 1.6)])
def test_text_size_stays_between_90_and_160_percent(asked: float, got: float) -> None:
    assert Look(text_scale=asked).text_scale == got


def test_steps_of_text_size_do_not_drift(look: Look) -> None:
    for _ in range(6):
        look.larger()
    for _ in range(6):
        look.smaller()
    assert look.text_scale == 1.0


def test_pixels_follow_the_text_size() -> None:
    look = Look(text_scale=1.3)
    assert (look.px(34), look.px(0), look.px(0.2)) == (44, 0, 1)


def test_base_text_is_15_px_noto_sans_and_nothing_is_below_13(look: Look, qapp: QApplication) -> None:
    assert qapp.font().pixelSize() == 15
    assert qapp.font().family() == "Noto Sans"
    assert min(pixels for pixels, _ in ROLE_SIZES.values()) == 13
    assert look.font(TextRole.CAPTION).pixelSize() == 13


def test_followers_run_at_once_and_at_every_change_until_their_widget_is_gone(look: Look, qtbot: QtBot) -> None:
    widget, seen = QWidget(), []
    look.follow(widget, lambda: seen.append(look.px(10)))
    look.set_text_scale(1.2)
    look.set_theme(Theme.DARK)
    assert seen == [10, 12, 12]
    widget.deleteLater()
    qtbot.waitUntil(lambda: not any(owner is widget for owner, _ in look._followers.values()))
    look.set_text_scale(1.0)
    assert len(seen) == 3


def test_margins_of_a_layout_follow_the_text_size(look: Look, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = QVBoxLayout(widget)
    look.margins(layout, 16, 12, 16, 12, 8)
    look.set_text_scale(1.5)
    assert layout.contentsMargins().left() == 24
    assert layout.spacing() == 12


def test_margins_of_a_layout_that_only_its_window_holds_follow_too_until_it_is_gone(look: Look, qtbot: QtBot) -> None:
    before = len(look._margins)  # of what tests before this one left
    widget = QWidget()
    outer = QVBoxLayout(widget)
    outer.addLayout(QVBoxLayout())
    look.margins(outer.itemAt(0).layout(), 16, 12, 16, 12, 8)
    assert len(look._margins) == before + 1
    look.set_text_scale(1.5)
    assert outer.itemAt(0).layout().contentsMargins().left() == 24
    del outer
    widget.deleteLater()
    qtbot.waitUntil(lambda: len(look._margins) <= before)


def test_palette_comes_from_the_tokens(look: Look, qapp: QApplication) -> None:
    look.set_theme(Theme.DARK)
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Base).name().upper() == TOKENS[Theme.DARK].surface
    assert palette.color(QPalette.ColorRole.PlaceholderText).name().upper() == TOKENS[Theme.DARK].muted
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled.name().upper() == TOKENS[Theme.DARK].muted


def test_pixmaps_are_cached_and_forgotten_when_the_theme_changes(look: Look) -> None:
    first = look.pixmap("check", "ok", 16, 1.0)
    assert look.pixmap("check", "ok", 16, 1.0) is first
    look.set_theme(Theme.DARK)
    assert look.pixmap("check", "ok", 16, 1.0) is not first


def test_changed_is_told_after_the_stylesheet_is_on(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheets: list[bool] = []
    told = look.changed.connect(lambda: sheets.append(TOKENS[Theme.DARK].surface in window.styleSheet()))
    look.set_theme(Theme.DARK)
    look.disconnect(told)
    assert sheets == [True]


def test_what_comes_up_over_a_window_and_what_has_none_are_dressed(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    beside = {
        "dialog": QDialog(window),
        "dialog of no window": QDialog(),
        "window of words": QWidget(None, Qt.WindowType.Dialog),
        "menu of no window": QMenu(),
        "box": QMessageBox(),
    }
    for name, shown in beside.items():
        title = label("Đợt xét khen", TextRole.PAGE_TITLE)
        title.setParent(shown)
        shown.show()
        assert title.font().pixelSize() == 21, name
        look.set_text_scale(1.5)
        assert title.font().pixelSize() == 32, name
        look.set_text_scale(1.0)
        shown.close()
        shown.deleteLater()


def test_no_window_that_is_gone_is_dressed_again(look: Look, qapp: QApplication) -> None:
    before = len(look._windows)
    gone = QWidget()
    look.dress(gone)
    look.dress(gone)
    assert len(look._windows) == before + 1
    gone.deleteLater()
    qapp.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    assert len(look._windows) == before
    look.set_theme(Theme.DARK)


def test_text_width_covers_the_bold_word(look: Look) -> None:
    assert look.text_width("Đủ biên bản", bold=True) > look.text_width("Đủ biên bản")


def test_a_menu_that_was_shown_goes_with_who_held_it(look: Look, qapp: QApplication) -> None:
    menu = QMenu()
    menu.addAction("In danh sách")
    menu.popup(QPoint(0, 0))
    assert menu.styleSheet()
    menu.close()
    gone = ref(menu)
    del menu
    assert gone() is None
