"""One program at a time in an office file: a lock that the system gives back even when the program is killed."""

from __future__ import annotations

import contextlib
import os
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
    """Holds ``<path>.lock`` from construction until ``release``; UserError TD-STORE-005 when another holds it.

    Of a file that has more than one name (hard links) also what stands for the file itself: under its other name there
    is another ``.lock``, and another log of the database, which together would damage it.
    """

    def __init__(self, path: Path) -> None:
        self._streams: list[IO[bytes]] = []
        self._hold(lock_path(path).open("a+b"), path)
        shared = _stands_for_the_file(path)
        if shared is not None:
            self._hold(shared, path)

    def _hold(self, stream: IO[bytes], path: Path) -> None:
        self._streams.append(stream)
        try:
            _lock(stream)
        except OSError as problem:
            self._streams.remove(stream)
            stream.close()
            self.release()
            raise UserError("TD-STORE-005", path=str(path)) from problem

    @property
    def is_held(self) -> bool:
        """Whether it was not released yet."""
        return bool(self._streams)

    def release(self) -> None:
        """Let others in; harmless when called twice."""
        streams, self._streams = self._streams, []
        for stream in streams:
            with contextlib.suppress(OSError):
                _unlock(stream)
            stream.close()


def _stands_for_the_file(path: Path) -> IO[bytes] | None:
    """What is locked for a file that has several names, in the folder for passing files; None for all others, and
    where that folder takes nothing (or another person's program has it: no reason to refuse the office)."""
    with contextlib.suppress(OSError):
        found = path.stat()
        if found.st_nlink > 1 and found.st_ino:
            import tempfile

            name = f"thidua-{found.st_dev:x}-{found.st_ino:x}.lock"
            no_link = getattr(os, "O_NOFOLLOW", 0)
            opened = os.open(Path(tempfile.gettempdir(), name), os.O_RDWR | os.O_CREAT | no_link, 0o600)
            return os.fdopen(opened, "r+b")
    return None


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
