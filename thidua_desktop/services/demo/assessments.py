"""Scored sheets of every other set: ties in places, a veto, a capped band, a type of drug spot, lists still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.assessments.scoring import NOT_MET
from thidua_desktop.domain.assessments.sets import AssessmentSpec
from thidua_desktop.domain.rules.assessments import sheet_of
from thidua_desktop.formdef.kept_definitions import kept_definitions
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.demo.standards import set_for, sheet_rows
from thidua_desktop.services.demo.world import DemoWorld, Made

LESS: tuple[dict[str, str], ...] = (
    {}, {"3.3": "8"}, {"3.3": "8"}, {"3.3": "6", "2.3": "8"}, {"3.1": "0", "2.1": "6"}, {"1.1": "8", "3.3": "4"},
    {"3.1": "0", "3.2": "0", "3.3": "2", "4.2": "3"},
    {"2.1": "0", "2.3": "0", "1.1": "5", "3.1": "0", "3.3": "0", "3.2": "0"},
)  # fmt: skip
"""What areas lose, in turn: the second and third tie."""

UNITS_LESS: Mapping[int, dict[str, str]] = {
    1: {"4.1": "0", "3.2": "4"}, 3: {"4.1": "0", "3.1": "0"}, 5: {"4.1": "0", "4.3": "0", "3.1": "0", "3.3": "2"},
}  # fmt: skip
"""What further units lose, so that each class is there."""

MEMBERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Phường Tân Hòa", {"1.2.1": "64", "3.4": "36"}),
    ("Xã Bình Lâm", {"1.5.2": "13", "2.3": "28", "3.2": "13"}),
    ("Xã Cư Đrê", {"1.5.2": "13", "2.3": "28", "3.2": "13"}),
    ("Xã Suối Trai", {"1.2": "0", "1.2.1": "40", "1.2.4": "22", "2.1": "30", "1.3.1": "20"}),
)
"""Other communes of the cluster: two are equal in everything, so that nothing parts them."""

REGISTERED = ("new_rural_security", "drug_free_commune", "legal_access", "movement_commune")
"""What the commune itself registers for at the beginning of a year, beside the standard of safety."""
PAPERS: dict[str, Value] = {"plan_number": "14/KH-UBND", "head": "Đặng Thị Ước"}


def records(world: DemoWorld) -> Iterator[Made]:
    """The pack's records, links pointing backwards."""
    for year in world.years():
        for made in _year(world, year):
            day = made.values["self_assessed_on" if made.register == "assessment" else "registered_on"]
            if isinstance(day, date) and world.calendar.first <= day <= world.calendar.last:
                yield made


def _year(world: DemoWorld, year: int) -> Iterator[Made]:
    sets = kept_definitions().assessments
    yield from _areas(world, year, sets["movement_area"])
    yield from _organizations(world, year, sets["movement_unit"])
    yield from _groups(world, year, sets["self_managed_group"])
    yield from _commune(world, year, sets)
    yield from _cluster(world, year, sets["police_cluster"])


def _sheet(
    world: DemoWorld, spec: AssessmentSpec, year: int, subject: Mapping[str, Value], rows: tuple[Row, ...],
    day: date, **more: Value,
) -> Made:  # fmt: skip
    base: dict[str, Value] = {"year": year, "criteria_set": spec.name, "self_assessed_on": day, "criteria": rows}
    made = {**base, **subject, "status": "submitted", **more}
    if year < world.calendar.last.year and made["status"] == "submitted":
        made |= _ended(spec, year, made)
    return Made("assessment", world.ids.new(), made)


def _ended(spec: AssessmentSpec, year: int, values: Mapping[str, Value]) -> dict[str, Value]:
    """The decision of a December that is over: nobody waits for last year's."""
    decided: dict[str, Value] = {"appraised_on": date(year, 12, 4), "decision_date": date(year, 12, 12)}
    if sheet_of(spec, values).deciding.result == NOT_MET:
        return {**decided, "status": "refused", "decision_number": "87/TB-UBND"}
    return {**decided, "status": "recognised", "decision_number": "318/QĐ-UBND"}


def _areas(world: DemoWorld, year: int, spec: AssessmentSpec) -> Iterator[Made]:
    for place, area in enumerate(world.areas):
        subject = {"subject_kind": "residential_area", "residential_area": area.id}
        rows = sheet_rows(spec, less=LESS[place % len(LESS)], stages=2 if place % 5 else 1)
        yield _sheet(world, spec, year, subject, rows, date(year, 11, 5 + place % 4), appraised_on=date(year, 11, 13))


def _organizations(world: DemoWorld, year: int, spec: AssessmentSpec) -> Iterator[Made]:
    kinds = {"agency": "agency", "enterprise": "enterprise", "school": "school"}
    chosen = [one for one in world.organizations if one.kind in kinds and set_for(one) is not None]
    for place, organization in enumerate(chosen[:12]):
        subject = {"subject_kind": kinds[organization.kind], "organization": organization.id}
        less = {"3.3": str(15 - place % 4), "4.3": "10" if place % 6 == 5 else "15", **UNITS_LESS.get(place, {})}
        yield _sheet(world, spec, year, subject, sheet_rows(spec, less=less), date(year, 11, 10 + place % 6))


def _groups(world: DemoWorld, year: int, spec: AssessmentSpec) -> Iterator[Made]:
    for area in world.areas:
        for place, group in enumerate(area.groups[:2]):
            subject = {"subject_kind": "self_managed_group", "group": group.id}
            less = {"1.1": str(20 - 4 * place), "2.3": str(20 - world.rng.choice((0, 0, 5, 20)))}
            if group is world.areas[-1].groups[0]:
                less |= {"2.1": "0", "2.2": "0"}
            yield _sheet(world, spec, year, subject, sheet_rows(spec, less=less, stages=1), date(year, 11, 6))


def _commune(world: DemoWorld, year: int, sets: Mapping[str, AssessmentSpec]) -> Iterator[Made]:
    """The commune's own registrations and its scored sheets: of the movement and of dân vận."""
    subject = {"subject_kind": "commune"}
    day = date(year, 11, 16)
    for name in REGISTERED:
        values: dict[str, Value] = {"year": year, "criteria_set": name, "registered_on": date(year, 2, 9), **PAPERS}
        yield Made("unit_registration", world.ids.new(), {**values, **subject})
    less = {"3.2": "0", "2.2": "9"}
    yield _sheet(world, sets["movement_commune"], year, subject, sheet_rows(sets["movement_commune"], less=less), day)
    rule = sets["mobilisation_rule"]
    rows = sheet_rows(rule, less={"2.1": "28", "3.1": "3"}, stages=1)
    yield _sheet(world, rule, year, subject, rows, day, leader_discipline="reprimand")
    yield from _standards(world, year, sets, recognised=year < world.calendar.last.year)


def _standards(world: DemoWorld, year: int, sets: Mapping[str, AssessmentSpec], recognised: bool) -> Iterator[Made]:
    """Rural standard, drugs, access to law: recognised by the province the year before, still open this year."""
    subject = {"subject_kind": "commune"}
    day = date(year, 11, 16)
    decided: dict[str, Value] = {
        "status": "recognised", "decision_date": date(year, 12, 18), "decision_number": "2764/QĐ-UBND",
    } if recognised else {}  # fmt: skip
    rural, drugs, access = (sets[name] for name in REGISTERED[:3])
    yield _sheet(world, rural, year, subject, sheet_rows(rural, () if recognised else ("4",), stages=1), day, **decided)
    values = ("0",) * len(drugs.criteria) if recognised else ("0.04", "0", "0.01", "0", "0")
    measures: list[Row] = [
        {"criterion": one.code, "text": one.text, "value": Decimal(value)}
        for one, value in zip(drugs.criteria, values, strict=True)
    ]
    waiting: dict[str, Value] = decided or {"status": "self_assessed"}
    yield _sheet(world, drugs, year, subject, tuple(measures), day, **waiting)
    rows = sheet_rows(access, () if recognised else ("2.4",), stages=1)
    answered = tuple(
        {name: value for name, value in row.items() if row["criterion"] != "3.5" or not name.endswith("_met")}
        for row in rows
    )
    yield _sheet(world, access, year, subject, rows if recognised else answered, day, **waiting)


def _cluster(world: DemoWorld, year: int, spec: AssessmentSpec) -> Iterator[Made]:
    day = date(year, 11, 14)
    own = sheet_rows(spec, less={"1.2.1": "62", "1.5.2": "15", "3.2": "9"})
    yield _sheet(world, spec, year, {"subject_kind": "commune"}, own, day)
    for name, less in MEMBERS:
        subject: dict[str, Value] = {"subject_kind": "cluster_member", "member_name": name}
        yield _sheet(world, spec, year, subject, sheet_rows(spec, less=less), day)
    rule = kept_definitions().assessments["mobilisation_rule"]
    for name, veto in ((MEMBERS[0][0], None), (MEMBERS[3][0], ("not_submitted",))):
        subject = {"subject_kind": "cluster_member", "member_name": name}
        more: dict[str, Value] = {"vetoes": veto} if veto else {}
        yield _sheet(world, rule, year, subject, sheet_rows(rule, stages=1), day, **more)
