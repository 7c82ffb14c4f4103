"""Files that people ask for (papers, figures, exports): written whole under a temporary name, or not at all."""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.errors import UserError


def write_whole(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` and leave nothing half written.

    Raises TD-XFER-014 when there is no such folder, TD-ENV-… (full, read-only, pulled).
    """
    from thidua_desktop.sync.deliver import deliver_bytes

    folder = path.absolute().parent
    if not folder.is_dir():
        raise UserError("TD-XFER-014", path=path, reason="không có thư mục này.")
    return deliver_bytes(content, folder, path.name)


def environment_problem(fault: OSError) -> UserError:
    """What the system refused, in the program's words (TD-ENV-…)."""
    from thidua_desktop.store.environment import code_of

    return UserError(code_of(fault) or "TD-ENV-004", path=fault.filename or "tệp", detail=fault.strerror)
