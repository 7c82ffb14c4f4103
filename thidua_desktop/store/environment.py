"""What the machine refuses (disk full, read-only, locked, input/output), mapped to coded errors in one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import OsFault, os_fault
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
    "SQLITE_INTERRUPT": "TD-UI-100",  # the person pressed stop
}
_BY_FAULT = {
    OsFault.FULL: "TD-ENV-001",
    OsFault.READ_ONLY: "TD-ENV-002",
    OsFault.GONE: "TD-ENV-003",
    OsFault.FAILED: "TD-ENV-004",
    OsFault.BUSY: "TD-ENV-005",
    OsFault.TOO_LARGE: "TD-ENV-045",
    OsFault.OTHER: "TD-ENV-004",
}


def code_of(problem: BaseException) -> str | None:
    """The error code for what SQLite or the system said; None when it is not the environment's fault."""
    if isinstance(problem, DatabaseError):
        name = str(getattr(problem, "sqlite_errorname", ""))
        for known, code in _BY_SQLITE.items():
            if name == known or name.startswith(known + "_"):
                return code
        return None
    return _BY_FAULT[os_fault(problem)] if isinstance(problem, OSError) else None


def is_busy(problem: BaseException) -> bool:
    """Whether SQLite only said that another connection writes."""
    return isinstance(problem, DatabaseError) and code_of(problem) == "TD-ENV-005"


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
