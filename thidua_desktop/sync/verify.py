"""From bytes to a VerifiedPackage: the whole file is verified before anything of it can be seen.

Reads the file twice (hash, then decrypt with the hash taken again), then checks the decrypted payload once from a
sealed spool: no clear data on disk, flat memory, and the stick may be pulled as soon as ``verify`` returns.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from thidua_desktop.sync.directive import Directive, parse_directive
from thidua_desktop.sync.envelope import SignedHeader, Trust, verify_envelope
from thidua_desktop.sync.environment import environment_error
from thidua_desktop.sync.header import Header
from thidua_desktop.sync.keys import recipient_key_id, recipient_of
from thidua_desktop.sync.members import (
    DIRECTIVE,
    MANIFEST,
    OFFICE,
    RECEIPT,
    ManifestEntry,
    register_of,
    report_of_figures,
)
from thidua_desktop.sync.office_part import OfficePart, parse_part
from thidua_desktop.sync.payload import (
    Limits,
    PayloadError,
    PayloadTooLargeError,
    check_payload,
    lines_of,
    parse_figures,
    walk_payload,
)
from thidua_desktop.sync.receipt import Receipt, parse_receipt
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.sealed_spool import SealedSpool
from thidua_desktop.sync.strict_tar import END, padding

__all__ = ["MANIFEST", "Limits", "VerifiedPackage", "verify"]

_VERIFIED = object()  # only this module can construct a VerifiedPackage


class VerifiedPackage:
    """A package verified to the last byte; its content is read from a sealed spool until ``close``."""

    def __init__(
        self,
        proof: object,
        signed: SignedHeader,
        entries: tuple[ManifestEntry, ...],
        spool: SealedSpool,
        limits: Limits,
    ) -> None:
        if proof is not _VERIFIED:
            raise TypeError("a VerifiedPackage comes only from verify()")
        self._signed = signed
        self._entries = entries
        self._spool = spool
        self._limits = limits

    @property
    def header(self) -> Header:
        """The signed header."""
        return self._signed.header

    @property
    def header_hash(self) -> str:
        """Name of this package in its chain."""
        return self._signed.header_hash

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole file."""
        return self._signed.sha256

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self._signed.size

    @property
    def entries(self) -> tuple[ManifestEntry, ...]:
        """The manifest, in order of name."""
        return self._entries

    @property
    def registers(self) -> tuple[str, ...]:
        """Registers with records in this package."""
        return tuple(register for entry in self._entries if (register := register_of(entry.name)) is not None)

    @property
    def reports(self) -> tuple[str, ...]:
        """Reports with figures in this package."""
        return tuple(report for entry in self._entries if (report := report_of_figures(entry.name)) is not None)

    def records(self, register: str) -> Iterator[bytes]:
        """The record lines of one register, without newlines, in ascending order of id; nothing for other registers."""
        for entry, pieces in self._walk():
            if register_of(entry.name) == register:
                yield from lines_of(pieces, self._limits.line_bytes)

    def all_records(self) -> Iterator[tuple[str, bytes]]:
        """(register, line) of every record line, register by register, in one pass."""
        for entry, pieces in self._walk():
            register = register_of(entry.name)
            if register is not None:
                for line in lines_of(pieces, self._limits.line_bytes):
                    yield register, line

    def figures(self, report: str) -> object:
        """The value of ``figures/<report>.json``; KeyError when the package has none."""
        return parse_figures(self.member(f"figures/{report}.json"))

    @property
    def receipt(self) -> Receipt:
        """What a package of kind receipt says; KeyError for any other kind."""
        return parse_receipt(self.member(RECEIPT))

    @property
    def office_part(self) -> OfficePart:
        """What installations of one office tell each other; empty when the package has none."""
        return parse_part(self.member(OFFICE)) if any(one.name == OFFICE for one in self._entries) else OfficePart()

    @property
    def directive(self) -> Directive:
        """What a package of kind directive says beside its records; KeyError for any other kind."""
        return parse_directive(self.member(DIRECTIVE))

    def member(self, name: str) -> bytes:
        """The whole content of one member (a PDF, an attached file); KeyError when the package has none."""
        for entry, pieces in self._walk():
            if entry.name == name:
                return b"".join(pieces)
        raise KeyError(name)

    def close(self) -> None:
        """Drop the spool; content can no longer be read."""
        self._spool.close()

    def __enter__(self) -> VerifiedPackage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _walk(self) -> Iterator[tuple[ManifestEntry, Iterator[bytes]]]:
        return walk_payload(self._spool, self._limits)


def verify(
    source: Path | BinaryIO,
    trust: Trust,
    identities: Sequence[str],
    limits: Limits | None = None,
    *,
    spool_folder: Path | None = None,
) -> VerifiedPackage:
    """Verify a whole package: form, sender, signature, addressee, hash, decryption, manifest, every member.

    ``source``: a path or a seekable binary stream. ``identities``: ``AGE-SECRET-KEY-1…`` texts of this office.
    Raises Refusal with one of codes TD-SYNC-001…008 and 014…016, UserError (TD-ENV-…) when a path cannot be read.
    Close the result (it is a context manager). State-dependent judgements are in ``chain``.
    """
    limits = limits or Limits()
    if not isinstance(source, Path):
        return _verify_stream(source, trust, identities, limits, spool_folder)
    try:
        with source.open("rb") as stream:
            return _verify_stream(stream, trust, identities, limits, spool_folder)
    except OSError as error:
        raise environment_error(error, source) from error


def _verify_stream(
    stream: BinaryIO, trust: Trust, identities: Sequence[str], limits: Limits, spool_folder: Path | None
) -> VerifiedPackage:
    signed = verify_envelope(stream, trust, limits.payload_bytes)
    header = signed.header
    mine = [text for text in identities if recipient_key_id(recipient_of(text)) in header.recipients]
    if not mine:
        raise Refusal(Code.NOT_ADDRESSED, sender=header.sender)
    with ExitStack() as on_failure:
        spool = on_failure.enter_context(SealedSpool(spool_folder))
        _decrypt(stream, signed, mine, spool)
        try:
            entries = check_payload(spool, limits, header.facts.definitions, header.facts.kind)
        except PayloadTooLargeError as error:
            raise Refusal(Code.TOO_LARGE, sender=header.sender, detail=str(error)) from error
        except PayloadError as error:
            raise Refusal(Code.BAD_CONTENT, sender=header.sender, detail=str(error)) from error
        package = VerifiedPackage(_VERIFIED, signed, entries, spool, limits)
        on_failure.pop_all()
        return package


class _HashedRange(io.RawIOBase):
    """The next ``size`` bytes of a stream, hashed as they are read."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._left = size
        self.hash = hashlib.sha256()
        self.failure: OSError | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        try:
            data = self._stream.read(wanted)
        except OSError as error:
            self.failure = error  # age would hide which error it was
            raise
        self._left -= len(data)
        self.hash.update(data)
        return data


def _decrypt(stream: BinaryIO, signed: SignedHeader, identities: Sequence[str], spool: SealedSpool) -> None:
    import pyrage

    header = signed.header
    tail = len(padding(header.payload_size)) + len(END)
    stream.seek(signed.size - tail - header.payload_size)
    ciphertext = _HashedRange(stream, header.payload_size)
    opened = True
    try:
        pyrage.decrypt_io(ciphertext, spool, [pyrage.x25519.Identity.from_str(text) for text in identities])
    except (pyrage.DecryptError, OSError) as error:
        if ciphertext.failure is not None:
            raise ciphertext.failure from error
        opened = False
    while ciphertext.read(64 * 1024):
        pass
    if ciphertext.hash.hexdigest() != header.payload_sha256:
        raise Refusal(Code.DAMAGED)  # the file changed between the two readings
    if not opened:
        raise Refusal(Code.BAD_CONTENT, sender=header.sender, detail="payload.age")
