"""The outer file: exactly three members, every byte accounted for; who signed it, and is that sender trusted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, NoReturn

from thidua_desktop.sync import strict_base64
from thidua_desktop.sync.card import OfficeCard
from thidua_desktop.sync.header import (
    FORMAT_VERSION,
    MAX_HEADER_SIZE,
    Header,
    HeaderError,
    NewerFormatError,
    header_hash,
    parse_header,
    trusted_comment,
)
from thidua_desktop.sync.keys import BadSignatureError, VerifyKey
from thidua_desktop.sync.pack import HEADER_MEMBER, PAYLOAD_MEMBER, SIGNATURE_MEMBER
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.strict_tar import BLOCK, END, TarError, padding, parse_tar_header, tar_header

MAX_SIGNATURE_SIZE = 1024
_PIECE = 256 * 1024


class SenderStatus(StrEnum):
    """Whether packages of a known sender are taken in."""

    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Sender:
    """One key of one installation of one office, as this office accepted it. After a key change there are several."""

    office_code: str
    installation: str
    verify_key: VerifyKey
    status: SenderStatus = SenderStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class Trust:
    """Every sender that this office knows, itself included."""

    senders: tuple[Sender, ...]

    @classmethod
    def of_cards(cls, active: Iterable[OfficeCard], revoked: Iterable[OfficeCard] = ()) -> Trust:
        """Trust in the holders of these cards."""
        pairs = [(card, SenderStatus.ACTIVE) for card in active] + [(card, SenderStatus.REVOKED) for card in revoked]
        return cls(
            tuple(Sender(card.office_code, card.installation, card.verify_key, status) for card, status in pairs)
        )

    def keys_of(self, office_code: str, installation: str) -> tuple[Sender, ...]:
        """The known keys of one installation."""
        return tuple(
            sender
            for sender in self.senders
            if (sender.office_code, sender.installation) == (office_code, installation)
        )


@dataclass(frozen=True, slots=True)
class ClaimedHeader:
    """What a file says of itself. **Nothing in it is proved**; show it as a claim, decide nothing by it."""

    header: Header
    header_hash: str
    percent_present: int  # 100 when the file is not shorter than its header says


@dataclass(frozen=True, slots=True)
class SignedHeader:
    """A header whose signature by a trusted, active sender and whose file are verified to the byte."""

    header: Header
    header_hash: str
    sha256: str  # of the whole file
    size: int


@dataclass(frozen=True, slots=True)
class _Front:
    """Everything before the payload."""

    header: Header
    signed: bytes
    signature: bytes
    payload_start: int


def read_header(stream: BinaryIO) -> ClaimedHeader:
    """The unverified header at the start of a seekable stream; works on a cut file.

    Raises Refusal: NOT_A_PACKAGE, CUT_AT_START, DAMAGED, NEWER_FORMAT.
    """
    signed, header = _read_claim(stream)
    return ClaimedHeader(header, header_hash(signed), _percent(stream, len(signed), header))


def verify_envelope(stream: BinaryIO, trust: Trust, max_payload_size: int) -> SignedHeader:
    """Verify all that can be verified without an identity: form, sender, signature, size, hash, every byte between.

    Raises Refusal: NOT_A_PACKAGE, CUT_AT_START, CUT, DAMAGED, NEWER_FORMAT, UNKNOWN_SENDER, REVOKED_SENDER,
    BAD_SIGNATURE, TOO_LARGE.
    """
    front = _read_front(stream)
    header = front.header
    _check_signature(front, trust)
    _check_size(stream, front, max_payload_size)
    whole = hashlib.sha256()
    stream.seek(0)
    whole.update(_exactly(stream, front.payload_start))
    payload = hashlib.sha256()
    left = header.payload_size
    while left:
        piece = _exactly(stream, min(left, _PIECE))
        payload.update(piece)
        whole.update(piece)
        left -= len(piece)
    tail = padding(header.payload_size) + END
    if payload.hexdigest() != header.payload_sha256 or stream.read(len(tail) + 1) != tail:
        raise Refusal(Code.DAMAGED)
    whole.update(tail)
    return SignedHeader(
        header, header_hash(front.signed), whole.hexdigest(), front.payload_start + header.payload_size + len(tail)
    )


def payload_start(header_size: int, signature_size: int) -> int:
    """Offset of the first payload byte."""
    return sum(BLOCK + size + len(padding(size)) for size in (header_size, signature_size)) + BLOCK


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise Refusal(Code.DAMAGED)  # sizes were checked: the file changed while it was read
    return data


def _read_claim(stream: BinaryIO) -> tuple[bytes, Header]:
    stream.seek(0)
    block = stream.read(BLOCK)
    if len(block) < BLOCK:
        prefix = HEADER_MEMBER.encode().ljust(100, b"\0")[: len(block)]
        raise Refusal(Code.CUT_AT_START if block[:100] == prefix else Code.NOT_A_PACKAGE)
    try:
        name, size = parse_tar_header(block)
    except TarError as error:
        raise Refusal(Code.DAMAGED if _resembles_first_block(block) else Code.NOT_A_PACKAGE) from error
    if name != HEADER_MEMBER:
        raise Refusal(Code.NOT_A_PACKAGE)
    if size > MAX_HEADER_SIZE:
        raise Refusal(Code.DAMAGED)
    padded = stream.read(size + len(padding(size)))
    if len(padded) < size + len(padding(size)):
        raise Refusal(Code.CUT_AT_START)
    if padded[size:] != padding(size):
        raise Refusal(Code.DAMAGED)
    try:
        return padded[:size], parse_header(padded[:size])
    except NewerFormatError as error:
        raise Refusal(Code.NEWER_FORMAT, version=error.version, known=FORMAT_VERSION) from error
    except HeaderError as error:
        raise Refusal(Code.DAMAGED) from error


def _resembles_first_block(block: bytes) -> bool:
    """Whether a broken first block was once ours, so that the words are "damaged" and not "something else"."""
    expected = tar_header(HEADER_MEMBER, 0)
    return block[:100] == expected[:100] or (block[100:124] + block[157:] == expected[100:124] + expected[157:])


def _read_front(stream: BinaryIO) -> _Front:
    signed, header = _read_claim(stream)
    block = stream.read(BLOCK)
    if len(block) < BLOCK:
        _refuse_cut(stream, len(signed), header)
    try:
        name, size = parse_tar_header(block)
    except TarError as error:
        raise Refusal(Code.DAMAGED) from error
    if name != SIGNATURE_MEMBER or size > MAX_SIGNATURE_SIZE:
        raise Refusal(Code.DAMAGED)
    padded = stream.read(size + len(padding(size)))
    block = stream.read(BLOCK)
    if len(block) < BLOCK:
        _refuse_cut(stream, len(signed), header)
    if padded[size:] != padding(size) or block != tar_header(PAYLOAD_MEMBER, header.payload_size):
        raise Refusal(Code.DAMAGED)
    return _Front(header, signed, padded[:size], payload_start(len(signed), size))


def _check_signature(front: _Front, trust: Trust) -> None:
    header, facts = front.header, front.header.facts
    known = trust.keys_of(facts.office_code, facts.installation)
    if not known:
        raise Refusal(Code.UNKNOWN_SENDER, sender=header.sender, installation=facts.installation[-4:])
    signer = next((sender for sender in known if sender.verify_key.key_id == _key_id(front.signature)), None)
    if signer is None:
        raise Refusal(Code.BAD_SIGNATURE, sender=header.sender)
    try:
        signer.verify_key.verify(front.signed, front.signature, trusted_comment(header))
    except BadSignatureError as error:
        raise Refusal(Code.BAD_SIGNATURE, sender=header.sender) from error
    if signer.status is not SenderStatus.ACTIVE:
        raise Refusal(Code.REVOKED_SENDER, sender=header.sender, installation=facts.installation[-4:])


def _key_id(signature: bytes) -> bytes:
    try:
        return strict_base64.decode(signature.split(b"\n")[1].decode("ascii"), 74)[2:10]
    except (ValueError, IndexError):
        return b""


def _file_size(stream: BinaryIO) -> int:
    place = stream.tell()
    size = stream.seek(0, os.SEEK_END)
    stream.seek(place)
    return size


def _full_size(front_size: int, header: Header) -> int:
    return front_size + header.payload_size + len(padding(header.payload_size)) + len(END)


def _percent(stream: BinaryIO, header_size: int, header: Header) -> int:
    full = _full_size(payload_start(header_size, BLOCK), header)
    return min(100, 100 * _file_size(stream) // full)


def _refuse_cut(stream: BinaryIO, header_size: int, header: Header) -> NoReturn:
    raise Refusal(Code.CUT, sender=header.sender, percent=_percent(stream, header_size, header))


def _check_size(stream: BinaryIO, front: _Front, max_payload_size: int) -> None:
    header = front.header
    if header.payload_size > max_payload_size:
        raise Refusal(Code.TOO_LARGE, sender=header.sender, detail=f"{header.payload_size} byte")
    full, present = _full_size(front.payload_start, header), _file_size(stream)
    if present < full:
        _refuse_cut(stream, len(front.signed), header)
    if present > full:
        raise Refusal(Code.DAMAGED)
