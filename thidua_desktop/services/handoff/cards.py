"""Introducing two offices: each hands over its card, people compare the fingerprint on paper, then accept.

A card holds only public facts (office, installation, keys). Nothing is taken in from an office without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff.fingerprints import compare
from thidua_desktop.services.handoff.own_keys import office_keys
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.packages import Partner
from thidua_desktop.sync.card import OfficeCard, OfficeKind, card_from_bytes, card_name, card_of, card_to_bytes
from thidua_desktop.sync.deliver import deliver_bytes
from thidua_desktop.sync.envelope import Sender, SenderStatus, Trust
from thidua_desktop.sync.keys import VerifyKey

__all__ = [
    "ACCEPTED", "REVOKED", "KnownOffice", "OfficeCard", "accept_card", "card_name", "export_card", "known_offices",
    "office_keys", "own_card", "read_card", "recipients", "trust",
]  # fmt: skip

ACCEPTED = "accepted"
REVOKED = "revoked"
REPLACED = "replaced"
"""The office goes on under another installation; what this one wrote is still taken in, nothing is sent to it."""
_LARGEST_CARD = 64 * 1024


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """An office whose card was accepted, as lists show it."""

    code: str
    name: str
    kind: str
    installation: str
    fingerprint: str
    status: str


def own_card(session: Session) -> OfficeCard:
    """The card of this installation."""
    identity = session.file.identity
    kind = OfficeKind.PROVINCE if session.is_province else OfficeKind.COMMUNE
    return card_of(office_keys(session), identity.code, identity.name, session.file.installation_id, kind)


def export_card(session: Session, folder: Path) -> Path:
    """Write this office's card into ``folder``; gives its path. Raises TD-ENV-… for faults of the folder."""
    session.require(Permission.HAND_OVER)
    card = own_card(session)
    return deliver_bytes(card_to_bytes(card, office_keys(session)), folder, card_name(card))


def read_card(path: Path) -> OfficeCard:
    """The card in a file, its own signature verified; raises TD-SYNC-017…019, TD-SYNC-050 when it cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_CARD + 1)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=path.name) from fault
    return card_from_bytes(data)


def accept_card(session: Session, card: OfficeCard, fingerprint: str) -> KnownOffice:
    """Trust the office of ``card``: the person gives the fingerprint read from the other office's paper.

    Another installation of this same office is accepted alike: packages between the two are encrypted to its key.

    Raises TD-SYNC-051 (with the groups) when it differs, TD-SYNC-052 for this installation's own card, TD-SYNC-053 when
    the kinds of office do not go together (a commune hands over to a province and the other way round).
    """
    session.require(Permission.HAND_OVER)
    compared = compare(card.fingerprint, fingerprint)
    if not compared.same:
        raise UserError("TD-SYNC-051", name=card.office_name, where=compared.words)
    identity = session.file.identity
    if card.installation == session.file.installation_id:
        raise UserError("TD-SYNC-052", name=card.office_name)
    is_own_office = card.office_code == identity.code
    if (str(card.kind) == identity.kind) is not is_own_office:
        raise UserError("TD-SYNC-053", name=card.office_name)
    session.file.partners.put(
        Partner(
            office=card.office_code,
            installation=card.installation,
            name=card.office_name,
            keys={
                "kind": str(card.kind),
                "verify": card.verify_key.line,
                "age": card.age_recipient,
                "fingerprint": card.fingerprint,
            },
            status=ACCEPTED,
            at=session.now(),
        )
    )
    session.announce(Changes(frozenset()))
    return KnownOffice(
        card.office_code, card.office_name, str(card.kind), card.installation, card.fingerprint, ACCEPTED
    )


def known_offices(session: Session) -> list[KnownOffice]:
    """Every office whose card was accepted or revoked, by code."""
    return [
        KnownOffice(
            partner.office, partner.name, partner.keys["kind"], partner.installation, partner.keys["fingerprint"],
            partner.status,
        )
        for partner in session.file.partners.all()
    ]  # fmt: skip


def commune_codes(session: Session) -> list[str]:
    """The communes that can open what goes to all of them now."""
    known = known_offices(session)
    return sorted({one.code for one in known if one.status == ACCEPTED and one.kind == OfficeKind.COMMUNE})


def recipients(session: Session) -> list[str]:
    """The age recipients of the office that packages go to; raises TD-SYNC-054 while no card of it was accepted."""
    wanted = str(OfficeKind.COMMUNE if session.is_province else OfficeKind.PROVINCE)
    found = [
        partner.keys["age"]
        for partner in session.file.partners.all()
        if partner.status == ACCEPTED and partner.keys["kind"] == wanted
    ]
    if not found:
        raise UserError("TD-SYNC-054")
    return found


def trust(session: Session) -> Trust:
    """Whose packages this office takes in: every accepted card, revoked ones marked, itself included."""
    senders = [
        Sender(
            partner.office, partner.installation, VerifyKey.from_line(line),
            SenderStatus.REVOKED if partner.status == REVOKED else SenderStatus.ACTIVE,
        )
        for partner in session.file.partners.all()
        for line in (partner.keys["verify"], *partner.keys.get("earlier", ()))
    ]  # fmt: skip
    own = own_card(session)
    return Trust((*senders, Sender(own.office_code, own.installation, own.verify_key)))
