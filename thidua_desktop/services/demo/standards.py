"""Registrations and sheets of the standard "An toàn về an ninh, trật tự": late, incomplete, failed, recognised."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.assessments.sets import ORGANIZATION_KINDS, POINTS, AssessmentSpec
from thidua_desktop.domain.assessments.subjects import SUBJECT_LINKS, excluded_by
from thidua_desktop.formdef.kept_definitions import kept_definitions
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services.assessments.sheets import with_heading_sums
from thidua_desktop.services.demo.world import Area, DemoWorld, Made, Organization

LATE, NOT_ALL, UNREGISTERED = 2, 5, 11
"""Places of areas that register late, not with all households, not at all."""

TROUBLED, DOUBTED = 4, 8
"""Places of the area with a long dispute among its people, and of the one whose incident does not count."""


def sheet_rows(
    spec: AssessmentSpec, unmet: Collection[str] = (), less: dict[str, str] | None = None, stages: int = 2
) -> tuple[Row, ...]:
    """A filled sheet: full points or đạt, but for ``unmet`` and for ``less`` (points by code); ``stages`` answered."""
    rows: list[Row] = []
    codes = {one.code for one in spec.leaves}
    for one in spec.criteria:
        row: dict[str, str | int | bool | Decimal] = {"criterion": one.code, "text": one.text}
        if spec.method == POINTS:
            row["maximum"] = one.maximum
        for stage in ("self", "appraised")[:stages]:
            if one.code in codes and spec.method == POINTS:
                given = (less or {}).get(one.code, "0" if one.bonus or one.minus else str(one.maximum))
                row[f"{stage}_points"] = Decimal(given)
            elif one.code in codes:
                row[f"{stage}_met"] = one.code not in unmet
        rows.append(row)
    return with_heading_sums(spec, tuple(rows))


def with_row(rows: tuple[Row, ...], code: str, **changed: str | int | bool) -> tuple[Row, ...]:
    """The rows with one of them changed."""
    return tuple({**row, **changed} if row["criterion"] == code else row for row in rows)


def records(world: DemoWorld) -> Iterator[Made]:
    """The pack's records, links pointing backwards."""
    for year in world.years():
        yield from _in_time(world, _year(world, year))


def _in_time(world: DemoWorld, made: Iterator[Made]) -> Iterator[Made]:
    """What happens within the made-up time."""
    days = {"unit_registration": "registered_on", "assessment": "self_assessed_on", "incident": "occurred_on"}
    for one in made:
        day = one.values[days[one.register]]
        if isinstance(day, date) and world.calendar.first <= day <= world.calendar.last:
            yield one


def _year(world: DemoWorld, year: int) -> Iterator[Made]:
    sets = kept_definitions().assessments
    for place, area in enumerate(world.areas):
        yield from _area_year(world, year, sets["safe_area"], place, area)
    for organization in world.organizations:
        yield from _organization_year(world, year, organization)
    commune: dict[str, Value] = {"year": year, "criteria_set": "safe_commune", "subject_kind": "commune"}
    papers: dict[str, Value] = {
        "resolution_number": "08-NQ/ĐU", "resolution_date": date(year, 1, 15), "plan_number": "12/KH-UBND",
        "plan_date": date(year, 1, 28), "working_models": 6, "head": world.areas[0].head.name,
    }  # fmt: skip
    yield Made("unit_registration", world.ids.new(), {**commune, "registered_on": date(year, 2, 9), **papers})
    rows = sheet_rows(sets["safe_commune"], stages=1)
    submitted: dict[str, Value] = {"submitted_on": date(year, 11, 16), "status": "submitted", "criteria": rows}
    if year < world.calendar.last.year:
        submitted |= {"status": "recognised", "decision_number": "2831/QĐ-UBND", "decision_date": date(year, 12, 22)}
    yield Made("assessment", world.ids.new(), {**commune, "self_assessed_on": date(year, 11, 16), **submitted})


def _area_year(world: DemoWorld, year: int, spec: AssessmentSpec, place: int, area: Area) -> Iterator[Made]:
    subject: dict[str, Value] = {
        "year": year, "criteria_set": spec.name, "subject_kind": "residential_area", "residential_area": area.id,
    }  # fmt: skip
    kind = place % 15
    if kind != UNREGISTERED:
        yield _registration(world, year, subject, area, kind)
    if kind == TROUBLED:
        yield _dispute(world, year, area)
    if kind in (UNREGISTERED, 13):  # one has not begun
        return
    yield _area_sheet(world, year, spec, kind, area, subject)


def _registration(world: DemoWorld, year: int, subject: dict[str, Value], area: Area, kind: int) -> Made:
    households = len(area.households)
    registered = households - 7 if kind == NOT_ALL else households
    day = date(year, 4, 14) if kind == LATE else world.day(date(year, 2, 16), date(year, 3, 30))
    values: dict[str, Value] = {
        "registered_on": day, "head": area.head.name, "households_total": households,
        "households_registered": registered, "resolution_number": f"{place_number(kind)}-NQ/CB",
        "resolution_date": date(year, 1, 20),
    }  # fmt: skip
    if kind == LATE:
        values["note"] = "Chi bộ sinh hoạt muộn do sắp xếp lại khu dân cư."
    return Made("unit_registration", world.ids.new(), {**subject, **values})


def place_number(place: int) -> str:
    """A number of a paper with two digits."""
    return f"{place + 1:02d}"


def _dispute(world: DemoWorld, year: int, area: Area) -> Made:
    values: dict[str, Value] = {
        "occurred_on": date(year, 6, 12), "residential_area": area.id, "kind": "prolonged_conflict",
        "severity": "minor", "title": "Tranh chấp lối đi kéo dài giữa hai nhóm hộ", "outcome": "open",
        "people_involved": 14,
    }  # fmt: skip
    return Made("incident", world.ids.new(), values)


def _area_sheet(
    world: DemoWorld, year: int, spec: AssessmentSpec, kind: int, area: Area, subject: dict[str, Value]
) -> Made:
    failing = {TROUBLED: ("3.e",), LATE: ("1.2",), NOT_ALL: ("1.2",)}.get(kind, ())
    rows = sheet_rows(spec, failing)
    if kind == TROUBLED:
        rows = with_row(rows, "3.e", incidents=1)
    if kind == DOUBTED:
        reason = "Người gây án không cư trú tại khu dân cư, báo ngay và bắt giữ trong đêm"
        rows = with_row(rows, "4.b", incidents=1, override_reason=reason)
    values: dict[str, Value] = {
        "self_assessed_on": date(year, 11, 2 + kind % 3), "meeting_on": date(year, 11, 2 + kind % 3),
        "meeting_place": "Nhà văn hóa thôn", "chair": area.head.name, "secretary": area.front_head.name,
        "meeting_attendance": "Bí thư chi bộ, Trưởng Ban công tác Mặt trận, các chi hội, Công an xã",
        "votes_for": 11 + kind, "votes_against": kind % 2, "submitted_on": date(year, 11, 6), "criteria": rows,
        "summary": "Duy trì tổ tự quản, tuần tra ban đêm; không có điểm phức tạp.",
    }  # fmt: skip
    return Made("assessment", world.ids.new(), {**subject, **values, **_decided(world, year, failing, kind)})


def _decided(world: DemoWorld, year: int, failing: Collection[str], place: int) -> dict[str, Value]:
    """How a sheet ends: recognised, refused, or, in the running year, still waiting."""
    if place in (9, 14) and year == world.calendar.last.year:
        return {"status": "submitted"}
    day = date(year, 11, 12)
    appraised: dict[str, Value] = {"appraised_on": date(year, 11, 9), "decision_date": day, "signer": "Đặng Thị Ước"}
    if failing:
        return {**appraised, "status": "refused", "decision_number": "41/TB-UBND"}
    numbers: dict[str, Value] = {"decision_number": "215/QĐ-UBND", "certificate_number": place_number(place)}
    return {**appraised, **numbers, "status": "recognised"}


def _organization_year(world: DemoWorld, year: int, organization: Organization) -> Iterator[Made]:
    """Units in scope register and are assessed; small enterprises, primary schools are left out by the circular."""
    spec = set_for(organization)
    if spec is None:
        return
    kind = next(kind for kind, code in ORGANIZATION_KINDS.items() if code == organization.kind)
    subject: dict[str, Value] = {
        "year": year, "criteria_set": spec.name, "subject_kind": kind, SUBJECT_LINKS[kind][0]: organization.id,
    }  # fmt: skip
    staff = world.rng.randint(12, 90)
    registration: dict[str, Value] = {
        "registered_on": world.day(date(year, 2, 2), date(year, 3, 31)), "head": organization.area.head.name,
        "staff_total": staff, "staff_briefed": staff, "working_models": 1, "internal_rules": True,
        "resolution_number": "03-NQ/CB", "resolution_date": date(year, 1, 12), "plan_number": "05/KH",
        "plan_date": date(year, 1, 30),
    }  # fmt: skip
    yield Made("unit_registration", world.ids.new(), {**subject, **registration})
    place = world.organizations.index(organization)
    failing = ("5.2",) if place % 9 == 8 and spec.name == "safe_unit" else ()
    values: dict[str, Value] = {
        "self_assessed_on": date(year, 11, 11 + place % 5), "submitted_on": date(year, 11, 16),
        "criteria": sheet_rows(spec, failing), "subunits_total": 5, "subunits_met": 4,
    }  # fmt: skip
    decided = _decided(world, year, failing, place % 15)
    if "decision_date" in decided:  # units are recognised after their window has ended
        decided = {**decided, "appraised_on": date(year, 11, 16), "decision_date": date(year, 11, 16)}
    yield Made("assessment", world.ids.new(), {**subject, **values, **decided})


def set_for(organization: Organization) -> AssessmentSpec | None:
    """The set of the circular that applies to a unit; None for one out of scope."""
    sets = kept_definitions().assessments
    spec = sets["safe_school" if organization.kind == "school" else "safe_unit"]
    field = "school_level" if organization.kind == "school" else "enterprise_size"
    facts = {"kind": organization.kind, field: organization.detail}
    known = organization.kind in ORGANIZATION_KINDS.values()
    return spec if known and not excluded_by(spec, facts) else None
