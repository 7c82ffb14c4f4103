"""The life of a record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.services.conftest import PASSWORD
from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import drafts, offices, records
from thidua_desktop.services.records import Refused, Saved
from thidua_desktop.services.session import Changes, Role, Session

ACTIVITY = "movement_activity"
AREA = "residential_area"
Add = Callable[..., str]


def activity(session: Session, area: str, **more: Any) -> dict[str, Any]:
    values = dict(records.blank(session, ACTIVITY))
    kind = session.definitions.catalogs["activity_kind"].items[0].code
    values |= {"residential_area": area, "kind": kind, "title": "Tuyên truyền phòng cháy", "attendance_total": 40}
    return values | more


def saved(outcome: Saved | Refused) -> Saved:
    assert isinstance(outcome, Saved), outcome
    return outcome


def test_a_blank_record_starts_today(session: Session) -> None:
    assert records.blank(session, ACTIVITY)["held_on"] == date(2026, 11, 23)
    assert records.blank(session, "target")["year"] == 2026
    assert "year" not in records.blank(session, ACTIVITY)
    with pytest.raises(UserError) as refusal:
        records.blank(session, "khong_co")
    assert refusal.value.code == "TD-STORE-225"


def test_saving_tells_listeners_and_clears_the_draft(session: Session, area_ids: list[str]) -> None:
    heard: list[Changes] = []
    stop = session.subscribe(heard.append)
    drafts.keep(session, ACTIVITY, None, {"title": "Tuyên"})
    done = saved(records.save(session, ACTIVITY, activity(session, area_ids[0], title="  Lễ   phát động ")))
    assert done.record.values["title"] == "Lễ phát động"
    assert heard == [Changes(frozenset({ACTIVITY}), (done.record.id,))]
    assert drafts.restore(session) == []
    stop()
    stop()
    records.delete(session, ACTIVITY, done.record.id, "ghi nhầm")
    assert len(heard) == 1


def test_an_error_refuses_and_writes_nothing(session: Session, area_ids: list[str]) -> None:
    head = session.file.changes.head()
    outcome = records.save(session, ACTIVITY, activity(session, area_ids[0], attendance_women=41))
    assert isinstance(outcome, Refused)
    assert "attendance" in outcome.problems[0].field
    assert outcome.needs_reason == ()
    assert session.file.changes.head() == head


def test_a_link_to_nothing_is_refused(session: Session) -> None:
    outcome = records.save(session, ACTIVITY, activity(session, "0193-khong-co"))
    assert isinstance(outcome, Refused)
    assert [(p.code, p.field) for p in outcome.problems] == [("TD-DATA-203", "residential_area")]


def test_a_closed_period_needs_a_reason_that_history_keeps(session: Session, area_ids: list[str]) -> None:
    session.file.periods.lock("month", "2026-11", date(2026, 10, 15), date(2026, 11, 14), "A", session.now())
    values = activity(session, area_ids[0], held_on=date(2026, 11, 10))
    outcome = records.save(session, ACTIVITY, values)
    assert isinstance(outcome, Refused)
    assert [problem.code for problem in outcome.needs_reason] == [records.CLOSED_PERIOD]
    assert "tháng 11/2026" in outcome.problems[0].text
    done = saved(records.save(session, ACTIVITY, values, reasons={records.CLOSED_PERIOD: "bổ sung theo biên bản"}))
    assert records.history(session, ACTIVITY, done.record.id)[0].reason == "bổ sung theo biên bản"
    moved = {**done.record.values, "held_on": date(2026, 11, 20)}
    assert isinstance(records.save(session, ACTIVITY, moved, record_id=done.record.id), Refused)
    assert isinstance(records.save(session, ACTIVITY, activity(session, area_ids[0])), Saved)


def test_somebody_was_quicker(session: Session, area_ids: list[str]) -> None:
    first = saved(records.save(session, ACTIVITY, activity(session, area_ids[0]))).record
    other = replace(session, user=replace(session.user, name="Lò Thị Ánh"))
    saved(records.save(other, ACTIVITY, {**first.values, "attendance_total": 55}, record_id=first.id, revision=1))
    with pytest.raises(UserError) as refusal:
        records.save(session, ACTIVITY, {**first.values, "title": "Khác"}, record_id=first.id, revision=first.revision)
    assert refusal.value.code == "TD-STORE-222"
    assert "Lò Thị Ánh" in refusal.value.sentence
    assert "Lượt người dự" in refusal.value.sentence


def test_history_reads_like_a_sentence(session: Session, area_ids: list[str]) -> None:
    first = saved(records.save(session, ACTIVITY, activity(session, area_ids[0]))).record
    changed = {**first.values, "residential_area": area_ids[1], "attendance_total": 1234}
    saved(records.save(session, ACTIVITY, changed, record_id=first.id, reasons={"*": "đã đếm"}))
    newest, oldest = records.history(session, ACTIVITY, first.id)
    assert (newest.who, newest.what, oldest.what) == ("Y Bhăm Niê", "Sửa", "Ghi mới")
    assert ("Khu dân cư", "Buôn Ea M'Doal", "Thôn Tân Lập") in newest.fields
    assert ("Lượt người dự", "40", "1.234") in newest.fields
    assert (newest.undoable, oldest.undoable) == (True, False)


def test_undo_and_redo(session: Session, area_ids: list[str]) -> None:
    first = saved(records.save(session, ACTIVITY, activity(session, area_ids[0]))).record
    saved(records.save(session, ACTIVITY, {**first.values, "attendance_total": 50}, record_id=first.id))
    undone = records.undo(session)
    assert undone.text == "Đã hoàn tác: hoạt động Tuyên truyền phòng cháy, 23/11/2026."
    assert undone.changes.ids == (first.id,)
    assert records.get(session, ACTIVITY, first.id).values["attendance_total"] == 40
    records.redo(session)
    assert records.get(session, ACTIVITY, first.id).values["attendance_total"] == 50
    with pytest.raises(UserError):
        records.redo(session)


def test_work_of_an_earlier_opening_is_told_before_it_is_undone(session: Session, area_ids: list[str]) -> None:
    one = saved(records.save(session, ACTIVITY, activity(session, area_ids[0]))).record
    session.close()
    with closing(offices.open_office(session.file.path, PASSWORD, clock=session.clock)) as today:
        with pytest.raises(UserError) as told:
            records.undo(today)
        assert told.value.code == "TD-STORE-388"
        assert "hoạt động Tuyên truyền phòng cháy, 23/11/2026. Ctrl+Z lần nữa" in told.value.sentence
        assert records.get(today, ACTIVITY, one.id).revision == one.revision
        records.undo(today)
        with pytest.raises(UserError) as gone:
            records.get(today, ACTIVITY, one.id)
        assert gone.value.code == "TD-STORE-221"
        records.redo(today)
        records.undo(today)  # the redo is of this opening


def test_work_of_this_opening_is_undone_at_once_and_older_work_told(session: Session, area_ids: list[str]) -> None:
    saved(records.save(session, ACTIVITY, activity(session, area_ids[0])))
    session.close()
    with closing(offices.open_office(session.file.path, PASSWORD, clock=session.clock)) as today:
        saved(records.save(today, ACTIVITY, activity(today, area_ids[1], title="Lễ phát động")))
        assert "Lễ phát động" in records.undo(today).text
        with pytest.raises(UserError) as told:
            records.undo(today)
        assert told.value.code == "TD-STORE-388"


def test_deleting_needs_a_reason_and_no_users(session: Session, area_ids: list[str]) -> None:
    first = saved(records.save(session, ACTIVITY, activity(session, area_ids[0]))).record
    with pytest.raises(UserError) as used:
        records.delete(session, AREA, area_ids[0], "sáp nhập")
    assert used.value.code == "TD-STORE-226"
    assert "Tuyên truyền phòng cháy" in used.value.sentence
    with pytest.raises(UserError) as silent:
        records.delete(session, ACTIVITY, first.id, " x ")
    assert silent.value.code == "TD-STORE-227"
    records.delete(session, ACTIVITY, first.id, "ghi hai lần")
    with pytest.raises(UserError) as gone:
        records.get(session, ACTIVITY, first.id)
    assert gone.value.code == "TD-STORE-221"
    kept = records.find(session, ACTIVITY, first.id)
    assert kept is not None
    assert kept.deleted


def test_a_copy_keeps_all_but_the_day(session: Session, area_ids: list[str]) -> None:
    values = activity(session, area_ids[0], held_on=date(2026, 11, 2), starts_at="19:30")
    first = saved(records.save(session, ACTIVITY, values)).record
    copy = records.copy_of(session, ACTIVITY, first.id)
    assert copy["held_on"] == session.today
    assert "starts_at" not in copy
    assert copy["title"] == first.values["title"]


def test_the_same_event_twice_is_noticed(session: Session, area_ids: list[str]) -> None:
    first = saved(records.save(session, ACTIVITY, activity(session, area_ids[0]))).record
    assert [s.id for s in records.similar(session, ACTIVITY, activity(session, area_ids[0]))] == [first.id]
    twice = records.check(session, ACTIVITY, activity(session, area_ids[0]))
    assert [(problem.code, problem.severity) for problem in twice] == [("TD-DATA-202", Severity.HINT)]
    assert records.check(session, ACTIVITY, activity(session, area_ids[0], title="Việc khác")) == []
    assert records.check(session, ACTIVITY, first.values, first.id) == []
    assert records.similar(session, ACTIVITY, activity(session, area_ids[1])) == []
    assert records.similar(session, ACTIVITY, first.values, first.id) == []


def test_a_leader_reads_but_does_not_write(session: Session, area_ids: list[str]) -> None:
    leader = replace(session, user=replace(session.user, role=Role.LEADER))
    with pytest.raises(UserError) as refusal:
        records.save(leader, ACTIVITY, activity(session, area_ids[0]))
    assert refusal.value.code == "TD-STORE-220"
    assert "ghi sổ" in refusal.value.sentence


def test_history_names_the_cells_of_changed_rows(session: Session, area_ids: list[str]) -> None:
    items = ({"subject": "Lắp camera", "matter": "clause_1", "yes": 31},)
    values = {"held_on": date(2026, 11, 8), "kind": "regular", "residential_area": area_ids[1], "chair": "Lý A"}
    values |= {"households_total": 48, "households_present": 40, "status": "draft", "agenda": items}
    first = saved(records.save(session, "resident_meeting", values, reasons={"*": "thử"})).record
    changed = {**first.values, "agenda": ({**items[0], "yes": 32},)}
    saved(records.save(session, "resident_meeting", changed, record_id=first.id, reasons={"*": "đếm lại"}))
    newest = records.history(session, "resident_meeting", first.id)[0]
    assert newest.fields == (("Nội dung họp, dòng 1: Tán thành", "31", "32"),)


def test_sensitive_values_are_not_told_to_who_may_not_see_them(session: Session, area_ids: list[str]) -> None:
    values = {"residential_area": area_ids[0], "representative": "H'Hen Niê", "identity_number": "066199000123"}
    done = saved(records.save(session, "household", values, reasons={"*": "thử"})).record
    leader = replace(session, user=replace(session.user, role=Role.LEADER))
    told = {label: new for label, _, new in records.history(leader, "household", done.id)[0].fields}
    assert told["Số định danh cá nhân"] == "(không được xem)"
    assert told["Người đại diện hộ"] == "H'Hen Niê"


@pytest.mark.parametrize(
    ("register", "values", "code"),
    [
        ("incident", {"people_involved": 2, "people_handled": 3}, "TD-DATA-001"),
        ("mediation_case", {"assigned_on": date(2026, 10, 5), "started_on": date(2026, 10, 4)}, "TD-DATA-003"),
        ("mediation_case", {"started_on": date(2026, 10, 5), "ended_on": date(2026, 10, 4)}, "TD-DATA-003"),
        ("award_round", {"members_total": 11, "members_present": 9, "members_written": 3}, "TD-DATA-002"),
    ],
)
def test_parts_fit_in_their_whole_and_days_follow_each_other(
    session: Session, register: str, values: dict[str, Value], code: str
) -> None:
    assert code in {one.code for one in records.check(session, register, values, None) if one.severity == "error"}


def test_an_undo_of_several_records_says_what_they_are(session: Session, area_ids: list[str]) -> None:
    rows = [(None, activity(session, area)) for area in area_ids]
    session.file.records.save_many(ACTIVITY, rows, actor=session.user.name, now=session.now())
    assert records.undo(session).text == "Đã hoàn tác: 2 hoạt động."
