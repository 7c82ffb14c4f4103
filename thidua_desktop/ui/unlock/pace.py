"""How long to wait after wrong passwords: each failure in a row doubles the wait."""

from __future__ import annotations

FREE_TRIES = 2
LONGEST = 60  # seconds


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong passwords in a row; the first two cost nothing."""
    if failures <= FREE_TRIES:
        return 0
    doubled: int = 1 << (failures - FREE_TRIES)
    return min(LONGEST, doubled)
