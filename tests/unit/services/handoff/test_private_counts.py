"""Registers of which only counts travel: the province has the commune's figures and not a word of a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.reporting_periods import parse_period, period_of
from tests.unit.services.handoff.two_offices import DAY, NOVEMBER, TwoOffices, save, two_offices
from thidua_desktop.domain.calendars import CUTTING
from thidua_desktop.domain.periods import months_in
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.kept_definitions import kept_definitions
from thidua_desktop.formdef.model import Aggregate, Definitions, IndicatorSpec
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.report_checks.recount import recounted
from thidua_desktop.services.reports.figures import figures_of, totals
from thidua_desktop.services.reports.private_counts import (
    MEMBER,
    check_counts,
    counted_only,
    keep_counts,
    standard_spans,
)
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import DateRange
from thidua_desktop.sync.verify import verify

REGISTER, SECRET = "incident", "Xynvqa mất trộm trâu"
NAMES = ("made_incidents", "made_open", "made_both")


def private(definitions: Definitions) -> Definitions:
    """Incidents stay in the office; three figures of them, one with activities beside."""
    spec = replace(definitions.registers[REGISTER], travels="counts", restricted=True)
    flow = IndicatorSpec(name=NAMES[0], label="Vụ", unit="vụ", register=REGISTER, aggregate=Aggregate.COUNT)
    stock = flow._replace(name=NAMES[1], label="Vụ còn", stock=True)
    both = IndicatorSpec(
        name=NAMES[2], label="Hoạt động và vụ", unit="vụ", register="movement_activity", aggregate=Aggregate.COUNT,
        plus=(NAMES[0],),
    )  # fmt: skip
    kept = {
        name: one
        for name, one in definitions.indicators.items()
        if one.register != REGISTER and not {*one.plus, one.out_of} & {
            other for other, spec in definitions.indicators.items() if spec.register == REGISTER
        }
    }  # fmt: skip
    indicators = {**kept, **{one.name: one for one in (flow, stock, both)}}
    return replace(definitions, registers={**definitions.registers, REGISTER: spec}, indicators=indicators)


def at_desk(session: Session) -> Session:
    definitions = private(session.definitions)
    session.file._database.definitions = definitions
    session.file.definitions = definitions
    return replace(session, definitions=definitions, entries={}, whole_registers=set(), unread={})


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        made = replace(both, commune=at_desk(both.commune), province=at_desk(both.province))
        for days in (0, 1, 20, 40, 400):
            incident(made, DAY - timedelta(days=days))
        made.activity()
        yield made


def incident(pair: TwoOffices, day: date) -> str:
    spec, catalogs = pair.commune.register(REGISTER), pair.commune.definitions.catalogs
    codes = {name: catalogs[spec.field(name).catalog].items[0].code for name in ("kind", "severity", "outcome")}
    values: dict[str, Any] = {"occurred_on": day, "title": SECRET, "residential_area": pair.area, **codes}
    return save(pair.commune, REGISTER, values)


def figures(session: Session, code: str, name: str = "decree09") -> list[tuple[object, ...]]:
    found = figures_of(session, NAMES, parse_period(code, name))
    return [(one.value, one.last, one.last_year, one.year) for one in found]


@pytest.mark.parametrize("code", ["2026-11", "2026-10", "2026-Q4", "2026-H2", "2026"])
@pytest.mark.parametrize("name", ["decree09", "calendar"])
def test_the_province_has_the_figures_of_the_commune(pair: TwoOffices, code: str, name: str) -> None:
    pair.take(pair.send())
    own = figures(pair.commune, code, name)
    assert own[0][0] and own[2][0]
    assert figures(pair.province, code, name) == own


@pytest.mark.parametrize(("code", "name"), [("2026-NGAYHOI", "campaigns"), ("2026-KHUDANCU", "assessment_windows")])
def test_of_campaigns_and_windows_too(pair: TwoOffices, code: str, name: str) -> None:
    incident(pair, date(2026, 8, 19))
    pair.take(pair.send())
    own = figures(pair.commune, code, name)
    assert own[0][0] and own[0][1] is None
    assert figures(pair.province, code, name) == own


def test_months_and_the_board_have_them_too(pair: TwoOffices) -> None:
    pair.take(pair.send())
    months = [DateRange(one.start, one.end) for one in months_in(parse_period("2026")) if one.end <= NOVEMBER.end]
    own, there = (totals(session, [NAMES[0]], months) for session in (pair.commune, pair.province))
    assert own == there and sum(own.values()) == 4
    code = pair.commune.file.identity.code
    assert recounted(pair.province, [NAMES[0]], NOVEMBER, [code]) == {(NAMES[0], code): 3}


def test_no_word_of_a_record_is_in_the_package(pair: TwoOffices) -> None:
    record_id = incident(pair, DAY)
    made = pair.send()
    secret = cards.office_keys(pair.province).age_identity
    with verify(made.path, cards.trust(pair.province), [secret]) as package:
        names = [entry.name for entry in package.entries]
        content = b"".join(package.member(name) for name in names)
        counts = package.member(f"figures/{MEMBER}.json")
    assert f"figures/{MEMBER}.json" in names and f"records/{REGISTER}.jsonl" not in names
    assert NAMES[0].encode() in content
    for word in ("Xynvqa", "xynvqa", record_id):
        assert word.encode() not in content
    assert DAY.isoformat().encode() not in counts  # days of periods, never of records


def test_the_newest_package_stands(pair: TwoOffices) -> None:
    first = pair.send()
    pair.take(first)
    incident(pair, DAY)
    pair.take(pair.send())
    assert figures(pair.province, "2026-11") == figures(pair.commune, "2026-11")
    keep_counts(pair.province, pair.commune.file.identity.code, 1, {"counts": {NAMES[0]: []}, "since": {}})
    assert figures(pair.province, "2026-11") == figures(pair.commune, "2026-11")


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"counts": {"a": [["x", "y", 1]]}, "since": {}},
        {"counts": {"a": [["2026-01-01"]]}, "since": {}},
        {"counts": {}},
    ],
)
def test_counts_that_make_no_sense_are_refused(pair: TwoOffices, content: Any) -> None:
    with pytest.raises(UserError) as refused:
        check_counts("24412", 1, content)
    assert refused.value.code == "TD-SYNC-065"


def test_spans_are_all_that_reports_ask_for() -> None:
    known = kept_definitions().calendars
    spans = {(span.start, span.end) for span in standard_spans(known.values(), date(2025, 12, 1), date(2026, 11, 16))}
    for name in ("decree09", "calendar"):
        for day in (date(2025, 12, 1), date(2026, 5, 5), date(2026, 11, 16)):
            for kind in CUTTING:
                period = period_of(day, kind, name)
                assert (period.start, period.end) in spans
    for code, name in (("2026-TET", "campaigns"), ("2026-MATUY", "campaigns"), ("2026-KHUDANCU", "assessment_windows")):
        campaign = parse_period(code, name)
        assert (campaign.start, campaign.end) in spans
    assert len(spans) < 130


def test_only_counted_registers_are_counted(pair: TwoOffices) -> None:
    assert set(NAMES) <= counted_only(pair.commune.definitions)
    assert "sessions" not in counted_only(pair.commune.definitions)
