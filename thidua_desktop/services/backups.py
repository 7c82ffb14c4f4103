"""Copies of the office file, when the last one was made, and when the file was last looked through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from thidua_desktop.services import access
from thidua_desktop.services.session import Changes, Session

LAST_BACKUP = "backup.last"
"""Setting: ISO time of the last copy; ``BACKUP_PATH`` says where it lies."""

BACKUP_PATH = "backup.path"
LAST_CHECK = "check.last"
BACKUP_FOLDER = "backup.folder"
OLD_AFTER_DAYS = 3
"""A copy of this age or older is said to be old."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished copy and when it was made."""

    path: Path
    at: datetime

    def days_old(self, now: datetime) -> int:
        """Whole days by the calendar since it was made."""
        return (now.date() - self.at.date()).days


@dataclass(frozen=True, slots=True)
class FileCheck:
    """When the file was looked through and how many things were found wrong."""

    at: datetime
    findings: int


def backup_now(session: Session, folder: Path) -> Backup:
    """A complete, checked copy in ``folder``, named after file and minute, with its key file beside it.

    Raises TD-STORE-019 when the copy is not sound, TD-ENV-… when it cannot be written.
    """
    now = session.now()
    target = folder / f"{session.file.path.stem}-{now:%Y%m%d-%H%M%S}{session.file.path.suffix}"
    session.file.attached_files.sweep()  # what nobody can bring back need not be copied for ever
    session.file.backup_to(target)
    session.file.settings.put(LAST_BACKUP, now.isoformat())
    session.file.settings.put(BACKUP_PATH, str(target))
    session.file.settings.put(BACKUP_FOLDER, str(folder))
    access.note_act(session, access.Act.BACKUP, "Ra USB, ổ khác")
    session.announce(Changes(frozenset()))
    return Backup(target, now)


def last_backup(session: Session) -> Backup | None:
    """The newest copy made by this file's people, None before the first."""
    stored = session.file.settings.get(LAST_BACKUP)
    if not stored:
        return None
    return Backup(Path(session.file.settings.get(BACKUP_PATH, "")), datetime.fromisoformat(stored))


def backup_folder(session: Session) -> Path | None:
    """Where the last copy went, for the next one."""
    stored = session.file.settings.get(BACKUP_FOLDER)
    return Path(stored) if stored else None


def remember_check(session: Session, findings: int) -> FileCheck:
    """Write down that the whole file was looked through now."""
    now = session.now()
    session.file.settings.put(LAST_CHECK, {"at": now.isoformat(), "findings": findings})
    return FileCheck(now, findings)


def last_check(session: Session) -> FileCheck | None:
    """The last look through the whole file, None before the first."""
    stored = session.file.settings.get(LAST_CHECK)
    return FileCheck(datetime.fromisoformat(stored["at"]), int(stored["findings"])) if stored else None
