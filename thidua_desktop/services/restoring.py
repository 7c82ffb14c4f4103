"""What copies of the office file hold, whether they are sound, and what taking one back would leave out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.services.automatic_backups import Kept, folder_of, kept_in
from thidua_desktop.services.backups import backup_folder
from thidua_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class CopyView:
    """What a copy holds: its office, when and why it was made, living records by title of register.

    ``newer``: changes of the open file that the copy does not have; None when the copy is not an earlier state of it.
    """

    path: Path
    at: datetime | None
    why: str
    size: int
    office: str
    changes: int
    counts: tuple[tuple[str, int], ...]
    newer: int | None


def known_copies(session: Session) -> list[Kept]:
    """Copies in the automatic folder and in the second place, the newest first."""
    office, second = session.file.path, backup_folder(session)
    folders = {folder_of(session), *([second] if second is not None else [])}
    found = [one for folder in folders for one in kept_in(folder, office)]
    return sorted(found, key=lambda one: (one.at, one.path.name), reverse=True)


def look_at_copy(session: Session, path: Path) -> CopyView:
    """What a copy of this office holds; raises TD-STORE-002 (other file), 020 (gone), 302 (another office's)."""
    found = session.file.look_into(path)
    identity = session.file.identity
    if found.office != identity.code:
        raise UserError("TD-STORE-302", path=path.name, office=found.name, own=identity.name)
    registers = session.definitions.registers
    counts = [(registers[name].title, count) for name, count in found.counts.items() if name in registers and count]
    kept = next((one for one in kept_in(path.parent, session.file.path) if one.path == path), None)
    return CopyView(
        path, kept.at if kept else None, kept.why if kept else "", path.stat().st_size, found.name, found.last_change,
        tuple(counts), _newer(session, found.last_change, found.digest),
    )  # fmt: skip


def verify_copy(session: Session, path: Path) -> None:
    """Read every page of a copy; raises TD-STORE-019 when it is not sound, 020 when it is gone."""
    session.file.require_sound(path)


def _newer(session: Session, last: int, digest: str) -> int | None:
    if last and session.file.changes.digest_of(last) != digest:
        return None
    return session.file.changes.head()[0] - last
