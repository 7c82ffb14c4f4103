"""Errors of disks and sticks in words that a person can act on."""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import OsFault, fault_words, os_fault

_CODES = {
    OsFault.FULL: "TD-ENV-041",
    OsFault.READ_ONLY: "TD-ENV-042",
    OsFault.GONE: "TD-ENV-043",
    OsFault.FAILED: "TD-ENV-043",  # a stick that fails has most often been pulled
    OsFault.BUSY: "TD-ENV-044",
    OsFault.TOO_LARGE: "TD-ENV-045",
    OsFault.OTHER: "TD-ENV-046",
}


def environment_error(error: OSError, path: Path) -> UserError:
    """The UserError for a failed reading or writing at ``path``: full, read-only, gone, busy, too large, or other."""
    return UserError(_CODES[os_fault(error)], path=str(path), detail=fault_words(error))
