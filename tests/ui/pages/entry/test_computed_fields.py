"""A field that nobody types, in the form: it follows the others, and neither Tab nor drafts meet it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.typing_vietnamese import press, type_keys
from tests.unit.services.computed_register import FIELD, PARTS, REGISTER, with_computed_field
from thidua_desktop.services import drafts
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.computed import NOTHING_YET, ComputedInput


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any) -> EntryPage:
    made = EntryPage(with_computed_field(session, required=True), look, desk, REGISTER)
    qtbot.addWidget(made)
    made.resize(1150, 660)
    made.show()
    made.activateWindow()
    return made


def shown(page: EntryPage) -> ComputedInput:
    made = page.form.inputs[FIELD]
    assert isinstance(made, ComputedInput)
    return made


def test_the_value_follows_what_is_typed(page: EntryPage, qtbot: QtBot) -> None:
    assert shown(page).shown() == NOTHING_YET
    page.form.inputs[PARTS[0]].go_to()
    type_keys(page.form.inputs[PARTS[0]].focus_target(), "12")
    qtbot.waitUntil(lambda: shown(page).shown() == "12", timeout=3_000)
    assert "12" in shown(page).box.accessibleName()
    assert "tự tính" in shown(page).box.accessibleName()
    page.form.inputs[PARTS[1]].go_to()
    type_keys(page.form.inputs[PARTS[1]].focus_target(), "1300")
    press(page.form.inputs[PARTS[1]].focus_target(), Qt.Key.Key_Tab)
    assert shown(page).shown() == "1.312"


def test_tab_goes_past_it(page: EntryPage) -> None:
    order = page.form.order
    before = order[order.index(FIELD) - 1]
    page.form.inputs[before].go_to()
    press(page.form.inputs[before].focus_target(), Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not shown(page).isAncestorOf(focused)
    assert not focused.isAncestorOf(shown(page))


def test_drafts_and_copies_do_not_hold_it(
    page: EntryPage, session: Session, add: Callable[..., str], qtbot: QtBot, look: Look, desk: Any
) -> None:
    add(
        REGISTER, held_on=date(2026, 11, 8), kind="patrol", title="Ca đầu", documents_handed_out=4, messages_received=99
    )
    page.copy_last()
    assert shown(page).shown() == "4"
    page.keeper.keep_now()
    draft = drafts.find(session, REGISTER, None)
    assert draft is not None
    fields = draft.texts["fields"]
    assert isinstance(fields, dict) and FIELD not in fields
    again = EntryPage(page.session, look, desk, REGISTER)
    qtbot.addWidget(again)
    assert shown(again).shown() == "4"


def test_it_is_saved_and_counts_as_nothing_typed(page: EntryPage, session: Session) -> None:
    page.form.inputs["title"].set_draft("Ca đầu")
    page.form.inputs["kind"].set_value("patrol")
    page.form.inputs[PARTS[0]].set_draft("6")
    assert FIELD not in page.form.filled()
    page.check_now()
    assert page.save(), page.findings
    (found,) = session.file.records.every(ListQuery(REGISTER))
    assert found.values[FIELD] == 6
