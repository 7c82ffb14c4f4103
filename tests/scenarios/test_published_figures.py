"""Every indicator's view on a real PostgreSQL gives the figures that the province's own program counts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from tests.scenarios.real_postgres import Cluster
from thidua_desktop.domain.periods import parse_period
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.services.demo.build import PASSWORD, DemoOffice, demo_clock
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.publishing import publish
from thidua_desktop.services.reports.private_counts import counted_only, figure_rows
from thidua_desktop.services.session import Session
from thidua_desktop.store.commune_changes import CommuneChange, CommuneUnit, arrived_id
from thidua_desktop.store.merge import RecordLine
from thidua_desktop.store.queries import ARRIVAL_SIGNS, DateRange, FigureRow

DEFINITIONS = load_definitions()
CODES = ("2026-11", "2026-Q1", "2026-H2", "2026")
CUT = (DEFINITIONS.calendars["decree09"], DEFINITIONS.calendars["calendar"])
PERIODS = tuple(parse_period(code, calendar) for calendar in CUT for code in CODES)
SPANS = [DateRange(period.start, period.end) for period in PERIODS]
INDICATORS = sorted(DEFINITIONS.indicators)
ASKED = " OR ".join(f"(calendar = '{period.calendar.name}' AND period = '{period.code}')" for period in PERIODS)


@dataclass(frozen=True, slots=True)
class Both:
    """The province's file, and a connection to what it published."""

    session: Session
    connection: Any

    def view(self, schema: str, name: str, *columns: str) -> dict[tuple[str, ...], object]:
        """A view's values for the asked periods."""
        keys = ", ".join(("calendar", "period", "office", *columns))
        rows = self.connection.execute(f'SELECT {keys}, value FROM {schema}."{name}" WHERE {ASKED}'.encode())
        return {tuple(row[:-1]): row[-1] for row in rows.fetchall()}


def key(row: FigureRow) -> tuple[str, str, str]:
    """Calendar, period and office."""
    period = PERIODS[row.range_index]
    return period.calendar.name, period.code, row.office


def took_over(session: Session, change: CommuneChange) -> None:
    """Some of the commune's groups come from another one, as their ids say."""
    (office,) = {one.office for one in session.file.partners.all()}
    plain = {"kind": "security", "founded_on": "2025-01-01", "name": "Tổ mới nhận"}
    lines = [
        RecordLine(
            register="self_managed_group", id=arrived_id(change.id, office, str(number)), office=office, revision=1,
            values={**plain, "number": str(number)},
        )
        for number in range(3)
    ]  # fmt: skip
    assert session.file.merge(lines, office, "thử", actor="thử", now=session.now()).new == 3


def there_for_a_part_of_the_year(session: Session) -> None:
    """The demo's commune begins within the first quarter and ends within the second half year."""
    (code,) = {one.office for one in session.file.partners.all()}
    unit, other = CommuneUnit(code, "Xã mẫu", begins=True), CommuneUnit("24999", "Xã khác")
    begins, ends = (
        CommuneChange(
            id=str(day), kind="rename", effective_on=day, before=before, after=after, decision="1/NQ", decided_on=None,
            decided_by="", at=session.now(), actor="thử",
        )
        for day, before, after in (
            (date(2026, 2, 3), (other,), (unit,)),
            (date(2026, 11, 17), (replace(unit, begins=False),), (replace(other, begins=True),)),
        )
    )  # fmt: skip
    session.file.commune_changes.put(begins)
    took_over(session, begins)
    session.file.commune_changes.put(ends)


@pytest.fixture(scope="session")
def both(demo: DemoOffice, postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Published once for all tests of a worker, from a copy: other tests open the demo's own files meanwhile."""
    import psycopg

    copy = tmp_path_factory.mktemp("published") / demo.province.name
    for ending in ("", ".keys"):
        shutil.copyfile(f"{demo.province}{ending}", f"{copy}{ending}")
    with closing(open_office(copy, PASSWORD, clock=demo_clock())) as session:
        there_for_a_part_of_the_year(session)
        address = postgres.new_database("figures")
        publish(session, address, partitions=2)
        with psycopg.connect(address) as connection:
            yield Both(session, connection)


@pytest.mark.parametrize("name", INDICATORS)
def test_a_view_counts_what_the_program_counts(both: Both, name: str) -> None:
    counted = {key(row): row.value for row in figure_rows(both.session, [name], SPANS)}
    assert both.view("thidua_figure", name) == counted


@pytest.mark.parametrize("name", [name for name in INDICATORS if name not in counted_only(DEFINITIONS)])
def test_a_view_by_area_counts_what_the_program_counts(both: Both, name: str) -> None:
    rows = both.session.file.figures([name], SPANS, by_area=True)
    counted = {(*key(row), row.area): row.value for row in rows}
    assert both.view("thidua_figure_area", name, "area") == counted


def test_the_commune_s_days_are_published_and_count(both: Both) -> None:
    found = both.connection.execute(
        b"SELECT begins_on, ends_on FROM thidua.office WHERE begins_on IS NOT NULL"
    ).fetchall()
    assert found == [(date(2026, 2, 3), date(2026, 11, 16))]
    kept = {
        (row.indicator, row.range_index): row.value
        for row in both.session.file.figures(INDICATORS, SPANS, as_kept=True)
    }
    stands = {(row.indicator, row.range_index): row.value for row in both.session.file.figures(INDICATORS, SPANS)}
    assert stands.keys() < kept.keys()  # what stands at the year's end is not the ended commune's any more
    arrivals = both.connection.execute(b"SELECT office, ids, since FROM thidua.arrival ORDER BY since").fetchall()
    assert [(row[0], row[2]) for row in arrivals][-1] == ("24999", date(2026, 11, 17))
    assert {len(row[1]) for row in arrivals} == {ARRIVAL_SIGNS}


def test_hardly_an_indicator_is_without_a_figure(both: Both) -> None:
    filled = {name for name in INDICATORS if both.view("thidua_figure", name)}
    judged = {name for name in INDICATORS if DEFINITIONS.indicators[name].register == "assessment"}
    others = {*INDICATORS} - judged
    assert len(filled & others) > len(others) * 0.9
    assert len(filled & judged) > len(judged) / 3  # the commune is judged after the last day here
