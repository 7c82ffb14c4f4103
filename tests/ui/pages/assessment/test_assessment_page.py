"""The page of a sheet in a real office: started, answered by keyboard, incidents beside, kept as a draft, saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from thidua_desktop.domain.rules.assessments import STAGES
from thidua_desktop.formdef.model import Values
from thidua_desktop.services import records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.assessment.criteria_table import FIRST_STAGE, INCIDENTS, TEXT
from thidua_desktop.ui.pages.assessment.page import AssessmentPage

Add = Callable[..., str]


@pytest.fixture
def make(session: Session, look: Look, desk: Any) -> Callable[..., AssessmentPage]:
    def page(record_id: str | None = None, values: Values | None = None) -> AssessmentPage:
        made = AssessmentPage(session, look, desk, record_id, values)
        made.resize(1140, 690)
        made.show()
        return made

    return page


def start(areas: dict[str, str], set_name: str) -> Values:
    return {"criteria_set": set_name, "subject_kind": "residential_area", "residential_area": areas["dong ha"]}


def line(page: AssessmentPage, code: str) -> int:
    return next(at for at, row in enumerate(page.sheet.rows) if row["criterion"] == code)


def shown(page: AssessmentPage, code: str, column: int) -> str:
    return str(page.table.rows_model.data(page.table.rows_model.index(line(page, code), column)))


def dispute(add: Add, areas: dict[str, str]) -> str:
    return add("incident", occurred_on=date(2026, 6, 1), kind="prolonged_conflict", severity="minor",
               title="Tranh chấp lối đi", outcome="open", residential_area=areas["dong ha"])  # fmt: skip


def test_a_sheet_is_started_and_answered_by_keyboard(
    make: Callable[..., AssessmentPage], areas: dict[str, str], add: Add, session: Session
) -> None:
    dispute(add, areas)
    page = make(values={**start(areas, "safe_area"), "subject_kind": None})  # a set for areas only leaves no choice
    assert not page.started
    assert page.begin() and page.started
    assert "Đã chấm sẵn 11 tiêu chí theo các sổ" in page.notice.words()
    assert shown(page, "3.e", FIRST_STAGE) == "Chưa đạt"
    assert shown(page, "3.e", INCIDENTS) == "1 vụ"
    page.table.go_to(line(page, "1.1"))
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert shown(page, "1.1", FIRST_STAGE) == "Đạt"
    assert page.sheet.rows[page.table.place()]["criterion"] == "1.2"
    QTest.keyClick(page.table, Qt.Key.Key_C)
    assert shown(page, "1.2", FIRST_STAGE) == "Chưa đạt"
    page.table.go_to(line(page, "1.1"))
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert shown(page, "1.1", FIRST_STAGE) == ""
    assert "3.e" in page.pane.left.text()
    assert page.save()
    assert records.get(session, "assessment", str(page.record_id)).values["result"] == "not_met"


def test_unikey_that_retypes_letters_answers_one_line_for_each_key(
    make: Callable[..., AssessmentPage], areas: dict[str, str]
) -> None:
    page = make(values=start(areas, "safe_area"))
    page.begin()
    page.table.go_to(line(page, "1.1"))
    places = [page.table.place()]
    for number, sent in enumerate(("d", "\bđ", "\bdd", "d")):  # what UniKey makes of the key d pressed four times
        for letter in sent:
            key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key.Key_D
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(1000 + 200 * number)
            QCoreApplication.sendEvent(page.table, event)
        places.append(page.table.place())
    answered = [at for at in range(len(page.sheet.rows)) if not page.sheet.is_heading(at)]
    first = answered.index(places[0])
    assert places == answered[first : first + 5]


def test_a_second_sheet_of_a_year_is_the_first_one_gone_on_with(
    make: Callable[..., AssessmentPage], areas: dict[str, str]
) -> None:
    first = make(values=start(areas, "safe_area"))
    assert first.begin() and first.save()
    second = make(values=start(areas, "safe_area"))
    assert second.begin() and second.started
    assert second.record_id == first.record_id
    assert "đã có bản đánh giá này" in second.notice.words() and second.focusWidget() is second.table
    assert not second.keeper.is_dirty()


def test_a_kept_incident_needs_a_reason_before_saving(
    make: Callable[..., AssessmentPage], areas: dict[str, str], add: Add, desk: Any
) -> None:
    incident = dispute(add, areas)
    page = make(values=start(areas, "safe_area"))
    page.begin()
    page.table.go_to(line(page, "3.e"))
    assert page.pane.books.text() == "1 vụ việc trong sổ chạm tiêu chí này."
    page.sheet.answer(line(page, "3.e"), "self", True)
    assert not page.save()
    assert page.sheet.rows[page.table.place()]["criterion"] == "3.e"
    page.pane.reason.setText("Hai bên đã hòa giải thành")
    page.pane.reason.editingFinished.emit()
    assert page.save()
    page.pane.opened.emit(incident)
    assert desk.pushed[-1].record_id == incident


def test_points_are_typed_summed_and_kept_below_their_maximum(
    make: Callable[..., AssessmentPage], areas: dict[str, str]
) -> None:
    page = make(values=start(areas, "movement_area"))
    page.begin()
    page.table.go_to(line(page, "1.1"))
    QTest.keyClicks(page.table, "9")
    assert page.pane.points.text() == "9"
    page.pane.points.setText("12")
    assert not page.pane.take_points()
    assert "điểm chuẩn 10" in page.pane.problem.text()
    page.pane.points.setText("7,5")
    assert page.pane.take_points()
    assert page.sheet.rows[line(page, "1.1")]["self_points"] == Decimal("7.5")
    assert shown(page, "1", FIRST_STAGE) == "7,5"
    page.set_stage(2)
    page.sheet.answer(line(page, "1.1"), "appraised", Decimal(6))
    assert shown(page, "1", FIRST_STAGE + 2) == "6"
    assert page.pane.stage == "appraised"
    kept = page.sheet.for_saving()["criteria"]
    assert kept[0]["self_points"] == Decimal("7.5") and kept[0]["appraised_points"] == Decimal(6)


def test_what_is_typed_beside_the_line_is_kept_when_another_line_comes(
    make: Callable[..., AssessmentPage], areas: dict[str, str], session: Session
) -> None:
    """F8 and Ctrl+Enter go to another line while the keys are still in the field."""
    page = make(values=start(areas, "movement_area"))
    page.begin()
    first, second = line(page, "1.1"), line(page, "1.2")
    page.table.go_to(first)
    page.pane.evidence.setFocus()
    QTest.keyClicks(page.pane.evidence, "BB 12")
    page._on_next()
    assert page.sheet.rows[first]["evidence"] == "BB 12"
    assert page.pane.place == second and page.pane.evidence.text() == ""
    QTest.keyClicks(page.table, "7")
    page.table.go_to(first)
    assert page.sheet.rows[second]["self_points"] == Decimal(7)
    QTest.keyClicks(page.pane.evidence, ", 13")
    assert page.save()
    kept = records.get(session, "assessment", str(page.record_id)).values["criteria"]
    assert kept[first]["evidence"] == "BB 12, 13"


def test_points_that_do_not_fit_stay_and_are_not_saved_over(
    make: Callable[..., AssessmentPage], areas: dict[str, str]
) -> None:
    page = make(values=start(areas, "movement_area"))
    page.begin()
    page.table.go_to(line(page, "1.1"))
    QTest.keyClicks(page.table, "9")
    QTest.keyClicks(page.pane.points, "9")
    assert not page.save() and "điểm chuẩn 10" in page.pane.problem.text()
    page.refresh()
    assert page.pane.points.text() == "99"


def test_what_was_answered_is_taken_up_again(make: Callable[..., AssessmentPage], areas: dict[str, str]) -> None:
    page = make(values=start(areas, "safe_area"))
    page.begin()
    page.sheet.answer(line(page, "2"), "self", True)
    assert page.can_leave()
    again = make()
    assert again.started and not again.notice.isHidden()
    assert shown(again, "2", FIRST_STAGE) == "Đạt"


def test_the_wrong_subject_is_refused_on_the_start_card(
    make: Callable[..., AssessmentPage], areas: dict[str, str]
) -> None:
    page = make(values={**start(areas, "safe_unit")})
    assert not page.begin()
    assert not page.started


def test_the_dossier_counts_sub_units(make: Callable[..., AssessmentPage], add: Add, session: Session) -> None:
    unit = add("organization", kind="agency", name="Trạm Khuyến nông")
    page = make(values={"criteria_set": "safe_unit", "subject_kind": "agency", "organization": unit})
    page.begin()
    page.sheet.set_fields({"subunits_total": 10, "subunits_met": 6})
    found = page.sheet.suggestion(line(page, "5.1"))
    assert found is not None
    assert (found.met, found.sentence) == (False, "6/10 đầu mối đạt, cần thêm 1 đầu mối.")


def test_enter_in_the_dossier_comes_to_what_recognition_needs_and_then_to_saving(
    make: Callable[..., AssessmentPage], areas: dict[str, str]
) -> None:
    page = make(values=start(areas, "safe_area"))
    assert page.begin()
    page.tabs.setCurrentIndex(1)
    status, decided = page.dossier.inputs["status"], page.dossier.inputs["decision_date"]
    assert page.dossier.usual_after("status") == ""
    status.begin()
    status.set_value("recognised")
    page.dossier.go_on("status")  # the criteria are not met: said at once, where it was chosen
    assert page.focusWidget() is status.focus_target() and "TD-DATA-063" in {one.code for one in page.check_now()}
    page.dossier.go_on("status")
    assert page.focusWidget() is decided.focus_target()
    decided.set_value(date(2026, 11, 12))
    page.dossier.go_on("decision_date")
    assert page.focusWidget() is page.save_button


def test_the_start_card_asks_only_for_the_subject_of_the_chosen_kind(make: Callable[..., AssessmentPage]) -> None:
    page = make(values={"criteria_set": "self_managed_group"})
    form = page.start_form
    assert form.shown() == ("year", "criteria_set", "subject_kind", "group")
    assert form.usual_after("subject_kind") == "group" and form.inputs["organization"].isHidden() is False
    assert not form.inputs["organization"].isVisible() and form.inputs["group"].isVisible()
    page.focus_first()
    assert page.focusWidget() is form.inputs["group"].focus_target()
    form.choose("subject_kind", "cluster_member")
    assert form.shown()[-1] == "member_name" and "group" not in form.shown()


def test_of_measures_what_reaches_a_threshold_is_bad_and_nought_is_not(make: Callable[..., AssessmentPage]) -> None:
    page = make(values={"criteria_set": "drug_free_commune"})
    assert page.begin()
    for place, value in enumerate(("0.05", "0", "0.012")):
        page.sheet.answer(place, "self", Decimal(value))
    inks = [page.table.rows_model._ink(place, FIRST_STAGE) for place in range(3)]
    assert inks == ["bad", None, "bad"]


def test_who_comes_back_with_a_new_unit_goes_on_behind_it(make: Callable[..., AssessmentPage], add: Add) -> None:
    page = make(values={"criteria_set": "safe_school", "subject_kind": "school"})
    unit = page.start_form.inputs["organization"]
    page._linked.make(unit, "Trường THCS Đào Duy Từ")
    page._linked._choose(unit, add("organization", kind="school", name="Trường THCS Đào Duy Từ"))
    page.focus_first()
    assert page.start_form.read().values["organization"] == unit.value()
    assert page.focusWidget() is page.begin_button  # the unit is the last that the start card asks for


def test_words_of_criteria_are_whole_where_empty_columns_can_give_way(
    make: Callable[..., AssessmentPage], look: Look
) -> None:
    page = make(values={"criteria_set": "legal_access", "subject_kind": "commune"})
    page.resize(1126, 640)  # of a window of 1366 × 768
    assert page.begin()
    QApplication.processEvents()
    table = page.table
    assert table.isColumnHidden(INCIDENTS) and not table.isColumnHidden(FIRST_STAGE)
    room = table.columnWidth(TEXT) - look.px(22)
    answered = [at for at in range(len(page.sheet.rows)) if not page.sheet.is_heading(at)]
    assert all(look.text_width(table.rows_model.words(at)) <= room for at in answered)
    assert {table.columnSpan(at, TEXT) for at in range(len(page.sheet.rows)) if page.sheet.is_heading(at)} == {6}
    page.table.show_stage(STAGES[1])
    assert not table.isColumnHidden(FIRST_STAGE + 1)


def test_a_warning_of_a_sheet_is_kept_with_its_reason(
    make: Callable[..., AssessmentPage], areas: dict[str, str], session: Session
) -> None:
    page = make(values=start(areas, "safe_area"))
    assert page.begin()
    page.dossier.inputs["note"].set_value("Héi nghÞ b¸o c¸o")  # of the old fonts
    assert not page.save()
    (problem,) = [one for one in page.problems if one.field == "note"]
    block = page.dossier.findings_of("note").warning_block(problem.key)
    assert block is not None
    QTest.keyClicks(block.reason, "chep nguyen van")
    QTest.keyClick(block.reason, Qt.Key.Key_Return)
    assert page.save(), page.problems
    assert page.record_id is not None
    assert records.history(session, "assessment", page.record_id)[0].reason == "chep nguyen van"
