"""Which incidents of the log break which criterion of which subject in the window, and what they propose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.assessments.sets import ORGANIZATION_KINDS, AssessmentSpec, Criterion, IncidentMatch
from thidua_desktop.domain.assessments.windows import DateSpan

SEVERITIES = ("minor", "less_serious", "serious", "very_serious", "extremely_serious")
"""Least to most (Bộ luật Hình sự Điều 9; what is no crime stands below)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as criteria look at it."""

    id: str
    day: date
    kind: str
    severity: str
    residential_area: str = ""
    organization: str = ""
    deaths: int = 0
    force_majeure: bool = False
    found_in_time: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the log says of one criterion: ``met`` None when it says nothing. ``before``: the count a year earlier."""

    criterion: str
    met: bool | None
    points: Decimal | None
    incidents: tuple[Incident, ...] = ()
    excused: tuple[Incident, ...] = ()
    before: int | None = None


def concerns(subject_kind: str, subject: str, incident: Incident) -> bool:
    """Whether an incident counts for a subject.

    A residential area answers for what happened there, a unit for what is written against it, the commune for all
    (Thông tư 124/2021/TT-BCA Điều 5 khoản 2 with Điều 4). Groups and other communes have none here.
    """
    if subject_kind == "commune":
        return True
    if subject_kind == "residential_area":
        return bool(subject) and incident.residential_area == subject
    return subject_kind in ORGANIZATION_KINDS and bool(subject) and incident.organization == subject


def fits(match: IncidentMatch, incident: Incident) -> bool:
    """Whether an incident is of the kind and as severe as a criterion names it, excused or not."""
    if incident.kind not in match.kinds or (match.deadly and incident.deaths < 1):
        return False
    return not match.least_severity or _rank(incident.severity) >= _rank(match.least_severity)


def is_excused(match: IncidentMatch, incident: Incident) -> bool:
    """Force majeure, or found in time where the criterion says so (Thông tư 124/2021/TT-BCA Điều 4 khoản 4)."""
    return any(getattr(incident, excuse) for excuse in match.excused_by)


def breaking(criterion: Criterion, incidents: Iterable[Incident]) -> tuple[list[Incident], list[Incident]]:
    """The incidents that break a criterion, and those that would but are excused."""
    broken, excused = [], []
    for incident in incidents:
        hits = [match for match in criterion.broken_by if fits(match, incident)]
        if any(not is_excused(match, incident) for match in hits):
            broken.append(incident)
        elif hits:
            excused.append(incident)
    return broken, excused


def is_reduced(comparison: str, now: int, before: int) -> bool:
    """ "Kéo giảm so với năm trước" (Thông tư 124/2021/TT-BCA Điều 4 khoản 4 điểm a): fewer, or none in both years."""
    return now <= before if comparison == "not_increased" else now < before or now == before == 0


def propose(
    spec: AssessmentSpec, criterion: Criterion, now: Sequence[Incident], before: Sequence[Incident] | None
) -> Proposal | None:
    """What the incidents of the window (``now``) and of the one before propose for a criterion; None: nothing to say.

    ``before`` None: the log does not reach back so far, so that nothing can be compared.
    """
    if not criterion.broken_by:
        return None
    broken, excused = breaking(criterion, now)
    earlier: int | None = None
    if criterion.comparison:
        if before is None:
            return Proposal(criterion.code, None, None, tuple(broken), tuple(excused))
        earlier = len(breaking(criterion, before)[0])
        met = is_reduced(criterion.comparison, len(broken), earlier)
    else:
        met = not broken
    points = None if not criterion.maximum else _points(criterion, 0 if met else max(1, len(broken)))
    return Proposal(criterion.code, met, points, tuple(broken), tuple(excused), earlier)


def within(incidents: Iterable[Incident], span: DateSpan, subject_kind: str, subject: str) -> list[Incident]:
    """The incidents of a subject in a window."""
    return [one for one in incidents if span.holds(one.day) and concerns(subject_kind, subject, one)]


def _points(criterion: Criterion, incidents: int) -> Decimal:
    """The maximum less the deduction for each incident, never below zero; zero at once where the criterion says so."""
    if incidents and (criterion.zero_if_incident or not criterion.deduction):
        return Decimal(0)
    return max(Decimal(0), criterion.maximum - criterion.deduction * incidents)


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else -1
