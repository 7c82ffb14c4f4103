"""Calendars that come to an office as files: judged, taken in, replaced, chosen; due days set by the province."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, reopened, two_offices
from tests.unit.services.made_calendars import CAMPAIGN, DECREE_LATER, QUARTERS
from thidua_desktop.domain.calendars import Due
from thidua_desktop.errors import UserError
from thidua_desktop.services import calendars, due_days, periods, report_periods, today
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as offices:
        yield offices


def take(session: Session, text: str) -> calendars.CalendarView:
    return calendars.take_in(session, text.encode(), "lich.toml")


def period(session: Session, code: str) -> report_periods.Period:
    return report_periods.period_for(session, reports.report_spec(session, REPORT), code)


def titles(session: Session) -> list[str]:
    return [group.title for group in report_periods.groups(session, reports.report_spec(session, REPORT))]


def refused(session: Session, text: str) -> UserError:
    before = session.file.added_calendars
    with pytest.raises(UserError) as fault:
        take(session, text)
    assert session.file.added_calendars == before
    return fault.value


def test_a_calendar_is_looked_at_before_it_is_taken_in(pair: TwoOffices) -> None:
    seen = calendars.look_at(pair.commune, CAMPAIGN.encode())
    assert [(one.label, one.due) for one in seen.periods] == [
        ("Đợt cao điểm bảo vệ Đại hội: 20/10 – 10/11", date(2026, 11, 12))
    ]
    assert seen.reports == ("Kết quả phong trào",) and seen.replaces == 0
    assert pair.commune.file.added_calendars == [] and "Đợt cao điểm bảo vệ Đại hội" not in titles(pair.commune)


def test_a_campaign_that_was_taken_in_is_a_period_of_its_report(pair: TwoOffices) -> None:
    take(pair.commune, CAMPAIGN)
    assert take(pair.commune, CAMPAIGN).version == 1  # the same bytes once more
    assert "Đợt cao điểm bảo vệ Đại hội" in titles(pair.commune)
    campaign = period(pair.commune, "2026-DH26")
    assert (campaign.start, campaign.end) == (date(2026, 10, 20), date(2026, 11, 10))
    pair.activity()
    line = next(line for line in today.report_lines(pair.commune) if line.target.period == "2026-DH26")
    assert "12/11/2026" in line.detail
    again = reopened(pair.commune, pair.commune.now())
    assert period(again, "2026-DH26") == campaign
    again.close()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format = 1", "format = 2", "cập nhật chương trình"),
        ("format = 1\n", "", "format = 1"),
        ("title =", "titel =", "TD-FORM-003"),
        ('"directive_congress"', '"congress"', "directive_"),
        ('"DH26"', '"DAIHOI"', "chữ số"),
        ('"DH26"', '"Q1"', "TD-FORM-005"),
        ("first = 2026-10-20", "first = 2026-12-20", "TD-FORM-057"),
        ('["movement_result"]', '["no_report"]', "TD-FORM-006"),
        ('title = "', "title = ", "lich.toml"),
    ],
)
def test_a_file_that_is_wrong_names_every_fault(pair: TwoOffices, old: str, new: str, told: str) -> None:
    assert old in CAMPAIGN
    fault = refused(pair.commune, CAMPAIGN.replace(old, new))
    assert fault.code == "TD-FORM-062" and told in str(fault)


def test_bytes_that_are_no_text_and_far_too_many_are_refused(pair: TwoOffices, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="TD-FORM-062"):
        calendars.take_in(pair.commune, b"\xff\xfe\x00")
    large = tmp_path / "lich.toml"
    large.write_bytes(b"#" * 70_000)
    with pytest.raises(UserError, match="TD-FORM-062"):
        calendars.content_of(large)
    with pytest.raises(UserError, match="TD-ENV"):
        calendars.content_of(tmp_path / "none.toml")


def test_a_newer_version_takes_the_place_of_the_older_one(pair: TwoOffices) -> None:
    take(pair.commune, CAMPAIGN)
    assert refused(pair.commune, CAMPAIGN.replace("2026-11-10", "2026-11-12")).code == "TD-FORM-064"
    newer = CAMPAIGN.replace("version = 1", "version = 2").replace("2026-11-10", "2026-11-12")
    assert take(pair.commune, newer).replaces == 1
    assert period(pair.commune, "2026-DH26").end == date(2026, 11, 12)


def test_a_released_calendar_gets_later_rules_and_keeps_its_own(pair: TwoOffices) -> None:
    moved = DECREE_LATER.replace("month = 14", "month = 15")
    assert refused(pair.commune, moved).code == "TD-FORM-063"
    spans = CAMPAIGN.replace('"directive_congress"', '"campaigns"').replace("version = 1", "version = 2")
    assert refused(pair.commune, spans).code == "TD-FORM-063"
    assert refused(pair.commune, DECREE_LATER.replace("version = 2", "version = 1")).code == "TD-FORM-064"
    take(pair.commune, DECREE_LATER)
    assert period(pair.commune, "2026-10").end == date(2026, 10, 14)
    assert period(pair.commune, "2026-11").end == date(2026, 11, 20)
    begun = DECREE_LATER.replace("version = 2", "version = 3").replace("2026-11-12", "2026-11-10")
    assert refused(pair.commune, begun).code == "TD-FORM-063"


def test_who_may_not_manage_the_office_takes_no_calendar_in(pair: TwoOffices) -> None:
    from dataclasses import replace

    from thidua_desktop.services.session import Role

    officer = replace(pair.commune, user=replace(pair.commune.user, role=Role.OFFICER))
    for act in (
        lambda: take(officer, CAMPAIGN),
        lambda: calendars.choose_default(officer, "calendar"),
        lambda: due_days.set_due(officer, REPORT, "month", "3", "Quyết định"),
    ):
        with pytest.raises(UserError, match="TD-STORE-220"):
            act()


def test_the_offices_own_calendar_is_that_of_its_lists_and_reports(pair: TwoOffices) -> None:
    take(pair.commune, QUARTERS)
    take(pair.commune, CAMPAIGN)
    calendars.choose_default(pair.commune, "directive_day20")
    assert periods.current(pair.commune).code == "2026-11-T20"
    assert titles(pair.commune)[:2] == ["Tháng", "Quý"]
    assert "Tháng (Kỳ báo cáo theo Nghị định 09/2019/NĐ-CP)" in titles(pair.commune)
    with pytest.raises(UserError, match="TD-TIME-007"):
        calendars.choose_default(pair.commune, "directive_congress")
    with pytest.raises(UserError, match="TD-TIME-008"):
        calendars.choose_default(pair.commune, "no_calendar")
    names = [one.name for one in calendars.offered_defaults(pair.commune)]
    assert names == ["decree09", "calendar", "directive_day20"]


def test_due_days_follow_the_report_then_the_office_then_the_calendar(pair: TwoOffices) -> None:
    commune, spec = pair.commune, reports.report_spec(pair.commune, REPORT)
    assert report_periods.due(commune, spec, NOVEMBER) == date(2026, 11, 16)
    commune.file.settings.put(report_periods.DUE_DAYS, 3)
    assert report_periods.due(commune, spec, NOVEMBER) == date(2026, 11, 18)
    due_days.set_due(commune, REPORT, "month", "ngày 25", "Quyết định 12/2026/QĐ-UBND")
    assert report_periods.due(commune, spec, NOVEMBER) == date(2026, 11, 25)
    assert report_periods.due(commune, spec, period(commune, "2026-Q3")) == date(2026, 9, 17)
    other = reports.report_spec(commune, "crime_drugs_trafficking")
    assert report_periods.due(commune, other, NOVEMBER) == date(2026, 11, 18)
    due_days.set_due(commune, REPORT, "month", "", "")
    assert report_periods.due(commune, spec, NOVEMBER) == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "due", "words"),
    [
        ("3", Due(3), "3 ngày làm việc sau khi hết kỳ"),
        ("0 ngày làm việc", Due(0), "0 ngày làm việc sau khi hết kỳ"),
        ("ngày 5", Due(days=("05",)), "ngày 5 hằng tháng"),
        ("25/12; 25/6", Due(days=("06-25", "12-25")), "25/6; 25/12"),
    ],
)
def test_a_due_day_is_typed_and_told_in_words(text: str, due: Due, words: str) -> None:
    assert due_days.due_of(text) == due
    assert due_days.due_words(due) == words
    assert due_days.due_of(words) == due


@pytest.mark.parametrize("text", ["sớm", "61", "ngày 32", "31/4", "25/6;", "6-25", "-1"])
def test_what_is_no_due_day_is_refused(pair: TwoOffices, text: str) -> None:
    with pytest.raises(UserError, match="TD-TIME-009"):
        due_days.set_due(pair.commune, REPORT, "month", text, "Quyết định")
    with pytest.raises(UserError, match="TD-TIME-010"):
        due_days.set_due(pair.commune, REPORT, "month", "3", " ")
    assert due_days.set_dues(pair.commune, REPORT) == {}
