"""An odd figure of the province names the communes that it comes from; a commune's report names none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import (
    NOVEMBER,
    REPORT,
    TwoOffices,
    introduce,
    make_office,
    save,
    two_offices,
)
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session

OCTOBER_DAY, NOVEMBER_DAY = date(2026, 10, 5), date(2026, 11, 5)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def heard(commune: Session, day: date, attendance: int, area: str | None = None) -> None:
    """An activity with so many people."""
    from thidua_desktop.store.queries import ListQuery

    where = area or next(iter(commune.file.records.every(ListQuery("residential_area")))).id
    save(commune, "movement_activity", {
        "held_on": day, "kind": "propaganda", "title": f"Tuyên truyền {day:%d/%m}", "residential_area": where,
        "attendance_total": attendance, "attendance_women": 10,
    })  # fmt: skip


def test_the_commune_that_moved_most_is_named(pair: TwoOffices, tmp_path: Path) -> None:
    other = make_office(tmp_path / "khac.thidua", "24305")
    introduce(other, pair.province)
    for commune, now in ((pair.commune, 45), (other, 950)):
        heard(commune, OCTOBER_DAY, 40)
        heard(commune, NOVEMBER_DAY, now)
        made = outgoing.make_package(commune, pair.folder)
        incoming.receive(pair.province, incoming.plan_receive(pair.province, made.path))
    built = reports.build(pair.province, REPORT, NOVEMBER)
    figure = next(one for one in built.figures if one.indicator == "attendance_total" and one.odd)
    (named,) = built.odd_places[figure.indicator]
    assert named.office == "24305" and named.value == 950 and named.base == 40
    assert named.words == f"{other.file.identity.name}: 950, kỳ trước 40, 99% phần chênh"
    assert reports.build(other, REPORT, NOVEMBER).odd_places == {}
    other.close()


def test_a_fall_names_who_fell_and_two_at_most(pair: TwoOffices, tmp_path: Path) -> None:
    others = [make_office(tmp_path / f"{code}.thidua", code) for code in ("24305", "24133", "24154")]
    for commune in (pair.commune, *others):
        if commune is not pair.commune:
            introduce(commune, pair.province)
        heard(commune, OCTOBER_DAY, 400)
        heard(commune, NOVEMBER_DAY, 20)
        made = outgoing.make_package(commune, pair.folder)
        incoming.receive(pair.province, incoming.plan_receive(pair.province, made.path))
        if commune is not pair.commune:
            commune.close()
    places = reports.build(pair.province, REPORT, NOVEMBER).odd_places["attendance_total"]
    assert [one.share for one in places] == [25, 25] and all(one.base == 400 for one in places)
