"""Errors of disks and sticks in words that a person can act on."""

from __future__ import annotations

import errno
from pathlib import Path

from thidua_desktop.errors import UserError

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOTDIR}
_BUSY = {errno.EBUSY, errno.ETXTBSY} if hasattr(errno, "ETXTBSY") else {errno.EBUSY}
# Windows gives its own numbers beside errno, and errno EACCES for several of them.
_WINDOWS = {
    39: "TD-ENV-041",  # ERROR_HANDLE_DISK_FULL
    112: "TD-ENV-041",  # ERROR_DISK_FULL
    19: "TD-ENV-042",  # ERROR_WRITE_PROTECT
    21: "TD-ENV-043",  # ERROR_NOT_READY
    55: "TD-ENV-043",  # ERROR_DEV_NOT_EXIST
    433: "TD-ENV-043",  # ERROR_NO_SUCH_DEVICE
    1006: "TD-ENV-043",  # ERROR_FILE_INVALID: the volume was taken away
    1117: "TD-ENV-043",  # ERROR_IO_DEVICE
    1167: "TD-ENV-043",  # ERROR_DEVICE_NOT_CONNECTED
    32: "TD-ENV-044",  # ERROR_SHARING_VIOLATION
    33: "TD-ENV-044",  # ERROR_LOCK_VIOLATION
    223: "TD-ENV-045",  # ERROR_FILE_TOO_LARGE
}


def environment_error(error: OSError, path: Path) -> UserError:
    """The UserError for a failed reading or writing at ``path``: full, read-only, gone, busy, too large, or other."""
    code = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    if code is None:
        families = (
            (_FULL, "TD-ENV-041"),
            (_READ_ONLY, "TD-ENV-042"),
            (_GONE, "TD-ENV-043"),
            (_BUSY, "TD-ENV-044"),
            ({errno.EFBIG}, "TD-ENV-045"),
        )
        code = next((code for numbers, code in families if error.errno in numbers), "TD-ENV-046")
    return UserError(code, path=str(path), detail=error.strerror or str(error))
