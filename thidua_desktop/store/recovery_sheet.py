"""The recovery sheet: 256 random bits as letters that people can copy from paper.

14 groups of five: four letters of base32 data and one check letter (over GF(32), with the group's place mixed in, so
that a wrong letter, two swapped letters and swapped groups are all found in their group). The last 24 bits of the data
are a checksum over the whole. Reading forgives lower case, spaces, dashes and the look-alikes 0/O, 1/I and 8/B.
"""

from __future__ import annotations

import base64
import hashlib

from thidua_desktop.errors import UserError

SECRET_BYTES = 32
GROUPS = 14
_DATA_LETTERS = 4
_CHECKSUM_BYTES = 3
_DIGITS = 85
"""280 bits in decimal."""
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LOOK_ALIKE = str.maketrans("018", "OIB")


def sheet_text(secret: bytes) -> str:
    """The groups of ``secret`` (32 bytes) joined by dashes."""
    letters = base64.b32encode(secret + _checksum(secret)).decode("ascii")
    groups = [letters[start : start + _DATA_LETTERS] for start in range(0, len(letters), _DATA_LETTERS)]
    return "-".join(group + _check_letter(group, place) for place, group in enumerate(groups))


def sheet_digits(secret: bytes) -> str:
    """The same as digits alone, for the QR code: a scanner types them, and no input method garbles digits."""
    return str(int.from_bytes(secret + _checksum(secret))).zfill(_DIGITS)


def read_sheet(text: str) -> bytes:
    """The secret of a typed or scanned sheet.

    UserError TD-STORE-008 (length), 009 (which groups), 010 (whole checksum).
    """
    plain = "".join(text.split())
    if len(plain) == _DIGITS and plain.isascii() and plain.isdigit():
        return _proved(_from_digits(plain))
    letters = "".join(letter for letter in text.upper().translate(_LOOK_ALIKE) if letter.isalnum())
    expected = GROUPS * (_DATA_LETTERS + 1)
    if len(letters) != expected:
        raise UserError("TD-STORE-008", count=len(letters), expected=expected)
    groups = [letters[start : start + 5] for start in range(0, expected, 5)]
    wrong = [str(place + 1) for place, group in enumerate(groups) if not _fits(group, place)]
    if wrong:
        raise UserError("TD-STORE-009", groups=", ".join(wrong))
    return _proved(base64.b32decode("".join(group[:_DATA_LETTERS] for group in groups)))


def _proved(raw: bytes) -> bytes:
    secret, checksum = raw[:SECRET_BYTES], raw[SECRET_BYTES:]
    if checksum != _checksum(secret):
        raise UserError("TD-STORE-010")
    return secret


def _from_digits(digits: str) -> bytes:
    number = int(digits)
    if number.bit_length() > 8 * (SECRET_BYTES + _CHECKSUM_BYTES):
        raise UserError("TD-STORE-010")
    return number.to_bytes(SECRET_BYTES + _CHECKSUM_BYTES)


def _checksum(secret: bytes) -> bytes:
    return hashlib.sha256(b"thidua recovery sheet 1" + secret).digest()[:_CHECKSUM_BYTES]


def _fits(group: str, place: int) -> bool:
    data, check = group[:_DATA_LETTERS], group[_DATA_LETTERS]
    return all(letter in _ALPHABET for letter in group) and _check_letter(data, place) == check


def _check_letter(data: str, place: int) -> str:
    total = place + 1
    for letter in data:
        total = _times_two(total) ^ _ALPHABET.index(letter)
    return _ALPHABET[_times_two(total)]


def _times_two(value: int) -> int:
    """Multiplication by the generator of GF(32), x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
