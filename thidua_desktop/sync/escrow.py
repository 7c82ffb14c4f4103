"""A way into an office that its province keeps: a random secret, sealed to the province, signed by the office.

See FORMAT.md, "Escrow". The secret alone opens nothing: it unwraps a key slot beside the office file, which stays with
the office. Whether the office's key is the one that was accepted, the caller judges.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.sync.canonical import JsonValue, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.card import OfficeCard, OfficeKind, card_fields, card_of_fields
from thidua_desktop.sync.keys import BadSignatureError, OfficeKeys

ESCROW_FORMAT = 1
MAX_DEPOSIT_SIZE = 16_384
SECRET_BYTES = 32


class BadDepositError(ValueError):
    """The bytes are no deposit, are damaged, or their signature is not the office's."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """``sealed``: what ``seal`` made, for the province alone; ``card``: the office that sends it, on ``day``."""

    card: OfficeCard
    sealed: bytes
    day: date


def deposit_name(card: OfficeCard) -> str:
    """``THIDUA_<office code>_<last 4 hex of the installation>.tdescrow``."""
    return f"THIDUA_{card.office_code}_{card.installation[-4:]}.tdescrow"


def seal(secret: bytes, card: OfficeCard, recipients: Sequence[str]) -> bytes:
    """The secret (32 bytes) with whose it is, encrypted by age to every one of ``recipients``."""
    import pyrage

    if len(secret) != SECRET_BYTES:
        raise ValueError("an escrow secret has 32 bytes")
    ages = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    return bytes(pyrage.encrypt(_bound(card) + secret, ages))


def unseal(deposit: Deposit, identities: Sequence[str]) -> bytes | None:
    """The secret of a deposit; None when it was sealed to somebody else or is of another office than it says."""
    import pyrage

    try:
        content = bytes(pyrage.decrypt(deposit.sealed, [pyrage.x25519.Identity.from_str(one) for one in identities]))
    except pyrage.DecryptError:
        return None
    bound = _bound(deposit.card)
    if not content.startswith(bound) or len(content) != len(bound) + SECRET_BYTES:
        return None
    return content[len(bound) :]


def deposit_to_bytes(deposit: Deposit, keys: OfficeKeys) -> bytes:
    """One line of canonical JSON, then the minisign signature of the office; ValueError for another's keys."""
    _check(deposit)
    if keys.verify_key != deposit.card.verify_key:
        raise ValueError("a deposit is signed with the key of the office in it")
    line = _line(deposit)
    return line + keys.signing_key.sign(line, _comment(deposit))


def deposit_from_bytes(data: bytes) -> Deposit:
    """The deposit in a ``.tdescrow`` file, its signature verified; BadDepositError."""
    line, newline, signature = data[: MAX_DEPOSIT_SIZE + 1].partition(b"\n")
    if not line.startswith(b'{"card":') or not newline or len(data) > MAX_DEPOSIT_SIZE:
        raise BadDepositError("not a deposit")
    try:
        value = parse_canonical(line)
        deposit = _deposit_of(value if isinstance(value, dict) else {})
        if _line(deposit) != line + b"\n":
            raise BadDepositError("unknown fields")
        deposit.card.verify_key.verify(line + b"\n", signature, _comment(deposit))
    except (NotCanonicalError, BadSignatureError, KeyError, TypeError, ValueError) as error:
        raise BadDepositError("not a sound deposit") from error
    return deposit


def _deposit_of(fields: dict[str, JsonValue]) -> Deposit:
    card = fields["card"]
    if not isinstance(card, dict) or fields["escrow"] != ESCROW_FORMAT:
        raise BadDepositError("no card, or another format")
    sealed = base64.b64decode(str(fields["sealed"]), validate=True)
    deposit = Deposit(card_of_fields(dict(card)), sealed, date.fromisoformat(str(fields["day"])))
    _check(deposit)
    return deposit


def _check(deposit: Deposit) -> None:
    if deposit.card.kind != OfficeKind.COMMUNE:
        raise BadDepositError("a commune gives a way in to its province")


def _line(deposit: Deposit) -> bytes:
    fields: dict[str, JsonValue] = {
        "card": card_fields(deposit.card),
        "day": deposit.day.isoformat(),
        "escrow": ESCROW_FORMAT,
        "sealed": base64.b64encode(deposit.sealed).decode("ascii"),
    }
    return canonical_bytes(fields) + b"\n"


def _comment(deposit: Deposit) -> str:
    return f"thidua-escrow-1 {deposit_name(deposit.card)}"


def _bound(card: OfficeCard) -> bytes:
    """Which office and installation the secret is of, inside the seal."""
    return f"thidua escrow 1\n{card.office_code}\n{card.installation}\n".encode()
