"""From the answers of a sheet to its points, band and result. Exact decimals; an unfinished sheet has no band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thidua_desktop.domain.assessments.sets import CHECKLIST, MEASURES, AssessmentSpec, Band, Criterion

MET, NOT_MET = "met", "not_met"
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in one row of a sheet: points of a scale, đạt or chưa đạt of a checklist, a measured value.

    ``maximum`` is the row's own, which an office may have changed where the set's table is not known.
    """

    code: str
    points: Decimal | None = None
    met: bool | None = None
    value: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sheet added up. ``band`` and ``result`` are "" while ``unanswered`` criteria are left."""

    total: Decimal | None
    bonus: Decimal
    minus: Decimal
    zeros: tuple[str, ...]
    unmet: tuple[str, ...]
    unanswered: tuple[str, ...]
    band: str = ""
    result: str = ""


def assess(
    spec: AssessmentSpec, answers: Sequence[Answer], discipline: str = "", vetoes: Sequence[str] = ()
) -> Outcome:
    """The outcome of a sheet. Answers to criteria that the set does not have count as criteria of the scale."""
    known = {answer.code: answer for answer in answers}
    criteria = _scored(spec, answers)
    unanswered = tuple(one.code for one in criteria if not one.optional and not _is_answered(spec, known.get(one.code)))
    vetoed = any(code in spec.vetoes for code in vetoes)
    if spec.method == CHECKLIST:
        unmet = tuple(one.code for one in criteria if one.code in known and known[one.code].met is False)
        failed = bool(unmet) or vetoed
        result = NOT_MET if failed else "" if unanswered else MET
        return Outcome(None, NONE, NONE, (), unmet, unanswered, "", result)
    if spec.method == MEASURES:
        band = None if unanswered else _band_of_levels(spec, known)
        return _with_band(Outcome(None, NONE, NONE, (), (), unanswered), band)
    bonus = min(_sum(known, (one for one in criteria if one.bonus)), spec.bonus_cap)
    minus = min(_sum(known, (one for one in criteria if one.minus)), spec.minus_cap)
    scale = [one for one in criteria if not (one.bonus or one.minus)]
    zeros = tuple(one.code for one in scale if _got_nothing(one, known.get(one.code)))
    total = max(NONE, _sum(known, scale) + bonus - minus)
    outcome = Outcome(total if answers else None, bonus, minus, zeros, (), unanswered)
    if vetoed and spec.bands:
        return _with_band(outcome, spec.bands[-1])
    return _with_band(outcome, None if unanswered else _band_of_points(spec, outcome, known, discipline))


def heading_sums(spec: AssessmentSpec, answers: Sequence[Answer]) -> dict[str, Decimal | None]:
    """Points of every node that has children: the sum of what is scored below it; None when nothing is."""
    known = {answer.code: answer.points for answer in answers}
    sums: dict[str, Decimal | None] = {}

    def total(code: str) -> Decimal | None:
        children = spec.children(code)
        if not children:
            return known.get(code)
        parts = [part for child in children if (part := total(child.code)) is not None]
        sums[code] = sum(parts, NONE) if parts else None
        return sums[code]

    for top in spec.children(""):
        total(top.code)
    return sums


def ceiling_of(spec: AssessmentSpec, discipline: str) -> str:
    """The best band open to a subject whose leader was disciplined so; "" when nothing is closed.

    Quyết định 2579/QĐ-UBND (Cần Thơ): khiển trách at most hoàn thành tốt, cảnh cáo at most hoàn thành.
    """
    return next((one.band for one in spec.ceilings if one.discipline == discipline), "")


def _scored(spec: AssessmentSpec, answers: Sequence[Answer]) -> list[Criterion]:
    codes = {one.code for one in spec.criteria}
    added = [
        Criterion(code=answer.code, text="", maximum=answer.maximum or NONE)
        for answer in answers
        if answer.code not in codes
    ]
    return [*spec.leaves, *added]


def _is_answered(spec: AssessmentSpec, answer: Answer | None) -> bool:
    if answer is None:
        return False
    if spec.method == CHECKLIST:
        return answer.met is not None
    return (answer.value if spec.method == MEASURES else answer.points) is not None


def _sum(known: Mapping[str, Answer], criteria: Iterable[Criterion]) -> Decimal:
    return sum((known[one.code].points or NONE for one in criteria if one.code in known), NONE)


def _got_nothing(criterion: Criterion, answer: Answer | None) -> bool:
    return answer is not None and answer.points == NONE and bool(answer.maximum or criterion.maximum)


def _with_band(outcome: Outcome, band: Band | None) -> Outcome:
    if band is None:
        return outcome
    return Outcome(
        outcome.total, outcome.bonus, outcome.minus, outcome.zeros, outcome.unmet, outcome.unanswered, band.code,
        MET if band.passes else NOT_MET,
    )  # fmt: skip


def _band_of_points(
    spec: AssessmentSpec, outcome: Outcome, known: Mapping[str, Answer], discipline: str
) -> Band | None:
    """The best band whose conditions hold, not above the ceiling."""
    codes = [band.code for band in spec.bands]
    ceiling = ceiling_of(spec, discipline)
    first = codes.index(ceiling) if ceiling in codes else 0
    for band in spec.bands[first:]:
        enough = outcome.total is not None and outcome.total >= band.minimum
        if enough and not (band.no_zero and outcome.zeros) and _each_enough(spec, band, known):
            return band
    return spec.bands[-1] if spec.bands else None


def _each_enough(spec: AssessmentSpec, band: Band, known: Mapping[str, Answer]) -> bool:
    if not band.each_percent:
        return True
    sums = heading_sums(spec, tuple(known.values()))
    for top in spec.children(""):
        if top.bonus or top.minus:
            continue
        got = sums.get(top.code, known[top.code].points if top.code in known else None) or NONE
        if got * 100 < top.maximum * band.each_percent:
            return False
    return True


def level_of(criterion: Criterion, value: Decimal | None) -> str:
    """The worst level that a measured value reaches; "" for none."""
    return next((one.band for one in criterion.levels if value is not None and value >= one.minimum), "")


def _band_of_levels(spec: AssessmentSpec, known: Mapping[str, Answer]) -> Band | None:
    """Quyết định 28/2025/QĐ-TTg: a type holds when enough criteria reach its level or a worse one."""
    order = [band.code for band in spec.bands]
    reached = [level_of(one, known[one.code].value) for one in spec.leaves if one.code in known]
    for place, band in enumerate(spec.bands):
        so_bad = sum(1 for code in reached if code and order.index(code) <= place)
        if band.reached_by == 0 or so_bad >= band.reached_by:
            return band
    return None
