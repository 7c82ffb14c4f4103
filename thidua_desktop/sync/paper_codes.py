"""A closed report's figures as QR codes on its paper: digits only, in several parts, signed by the office's key.

Digits, because a scanner that types like a keyboard cannot be garbled by a Vietnamese input method when it types no
letter, and because QR codes hold them most densely. FORMAT.md, "Figures on paper", says it to the digit.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thidua_desktop.errors import UserError
from thidua_desktop.sync.canonical import JsonValue, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.envelope import SenderStatus, Trust
from thidua_desktop.sync.keys import SIGNATURE_SIZE, OfficeKeys

MAGIC = "70417"
PART_BYTES = 230  # of one code: at most 557 digits, 61 modules, four dots of a 200-dpi scan to a module
MOST_PARTS = 40
MOST_BYTES = 64 * 1024
_CHECK_DIGITS = 4
_CODE = re.compile(rf"{MAGIC}([0-9]{{8}})([0-9]{{2}})([0-9]{{2}})([0-9]{{3,600}})[0-9]{{{_CHECK_DIGITS}}}")
_SIGNED_FOR = b"THIDUA figures on paper 1\0"


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """What the codes of one report say. ``package``: number of the package that carries it too, 0 for none yet.

    ``first_day`` and ``last_day``: the days of the period, "2026-10-15". ``figures``: (indicator, value); a whole
    number, or an exact decimal as text.
    """

    office: str
    installation: str
    report: str
    period: str
    first_day: str
    last_day: str
    edition: int
    package: int
    figures: tuple[tuple[str, int | str], ...]

    @property
    def digest(self) -> str:
        """Eight groups of four digits of SHA-256 over the content, to compare paper and screen by eye."""
        digits = hashlib.sha256(_content(self)).hexdigest()[:32].upper()
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


@dataclass(frozen=True, slots=True)
class CodePart:
    """One code as read: part ``number`` (from 1) of ``total`` of the report named ``name``."""

    name: str
    number: int
    total: int
    data: bytes


def codes_of(paper: PaperFigures, keys: OfficeKeys) -> tuple[str, ...]:
    """The texts of the codes: one or more, digits alone."""
    content = _content(paper)
    packed = zlib.compress(content, 9) + keys.signing_key.sign_raw(_SIGNED_FOR + content)
    parts = [packed[at : at + PART_BYTES] for at in range(0, len(packed), PART_BYTES)]
    name = f"{int.from_bytes(hashlib.sha256(packed).digest()[:8], 'big') % 10**8:08d}"
    heads = (f"{MAGIC}{name}{number:02d}{len(parts):02d}" for number in range(1, len(parts) + 1))
    return tuple(_checked(head + _digits_of(part)) for head, part in zip(heads, parts, strict=True))


def read_part(text: str) -> CodePart:
    """One scanned code. Raises UserError TD-SYNC-070 when it is none of ours or was read wrongly."""
    digits = "".join(text.split())
    found = _CODE.fullmatch(digits)
    if found is None or _checked(digits[:-_CHECK_DIGITS]) != digits:
        raise UserError("TD-SYNC-070")
    name, number, total, data = found.groups()
    if not 1 <= int(number) <= int(total) <= MOST_PARTS:
        raise UserError("TD-SYNC-070")
    return CodePart(name, int(number), int(total), _bytes_of(data))


def joined(parts: Iterable[CodePart], trust: Trust) -> PaperFigures:
    """What all parts of one report say, its signature verified.

    Raises UserError TD-SYNC-071 parts missing, 072 parts of different reports, 073 unknown or revoked office, 074 not
    signed by it.
    """
    found = {part.number: part for part in parts}
    first = next(iter(found.values()), None)
    if first is None:
        raise UserError("TD-SYNC-070")
    if any((part.name, part.total) != (first.name, first.total) for part in found.values()):
        raise UserError("TD-SYNC-072")
    missing = [number for number in range(1, first.total + 1) if number not in found]
    if missing:
        raise UserError("TD-SYNC-071", missing=", ".join(map(str, missing)), total=first.total)
    content, signature = _unpacked(b"".join(found[number].data for number in sorted(found)))
    paper = _read(content)
    known = trust.keys_of(paper.office, paper.installation)
    senders = [sender for sender in known if sender.status is SenderStatus.ACTIVE]
    if not senders:
        raise UserError("TD-SYNC-073", office=paper.office)
    if not any(sender.verify_key.verifies_raw(_SIGNED_FOR + content, signature) for sender in senders):
        raise UserError("TD-SYNC-074", office=paper.office)
    return paper


def _content(paper: PaperFigures) -> bytes:
    figures: list[JsonValue] = [[name, value] for name, value in paper.figures]
    return canonical_bytes(
        {
            "office": paper.office, "installation": paper.installation, "report": paper.report,
            "period": paper.period, "from": paper.first_day, "to": paper.last_day, "edition": paper.edition,
            "package": paper.package, "figures": figures,
        }
    )  # fmt: skip


def _unpacked(packed: bytes) -> tuple[bytes, bytes]:
    """(content, signature); TD-SYNC-070 for bytes that are not packed as ``codes_of`` does."""
    stream = zlib.decompressobj()
    try:
        content = stream.decompress(packed[:-SIGNATURE_SIZE], MOST_BYTES)
    except zlib.error as fault:
        raise UserError("TD-SYNC-070") from fault
    if not stream.eof or stream.unused_data or stream.unconsumed_tail:
        raise UserError("TD-SYNC-070")
    return content, packed[-SIGNATURE_SIZE:]


def _read(content: bytes) -> PaperFigures:
    try:
        value = parse_canonical(content)
        if not isinstance(value, dict):
            raise ValueError("not a table")
        return PaperFigures(
            _text(value, "office"), _text(value, "installation"), _text(value, "report"), _text(value, "period"),
            _text(value, "from"), _text(value, "to"),
            _whole(value, "edition"), _whole(value, "package"), _figures(value["figures"]),
        )  # fmt: skip
    except (NotCanonicalError, ValueError, KeyError) as fault:
        raise UserError("TD-SYNC-070") from fault


def _figures(value: JsonValue) -> tuple[tuple[str, int | str], ...]:
    found: list[tuple[str, int | str]] = []
    for row in value if isinstance(value, list) else ():
        if not isinstance(row, list) or len(row) != 2:
            raise ValueError("not a figure")
        name, number = row
        if not isinstance(name, str) or not isinstance(number, (int, str)) or isinstance(number, bool):
            raise ValueError("not a figure")
        found.append((name, number))
    return tuple(found)


def _text(value: Mapping[str, JsonValue], name: str) -> str:
    found = value[name]
    if not isinstance(found, str):
        raise ValueError(name)
    return found


def _whole(value: Mapping[str, JsonValue], name: str) -> int:
    found = value[name]
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise ValueError(name)
    return found


def _digits_of(data: bytes) -> str:
    """Bytes as digits: a leading 1 keeps noughts, so that the way back is exact."""
    return str(int.from_bytes(b"\1" + data, "big"))


def _bytes_of(digits: str) -> bytes:
    number = int(digits)
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if data[:1] != b"\1" or len(data) < 2:
        raise UserError("TD-SYNC-070")
    return data[1:]


def _checked(digits: str) -> str:
    """Digits with four more that tell a code read wrongly."""
    return f"{digits}{zlib.crc32(digits.encode('ascii')) % 10**_CHECK_DIGITS:0{_CHECK_DIGITS}d}"
