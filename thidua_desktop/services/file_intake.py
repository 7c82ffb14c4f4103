"""Files that are dropped, pasted, chosen or scanned, read and looked at one by one: one that is refused stops no other.

Nothing here touches the office file, so that large pictures are read and decoded off the window's thread.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import OsFault, os_fault
from thidua_desktop.services import files
from thidua_desktop.services.attached import AttachLimits, Source, too_large
from thidua_desktop.services.file_kinds import CheckedFile, check_file

_BY_FAULT = {OsFault.GONE: "TD-DATA-582", OsFault.BUSY: "TD-DATA-583", OsFault.READ_ONLY: "TD-DATA-584"}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What a source turned out to be: a file that may be kept, or why not."""

    source: Source
    checked: CheckedFile | None
    refusal: UserError | None = None


def look_at_all(
    sources: Sequence[Source], limits: AttachLimits, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> list[LookedAt]:
    """Every source in its order; ``tell`` hears how many of how many are done and may raise to stop."""
    looked = []
    for number, source in enumerate(sources):
        tell(number, len(sources))
        try:
            looked.append(LookedAt(source, look_at(source, limits)))
        except UserError as refusal:
            looked.append(LookedAt(source, None, refusal))
    return looked


def look_at(source: Source, limits: AttachLimits) -> CheckedFile:
    """One file as it may be kept.

    Raises TD-XFER-060…065 for what must not be kept, TD-DATA-581 (a folder), 582 (gone), 583 (open elsewhere), 584
    (not allowed), TD-ENV-… for a disk that fails.
    """
    content = source.content if source.path is None else _read(source.path, limits)
    if len(content) > limits.most_bytes:
        raise too_large(source.name, len(content), limits)
    return check_file(source.name, content, limits.most_pixels)


def _read(path: Path, limits: AttachLimits) -> bytes:
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise UserError("TD-DATA-581", name=path.name or str(path))
        if not stat.S_ISREG(facts.st_mode):
            raise UserError("TD-XFER-062", name=path.name)  # a pipe or a device would never end
        if facts.st_size > limits.most_bytes:
            raise too_large(path.name, facts.st_size, limits)
        return path.read_bytes()
    except OSError as fault:
        code = _BY_FAULT.get(os_fault(fault))
        if code is None:
            raise files.environment_problem(fault) from fault
        raise UserError(code, name=path.name, path=str(path)) from fault
