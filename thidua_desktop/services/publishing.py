"""Publishing the province's consolidated records to a PostgreSQL server: incrementally, in batches, restartable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from thidua_desktop.domain.calendars import CUTTING, Calendar
from thidua_desktop.domain.periods import Period, following, make_period, make_span
from thidua_desktop.errors import UserError
from thidua_desktop.publishing.layout import ATTACHMENT, PARTITIONS, PublishedRegister, staying_registers
from thidua_desktop.publishing.server import PeriodRow, Place, Rows, Server, Source, server
from thidua_desktop.services.reports.private_counts import counted_only, figure_rows
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.changed_records import ChangedPart, ChangedRecord
from thidua_desktop.store.queries import DateRange, OfficeWindow

BATCH = 5_000
FIRST_YEAR, YEARS_AHEAD = 1990, 5
STANDING_YEARS = 3
"""Stock figures are counted for the periods of this year and so many before it."""

_SCHEMES = ("postgresql", "postgres")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What a publishing did (or, as a dry run, would do): changes gone through, rows written, from which change on."""

    after: int
    through: int
    rows: int
    from_start: bool
    staying: tuple[str, ...]


def publish(
    session: Session, address: str, *, dry_run: bool = False, batch: int = BATCH, partitions: int = PARTITIONS,
    on_progress: Progress = lambda done, total: None,
) -> Published:  # fmt: skip
    """Bring the server to what the province's file holds; ``on_progress(changes gone through, all)``.

    UserError TD-SYNC-090 for a file that is no province's, 091 and 092 for an address that will not do, 093 while
    another process publishes the same file; TD-ENV-050 to 052 for what the machine or the server lacks.
    """
    session.require(Permission.HAND_OVER)
    if not session.is_province:
        raise UserError("TD-SYNC-090", office=session.file.identity.name)
    require_address(address)
    identity = session.file.identity
    source = Source(session.file.installation_id, identity.code, identity.name)
    with server(address, source, session.definitions) as there:
        if dry_run:
            return _looked(session, there)
        there.claim()
        there.lay_out(counted_only(session.definitions), partitions)
        place = there.place()
        if not _is_known(session, place):
            there.forget()
            place = there.place()
        _put_frame(session, there)
        return _stream(session, there, place.seq, batch, on_progress)


def require_address(address: str) -> None:
    """UserError TD-SYNC-091 unless it is a PostgreSQL address; TD-SYNC-092 when it holds a password.

    A command line can be read by everybody on the machine and stays in the shell's history.
    """
    if not address.startswith(tuple(f"{scheme}://" for scheme in _SCHEMES)):
        raise UserError("TD-SYNC-091")
    authority = re.split(r"[/?#]", address.split("://", 1)[1], maxsplit=1)[0]
    user, at, _ = authority.rpartition("@")
    names = {name for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
    if (at and ":" in user) or names & {"password", "sslpassword"}:
        raise UserError("TD-SYNC-092")


def _looked(session: Session, there: Server) -> Published:
    place = there.place()
    known = _is_known(session, place)
    after = place.seq if known else 0
    head, _ = session.file.changes.head()
    batches = _batches(session, there, after, head, BATCH)
    rows = sum(len(part.rows) for _, parts in batches for part in parts)
    return Published(after, head, rows, after == 0, _staying(session))


def _is_known(session: Session, place: Place) -> bool:
    """Whether the server's last change is this file's; not so after an older copy was brought back."""
    return place.seq == 0 or session.file.changed_records.hash_at(place.seq) == place.hash


def _stream(session: Session, there: Server, after: int, batch: int, on_progress: Progress) -> Published:
    head, _ = session.file.changes.head()
    written = 0
    on_progress(0, head - after)
    for through, parts in _batches(session, there, after, head, batch):
        written += there.take(parts, through, session.file.changed_records.hash_at(through))
        on_progress(through - after, head - after)
    return Published(after, head, written, after == 0, _staying(session))


def _batches(session: Session, there: Server, after: int, head: int, batch: int) -> Iterator[tuple[int, list[Rows]]]:
    """(last change, rows) of each block of the log; a record comes once, in the block of its last change."""
    for start in range(after, head, batch):
        through = min(start + batch, head)
        found = session.file.changed_records.parts(start, through)
        yield through, [_rows(session, there, part) for part in found if part.register in there.registers]


def _rows(session: Session, there: Server, part: ChangedPart) -> Rows:
    register = there.registers[part.register]
    installation = session.file.installation_id
    rows = [
        register.row(_head(one, installation), one.plain, one.deleted)
        for one in part.records
        if _may_leave(register, one, there)
    ]
    return Rows(part.register, rows, part.erased)


def _head(one: ChangedRecord, installation: str) -> tuple[object, ...]:
    return one.office, one.id, one.revision, one.deleted, one.changed_at, installation, one.seq


def _may_leave(register: PublishedRegister, one: ChangedRecord, there: Server) -> bool:
    """A line about an attached file is as private as the record that the file hangs on."""
    return register.spec.name != ATTACHMENT or one.plain.get("of_register") in there.registers


def _put_frame(session: Session, there: Server) -> None:
    """Periods, offices and the figures that communes sent: small, so they are written anew each time."""
    periods = list(_periods(session.definitions.calendars.values(), session.today))
    there.put_periods(periods)
    own = session.file.identity
    windows = session.file.commune_changes.windows()
    _, arrivals = session.file.commune_changes.days()
    there.put_arrivals([(one.office, one.ids, one.day) for one in arrivals])
    partners = {
        one.office: (one.office, one.name, str(one.keys.get("kind", ""))) for one in session.file.partners.all()
    }
    offices = [*partners.values(), (own.code, own.name, own.kind)]
    none = OfficeWindow("")
    there.put_offices([(*one, windows.get(one[0], none).first, windows.get(one[0], none).last) for one in offices])
    standing = [one for one in periods if one.standing]
    names = sorted(counted_only(session.definitions))
    figures = figure_rows(session, names, [DateRange(one.starts_on, one.ends_on) for one in standing])
    there.put_sent_figures(
        (row.indicator, standing[row.range_index].calendar, standing[row.range_index].period, row.office, row.value)
        for row in figures
    )


def _periods(calendars: Iterable[Calendar], today: date) -> Iterator[PeriodRow]:
    for calendar in calendars:
        for period in _periods_of(calendar, today.year + YEARS_AHEAD):
            yield PeriodRow(
                calendar.name, period.code, str(period.kind), period.label, period.start, period.end,
                period.start <= today and period.year >= today.year - STANDING_YEARS,
            )  # fmt: skip


def _periods_of(calendar: Calendar, last_year: int) -> Iterator[Period]:
    for kind in (one for one in CUTTING if one in calendar.kinds):
        period = make_period(kind, FIRST_YEAR, 1, calendar)
        while period.year <= last_year:
            yield period
            period = following(period)
    for span in calendar.spans:
        yield from (make_span(span, year, calendar) for year in range(FIRST_YEAR, last_year + 1))


def _staying(session: Session) -> tuple[str, ...]:
    return tuple(spec.title for spec in staying_registers(session.definitions))
