"""Write a package: members -> tar + zstd -> age -> signed header -> file. Memory stays flat; nothing clear on disk.

A tar header needs a member's size before its content, and the package header needs the payload's hash before the
payload. So members are compressed, each into a zstd frame of its own, into a sealed spool (ciphertext under a key in
memory); then the frames are put between their tar headers (frames of their own) and run through age.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from thidua_desktop.sync.header import (
    Header,
    HeaderFacts,
    header_bytes,
    header_hash,
    trusted_comment,
)
from thidua_desktop.sync.keys import OfficeKeys, check_recipient, recipient_key_id
from thidua_desktop.sync.members import (
    MANIFEST,
    ManifestEntry,
    Member,
    MemberError,
    check_name,
    manifest_bytes,
    register_of,
)
from thidua_desktop.sync.sealed_spool import SealedSpool
from thidua_desktop.sync.strict_tar import END, padding, tar_header

if TYPE_CHECKING:
    from zstandard import ZstdCompressor

HEADER_MEMBER = "header.json"
SIGNATURE_MEMBER = "header.json.minisig"
PAYLOAD_MEMBER = "payload.age"
COMPRESSION_LEVEL = 3
_GATHER = 64 * 1024
_CIPHERTEXT_IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PackedPackage:
    """What was written: the header, its hash (next package's ``previous``), SHA-256 and size of the whole file."""

    header: Header
    header_hash: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class _SpooledMember:
    entry: ManifestEntry
    start: int
    end: int


class _HashingWriter:
    """Counts and hashes what passes through."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._out.write(data)
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class _PiecesReader(io.RawIOBase):
    """A readable stream over an iterator of pieces, as age wants it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


def write_package(
    out: BinaryIO,
    facts: HeaderFacts,
    members: Iterable[Member],
    keys: OfficeKeys,
    recipients: Sequence[str],
    *,
    spool_folder: Path | None = None,
) -> PackedPackage:
    """Write one package to ``out`` (which need not seek), encrypted to ``recipients`` (``age1…``) and to the sender.

    Members are read once, in the order given, and written in order of name. Raises ValueError (MemberError,
    NotCanonicalError, HeaderError) when facts or members break FORMAT.md: a fault of the calling program.
    Spools hold ciphertext only, in ``spool_folder`` or the system's temporary folder.
    """
    everyone = sorted({*recipients, keys.age_recipient})
    for recipient in everyone:
        check_recipient(recipient)
    header_bytes(_header(facts, everyone, 1, "0" * 64))  # a fault of the facts shows before the long work
    with tempfile.SpooledTemporaryFile(
        max_size=_CIPHERTEXT_IN_MEMORY, dir=None if spool_folder is None else str(spool_folder)
    ) as spool:
        payload_file = cast(BinaryIO, spool)
        payload = _HashingWriter(payload_file)
        _write_payload(payload, facts, members, everyone, spool_folder)
        header = _header(facts, everyone, payload.size, payload.sha256)
        payload_file.seek(0)
        return _write_file(out, header, keys, payload_file)


def _header(facts: HeaderFacts, everyone: Iterable[str], size: int, sha256: str) -> Header:
    return Header(facts, tuple(sorted(recipient_key_id(recipient) for recipient in everyone)), size, sha256)


def _write_file(out: BinaryIO, header: Header, keys: OfficeKeys, payload: BinaryIO) -> PackedPackage:
    signed = header_bytes(header)
    signature = keys.signing_key.sign(signed, trusted_comment(header))
    counted = _HashingWriter(out)
    for name, data in ((HEADER_MEMBER, signed), (SIGNATURE_MEMBER, signature)):
        counted.write(tar_header(name, len(data)) + data + padding(len(data)))
    counted.write(tar_header(PAYLOAD_MEMBER, header.payload_size))
    shutil.copyfileobj(payload, cast(BinaryIO, counted), _GATHER)
    counted.write(padding(header.payload_size) + END)
    return PackedPackage(header, header_hash(signed), counted.sha256, counted.size)


def _write_payload(
    payload: _HashingWriter,
    facts: HeaderFacts,
    members: Iterable[Member],
    recipients: Sequence[str],
    spool_folder: Path | None,
) -> None:
    import pyrage
    from zstandard import ZstdCompressor

    compressor = ZstdCompressor(level=COMPRESSION_LEVEL, write_checksum=True)
    with SealedSpool(spool_folder) as frames:
        spooled = [_spool_member(frames, compressor, facts, member) for member in members]
        spooled.sort(key=lambda member: member.entry.name)
        names = [member.entry.name for member in spooled]
        if len({name.casefold() for name in names}) != len(names):
            raise MemberError("two members of one name")
        plain = _PiecesReader(_payload_pieces(frames, compressor, spooled))
        age_recipients = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
        pyrage.encrypt_io(plain, payload, age_recipients)


def _spool_member(
    frames: SealedSpool, compressor: ZstdCompressor, facts: HeaderFacts, member: Member
) -> _SpooledMember:
    check_name(member.name)
    register = register_of(member.name)
    if register is not None and register not in facts.definitions:
        raise MemberError(f"register {register} is missing among the header's definitions")
    start, size, digest = frames.size, 0, hashlib.sha256()
    stream = compressor.compressobj()
    for data in _gathered(member.chunks):
        digest.update(data)
        size += len(data)
        frames.write(stream.compress(data))
    frames.write(stream.flush())
    return _SpooledMember(ManifestEntry(member.name, size, digest.hexdigest()), start, frames.size)


def _gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines gathered to larger pieces: calls cost more than copies."""
    gathered, size = [], 0
    for chunk in chunks:
        gathered.append(chunk)
        size += len(chunk)
        if size >= _GATHER:
            yield b"".join(gathered)
            gathered, size = [], 0
    yield b"".join(gathered)


def _payload_pieces(
    frames: SealedSpool, compressor: ZstdCompressor, spooled: Sequence[_SpooledMember]
) -> Iterator[bytes]:
    manifest = manifest_bytes(member.entry for member in spooled)
    between = tar_header(MANIFEST, len(manifest)) + manifest + padding(len(manifest))
    for member in spooled:
        yield compressor.compress(between + tar_header(member.entry.name, member.entry.size))
        yield from frames.read_range(member.start, member.end - member.start)
        between = padding(member.entry.size)
    yield compressor.compress(between + END)
