"""Copies of the office file, when the last one was made, and when the file was last looked through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.paths import is_there
from thidua_desktop.services import access
from thidua_desktop.services.session import Changes, Permission, Session

LAST_BACKUP = "backup.last"
"""Setting: ISO time of the last copy; ``BACKUP_PATH`` says where it lies."""

BACKUP_PATH = "backup.path"
LAST_CHECK = "check.last"
BACKUP_FOLDER = "backup.folder"
REMIND_AFTER = "backup.remind_days"
USUAL_DAYS, LEAST_DAYS, MOST_DAYS = 3, 1, 60
"""A copy of so many days or more is said to be old."""


_FULL = "TD-ENV-001"


class Backup(NamedTuple):
    """A finished copy and when it was made; ``noted``: whether the office file had room to remember it."""

    path: Path
    at: datetime
    noted: bool = True

    def days_old(self, now: datetime) -> int:
        """Whole days by the calendar since it was made."""
        return (now.date() - self.at.date()).days


class FileCheck(NamedTuple):
    """When the file was looked through and how many things were found wrong."""

    at: datetime
    findings: int


def backup_now(session: Session, folder: Path) -> Backup:
    """A complete copy in ``folder``, named after file and minute, with its key file beside it; opened and read there.

    Raises TD-ENV-070 when the folder is not there, TD-STORE-019 when the copy is not sound, 391 when what stands there
    is not what was written, 300 without room, TD-ENV-… when it cannot be written.
    """
    if not is_there(folder, Path.is_dir):
        raise UserError("TD-ENV-070", path=str(folder))
    now = session.now()
    target = folder / f"{session.file.path.stem}-{now:%Y%m%d-%H%M%S}{session.file.path.suffix}"
    _unless_full(session.file.attached_files.sweep)  # what nobody can bring back need not be copied for ever
    least = session.file.changes.head()[0]
    session.file.backup_to(target)
    _verify_there(session, target, least)

    def note() -> None:
        session.file.settings.put(LAST_BACKUP, now.isoformat())
        session.file.settings.put(BACKUP_PATH, str(target))
        session.file.settings.put(BACKUP_FOLDER, str(folder))
        access.note_act(session, access.Act.BACKUP, "Ra USB, ổ khác")

    noted = _unless_full(note)
    session.announce(Changes(frozenset()))
    return Backup(target, now, noted)


def _unless_full(write: Callable[[], object]) -> bool:
    """Whether the office file could be written to: its own disk being full is no reason against a copy elsewhere, then
    least of all.
    """
    try:
        write()
    except UserError as refused:
        if refused.code != _FULL:
            raise
        return False
    return True


def _verify_there(session: Session, target: Path, least: int) -> None:
    """Open the copy where it lies, read-only, with the key; every page, the head of the log, and the key slots.

    ``least``: the last change when the copy was begun; work in the window goes on meanwhile.
    """
    try:
        session.file.require_sound(target)
        found = session.file.look_into(target)
        known = not found.last_change or session.file.changes.digest_of(found.last_change) == found.digest
        good = known and found.last_change >= least and session.file.has_slots_of(target)
    except UserError as refused:
        if refused.code.startswith("TD-ENV-"):
            raise
        good = False
    if not good:
        raise UserError("TD-STORE-391", path=str(target))


def remind_after(session: Session) -> int:
    """Days after which a copy in the second place is said to be old."""
    return int(session.file.settings.get(REMIND_AFTER, USUAL_DAYS))


def set_remind_after(session: Session, days: int) -> None:
    """Choose them; raises TD-STORE-220, TD-STORE-301 outside of 1 to 60."""
    session.require(Permission.MANAGE)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise UserError("TD-STORE-301", value=days, what="số ngày", least=LEAST_DAYS, most=MOST_DAYS)
    session.file.settings.put(REMIND_AFTER, days)
    session.announce(Changes(frozenset()))


def is_on_the_same_disk(session: Session, folder: Path) -> bool:
    """Whether the folder shares the disk of the office file: when that disk dies, both are lost."""
    try:
        return folder.stat().st_dev == session.file.path.parent.stat().st_dev
    except OSError:
        return False


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
