"""The whole commune in a year: who registered, assessed, is recognised, how many are missing, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.assessments.sets import AssessmentSpec
from thidua_desktop.domain.assessments.shares import Units, meets_units_criterion, recognised_share
from thidua_desktop.domain.assessments.windows import day_in, holds_in, window
from thidua_desktop.domain.periods import days_left
from thidua_desktop.formdef.model import Condition, Value, Values
from thidua_desktop.services.assessments.registers import ASSESSMENTS, REGISTRATIONS, SAFE
from thidua_desktop.services.assessments.subjects import COMMUNE, Subject, subject_of, subjects_in_scope
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

RECOGNISED = "recognised"


@dataclass(frozen=True, slots=True)
class SubjectState:
    """One subject in the year: its registration and its sheet, "" where there is none."""

    subject: Subject
    set_name: str
    registration: str = ""
    in_time: bool = True
    assessment: str = ""
    status: str = ""
    result: str = ""
    band: str = ""

    @property
    def recognised(self) -> bool:
        """Whether a decision recognises it."""
        return self.status == RECOGNISED


@dataclass(frozen=True, slots=True)
class KindLine:
    """All subjects of one kind under one set."""

    spec: AssessmentSpec
    kind: str
    states: tuple[SubjectState, ...]

    @property
    def registered(self) -> int:
        """How many registered."""
        return sum(1 for one in self.states if one.registration)

    @property
    def late(self) -> int:
        """How many of them too late."""
        return sum(1 for one in self.states if one.registration and not one.in_time)

    @property
    def assessed(self) -> int:
        """How many have a sheet."""
        return sum(1 for one in self.states if one.assessment)

    @property
    def recognised(self) -> int:
        """How many are recognised."""
        return sum(1 for one in self.states if one.recognised)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of a set: ``done`` of ``total`` subjects are through; ``left`` days (negative: past)."""

    spec: AssessmentSpec
    what: str
    day: date
    left: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A standard in a year. ``units`` counts every kind together but the commune itself, as the circular does."""

    standard: str
    year: int
    lines: tuple[KindLine, ...]
    units: Units
    needed: int
    missing: int
    met: bool
    deadlines: tuple[Deadline, ...]

    @property
    def sentence(self) -> str:
        """Where the commune stands on "100 % đăng ký, từ 70 % được công nhận"."""
        if not self.units.total:
            return "Chưa có đơn vị nào trong sổ để xét."
        unregistered = self.units.total - self.units.registered
        parts = [f"{self.units.recognised}/{self.units.total} đơn vị được công nhận, cần {self.needed}"]
        parts.append("đã đủ" if not self.missing else f"cần thêm {self.missing} đơn vị")
        if unregistered:
            parts.append(f"còn {unregistered} đơn vị chưa đăng ký")
        return ", ".join(parts) + "."


def overview(session: Session, year: int, standard: str = SAFE) -> Overview:
    """Everything about one standard in a year (Thông tư 124/2021/TT-BCA Điều 5 khoản 4, Điều 9)."""
    specs = [
        spec for spec in session.definitions.assessments.values() if spec.standard == standard and holds_in(spec, year)
    ]
    registrations = _by_subject(session, REGISTRATIONS, year, specs)
    assessments = _by_subject(session, ASSESSMENTS, year, specs)
    lines = tuple(
        KindLine(spec, kind, states)
        for spec in specs
        for kind in spec.subjects
        if (states := _states(session, spec, kind, year, registrations, assessments))
    )
    units = _count(lines)
    day = max((window(spec, year).end for spec in specs), default=session.today)
    share = recognised_share(day)
    return Overview(
        standard,
        year,
        lines,
        units,
        share.needed(units.total),
        share.missing(units.recognised, units.total),
        meets_units_criterion(units, day),
        tuple(_deadlines(session, lines, year)),
    )


def units_of(session: Session, standard: str, year: int) -> Units:
    """Units under the commune's management: all, registered, recognised."""
    return overview(session, year, standard).units


def registration_of(session: Session, set_name: str, year: int, subject: Subject) -> Values | None:
    """The registration of a subject for a set and year."""
    spec = session.definitions.assessments.get(set_name)
    if spec is None:
        return None
    found = _by_subject(session, REGISTRATIONS, year, [spec]).get((set_name, subject.kind, subject.key))
    return found[1] if found else None


def years(session: Session) -> list[int]:
    """The years that have registrations or sheets, newest first, with the running one."""
    found = {session.today.year}
    for register in (REGISTRATIONS, ASSESSMENTS):
        for record in session.file.records.every(ListQuery(register)):
            year = record.values.get("year")
            if isinstance(year, int):
                found.add(year)
    return sorted(found, reverse=True)


def _by_subject(
    session: Session, register: str, year: int, specs: Iterable[AssessmentSpec]
) -> Mapping[tuple[str, str, str], tuple[str, Values]]:
    """Records of a year by set, kind and subject: id and values."""
    names = tuple(spec.name for spec in specs)
    if not names:
        return {}
    conditions = (Condition("criteria_set", names), Condition("year", (str(year),)))
    found: dict[tuple[str, str, str], tuple[str, Values]] = {}
    for record in session.file.records.every(ListQuery(register, conditions=conditions)):
        subject = subject_of(session, record.values)
        found[str(record.values.get("criteria_set")), subject.kind, subject.key] = record.id, record.values
    return found


def _states(
    session: Session,
    spec: AssessmentSpec,
    kind: str,
    year: int,
    registrations: Mapping[tuple[str, str, str], tuple[str, Values]],
    assessments: Mapping[tuple[str, str, str], tuple[str, Values]],
) -> tuple[SubjectState, ...]:
    nothing: tuple[str, Mapping[str, Value]] = ("", {})
    states = []
    for subject in subjects_in_scope(session, spec, kind, year):
        key = (spec.name, kind, subject.key)
        registration, facts = registrations.get(key, nothing)
        assessment, sheet = assessments.get(key, nothing)
        texts = [str(sheet.get(name) or "") for name in ("status", "result", "band")]
        in_time = facts.get("in_time") is not False
        states.append(SubjectState(subject, spec.name, registration, in_time, assessment, *texts))
    return tuple(states)


def _count(lines: Iterable[KindLine]) -> Units:
    counted = [line for line in lines if line.kind != COMMUNE]
    return Units(
        sum(len(line.states) for line in counted),
        sum(line.registered for line in counted),
        sum(line.recognised for line in counted),
    )


def _deadlines(session: Session, lines: Iterable[KindLine], year: int) -> Iterable[Deadline]:
    """The days of each set, in order; several kinds under one set are counted together."""
    by_set: dict[str, list[KindLine]] = {}
    for line in lines:
        by_set.setdefault(line.spec.name, []).append(line)
    found = []
    for group in by_set.values():
        spec, total = group[0].spec, sum(len(line.states) for line in group)
        days = (
            ("Đăng ký", spec.register_by, sum(line.registered for line in group)),
            ("Tự chấm", spec.self_assess_by, sum(line.assessed for line in group)),
            ("Công nhận", spec.recognise_by, sum(line.recognised for line in group)),
        )
        for what, month_day, done in days:
            day = day_in(year, month_day)
            if day is not None:
                found.append(Deadline(spec, what, day, days_left(session.today, day), done, total))
    return sorted(found, key=lambda one: (one.day, one.spec.name))
