"""Proposals of communes that have ended: who has them now, and what of the province's decisions goes there.

The office that takes over has a proposal under an id reckoned from the old one, so both desks know which is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from thidua_desktop.services.awards.own_copies import decided_by_office
from thidua_desktop.services.session import Session
from thidua_desktop.store.commune_changes import CommuneChange, arrived_id
from thidua_desktop.store.queries import Record
from thidua_desktop.store.record_decisions import KeptDecision


@dataclass(frozen=True, slots=True)
class Taker:
    """An office that goes on with a proposal; ``record`` is its own of it, None until it has sent it."""

    office: str
    name: str
    record: Record | None


def takers(session: Session, register: str, record_id: str, office: str) -> list[Taker]:
    """Who takes over of an ended commune, the offices first that have the proposal; () of one that is there."""
    found = [
        Taker(unit.code, unit.name, _living(session, register, arrived_id(change.id, unit.code, record_id)))
        for change in session.file.commune_changes.all()
        if _ends(change, office) and change.effective_on <= session.today
        for unit in change.after
    ]
    standing = session.file.commune_changes.windows()
    ended = office in standing and standing[office].last is not None
    return sorted((one for one in found if ended or one.record), key=lambda one: one.record is None)


def told_to(
    session: Session, office: str, of_rounds: Mapping[str, Sequence[KeptDecision]] | None = None
) -> list[KeptDecision]:
    """What a receipt tells a commune: decisions on its own proposals, and on those that it took over.

    Of a split commune only what its taker has sent is told, as others are not to hear of it. ``of_rounds``: what came
    of proposals in rounds of the province (``own_rounds.decided_by_office``), where it was read for many communes.
    """
    rounds = decided_by_office(session) if of_rounds is None else of_rounds
    own = _standing(session, office, rounds)
    known = {one.record_id for one in own}
    later = _taken(session, office, frozenset({office}), rounds)
    taken = {one.record_id: one for one in later if one.record_id not in known}
    return [*own, *(taken[key] for key in sorted(taken))]


def _standing(session: Session, office: str, of_rounds: Mapping[str, Sequence[KeptDecision]]) -> list[KeptDecision]:
    """Decisions on proposals of one commune: what a round of the province brought goes before what stands beside it."""
    found = {(one.register, one.record_id): one for one in session.file.decisions.of(office)}
    found |= {(one.register, one.record_id): one for one in of_rounds.get(office, ())}
    return [found[key] for key in sorted(found)]


def _taken(
    session: Session, office: str, before: frozenset[str], of_rounds: Mapping[str, Sequence[KeptDecision]]
) -> Iterator[KeptDecision]:
    for change in session.file.commune_changes.all():
        if office not in {unit.code for unit in change.after}:
            continue
        alone = change.stands and len(change.after) == 1
        for unit in change.ending:
            if unit.code in before:
                continue
            earlier = _taken(session, unit.code, before | {unit.code}, of_rounds)
            for kept in (*_standing(session, unit.code, of_rounds), *earlier):
                here = arrived_id(change.id, office, kept.record_id)
                if alone or _living(session, kept.register, here) is not None:
                    yield replace(kept, record_id=here, office=office)


def come_along(session: Session, old: Session, ids: Mapping[str, str]) -> None:
    """Inside the take-over's transaction: what an old commune had heard of its proposals and not written down yet;
    ``ids``: its id -> the one here."""
    own = session.file.identity.code
    for kept in old.file.decisions.of(old.file.identity.code):
        if kept.record_id in ids:
            session.file.decisions.put(replace(kept, record_id=ids[kept.record_id], office=own))


def _ends(change: CommuneChange, office: str) -> bool:
    return office in {unit.code for unit in change.ending}


def _living(session: Session, register: str, record_id: str) -> Record | None:
    found = session.file.records.get(register, record_id)
    return found if found is not None and not found.deleted else None
