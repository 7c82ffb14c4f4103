"""Enter goes on to a field that another one's choice makes necessary."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage


def test_an_award_for_a_person_asks_for_the_person_next(qtbot: QtBot, session: Session, look: Look, desk: Any) -> None:
    page = EntryPage(session, look, desk, "award_nomination")
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    assert page.form.usual_after("recipient") not in ("person", "residential_area")
    recipient = page.form.inputs["recipient"]
    recipient.go_to()
    recipient.set_value("person")
    page.form.edited.emit("recipient")
    QTest.keyClick(recipient.focus_target(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.form.focused_field() == page.spec.field("person"))
