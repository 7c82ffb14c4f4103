"""Whether a folder is a place for an office file: a disk of this PC, neither on the network nor copied to a cloud.

On a share two PCs can write at once and locks are not kept: SQLite files are damaged there sooner or later. A service
that synchronises copies the file while it is written, and carries it off the PC.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path

from thidua_desktop.errors import UserError

_CLOUDS = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive",
    "my drive": "Google Drive", "icloud": "iCloud",
}  # fmt: skip
_CLOUD_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_SHARES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "fuse.rclone", "afpfs"})
_MOUNTS = Path("/proc/self/mounts")


class Place(StrEnum):
    """What is wrong with a folder; OWN: nothing."""

    OWN = ""
    SHARE = "share"
    CLOUD = "cloud"


def place_of(path: Path) -> Place:
    """What kind of place ``path`` (there or not yet) lies in."""
    if _is_share(path):
        return Place.SHARE
    return Place.CLOUD if cloud_of(path) else Place.OWN


def cloud_of(path: Path) -> str:
    """The service that synchronises the folder, "" when none is known to."""
    whole = path.expanduser().absolute()
    for part in whole.parts[:-1]:
        for begins, name in _CLOUDS.items():
            if part.lower().startswith(begins):
                return name
    synced = [Path(folder) for variable in _CLOUD_VARIABLES if (folder := os.environ.get(variable))]
    return "OneDrive" if any(whole.is_relative_to(folder) for folder in synced) else ""


def require_writing(folder: Path) -> None:
    """OSError when nothing can be written into ``folder``; nothing stays there.

    Not by ``tempfile``: on Windows it takes a folder that only reads for one whose every name is taken, and tries on.
    """
    trial = folder / f".thidua-{os.urandom(8).hex()}"
    with trial.open("xb"):
        pass
    trial.unlink()


def require_own_disk(path: Path) -> None:
    """UserError TD-ENV-071 when an office file at ``path`` would be worked on over the network."""
    if _is_share(path):
        raise UserError("TD-ENV-071", path=str(path))


def require_no_cloud(path: Path) -> None:
    """UserError TD-ENV-072 when a service would carry an office file at ``path`` off this PC."""
    cloud = cloud_of(path)
    if cloud:
        raise UserError("TD-ENV-072", path=str(path.parent), cloud=cloud)


def _is_share(path: Path) -> bool:
    text = str(path)
    if text.startswith(("\\\\", "//")) and not text.startswith("\\\\?\\"):
        return True
    return _on_a_remote_drive(path) if sys.platform == "win32" else _mounted_as(path) in _SHARES


def _mounted_as(path: Path) -> str:
    """The kind of file system that holds the path, as Linux lists it; "" where there is no list."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    whole, kind, longest = path.expanduser().absolute(), "", -1
    for line in lines:
        _, where, what, *_ = line.split(" ")
        folder = Path(where.replace("\\040", " "))
        if len(folder.parts) > longest and whole.is_relative_to(folder):
            kind, longest = what, len(folder.parts)
    return kind


def _on_a_remote_drive(path: Path) -> bool:
    import ctypes

    remote = 4  # DRIVE_REMOTE
    windows = getattr(ctypes, "windll").kernel32  # noqa: B009  # known to Windows alone
    return bool(windows.GetDriveTypeW(f"{path.absolute().drive}\\") == remote)
