"""One program at a time in an office file: a lock that the system gives back even when the program is killed."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import IO

from thidua_desktop.errors import UserError


def lock_path(path: Path) -> Path:
    """The file that is locked in the place of ``path``, beside what it leads to: a link opens no second time."""
    with contextlib.suppress(OSError, RuntimeError):  # a drive that cannot say, a ring of links
        path = path.resolve()
    return path.with_name(path.name + ".lock")


class FileLock:
    """Holds ``<path>.lock`` from construction until ``release``; UserError TD-STORE-005 when another holds it."""

    def __init__(self, path: Path) -> None:
        self._lock_path = lock_path(path)
        self._stream: IO[bytes] | None = self._lock_path.open("a+b")
        try:
            _lock(self._stream)
        except OSError as problem:
            self._stream.close()
            self._stream = None
            raise UserError("TD-STORE-005", path=str(path)) from problem

    @property
    def is_held(self) -> bool:
        """Whether it was not released yet."""
        return self._stream is not None

    def release(self) -> None:
        """Let others in; harmless when called twice."""
        if self._stream is None:
            return
        stream, self._stream = self._stream, None
        with contextlib.suppress(OSError):
            _unlock(stream)
        stream.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_UN)
