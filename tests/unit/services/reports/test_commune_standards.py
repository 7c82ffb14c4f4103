"""Standards of the commune itself: five communes end differently, the province counts each of them by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from tests.forms.every_definition import DEFINITIONS, REPORTS
from tests.unit.services.handoff.two_offices import introduce, make_office, save
from thidua_desktop.domain.periods import parse_period
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo.standards import sheet_rows
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session

YEAR = parse_period("2026", DEFINITIONS.calendars["calendar"])
SETS = {
    "safe_commune": "safe_commune", "new_rural": "new_rural_security", "drug_free": "drug_free_commune",
    "legal_access": "legal_access",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commune:
    """How one commune stands: a sheet's status ("": only registered), and whether it meets everything."""

    status: str
    met: bool
    drugs: str
    points: str


COMMUNES = {
    "24412": Commune("recognised", True, "drug_free", "excellent"),
    "24406": Commune("refused", False, "type_1", "fair"),
    "24400": Commune("submitted", True, "drug_free", "average"),
    "24433": Commune("self_assessed", False, "type_2", "weak"),
    "24403": Commune("", False, "", ""),
}


def sheet(name: str, commune: Commune) -> tuple[Row, ...]:
    spec = DEFINITIONS.assessments[name]
    if spec.method == "measures":
        worst = {"type_1": ("1", "2", "3"), "type_2": ("1", "2", "3")}.get(commune.drugs, ())
        heavy = {"type_1": ("0.6", "2", "0.2"), "type_2": ("0.2", "1", "0.06")}.get(commune.drugs, ("0", "0", "0"))
        values = dict(zip(worst, heavy, strict=False))
        return tuple(
            {"criterion": one.code, "text": one.text, "value": Decimal(values.get(one.code, "0"))}
            for one in spec.criteria
        )
    if spec.method == "points":
        part = {"excellent": "0.95", "fair": "0.75", "average": "0.6", "weak": "0.2"}[commune.points]
        less = {one.code: str(one.maximum * Decimal(part)) for one in spec.criteria if one.maximum and one.parent}
        return sheet_rows(spec, less=less, stages=1)
    leaf = spec.criteria[-1].code
    return sheet_rows(spec, () if commune.met else (leaf,), stages=1)


def record(session: Session, commune: Commune) -> None:
    """What the commune writes in its two books."""
    for name in (*SETS.values(), "movement_commune"):
        base: dict[str, Value] = {"year": 2026, "criteria_set": name, "subject_kind": "commune"}
        save(session, "unit_registration", {**base, "registered_on": date(2026, 2, 9)})
        if not commune.status:
            continue
        decided = {"decision_date": date(2026, 11, 14)} if commune.status in ("recognised", "refused") else {}
        met = commune.drugs == "drug_free" if name == "drug_free_commune" else commune.met
        assert met or commune.status != "recognised"
        save(session, "assessment", {
            **base, "self_assessed_on": date(2026, 11, 10), "criteria": sheet(name, commune),
            "status": commune.status, **decided,
        })  # fmt: skip


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("standards")
    province = make_office(folder / "tinh.thidua", "66", province=True)
    for code, stands in COMMUNES.items():
        commune = make_office(folder / f"{code}.thidua", code)
        introduce(commune, province)
        record(commune, stands)
        (folder / code).mkdir()
        incoming.receive(province, incoming.plan_receive(province, outgoing.make_package(commune, folder / code).path))
        commune.close()
    yield province
    province.close()


def test_the_province_counts_how_every_commune_ended(province: Session) -> None:
    report = reports.build(province, "standard_result", YEAR)
    ended = Counter(one.status for one in COMMUNES.values())
    for short in SETS:
        met = sum(one.drugs == "drug_free" if short == "drug_free" else one.met for one in COMMUNES.values())
        told = {end: report.figure(f"{short}_{end}").value for end in ENDS}
        assert told == {
            "registered": 5, "assessed": 4, "met": met, "recognised": ended["recognised"],
            "refused": ended["refused"], "waiting": ended["submitted"] + ended["self_assessed"],
        }, short  # fmt: skip
    for band in ("excellent", "fair", "average", "weak"):
        assert report.figure(f"movement_commune_{band}").value == 1, band
    assert [report.figure(f"drug_spot_type_{number}").value for number in (1, 2, 3)] == [1, 1, 0]
    text = "\n".join(part.text for part in report.paragraphs)
    assert "Không ma túy: đã đánh giá 04 đơn vị, kết quả đạt 02, được công nhận 01" in text


ENDS = ("registered", "assessed", "met", "recognised", "refused", "waiting")


def test_every_set_of_criteria_is_counted_in_a_report() -> None:
    shown = {name for report in REPORTS for name in report.indicators}
    counted = {
        (one.register, value)
        for one in DEFINITIONS.indicators.values() if one.name in shown
        for condition in one.where if condition.field == "criteria_set"
        for value in condition.values
    }  # fmt: skip
    for name in DEFINITIONS.assessments:
        assert {("assessment", name), ("unit_registration", name)} <= counted, name


def test_every_way_that_a_scored_set_ends_is_counted() -> None:
    for name, spec in DEFINITIONS.assessments.items():
        bands = {band.code for band in spec.bands}
        told = {
            value
            for one in DEFINITIONS.indicators.values()
            if any(name in condition.values for condition in one.where if condition.field == "criteria_set")
            for condition in one.where if condition.field == "band"
            for value in condition.values
        }  # fmt: skip
        passed = {"drug_free"} if name == "drug_free_commune" else set()  # counted as met
        assert bands <= told | passed, name
