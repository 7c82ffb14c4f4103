"""Which periods a report has in this office: of its calendars, with the days that closing froze, and when it is due."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from thidua_desktop.domain.calendars import Calendar, Due, NamedSpan, PeriodKind
from thidua_desktop.domain.periods import (
    Period,
    due_on,
    make_span,
    parse_among,
    period_of,
    previous,
    with_days,
)
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.crosscheck_calendars import report_calendars
from thidua_desktop.formdef.model import Definitions, ReportSpec
from thidua_desktop.services import own_unit, periods
from thidua_desktop.services.due_days import set_dues
from thidua_desktop.services.session import Session
from thidua_desktop.text import lower_first, upper_first

_OFFERED = {PeriodKind.MONTH: 14, PeriodKind.QUARTER: 8, PeriodKind.HALF: 4, PeriodKind.YEAR: 3, PeriodKind.SPAN: 3}
_NAMES = {
    PeriodKind.MONTH: "Tháng",
    PeriodKind.QUARTER: "Quý",
    PeriodKind.HALF: "6 tháng",
    PeriodKind.YEAR: "Năm",
}
DUE_DAYS = "report.due_working_days"
"""Setting: working days after the period's end; the province's decision on reporting sets it."""


class PeriodGroup(NamedTuple):
    """Periods of a report that are chosen together: its months, its quarters …, or one campaign of several years.

    ``key`` names the group within the report: month, quarter, half, year, the code of a span, or kind and mark.
    """

    key: str
    title: str
    kind: PeriodKind
    calendar: Calendar
    span: NamedSpan | None = None


def calendars_of(session: Session, spec: ReportSpec) -> tuple[Calendar, ...]:
    """The calendars of a report, the one of its ordinary periods first: the office's own choice where it is one."""
    found = report_calendars(session.definitions, spec)
    chosen = periods.calendar(session).name
    return tuple(sorted(found, key=lambda one: (one.name != chosen or not one.rules, not one.rules)))


def groups(session: Session, spec: ReportSpec) -> tuple[PeriodGroup, ...]:
    """What periods a report has, the ordinary ones first."""
    made = []
    for place, calendar in enumerate(calendars_of(session, spec)):
        for kind in (PeriodKind(one) for one in spec.period_kinds if one in calendar.kinds):
            key = _kind_key(kind, calendar)
            title = _NAMES[kind] if place == 0 else f"{_NAMES[kind]} ({calendar.title})"
            made.append(PeriodGroup(key, title, kind, calendar))
        for span in calendar.spans:
            title = upper_first(span.name)
            made.append(PeriodGroup(span.code, title, PeriodKind.SPAN, calendar, span))
    return tuple(made)


def group_of(session: Session, spec: ReportSpec, key: str) -> PeriodGroup:
    """The group of a key, or the first one of its kind; TD-TIME-004 when the report has none."""
    found = groups(session, spec)
    for group in found:
        if key in (group.key, group.kind.value):
            return group
    raise UserError("TD-TIME-004", report=spec.title, period=key)


def latest(session: Session, group: PeriodGroup) -> Period | None:
    """The period of a group that today lies in, else (of spans) the one that began last; None before the first."""
    if group.span is None:
        return period_of(session.today, group.kind, group.calendar)
    years = range(session.today.year + 1, session.today.year - _OFFERED[PeriodKind.SPAN], -1)
    begun = (make_span(group.span, year, group.calendar) for year in years if group.span.held_in(year))
    return next((period for period in begun if period.start <= session.today), None)


def period_choices(session: Session, spec: ReportSpec, group: PeriodGroup) -> list[Period]:
    """The periods offered for a report, newest first, from the one that today lies in."""
    period, closed = latest(session, group), session.file.reports.closed_days(spec.name)
    found: list[Period] = []
    while period is not None and len(found) < _OFFERED[group.kind]:
        if group.span is not None and not group.span.held_in(period.year):
            break
        days = closed.get(period.code)
        if days is not None or not own_unit.is_over(session, period):
            found.append(own_unit.own_days(session, period) if days is None else with_days(period, *days))
        period = previous(period)
    return found


def period_to_report(session: Session, spec: ReportSpec) -> Period:
    """What a report page opens with: the last period that has ended, of the report's shortest kind; of a new unit the
    first that it reports."""
    every = period_choices(session, spec, groups(session, spec)[0])
    offered = [one for one in every if own_unit.reports(session, one)] or every
    return next((one for one in offered if one.end < session.today), offered[0])


def period_for(session: Session, spec: ReportSpec, code: str) -> Period:
    """The period of a code in the report's calendars, with the days it was closed with.

    One that was closed and that no calendar knows any more is what it was then. Raises TD-TIME-001 or 006 for no
    period, TD-TIME-004 for a kind that the report does not have.
    """
    try:
        period = parse_among(code, calendars_of(session, spec))
    except UserError:
        closed = closed_under(session, spec.name, code)
        if closed is None:
            raise
        return closed
    if period.span is None and str(period.kind) not in spec.period_kinds:
        raise UserError("TD-TIME-004", report=spec.title, period=period.name)
    return as_closed(session, spec.name, period)


def as_closed(session: Session, report: str, period: Period) -> Period:
    """The period with the days that the report's last closing froze; as its calendar says where it never was closed.

    A unit that ends reports on its own days alone (``own_unit``). ``report`` may be a received one's name
    (``handoff.incoming.received_report``).
    """
    days = closed_days(session, report, period.code)
    return own_unit.own_days(session, period) if days is None else with_days(period, *days)


def closed_days(session: Session, report: str, code: str) -> tuple[date, date] | None:
    """First and last day of a period as a report of it was last closed; None where it never was."""
    return session.file.reports.closed_days(report).get(code)


def closed_under(session: Session, report: str, code: str) -> Period | None:
    """A closed period by what its report kept alone, without any calendar."""
    days = closed_days(session, report, code)
    if days is None:
        return None
    frozen = session.file.reports.frozen(report, code)
    figures = frozen.figures if frozen is not None and isinstance(frozen.figures, dict) else {}
    name = str(figures.get("period_name") or f"kỳ {code}")
    year, _, word = code.partition("-")
    span = NamedSpan(code=word, name=lower_first(name), first=days[0].isoformat(), last=days[1].isoformat())
    calendar = Calendar(name="", version=0, title="", spans=(span,))
    return Period(PeriodKind.SPAN, *days, int(year), 1, calendar, span)


def closed_elsewhere(session: Session, spec: ReportSpec) -> list[Period]:
    """Closed periods of a report that none of its calendars knows any more, the latest first."""
    codes = session.file.reports.closed_days(spec.name)
    found = [closed_under(session, spec.name, code) for code in codes if not _known(session, spec, code)]
    return sorted((one for one in found if one is not None), key=lambda one: one.end, reverse=True)


def _known(session: Session, spec: ReportSpec, code: str) -> bool:
    try:
        parse_among(code, calendars_of(session, spec))
    except UserError:
        return False
    return True


def report_label(definitions: Definitions, spec: ReportSpec, code: str) -> str:
    """A report of one period in a list: "Kết quả phong trào, tháng 11/2026"; the bare code of an unknown calendar."""
    return f"{spec.title}, {period_name(definitions, spec, code)}"


def period_name(definitions: Definitions, spec: ReportSpec, code: str) -> str:
    """A period as it stands within a sentence: "tháng 11/2026"."""
    try:
        name = parse_among(code, report_calendars(definitions, spec)).name
    except UserError:
        return f"kỳ {code}"
    return lower_first(name)


def due(session: Session, spec: ReportSpec, period: Period) -> date:
    """The last day to hand in a report: as set for it and its kind of period, else for all, else by its calendar."""
    own = set_dues(session, spec.name).get(key_of(period))
    if own is not None:
        return due_on(period, own.due)
    days = session.file.settings.get(DUE_DAYS)
    return due_on(period, Due(int(days)) if days is not None and period.span is None else None)


def key_of(period: Period) -> str:
    """The key of the group that a period belongs to."""
    if period.span is not None:
        return period.span.code
    return _kind_key(period.kind, period.calendar)


def _kind_key(kind: PeriodKind, calendar: Calendar) -> str:
    return f"{kind}-{calendar.mark}" if calendar.mark else kind.value
