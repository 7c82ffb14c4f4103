"""A form of one who may not see all of its child rows: what is hidden stays with its row, drafts too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.scenarios.test_every_register import INSTEAD, with_links
from tests.ui.pages.conftest import Desk
from thidua_desktop.services import records
from thidua_desktop.services.session import PERMISSIONS, Permission, Role, Session, User
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput

CASE = "mediation_case"


@pytest.fixture
def case(session: Session) -> str:
    ids = {"residential_area": next(iter(session.file.records.every(ListQuery("residential_area")))).id}
    team: Any = with_links(session.register("mediation_team"), ids)
    ids["mediation_team"] = session.file.records.save("mediation_team", team, actor="A", now=session.now()).id
    values: Any = {**with_links(session.register(CASE), ids), **INSTEAD.get(CASE, {})}
    people = (("Vàng Thị A", 41), ("Vàng Thị B", 33), ("Vàng Thị C", 7))
    values["parties"] = tuple({"kind": "party", "name": name, "age": age} for name, age in people)
    return session.file.records.save(CASE, values, actor="A", now=session.now()).id


@pytest.fixture
def page(
    session: Session, look: Look, desk: Desk, qtbot: QtBot, case: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EntryPage]:
    monkeypatch.setitem(PERMISSIONS, Role.PROVINCE, frozenset(Permission) - {Permission.SEES_SENSITIVE})
    blind = replace(session, user=User("tinh", "Tỉnh", Role.PROVINCE))
    made = EntryPage(blind, look, desk, CASE, case)
    qtbot.addWidget(made)
    made.show()
    yield made


def parties(session: Session, case: str) -> list[tuple[object, object]]:
    rows: Any = records.whole(session, CASE, case).values["parties"]
    return [(row.get("name"), row.get("age")) for row in rows]


def rows_of(page: EntryPage) -> RowsInput:
    rows = page.form.inputs["parties"]
    assert isinstance(rows, RowsInput)
    return rows


def test_the_first_row_goes_and_the_others_keep_their_names(page: EntryPage, session: Session, case: str) -> None:
    rows = rows_of(page)
    assert set(rows.editors[0].inputs) == {"kind", "age"}  # no cell that would be typed in for nothing
    rows.remove_row(rows.editors[0])
    rows.editors[0].inputs["age"].set_value(34)
    saved = records.save(page.session, CASE, page.form.read().values, record_id=case, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    assert parties(session, case) == [("Vàng Thị B", 34), ("Vàng Thị C", 7)]


def test_a_draft_knows_its_rows(page: EntryPage, session: Session, case: str) -> None:
    rows = rows_of(page)
    rows.remove_row(rows.editors[0])
    kept = rows.draft()
    rows.set_draft(kept)
    rows.editors[1].inputs["age"].set_value(8)
    saved = records.save(page.session, CASE, page.form.read().values, record_id=case, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    assert parties(session, case) == [("Vàng Thị B", 33), ("Vàng Thị C", 8)]


def test_a_row_taken_away_and_a_new_one_are_two_people(page: EntryPage, session: Session, case: str) -> None:
    rows = rows_of(page)
    for _ in range(3):
        rows.remove_row(rows.editors[0])
    rows.begin_row()
    rows.editors[0].inputs["age"].set_value(50)
    refused = records.save(page.session, CASE, page.form.read().values, record_id=case, reasons={"*": "thử"})
    assert isinstance(refused, records.Refused) and refused.problems[0].code == "TD-DATA-103"
    assert len(parties(session, case)) == 3
