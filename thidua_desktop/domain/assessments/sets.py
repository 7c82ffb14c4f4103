"""A set of criteria as frozen values: pure data, so that an office or a directive can bring another one.

The files of ``forms/assessments/`` are read into these (``formdef.reading_assessments``); nothing here computes.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

CHECKLIST, POINTS, MEASURES = "checklist", "points", "measures"
METHODS = (CHECKLIST, POINTS, MEASURES)
"""Every criterion is met or not; points are added up; measured values reach levels."""

SUBJECT_KINDS = (
    "residential_area",
    "commune",
    "agency",
    "enterprise",
    "school",
    "organization",
    "self_managed_group",
    "cluster_member",
)
"""Who may be assessed; ``organization`` is a unit that is none of the three kinds before it."""

ORGANIZATION_KINDS = {"agency": "agency", "enterprise": "enterprise", "school": "school", "organization": "other"}
"""Kinds of subjects that are organizations, with their code in the register of organizations."""

EXCUSES = ("force_majeure", "found_in_time")
COMPARISONS = ("", "reduced", "not_increased")
FACTS = ("", "registered", "units_registered", "units_recognised", "subunits")


class IncidentMatch(NamedTuple):
    """Which incidents of the log break a criterion: any of ``kinds``, at least so severe, unless excused.

    ``deadly``: only with a death. ``excused_by``: fields of the incident that, when true, let it not count.
    """

    kinds: tuple[str, ...]
    least_severity: str = ""
    deadly: bool = False
    excused_by: tuple[str, ...] = ()


class Level(NamedTuple):
    """A measured value from ``minimum`` on reaches the band ``band``."""

    band: str
    minimum: Decimal


class Criterion(NamedTuple):
    """One node of the tree. A node without children is scored; one with children holds their sum.

    ``comparison``: the incidents are not forbidden, they are counted against the window before ("reduced": fewer, or
    none in both; "not_increased"). ``fact``: a fact of the office's own books that proposes the answer.
    ``bonus`` and ``minus``: points beside the scale, under the caps of the set. ``optional``: may stay unanswered
    (a unit without guards). ``levels``: worst first, for sets that measure.
    """

    code: str
    text: str
    parent: str = ""
    maximum: Decimal = Decimal(0)
    deduction: Decimal = Decimal(0)
    zero_if_incident: bool = False
    broken_by: tuple[IncidentMatch, ...] = ()
    comparison: str = ""
    fact: str = ""
    bonus: bool = False
    minus: bool = False
    optional: bool = False
    unit: str = ""
    levels: tuple[Level, ...] = ()
    basis: str = ""


class Band(NamedTuple):
    """A class. By points: from ``minimum`` on; ``no_zero``: only when no criterion of the scale got zero points;
    ``each_percent``: only when every top criterion got so many percent of its points. By measures: when so many
    criteria (``reached_by``) reach its level or a worse one; 0: when none of the bands before holds.
    """

    code: str
    minimum: Decimal = Decimal(0)
    no_zero: bool = False
    each_percent: int = 0
    reached_by: int = 0
    passes: bool = True


class Ceiling(NamedTuple):
    """The best band that stays open to a subject whose leader was disciplined so."""

    discipline: str
    band: str


class Exclusion(NamedTuple):
    """Organizations that the set does not apply to: ``field`` of their record has one of ``values``."""

    field: str
    values: tuple[str, ...]
    reason: str


class AssessmentSpec(NamedTuple):
    """A set of criteria. Days of a year are written "MM-DD"; "" means that the set has no such day."""

    name: str
    version: int
    title: str
    short: str
    standard: str
    method: str
    subjects: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    window_start: str
    window_end: str
    valid_from: date | None = None
    valid_until: date | None = None
    register_by: str = ""
    self_assess_by: str = ""
    recognise_by: str = ""
    bonus_cap: Decimal = Decimal(0)
    minus_cap: Decimal = Decimal(0)
    bands: tuple[Band, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    vetoes: tuple[str, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    tie_breaks: tuple[str, ...] = ()
    authority: str = ""
    basis: str = ""
    certainty: str = "V"
    help: str = ""

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of that code."""
        return next((one for one in self.criteria if one.code == code), None)

    def children(self, code: str) -> tuple[Criterion, ...]:
        """The nodes right below ``code`` ("": the top ones)."""
        return tuple(one for one in self.criteria if one.parent == code)

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """The nodes that are scored or answered."""
        parents = {one.parent for one in self.criteria}
        return tuple(one for one in self.criteria if one.code not in parents)

    @property
    def full_points(self) -> Decimal:
        """The points of the scale: bonus and minus stand beside it."""
        return sum((one.maximum for one in self.leaves if not (one.bonus or one.minus)), Decimal(0))

    def depth(self, code: str) -> int:
        """How deep a node stands: 0 at the top."""
        depth, at = 0, self.criterion(code)
        while at is not None and at.parent and depth < len(self.criteria):
            depth, at = depth + 1, self.criterion(at.parent)
        return depth
