"""Small files that are either the old or the new version, never a half."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

_ATTEMPTS = 20


def write_durably(path: Path, content: bytes) -> None:
    """Write beside the target, flush to the disk, then replace the target in one step."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    replace_patiently(temporary, path)


def replace_patiently(source: Path, target: Path) -> None:
    """``os.replace`` that waits for virus scanners, which hold fresh files open on Windows for a moment."""
    for attempt in range(_ATTEMPTS):
        try:
            source.replace(target)
            break
        except PermissionError:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.05)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
