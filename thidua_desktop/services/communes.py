"""The communes of a province's desk: whose cards were accepted, whose records make up the consolidated figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.periods import Period
from thidua_desktop.services.change_words import told
from thidua_desktop.services.handoff.cards import ACCEPTED
from thidua_desktop.services.session import Session
from thidua_desktop.store.commune_changes import CommuneChange, windows_of
from thidua_desktop.store.packages import Partner
from thidua_desktop.store.queries import DateRange, DateSpan, OfficeWindow
from thidua_desktop.text import sort_key

COMMUNE = "commune"
NAMED = 12
"""So many names stand in a sentence."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which communes have sent a report of a period, by name."""

    received: tuple[str, ...]
    missing: tuple[str, ...]
    offices: frozenset[str] = frozenset()  # codes of those that have sent it

    @property
    def short(self) -> str:
        """ "98/102 xã, phường, đặc khu"."""
        return f"{len(self.received)}/{len(self.received) + len(self.missing)} xã, phường, đặc khu"

    @property
    def words(self) -> str:
        """Who is missing, in a sentence; "" when nobody is."""
        if not self.missing:
            return ""
        return f"Chưa gửi: {some_names(self.missing)}."


def some_names(names: Sequence[str]) -> str:
    """The first of many names, and how many more there are."""
    more = f" và {len(names) - NAMED} đơn vị khác" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def communes(session: Session) -> list[Partner]:
    """The communes whose cards were accepted, one entry per office (the card accepted first)."""
    found: dict[str, Partner] = {}
    for partner in sorted(session.file.partners.all(), key=lambda one: one.at):
        if partner.status == ACCEPTED and partner.keys["kind"] == COMMUNE:
            found.setdefault(partner.office, partner)
    return list(found.values())


def communes_on(session: Session, span: DateSpan) -> list[Partner]:
    """The communes that are there on any day of a span, under the names that they have at its end."""
    changes = session.file.commune_changes.standing()
    windows, names = windows_of(changes), _names_on(changes, span.end)
    return [
        one._replace(name=names.get(one.office, one.name))
        for one in communes(session)
        if windows.get(one.office, OfficeWindow(one.office)).overlaps(span)
    ]


def by_name(session: Session, span: DateSpan | None = None) -> list[tuple[str, str]]:
    """(code, name) of the communes of a span (of every commune that ever was), in the order of names."""
    found = communes(session) if span is None else communes_on(session, span)
    return sorted(((one.office, one.name) for one in found), key=lambda pair: sort_key(pair[1]))


def on_day(day: date) -> DateRange:
    """A span of one day."""
    return DateRange(day, day)


def counted_offices(session: Session) -> list[str] | None:
    """Whose records a report counts: at the province those of its communes, elsewhere all that are here (None).

    On which days each counts, and with which figures, is the store's knowledge (``OfficeFile.figures``).
    """
    return [code for code, _ in by_name(session)] if session.is_province else None


def cut_by_changes(session: Session, span: DateSpan) -> frozenset[str]:
    """The communes that begin or end within a span: of them it holds some days only."""
    windows = session.file.commune_changes.windows()
    return frozenset(code for code, window in windows.items() if window.cuts(span))


def coverage(session: Session, report: str, period: Period) -> Coverage:
    """Which communes' closed report of the period is here, of those that are there in it."""
    here = {(name, code) for name, code, _ in session.file.reports.all_frozen()}
    offices = by_name(session, period)
    sent = {code for code, _ in offices if (f"{code}:{report}", period.code) in here}
    return Coverage(
        tuple(name for code, name in offices if code in sent),
        tuple(name for code, name in offices if code not in sent),
        frozenset(sent),
    )


def change_words(session: Session, span: DateSpan) -> str:
    """Which communes ended, began or changed their names within a span, for the note of a paper; "" for none."""
    found = [one for one in session.file.commune_changes.standing() if span.start <= one.effective_on <= span.end]
    return " ".join(f"{told(one)}." for one in reversed(found))


def _names_on(changes: Sequence[CommuneChange], day: date) -> dict[str, str]:
    """The names that changes give by code, as they are on a day; the latest day stands first in ``changes``."""
    names: dict[str, str] = {}
    for change in reversed(changes):
        if change.effective_on <= day:
            names |= {unit.code: unit.name for unit in change.after}
    return names
