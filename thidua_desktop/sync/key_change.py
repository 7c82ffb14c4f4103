"""An installation says: from now on these are my keys, or this is my installation. See FORMAT.md, "Key change".

Signed twice: by the key that the other office already knows, and by the new one. So no fingerprint is compared again;
whoever has lost the old key hands over a new card instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.sync.canonical import JsonValue, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.card import OfficeCard, OfficeKind, card_of
from thidua_desktop.sync.header import is_installation
from thidua_desktop.sync.keys import BadSignatureError, OfficeKeys, VerifyKey, check_recipient
from thidua_desktop.sync.refusals import Code, Refusal

CHANGE_FORMAT = 1
MAX_CHANGE_SIZE = 8192
_SIGNATURE_LINES = 4


@dataclass(frozen=True, slots=True)
class KeyChange:
    """``card`` is what holds from now on; ``installation`` and ``verify_key`` are those that the receiver knows."""

    card: OfficeCard
    installation: str
    verify_key: VerifyKey


def change_name(card: OfficeCard) -> str:
    """``THIDUA_<office code>_<last 4 hex of the installation>.tdkey``."""
    return f"THIDUA_{card.office_code}_{card.installation[-4:]}.tdkey"


def change_to_bytes(card: OfficeCard, new: OfficeKeys, installation: str, old: OfficeKeys) -> bytes:
    """One line of canonical JSON, then the minisign signatures of the old and of the new key.

    Raises ValueError when ``new`` are not the card's keys, or neither keys nor installation change.
    """
    if new.verify_key != card.verify_key or not is_installation(installation):
        raise ValueError("a key change holds the card of its new keys")
    change = KeyChange(card, installation, old.verify_key)
    if (installation, old.verify_key) == (card.installation, card.verify_key):
        raise ValueError("nothing changes")
    line, comment = _line(change), _comment(card)
    return line + old.signing_key.sign(line, comment) + new.signing_key.sign(line, comment)


def change_from_bytes(data: bytes) -> KeyChange:
    """The key change in a ``.tdkey`` file, both signatures verified; Refusal TD-SYNC-020, 021, 022.

    Whether the old key is one that this office knows, the caller must judge.
    """
    line, newline, rest = data[: MAX_CHANGE_SIZE + 1].partition(b"\n")
    if not line.startswith(b'{"age":') or not newline or b'"change":' not in line:
        raise Refusal(Code.NOT_A_KEY_CHANGE)
    try:
        value = parse_canonical(line)
        version = value.get("change") if isinstance(value, dict) else None
        if type(version) is int and version > CHANGE_FORMAT:
            raise Refusal(Code.NEWER_KEY_CHANGE, version=version, known=CHANGE_FORMAT)
        change = _change_of(dict(value))  # type: ignore[arg-type]
        signatures = rest.split(b"\n")
        if _line(change) != line + b"\n" or len(signatures) != 2 * _SIGNATURE_LINES + 1 or signatures[-1]:
            raise ValueError("unknown fields or lines")
        first = b"\n".join(signatures[:_SIGNATURE_LINES]) + b"\n"
        second = b"\n".join(signatures[_SIGNATURE_LINES:-1]) + b"\n"
        change.verify_key.verify(line + b"\n", first, _comment(change.card))
        change.card.verify_key.verify(line + b"\n", second, _comment(change.card))
    except (NotCanonicalError, BadSignatureError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise Refusal(Code.BAD_KEY_CHANGE) from error
    return change


def _change_of(fields: dict[str, JsonValue]) -> KeyChange:
    card = OfficeCard(
        str(fields["office_code"]),
        str(fields["office_name"]),
        str(fields["installation"]),
        OfficeKind(str(fields["kind"])),
        VerifyKey.from_line(str(fields["minisign"])),
        str(fields["age"]),
    )
    check_recipient(card.age_recipient)
    before = fields["before"]
    if not isinstance(before, dict) or not is_installation(before["installation"]):
        raise ValueError("before")
    return KeyChange(card, str(before["installation"]), VerifyKey.from_line(str(before["minisign"])))


def _line(change: KeyChange) -> bytes:
    card = change.card
    fields = {
        "age": card.age_recipient,
        "before": {"installation": change.installation, "minisign": change.verify_key.line},
        "change": CHANGE_FORMAT,
        "installation": card.installation,
        "kind": str(card.kind),
        "minisign": card.verify_key.line,
        "office_code": card.office_code,
        "office_name": card.office_name,
    }
    return canonical_bytes(fields) + b"\n"


def _comment(card: OfficeCard) -> str:
    return f"thidua-keychange-1 {change_name(card)}"


def own_change(
    keys: OfficeKeys, office: tuple[str, str, str, OfficeKind], before: tuple[str, OfficeKeys]
) -> tuple[str, bytes]:
    """File name and content for this installation: ``office`` is (code, name, installation, kind)."""
    card = card_of(keys, *office)
    return change_name(card), change_to_bytes(card, keys, *before)
