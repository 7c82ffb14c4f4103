"""A temporary file that never holds clear data: ChaCha20-Poly1305 in 64 KiB chunks under a key that lives in memory.

The key is random for each spool and never leaves the process, so that what stays on a disk after a crash is noise.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

CHUNK = 64 * 1024
_SEALED_CHUNK = CHUNK + 16
_IN_MEMORY = 4 * 1024 * 1024


class SealedSpool:
    """Append bytes, then read any range back; the file vanishes when closed."""

    def __init__(self, folder: Path | None = None) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        self._cipher = ChaCha20Poly1305(os.urandom(32))
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=None if folder is None else str(folder))  # noqa: SIM115
        self._pending = bytearray()
        self._sealed_chunks = 0
        self.size = 0

    def write(self, data: bytes) -> int:
        """Append; returns the number of bytes taken (all)."""
        self._pending += data
        self.size += len(data)
        while len(self._pending) >= CHUNK:
            chunk = bytes(self._pending[:CHUNK])
            del self._pending[:CHUNK]
            self._file.seek(self._sealed_chunks * _SEALED_CHUNK)
            self._file.write(self._cipher.encrypt(self._nonce(self._sealed_chunks), chunk, None))
            self._sealed_chunks += 1
        return len(data)

    def flush(self) -> None:
        """Nothing to do: the last partial chunk stays in memory."""

    def read_range(self, start: int, size: int) -> Iterator[bytes]:
        """The bytes from ``start``, in pieces of at most 64 KiB; they must have been written before."""
        end = start + size
        if not 0 <= start <= end <= self.size:
            raise ValueError("range outside the spool")
        while start < end:
            index, offset = divmod(start, CHUNK)
            piece = self._chunk(index)[offset : offset + end - start]
            yield piece
            start += len(piece)

    def close(self) -> None:
        """Drop file and key."""
        self._file.close()
        self._pending.clear()

    def __enter__(self) -> SealedSpool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _chunk(self, index: int) -> bytes:
        if index == self._sealed_chunks:
            return bytes(self._pending)
        self._file.seek(index * _SEALED_CHUNK)
        return self._cipher.decrypt(self._nonce(index), self._file.read(_SEALED_CHUNK), None)

    @staticmethod
    def _nonce(index: int) -> bytes:
        return index.to_bytes(12, "big")
