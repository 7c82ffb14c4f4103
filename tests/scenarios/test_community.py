"""Nothing is counted twice and nothing is lost: sessions of law, cases of mediation, meetings that were due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.reporting_periods import parse_period
from tests.scenarios.brute_force import all_records
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.demo.build import PASSWORD, DemoOffice, demo_clock
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.reports.contributions import contributions
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.services.session import Session

PERIODS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-H1", "2026")
ENDED = {"ended", "signed", "sent"}


@pytest.fixture(scope="module")
def session(demo: DemoOffice) -> Iterator[Session]:
    opened = open_office(demo.commune, PASSWORD, clock=demo_clock())
    yield opened
    opened.close()


def period_of(code: str) -> Period:
    return parse_period(code, "calendar")


def values(session: Session, code: str, *names: str) -> list[int]:
    return [int(figure.value) for figure in figures_of(session, names, period_of(code))]


@pytest.mark.parametrize("code", PERIODS)
def test_cases_carried_over_and_received_are_those_ended_and_open(session: Session, code: str) -> None:
    names = ("mediation_carried", "mediation_received", "mediation_handled", "mediation_open")
    carried, received, handled, still_open = values(session, code, *names)
    ended = values(session, code, "mediation_success", "mediation_failure", "mediation_stopped")
    assert handled == carried + received == sum(ended) + still_open
    assert carried or code == "2026-Q1"
    before = period_of(code).start - timedelta(days=1)
    cases = [one.values for one in all_records(session, "mediation_case")]
    known = [one for one in cases if str(one["received_on"]) <= str(before)]
    assert carried == sum("ended_on" not in one or str(one["ended_on"]) > str(before) for one in known)


@pytest.mark.parametrize("code", PERIODS)
def test_a_meeting_and_the_record_of_its_law_are_one_session(session: Session, code: str) -> None:
    period = period_of(code)
    events: set[str] = set()
    for meeting in all_records(session, "resident_meeting"):
        held = meeting.values["held_on"]
        if (
            meeting.values.get("legal_topic")
            and meeting.values["status"] in ENDED
            and period.start <= held <= period.end
        ):  # type: ignore[operator]
            events.add(meeting.id)
    details = 0
    for record in all_records(session, "legal_propaganda"):
        if not period.start <= record.values["held_on"] <= period.end:  # type: ignore[operator]
            continue
        direct = record.values["form"] not in {"contest", "documents", "broadcast", "article"}
        details += bool(record.values.get("meeting"))
        events |= {str(record.values.get("meeting") or record.id)} if direct else set()
    assert details, "the made-up year has records that tell the law of a meeting"
    assert values(session, code, "legal_sessions") == [len(events)]


def test_a_sum_opens_to_the_records_of_both_registers(session: Session) -> None:
    period = period_of("2026-H1")
    found = contributions(session, "legal_listeners", period, limit=100_000)
    assert {row.register for row in found.rows} == {"legal_propaganda", "resident_meeting"}
    assert [sum(row.value for row in found.rows)] == values(session, "2026-H1", "legal_listeners")
    assert all(session.file.records.get(row.register, row.id) for row in found.rows[:20])


def test_what_was_due_opens_to_the_groups_as_often_as_they_had_to_meet(session: Session) -> None:
    due = contributions(session, "group_meetings_due", period_of("2026-H1"), limit=1000)
    assert [sum(row.value for row in due.rows)] == values(session, "2026-H1", "group_meetings_due")
    assert {int(row.value) for row in due.rows} == {1, 2, 6}  # every half year, quarter, month
