"""Communes by one figure: places, ties, those apart; what stands behind each; on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, OCTOBER, REPORT, introduce, make_office, save
from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Table
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports import ranking_paper
from thidua_desktop.services.reports.ranking import Measure, areas_of, measures_of, period_of, ranking
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

COMMUNES = {"24412": (3, 1), "24406": (3, 2), "24400": (1, 0), "24433": (2, 4), "24403": (5, 0)}
"""Activities of November and October."""
NOT_SENT, SILENT_BEFORE = "24403", "24433"


def close(commune: Session, period: Period) -> None:
    for figure in reports.build(commune, REPORT, period).unanswered:
        reports.keep_odd(commune, period, figure.indicator, "Số mẫu.")
    reports.close(commune, REPORT, period)


def held(commune: Session, day: date, signed: int = 0) -> None:
    area = next(iter(commune.file.records.every(ListQuery("residential_area")))).id
    save(commune, "movement_activity", {
        "held_on": day, "kind": "propaganda", "title": f"Buổi {day}", "residential_area": area,
        "attendance_total": 40, "attendance_women": 18, "households_signed": signed,
    })  # fmt: skip


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("ranking")
    province = make_office(folder / "tinh.thidua", "66", province=True)
    for code, (november, october) in COMMUNES.items():
        commune = make_office(folder / f"{code}.thidua", code)
        introduce(commune, province)
        for number in range(november):
            held(commune, date(2026, 11, 1 + number), signed=21)
        for number in range(october):
            held(commune, date(2026, 10, 1 + number))
        for period in (OCTOBER, NOVEMBER) if code not in {NOT_SENT, SILENT_BEFORE} else ():
            close(commune, period)
        if code == SILENT_BEFORE:
            close(commune, NOVEMBER)
        (folder / code).mkdir()
        incoming.receive(province, incoming.plan_receive(province, outgoing.make_package(commune, folder / code).path))
        commune.close()
    yield province
    province.close()


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


def test_what_cannot_be_compared_is_told(province: Session) -> None:
    assert Measure.SHARE not in measures_of(province, "activities_total", NOVEMBER)
    for indicator, measure in (("activities_total", Measure.SHARE), ("tips_total", Measure.SIZE)):
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
