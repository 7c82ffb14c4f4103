"""The office file went away while it was open: deleted or renamed by another program. All of it is written anew.

Windows refuses to delete an open file; on Linux the program would go on writing into a file that nobody finds again.
"""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.services.session import Session

_NAME = "{stem}-cuu{ending}"


def is_gone(session: Session) -> bool:
    """Whether the office file no longer stands where it was opened; a disk that cannot say tells at the next write."""
    try:
        return not session.file.path.exists()
    except OSError:
        return False


def rescue(session: Session) -> Path:
    """Write everything into a new office file beside the old place, key slots too; a rescue before it is replaced.

    UserError TD-STORE-019, 300 and those of a folder that cannot be written.
    """
    path = session.file.path
    target = path.with_name(_NAME.format(stem=path.stem, ending=path.suffix))
    session.file.backup_to(target, gone=True)
    return target
