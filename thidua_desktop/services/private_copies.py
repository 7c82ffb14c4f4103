"""Folders for copies that another program shows for a while: nobody else may enter them, and they are erased.

Erased when the office is closed, and what a killed program left at the next start. Imported before the first window:
standard library only.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

_FOLDER = "thidua-tep-"
LEFT_BEHIND = 24 * 3600
"""Seconds: while the program runs, a folder of this age belongs to nobody who still looks at it."""


def new_folder() -> Path:
    """An empty folder of its own."""
    return Path(tempfile.mkdtemp(prefix=_FOLDER))  # with mode 700


def erase(folder: Path) -> None:
    """Overwrite and remove a private folder; what another program still holds stays for the next sweep."""
    for path in folder.glob("*"):
        try:
            path.chmod(0o600)
            size = path.stat().st_size
            with path.open("r+b") as stream:
                stream.write(bytes(size))
        except OSError:
            continue
    shutil.rmtree(folder, ignore_errors=True)


def erase_left_behind(older_than: float = LEFT_BEHIND) -> None:
    """Remove the private folders that a killed program left; at a start all of them, as one program runs at a time."""
    before = time.time() - older_than
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        try:
            if folder.stat().st_mtime <= before:
                erase(folder)
        except OSError:
            continue
