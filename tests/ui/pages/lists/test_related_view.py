"""Related records in the pane: counts by register, each record opens, a new one starts linked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.lists.page import ListPage


@pytest.fixture
def page(
    qtbot: QtBot, session: Session, look: Look, desk: Any, add: Callable[..., str], areas: dict[str, str]
) -> ListPage:
    group = add("self_managed_group", residential_area=areas["tan lap"], number="5", name="Tổ số 5", kind="security")
    add("household", residential_area=areas["tan lap"], group=group, number=7, representative="Lò Thị Mỷ")
    add("household", residential_area=areas["tan lap"], group=group, number=8, representative="Vi Văn Páo")
    add("movement_activity", held_on=date(2026, 11, 2), kind="patrol", title="Ca đầu")
    made = ListPage(session, look, desk, "self_managed_group")
    qtbot.addWidget(made)
    made.resize(1150, 660)
    made.show()
    qtbot.waitUntil(lambda: made.pane.record is not None)
    return made


def named(page: ListPage, start: str) -> QPushButton:
    buttons = page.pane.related.findChildren(QPushButton)
    return next(one for one in buttons if one.accessibleName().startswith(start) and not one.isHidden())


def test_relations_are_counted_and_open(page: ListPage, desk: Any) -> None:
    (group,) = [one for one in page.pane.related.groups if one.register == "household"]
    assert group.count == 2
    assert not page.pane.related.isHidden()
    named(page, "Mở").click()
    assert desk.rooms[-1][0] == "household" and desk.rooms[-1][1] in {one.id for one in group.newest}


def test_a_new_record_starts_linked(page: ListPage, desk: Any, session: Session, areas: dict[str, str]) -> None:
    texts = [action.text() for action in page.pane.related._menu.actions()]
    wanted = f"Ghi {session.register('household').singular}"
    page.pane.related._menu.actions()[texts.index(wanted)].trigger()
    form = desk.pushed[-1]
    assert isinstance(form, EntryPage) and form.spec.name == "household"
    values = form.form.read().values
    assert page.pane.record is not None
    assert (values["group"], values["residential_area"]) == (page.pane.record.id, areas["tan lap"])
    form.deleteLater()
