"""Child rows by the keyboard: Tab goes through every row in the order that is seen, then to "Thêm dòng"."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput, share_of


@pytest.mark.parametrize("field", ["parties", "meetings"])
def test_tab_goes_through_the_rows_to_the_next_one(
    session: Session, look: Look, desk: Desk, qtbot: QtBot, field: str
) -> None:
    page = EntryPage(session, look, desk, "mediation_case")
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    rows = page.form.inputs[field]
    assert isinstance(rows, RowsInput)
    for _ in range(3):
        rows.add_button.click()
    qtbot.waitUntil(lambda: all(cell.focus_target().isVisible() for cell in rows.parts()))
    rows.editors[0].inputs[rows.spec.fields[0].name].go_to()
    assert page.help_key() == f"mediation_case.{field}.{rows.spec.fields[0].name}"
    met: list[int] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is rows.add_button:
            break
        met += [number for number, one in enumerate(rows.editors) if one.isAncestorOf(focused)] or [-1]
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is rows.add_button
    assert met == sorted(met) and set(met) == {0, 1, 2}


def test_enter_goes_through_the_rows_too(session: Session, look: Look, desk: Desk, qtbot: QtBot) -> None:
    page = EntryPage(session, look, desk, "security_team")
    qtbot.addWidget(page)
    page.show()
    rows = page.form.inputs["equipment"]
    assert isinstance(rows, RowsInput)
    for _ in range(2):
        rows.add_button.click()
    cells = [cell.focus_target() for editor in rows.editors for cell in editor.inputs.values()]
    cells[0].setFocus()
    for following in (*cells[1:], rows.add_button):
        focused = page.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
        assert page.focusWidget() is following


def test_words_in_rows_have_more_room_than_numbers(session: Session, look: Look, desk: Desk, qtbot: QtBot) -> None:
    page = EntryPage(session, look, desk, "emulation_launch")
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    rows = page.form.inputs["criteria"]
    assert isinstance(rows, RowsInput)
    rows.begin_row()
    words, points = rows.editors[0].inputs.values()
    qtbot.waitUntil(lambda: words.width() > 100)
    assert words.width() > 3 * points.width() and points.width() >= look.px(100)
    heads = [one for one in rows._head.findChildren(QLabel) if one.text()]
    assert [head.text() for head in heads] == ["Tiêu chí", "Điểm"]
    for head, cell in zip(heads, (words, points), strict=True):
        assert abs(head.width() - cell.width()) < 2


def test_names_of_other_registers_have_more_room_than_typed_words(
    session: Session, look: Look, desk: Desk, qtbot: QtBot
) -> None:
    """The household and why it did not pass were cut in four columns of one width; a short choice takes no more."""
    page = EntryPage(session, look, desk, "culture_title")
    qtbot.addWidget(page)
    page.resize(1052, 640)
    page.show()
    rows = page.form.inputs["unmet"]
    assert isinstance(rows, RowsInput)
    rows.add_button.click()
    QApplication.processEvents()
    width = {name: cell.width() for name, cell in rows.editors[0].inputs.items()}
    heads = [child.width() for child in rows._head.findChildren(QLabel)]
    assert width["household"] == heads[0] and width["household"] > 1.3 * width["name"]
    assert width["reason"] > 1.3 * width["detail"]
    catalogs = session.definitions.catalogs
    short = next(one for one in session.register("mediation_case").field("parties").fields if one.name == "kind")
    assert share_of(short, catalogs) < 6
