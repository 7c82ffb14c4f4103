"""Put a finished file on a stick or into a folder so that pulling the stick at any moment costs nothing.

Free space, a temporary name, flush and fsync, read again and hash, rename, fsync of the folder: after ``deliver``
returns it is safe to remove the stick.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from thidua_desktop.errors import UserError
from thidua_desktop.sync.environment import environment_error

_TEMPORARY = "~{name}.part"
_TEMPORARY_PATTERN = re.compile(r"~THIDUA_[0-9A-Za-z_]+\.(tdp|tdcard)\.part")
_RENAME_TRIES = 8
_RENAME_PAUSE = 0.1  # seconds; virus scanners hold a fresh file for a moment
_PIECE = 1024 * 1024


class Written(Protocol):
    """What a producer says of its bytes; ``pack.PackedPackage`` is one."""

    @property
    def sha256(self) -> str: ...

    @property
    def size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class _WrittenBytes:
    sha256: str
    size: int


Produce = Callable[[BinaryIO], Written]


def deliver(produce: Produce, folder: Path, name: str, *, expected_size: int = 0) -> Path:
    """Write ``folder/name`` by ``produce(stream)`` and return its path, read back and found whole.

    ``expected_size``: bytes that must be free before anything is written (0: unknown). An existing file of this name
    is replaced only at the very end. Raises UserError TD-ENV-041…047; other errors of ``produce`` pass through.
    The temporary file is removed whatever happens, as far as the stick is still there.
    """
    target = folder / name
    temporary = folder / _TEMPORARY.format(name=name)
    try:
        clean_temporaries(folder)
        if expected_size > shutil.disk_usage(folder).free:
            raise UserError("TD-ENV-041", path=str(folder), detail=f"{expected_size} byte")
        try:
            written = _write(produce, temporary)
            _read_back(temporary, written)
            _replace(temporary, target)
            _sync_folder(folder)
        except BaseException:
            _remove(temporary)
            raise
    except OSError as error:
        raise environment_error(error, target) from error
    return target


def deliver_bytes(data: bytes, folder: Path, name: str) -> Path:
    """``deliver`` for a small finished file, such as an office card."""

    def produce(stream: BinaryIO) -> Written:
        stream.write(data)
        return _WrittenBytes(hashlib.sha256(data).hexdigest(), len(data))

    return deliver(produce, folder, name, expected_size=len(data))


def clean_temporaries(folder: Path) -> list[str]:
    """Remove what an earlier, interrupted delivery left in this folder; the names removed."""
    removed = []
    for path in sorted(folder.iterdir()):
        if _TEMPORARY_PATTERN.fullmatch(path.name) and path.is_file() and _remove(path):
            removed.append(path.name)
    return removed


def _write(produce: Produce, temporary: Path) -> Written:
    with temporary.open("wb") as stream:
        written = produce(stream)
        stream.flush()
        os.fsync(stream.fileno())
    return written


def _read_back(temporary: Path, written: Written) -> None:
    digest, size = hashlib.sha256(), 0
    with temporary.open("rb") as stream:
        if hasattr(os, "posix_fadvise"):  # so that the stick is read, not the memory of what was written
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    if (size, digest.hexdigest()) != (written.size, written.sha256):
        raise UserError("TD-ENV-047", path=str(temporary.parent))


def _replace(temporary: Path, target: Path) -> None:
    for tries_left in reversed(range(_RENAME_TRIES)):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if tries_left == 0:
                raise
            time.sleep(_RENAME_PAUSE)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle for it; NTFS and FAT write the name with the file
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems have no such thing for folders
            raise
    finally:
        os.close(descriptor)


def _remove(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
