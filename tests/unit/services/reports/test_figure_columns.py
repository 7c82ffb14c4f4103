"""The columns of the appendix: x/y with percent, the year's target, what falls away, the direction of the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save
from thidua_desktop.printing.blocks import AnnexTitle, Cell, Orientation
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.figure_columns import FigureColumn, cell_text, columns_of, counted, told_beside
from thidua_desktop.services.reports.paper import figure_table, figures_json, print_report, report_document
from thidua_desktop.services.targets import year_targets

TARGET = {
    "year": 2026, "registered_on": date(2026, 2, 20), "subject_kind": "commune", "name": "Cuộc tuyên truyền",
    "unit": "cuộc", "direction": "more", "measure": "cumulative", "target_value": Decimal(8),
    "starts_on": date(2026, 1, 1), "ends_on": date(2026, 11, 15), "source": "indicator", "indicator": "sessions",
}  # fmt: skip


def november(pair: TwoOffices) -> Report:
    return reports.build(pair.commune, REPORT, NOVEMBER)


def directions(pair: TwoOffices) -> list[Orientation]:
    blocks = report_document(pair.commune, november(pair)).blocks
    return [block.orientation for block in blocks if isinstance(block, AnnexTitle)][:1]  # the figures' annex


def test_columns_without_anything_fall_away(pair: TwoOffices) -> None:
    pair.activity()
    report = november(pair)
    assert FigureColumn.TARGET not in columns_of(report)
    assert columns_of(report) == (FigureColumn.THIS, FigureColumn.SHARE, FigureColumn.YEAR)
    bare = [replace(figure, whole=None, unrecorded="") for figure in report.figures]
    assert columns_of(replace(report, figures=tuple(bare))) == (FigureColumn.THIS, FigureColumn.YEAR)
    table = figure_table(replace(report, figures=tuple(bare)))
    assert [column.title for column in table.columns] == ["TT", "Nội dung", "Đơn vị tính", "Kỳ này", "Từ đầu năm"]
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert table.notes == ("Kỳ trước, Cùng kỳ năm trước: chưa có số liệu trên máy.",)


def test_of_nothing_there_is_no_part(pair: TwoOffices) -> None:
    pair.activity()
    figure = replace(november(pair).figure("sessions_online_fraud"), unrecorded="")
    assert counted(replace(figure, value=15, whole=56)) == "15/56"
    assert counted(replace(figure, value=15, whole=0)) == "15"  # recognised now, registered before


def test_a_year_target_is_compared_with_the_year_so_far(pair: TwoOffices) -> None:
    save(pair.commune, "target", TARGET)
    pair.activity()
    pair.activity(day=date(2026, 3, 1))
    figure = november(pair).figure("sessions")
    assert (figure.year, figure.target, figure.reached) == (2, 8, Decimal("25.0"))
    assert cell_text(figure, FigureColumn.REACHED) == "25,0%"
    assert told_beside(figure) == "Từ đầu năm 2 cuộc, đạt 25,0% chỉ tiêu 8 cuộc"
    rows = {row["indicator"]: row for row in figures_json(pair.commune, november(pair))["figures"]}
    assert rows["sessions"]["target"] == 8
    assert "target" not in rows["patrols"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"year": 2025, "registered_on": date(2025, 2, 20)}, {}),
        ({"source": "typed", "indicator": None}, {}),
        ({"ends_on": date(2026, 5, 1)}, {}),
        ({"target_value": Decimal(0)}, {"sessions": Decimal(0)}),
        ({}, {"sessions": Decimal(8)}),
    ],
)
def test_which_target_is_the_years(pair: TwoOffices, changed: dict[str, object], expected: dict[str, Decimal]) -> None:
    save(pair.commune, "target", {**TARGET, **changed})
    assert year_targets(pair.commune, 2026) == expected


def test_the_target_that_runs_longest_is_the_years(pair: TwoOffices) -> None:
    save(pair.commune, "target", {**TARGET, "target_value": Decimal(5), "ends_on": date(2026, 8, 1)})
    save(pair.commune, "target", TARGET)
    assert year_targets(pair.commune, 2026) == {"sessions": Decimal(8)}


def test_the_sheet_turns_for_many_columns(pair: TwoOffices) -> None:
    pair.activity(topics=("drugs",))
    pair.activity(day=date(2025, 11, 1))
    assert directions(pair) == [Orientation.PORTRAIT]
    save(pair.commune, "target", TARGET)
    assert directions(pair) == [Orientation.LANDSCAPE]
    report = november(pair)
    paper = print_report(pair.commune, report)
    assert any(mark.key == "sessions_drugs" and mark.x > 300 for mark in paper.marks)
    head = [column.title for column in figure_table(report).columns]
    row = next(one for one in figure_table(report).rows if one[1] == report.figure("sessions_drugs").label)
    values = dict(zip(head, (cell.text if isinstance(cell, Cell) else cell for cell in row), strict=True))
    assert (values["Kỳ này"], values["Tỷ lệ (%)"], values["Chỉ tiêu năm"]) == ("1/1", "100,0", "")
