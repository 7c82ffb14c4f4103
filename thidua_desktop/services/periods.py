"""The reporting periods that a desk works with, as its calendar setting cuts them."""

from __future__ import annotations

from datetime import date

from thidua_desktop.domain.calendars import Calendar
from thidua_desktop.domain.periods import Period, PeriodKind, between, cuts_time, parse_among, period_of, previous
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.services.session import Session
from thidua_desktop.store.periods import PeriodLock

_OFFERED = {PeriodKind.MONTH: 18, PeriodKind.QUARTER: 8, PeriodKind.HALF: 4, PeriodKind.YEAR: 3}
CALENDAR_SETTING = "report_calendar"
DEFAULT = "decree09"
"""The calendar of an office that has chosen none: Nghị định 09/2019/NĐ-CP Điều 12."""


def calendar(session: Session) -> Calendar:
    """The calendar of this office: Decree 09/2019/NĐ-CP art. 12 unless its settings name another."""
    known = session.definitions.calendars
    kept = session.file.settings.get(CALENDAR_SETTING)
    chosen = known.get(kept) if isinstance(kept, str) else None
    return chosen if chosen is not None and chosen.rules else known[DEFAULT]


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


def parse_for(session: Session, code: str) -> Period:
    """The period of a code, in this office's calendar or else in any other that knows it; or days with ".." between.

    Raises TD-TIME-001, 006.
    """
    first, between_them, last = code.partition("..")
    if between_them:
        return _days(code, first, last)
    return parse_in(session.definitions, code, calendar(session).name)


def _days(code: str, first: str, last: str) -> Period:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise UserError("TD-TIME-001", text=code) from None
    if start > end:
        raise UserError("TD-TIME-001", text=code)
    return between(start, end)


def code_for_lists(session: Session, period: Period) -> str:
    """How lists name the days of a period: its code where ``parse_for`` reads the same days from it, else the days."""
    days = between(period.start, period.end)
    try:
        same = parse_for(session, period.code)
    except UserError:
        return days.code
    return period.code if (same.start, same.end) == (period.start, period.end) else days.code


def parse_in(definitions: Definitions, code: str, first: str = DEFAULT) -> Period:
    """The period of a code in a calendar, or else in any other that knows it; raises TD-TIME-001, 006."""
    return parse_among(code, (definitions.calendars[first], *definitions.calendars.values()))


def closing_of(session: Session, day: date) -> PeriodLock | None:
    """The closed period that asks for a reason when a record of ``day`` changes; None when there is none.

    A thematic report, and that of a campaign, keeps its own figures but does not close the days for everybody.
    """
    reports = session.definitions.reports
    for lock in session.file.periods.locks_of(day):
        if cuts_time(lock.code) and (lock.kind not in reports or reports[lock.kind].reminded):
            return lock
    return None
