"""Programmes, festivals, pledges, mobilisation, reform, culture and activities by kind of area: the province, which
reads only packages, gets the figures of the commune."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from thidua_desktop.services.demo.build import PASSWORD, DemoOffice, demo_clock
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.periods import parse_in
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange

REGISTERS = {
    "programme", "plan_task", "joint_resolution", "festival", "pledge_drive", "mobilisation_model", "reform_task",
    "service_figures", "culture_title", "assessment", "unit_registration",
}  # fmt: skip


@pytest.fixture(scope="module")
def desks(demo: DemoOffice) -> Iterator[tuple[Session, Session]]:
    opened = [open_office(path, PASSWORD, clock=demo_clock()) for path in (demo.commune, demo.province)]
    yield opened[0], opened[1]
    for one in opened:
        one.close()


def test_both_desks_count_the_same(desks: tuple[Session, Session]) -> None:
    commune, province = desks
    known = commune.definitions.indicators.values()
    names = [one.name for one in known if one.register in REGISTERS or one.area_types]
    span = DateRange(
        parse_in(commune.definitions, "2025-11").start, parse_in(commune.definitions, "2026-11").end
    )  # what was closed and sent
    here, there = (
        {(row.area, row.indicator): row.value for row in desk.file.figures(names, [span], by_area=True)}
        for desk in (commune, province)
    )
    assert here == there
    counted = {commune.definitions.indicators[name].register for _, name in here}
    assert {*REGISTERS, "movement_activity"} <= counted


def test_names_and_private_texts_stay_at_the_commune(desks: tuple[Session, Session]) -> None:
    commune, province = desks
    for register, field in (("culture_title", "unmet"), ("pledge_drive", "unsigned")):
        kept, sent = (_filled(desk, register, field) for desk in (commune, province))
        assert kept > 0 == sent, register


def _filled(session: Session, register: str, field: str) -> int:
    from thidua_desktop.store.queries import ListQuery

    return sum(field in record.values for record in session.file.records.every(ListQuery(register)))
