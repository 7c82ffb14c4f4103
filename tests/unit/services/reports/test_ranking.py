"""Communes by one figure: places, ties, those apart; what stands behind each; on paper."""

from __future__ import annotations

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT
from tests.unit.services.reports.five_communes import NOT_SENT, SILENT_BEFORE
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Table
from thidua_desktop.services.reports import ranking_paper
from thidua_desktop.services.reports.ranking import (
    Measure,
    RankedCommune,
    _placed,
    areas_of,
    measures_of,
    period_of,
    ranking,
)
from thidua_desktop.services.session import Session


def places(
    province: Session, measure: Measure, indicator: str = "activities_total"
) -> dict[str, tuple[object, object]]:
    found = ranking(province, REPORT, NOVEMBER, indicator, measure)
    return {row.office: (row.place, None if row.measure is None else float(row.measure)) for row in found.rows}


def test_equal_ones_share_a_place_and_who_sent_nothing_has_none(province: Session) -> None:
    assert places(province, Measure.SIZE) == {
        "24412": (1, 3), "24406": (1, 3), SILENT_BEFORE: (3, 2), "24400": (4, 1), NOT_SENT: (None, 5),
    }  # fmt: skip
    found = ranking(province, REPORT, NOVEMBER, "activities_total")
    assert found.rows[-1].office == NOT_SENT and not found.rows[-1].sent
    assert (found.total, found.middle) == (14, 2.5)
    assert found.covered == "4/5 xã, phường, đặc khu" and found.missing.startswith("Chưa gửi: ")


def test_changes_need_something_to_compare_with(province: Session) -> None:
    assert places(province, Measure.CHANGE) == {
        "24412": (1, 200.0), "24406": (2, 50.0),
        "24400": (None, None), SILENT_BEFORE: (None, None), NOT_SENT: (None, None),
    }  # fmt: skip


def test_shares_and_per_thousand_households(province: Session) -> None:
    assert places(province, Measure.SHARE, "households_signed")["24412"] == (1, 37.5)  # 63 of 168 households
    assert places(province, Measure.PER_HOUSEHOLDS)["24400"] == (4, 6.0)  # 1 for 168


def test_the_year_so_far_against_what_each_has_set_itself(province: Session) -> None:
    assert places(province, Measure.TARGET, "sessions") == {
        "24406": (1, 125.0), "24412": (2, 50.0),
        "24400": (None, None), SILENT_BEFORE: (None, None), NOT_SENT: (None, 100.0),
    }  # fmt: skip
    best = ranking(province, REPORT, NOVEMBER, "sessions", Measure.TARGET).rows[0]
    assert ranking_paper.remark(best) == "từ đầu năm 5/4"


def test_where_less_is_better_the_least_stands_first() -> None:
    rows = [RankedCommune(str(percent), "", 0, percent, None, True) for percent in (80, 120, 95)]
    assert [row.office for row in _placed(rows, least_first=True)] == ["80", "95", "120"]


def test_what_cannot_be_compared_is_told(province: Session) -> None:
    assert not {Measure.SHARE, Measure.TARGET} & {*measures_of(province, "activities_total", NOVEMBER)}
    for indicator, measure in (("activities_total", Measure.SHARE), ("tips_rewarded", Measure.SIZE)):
        with pytest.raises(UserError) as refused:
            ranking(province, REPORT, NOVEMBER, indicator, measure)
        assert refused.value.code == "TD-SYNC-150"


def test_down_to_the_areas(province: Session) -> None:
    [area] = areas_of(province, REPORT, NOVEMBER, "activities_total", "24412")
    assert area.name.endswith("Ea M'Doal") and area.value == 3
    assert period_of(province, REPORT, NOVEMBER, "24412") == NOVEMBER


def test_on_paper(province: Session) -> None:
    found = ranking(province, REPORT, NOVEMBER, "activities_total", Measure.CHANGE)
    document = ranking_paper.ranking_document(province, found)
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert [row[-1] for row in table.rows] == ["", "", *([ranking_paper.NO_MEASURE] * 2), ranking_paper.NOT_SENT]  # type: ignore[index]
    assert document.meta.foot_note == "Số liệu của 4/5 xã, phường, đặc khu đã gửi báo cáo"
    assert table.notes[0].startswith("Chưa gửi: ")
