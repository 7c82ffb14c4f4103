"""The reporting periods that a desk works with, as its calendar setting cuts them."""

from __future__ import annotations

from datetime import date

from thidua_desktop.domain.periods import Calendar, Period, PeriodKind, parse_period, period_of, previous
from thidua_desktop.services.session import Session
from thidua_desktop.store.periods import PeriodLock

_OFFERED = {PeriodKind.MONTH: 18, PeriodKind.QUARTER: 8, PeriodKind.HALF: 4, PeriodKind.YEAR: 3}
CALENDAR_SETTING = "report_calendar"


def calendar(session: Session) -> Calendar:
    """The calendar of this office: Decree 09/2019/NĐ-CP art. 12 unless its settings say ``calendar``."""
    kept = session.file.settings.get(CALENDAR_SETTING)
    return Calendar(kept) if kept in set(Calendar) else Calendar.DECREE09


def current(session: Session, kind: str | PeriodKind = PeriodKind.MONTH) -> Period:
    """The period of ``kind`` (month, quarter, half, year) that today lies in."""
    return containing(session, session.today, kind)


def containing(session: Session, day: date, kind: str | PeriodKind = PeriodKind.MONTH) -> Period:
    """The period of ``kind`` that holds ``day``."""
    return period_of(day, PeriodKind(kind), calendar(session))


def choices(session: Session, kind: str | PeriodKind = PeriodKind.MONTH) -> list[Period]:
    """The periods offered for choosing, newest first, from the one that today lies in."""
    kind = PeriodKind(kind)
    periods = [current(session, kind)]
    while len(periods) < _OFFERED[kind]:
        periods.append(previous(periods[-1]))
    return periods


def parse(code: str, in_calendar: Calendar = Calendar.DECREE09) -> Period:
    """The period of a code such as 2026-11, 2026-Q3, 2026-H1, 2026; raises TD-TIME-001 for anything else."""
    return parse_period(code, in_calendar)


def parse_for(session: Session, code: str) -> Period:
    """``parse`` in this office's calendar."""
    return parse_period(code, calendar(session))


def closing_of(session: Session, day: date) -> PeriodLock | None:
    """The closed period that asks for a reason when a record of ``day`` changes; None when there is none.

    A thematic report keeps its own figures but does not close the days for everybody.
    """
    reports = session.definitions.reports
    for lock in session.file.periods.locks_of(day):
        if lock.kind not in reports or reports[lock.kind].reminded:
            return lock
    return None
