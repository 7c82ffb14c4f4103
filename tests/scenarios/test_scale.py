"""What a full office costs, counted in statements, SQLite steps and bytes: the same on every machine, fast or slow."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from tests.benchmarks.made_offices import ACTIVITY, HOUSEHOLD, Offices, activities, area_ids, both, fill, households
from tests.reporting_periods import period_of
from thidua_desktop.domain.periods import PeriodKind
from thidua_desktop.services import lists, today
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.search import search
from thidua_desktop.services.session import Session
from thidua_desktop.store import list_sql
from thidua_desktop.store.queries import ListQuery, SortKey

SMALL, LARGE = 600, 2_400  # the smaller one too is more than one block of a merge
MONTH = period_of(date(2026, 11, 20), PeriodKind.MONTH)
IN_THE_MONTH = 60
STEPS_A_TICK = 100


def _office(folder: Path, size: int) -> Offices:
    """An office of ``size`` activities, the same number of them in the month that lists open with."""
    offices = both(folder)
    here = offices.commune
    areas = area_ids(here)
    older = ({**values, "held_on": date(2026, 1 + place % 10, 10)} for place, values in enumerate(activities(areas)))
    fill(here, ACTIVITY, older, size - IN_THE_MONTH)
    fill(here, ACTIVITY, ({**values, "held_on": MONTH.start} for values in activities(areas, size)), IN_THE_MONTH)
    fill(here, HOUSEHOLD, households(areas), size // 4)
    here.file._database.measure_tables()
    return offices


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Offices, Offices]]:
    """A small office and one four times as large."""
    made = _office(tmp_path_factory.mktemp("small"), SMALL), _office(tmp_path_factory.mktemp("large"), LARGE)
    yield made
    for one in made:
        one.close()


@pytest.fixture
def large(offices: tuple[Offices, Offices]) -> Session:
    """The large commune."""
    return offices[1].commune


@contextmanager
def counted(session: Session) -> Iterator[list[int]]:
    """[statements, steps of SQLite's machine] of the block."""
    connection, count = session.file._database.connection, [0, 0]

    def statement(sql: str) -> None:
        count[0] += not sql.startswith("--")  # not those that the search index asks itself

    def tick() -> int:
        count[1] += STEPS_A_TICK
        return 0

    connection.set_trace_callback(statement)
    connection.set_progress_handler(tick, STEPS_A_TICK)
    try:
        yield count
    finally:
        connection.set_trace_callback(None)
        connection.set_progress_handler(None, 0)


def growth(offices: tuple[Offices, Offices], work: Callable[[Session], object]) -> float:
    """How many times the steps the same work takes in the large office; warm, as a person meets it."""
    steps = []
    for one in offices:
        work(one.commune)
        with counted(one.commune) as count:
            work(one.commune)
        steps.append(max(count[1], STEPS_A_TICK))
    return steps[1] / steps[0]


def month_list(session: Session) -> lists.RecordList:
    """The list as it opens."""
    opened = lists.open_list(session, lists.default_query(session, ACTIVITY, MONTH))
    opened.row(0)
    return opened


def test_a_list_of_a_month_costs_the_same_in_every_office(offices: tuple[Offices, Offices]) -> None:
    assert len(month_list(offices[0].commune)) == len(month_list(offices[1].commune)) == IN_THE_MONTH
    assert growth(offices, month_list) < 1.5


def test_today_and_search_hardly_grow(offices: tuple[Offices, Offices]) -> None:
    assert growth(offices, lambda session: search(session, "lua dao qua mang")) < 2
    assert growth(offices, today.today) < 2


def test_the_end_of_a_list_costs_what_its_beginning_costs(large: Session) -> None:
    opened = lists.open_list(large, ListQuery(ACTIVITY))
    with counted(large) as first:
        opened.row(0)
    with counted(large) as last:
        opened.row(len(opened) - 1)
    assert first[0] in (1, 2) and last[0] in (1, 2)  # the lines, and names that no test before has read
    assert last[1] <= first[1] + 500
    with counted(large) as again:
        opened.row(len(opened) - 2)
    assert again == [0, 0]


def test_filters_cost_a_statement_or_two_each(large: Session) -> None:
    query = lists.default_query(large, ACTIVITY, MONTH)._replace(text="tuan tra")
    lists.chips(large, query)
    for asked, most in (
        (ListQuery(ACTIVITY), 1),
        (lists.default_query(large, ACTIVITY, MONTH), 2),
        (query, 3),
    ):
        with counted(large) as count:
            chips = lists.chips(large, asked)
        assert count[0] <= most * len(chips), asked


def test_counts_of_filters_are_those_of_a_recount(large: Session) -> None:
    query = lists.with_condition(lists.default_query(large, ACTIVITY, MONTH), "kind", ("patrol",))
    for chip in lists.chips(large, query):
        for offered in chip.values:
            chosen = lists.with_condition(query, chip.field, (offered.value,))
            assert offered.count == len(lists.open_list(large, chosen)), (chip.field, offered)


def test_no_order_and_no_filter_reads_the_records_themselves(large: Session) -> None:
    database = large.file._database
    for register in (ACTIVITY, HOUSEHOLD, "resident_meeting"):
        queries = [
            ListQuery(register, sort=(SortKey(column.name, down),))
            for column in lists.columns(large, register)
            for down in (False, True)
            if column.sortable
        ]
        for name in large.register(register).list.filters:
            queries.append(lists.with_condition(ListQuery(register), name, ("x",)))
        for query in queries:
            sql, parameters = list_sql.rows_statement(database, query)
            plan = [str(row[3]) for row in database.all(f"EXPLAIN QUERY PLAN {sql}", parameters)]
            assert not any(step.startswith("SCAN t") and "COVERING" not in step for step in plan), (query, plan)


def test_a_report_asks_as_many_statements_in_every_office(offices: tuple[Offices, Offices]) -> None:
    asked = []
    for one in offices:
        reports.build(one.commune, "movement_result", MONTH)
        with counted(one.commune) as count:
            reports.build(one.commune, "movement_result", MONTH)
        asked.append(count[0])
    definitions = offices[0].commune.definitions
    books = {definitions.indicators[name].register for name in definitions.reports["movement_result"].indicators}
    assert asked[0] == asked[1] <= 8 * len(books)


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_packages_take_no_more_memory_for_more_records(offices: tuple[Offices, Offices]) -> None:
    peaks: dict[str, list[int]] = {"make": [], "receive": []}
    for one in offices:
        peaks["make"].append(_peak(partial(outgoing.make_package, one.commune, one.folder)))
        plan = incoming.plan_receive(one.province, next(one.folder.glob("*.tdp")))
        peaks["receive"].append(_peak(partial(incoming.receive, one.province, plan)))
        assert one.province.file.records.count(ACTIVITY) == one.commune.file.records.count(ACTIVITY)
    for small, large in peaks.values():  # a record that is held takes three times as much; blocks and keys may stay
        assert large < small + 1_000 * (LARGE - SMALL), peaks


def test_undo_is_found_behind_the_work_of_others(large: Session) -> None:
    rows = [(None, values) for values in islice(activities(area_ids(large), 90_000), 300)]
    large.file.records.save_many(ACTIVITY, rows, actor="Lò Thị Đào", now=large.now())
    with counted(large) as count:
        assert large.file.changes.can_undo(large.user.name) is not None
    assert count[0] < 10 and count[1] < 1_000
