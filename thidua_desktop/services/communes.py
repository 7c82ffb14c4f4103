"""The communes of a province's desk: whose cards were accepted, whose records make up the consolidated figures."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.domain.periods import Period
from thidua_desktop.services.handoff.cards import ACCEPTED
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import Partner
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
        more = f" và {len(self.missing) - NAMED} đơn vị khác" if len(self.missing) > NAMED else ""
        return f"Chưa gửi: {', '.join(self.missing[:NAMED])}{more}."


def communes(session: Session) -> list[Partner]:
    """The communes whose cards were accepted, one entry per office (the card accepted first)."""
    found: dict[str, Partner] = {}
    for partner in sorted(session.file.partners.all(), key=lambda one: one.at):
        if partner.status == ACCEPTED and partner.keys["kind"] == COMMUNE:
            found.setdefault(partner.office, partner)
    return list(found.values())


def by_name(session: Session) -> list[tuple[str, str]]:
    """(code, name) of every commune, in the order of names."""
    return sorted(((one.office, one.name) for one in communes(session)), key=lambda pair: sort_key(pair[1]))


def counted_offices(session: Session) -> list[str] | None:
    """Whose records a report counts: at the province those of its communes, elsewhere all that are here (None)."""
    return [code for code, _ in by_name(session)] if session.is_province else None


def coverage(session: Session, report: str, period: Period) -> Coverage:
    """Which communes' closed report of the period is here."""
    here = {(name, code) for name, code, _ in session.file.reports.all_frozen()}
    sent = {code for code, _ in by_name(session) if (f"{code}:{report}", period.code) in here}
    return Coverage(
        tuple(name for code, name in by_name(session) if code in sent),
        tuple(name for code, name in by_name(session) if code not in sent),
        frozenset(sent),
    )
