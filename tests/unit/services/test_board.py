"""The province's board and the figures of all communes, over real packages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.handoff.two_offices import NOVEMBER, NOW, REPORT, TwoOffices, reopened, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.services.board import Board, Receipt, board, commune_map, last_ended, summary
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.place_grid import keep_cells
from thidua_desktop.services.report_periods import group_of
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def hand_in(pair: TwoOffices) -> None:
    """The commune closes November, the province takes the package in."""
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())


def at(session: Session, days: int) -> Board:
    """The board ``days`` later; the session is closed after."""
    later = reopened(session, NOW + timedelta(days=days))
    try:
        return board(later, REPORT, count=2)
    finally:
        later.close()


def test_a_report_in_time_is_a_date(pair: TwoOffices) -> None:
    hand_in(pair)
    found = board(pair.province, REPORT, count=2)
    assert [column.period.code for column in found.periods] == ["2026-10", "2026-11"]
    row = found.rows[0]
    assert (row.office, row.package) == (pair.commune.file.identity.code, 1)
    assert (row.cells[1].receipt, row.cells[1].day) == (Receipt.IN_TIME, NOW.date())
    assert (found.periods[1].received, found.periods[1].expected) == (1, 1)


def test_periods_before_the_commune_was_connected_are_not_expected(pair: TwoOffices) -> None:
    found = board(pair.province, REPORT, count=2)
    assert found.rows[0].cells[0].receipt is Receipt.NOT_EXPECTED
    assert (found.periods[0].received, found.periods[0].expected) == (0, 0)
    assert found.rows[0].cells[1].receipt is Receipt.WAITING


def test_a_missing_report_is_overdue_by_calendar_days(pair: TwoOffices) -> None:
    found = at(pair.province, 5)
    cell = found.rows[0].cells[-1]
    due = found.periods[-1].due
    assert (cell.receipt, cell.days) == (Receipt.OVERDUE, (NOW.date() + timedelta(days=5) - due).days)
    assert found.rows[0].urgency > (0, 0, 0)


def test_a_report_that_came_after_its_day_is_late(pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    made = pair.send()
    later = reopened(pair.province, NOW + timedelta(days=3))
    incoming.receive(later, incoming.plan_receive(later, made.path))
    found = board(later, REPORT, count=1)
    later.close()
    assert (found.rows[0].cells[0].receipt, found.rows[0].cells[0].days) == (Receipt.LATE, 3)


def test_lateness_counts_from_the_due_day_of_a_connected_commune(pair: TwoOffices) -> None:
    december = parse_period("2026-12")
    later = NOW + timedelta(days=40)
    commune = reopened(pair.commune, later)
    reports.close(commune, REPORT, december)
    made = outgoing.make_package(commune, pair.folder)
    commune.close()
    province = reopened(pair.province, later)
    incoming.receive(province, incoming.plan_receive(province, made.path))
    found = board(province, REPORT, count=1)
    province.close()
    assert found.periods[0].period == december
    assert found.rows[0].cells[0].days == (later.date() - found.periods[0].due).days > 0


def test_the_last_ended_periods_oldest_first(pair: TwoOffices) -> None:
    spec = pair.province.definitions.reports[REPORT]
    found = last_ended(pair.province, group_of(pair.province, spec, "quarter"), 3)
    assert [period.code for period in found] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    campaigns = last_ended(pair.province, group_of(pair.province, spec, "MATUY"), 2)
    assert [period.code for period in campaigns] == ["2025-MATUY", "2026-MATUY"]
    with pytest.raises(UserError, match="TD-TIME-004"):
        board(pair.province, REPORT, "no-such-group")


def test_the_summary_is_counted_again_and_agrees_with_the_report(pair: TwoOffices) -> None:
    hand_in(pair)
    found = summary(pair.province, REPORT, NOVEMBER)
    code = pair.commune.file.identity.code
    told = {one.indicator: one.value for one in reports.build(pair.commune, REPORT, NOVEMBER).figures}
    assert {row.indicator: row.total for row in found.rows} == told
    assert (found.received, found.differing) == (frozenset({code}), 0)


def test_records_changed_after_the_report_show_as_a_difference(pair: TwoOffices) -> None:
    hand_in(pair)
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    pair.activity("Buổi ghi thêm", attendance_total=5, attendance_women=1)
    pair.take(pair.send())
    found = summary(pair.province, REPORT, NOVEMBER)
    code = pair.commune.file.identity.code
    row = next(one for one in found.rows if one.indicator == "attendance_total")
    assert row.differs(code)
    assert (row.total, row.reported[code]) == (45, 40)
    assert found.differing >= 2


def test_a_sum_of_some_records_says_of_how_many(pair: TwoOffices) -> None:
    pair.activity(attendance_total=40, attendance_women=18)
    pair.activity("Buổi hai", attendance_total=30, attendance_women=None)
    pair.take(pair.send())
    rows = {row.indicator: row for row in summary(pair.province, REPORT, NOVEMBER).rows}
    code = pair.commune.file.identity.code
    assert rows["attendance_women"].partly == {"": "mới ghi ở 1/2 bản ghi", code: "mới ghi ở 1/2 bản ghi"}
    assert rows["attendance_total"].partly == {}


def test_before_any_package_there_is_nothing_to_compare(pair: TwoOffices) -> None:
    found = summary(pair.province, REPORT, NOVEMBER)
    assert (found.received, found.differing, len(found.offices)) == (frozenset(), 0, 1)


def test_a_figure_is_a_map_of_the_communes(pair: TwoOffices) -> None:
    pair.activity(attendance_total=40)
    empty = commune_map(pair.province, summary(pair.province, REPORT, NOVEMBER), "attendance_total")
    assert empty.series[0].values == (None,)  # nothing was sent: no figure, not 0
    hand_in(pair)
    keep_cells(pair.province, {pair.commune.file.identity.code: (1, 3)})
    chart = commune_map(pair.province, summary(pair.province, REPORT, NOVEMBER), "attendance_total")
    assert (chart.title, chart.unit, chart.places) == ("Lượt người dự", "lượt", ((1, 3),))
    assert chart.series[0].values == (80,)
