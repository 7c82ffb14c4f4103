"""What kind of refusal an ``OSError`` is, on Linux and on Windows; the layers above give each kind its own words."""

from __future__ import annotations

import errno
from enum import StrEnum


class OsFault(StrEnum):
    """Why a disk or a stick did not do what it was asked."""

    FULL = "full"
    READ_ONLY = "read_only"  # or not allowed
    GONE = "gone"  # no such place, or pulled
    FAILED = "failed"  # the device reports that reading or writing failed
    BUSY = "busy"  # held by another program
    TOO_LARGE = "too_large"  # for the file system (FAT32: 4 GB)
    OTHER = "other"


_NAMES = {
    OsFault.FULL: ("ENOSPC", "EDQUOT"),
    OsFault.READ_ONLY: ("EROFS", "EACCES", "EPERM"),
    OsFault.GONE: (
        "ENOENT", "ENODEV", "ENXIO", "ENOTDIR",
        "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENOTCONN", "ESTALE", "ETIMEDOUT",  # a shared folder
    ),
    OsFault.FAILED: ("EIO",),
    OsFault.BUSY: ("EBUSY", "ETXTBSY"),
    OsFault.TOO_LARGE: ("EFBIG",),
}  # fmt: skip
_WORDS = {
    OsFault.FULL: "ổ đĩa đã đầy",
    OsFault.READ_ONLY: "không được phép đọc hoặc ghi ở đó",
    OsFault.GONE: "không thấy nơi ấy, hoặc USB đã bị rút",
    OsFault.FAILED: "ổ đĩa báo lỗi",
    OsFault.BUSY: "chương trình khác đang giữ tệp",
    OsFault.TOO_LARGE: "tệp lớn hơn mức ổ đĩa nhận",
}
# Not every system has every name.
_BY_ERRNO = {
    number: fault for fault, names in _NAMES.items() for name in names if (number := getattr(errno, name, None))
}
# Windows gives its own numbers beside errno, and errno EACCES for several of them.
_BY_WINDOWS = {
    39: OsFault.FULL,  # ERROR_HANDLE_DISK_FULL
    112: OsFault.FULL,  # ERROR_DISK_FULL
    5: OsFault.READ_ONLY,  # ERROR_ACCESS_DENIED
    19: OsFault.READ_ONLY,  # ERROR_WRITE_PROTECT
    21: OsFault.GONE,  # ERROR_NOT_READY
    55: OsFault.GONE,  # ERROR_DEV_NOT_EXIST
    433: OsFault.GONE,  # ERROR_NO_SUCH_DEVICE
    1006: OsFault.GONE,  # ERROR_FILE_INVALID: the volume was taken away
    1167: OsFault.GONE,  # ERROR_DEVICE_NOT_CONNECTED
    51: OsFault.GONE,  # ERROR_REM_NOT_LIST: the other computer is not there
    53: OsFault.GONE,  # ERROR_BAD_NETPATH
    59: OsFault.GONE,  # ERROR_UNEXP_NET_ERR
    64: OsFault.GONE,  # ERROR_NETNAME_DELETED: the network went while reading
    67: OsFault.GONE,  # ERROR_BAD_NET_NAME
    121: OsFault.GONE,  # ERROR_SEM_TIMEOUT
    1231: OsFault.GONE,  # ERROR_NETWORK_UNREACHABLE
    1117: OsFault.FAILED,  # ERROR_IO_DEVICE
    32: OsFault.BUSY,  # ERROR_SHARING_VIOLATION
    33: OsFault.BUSY,  # ERROR_LOCK_VIOLATION
    223: OsFault.TOO_LARGE,  # ERROR_FILE_TOO_LARGE
}


def os_fault(error: OSError) -> OsFault:
    """The kind of ``error``; what Windows says decides over errno."""
    told = _BY_WINDOWS.get(getattr(error, "winerror", None) or 0)
    return told or _BY_ERRNO.get(error.errno or 0, OsFault.OTHER)


def fault_words(error: OSError) -> str:
    """The kind of ``error`` as people read it inside a sentence; the system's own words are English."""
    number = getattr(error, "winerror", None) or error.errno
    other = f"hệ thống báo lỗi số {number}" if number else "hệ thống không nói vì sao"
    return _WORDS.get(os_fault(error), other)
