"""Enter goes on to a field that another one's choice makes necessary; F9 takes the remedy that is offered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.pages.typing_vietnamese import commit
from thidua_desktop.services import records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.pick_line import PickLine


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


def test_enter_stays_once_at_what_is_not_understood(
    qtbot: QtBot, session: Session, look: Look, desk: Any, areas: dict[str, str]
) -> None:
    page = EntryPage(session, look, desk, "target")
    qtbot.addWidget(page)
    page.show()
    day, kind, unit = (page.form.inputs[name] for name in ("registered_on", "subject_kind", "organization"))
    first = day.focus_target()
    assert isinstance(first, QLineEdit)
    first.setFocus()
    commit(first, "31/11/2026")
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert page.focusWidget() is first and "chỉ có 30 ngày" in str(page.findings.shown)
    assert first.selectedText() == "31/11/2026"  # typing the right day replaces the wrong one
    QTest.keyClick(first, Qt.Key.Key_Return)  # whoever wants to go on may
    assert page.focusWidget() is not first
    second = kind.focus_target()
    second.setFocus()
    commit(second, "trường học")  # what people say for an institution of education
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert kind.value() == "school"
    assert isinstance(second, PickLine)
    kind.set_draft({"typed": "không có loại này"})
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert second.is_open() and second.highlighted() is None  # all there is to choose from, and Enter takes none
    assert second.selectedText() == "không có loại này"
    second.close_list()
    line = unit.focus_target()
    assert isinstance(line, PickLine)
    unit.set_draft({"typed": "THCS Đinh Tiên Hoàng"})
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.is_open() and page.focusWidget() is line  # and the list offers to write it


def test_a_day_by_which_something_is_to_be_done_is_not_today_by_itself(session: Session) -> None:
    assert "due_on" not in records.blank(session, "reform_task")
    assert records.blank(session, "mediation_case")["received_on"] == session.today


def test_enter_passes_over_a_tick_box(qtbot: QtBot, session: Session, look: Look, desk: Any) -> None:
    page = EntryPage(session, look, desk, "culture_title")
    qtbot.addWidget(page)
    page.show()
    box = page.form.inputs["area_met"].focus_target()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert page.form.inputs["area_met"].value() is None
    assert page.focusWidget() is not box


def test_a_meeting_of_the_council_asks_how_many_it_has_and_a_decision_offers_its_state(
    qtbot: QtBot, session: Session, look: Look, desk: Any
) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "award_round"))
    assert page.form.usual_after("meeting_on") == "members_present"
    page.form.inputs["meeting_on"].set_value(date(2026, 11, 6))
    page.check_now()
    assert page.form.usual_after("meeting_on") == "place"  # the minutes print it
    assert page.form.usual_after("place") == "members_total"
    page.form.inputs["decision_on"].set_value(date(2026, 11, 9))
    page.check_now()
    block = page.form.findings_of("status").warning_block("TD-DATA-614 status")
    assert block is not None and block.remedy.text() == "Đặt “Đã có quyết định”"
    QTest.keyClick(page, Qt.Key.Key_F9)
    assert page.form.read().values["status"] == "decided"
    assert page.form.findings_of("status").warning_block("TD-DATA-614 status") is None
    assert page.form.focused_field() == page.spec.field("status")


def test_who_leaves_a_team_is_asked_why(qtbot: QtBot, session: Session, look: Look, desk: Any) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "team_member"))
    assert page.form.usual_after("left_on") == ""
    page.form.inputs["left_on"].set_value(session.today)
    page.check_now()
    assert page.form.usual_after("left_on") == "leaving"


def test_a_tip_that_was_checked_asks_whether_it_was_answered(
    qtbot: QtBot, session: Session, look: Look, desk: Any
) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "tip"))
    page.form.inputs["checked_on"].set_value(session.today)
    page.check_now()
    assert page.form.usual_after("result") == "thanked"
    page.form.inputs["thanked"].set_value(False)  # nobody to tell: said once, not asked again
    page.check_now()
    assert page.form.usual_after("result") == ""


def test_a_good_example_of_a_collective_never_asks_for_a_person(
    qtbot: QtBot, session: Session, look: Look, desk: Any
) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "good_example"))
    person, collective = (page.form.inputs[name] for name in ("person", "collective"))
    assert not person.isVisible() and not collective.isVisible()
    page.form.choose("kind", "collective")
    page.check_now()
    assert collective.isVisible() and not person.isVisible() and page.form.usual_after("field") == "collective"
    collective.set_value("Tổ tự quản số 5")
    page.form.choose("kind", "person")
    page.check_now()
    assert person.isVisible() and not collective.isVisible() and "collective" not in page.form.read().values
    page.form.choose("kind", "collective")  # a slip of the hand costs no word
    assert collective.value() == "Tổ tự quản số 5"
    page.form.set_values({"kind": "collective", "person": "x"})
    assert person.isVisible()  # what was saved is never hidden


def test_a_target_of_the_year_offers_its_first_and_last_day(
    qtbot: QtBot, session: Session, look: Look, desk: Any, areas: dict[str, str]
) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "target"))
    first, last = (page.form.inputs[name] for name in ("starts_on", "ends_on"))
    year = session.today.year
    assert (first.value(), last.value()) == (date(year, 1, 1), date(year, 12, 31))
    page.form.choose("ends_on", date(year, 11, 15))  # the person's own
    page.form.choose("year", year + 1)
    assert (first.value(), last.value()) == (date(year + 1, 1, 1), date(year, 11, 15))
    dossier = in_front(qtbot, EntryPage(session, look, desk, "culture_title"))
    area = next(iter(areas.values()))
    dossier.form.choose("residential_area", area)
    known = records.get(session, "residential_area", area).values["households"]
    assert dossier.form.inputs["households_total"].value() == known is not None


def test_figures_of_a_month_begin_with_the_last_day_of_the_month_that_is_over(
    qtbot: QtBot, session: Session, look: Look, desk: Any
) -> None:
    september = {"carried_over": 0, "received": 5, "settled_on_day": 3, "pending_in_time": 2}
    saved = records.save(session, "service_figures", {"ends_on": date(2026, 9, 30), **september}, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    page = in_front(qtbot, EntryPage(session, look, desk, "service_figures"))
    assert page.form.read().values["ends_on"] == date(2026, 10, 31)
    assert page.form.inputs["carried_over"].value() == 2  # what rests on the day is known at once
    page.form.choose("ends_on", None)
    assert page.form.read().values.get("ends_on") is None  # emptied by the person: it stays empty


def test_figures_of_a_month_go_on_from_the_last_one_and_parts_of_their_sums_are_asked_for(
    qtbot: QtBot, session: Session, look: Look, desk: Any
) -> None:
    october = {"carried_over": 3, "received": 10, "settled_on_day": 9, "pending_in_time": 4}
    saved = records.save(session, "service_figures", {"ends_on": date(2026, 10, 31), **october}, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    page = in_front(qtbot, EntryPage(session, look, desk, "service_figures"))
    carried = page.form.inputs["carried_over"]
    assert page.form.read().values["ends_on"] == session.today and carried.value() == 4  # of November
    assert page.form.usual_after("received_online") == "settled_early"
    page.form.choose("ends_on", date(2026, 10, 30))
    assert carried.value() is None


def test_what_a_choice_makes_necessary_is_asked_for_before_it_is_called_wrong(
    qtbot: QtBot, session: Session, look: Look, desk: Any
) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "target"))
    page.form.choose("subject_kind", "school")
    found = page.check_now()
    assert "organization" not in [one.field for one in found.shown] and page.form.inputs["organization"].isVisible()
    assert page.form.usual_after("subject_kind") == "organization"
    page.form.left.emit("organization")
    assert "organization" in [one.field for one in page.findings.errors]


def test_the_only_team_of_an_area_and_its_next_number_are_proposed_together(
    qtbot: QtBot, session: Session, look: Look, desk: Any, areas: dict[str, str]
) -> None:
    area = next(iter(areas.values()))
    values = {"name": "Tổ hòa giải thôn này", "residential_area": area}
    team = records.save(session, "mediation_team", values, reasons={"*": "thử"})
    assert isinstance(team, records.Saved)
    page = in_front(qtbot, EntryPage(session, look, desk, "mediation_case"))
    page.form.choose("residential_area", area)
    assert page.form.inputs["team"].value() == team.record.id and page.form.inputs["number"].value() == 1
    second = records.save(session, "mediation_team", {**values, "name": "Tổ hòa giải thứ hai"}, reasons={"*": "thử"})
    assert isinstance(second, records.Saved)
    again = in_front(qtbot, EntryPage(session, look, desk, "mediation_case", values={"residential_area": area}))
    assert again.form.inputs["team"].value() is None


def test_enter_comes_to_what_the_citation_prints(
    qtbot: QtBot, session: Session, look: Look, desk: Any, areas: dict[str, str]
) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "award_nomination"), 1000, 520)
    for name, value in (("award", "commune_citation"), ("recipient", "collective")):
        page.form.choose(name, value)
    area = page.form.inputs["residential_area"]
    area.go_to()
    page.form.choose("residential_area", next(iter(areas.values())))
    line, port = page.form.inputs["achievement"], page.form.viewport()
    qtbot.wait(50)  # what was chosen has hidden and shown lines
    place = line.mapTo(page.form.widget(), line.rect().topLeft()).y()
    page.form.verticalScrollBar().setValue(place - port.height() + 30)  # its first line of text is in sight
    assert line.mapTo(port, line.rect().bottomLeft()).y() > port.height()
    QTest.keyClick(area.focus_target(), Qt.Key.Key_Return)
    assert page.form.focused_field() == page.spec.field("achievement")
    assert page.form.inputs["collective_kind"].value() == "residential_area"
    qtbot.wait(100)  # it is scrolled to when the line that asks for it has its place
    qtbot.waitUntil(lambda: line.mapTo(port, line.rect().bottomLeft()).y() <= port.height())  # and now all of it


def test_a_section_that_only_the_program_filled_is_empty(qtbot: QtBot, session: Session, look: Look, desk: Any) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "award_round"))
    states = [button.state().text for button in page.side.buttons]
    assert page.form.inputs["status"].value() == "collecting" and states[3] == "chưa ghi"
    day = page.form.inputs["meeting_on"].focus_target()
    day.setFocus()
    commit(day, "98")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert [button.state().text for button in page.side.buttons][2:4] == ["1 lỗi", "chưa ghi"]
    page.form.choose("status", "decided")
    page.check_now()
    assert page.side.buttons[3].state().text == "đủ"
    title = in_front(qtbot, EntryPage(session, look, desk, "culture_title"))
    assert title.form.inputs["met_on"].value() == session.today
    assert title.side.buttons[1].state().text == "chưa ghi"  # today is the program's word
    title.form.choose("met_on", date(2026, 11, 5))
    title.check_now()
    assert title.side.buttons[1].state().text == "đủ"


@pytest.mark.parametrize("award", ["commune_citation", "security_medal"])
def test_only_the_medal_asks_for_years_of_service(
    qtbot: QtBot, session: Session, look: Look, desk: Any, award: str
) -> None:
    page = EntryPage(session, look, desk, "award_nomination")
    qtbot.addWidget(page)
    page.form.choose("award", award)
    assert ("service" in page.form.shown()) is (award == "security_medal")


def test_enter_stays_once_at_what_a_rule_refuses(qtbot: QtBot, session: Session, look: Look, desk: Any) -> None:
    page = in_front(qtbot, EntryPage(session, look, desk, "joint_resolution"))
    page.form.choose("signed_on", date(2026, 3, 5))
    assert page.form.read().values["valid_from"] == date(2026, 3, 5)  # begins the day it is signed
    assert page.form.usual_after("valid_from") != "content"
    page.check_now()
    assert page.form.usual_after("valid_to") == "content"  # the programme prints it
    reviewed = page.form.inputs["reviewed_on"].focus_target()
    assert isinstance(reviewed, QLineEdit)
    reviewed.setFocus()
    commit(reviewed, "1/3/2026")  # before it was signed
    QTest.keyClick(reviewed, Qt.Key.Key_Return)
    assert page.focusWidget() is reviewed and reviewed.selectedText() == "1/3/2026"
    QTest.keyClick(reviewed, Qt.Key.Key_Return)  # whoever wants to go on may
    assert page.form.focused_field() == page.spec.field("review")


def test_the_day_something_ended_is_passed_over_until_there_is_a_record(
    session: Session, look: Look, desk: Any, qtbot: QtBot
) -> None:
    """Nobody knows it of what begins; of what stands it is what one has come for."""
    page = EntryPage(session, look, desk, "plan_task")
    qtbot.addWidget(page)
    order = page.form.order
    assert page.form.usual_after(order[order.index("done_on") - 1]) != "done_on"
    page.form.is_new = False
    assert page.form.usual_after(order[order.index("done_on") - 1]) == "done_on"
