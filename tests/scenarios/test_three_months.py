"""Three months of twelve communes by stick, with bad luck, end in equal records, figures and receipts on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.three_months import (
    COMMUNES,
    DOWN,
    MONTHS,
    ORDERS,
    REPORT,
    TOLD,
    UP,
    Commune,
    World,
    digest_of_communes,
    last_round,
    take_in_another_order,
    three_months,
    twin_of,
    world,
)
from tests.unit.services.handoff.contents import travelling_of
from thidua_desktop.services.handoff import answers, directives, history, orders, receipts
from thidua_desktop.services.handoff.acknowledged import acknowledged
from thidua_desktop.services.handoff.history import PackageLife
from thidua_desktop.services.handoff.incoming import received_report
from thidua_desktop.services.handoff.receipts import Whereabouts
from thidua_desktop.services.reports.private_counts import figure_rows
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange

SEED = 20261231


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("three"), SEED) as made:
        three_months(made)
        last_round(made)
        yield made


def figures(session: Session, commune: Commune) -> dict[tuple[str, int], object]:
    """Every indicator in each month that is not zero, of one commune."""
    spans = [DateRange(month.start, month.end) for month in MONTHS]
    rows = figure_rows(session, sorted(session.definitions.indicators), spans, [commune.code])
    summed: dict[tuple[str, int], object] = {}
    for row in rows:
        key = (row.indicator, row.range_index)
        summed[key] = summed.get(key, 0) + row.value  # type: ignore[operator]
    return {key: value for key, value in summed.items() if value}


def test_every_misfortune_happened(lived: World) -> None:
    for fate in UP:
        assert lived.counted[f"stick up: {fate}"] >= len(MONTHS)
    for fate in DOWN:
        assert lived.counted[f"stick down: {fate}"] >= len(MONTHS)
    for code in ("002", "003", "007", "008", "009", "011"):
        assert lived.counted[f"refused TD-SYNC-{code}"], code
        assert lived.counted[f"refused TD-SYNC-{code} at a commune"] or code == "007", code
    for what in (
        "packages that covered a gap",
        "changed",
        "deleted",
        "reports closed again",
        "late directives taken in",
    ):
        assert lived.counted[what], what
    assert lived.counted["records returned"] == lived.counted["records mended"] == 1


def test_the_docs_tell_what_was_counted(lived: World) -> None:
    text = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    told = {row[0]: row[1] for row in rows if len(row) == 2 and row[1].isdigit()}
    assert told == {words: str(lived.counted[what]) for words, what in TOLD.items()}


def test_records_are_equal_on_both_sides(lived: World) -> None:
    for commune in lived.communes:
        assert travelling_of(commune.session, commune.code) == travelling_of(lived.province, commune.code)
        assert len(travelling_of(lived.province, commune.code)) > 20


def test_every_indicator_of_each_month_is_equal_on_both_sides(lived: World) -> None:
    for commune in lived.communes:
        there, here = figures(commune.session, commune), figures(lived.province, commune)
        assert there == here
        assert {month for _, month in here} == {0, 1, 2} and len(here) > 30


def test_closed_reports_are_equal_on_both_sides(lived: World) -> None:
    for commune in lived.communes:
        name = received_report(commune.code, REPORT)
        for month in MONTHS:
            sent = commune.session.file.reports.last_figures(REPORT, month.code)
            assert sent is not None
            assert lived.province.file.reports.last_figures(name, month.code) == sent


def test_what_a_commune_believes_is_what_the_last_receipt_says(lived: World) -> None:
    for commune in lived.communes:
        said = answers.receipt_of(lived.province, commune.code)
        session = commune.session
        assert said.acknowledged == {session.file.installation_id: acknowledged(session)}
        assert said.records == () and receipts.returned_records(session) == []
        assert {row.life for row in history.made_rows(session)} == {PackageLife.RECEIVED}
        for register, record in commune.recorded:
            assert receipts.standing_of(session, register, record).whereabouts is Whereabouts.RECEIVED


def test_directives_are_acknowledged_by_whoever_applied_them(lived: World) -> None:
    told = {row.number: set(row.applied) for row in directives.written(lived.province)}
    applied = {
        number: {
            commune.code
            for commune in lived.communes
            if number in {one.number for one in orders.taken_directives(commune.session)}
        }
        for number in told
    }
    assert told == applied
    assert len(told) == len(MONTHS) and all(0 < len(codes) < COMMUNES for codes in told.values())


@pytest.mark.parametrize("order", ORDERS)
def test_another_order_and_repetition_give_the_same(lived: World, order: str) -> None:
    twin = twin_of(lived, order)
    try:
        outcomes = take_in_another_order(lived, twin, order)
        assert outcomes["taken in"] and outcomes["TD-SYNC-009"]
        assert digest_of_communes(lived, twin) == digest_of_communes(lived, lived.province)
        for commune in lived.communes:
            assert figures(twin, commune) == figures(lived.province, commune)
    finally:
        twin.close()
