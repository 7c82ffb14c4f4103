"""Chosen communes beside chosen figures, by kind of residential area; on paper; the choice is kept."""

from __future__ import annotations

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT
from tests.unit.services.reports.five_communes import NOT_SENT
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Table
from thidua_desktop.services.paper_files import EXCEL, PDF, WORD, paper_file
from thidua_desktop.services.reports.contributions import contributions
from thidua_desktop.services.reports.matrix import (
    MOST_COLUMNS,
    MatrixChoice,
    keep_choice,
    kept_choice,
    matrix,
    matrix_chart,
)
from thidua_desktop.services.reports.matrix_paper import NOT_SPLIT, matrix_document
from thidua_desktop.services.reports.ranking import areas_of
from thidua_desktop.services.session import Session

ACTIVITIES, HOUSEHOLDS = "activities_total", "area_households"
SOME = MatrixChoice(("24412", "24406", NOT_SENT), (ACTIVITIES, "attendance_total"))
BY_KIND = MatrixChoice(indicators=(ACTIVITIES, HOUSEHOLDS), kinds=("", "rural", "border", "complex"))


def test_communes_beside_figures_with_both_sums(province: Session) -> None:
    found = matrix(province, REPORT, NOVEMBER, SOME)
    rows = {row.office: (row.values, row.sent) for row in found.rows}
    assert rows == {"24412": ((3, 120), True), "24406": ((3, 120), True), NOT_SENT: ((5, 200), False)}
    assert (found.totals, found.whole, found.partial) == ((11, 440), (14, 560), True)


def test_by_kind_of_area_each_counts_only_there(province: Session) -> None:
    found = matrix(province, REPORT, NOVEMBER, BY_KIND)
    rows = {row.office: row.values for row in found.rows}
    assert rows["24412"] == (3, 3, 3, 0, 168, 120, 120, 0)
    assert rows["24406"] == (3, 3, 0, 0, 168, 120, 0, 0)
    assert rows["24400"] == (1, 0, 0, 0, 168, 0, 0, 0)
    assert found.columns[2].head.endswith(", biên giới") and not found.partial


def test_what_stands_behind_a_cell_is_of_the_same_kind(province: Session) -> None:
    for kind, count in (("border", 3), ("complex", 0)):
        behind = contributions(province, ACTIVITIES, NOVEMBER, "24412", kind=kind)
        areas = areas_of(province, REPORT, NOVEMBER, ACTIVITIES, "24412", kind)
        assert (behind.count, sum(area.value for area in areas)) == (count, count)


def test_a_figure_of_counts_alone_is_not_told_by_kind(province: Session) -> None:
    from thidua_desktop.services.reports.private_counts import counted_only

    spec = next(
        one for one in province.definitions.reports.values() if counted_only(province.definitions) & {*one.indicators}
    )
    name = next(one for one in spec.indicators if one in counted_only(province.definitions))
    found = matrix(province, spec.name, NOVEMBER, MatrixChoice(indicators=(name,), kinds=("", "rural")))
    assert {row.values for row in found.rows if row.sent} == {(None, None)} and found.unsplit == {1}


def test_nothing_from_a_commune_that_has_not_sent_is_no_zero(province: Session) -> None:
    before = matrix(province, REPORT, parse_period("2026-03"), MatrixChoice(indicators=(ACTIVITIES,)))
    assert {row.values for row in before.rows} == {(None,)} and before.totals == before.whole == (None,)
    notes = matrix_document(province, REPORT, before)
    assert matrix_chart(province, before, 0) is None and NOT_SPLIT not in str(notes)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (MatrixChoice(("00000",)), "TD-SYNC-060"),
        (MatrixChoice(indicators=("tips_rewarded",)), "TD-SYNC-230"),
        (MatrixChoice(kinds=("moon",)), "TD-SYNC-230"),
        (MatrixChoice(indicators=(ACTIVITIES,) * (MOST_COLUMNS + 1)), "TD-SYNC-231"),
    ],
)
def test_what_cannot_be_compared_is_told(province: Session, choice: MatrixChoice, code: str) -> None:
    with pytest.raises(UserError) as refused:
        matrix(province, REPORT, NOVEMBER, choice)
    assert refused.value.code == code


def test_on_paper_with_both_sums_and_charts(province: Session) -> None:
    found = matrix(province, REPORT, NOVEMBER, SOME)
    document = matrix_document(province, REPORT, found)
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert [str(row[1])[-1] for row in table.rows].count("*") == 1
    assert [row[1:] for row in table.totals] == [("Các đơn vị trong bảng", "11", "440"), ("Toàn tỉnh", "14", "560")]
    assert document.meta.foot_note == "Số liệu của 4/5 xã, phường, đặc khu đã gửi báo cáo, 0 đã chấp nhận"
    assert matrix_chart(province, found, 0) in document.blocks
    for ending in (PDF, WORD, EXCEL):
        assert paper_file(province, lambda one: matrix_document(one, REPORT, found), ending)


def test_the_choice_is_kept_for_the_person(province: Session) -> None:
    assert kept_choice(province, REPORT, NOVEMBER) == MatrixChoice()
    keep_choice(province, REPORT, BY_KIND)
    assert kept_choice(province, REPORT, NOVEMBER) == BY_KIND
    province.file.settings.put("matrix.ybham.movement_result", {"offices": ["gone"], "kinds": ["moon"]})
    assert kept_choice(province, REPORT, NOVEMBER) == MatrixChoice()
