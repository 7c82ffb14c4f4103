"""Reporting calendars of this office: the program's, those that came as files, and which one is the office's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from thidua_desktop.domain.calendars import CUTTING, Calendar, PeriodKind
from thidua_desktop.domain.periods import Period, due_on, following, make_span, months_in, period_of
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.calendar_files import LARGEST, check_following, read_calendar_file
from thidua_desktop.services import periods
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import sort_key

_SHOWN = {PeriodKind.MONTH: 4, PeriodKind.QUARTER: 4, PeriodKind.HALF: 2, PeriodKind.YEAR: 2}
_YEARS_OF_SPANS = 2


@dataclass(frozen=True, slots=True)
class ShownPeriod:
    """A period of a calendar, with the day its report is due by the calendar's own rule."""

    label: str
    start: date
    end: date
    due: date


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar as a person judges it: ``reports`` by title; ``added``: it came as a file; ``replaces``: the
    version of its name that was here, 0 for none."""

    name: str
    version: int
    title: str
    basis: str
    certainty: str
    reports: tuple[str, ...]
    periods: tuple[ShownPeriod, ...]
    added: bool
    replaces: int = 0


def calendars(session: Session) -> list[CalendarView]:
    """Every calendar of this office with its periods, the program's own first."""
    came = set(session.file.added_calendars)
    return [_view(session, one, one.name in came) for one in _in_order(session)]


def added(session: Session) -> list[Calendar]:
    """The calendars that came as files."""
    came = set(session.file.added_calendars)
    return [one for one in _in_order(session) if one.name in came]


def _in_order(session: Session) -> list[Calendar]:
    came = set(session.file.added_calendars)
    known = session.definitions.calendars.values()
    return sorted(known, key=lambda one: (one.name in came, sort_key(one.title)))


def look_at(session: Session, content: bytes, source: str = "lịch") -> CalendarView:
    """What a calendar file says, before it is taken in; nothing changes. Raises TD-FORM-062, 063, 064."""
    calendar, replaces = _judged(session, content, source)
    return _view(session, calendar, True, replaces)


def take_in(session: Session, content: bytes, source: str = "lịch") -> CalendarView:
    """Take a calendar in, or a newer version of one; the same bytes twice do no harm.

    The one way in, whoever carries the bytes. Raises TD-STORE-220 and what ``look_at`` raises.
    """
    session.require(Permission.MANAGE)
    if content in (session.file.calendar_content(name) for name in session.file.added_calendars):
        return _view(session, read_calendar_file(content, session.definitions, source).calendar, True)
    calendar, replaces = _judged(session, content, source)
    session.file.keep_calendar(calendar, content, session.user.name, session.now())
    session.announce(Changes(frozenset()))
    return _view(session, calendar, True, replaces)


def content_of(path: Path) -> bytes:
    """The bytes of a calendar file; TD-ENV-… when it cannot be read, TD-FORM-062 when it is far too large."""
    from thidua_desktop.services.files import environment_problem

    try:
        if path.stat().st_size > LARGEST:
            raise UserError("TD-FORM-062", file=path.name, reason=f"tệp lớn hơn {LARGEST // 1024} KB")
        return path.read_bytes()
    except OSError as fault:
        raise environment_problem(fault) from fault


def choose_default(session: Session, name: str) -> None:
    """Make a calendar the office's own: by it lists and Hôm nay go, and the reports that have it.

    Raises TD-STORE-220, TD-TIME-008 unknown, TD-TIME-007 when it does not cut whole years.
    """
    session.require(Permission.MANAGE)
    known = session.definitions.calendars
    if name not in known:
        raise UserError("TD-TIME-008", name=name, known=", ".join(known))
    if not fits_an_office(known[name], session.today):
        raise UserError("TD-TIME-007", title=known[name].title)
    session.file.settings.put(periods.CALENDAR_SETTING, name)
    session.announce(Changes(frozenset()))


def fits_an_office(calendar: Calendar, today: date) -> bool:
    """Whether lists and Hôm nay can go by a calendar: all four kinds, and a year from its month 1 to its month 12."""
    if set(calendar.kinds) != set(CUTTING):
        return False
    year = period_of(today, PeriodKind.YEAR, calendar)
    return [(month.year, month.number) for month in months_in(year)] == [(year.year, at) for at in range(1, 13)]


def offered_defaults(session: Session) -> list[Calendar]:
    """The calendars that an office can choose as its own."""
    return [one for one in _in_order(session) if fits_an_office(one, session.today)]


def _judged(session: Session, content: bytes, source: str) -> tuple[Calendar, int]:
    """The calendar of a file, and the version that it would replace."""
    calendar = read_calendar_file(content, session.definitions, source).calendar
    before = session.definitions.calendars.get(calendar.name)
    if before is None:
        return calendar, 0
    check_following(before, calendar, session.today, calendar.name not in session.file.added_calendars)
    return calendar, before.version


def _view(session: Session, calendar: Calendar, added: bool, replaces: int = 0) -> CalendarView:
    reports = session.definitions.reports.values()
    of = [one.title for one in reports
          if calendar.name in (one.calendar, *one.calendars) or one.name in calendar.reports]  # fmt: skip
    shown = tuple(ShownPeriod(one.label, one.start, one.end, due_on(one)) for one in _shown(calendar, session.today))
    return CalendarView(
        calendar.name, calendar.version, calendar.title, calendar.basis, calendar.certainty, tuple(of), shown, added,
        replaces,
    )  # fmt: skip


def _shown(calendar: Calendar, today: date) -> Iterator[Period]:
    """Enough periods to judge by: the running ones and those after them, today and where a later rule begins."""
    moments = [today, *(rule.valid_from for rule in calendar.rules if rule.valid_from > today)]
    for kind in (one for one in CUTTING if one in calendar.kinds):
        found: dict[str, Period] = {}
        for moment in moments:
            period = period_of(moment, kind, calendar)
            for _ in range(_SHOWN[kind]):
                found[period.code] = period
                period = following(period)
        yield from found.values()
    for span in calendar.spans:
        years = [year for year in range(today.year - 1, today.year + 4) if span.held_in(year)]
        coming = [year for year in years if span.days(year)[1] >= today]
        yield from (make_span(span, year, calendar) for year in (coming or years[-1:])[:_YEARS_OF_SPANS])
