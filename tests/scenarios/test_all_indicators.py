"""Every declared indicator, in four periods and by area, equals a brute-force recount; so do the records behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scenarios.brute_force import all_records, counted, recounted
from thidua_desktop.domain.periods import Period, parse_period
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import IndicatorSpec
from thidua_desktop.services.demo.build import PASSWORD, DemoOffice, demo_clock
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange, Record

PERIODS = ("2026-11", "2026-Q1", "2026-H2", "2026")
INDICATORS = sorted(load_definitions().indicators)


def parse(code: str) -> Period:
    """A period of Decree 09's calendar."""
    return parse_period(code, load_definitions().calendars["decree09"])


@pytest.fixture(scope="module")
def session(demo: DemoOffice) -> Iterator[Session]:
    opened = open_office(demo.commune, PASSWORD, clock=demo_clock())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def records(session: Session) -> dict[str, list[Record]]:
    return {register: all_records(session, register) for register in session.definitions.registers}


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_equals_its_recount(session: Session, records: dict[str, list[Record]], name: str) -> None:
    for code in PERIODS:
        period = parse(code)
        span = DateRange(period.start, period.end)
        figures = {row.office: row.value for row in session.file.figures([name], [span])}
        wanted = recounted(session.definitions, name, records, span.start, span.end)
        assert sum(figures.values()) == wanted.get("", 0), (name, code)


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_by_area_equals_its_recount(session: Session, records: dict[str, list[Record]], name: str) -> None:
    period = parse("2026-11")
    span = DateRange(period.start, period.end)
    figures = {row.area: row.value for row in session.file.figures([name], [span], by_area=True)}
    assert figures == recounted(session.definitions, name, records, span.start, span.end, by_area=True)


@pytest.mark.parametrize("name", ["sessions", "items_passed", "documents_handed_out", "areas_total"])
def test_the_records_behind_a_figure_make_it(session: Session, records: dict[str, list[Record]], name: str) -> None:
    indicator = session.definitions.indicators[name]
    period = parse("2026-Q3")
    span = DateRange(period.start, period.end)
    behind = session.file.records.window(indicator.register, list(session.file.figure_records(name, span)))
    assert behind
    assert counted(indicator, behind, span.start, span.end) == sum(
        row.value for row in session.file.figures([name], [span])
    )


def test_the_demo_leaves_hardly_an_indicator_without_a_figure(session: Session) -> None:
    whole = DateRange(parse("2026").start, parse("2026").end)
    filled = {row.indicator for row in session.file.figures(INDICATORS, [whole])}
    inland = {name for name in INDICATORS if "island" in name}
    assert set(INDICATORS) - filled - inland - results_of_one_commune() == set()


def results_of_one_commune() -> set[str]:
    """Ways in which the one sheet of a commune can end: five communes have them all (test_commune_standards)."""
    declared = load_definitions().indicators.values()
    ends = [one for one in declared if len(one.where) > 2 and ("subject_kind", ("commune",)) in told(one)]
    return {one.name for one in ends}


def told(indicator: IndicatorSpec) -> list[tuple[str, tuple[str, ...]]]:
    return [(condition.field, tuple(condition.values)) for condition in indicator.where]
