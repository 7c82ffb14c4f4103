"""Two communes merge in the middle of a quarter: what stands counts once, whatever day is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.communes.provinces import DAY, MERGED, NAMES, NEW, OLD_A, OLD_B, Province, make_province
from tests.unit.services.handoff.two_offices import REPORT
from thidua_desktop.paths import resource_path
from thidua_desktop.services import commune_changes, lists, surveys
from thidua_desktop.services.board import Receipt, board, summary
from thidua_desktop.services.communes import by_name, change_words, counted_offices, coverage, on_day
from thidua_desktop.services.place_grid import places
from thidua_desktop.services.report_checks.recount import consolidated, recounted
from thidua_desktop.services.reports.figures import figures_of, records_behind
from thidua_desktop.services.reports.ranking import ranking
from thidua_desktop.store.queries import DateRange

STOCK, EVE, EVERY, FLOW = "groups_total", "mediation_carried", "group_meetings_due", "activities_total"
Q2, Q3, Q4 = (parse_period(f"2026-Q{number}") for number in (2, 3, 4))
SEVEN, EIGHT, NINE = (parse_period(f"2026-{month:02d}") for month in (7, 8, 9))
TOGETHER = {OLD_A, OLD_B, NEW}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """A has 3 groups and 1 case, B 2 and 1; the new commune has taken all over, and each held what it held."""
    made = make_province(tmp_path_factory.mktemp("by_day"))
    for code in (OLD_A, OLD_B, NEW):
        made.accept(code)
    made.stands(OLD_A, date(2024, 5, 1), 3)
    made.stands(OLD_B, date(2026, 7, 20), 2)
    made.stands(NEW, date(2024, 5, 1), 3)  # as it was taken over: it stands since then
    made.stands(NEW, date(2026, 7, 20), 2)
    for code in (OLD_A, OLD_B, NEW, NEW):
        made.case(code, date(2026, 3, 1))
    for code, day in ((OLD_A, "2026-07-03"), (OLD_B, "2026-08-19"), (NEW, "2026-08-20"), (NEW, "2026-09-02")):
        made.held(code, date.fromisoformat(day))
    made.held(OLD_A, date(2026, 8, 25))  # after its last day: nobody's
    commune_changes.apply(made.session, MERGED)
    yield made
    made.session.close()


def whole(province: Province, indicator: str, span: object) -> object:
    """A figure of all communes."""
    (figure,) = figures_of(province.session, [indicator], span, counted_offices(province.session))  # type: ignore[arg-type]
    return figure.value


@pytest.mark.parametrize(("indicator", "expected"), [
    (STOCK, {Q2: 3, Q3: 5, Q4: 5, SEVEN: 3, EIGHT: 5, NINE: 5}),
    (EVE, {Q2: 2, Q3: 2, Q4: 2, EIGHT: 2, NINE: 2}),
    (EVERY, {Q2: 9, Q3: 13, Q4: 15}),
    (FLOW, {Q2: 0, Q3: 4, Q4: 0, SEVEN: 1, EIGHT: 0, NINE: 3}),
])  # fmt: skip
def test_the_sum_over_the_province_does_not_jump(
    province: Province, indicator: str, expected: dict[object, int]
) -> None:
    assert {span: whole(province, indicator, span) for span in expected} == expected


def test_every_day_around_the_change_has_the_same_stock(province: Province) -> None:
    for day in (date(2026, 7, 21), date(2026, 8, 19), DAY, date(2026, 8, 21)):
        rows = province.session.file.figures([STOCK], [DateRange(day, day)], offices=counted_offices(province.session))
        assert sum(row.value for row in rows) == 5, day
        assert {row.office for row in rows} == ({NEW} if day >= DAY else {OLD_A, OLD_B})


def test_the_records_behind_are_those_that_count(province: Province) -> None:
    session = province.session
    assert len(records_behind(session, STOCK, Q3)) == len(records_behind(session, STOCK, Q3, NEW)) == 5
    assert len(records_behind(session, STOCK, Q3, OLD_A)) == 0
    assert len(records_behind(session, STOCK, Q3, OLD_A, as_kept=True)) == 3
    assert len(records_behind(session, FLOW, Q3)) == 4


def test_what_a_commune_reported_is_compared_with_its_own_days(province: Province) -> None:
    session = province.session
    own = recounted(session, [STOCK, FLOW], Q3, [OLD_A, OLD_B, NEW], REPORT)
    assert (own[STOCK, OLD_A], own[STOCK, OLD_B], own[STOCK, NEW]) == (3, 2, 5)
    assert own[FLOW, OLD_A] == 1
    added = consolidated(session, [STOCK], Q3, [OLD_A, OLD_B, NEW], REPORT)
    assert added == {(STOCK, NEW): 5}
    found = summary(session, "model_and_group_result", Q3)
    row = next(one for one in found.rows if one.indicator == STOCK)
    assert (row.total, row.counted[OLD_A]) == (5, 3)
    assert NAMES[NEW] in found.changes


def test_only_those_who_are_there_are_counted_and_listed(province: Province) -> None:
    session = province.session
    assert {code for code, _ in by_name(session, Q2)} == {OLD_A, OLD_B}
    assert {code for code, _ in by_name(session, Q3)} == TOGETHER
    assert [code for code, _ in by_name(session, Q4)] == [NEW]
    assert [code for code, _ in by_name(session, on_day(DAY))] == [NEW]
    shorts = [coverage(session, REPORT, one).short for one in (Q2, Q3, Q4)]
    assert shorts == [f"0/{count} xã, phường, đặc khu" for count in (2, 3, 1)]
    assert [place.key for place in places(session, Q4.end)] == [NEW]
    stocks = ranking(session, "model_and_group_result", Q3, STOCK)
    assert [row.office for row in stocks.rows] == [NEW]


def test_the_board_expects_no_report_of_a_commune_that_is_not_there(province: Province) -> None:
    found = board(province.session, REPORT, count=4)
    cells = {row.office: dict(zip((one.period.code for one in found.periods), row.cells, strict=True))
             for row in found.rows}  # fmt: skip
    assert cells[OLD_A]["2026-10"].receipt is cells[NEW]["2026-08"].receipt is Receipt.NOT_EXPECTED
    assert cells[OLD_A]["2026-10"].why == "kết thúc ngày 19/08/2026"
    assert cells[NEW]["2026-08"].why == "có từ ngày 20/08/2026"
    assert [cells[OLD_A]["2026-10"].brief, cells[NEW]["2026-08"].brief] == ["kết thúc 19/08", "có từ 20/08"]
    assert cells[OLD_A]["2026-09"].receipt is Receipt.OVERDUE  # from 15/08: its last month
    assert cells[NEW]["2026-09"].receipt is Receipt.OVERDUE
    assert {one.period.code: one.expected for one in found.periods} == {
        "2026-08": 2, "2026-09": 3, "2026-10": 1, "2026-11": 1,
    }  # fmt: skip


def test_the_change_is_told_where_it_lies(province: Province) -> None:
    assert change_words(province.session, Q3) == (
        "Từ ngày 20/08/2026: Xã Ea Kao, Xã Hòa Sơn sáp nhập thành Xã Ea Sơn (1685/NQ-UBTVQH15)."
    )
    assert change_words(province.session, Q4) == ""


def test_a_survey_asks_those_who_are_there_on_its_last_day(tmp_path: Path) -> None:
    made = make_province(tmp_path)
    for code in (OLD_A, OLD_B, NEW):
        made.accept(code)
    name = surveys.add_survey(made.session, resource_path("demo", "survey_fire.toml")).name
    assert {code for code, _ in surveys.results(made.session, name).offices} == {OLD_A, OLD_B, NEW}
    commune_changes.apply(made.session, MERGED)
    assert [code for code, _ in surveys.results(made.session, name).offices] == [NEW]
    made.session.close()


def test_into_a_commune_that_goes_on_what_came_counts_from_the_day_on(tmp_path: Path) -> None:
    made = make_province(tmp_path)
    for code in (OLD_A, OLD_B):
        made.accept(code)
    asked = replace(MERGED, after=((OLD_B, "Xã Hòa Sơn Hạ"),))
    change = commune_changes.plan(made.session, asked).change
    for code, taken in ((OLD_A, ""), (OLD_B, change.id)):
        made.stands(code, date(2024, 5, 1), 2, taken)
        made.stands(code, date(2026, 7, 20), 1, taken)  # founded in the quarter of the change, before it
    made.stands(OLD_B, date(2024, 5, 1), 4)
    commune_changes.apply(made.session, asked)
    assert [whole(made, STOCK, one) for one in (Q2, SEVEN, EIGHT, NINE, Q3, Q4)] == [6, 6, 7, 7, 7, 7]
    assert [whole(made, "groups_founded", one) for one in (EIGHT, Q3, Q4)] == [1, 1, 0]
    own = recounted(made.session, [STOCK], EIGHT, [OLD_B], REPORT)
    assert own == {(STOCK, OLD_B): 4}  # its earlier reports stay what they were
    assert len(records_behind(made.session, STOCK, EIGHT, OLD_B, as_kept=True)) == 4
    made.session.close()


def test_undone_every_commune_is_there_again(tmp_path: Path) -> None:
    made = make_province(tmp_path)
    made.accept(OLD_A)
    made.stands(OLD_A, date(2024, 5, 1), 3)
    written = commune_changes.apply(made.session, MERGED)
    assert whole(made, STOCK, Q3) == 0
    commune_changes.undo(made.session, written.id)
    assert whole(made, STOCK, Q3) == 3
    assert [one.stands for one in commune_changes.written(made.session)] == [False]
    made.session.close()


def test_what_was_taken_over_by_a_change_taken_back_counts_with_the_old_commune_only(tmp_path: Path) -> None:
    made = make_province(tmp_path)
    for code in (OLD_A, OLD_B, NEW):
        made.accept(code)
        made.held(code, DAY)
    made.stands(OLD_A, date(2024, 5, 1), 3)
    periods = (Q2, Q3, EIGHT, Q4)
    before = [whole(made, name, period) for name in (STOCK, FLOW) for period in periods]
    change = commune_changes.apply(made.session, MERGED)
    made.stands(NEW, date(2024, 5, 1), 3, taken_by=change.id)
    commune_changes.undo(made.session, change.id)
    assert [whole(made, name, period) for name in (STOCK, FLOW) for period in periods] == before
    commune_changes.apply(made.session, replace(MERGED, effective_on=date(2026, 9, 1)))  # the day is corrected
    assert [whole(made, STOCK, period) for period in periods] == before[: len(periods)]
    made.session.close()


def test_lists_leave_out_what_came_by_a_change_that_was_taken_back(tmp_path: Path) -> None:
    made = make_province(tmp_path)
    for code in (OLD_A, OLD_B, NEW):
        made.accept(code)
    made.stands(OLD_A, date(2024, 5, 1), 3)
    change = commune_changes.apply(made.session, MERGED)
    made.stands(NEW, date(2024, 5, 1), 2, taken_by=change.id)
    made.stands(NEW, date(2026, 9, 1), 1)

    def listed() -> list[str]:
        found = lists.open_list(made.session, lists.default_query(made.session, "self_managed_group"))
        keys = found._keys
        return sorted(one.office for one in made.session.file.records.window("self_managed_group", keys[: len(keys)]))

    assert listed().count(NEW) == 3
    commune_changes.undo(made.session, change.id)
    assert (listed().count(OLD_A), listed().count(NEW)) == (3, 1)
    commune_changes.apply(made.session, replace(MERGED, effective_on=date(2026, 9, 1)))  # the day is corrected
    assert listed().count(NEW) == 3
    made.session.close()
