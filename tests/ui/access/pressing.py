"""Every button and menu entry of a page pressed, one after another, and what comes of it noted.

Something must come of it: another page, a dialog, a question to the system, other words or another picture. Where files
are asked for, the person leaves the dialog again; who asked for nothing else has still asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partialmethod

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.surfaces import put_away
from thidua_desktop.ui.show_error import BugDialog

_ROUNDS = 3
_MOST = 90  # that a page may offer
_OF_A_MENU = 4  # entries: years, reports and columns go on alike
_LEFT_BY_ESC = 3  # presses of Esc that must lead out of anything

Asked = list[str]
Offer = tuple[str, QWidget, Callable[[], object]]


def leave_questions(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the system is asked from now on; every question is left unanswered."""
    noted: Asked = []

    def leave(name: str, answer: object) -> Callable[..., object]:
        def asked_for(*_given: object, **_named: object) -> object:
            noted.append(name)
            return answer

        return asked_for

    for name, answer in (
        ("getExistingDirectory", ""), ("getOpenFileName", ("", "")), ("getOpenFileNames", ([], "")),
        ("getSaveFileName", ("", "")),
    ):  # fmt: skip
        monkeypatch.setattr(QFileDialog, name, leave(name, answer))
    monkeypatch.setattr(QInputDialog, "getText", leave("getText", ("", False)))
    monkeypatch.setattr(QInputDialog, "getInt", leave("getInt", (0, False)))
    monkeypatch.setattr(QMessageBox, "question", leave("question", QMessageBox.StandardButton.No))
    monkeypatch.setattr(QDesktopServices, "openUrl", leave("openUrl", True))
    monkeypatch.setattr(QPrintDialog, "exec", leave("print", 0))
    monkeypatch.setattr(QDialog, "exec", partialmethod(_held, noted))
    return noted


def _held(dialog: QDialog, noted: Asked) -> int:
    """A dialog that holds its caller is seen, and left."""
    noted.append(f"{type(dialog).__name__} {dialog.windowTitle()!r}")
    dialog.show()
    settle(dialog, 1)
    dialog.reject()
    return 0


@dataclass
class Pressing:
    """One desk; ``told`` is what came of each press, ``wrong`` what should not have."""

    desk: Desk
    asked: Asked
    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def page(self, name: str, show: Callable[[], object]) -> None:
        """Presses everything on a page; ``show`` leads to it from wherever one is."""
        done: set[str] = set()
        for _press in range(_MOST):
            self._come_to(show)
            todo = [one for one in self._offers() if one[0] not in done]
            if not todo:
                return
            key, widget, press = todo[0]
            done.add(key)
            self._press(f"{name}: {key}", widget, press)
        self.wrong.append(f"{name}: more than can be pressed")

    def _come_to(self, show: Callable[[], object]) -> None:
        self._leave_everything()
        show()
        settle(self.desk.window, _ROUNDS)

    def _offers(self) -> Iterator[Offer]:
        """What can be pressed now, each with words of its own."""
        page = self.desk.window.page()
        assert page is not None
        menus = 0
        for button in page.findChildren(QAbstractButton):
            own = isinstance(button.parent(), QAbstractSpinBox | QComboBox) or button.objectName().startswith("qt_")
            own = own or button.window() is not self.desk.window  # of a dialog that is being put away
            if own or not (button.isVisible() and button.isEnabled()) or _is_chosen(button):
                continue
            menu = button.menu() if isinstance(button, QPushButton) else None
            if menu is None:
                yield f"{type(button).__name__} {button.text() or button.accessibleName()!r}", button, button.click
                continue
            menus += 1
            menu.aboutToShow.emit()
            yield from self._of_menu(menu, menus, button)

    def _of_menu(self, menu: QMenu, number: int, button: QWidget) -> Iterator[Offer]:
        """A button with a menu is named by its place: its words may say what was chosen last."""
        entries = [one for one in menu.actions() if not one.isSeparator()]
        if not entries:
            self.wrong.append(f"{button.accessibleName()!r}: an empty menu")
        for entry in entries[:_OF_A_MENU]:
            chosen = (entry.isCheckable() and entry.isChecked()) or entry.text() in button.accessibleName()
            below = entry.menu()
            if isinstance(below, QMenu) and entry.isEnabled():
                below.aboutToShow.emit()
                yield from self._of_menu(below, number, button)
            elif entry.isEnabled() and entry.isVisible() and not chosen:
                yield f"menu {number} > {entry.text()!r}", button, entry.trigger

    def _press(self, name: str, widget: QWidget, press: Callable[[], object]) -> None:
        window = self.desk.window
        widget.setFocus()
        settle(window, _ROUNDS)
        before, page, shown = self._seen(), window.page(), set(_windows())
        self.asked.clear()
        press()
        settle(window, _ROUNDS)
        opened = [one for one in _windows() if one not in shown]
        came = [*self.asked, *(f"{type(one).__name__} {one.windowTitle()!r}" for one in opened)]
        if window.page() is not page:
            came.append(f"page {type(window.page()).__name__}")
        elif self._seen() != before:
            came.append("another look")
        if not came:
            self.wrong.append(f"{name}: nothing came of it")
        self.wrong += [f"{name}: {one.windowTitle()}" for one in opened if isinstance(one, BugDialog)]
        self.told.append(f"{name}: {', '.join(came)}")
        for one in opened:
            self._leave(name, one)

    def _leave(self, name: str, opened: QWidget) -> None:
        for _press in range(_LEFT_BY_ESC):
            if isValid(opened) and opened.isVisible():
                QTest.keyClick(opened.focusWidget() or opened, Qt.Key.Key_Escape)
                settle(self.desk.window, 1)
        if isValid(opened) and opened.isVisible():
            self.wrong.append(f"{name}: Esc does not lead out of {type(opened).__name__} {opened.windowTitle()!r}")
            put_away(self.desk, opened)

    def _leave_everything(self) -> None:
        self.desk.look.set_text_scale(1.0)
        put_away(self.desk, self.desk.window)

    def _seen(self) -> tuple[QImage, list[tuple[str, bool, bool]]]:
        """The window, and what buttons say that have been scrolled out of it."""
        buttons = self.desk.window.findChildren(QAbstractButton)
        states = [(one.text(), one.isChecked(), one.isEnabled()) for one in buttons]
        return self.desk.window.grab().toImage(), states


def _windows() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def _is_chosen(button: QAbstractButton) -> bool:
    """One of several, and the one that is chosen: nothing would come of it."""
    one_of_several = button.group() is not None or button.autoExclusive()
    return one_of_several and button.isCheckable() and button.isChecked()
