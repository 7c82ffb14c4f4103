"""Files that people ask for (papers, figures, exports): written whole under a temporary name, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import fault_words
from thidua_desktop.paths import is_there

_MARGIN = 4 * 1024 * 1024


def write_whole(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` and leave nothing half written.

    Raises TD-XFER-014 when there is no such folder, TD-ENV-073 without room for it, TD-ENV-… (full, read-only, pulled).
    """
    from thidua_desktop.sync.deliver import deliver_bytes

    folder = path.absolute().parent
    if not is_there(folder, Path.is_dir):
        raise UserError("TD-XFER-014", path=path, reason="không có thư mục này.")
    require_room(folder, len(content))
    return deliver_bytes(content, folder, path.name)


def require_room(folder: Path, needed: int) -> None:
    """UserError TD-ENV-073 unless ``needed`` bytes and a margin are free where ``folder`` lies: before long work."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # whoever writes there will say what is wrong
    if free < needed + _MARGIN:
        needed_mb = (needed + _MARGIN) // 1_000_000
        raise UserError("TD-ENV-073", path=str(folder), free=free // 1_000_000, needed=needed_mb)


def environment_problem(fault: OSError) -> UserError:
    """What the system refused, in the program's words (TD-ENV-…)."""
    from thidua_desktop.store.environment import code_of

    return UserError(code_of(fault) or "TD-ENV-004", path=fault.filename or "tệp", detail=fault_words(fault))
