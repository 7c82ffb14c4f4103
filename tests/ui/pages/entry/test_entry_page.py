"""The entry page at work: keyboard alone, problems beside fields, drafts, conflicts, the next record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.pages.typing_vietnamese import press, type_keys
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.services import drafts, lists, records
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.findings import FindingsView
from thidua_desktop.ui.pages.entry.form_check import SectionMood
from thidua_desktop.ui.pages.entry.form_line import FormGeometry
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.date import CalendarPopup, DateInput
from thidua_desktop.ui.shell.page import LayoutClass

MakePage = Callable[..., EntryPage]


@pytest.fixture
def open_page(qtbot: QtBot, session: Session, look: Look, desk: Any) -> MakePage:
    def make(register: str = "movement_activity", record_id: str | None = None, **values: Any) -> EntryPage:
        return in_front(qtbot, EntryPage(session, look, desk, register, record_id, values or None))

    return make


def type_in(page: EntryPage, name: str, text: str) -> None:
    field = page.form.inputs[name]
    field.go_to()
    if hasattr(field.focus_target(), "selectAll"):
        field.focus_target().selectAll()
    type_keys(field.focus_target(), text)


def leave(page: EntryPage) -> None:
    page.form.inputs["note"].go_to()


def sentences(page: EntryPage, name: str) -> str:
    return " ".join(page.form.findings_of(name).problem_texts())


def test_an_activity_is_written_by_keyboard_alone(open_page: MakePage, session: Session, qtbot: QtBot) -> None:
    page = open_page()
    texts = ["hôm qua", "19h30", "21h", "tan lap", "Nhà văn hóa thôn", "tuan tra", "cong an", "lua dao",
             "Nhận biết cuộc gọi giả danh", "125", "68"]  # fmt: skip
    for place, text in enumerate(texts):
        focused = QApplication.focusWidget()
        assert focused is page.form.inputs[page.form.order[place]].focus_target()
        type_keys(focused, text)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    saved: list[str] = []
    page.saved.connect(saved.append)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    values = records.get(session, "movement_activity", saved[0]).values
    assert values["held_on"] == date(2026, 11, 8)
    assert (values["starts_at"], values["kind"], values["topics"]) == ("19:30", "patrol", ("online_fraud",))
    assert (values["attendance_total"], values["attendance_women"]) == (125, 68)
    assert page.navigate.backs == 1


def test_a_kind_written_before_a_name_chooses_the_kind(open_page: MakePage, session: Session, qtbot: QtBot) -> None:
    page = open_page("residential_area")

    def stands() -> tuple[object, object]:
        values = page.form.read().values
        return values.get("kind"), values.get("name")

    type_in(page, "name", "Buôn Ea Đar")
    leave(page)
    assert stands() == ("buon", "Ea Đar")
    page.form.inputs["kind"].set_value("thon")  # whoever insists means it
    type_in(page, "name", "Bản Phủ")
    leave(page)
    assert stands() == ("thon", "Bản Phủ")
    type_in(page, "name", "Thôn Bản Phủ")
    type_in(page, "households", "90")
    type_in(page, "name", "Thôn Bản Phủ")
    saved: list[str] = []
    page.saved.connect(saved.append)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # from within it
    values = records.get(session, "residential_area", saved[0]).values
    assert (values["kind"], values["name"]) == ("thon", "Bản Phủ")


def test_a_wrong_date_shows_its_sentence_and_saving_goes_to_it(open_page: MakePage) -> None:
    page = open_page()
    type_in(page, "held_on", "31/2")
    leave(page)
    assert "31/2" in sentences(page, "held_on")
    assert not page.save()
    assert page.form.inputs["held_on"].focus_target().hasFocus()
    assert page.foot.words.text().startswith("Còn 3 lỗi")
    type_in(page, "held_on", "1/11")
    leave(page)
    assert sentences(page, "held_on") == ""


def test_rules_between_fields_stand_beside_their_field(open_page: MakePage) -> None:
    page = open_page()
    type_in(page, "attendance_total", "10")
    type_in(page, "attendance_women", "12")
    leave(page)
    assert "12" in sentences(page, "attendance_women") + sentences(page, "attendance_total")
    assert page.side.buttons[2].state().mood is SectionMood.ERROR


def test_empty_required_fields_are_quiet_until_visited_or_saved(open_page: MakePage) -> None:
    page = open_page()
    assert not page.findings.shown
    assert page.foot.words.text() == "Còn 2 mục bắt buộc"
    page.form.inputs["title"].go_to()
    leave(page)
    assert "Nội dung chính" in sentences(page, "title")
    assert sentences(page, "kind") == ""
    page.save()
    assert "Loại hoạt động" in sentences(page, "kind")


def test_f8_goes_from_problem_to_problem(open_page: MakePage, qtbot: QtBot) -> None:
    page = open_page()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert page.form.focused_field().name == "kind"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert page.form.focused_field().name == "title"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert page.form.focused_field().name == "kind"


def test_a_warning_is_kept_with_its_reason(open_page: MakePage, session: Session, areas: dict[str, str]) -> None:
    page = open_page(held_on=date(2026, 11, 8), residential_area=areas["ea m'doal"], kind="patrol", title="Tuần tra")
    type_in(page, "attendance_total", "9000")
    leave(page)
    block = page.form.findings_of("attendance_total").warning_block("TD-DATA-022 attendance_total")
    assert block is not None
    assert not page.save()
    assert block.reason.hasFocus()
    type_keys(block.reason, "Dự cùng 3 thôn")
    press(block.reason, Qt.Key.Key_Return)
    saved: list[str] = []
    page.saved.connect(saved.append)
    assert page.save()
    assert records.history(session, "movement_activity", saved[0])[0].reason == "Dự cùng 3 thôn"


def test_after_a_reason_the_keys_go_on(open_page: MakePage, areas: dict[str, str]) -> None:
    page = open_page(held_on=date(2026, 11, 8), residential_area=areas["ea m'doal"], kind="patrol", title="Tuần tra")
    type_in(page, "attendance_total", "9000")
    leave(page)
    block = page.form.findings_of("attendance_total").waiting()
    assert block is not None
    block.reason.setFocus()
    type_keys(block.reason, "Dự cùng 3 thôn")
    press(block.reason, Qt.Key.Key_Return)
    assert page.form.findings_of("attendance_total").waiting() is None
    focused = page.form.focused_field()
    assert focused is not None and focused.name == page.form.usual_after("attendance_total")


def test_a_reason_of_the_record_before_is_offered_and_not_given(look: Look, qtbot: QtBot) -> None:
    view = FindingsView(look)
    qtbot.addWidget(view)
    view.show()
    late = Problem("TD-DATA-201", "held_on", "Ngày 08/11/2026 nằm trong kỳ đã chốt.", Severity.WARNING)
    view.set_findings([late], {late.key: "Ghi bù"})
    block = view.warning_block(late.key)
    assert block is not None and block.is_kept()
    view.set_findings([late], {})  # the next record, of the same day
    view.keep_typed()
    assert not block.is_kept() and block.reason.text() == "Ghi bù"


def test_two_warnings_of_one_kind_are_kept_each_with_its_reason(
    open_page: MakePage, session: Session, areas: dict[str, str]
) -> None:
    """Two months' remarks signed late, say: with one reason for both the record could never be saved."""
    register, days = "supervised_person", {"received_on": date(2026, 9, 1), "reception_told_on": date(2026, 11, 2)}
    known = {"name": "Vàng Thị Ọi", "sex": "female", "residential_area": areas["tan lap"], "decision": "7/2026/HSST"}
    page = open_page(register, **known, **days, group="non_custodial", plan_on=date(2026, 11, 2))
    assert not page.save()
    for said in ("Người ấy đi vắng", "Hồ sơ về chậm"):
        reason = QApplication.focusWidget()
        assert isinstance(reason, QLineEdit)
        type_keys(reason, said)
        press(reason, Qt.Key.Key_Return)
        page.save()
    (saved,) = session.file.records.every(ListQuery(register))
    assert records.history(session, register, saved.id)[0].reason == "Người ấy đi vắng; Hồ sơ về chậm"


def test_typed_text_comes_back_as_a_draft(open_page: MakePage, session: Session, qtbot: QtBot) -> None:
    page = open_page()
    type_in(page, "title", "Họp bàn chưa xong")
    type_in(page, "attendance_total", "mười")
    qtbot.waitUntil(lambda: "mười" in str(drafts.find(session, "movement_activity", None)), timeout=4_000)

    again = open_page()  # as after a crash: the first page was never asked
    assert again.form.inputs["title"].value() == "Họp bàn chưa xong"
    assert again.form.inputs["attendance_total"].focus_target().text() == "mười"
    assert "bản nháp" in again.notice.words()
    again._drop_draft()
    assert again.form.inputs["title"].is_empty()
    assert drafts.find(session, "movement_activity", None) is None


def test_leaving_keeps_a_draft_and_saving_forgets_it(open_page: MakePage, session: Session) -> None:
    page = open_page(held_on=date(2026, 11, 8), kind="patrol")
    type_in(page, "title", "Tuần tra đêm")
    assert page.can_leave()
    assert drafts.find(session, "movement_activity", None) is not None
    assert page.save()
    assert drafts.find(session, "movement_activity", None) is None


@pytest.mark.parametrize(("name", "text"), [("held_on", "3/11"), ("attendance_total", "1250"), ("kind", "tuan")])
def test_what_is_tidied_after_saving_is_no_draft(open_page: MakePage, session: Session, name: str, text: str) -> None:
    page = open_page()
    for field, typed in (("kind", "tuan tra"), ("title", "Tuần tra đêm"), (name, text)):
        type_in(page, field, typed)
    assert page.save()
    leave(page)  # as going back does: the text takes its usual form
    page.hide()
    assert drafts.restore(session) == []


def test_an_untouched_form_leaves_no_draft(open_page: MakePage, session: Session) -> None:
    page = open_page()
    page.can_leave()
    assert drafts.restore(session) == []


def test_the_next_record_keeps_day_area_and_kind(open_page: MakePage, areas: dict[str, str], qtbot: QtBot) -> None:
    page = open_page(held_on=date(2026, 11, 8), residential_area=areas["tan lap"], kind="patrol")
    type_in(page, "title", "Tuần tra đêm")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    values = page.form.read().values
    assert values["held_on"] == date(2026, 11, 8)
    assert values["residential_area"] == areas["tan lap"]
    assert values["kind"] == "patrol"
    assert "title" not in values
    assert page.navigate.backs == 0
    assert len(lists.open_list(page.session, lists.ListQuery("movement_activity"))) == 1


def test_two_desks_on_one_record_are_told_calmly(open_page: MakePage, session: Session, activities: list[str]) -> None:
    page = open_page(record_id=activities[0])
    other = dict(records.get(session, "movement_activity", activities[0]).values)
    records.save(session, "movement_activity", {**other, "note": "máy phụ"}, record_id=activities[0])
    type_in(page, "title", "Tên đã sửa")
    assert not page.save()
    assert "vừa sửa" in page.notice.words()
    assert page.form.inputs["title"].value() == "Tên đã sửa"
    page._save_over()
    assert records.get(session, "movement_activity", activities[0]).values["title"] == "Tên đã sửa"


def test_help_follows_the_focus(open_page: MakePage) -> None:
    page = open_page()
    page.form.inputs["attendance_total"].go_to()
    assert page.side.help_text().startswith("Đếm mỗi người một lần")
    assert page.help_key() == "movement_activity.attendance_total"


def test_similar_records_are_named(open_page: MakePage, activities: list[str], areas: dict[str, str]) -> None:
    page = open_page(held_on=date(2026, 11, 2), residential_area=areas["tan lap"])
    page.side.similar_chosen.emit(activities[1])
    assert page.navigate.pushed[0].record_id == activities[1]


def test_copy_of_the_last_record(open_page: MakePage, activities: list[str], qtbot: QtBot) -> None:
    page = open_page()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert page.form.inputs["title"].value() == "Tuyên truyền phòng cháy, đợt 8"
    assert page.form.inputs["held_on"].value() == date(2026, 11, 9)


@pytest.mark.parametrize("kind", list(LayoutClass))
def test_the_form_needs_no_more_width_than_there_is(open_page: MakePage, kind: LayoutClass, qtbot: QtBot) -> None:
    page = open_page()
    page.resize({"wide": 1158, "medium": 1072, "compact": 860}[kind], 620)
    page.set_layout_class(kind)

    def fits() -> bool:
        return page.form.widget().minimumSizeHint().width() <= page.form.viewport().width()

    qtbot.waitUntil(fits)  # a new geometry stands only after the lines have settled
    assert page.side.isVisible() == (kind is not LayoutClass.COMPACT)


def test_a_long_foot_gives_up_its_key_hints_not_the_page(open_page: MakePage) -> None:
    page = open_page()
    page.resize(1158, 620)
    page.foot.set_counts(0, 12, 0)
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 1158
    assert page.foot.next_button.geometry().right() <= page.foot.width()
    assert page.foot.words.text() == "Còn 12 cảnh báo cần lý do"


def test_a_copy_does_not_bury_an_older_draft(open_page: MakePage) -> None:
    first = open_page()
    type_in(first, "title", "Bản nháp cũ")
    first.can_leave()
    copy = open_page(kind="patrol", title="Bản chép")
    assert copy.form.inputs["title"].value() == "Bản chép"
    assert "bản nháp chưa lưu" in copy.notice.words()
    copy._open(None, None)
    assert copy.form.inputs["title"].value() == "Bản nháp cũ"


def test_a_known_warning_is_not_asked_about_again_until_it_says_something_else(
    open_page: MakePage, add: Callable[..., str], areas: dict[str, str]
) -> None:
    record_id = add("movement_activity", held_on=date(2026, 11, 8), residential_area=areas["ea m'doal"],
                    kind="patrol", title="Tuần tra", attendance_total=9000)  # fmt: skip
    page = open_page(record_id=record_id)
    block = page.form.findings_of("attendance_total").warning_block("TD-DATA-022 attendance_total")
    assert block is not None
    assert block.is_kept()
    assert page.foot.words.isHidden()
    type_in(page, "attendance_total", "9500")
    leave(page)
    assert not block.is_kept()
    assert block.reason.text() == "thử"
    assert not page.save()


def test_the_second_label_of_a_required_field_has_room_for_its_asterisk(look: Look, session: Session) -> None:
    geometry = FormGeometry(look)
    spec = session.register("target").field("registered_on")
    geometry.measure_second_labels([(spec, spec)])
    assert spec.required
    assert look.px(geometry.second_label - 6) >= look.text_width(f"{spec.label}\N{NO-BREAK SPACE}*")


def test_a_year_has_no_unit_beside_it(qtbot: QtBot, session: Session, look: Look, desk: Any) -> None:
    page = EntryPage(session, look, desk, "joint_resolution", None, {"results": ({"year": 2026, "what": "Chi hội"},)})
    qtbot.addWidget(page)
    rows = page.form.inputs["results"]
    assert "Năm" in (heads := [one.text() for one in rows.findChildren(QLabel)])
    assert not [one for one in heads if "năm)" in one]
    assert session.register("organization").field("staff").shown_unit == "người"


def test_the_calendar_speaks_vietnamese_in_the_inks_of_the_theme(open_page: MakePage, look: Look) -> None:
    page = open_page()
    field = page.form.inputs["held_on"]
    assert isinstance(field, DateInput)
    field.open_calendar()
    calendar = field.findChildren(CalendarPopup)[-1].calendar
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    assert isinstance(month, QToolButton) and month.text().lower().startswith("tháng")
    assert calendar.locale().language() == QLocale.Language.Vietnamese
    weekend = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color()
    assert weekend == look.color("text")
    calendar.parentWidget().close()
