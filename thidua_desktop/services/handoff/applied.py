"""Which directives stand applied: said by the commune with every package, kept by the province."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import RECEIVED
from thidua_desktop.sync.header import PackageKind

DIRECTIVES_APPLIED = "directives-applied"
"""Name of the member of a package; no report has it (``sync/FORMAT.md``)."""

APPLIED = "applied"
_BY_COMMUNE = "directives.applied"


def acknowledgements(session: Session) -> list[str]:
    """Header hashes of the directives that stand applied here."""
    entries = session.file.packages.all(RECEIVED)
    return sorted(one.header_hash for one in entries if one.kind == PackageKind.DIRECTIVE and one.state == APPLIED)


def check_applied(office: str, hashes: object, number: int) -> None:
    """TD-SYNC-065 when what package ``number`` says is no list of hashes."""
    if not isinstance(hashes, list) or not all(isinstance(one, str) for one in hashes):
        raise UserError("TD-SYNC-065", number=number, office=office)


def keep_applied(session: Session, office: str, hashes: Sequence[str]) -> None:
    """Keep what a commune's package says, as ``check_applied`` has found it right."""
    known = dict(session.file.settings.get(_BY_COMMUNE, {}))
    if sorted(hashes) != known.get(office, []):
        session.file.settings.put(_BY_COMMUNE, {**known, office: sorted(hashes)})


def applied_by(session: Session) -> Mapping[str, Sequence[str]]:
    """Commune -> header hashes of directives that its newest package says are applied."""
    return dict(session.file.settings.get(_BY_COMMUNE, {}))
