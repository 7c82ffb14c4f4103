"""What is wrong with a form as it stands, which of it is shown now, and how each section stands. No widgets here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.reasons import reason_for
from thidua_desktop.formdef.model import RegisterSpec, Values
from thidua_desktop.services import records
from thidua_desktop.services.session import Session

_MISSING = ("TD-DATA-101", "TD-DATA-103")


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of a form that were understood, and problems for those that were not."""

    values: Values
    unread: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings about a form, in the form's reading order. ``hidden`` are those of empty fields not yet visited."""

    shown: tuple[Problem, ...]
    hidden: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The shown ones that forbid saving."""
        return tuple(problem for problem in self.shown if problem.severity is Severity.ERROR)

    def open_warnings(self, reasons: Mapping[str, str]) -> tuple[Problem, ...]:
        """The warnings that still need a reason."""
        warnings = (problem for problem in self.shown if problem.severity is Severity.WARNING)
        return tuple(problem for problem in warnings if not reason_for(problem, reasons))


def field_of(problem: Problem) -> str:
    """The form's field that a problem belongs to: ``agenda`` for ``agenda[0].yes``."""
    return problem.field.partition("[")[0]


def is_missing(problem: Problem) -> bool:
    """Whether the problem is only an empty required field."""
    return problem.code in _MISSING


def _asks(problem: Problem, reading: Reading) -> bool:
    """Whether it only asks for what is not there: required, or made necessary by another field's choice."""
    empty = problem.field not in reading.values and problem not in reading.unread
    return is_missing(problem) or (empty and problem.severity is Severity.ERROR)


def find(
    session: Session,
    register: str,
    reading: Reading,
    order: Sequence[str],
    record_id: str | None = None,
    visited: Collection[str] | None = None,
) -> Findings:
    """Every finding, sorted by ``order`` (field names); ``visited`` None shows them all (after a try to save)."""
    unread = {problem.field for problem in reading.unread}
    checked = records.check(session, register, reading.values, record_id)
    found = [*reading.unread, *(p for p in checked if not (is_missing(p) and p.field in unread))]
    places = {name: place for place, name in enumerate(order)}
    found.sort(key=lambda problem: places.get(field_of(problem), len(places)))
    hidden = [p for p in found if visited is not None and _asks(p, reading) and field_of(p) not in visited]
    return Findings(tuple(p for p in found if p not in hidden), tuple(hidden))


class SectionMood(StrEnum):
    """How a section of the form stands."""

    ERROR = "error"
    WARNING = "warning"
    INCOMPLETE = "incomplete"
    EMPTY = "empty"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section's mood and the words for it ("1 lỗi", "còn 2 mục", "đủ")."""

    mood: SectionMood
    text: str


def written(
    spec: RegisterSpec, names: Collection[str], filled: Collection[str], values: Values, begun: Values
) -> tuple[str, ...]:
    """Of a section's fields that hold something those that a person wrote: not what the program computes, unless the
    section has nothing else, nor what it put there by itself (``begun``) and nobody has changed."""
    typed = [name for name in names if name not in spec.computed_fields]
    own = [name for name in typed if values.get(name) is None or values[name] != begun.get(name)]
    return tuple(name for name in (own if typed else names) if name in filled)


def section_state(
    names: Collection[str], filled: Collection[str], findings: Findings, reasons: Mapping[str, str]
) -> SectionState:
    """How the section with the fields ``names`` stands; ``filled``: what a person wrote there (``written``)."""
    errors = sum(field_of(problem) in names for problem in findings.errors)
    if errors:
        return SectionState(SectionMood.ERROR, f"{errors} lỗi")
    warnings = sum(field_of(problem) in names for problem in findings.open_warnings(reasons))
    if warnings:
        return SectionState(SectionMood.WARNING, f"{warnings} cảnh báo")
    missing = sum(field_of(problem) in names for problem in findings.hidden)
    if missing:
        return SectionState(SectionMood.INCOMPLETE, f"còn {missing} mục")
    if not any(name in filled for name in names):
        return SectionState(SectionMood.EMPTY, "chưa ghi")
    return SectionState(SectionMood.COMPLETE, "đủ")
