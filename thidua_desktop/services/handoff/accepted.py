"""A card that comes back: the province signs that it accepted it, the commune takes that in and knows it is accepted.

The file also brings the province's keys, so that one stick is enough for both directions; they are trusted only after
people compared the province's fingerprint with paper, as for a card by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.packages import Partner
from thidua_desktop.sync.acceptance import (
    MAX_ACCEPTANCE_SIZE,
    Acceptance,
    acceptance_from_bytes,
    acceptance_name,
    acceptance_to_bytes,
)
from thidua_desktop.sync.card import OfficeCard, OfficeKind
from thidua_desktop.sync.deliver import deliver_bytes
from thidua_desktop.sync.keys import VerifyKey
from thidua_desktop.text import format_date

__all__ = ["Acceptance", "Accepted", "accepted_by", "further_machine", "read_acceptance", "take_acceptance",
           "write_acceptance"]  # fmt: skip

ACCEPTED_BY = "handoff.accepted"
"""Setting: {"fingerprint": of the own card that was accepted, "province": name, "day"}."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The province that accepted this installation's card, and when."""

    province: str
    day: date

    @property
    def words(self) -> str:
        """ "Tỉnh Đắk Lắk đã nhận thẻ máy này ngày 16/11/2026"."""
        return f"{self.province} đã nhận thẻ máy này ngày {format_date(self.day)}"


def write_acceptance(session: Session, office: str, installation: str, folder: Path) -> Path:
    """At the province: write the answer to an accepted card into ``folder``; gives its path.

    Raises TD-SYNC-157 when no card of that installation stands accepted here, TD-STORE-220, TD-ENV-….
    """
    session.require(Permission.HAND_OVER)
    known = session.file.partners.get(office, installation)
    if not session.is_province or known is None or known.status != cards.ACCEPTED:
        raise UserError("TD-SYNC-157", office=office)
    acceptance = Acceptance(_card(known), cards.own_card(session), known.at.date())
    content = acceptance_to_bytes(acceptance, cards.office_keys(session))
    return deliver_bytes(content, folder, acceptance_name(acceptance.card))


def read_acceptance(path: Path) -> Acceptance:
    """The answer in a file, its signature verified; raises TD-SYNC-050, 154…156."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_ACCEPTANCE_SIZE + 1)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=path.name) from fault
    return acceptance_from_bytes(data)


def needs_fingerprint(session: Session, acceptance: Acceptance) -> bool:
    """Whether the province's card is not accepted here yet, so that its fingerprint must be compared with paper."""
    province = acceptance.province
    known = session.file.partners.get(province.office_code, province.installation)
    return known is None or known.status != cards.ACCEPTED


def take_acceptance(session: Session, acceptance: Acceptance, fingerprint: str = "") -> Accepted:
    """At the commune: its card was accepted. A province that is not known yet is accepted by its fingerprint.

    Raises TD-SYNC-158 for a card of somebody else or of keys that this installation no longer has, TD-SYNC-159 when
    another key signed than the province's that is known here, TD-SYNC-051, 053 as ``cards.accept_card``, TD-STORE-220.
    """
    session.require(Permission.HAND_OVER)
    own, card, province = cards.own_card(session), acceptance.card, acceptance.province
    if card.fingerprint != own.fingerprint:
        raise UserError("TD-SYNC-158", name=card.office_name, machine=card.installation[-4:])
    with session.file.atomic():
        if needs_fingerprint(session, acceptance):
            cards.accept_card(session, province, fingerprint)
        else:
            known = session.file.partners.get(province.office_code, province.installation)
            if known is None or known.keys["verify"] != province.verify_key.line:
                raise UserError("TD-SYNC-159", name=province.office_name)
        told = Accepted(province.office_name, acceptance.day)
        session.file.settings.put(
            ACCEPTED_BY, {"fingerprint": own.fingerprint, "province": told.province, "day": told.day.isoformat()}
        )
    session.announce(Changes(frozenset()))
    return told


def accepted_by(session: Session) -> Accepted | None:
    """Who accepted the card that this installation has now; None while nobody said so."""
    kept = session.file.settings.get(ACCEPTED_BY)
    if kept is None or kept["fingerprint"] != cards.own_card(session).fingerprint:
        return None
    return Accepted(kept["province"], date.fromisoformat(kept["day"]))


def further_machine(session: Session, office: str, installation: str) -> int:
    """0 for the first machine of an office that is known here, else which one it is ("máy thứ hai": 2)."""
    others = [one for one in session.file.partners.all() if one.office == office and one.status != cards.REPLACED]
    before = sorted(others, key=lambda one: one.at)
    places = [one.installation for one in before]
    place = places.index(installation) if installation in places else len(places)
    return place + 1 if place else 0


def _card(known: Partner) -> OfficeCard:
    return OfficeCard(
        known.office, known.name, known.installation, OfficeKind(str(known.keys["kind"])),
        VerifyKey.from_line(str(known.keys["verify"])), str(known.keys["age"]),
    )  # fmt: skip
