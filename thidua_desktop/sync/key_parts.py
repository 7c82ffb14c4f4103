"""An office's keys in two persons' hands: two files, each under its own passphrase; one alone says nothing.

The keys are split by a one-time pad (share one is random, share two is keys XOR share one), each share is an age file
under a passphrase (scrypt), so that the public ``age`` program opens it too. See FORMAT.md, "Keys in two parts".
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from thidua_desktop.sync import strict_base64
from thidua_desktop.sync.canonical import NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.header import is_installation, is_office_code
from thidua_desktop.sync.keys import OfficeKeys
from thidua_desktop.sync.refusals import Code, Refusal

PARTS = 2
MAX_PART_SIZE = 8192
SHORTEST_PASSPHRASE = 12
_SET_BYTES = 8
_TRIES = 4
_TOO_MUCH_WORK = "Excessive work parameter"  # as age says it


@dataclass(frozen=True, slots=True, repr=False)
class KeyPart:
    """One opened part. ``set`` names the pair that belongs together; ``share`` is as long as the keys."""

    office: str
    installation: str
    set: str
    part: int
    share: bytes


def part_name(office: str, part: int) -> str:
    """``THIDUA_<office code>_khoa_<part>.tdpart``."""
    return f"THIDUA_{office}_khoa_{part}.tdpart"


def split_keys(keys: OfficeKeys, office: str, installation: str, passphrases: tuple[str, str]) -> list[bytes]:
    """Two files, in order of part; ValueError for a passphrase of fewer than SHORTEST_PASSPHRASE characters."""
    import pyrage

    if any(len(phrase) < SHORTEST_PASSPHRASE for phrase in passphrases) or passphrases[0] == passphrases[1]:
        raise ValueError("two passphrases, long enough and not the same")
    secret = keys.to_bytes()
    pad = os.urandom(len(secret))
    shares = (pad, bytes(a ^ b for a, b in zip(secret, pad, strict=True)))
    pair = os.urandom(_SET_BYTES).hex()
    return [
        bytes(pyrage.passphrase.encrypt(_content(KeyPart(office, installation, pair, number, share)), phrase))
        for number, (share, phrase) in enumerate(zip(shares, passphrases, strict=True), start=1)
    ]


def open_part(data: bytes, passphrase: str) -> KeyPart:
    """One part; Refusal TD-SYNC-023 for a wrong passphrase, 024 when the file is no part of keys, 246 when this machine
    is too slow to try the passphrase."""
    if not data.startswith(b"age-encryption.org/v1\n-> scrypt ") or len(data) > MAX_PART_SIZE:
        raise Refusal(Code.NOT_A_KEY_PART)
    content = _decrypted(data, passphrase)
    try:
        value = parse_canonical(content)
        if not isinstance(value, dict):
            raise ValueError("not an object")
        share = strict_base64.decode(str(value["share"]), int(str(value["size"])))
        number = value["part"]
        part = KeyPart(str(value["office"]), str(value["installation"]), str(value["set"]), int(str(number)), share)
        if _content(part) != content:
            raise ValueError("unknown fields")
    except (NotCanonicalError, KeyError, TypeError, ValueError) as error:
        raise Refusal(Code.NOT_A_KEY_PART) from error
    return part


def _decrypted(data: bytes, passphrase: str) -> bytes:
    """age measures the machine anew at each try and refuses what would take it long: a busy moment is no wrong word."""
    import pyrage

    for _ in range(_TRIES):
        try:
            return bytes(pyrage.passphrase.decrypt(data, passphrase))
        except pyrage.DecryptError as error:
            if _TOO_MUCH_WORK not in str(error):
                raise Refusal(Code.WRONG_PASSPHRASE) from error
    raise Refusal(Code.TOO_SLOW_FOR_PART)


def joined_keys(first: KeyPart, second: KeyPart) -> OfficeKeys:
    """The keys; Refusal TD-SYNC-025 when the parts are not the two of one pair."""
    same = (first.set, first.office, first.installation, len(first.share))
    other = (second.set, second.office, second.installation, len(second.share))
    if same != other or {first.part, second.part} != {1, PARTS}:
        raise Refusal(Code.PARTS_DIFFER)
    try:
        return OfficeKeys.from_bytes(bytes(a ^ b for a, b in zip(first.share, second.share, strict=True)))
    except ValueError as error:
        raise Refusal(Code.PARTS_DIFFER) from error


def _content(part: KeyPart) -> bytes:
    if not is_office_code(part.office) or not is_installation(part.installation) or not 1 <= part.part <= PARTS:
        raise ValueError("part outside its rule")
    return canonical_bytes(
        {
            "installation": part.installation, "of": PARTS, "office": part.office, "part": part.part, "set": part.set,
            "share": strict_base64.encode(part.share), "size": len(part.share), "thidua": "key part 1",
        }
    )  # fmt: skip
