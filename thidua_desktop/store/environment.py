"""What the machine refuses (disk full, read-only, locked, input/output), mapped to coded errors in one place."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.store.connection import DatabaseError

_BY_SQLITE = {
    "SQLITE_FULL": "TD-ENV-001",
    "SQLITE_READONLY": "TD-ENV-002",
    "SQLITE_PERM": "TD-ENV-002",
    "SQLITE_CANTOPEN": "TD-ENV-003",
    "SQLITE_IOERR": "TD-ENV-004",
    "SQLITE_BUSY": "TD-ENV-005",
    "SQLITE_LOCKED": "TD-ENV-005",
    "SQLITE_NOTADB": "TD-STORE-002",
    "SQLITE_CORRUPT": "TD-STORE-004",
}
_BY_ERRNO = {
    errno.ENOSPC: "TD-ENV-001",
    getattr(errno, "EDQUOT", errno.ENOSPC): "TD-ENV-001",
    errno.EROFS: "TD-ENV-002",
    errno.EACCES: "TD-ENV-002",
    errno.EPERM: "TD-ENV-002",
    errno.ENOENT: "TD-ENV-003",
    errno.ENOTDIR: "TD-ENV-003",
    errno.EIO: "TD-ENV-004",
    errno.EBUSY: "TD-ENV-005",
}
_BY_WINDOWS = {
    112: "TD-ENV-001",
    39: "TD-ENV-001",
    19: "TD-ENV-002",
    5: "TD-ENV-002",
    32: "TD-ENV-005",
    33: "TD-ENV-005",
}


def code_of(problem: BaseException) -> str | None:
    """The error code for what SQLite or the system said; None when it is not the environment's fault."""
    if isinstance(problem, DatabaseError):
        name = str(getattr(problem, "sqlite_errorname", ""))
        for known, code in _BY_SQLITE.items():
            if name == known or name.startswith(known + "_"):
                return code
        return None
    if isinstance(problem, OSError):
        windows = _BY_WINDOWS.get(getattr(problem, "winerror", None) or 0)
        return windows or _BY_ERRNO.get(problem.errno or 0, "TD-ENV-004")
    return None


@contextmanager
def told_to_the_person(path: Path) -> Iterator[None]:
    """Turn environment problems of the block into ``UserError``; other errors pass (they are bugs)."""
    try:
        yield
    except (DatabaseError, OSError) as problem:
        code = code_of(problem)
        if code is None:
            raise
        raise UserError(code, path=str(path), detail=str(problem)) from problem
