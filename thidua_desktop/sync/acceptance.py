"""The province's answer to a card: the card that it accepted, its own card, and its signature over both.

See FORMAT.md, "Acceptance". Whether the province's key is the one that people compared on paper, the caller judges.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thidua_desktop.sync.canonical import JsonValue, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.card import OfficeCard, OfficeKind, card_fields, card_of_fields
from thidua_desktop.sync.keys import BadSignatureError, OfficeKeys
from thidua_desktop.sync.refusals import Code, Refusal

ACCEPTANCE_FORMAT = 1
MAX_ACCEPTANCE_SIZE = 8192


@dataclass(frozen=True, slots=True)
class Acceptance:
    """``card`` was accepted on ``day`` by the office of ``province``."""

    card: OfficeCard
    province: OfficeCard
    day: date


def acceptance_name(card: OfficeCard) -> str:
    """``THIDUA_<office code>_<last 4 hex of the installation>.tdaccept``, of the card that was accepted."""
    return f"THIDUA_{card.office_code}_{card.installation[-4:]}.tdaccept"


def acceptance_to_bytes(acceptance: Acceptance, keys: OfficeKeys) -> bytes:
    """One line of canonical JSON, then the minisign signature of the province.

    Raises ValueError when the keys are not the province's, or the offices do not go together.
    """
    _check(acceptance)
    if keys.verify_key != acceptance.province.verify_key:
        raise ValueError("an acceptance is signed with the key of the province in it")
    line = _line(acceptance)
    return line + keys.signing_key.sign(line, _comment(acceptance))


def acceptance_from_bytes(data: bytes) -> Acceptance:
    """The acceptance in a ``.tdaccept`` file, its signature verified; Refusal TD-SYNC-154, 155, 156."""
    line, newline, signature = data[: MAX_ACCEPTANCE_SIZE + 1].partition(b"\n")
    if not line.startswith(b'{"acceptance":') or not newline:
        raise Refusal(Code.NOT_AN_ACCEPTANCE)
    try:
        value = parse_canonical(line)
        version = value.get("acceptance") if isinstance(value, dict) else None
        if type(version) is int and version > ACCEPTANCE_FORMAT:
            raise Refusal(Code.NEWER_ACCEPTANCE, version=version, known=ACCEPTANCE_FORMAT)
        acceptance = _acceptance_of(dict(value))  # type: ignore[arg-type]
        if _line(acceptance) != line + b"\n":
            raise ValueError("unknown fields")
        acceptance.province.verify_key.verify(line + b"\n", signature, _comment(acceptance))
    except (NotCanonicalError, BadSignatureError, KeyError, TypeError, ValueError) as error:
        raise Refusal(Code.BAD_ACCEPTANCE) from error
    return acceptance


def _acceptance_of(fields: dict[str, JsonValue]) -> Acceptance:
    card, province = fields["card"], fields["province"]
    if not isinstance(card, dict) or not isinstance(province, dict):
        raise ValueError("no cards")
    day = date.fromisoformat(str(fields["day"]))
    acceptance = Acceptance(card_of_fields(dict(card)), card_of_fields(dict(province)), day)
    _check(acceptance)
    return acceptance


def _check(acceptance: Acceptance) -> None:
    if (acceptance.card.kind, acceptance.province.kind) != (OfficeKind.COMMUNE, OfficeKind.PROVINCE):
        raise ValueError("a province accepts a commune")


def _line(acceptance: Acceptance) -> bytes:
    fields: dict[str, JsonValue] = {
        "acceptance": ACCEPTANCE_FORMAT,
        "card": card_fields(acceptance.card),
        "day": acceptance.day.isoformat(),
        "province": card_fields(acceptance.province),
    }
    return canonical_bytes(fields) + b"\n"


def _comment(acceptance: Acceptance) -> str:
    return f"thidua-acceptance-1 {acceptance_name(acceptance.card)}"
