"""Checks of criteria sets: the tree holds together, points add up, bands fall, days exist, every code is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from thidua_desktop.domain.assessments.ranking import WOMEN
from thidua_desktop.domain.assessments.sets import MEASURES, POINTS, SUBJECT_KINDS, AssessmentSpec, Criterion
from thidua_desktop.domain.assessments.windows import day_in
from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.model import Definitions

BANDS, VETOES, DISCIPLINES = "assessment_band", "assessment_veto", "leader_discipline"
INCIDENT_KINDS, SEVERITIES = "incident_kind", "severity"
_DAYS = ("window_start", "window_end", "register_by", "self_assess_by", "recognise_by")
_ANY_YEAR = 2027  # no leap year: a day that every year has


def check_assessments(definitions: Definitions, files: Mapping[str, str]) -> list[Fault]:
    """Faults of all sets."""
    return [
        found
        for spec in definitions.assessments.values()
        for found in check_assessment(spec, definitions, files[f"assessments/{spec.name}"])
    ]


def check_assessment(spec: AssessmentSpec, definitions: Definitions, file: str) -> list[Fault]:
    """Faults of one set."""
    faults = _check_tree(spec, file)
    faults += _check_points(spec, file)
    faults += _check_bands(spec, definitions, file)
    faults += _check_days(spec, file)
    for criterion in spec.criteria:
        faults += _check_incidents(criterion, definitions, file)
    codes: list[tuple[str, Sequence[str], Sequence[str]]] = [("subjects", SUBJECT_KINDS, spec.subjects)]
    codes += [("vetoes", _codes(definitions, VETOES), spec.vetoes)]
    codes += [("ceilings", _codes(definitions, DISCIPLINES), tuple(one.discipline for one in spec.ceilings))]
    codes += [("tie_breaks", (WOMEN, *(one.code for one in spec.criteria)), spec.tie_breaks)]
    for place, known, used in codes:
        faults += _unknown(used, known, file, place)
    return faults


def _check_tree(spec: AssessmentSpec, file: str) -> list[Fault]:
    """Every code once; every parent is there and stands before its children."""
    faults, seen = [], set()
    for criterion in spec.criteria:
        place = f"criteria[{criterion.code}]"
        if criterion.code in seen:
            faults.append(fault("TD-FORM-008", file, place, name=criterion.code))
        if criterion.parent and criterion.parent not in seen:
            faults.append(fault("TD-FORM-045", file, place, parent=criterion.parent))
        seen.add(criterion.code)
    return faults


def _check_points(spec: AssessmentSpec, file: str) -> list[Fault]:
    """In a set of points every leaf has some, a heading has the sum of what stands below it, caps fit bonus, minus."""
    if spec.method != POINTS:
        return []
    leaves = {one.code for one in spec.leaves}
    faults = [
        fault("TD-FORM-046", file, f"criteria[{one.code}]", stated=one.maximum, counted=_below(spec, one))
        for one in spec.criteria
        if one.maximum != _below(spec, one) or (one.code in leaves and one.maximum <= 0)
    ]
    caps = (("bonus_cap", spec.bonus_cap, "bonus"), ("minus_cap", spec.minus_cap, "minus"))
    for key, cap, role in caps:
        whole = sum((one.maximum for one in spec.leaves if getattr(one, role)), Decimal(0))
        if cap > whole or (whole and not cap):
            faults.append(fault("TD-FORM-046", file, key, stated=cap, counted=whole))
    return faults


def _below(spec: AssessmentSpec, criterion: Criterion) -> Decimal:
    children = spec.children(criterion.code)
    return sum((child.maximum for child in children), Decimal(0)) if children else criterion.maximum


def _check_bands(spec: AssessmentSpec, definitions: Definitions, file: str) -> list[Fault]:
    """Bands fall to zero, each once, with known codes; ceilings and levels name bands of the set."""
    codes = [band.code for band in spec.bands]
    known = _codes(definitions, BANDS)
    faults = _unknown(codes, known, file, "bands")
    faults += [fault("TD-FORM-008", file, "bands", name=code) for code, count in Counter(codes).items() if count > 1]
    minimums = [band.minimum for band in spec.bands]
    falling = minimums == sorted(set(minimums), reverse=True) and minimums[-1:] == [Decimal(0)]
    last = spec.bands[-1] if spec.bands else None
    if (spec.method == POINTS and not falling) or (spec.method == MEASURES and (last is None or last.reached_by)):
        faults.append(fault("TD-FORM-047", file, "bands"))
    used = [one.band for one in spec.ceilings]
    used += [level.band for one in spec.criteria for level in one.levels]
    return faults + _unknown(used, codes, file, "bands")


def _check_days(spec: AssessmentSpec, file: str) -> list[Fault]:
    faults = []
    for key in _DAYS:
        text = getattr(spec, key)
        try:
            well = not text or (len(text) == 5 and day_in(_ANY_YEAR, text) is not None)
        except ValueError:
            well = False
        if not well or (not text and key.startswith("window")):
            faults.append(fault("TD-FORM-048", file, key, value=text))
    return faults


def _check_incidents(criterion: Criterion, definitions: Definitions, file: str) -> list[Fault]:
    place = f"criteria[{criterion.code}].broken_by"
    faults = []
    for match in criterion.broken_by:
        faults += _unknown(match.kinds, _codes(definitions, INCIDENT_KINDS), file, place)
        severity = [match.least_severity] if match.least_severity else []
        faults += _unknown(severity, _codes(definitions, SEVERITIES), file, place)
    return faults


def _unknown(used: Iterable[str], known: Sequence[str], file: str, place: str) -> list[Fault]:
    allowed = ", ".join(known)
    return [fault("TD-FORM-006", file, place, value=value, allowed=allowed) for value in used if value not in known]


def _codes(definitions: Definitions, catalog: str) -> tuple[str, ...]:
    found = definitions.catalogs.get(catalog)
    return tuple(item.code for item in found.items) if found else ()
