"""Thematic reports: made when asked for, nobody is reminded of them, and closing one leaves the days open."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from tests.unit.services.handoff.two_offices import DAY, NOVEMBER, TwoOffices
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.services import records
from thidua_desktop.services.periods import closing_of
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.services.today import report_lines

MAIN = "movement_result"


@pytest.fixture
def session(pair: TwoOffices) -> Session:
    """The commune with one report more, which is thematic."""
    known = pair.commune.definitions
    thematic = known.reports[MAIN]._replace(name="thematic", title="Chuyên đề thử", reminded=False)
    every = MappingProxyType({MAIN: known.reports[MAIN], "thematic": thematic})
    pair.activity()
    return replace(pair.commune, definitions=replace(known, reports=every))


def test_closing_a_thematic_report_keeps_its_figures_and_leaves_the_days_open(session: Session) -> None:
    closed = reports.close(session, "thematic", NOVEMBER)
    assert closed.closed and closed.reported["sessions"] == 1
    assert closing_of(session, DAY) is None
    values = {**records.blank(session, "movement_activity"), "held_on": DAY}
    assert records.CLOSED_PERIOD not in {one.code for one in records.check(session, "movement_activity", values)}


def test_the_main_report_closes_them_also_after_a_thematic_one(session: Session) -> None:
    reports.close(session, "thematic", NOVEMBER)
    reports.close(session, MAIN, NOVEMBER)
    lock = closing_of(session, DAY)
    assert lock is not None and lock.kind == MAIN


def test_nobody_is_reminded_of_it(session: Session) -> None:
    assert {line.target.report for line in report_lines(session)} == {MAIN}


def test_the_main_report_is_offered_first() -> None:
    reminded = [report.reminded for report in load_definitions().reports.values()]
    assert reminded == sorted(reminded, reverse=True)
    assert reminded[0]
