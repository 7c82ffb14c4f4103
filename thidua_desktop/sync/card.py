"""An office's card: its public keys and who it says it is, signed by itself, for enrolment in both directions.

The self-signature proves only that the sender holds the secret key; that the card belongs to the office is decided by
people who compare ``OfficeCard.fingerprint`` with paper. See FORMAT.md, "Office card".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.sync.canonical import JsonValue, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.header import is_installation, is_office_code, is_office_name
from thidua_desktop.sync.keys import (
    BadSignatureError,
    OfficeKeys,
    VerifyKey,
    check_recipient,
    fingerprint_groups,
    recipient_key_id,
)
from thidua_desktop.sync.refusals import Code, Refusal

CARD_FORMAT = 1
MAX_CARD_SIZE = 8192


class OfficeKind(StrEnum):
    """The two desks."""

    COMMUNE = "commune"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """Public facts of one installation. ``age_recipient`` is an ``age1…`` text."""

    office_code: str
    office_name: str
    installation: str
    kind: OfficeKind
    verify_key: VerifyKey
    age_recipient: str

    @property
    def fingerprint(self) -> str:
        """Eight groups of four hex digits over the whole card line: keys, office and installation."""
        return fingerprint_groups(_line(self))

    @property
    def recipient_key_id(self) -> str:
        """How headers name this office's age recipient."""
        return recipient_key_id(self.age_recipient)


def card_of(keys: OfficeKeys, office_code: str, office_name: str, installation: str, kind: OfficeKind) -> OfficeCard:
    """The card of these keys; ValueError when a value is outside its rule."""
    card = OfficeCard(office_code, office_name, installation, kind, keys.verify_key, keys.age_recipient)
    _check(card)
    return card


def card_name(card: OfficeCard) -> str:
    """``THIDUA_<office code>_<last 4 hex of the installation>.tdcard``."""
    return f"THIDUA_{card.office_code}_{card.installation[-4:]}.tdcard"


def card_to_bytes(card: OfficeCard, keys: OfficeKeys) -> bytes:
    """The self-signed file: one line of canonical JSON, then the four lines of its minisign signature.

    Raises ValueError when the keys are not the card's own.
    """
    _check(card)
    if keys.verify_key != card.verify_key:
        raise ValueError("a card is signed with its own key")
    line = _line(card)
    return line + keys.signing_key.sign(line, _trusted_comment(card))


def card_from_bytes(data: bytes) -> OfficeCard:
    """The card in a ``.tdcard`` file, its self-signature verified; raises Refusal (TD-SYNC-017, 018, 019)."""
    line, newline, signature = data[:MAX_CARD_SIZE].partition(b"\n")
    if not line.startswith(b'{"age":') or not newline:
        raise Refusal(Code.NOT_A_CARD)
    try:
        value = parse_canonical(line)
        version = value.get("card") if isinstance(value, dict) else None
        if type(version) is int and version > CARD_FORMAT:
            raise Refusal(Code.NEWER_CARD, version=version, known=CARD_FORMAT)
        card = card_of_fields(dict(value))  # type: ignore[arg-type]
        if _line(card) != line + b"\n":
            raise ValueError("unknown fields")
        card.verify_key.verify(line + b"\n", signature, _trusted_comment(card))
    except (NotCanonicalError, BadSignatureError, KeyError, TypeError, ValueError) as error:
        raise Refusal(Code.BAD_CARD) from error
    return card


def card_of_fields(fields: dict[str, JsonValue]) -> OfficeCard:
    """The card with these members, as ``card_fields`` gives them; KeyError or ValueError when they break a rule."""
    card = OfficeCard(
        office_code=str(fields["office_code"]),
        office_name=str(fields["office_name"]),
        installation=str(fields["installation"]),
        kind=OfficeKind(str(fields["kind"])),
        verify_key=VerifyKey.from_line(str(fields["minisign"])),
        age_recipient=str(fields["age"]),
    )
    _check(card)
    return card


def _check(card: OfficeCard) -> None:
    if not is_office_code(card.office_code) or not is_installation(card.installation):
        raise ValueError("office code or installation id outside its rule")
    if not is_office_name(card.office_name):
        raise ValueError("office name outside its rule")
    check_recipient(card.age_recipient)


def card_fields(card: OfficeCard) -> dict[str, JsonValue]:
    """The members of a card's line but for ``card``."""
    return {
        "age": card.age_recipient,
        "installation": card.installation,
        "kind": str(card.kind),
        "minisign": card.verify_key.line,
        "office_code": card.office_code,
        "office_name": card.office_name,
    }


def _line(card: OfficeCard) -> bytes:
    return canonical_bytes({"card": CARD_FORMAT, **card_fields(card)}) + b"\n"


def _trusted_comment(card: OfficeCard) -> str:
    return f"thidua-card-1 {card_name(card)}"
