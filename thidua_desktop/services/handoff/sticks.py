"""Removable drives that are plugged in now: their name, folder and free space."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.services.session import Session
from thidua_desktop.sync.header import parse_package_name

_DRIVE_REMOVABLE = 2
_MEDIA = ("/media/", "/run/media/", "/mnt/")


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick. ``free`` in bytes; ``packages`` are the package files that lie on its top level."""

    folder: Path
    name: str
    free: int
    packages: tuple[str, ...]


def sticks() -> list[Stick]:
    """Every removable drive that can be read now, by name."""
    found = []
    for folder in _folders():
        try:
            free = shutil.disk_usage(folder).free
            found.append(Stick(folder, _name(folder), free, tuple(packages_in(folder))))
        except OSError:  # pulled in this moment
            continue
    return sorted(found, key=lambda stick: stick.name)


def packages_in(folder: Path) -> list[str]:
    """Names of the package files on the folder's top level."""
    return sorted(path.name for path in folder.iterdir() if parse_package_name(path.name) is not None)


def own_packages_on(session: Session, stick: Stick) -> list[str]:
    """Those of this office."""
    return [name for name in stick.packages if name.startswith(f"THIDUA_{session.file.identity.code}_")]


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from _windows_drives()
        return
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        folder = line.split()[1].encode().decode("unicode_escape")
        if folder.startswith(_MEDIA):
            yield Path(folder)


def _windows_drives() -> Iterator[Path]:
    if sys.platform != "win32":
        return
    import ctypes

    mask = ctypes.windll.kernel32.GetLogicalDrives()
    for place in range(26):
        root = f"{chr(ord('A') + place)}:\\"
        if mask >> place & 1 and ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOVABLE:
            yield Path(root)


def _name(folder: Path) -> str:
    if os.name == "nt":
        return f"USB ({folder.drive})"
    return folder.name
