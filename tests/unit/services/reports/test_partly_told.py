"""Sums that only some records tell are marked wherever communes stand side by side, in tables and on paper."""

from __future__ import annotations

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save
from thidua_desktop.printing.blocks import Table
from thidua_desktop.services import records
from thidua_desktop.services.reports.matrix import SHOWN, MatrixChoice, matrix
from thidua_desktop.services.reports.matrix_paper import matrix_document
from thidua_desktop.services.reports.ranking import ranking
from thidua_desktop.services.reports.ranking_paper import NOT_SENT, ranking_document, remark

WOMEN, HALF = "attendance_women", "mới ghi ở 1/2 bản ghi"


@pytest.fixture
def half(pair: TwoOffices) -> TwoOffices:
    """One of two activities says how many women came; the area is a border one."""
    area = records.get(pair.commune, "residential_area", pair.area)
    save(pair.commune, "residential_area", {**area.values, "area_types": ("border",)}, pair.area)
    pair.activity(attendance_women=18)
    pair.activity("Buổi hai", attendance_women=None)
    pair.take(pair.send())
    return pair


def test_the_ranking_says_it_of_each_commune_and_of_all(half: TwoOffices) -> None:
    found = ranking(half.province, REPORT, NOVEMBER, WOMEN)
    (row,) = found.rows
    assert (row.partly, found.partly, remark(row)) == (HALF, HALF, f"{NOT_SENT}; {HALF}")
    assert f"({HALF})" in found.words
    [table] = [block for block in ranking_document(half.province, found).blocks if isinstance(block, Table)]
    assert str(table.rows[0][-1]).endswith(HALF)  # type: ignore[index]
    assert not ranking(half.province, REPORT, NOVEMBER, "attendance_total").partly


def test_the_matrix_says_it_by_kind_of_area_too(half: TwoOffices) -> None:
    half.activity("Ở xã", attendance_women=5, residential_area=None)
    half.take(half.send())
    choice = MatrixChoice(indicators=("attendance_total", WOMEN), kinds=("", "border"))
    found = matrix(half.province, REPORT, NOVEMBER, choice)
    code, most = found.rows[0].office, "mới ghi ở 2/3 bản ghi"
    assert found.partly == {(at, office): words for at, words in ((2, most), (3, HALF)) for office in ("", SHOWN, code)}
    [table] = [b for b in matrix_document(half.province, REPORT, found).blocks if isinstance(b, Table)]
    told = [note for note in table.notes if most in note]
    assert told == [f"{found.columns[2].head}: {most} (ở {found.rows[0].name})."]
