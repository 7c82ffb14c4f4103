"""A pick list that lacks a record is no dead end: the record is written on its own form and chosen here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit
from thidua_desktop.services import records
from thidua_desktop.services.session import PERMISSIONS, Role, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.link import LinkInput


def _page(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> tuple[EntryPage, LinkInput]:
    page = EntryPage(session, look, desk, "mediation_case")
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    team = page.form.inputs["team"]
    assert isinstance(team, LinkInput)
    return page, team


def test_an_empty_register_is_begun_from_the_field_that_needs_it(
    qtbot: QtBot, session: Session, look: Look, desk: Desk, areas: dict[str, str]
) -> None:
    page, team = _page(qtbot, session, look, desk)
    area = next(iter(areas.values()))
    page.form.inputs["residential_area"].set_value(area)
    team.line.setFocus()
    commit(team.line, "Tổ hòa giải thôn Tân Lập")
    QTest.keyClick(team.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.pushed) == 1)
    form = desk.pushed[0]
    assert isinstance(form, EntryPage) and form.spec.name == "mediation_team"
    values = form.form.read().values
    assert (values["name"], values["residential_area"]) == ("Tổ hòa giải thôn Tân Lập", area)
    saved = records.save(session, "mediation_team", values, reasons={"*": "mới lập"})
    assert isinstance(saved, records.Saved), saved
    form.saved.emit(saved.record.id)
    assert team.value() == saved.record.id
    assert [choice.value for choice in team.offered("")] == [saved.record.id]


@pytest.mark.parametrize("saved", [True, False])
def test_who_comes_back_goes_on_behind_what_was_chosen_or_in_the_field_that_asked(
    qtbot: QtBot, session: Session, look: Look, desk: Desk, areas: dict[str, str], saved: bool
) -> None:
    page, team = _page(qtbot, session, look, desk)
    page.form.inputs["residential_area"].set_value(next(iter(areas.values())))
    team.line.setFocus()
    commit(team.line, "Tổ hòa giải thôn Tân Lập")
    QTest.keyClick(team.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.pushed) == 1)
    form = desk.pushed[0]
    assert isinstance(form, EntryPage)
    if saved:
        made = records.save(session, "mediation_team", form.form.read().values, reasons={"*": "mới lập"})
        assert isinstance(made, records.Saved), made
        form.saved.emit(made.record.id)
    page.focus_first()  # as the window does with the page below
    following = page.form.inputs[page.form.usual_after("team")]
    assert (following if saved else team).has_focus()
    page.focus_first()
    assert page.form.inputs[page.form.first_typed()].has_focus()  # once


def test_tab_leaves_what_was_typed_and_opens_nothing(
    qtbot: QtBot, session: Session, look: Look, desk: Desk, areas: dict[str, str]
) -> None:
    _, team = _page(qtbot, session, look, desk)
    team.line.setFocus()
    commit(team.line, "Tổ hòa giải")
    QTest.keyClick(team.line, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not team.line.hasFocus())
    assert desk.pushed == [] and team.line.text() == "Tổ hòa giải"
    assert "TD-DATA-120" in {problem.code for problem in team.read()[1]}


def test_who_only_looks_is_told_that_the_register_is_empty(
    qtbot: QtBot, session: Session, look: Look, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, team = _page(qtbot, session, look, desk)
    monkeypatch.setattr(Session, "may", lambda self, what: what in PERMISSIONS[Role.LEADER])
    offered = team.offered("")
    assert [(choice.value, choice.detail) for choice in offered] == [("", "sổ chưa có bản ghi nào")]
    assert team.offered("x") == []


def test_the_number_in_the_book_follows_the_team_that_is_chosen(
    qtbot: QtBot, session: Session, look: Look, desk: Desk, areas: dict[str, str]
) -> None:
    area = next(iter(areas.values()))
    facts = {"subject": "Ranh giới đất", "scope": "civil", "outcome": "open", "received_on": session.today}
    for name, number in (("Tổ hòa giải thôn Ba", 7), ("Tổ hòa giải thôn Bốn", 3)):
        made = records.save(session, "mediation_team", {"name": name, "residential_area": area}, reasons={"*": "mới"})
        assert isinstance(made, records.Saved), made
        kept = {**facts, "residential_area": area, "team": made.record.id, "number": number}
        assert isinstance(records.save(session, "mediation_case", kept, reasons={"*": "mới"}), records.Saved)
    page, team = _page(qtbot, session, look, desk)
    number_field = page.form.inputs["number"]
    for typed, following in (("thôn Ba", 8), ("thôn Bốn", 4)):
        team.line.setFocus()
        team.line.selectAll()
        commit(team.line, typed)
        QTest.keyClick(team.line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: team.value() is not None)
        assert number_field.value() == following
    number_field.set_value(40)  # the person's own
    team.line.setFocus()
    team.line.selectAll()
    commit(team.line, "thôn Ba")
    QTest.keyClick(team.line, Qt.Key.Key_Return)
    assert number_field.value() == 40


def test_a_register_whose_records_have_all_ended_is_not_called_empty(
    qtbot: QtBot, session: Session, look: Look, desk: Desk
) -> None:
    empty = EntryPage(session, look, desk, "model_point")
    qtbot.addWidget(empty)
    assert "còn trống" in empty.notice.words()
    ended = {"name": "Camera an ninh", "kind": "camera", "field": "national_security"}
    days = {"launched_on": session.today - timedelta(days=30), "ended_on": session.today - timedelta(days=1)}
    model = session.register("model")
    kinds = {name: session.definitions.catalogs[model.field(name).catalog].items[0].code for name in ("kind", "field")}
    values = {**ended, **kinds, model.valid_from: days["launched_on"], model.valid_to: days["ended_on"]}
    assert isinstance(records.save(session, "model", values, reasons={"*": "thử"}), records.Saved)
    page = EntryPage(session, look, desk, "model_point")
    qtbot.addWidget(page)
    assert "không còn bản ghi nào đang có hiệu lực" in page.notice.words()


def test_what_was_missing_is_not_called_missing_once_it_was_written(
    qtbot: QtBot, session: Session, look: Look, desk: Desk
) -> None:
    page = EntryPage(session, look, desk, "guard_unit")
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.focus_first()
    assert "còn trống" in page.notice.words()
    unit = page.form.inputs["organization"]
    line = unit.focus_target()
    commit(line, "Công ty Cà phê Ea Kly")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.pushed) == 1)
    form = desk.pushed[0]
    assert isinstance(form, EntryPage)
    for name, value in (("kind", "enterprise"), ("guards", 6)):
        form.form.choose(name, value)
    assert form.foot.next_button.isHidden() and form.foot.save_button.text() == "Lưu, quay lại phiếu kia"
    form.form.last_passed.emit()  # Enter in the last field, and once more: back to the form that waits
    assert form.focusWidget() is form.foot.save_button
    assert form.save_and_next() and desk.backs == 1, form.findings.shown
    page.focus_first()  # as the window does for whoever comes back
    assert page.notice.words() == "" and page.form.read().values["organization"] == unit.value()
    assert page.form.read().values["guards"] == 6  # what its unit has in its own book is offered
