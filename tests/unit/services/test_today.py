"""What is due, drafts and periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

import pytest

from thidua_desktop.services import drafts, periods, records, today
from thidua_desktop.services.safety import Danger, safety
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.services.today import Urgency
from thidua_desktop.store.packages import PackageEntry
from thidua_desktop.store.queries import Record
from thidua_desktop.store.records import Records

MEETING, GROUP = "resident_meeting", "self_managed_group"
Add = Callable[..., str]


def at(session: Session, year: int, month: int, day: int) -> Session:
    return replace(session, clock=Clock(datetime(year, month, day, 9, tzinfo=VIETNAM_TIME)))


@pytest.mark.parametrize("year", [2016, 2036])
def test_a_clock_ten_years_off_closes_and_loses_nothing(
    session: Session, area_ids: list[str], add: Add, year: int
) -> None:
    """What is due is reckoned from the wrong day and told calmly; nothing is written because of it."""
    add("movement_activity", held_on=date(2026, 11, 3), residential_area=area_ids[0], kind="patrol", title="Tuần tra",
        attendance_total=5)  # fmt: skip
    before, right = session.file.changes.head(), today.report_lines(session)
    wrong = at(session, year, 11, 16)
    today.today(wrong)
    assert today.report_lines(wrong) != right or year == 2016
    found = [line.danger for line in safety(wrong).lines]
    assert Danger.CLOCK in found
    assert session.file.changes.head() == before and today.report_lines(session) == right


def test_a_new_office_is_shown_its_first_steps(session: Session, area_ids: list[str]) -> None:
    steps = today.today(session).first_steps
    assert [step.done for step in steps] == [True, False, False, False, False]
    assert steps[1].target.register == GROUP


def test_a_report_is_due_late_and_then_closed(session: Session, area_ids: list[str], add: Add) -> None:
    add("movement_activity", held_on=date(2026, 11, 3), residential_area=area_ids[0], kind="patrol", title="Tuần tra",
        attendance_total=5)  # fmt: skip
    name = next(iter(session.definitions.reports))
    lines = [line for line in today.report_lines(session) if line.target.period == "2026-11"]
    assert [(line.urgency, line.days) for line in lines] == [(Urgency.LATE, -7)]
    assert "quá hạn 7 ngày" in lines[0].detail
    soon = [line for line in today.report_lines(at(session, 2026, 11, 14)) if line.target.period == "2026-11"]
    assert soon[0].urgency is Urgency.SOON
    session.file.reports.freeze(name, "2026-11", {}, actor="A", now=session.now())
    assert "2026-11" not in [line.target.period for line in today.report_lines(session)]


def test_periods_before_the_first_record_are_not_held_against_a_new_office(
    session: Session, area_ids: list[str], add: Add
) -> None:
    assert "2026-11" not in [line.target.period for line in today.report_lines(session)]
    add("movement_activity", held_on=date(2026, 11, 16), residential_area=area_ids[0], kind="patrol", title="Tuần tra",
        attendance_total=5)  # fmt: skip
    assert next(line.target.period for line in today.report_lines(session)) == "2026-12"


def test_groups_without_a_meeting_are_counted(session: Session, area_ids: list[str], add: Add) -> None:
    kind = session.definitions.catalogs["group_kind"].items[0].code
    group = {"residential_area": area_ids[1], "kind": kind, "leader": "Lý A", "households": 2}
    first = add(GROUP, number="1", name="Tổ một", **group)
    add(GROUP, number="2", name="Tổ hai", **group)
    add(GROUP, number="3", name="Tổ cũ", founded_on=date(2020, 1, 1), closed_on=date(2025, 1, 1), **group)
    meeting = {"kind": "regular", "residential_area": area_ids[1], "households_total": 2, "chair": "Lý A"}
    add(MEETING, held_on=date(2026, 11, 16), group=first, status="signed", **meeting)
    lines = today.meeting_lines(session)
    assert [line.title for line in lines] == ["1 tổ chưa họp trong tháng 12/2026"]
    assert lines[0].detail == "Thôn Tân Lập 1"


def test_a_group_waits_within_its_own_rhythm(session: Session, area_ids: list[str], add: Add) -> None:
    group = {"residential_area": area_ids[1], "kind": "inter_family_fire"}
    rhythms = ("quarterly", "quarterly", "half_yearly", "yearly", "monthly", None)
    ids = [add(GROUP, number=str(at), name=f"Tổ {at}", rhythm=rhythm, **group) for at, rhythm in enumerate(rhythms)]
    meeting = {"kind": "regular", "residential_area": area_ids[1], "households_total": 2, "status": "signed"}
    add(MEETING, held_on=date(2026, 9, 15), group=ids[0], **meeting)  # the quarter's first day
    add(MEETING, held_on=date(2026, 9, 14), group=ids[1], **meeting)  # the last day of the one before
    add(MEETING, held_on=date(2026, 6, 15), group=ids[2], **meeting)
    add(MEETING, held_on=date(2025, 12, 15), group=ids[3], **meeting)
    lines = today.meeting_lines(at(session, 2026, 11, 20))
    assert [(line.title, line.days) for line in lines] == [
        ("2 tổ chưa họp trong tháng 12/2026", 24), ("1 tổ chưa họp trong quý IV/2026", 24)
    ]  # fmt: skip
    query = lines[1].target.query
    assert query is not None and [one.values for one in query.conditions] == [("quarterly",)]
    assert len(today.meeting_lines(at(session, 2027, 1, 20))) == 4


def test_tasks_past_their_day_lead_to_their_meeting(session: Session, area_ids: list[str], add: Add) -> None:
    tasks = (
        {"task": "Thu tiền", "who": "Tổ 5", "due": date(2026, 11, 20)},
        {"task": "Đã xong", "due": date(2026, 11, 1), "done": True},
        {"task": "Còn lâu", "due": date(2027, 3, 1)},
    )
    values = {"kind": "regular", "residential_area": area_ids[1], "households_total": 2, "status": "signed"}
    record_id = add(MEETING, held_on=date(2026, 11, 16), tasks=tasks, chair="Lý A", **values)
    lines = today.task_lines(session)
    assert [(line.title, line.days, line.target.record_id) for line in lines] == [("Thu tiền", -3, record_id)]
    assert "Tổ 5" in lines[0].detail


def test_of_meetings_only_their_tasks_are_read(
    session: Session, area_ids: list[str], add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"kind": "regular", "residential_area": area_ids[1], "households_total": 2, "status": "signed"}
    tasks = ({"task": "Lắp camera", "due": date(2026, 11, 10)},)
    add(MEETING, held_on=date(2026, 11, 9), tasks=tasks, chair="Lý A", **values)
    read: list[object] = []
    window = Records.window

    def noted(self: Records, register: str, keys: list[int], fields: Iterable[str] | None = None) -> list[Record]:
        read.extend([fields] if register == MEETING else [])
        return window(self, register, keys, fields)

    monkeypatch.setattr(Records, "window", noted)
    assert [line.title for line in today.task_lines(session)] == ["Lắp camera"]
    assert read == [("tasks",)]


def test_unsent_changes_are_shown_until_a_package_covers_them(session: Session) -> None:
    assert today.package_lines(session)[0].title == "Chưa gửi gói nào lên tỉnh"
    head = session.file.changes.head()[0]
    entry = PackageEntry(
        direction="made", office="24412", installation="ab", number=1, header_hash="h", sha256="s", state="made",
        at=session.now(), actor="A", first_seq=1, last_seq=head,
    )  # fmt: skip
    session.file.packages.put(entry)
    assert today.package_lines(session) == []
    session.file.packages.put(entry._replace(last_seq=head - 1))
    assert today.package_lines(session)[0].title == "1 thay đổi chưa gửi lên tỉnh"


def test_the_most_urgent_line_comes_first(session: Session, area_ids: list[str], add: Add) -> None:
    add("movement_activity", held_on=date(2026, 11, 3), residential_area=area_ids[0], kind="patrol", title="Tuần tra",
        attendance_total=5)  # fmt: skip
    lines = today.today(session).due
    assert lines[0].urgency is Urgency.LATE


def test_drafts_come_back_to_their_owner(session: Session, area_ids: list[str]) -> None:
    drafts.keep(session, "residential_area", area_ids[0], {"name": "Ea"})
    drafts.keep(session, MEETING, None, {"place": "Nhà văn"})
    assert {(d.register, d.record_id, d.label) for d in drafts.restore(session)} == {
        ("residential_area", area_ids[0], "Buôn Ea M'Doal"),
        (MEETING, None, "cuộc họp mới"),
    }
    found = drafts.find(session, MEETING, None)
    assert found is not None
    assert found.texts == {"place": "Nhà văn"}
    other = replace(session, user=replace(session.user, login="khac"))
    assert drafts.restore(other) == []
    drafts.drop(session, MEETING, None)
    assert drafts.find(session, MEETING, None) is None


def test_periods_follow_the_offices_calendar(session: Session) -> None:
    assert periods.current(session).code == "2026-12"
    assert [period.code for period in periods.choices(session, "quarter")[:2]] == ["2026-Q4", "2026-Q3"]
    session.file.settings.put(periods.CALENDAR_SETTING, "calendar")
    assert periods.current(session).code == "2026-11"
    assert periods.parse_for(session, "2026-11").start == date(2026, 11, 1)


def test_a_reader_sees_what_was_saved(session: Session, area_ids: list[str]) -> None:
    reader = session.reader()
    assert records.get(reader, "residential_area", area_ids[0]).values["name"] == "Ea M'Doal"
    reader.close()


def test_a_draft_stands_first_and_leads_into_its_form(session: Session, area_ids: list[str]) -> None:
    drafts.keep(session, MEETING, None, {"place": "Nhà văn"})
    drafts.keep(session, "residential_area", area_ids[0], {"name": "Ea"})
    lines = today.today(session).due[:2]
    assert {line.title for line in lines} == {"Bản nháp: cuộc họp mới", "Bản nháp: Buôn Ea M'Doal"}
    assert {(line.target.page, line.target.register, line.target.record_id) for line in lines} == {
        ("form", MEETING, ""),
        ("form", "residential_area", area_ids[0]),
    }


def test_who_is_absent_from_the_standard_is_told_around_its_days(
    session: Session, area_ids: list[str], add: Add
) -> None:
    march = at(session, 2026, 3, 20)
    areas = [line for line in today.standard_lines(march) if "khu dân cư" in line.title]
    assert [line.title for line in areas] == ["2 nơi chưa đăng ký “An toàn: khu dân cư”"]
    assert areas[0].detail == "hạn 31/03/2026, còn 11 ngày" and areas[0].target.register == "unit_registration"
    subject = {"criteria_set": "safe_area", "year": 2026, "subject_kind": "residential_area"}
    facts = {"registered_on": date(2026, 3, 3), "households_total": 48, "households_registered": 48}
    add("unit_registration", residential_area=area_ids[0], **subject, **facts)
    assert "1 nơi chưa đăng ký “An toàn: khu dân cư”" in [line.title for line in today.today(march).due]
    assert today.standard_lines(at(session, 2026, 7, 1)) == []
    late = today.standard_lines(at(session, 2026, 11, 8))
    assert [(line.title, line.urgency) for line in late] == [
        ("1 nơi đã đăng ký, chưa tự đánh giá “An toàn: khu dân cư”", Urgency.LATE)
    ]


def test_nothing_of_the_province_is_read_where_it_has_answered_nothing(
    session: Session, area_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hôm nay asks whether there is an answer before it reads receipts, decisions on awards, and reports told of."""
    read: list[str] = []
    for name, place in (
        ("receipts", "handoff.receipts.returned_records"),
        ("awards", "awards.results.waiting_count"),
        ("reports", "report_checks.told.told_reports"),
    ):
        path = f"thidua_desktop.services.{place}"
        monkeypatch.setattr(path, lambda *_, name=name, **__: read.append(name) or ())
    assert today.returned_lines(session) == [] and today.award_lines(session) == []
    assert today.reopened_reports(session) == [] and today.accepted_reports(session) == []
    assert read == []


def test_meetings_are_not_looked_through_where_there_is_no_group(
    session: Session, area_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(Records, "value_counts", lambda *_, **__: looked.append("meetings"))
    monkeypatch.setattr(today.titles, "entries_of", lambda *_, **__: looked.append("groups") or {})
    assert today.meeting_lines(session) == [] and looked == []
