"""Removable drives that are plugged in now: their name, folder and free space."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.paths import is_there
from thidua_desktop.services.handoff.kinds import PACKAGE

_DRIVE_REMOVABLE = 2
_MEDIA = ("/media/", "/run/media/", "/mnt/")
_BLOCK_DEVICES = Path("/sys/class/block")


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
    """Names of the package files on the folder's top level: by their ending, for people rename and copy them."""
    return sorted(path.name for path in folder.iterdir() if _is_package(path.name))


def folders_with_packages(folder: Path) -> list[str]:
    """Names of the folders just below that hold packages; what cannot be read, or was pulled, is passed over."""
    found = []
    with contextlib.suppress(OSError):
        for below in folder.iterdir():
            with contextlib.suppress(OSError):
                if below.is_dir() and packages_in(below):
                    found.append(below.name)
    return sorted(found)


def _is_package(name: str) -> bool:
    """What macOS leaves beside a copied file begins with a dot."""
    return name.lower().endswith(PACKAGE) and not name.startswith(".")


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from _windows_drives()
        return
    mounts = Path("/proc/self/mounts")
    if is_there(mounts):
        yield from removable_mounts(mounts.read_text(encoding="utf-8", errors="replace"), _BLOCK_DEVICES)


def removable_mounts(mounts: str, devices: Path) -> Iterator[Path]:
    """Where removable media are mounted: lines of /proc/mounts against the block devices under /sys/class/block.

    Network shares, images and fixed disks mounted under /mnt or /media are no sticks.
    """
    for line in mounts.splitlines():
        device, mounted = (_unescaped(word) for word in line.split(" ")[:2])
        if mounted.startswith(_MEDIA) and device.startswith("/dev/") and _removable(devices / Path(device).name):
            yield Path(mounted)


def _unescaped(word: str) -> str:
    """A word of /proc/mounts: blanks, tabs, line ends and backslashes stand as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), word)


def _removable(device: Path) -> bool:
    """Whether the disk (or the disk that the partition belongs to) can be pulled out or hangs on a USB cable."""
    try:
        disk = device.resolve(strict=True)
    except OSError:
        return False
    if any(part.startswith("usb") for part in disk.parts):
        return True
    flags = (disk / "removable", disk.parent / "removable")
    return any(is_there(flag, Path.is_file) and flag.read_text(encoding="ascii").strip() == "1" for flag in flags)


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
