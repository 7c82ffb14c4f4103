"""Who of the commune has not registered, or registered and has no sheet, around the last day for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from thidua_desktop.domain.assessments.sets import AssessmentSpec
from thidua_desktop.domain.assessments.windows import day_in
from thidua_desktop.domain.periods import days_left
from thidua_desktop.services.assessments.registers import ASSESSMENTS, REGISTRATIONS, SAFE
from thidua_desktop.services.session import Session

if TYPE_CHECKING:
    from thidua_desktop.services.assessments.overview import KindLine

SHOWN_AROUND = 30
"""Days before and after the last day."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """So many subjects of a set still owe a record of ``register``; ``left`` days (negative: late)."""

    spec: AssessmentSpec
    register: str
    count: int
    day: date
    left: int


def reminders(session: Session) -> list[Reminder]:
    """Registration for all (Thông tư 124/2021/TT-BCA Điều 4 khoản 1: quý I); a sheet for those that registered."""
    year = session.today.year
    if not any(near for _, _, near in _days(session, year)):
        return []
    from thidua_desktop.services.assessments.overview import overview

    by_set: dict[str, list[KindLine]] = {}
    for line in overview(session, year).lines:
        by_set.setdefault(line.spec.name, []).append(line)
    made = []
    for spec, register, day in _days(session, year):
        states = [state for line in by_set.get(spec.name, []) for state in line.states] if day else []
        if register == REGISTRATIONS:
            owing = [state for state in states if not state.registration]
        else:
            owing = [state for state in states if state.registration and not state.assessment]
        if day and owing:
            made.append(Reminder(spec, register, len(owing), day, days_left(session.today, day)))
    return made


def _days(session: Session, year: int) -> Iterator[tuple[AssessmentSpec, str, date | None]]:
    """The last days of the sets of the standard; None where the day is not near."""
    for spec in session.definitions.assessments.values():
        for register, month_day in ((REGISTRATIONS, spec.register_by), (ASSESSMENTS, spec.self_assess_by)):
            day = day_in(year, month_day) if spec.standard == SAFE else None
            near = day is not None and abs(days_left(session.today, day)) <= SHOWN_AROUND
            yield spec, register, day if near else None
