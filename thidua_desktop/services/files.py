"""Files that people ask for (papers, figures, exports): written whole under a temporary name, or not at all."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path``; raises TD-ENV-… (full, read-only, pulled) and leaves nothing half written."""
    from thidua_desktop.sync.deliver import deliver_bytes

    return deliver_bytes(content, path.absolute().parent, path.name)
