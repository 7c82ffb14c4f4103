"""The decrypted payload: a zstd-compressed tar in a sealed spool, checked against its manifest with hard limits."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, cast

from thidua_desktop.sync.canonical import NotCanonicalError, parse_canonical
from thidua_desktop.sync.directive import DirectiveError, parse_directive
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.sync.members import (
    DIRECTIVE,
    MANIFEST,
    MAX_FIGURES,
    MAX_LINE,
    OFFICE,
    RECEIPT,
    ManifestEntry,
    MemberError,
    parse_manifest,
    register_of,
    report_of_figures,
)
from thidua_desktop.sync.office_part import OfficePartError, parse_part
from thidua_desktop.sync.receipt import ReceiptError, parse_receipt
from thidua_desktop.sync.sealed_spool import SealedSpool
from thidua_desktop.sync.strict_tar import BLOCK, END, TarError, padding, parse_tar_header, tar_header

_PIECE = 64 * 1024
_MAX_WINDOW = 8 * 1024 * 1024
_MIB = 1024 * 1024


class PayloadError(ValueError):
    """The signed content breaks FORMAT.md."""


class PayloadTooLargeError(PayloadError):
    """The content is larger than this program opens: a fault or a bomb."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may ask of this machine. Bytes, but for ``members`` (count) and ``ratio`` (plain : packed)."""

    payload_bytes: int = 4096 * _MIB
    plain_bytes: int = 8192 * _MIB
    member_bytes: int = 4096 * _MIB
    members: int = 100_000
    manifest_bytes: int = 32 * _MIB
    figures_bytes: int = MAX_FIGURES
    line_bytes: int = MAX_LINE
    ratio: int = 500
    ratio_from: int = 64 * _MIB  # below this much plain data the ratio does not matter


class _SpoolReader(io.RawIOBase):
    """A sealed spool as the stream that zstd reads from."""

    def __init__(self, spool: SealedSpool) -> None:
        self._pieces = spool.read_range(0, spool.size)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        # zstd asks for read_size bytes and takes fewer; the spool's pieces are never larger than that.
        return next(self._pieces, b"")


class _PlainReader:
    """The decompressed bytes, counted against the limits."""

    def __init__(self, spool: SealedSpool, limits: Limits) -> None:
        from zstandard import ZstdDecompressor

        self._stream = ZstdDecompressor(max_window_size=_MAX_WINDOW).stream_reader(
            cast(BinaryIO, _SpoolReader(spool)), read_size=_PIECE, read_across_frames=True
        )
        self._allowed = min(limits.plain_bytes, max(limits.ratio_from, limits.ratio * spool.size))
        self._seen = 0

    def pieces(self, size: int) -> Iterator[bytes]:
        """Exactly ``size`` bytes in pieces."""
        while size:
            piece = self._read(min(size, _PIECE))
            if not piece:
                raise PayloadError("archive ends early")
            size -= len(piece)
            yield piece

    def exactly(self, size: int) -> bytes:
        return b"".join(self.pieces(size))

    def at_end(self) -> bool:
        return not self._read(1)

    def _read(self, size: int) -> bytes:
        from zstandard import ZstdError

        try:
            piece: bytes = self._stream.read(size)
        except ZstdError as error:
            raise PayloadError(f"zstd: {error}") from error
        self._seen += len(piece)
        if self._seen > self._allowed:
            raise PayloadTooLargeError(f"> {self._allowed} byte")
        return piece


def walk_payload(spool: SealedSpool, limits: Limits) -> Iterator[tuple[ManifestEntry, Iterator[bytes]]]:
    """Every member but the manifest with its bytes in pieces, in order; what the caller leaves unread is skipped.

    Every tar byte is compared with the prescribed one, every size and hash with the manifest; a member's hash is
    known only when its last piece has been taken. Raises PayloadError.
    """
    plain = _PlainReader(spool, limits)
    for entry in _read_manifest(plain, limits):
        if plain.exactly(BLOCK) != tar_header(entry.name, entry.size):
            raise PayloadError(f"tar header of {entry.name}")
        pieces = _hashed(plain, entry)
        yield entry, pieces
        for _ in pieces:
            pass
        if plain.exactly(len(padding(entry.size))).strip(b"\0"):
            raise PayloadError(f"padding of {entry.name}")
    if plain.exactly(len(END)) != END or not plain.at_end():
        raise PayloadError("end of the archive")


def _read_manifest(plain: _PlainReader, limits: Limits) -> tuple[ManifestEntry, ...]:
    try:
        name, size = parse_tar_header(plain.exactly(BLOCK))
    except TarError as error:
        raise PayloadError("first tar header") from error
    if name != MANIFEST:
        raise PayloadError("the first member is not the manifest")
    if size > limits.manifest_bytes:
        raise PayloadTooLargeError(MANIFEST)
    data = plain.exactly(size)
    if plain.exactly(len(padding(size))).strip(b"\0"):
        raise PayloadError("padding of the manifest")
    try:
        entries = parse_manifest(data)
    except MemberError as error:
        raise PayloadError(str(error)) from error
    _check_sizes(entries, limits)
    return entries


def _check_sizes(entries: tuple[ManifestEntry, ...], limits: Limits) -> None:
    if len(entries) > limits.members:
        raise PayloadTooLargeError(f"{len(entries)} members")
    if sum(entry.size for entry in entries) > limits.plain_bytes:
        raise PayloadTooLargeError("sum of the members")
    for entry in entries:
        limit = (
            limits.figures_bytes
            if report_of_figures(entry.name) or entry.name in (RECEIPT, DIRECTIVE, OFFICE)
            else limits.member_bytes
        )
        if entry.size > limit:
            raise PayloadTooLargeError(entry.name)


def _hashed(plain: _PlainReader, entry: ManifestEntry) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in plain.pieces(entry.size):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != entry.sha256:
        raise PayloadError(f"hash of {entry.name}")


def check_payload(
    spool: SealedSpool, limits: Limits, definitions: Mapping[str, int], kind: PackageKind = PackageKind.REPORT
) -> tuple[ManifestEntry, ...]:
    """Go through everything once; the manifest when all is right. Raises PayloadError, PayloadTooLargeError.

    ``kind`` decides which members there may be.
    """
    entries = []
    for entry, pieces in walk_payload(spool, limits):
        entries.append(entry)
        register = register_of(entry.name)
        if register is not None:
            if register not in definitions:
                raise PayloadError(f"{entry.name} without its definition")
            for _ in lines_of(pieces, limits.line_bytes):
                pass
        elif report_of_figures(entry.name) is not None:
            parse_figures(b"".join(pieces))
        elif entry.name in (RECEIPT, DIRECTIVE, OFFICE):
            _check_said(entry.name, b"".join(pieces))
    _check_kind(kind, {entry.name for entry in entries})
    return tuple(entries)


def _check_kind(kind: PackageKind, names: set[str]) -> None:
    """A receipt is one member; a directive is one member with records beside it; other kinds have neither."""
    said = names & {RECEIPT, DIRECTIVE}
    wanted = {PackageKind.RECEIPT: {RECEIPT}, PackageKind.DIRECTIVE: {DIRECTIVE}}.get(kind, set())
    beside = names - said
    records_only = all(register_of(name) is not None for name in beside)
    if said != wanted or (kind is PackageKind.RECEIPT and beside) or (said and not records_only):
        raise PayloadError(f"members of a package of kind {kind}")
    if OFFICE in names and kind is not PackageKind.REPORT:
        raise PayloadError(f"{OFFICE} in a package of kind {kind}")


def _check_said(name: str, data: bytes) -> None:
    try:
        if name == RECEIPT:
            parse_receipt(data)
        else:
            parse_directive(data) if name == DIRECTIVE else parse_part(data)
    except (ReceiptError, DirectiveError, OfficePartError) as error:
        raise PayloadError(str(error)) from error


def lines_of(pieces: Iterable[bytes], max_line: int) -> Iterator[bytes]:
    """Lines without their newlines; PayloadError when the last newline is missing or a line is too long."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            if len(line) > max_line:
                raise PayloadTooLargeError("record line")
            yield line
        if len(rest) > max_line:
            raise PayloadTooLargeError("record line")
    if rest:
        raise PayloadError("last record line without newline")


def parse_figures(data: bytes) -> object:
    """The value; PayloadError when the bytes are not canonical JSON."""
    try:
        return parse_canonical(data)
    except NotCanonicalError as error:
        raise PayloadError(f"figures: {error}") from error
