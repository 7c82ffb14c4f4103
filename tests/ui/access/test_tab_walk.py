"""Every page worked for real: Tab from its first control round to it again, Vietnamese typed where text is taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPushButton, QRadioButton, QWidget

from tests.ui.access.test_every_page import pages_of
from tests.ui.access.text_fields import disturbed, text_fields, wrong_texts
from tests.ui.access.walking import controls, path, takes_tab
from thidua_desktop.ui.components.segments import _Segment as Segment
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle

MOST = 400  # stops of one page: a walk that is longer goes round somewhere without coming back


def stops(window: QWidget) -> Iterator[QWidget]:
    """What has the focus after each Tab, until a stop is come to again."""
    seen = set[QWidget]()
    for _ in range(MOST):
        at = QApplication.focusWidget()
        if at is None or at in seen:
            return
        seen.add(at)
        yield at
        QTest.keyClick(at, Qt.Key.Key_Tab)


def passed_by(window: QWidget) -> list[str]:
    """Controls that a walk with Tab does not come to, though they are stops; of a group one button stands for all."""
    window.activateWindow()
    first = next(one for one in controls(window) if takes_tab(one))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    come_to = set(stops(window))
    wrong = [f"{path(first)} is not come back to"] if QApplication.focusWidget() is not first else []
    for control in controls(window):
        group = control.group() if isinstance(control, QAbstractButton) else None
        known = come_to.intersection(group.buttons()) if group is not None else control in come_to
        shared = control.focusProxy() in come_to or any(one.focusProxy() is control for one in come_to)
        if takes_tab(control) and not known and not shared:
            wrong.append(path(control))
    return wrong


def settled(desk: Desk, window: QWidget) -> list[str]:
    """The same, looked at again when what is read beside the window came during the walk."""
    if not passed_by(window):
        return []
    settle(desk.window)
    return passed_by(window)


def test_tab_comes_to_every_control_of_every_page_and_back(desk: Desk) -> None:
    desk.look.set_text_scale(1.0)
    desk.window.resize(1366, 768)
    wrong = {name: found for name, window in pages_of(desk) if (found := settled(desk, window))}
    assert wrong == {}


def test_enter_presses_every_button_that_tab_comes_to(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt itself takes the space bar alone. Ticks and segments are values: there Enter goes on."""
    pressed = set[QAbstractButton]()

    def note(button: QAbstractButton) -> None:  # a method of a set would not be told which button
        pressed.add(button)

    monkeypatch.setattr(QAbstractButton, "click", note)
    monkeypatch.setattr(QPushButton, "showMenu", note)
    values = (QCheckBox, QRadioButton, Segment)
    wrong, tried = {}, 0
    for name, window in pages_of(desk):
        if name.startswith("form-"):
            continue
        buttons = [one for one in controls(window) if isinstance(one, QAbstractButton) and takes_tab(one)]
        buttons = [one for one in buttons if not isinstance(one, values)]
        for button in buttons:
            QTest.keyClick(button, Qt.Key.Key_Return)
        tried += len(buttons)
        if deaf := [path(button) for button in buttons if button not in pressed]:
            wrong[name] = deaf
    assert tried > 100 and wrong == {}


def test_every_text_field_of_every_room_takes_vietnamese(desk: Desk) -> None:
    """Filters, cards and tables of rooms; forms are typed into one by one, dialogs and child pages as surfaces."""
    desk.look.set_text_scale(1.0)
    desk.window.resize(1366, 768)
    wrong, fields = {}, 0
    for name, window in pages_of(desk):
        page = window.page()
        if page is None or name.startswith("form-"):
            continue
        window.activateWindow()
        fields += len(list(text_fields(page)))
        if found := {**disturbed(page), **wrong_texts(page)}:
            wrong[name] = found
    settle(desk.window)
    assert fields > 5 and wrong == {}


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6])
def test_every_name_at_the_left_is_whole(desk: Desk, scale: float) -> None:
    """Also in a window so low that a bar stands beside them."""
    desk.look.set_text_scale(scale)
    desk.window.resize(1280, 690)
    buttons = desk.window.sidebar.buttons.values()
    for button in buttons:
        if button.is_group:
            desk.window.sidebar.set_open(button.room.key, True)
    settle(desk.window)
    cut = [button.room.title for button in buttons if not button.shows_whole_name()]
    desk.look.set_text_scale(1.0)
    assert cut == []
