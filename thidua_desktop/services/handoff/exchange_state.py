"""How far two installations of this office have each other's changes, told by what they take in, never by clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import MADE, RECEIVED, PackageEntry, Partner
from thidua_desktop.sync.chain import ChainLink, KnownChain, changes_without_gap
from thidua_desktop.sync.office_part import MOST_ELSEWHERE, OfficePart

SIDEWAYS = "sideways"
"""``PackageEntry.kind`` of packages between installations of one office (their header says ``report``)."""
ACCEPTED = "accepted"
TAKEN_BY = "sideways.taken_by"
"""Setting: of each other installation {"number": its newest package, "pairs": [[own change, its change], …]}."""
RECEIPT = "handoff.receipt"
"""Setting: [number, {installation: change}] of the newest receipt that any installation of the office knows."""
_MOST_PAIRS = 50


def peers(session: Session) -> list[Partner]:
    """The other installations of this office whose cards were accepted."""
    own = session.file.identity.code
    return [one for one in session.file.partners.all() if one.office == own and one.status == ACCEPTED]


def confirmed_by_all(session: Session) -> int:
    """The last change here that every other installation has taken in; 0 when one has told nothing yet."""
    told = session.file.settings.get(TAKEN_BY) or {}
    reached = [max((pair[0] for pair in _pairs(told, one.installation)), default=0) for one in peers(session)]
    return min(reached, default=0)


def taken_here(session: Session, installation: str) -> tuple[tuple[int, int], ...]:
    """(its change, own change) for what has been taken in from another installation without a gap.

    What a package could not bring in whole is not told as taken, so that it comes again.
    """
    entries = [one for one in session.file.packages.all(RECEIVED) if _whole(one, installation)]
    chain = KnownChain.of(
        ChainLink(one.number, one.header_hash, one.details["previous"], one.first_seq, one.last_seq) for one in entries
    )
    reached, own, pairs = changes_without_gap(chain), 0, []
    for entry in sorted(entries, key=lambda one: (one.last_seq, one.number)):
        trace = session.file.traces.get(entry.header_hash)
        own = max(own, trace.last_seq if trace is not None else 0)
        if entry.last_seq <= reached:
            pairs.append((entry.last_seq, own))
    return tuple(pairs[-_MOST_PAIRS:])


def _whole(entry: PackageEntry, installation: str) -> bool:
    mine = (entry.kind, entry.installation) == (SIDEWAYS, installation)
    return mine and not entry.details.get("set_aside", 0)


def elsewhere(session: Session, sideways: bool) -> tuple[int, ...]:
    """Numbers of packages made here that did not go where the next one goes."""
    numbers = [one.number for one in session.file.packages.all(MADE) if (one.kind == SIDEWAYS) is not sideways]
    return tuple(sorted(numbers)[-MOST_ELSEWHERE:])


def remember(session: Session, installation: str, number: int, part: OfficePart) -> None:
    """What a package of another installation says of taking in and of the province's receipts."""
    told = dict(session.file.settings.get(TAKEN_BY) or {})
    if number >= told.get(installation, {}).get("number", 0):
        mine = part.taken.get(session.file.installation_id, ())
        told[installation] = {"number": number, "pairs": [list(pair) for pair in mine]}
        session.file.settings.put(TAKEN_BY, told)
    known = session.file.settings.get(RECEIPT)
    if part.receipt is not None and (known is None or part.receipt[0] > known[0]):
        session.file.settings.put(RECEIPT, [part.receipt[0], dict(part.receipt[1])])


def known_receipt(session: Session) -> tuple[int, Mapping[str, int]] | None:
    """The newest receipt known here."""
    kept = session.file.settings.get(RECEIPT)
    return None if kept is None else (int(kept[0]), dict(kept[1]))


def confirmed_through_others(session: Session) -> int:
    """The last change here that has come to the province in a package of another installation, as receipts say.

    The other installation had taken it in at one of its own changes, and the province has that one.
    """
    receipt, told = known_receipt(session), session.file.settings.get(TAKEN_BY) or {}
    if receipt is None:
        return 0
    reached = [receipt[1].get(session.file.installation_id, 0)]
    for installation in told:
        there = receipt[1].get(installation, 0)
        reached += [pair[0] for pair in _pairs(told, installation) if pair[1] <= there]
    return min(max(reached), session.file.changes.head()[0])


def _pairs(told: Mapping[str, Any], installation: str) -> Sequence[Sequence[int]]:
    pairs: Sequence[Sequence[int]] = told.get(installation, {}).get("pairs", ())
    return pairs
