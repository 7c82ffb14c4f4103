"""Places by points of a set and year, equal points sharing a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.assessments.ranking import WOMEN, Ranked, places
from thidua_desktop.domain.assessments.scoring import heading_sums
from thidua_desktop.domain.assessments.sets import ORGANIZATION_KINDS, POINTS, AssessmentSpec
from thidua_desktop.domain.assessments.shares import women_come_first
from thidua_desktop.domain.assessments.windows import window
from thidua_desktop.domain.rules.assessments import deciding_answer
from thidua_desktop.formdef.model import Condition, Values
from thidua_desktop.services.assessments.registers import ASSESSMENTS
from thidua_desktop.services.assessments.subjects import Subject, subject_of
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import sort_key


@dataclass(frozen=True, slots=True)
class RankLine:
    """One subject with its place; ``tied``: others share it."""

    place: int
    tied: bool
    subject: Subject
    total: Decimal
    band: str
    status: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One set and year of a ranking paper. ``unplaced``: who has no points, a veto, or a set that gives none."""

    title: str
    year: int
    lines: tuple[RankLine, ...]
    unplaced: tuple[str, ...]


def ranked_sets(session: Session, year: int) -> list[AssessmentSpec]:
    """The sets of points that have a sheet in the year, in their order."""
    found = session.file.records.every(ListQuery(ASSESSMENTS, conditions=(Condition("year", (str(year),)),)))
    used = {str(record.values.get("criteria_set")) for record in found}
    return [spec for spec in session.definitions.assessments.values() if spec.name in used and spec.method == POINTS]


def ranking(session: Session, spec: AssessmentSpec, year: int) -> list[RankLine]:
    """The sheets of a set and year, best first; sheets without points or with a veto have no place."""
    conditions = (Condition("criteria_set", (spec.name,)), Condition("year", (str(year),)))
    found = session.file.records.every(ListQuery(ASSESSMENTS, conditions=conditions))
    return placed(session, spec, year, found)


def placed(session: Session, spec: AssessmentSpec, year: int, found: Iterable[Record]) -> list[RankLine]:
    """Some sheets of a set and year among themselves, by its tie breaks, best first."""
    records = {record.id: record for record in found if _has_place(spec, record)}
    day = window(spec, year).end
    ordered = places([_ranked(session, spec, record, day) for record in records.values()], spec.tie_breaks)
    count = Counter(place for place, _ in ordered)
    return [_line(session, place, count[place] > 1, entry, records[entry.key]) for place, entry in ordered]


def standings(session: Session, found: Sequence[Record]) -> list[Standing]:
    """Sheets as a ranking paper orders them: each set of points and year for itself; no set is ranked with another."""
    made = []
    for spec in session.definitions.assessments.values():
        own = [record for record in found if record.values.get("criteria_set") == spec.name]
        for year in sorted(
            {year for record in own if isinstance(year := record.values.get("year"), int)}, reverse=True
        ):
            sheets = [record for record in own if record.values.get("year") == year]
            lines = placed(session, spec, year, sheets) if spec.method == POINTS else []
            with_place = {line.record_id for line in lines}
            left = [subject_of(session, one.values).name for one in sheets if one.id not in with_place]
            made.append(Standing(spec.title, year, tuple(lines), tuple(sorted(left, key=sort_key))))
    return made


def _has_place(spec: AssessmentSpec, record: Record) -> bool:
    """A sheet with points, whose subject did nothing that costs it any class."""
    vetoes = record.values.get("vetoes")
    given = vetoes if isinstance(vetoes, tuple) else ()
    return isinstance(record.values.get("total"), Decimal) and not any(veto in spec.vetoes for veto in given)


def _line(session: Session, place: int, tied: bool, entry: Ranked, record: Record) -> RankLine:
    subject = subject_of(session, record.values)
    band, status = (str(record.values.get(name) or "") for name in ("band", "status"))
    return RankLine(place, tied, subject, entry.total, band, status, record.id)


def _ranked(session: Session, spec: AssessmentSpec, record: Record, day: date) -> Ranked:
    total = record.values.get("total")
    assert isinstance(total, Decimal)
    subject = subject_of(session, record.values)
    women_first = WOMEN in spec.tie_breaks and _women_first(session, subject, day)
    return Ranked(record.id, subject.name, total, women_first, _points(spec, record.values))


def _points(spec: AssessmentSpec, values: Values) -> Mapping[str, Decimal]:
    """Points by criterion and heading, for tie breaks."""
    rows = values.get("criteria")
    given = rows if isinstance(rows, tuple) else ()
    answers = [a for row in given if isinstance(row, Mapping) and (a := deciding_answer(spec, row))]
    points = {answer.code: answer.points for answer in answers} | heading_sums(spec, answers)
    return {code: value for code, value in points.items() if value is not None}


def _women_first(session: Session, subject: Subject, day: date) -> bool:
    if subject.kind not in ORGANIZATION_KINDS:
        return False
    record = session.file.records.get("organization", subject.key)
    women, staff = (record.values.get(name) if record else None for name in ("staff_female", "staff"))
    return isinstance(women, int) and isinstance(staff, int) and women_come_first(women, staff, day)
