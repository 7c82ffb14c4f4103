"""F1 in dialogs: the field and the dialog are explained; the guide knows every dialog there is."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

import thidua_desktop.ui
from thidua_desktop.services.documents.guide import dialog_help
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.pages.admin.people_dialogs import AddUserDialog
from thidua_desktop.ui.shell.dialog_help import HelpBox, key_of


def _dialogs(of: type[QDialog] = QDialog) -> Iterator[type[QDialog]]:
    for made in of.__subclasses__():
        if made.__module__.startswith("thidua_desktop.ui.") and not made.__subclasses__():
            yield made
        yield from _dialogs(made)


def test_the_guide_tells_of_every_dialog() -> None:
    for found in pkgutil.walk_packages(thidua_desktop.ui.__path__, "thidua_desktop.ui."):
        importlib.import_module(found.name)
    names = {key_of(made) for made in _dialogs()}
    assert len(names) > 25 and not [name for name in names if not dialog_help(name)]


def test_f1_explains_the_field_and_the_dialog_and_goes_away_again(qtbot: QtBot, desk: Desk) -> None:
    dialog = AddUserDialog(desk.look, desk.session, desk.window)
    dialog.open()
    field = dialog.rows["login"].field
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(HelpBox)))
    box = dialog.findChildren(HelpBox)[0]
    assert [part.title for part in box.parts] == [dialog.rows["login"].title, dialog.windowTitle()]
    assert box.parts[0].text == dialog.rows["login"].hint.text() and "đồng nghiệp" in box.parts[1].text
    QTest.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.findChildren(HelpBox))
    assert dialog.isVisible() and dialog.focusWidget() is field
    dialog.reject()
