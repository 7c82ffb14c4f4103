"""What copies of the office file hold, what taking one back would leave out, and taking one back.

A restored office is another installation of its office (``handoff.key_care``). What is open is kept aside as a copy
first and stays untouched until the swap.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.kept_definitions import kept_definitions
from thidua_desktop.services import access, automatic_backups, offices, password_waits, recovery
from thidua_desktop.services.automatic_backups import Kept, Step, automatic_folder, folder_of, kept_in
from thidua_desktop.services.backups import BACKUP_FOLDER, BACKUP_PATH, LAST_BACKUP, backup_folder, last_backup
from thidua_desktop.services.handoff.key_care import give_new_installation
from thidua_desktop.services.session import PERMISSIONS, Clock, Permission, Role, Session
from thidua_desktop.store import backup, restore_files
from thidua_desktop.store.key_slots import KeySlot

_INPUT_OUTPUT = "TD-ENV-004"
_DAMAGED = frozenset({"TD-STORE-004", "TD-STORE-019", _INPUT_OUTPUT})
"""Refusals of a file that is damaged itself; of the last one it has to be seen whether the copy's disk is not."""


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


@dataclass(frozen=True, slots=True)
class Ready:
    """A restore of which only the swap is left. ``aside``: where what is open now was kept."""

    aside: Path
    state: str


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


def make_ready(session: Session, copy: Path) -> Ready:
    """Everything of a restore but the swap, over a worker's session: what is open stays untouched.

    The copy is checked, brought up to date and made another installation of this office; the open file is kept aside
    as a copy. Raises TD-STORE-220, 302 (another office's copy), 019 (not sound), 002, 300 (no room), TD-ENV-….
    """
    session.require(Permission.MANAGE)
    look_at_copy(session, copy)
    user, clock = session.user, session.clock
    file = session.file.make_ready(copy)
    fresh = Session(file.definitions, file, user, clock)
    try:
        for one in session.file.users.all():
            fresh.file.users.put(one)
        # As the passwords, they are those of today; where copies were put last is a fact about sticks and disks.
        for name in (offices.TEMPORARY, recovery.SHEET, LAST_BACKUP, BACKUP_PATH, BACKUP_FOLDER):
            fresh.file.settings.put(name, session.file.settings.get(name))
        _finish(fresh, session.file.path, copy)
        aside = _keep_aside(session)
    finally:
        fresh.close()
    return Ready(aside, _state(session))


def require_unchanged(session: Session, ready: Ready) -> None:
    """Raises TD-STORE-303 when something was written since ``make_ready``, 390 when the disk did not take all of what
    was made ready."""
    if _state(session) != ready.state:
        raise UserError("TD-STORE-303")
    restore_files.require_whole(session.file.path)


def put_in_place(session: Session, ready: Ready) -> Session:
    """The swap: ``session`` is closed, the restored office open in its place, for the same person.

    Raises as ``require_unchanged``; then nothing was done.
    """
    session.require(Permission.MANAGE)
    require_unchanged(session, ready)
    file = session.file.swap()
    restored = Session(file.definitions, file, session.user, session.clock)
    access.note_act(restored, access.Act.RESTORE)
    return restored


def restore(session: Session, copy: Path) -> Session:
    """Both steps in one, in the thread of ``session``; raises what they raise."""
    return put_in_place(session, make_ready(session, copy))


def newest_good(path: Path, password: str, login: str | None = None) -> Kept | None:
    """The newest sound copy of an office file that does not open any more, None when there is none.

    Raises TD-STORE-001 for a wrong password, 006/007 without a readable key file.
    """
    key = _key(path, password, login)[0]
    for one in kept_in(automatic_folder(path), path):
        with suppress(UserError):
            backup.require_sound(one.path, key)
            return one
    return None


def restore_damaged(
    path: Path, copy: Path, password: str, login: str | None = None, clock: Clock | None = None
) -> Session:
    """Put a copy in the place of a damaged office file, which is kept byte for byte; the office is open then.

    Raises TD-STORE-001, 019, 220 (only who manages the office), 300, 304 (not known in the copy), 390 (the disk did not
    take it all), TD-ENV-….
    """
    key, slot = _key(path, password, login)
    _require_manager_now(path, key, slot)
    definitions, moment = kept_definitions(), clock or Clock()
    file = restore_files.make_ready(path, key, definitions, copy, None, slot)
    if file.login is None:
        file.close()
        raise UserError("TD-STORE-304")
    fresh = offices.session_of(file, moment)
    try:
        fresh.require(Permission.MANAGE)
        if fresh.user.login in fresh.file.settings.get(offices.TEMPORARY, []):
            raise UserError("TD-STORE-376", path=path.name)
        _finish(fresh, path, copy)
        restore_files.keep_damaged(path, automatic_folder(path), moment.now())
    finally:
        fresh.close()
    restored = offices.session_of(restore_files.swap(path, key, definitions, fresh.user.login), moment)
    access.note_act(restored, access.Act.RESTORE, "Tệp hỏng")
    return restored


def _require_manager_now(path: Path, key: bytes, slot: KeySlot) -> None:
    """Roles of today count, as far as they can be read, before those of the copy: who was given another is not back."""
    known = restore_files.user_in(path, key, slot)
    if known is not None and not (known.active and Permission.MANAGE in PERMISSIONS[Role(known.role)]):
        raise UserError("TD-STORE-220", name=known.name, what="khôi phục sổ")


def _finish(fresh: Session, office: Path, copy: Path) -> None:
    """The restored office is another installation; what the copy said of automatic copies is no longer so.

    A copy that people made, in a place of their own, is itself a copy of what stands here now.
    """
    give_new_installation(fresh)
    for name in (automatic_backups.LAST, automatic_backups.FAILED):
        fresh.file.settings.put(name, None)
    kept = next((one for one in kept_in(copy.parent, office) if one.path == copy), None)
    known = last_backup(fresh)
    if kept is None or copy.parent == automatic_folder(office) or (known is not None and known.at >= kept.at):
        return
    fresh.file.settings.put(LAST_BACKUP, kept.at.isoformat())
    fresh.file.settings.put(BACKUP_PATH, str(copy))


def _keep_aside(session: Session) -> Path:
    """A copy of what is open now; of a damaged file, which cannot be copied soundly, its bytes."""
    try:
        made = automatic_backups.take(session, Step.RESTORE)
    except UserError as refused:
        if refused.code not in _DAMAGED or (refused.code == _INPUT_OUTPUT and not _has_damaged_pages(session)):
            raise
        return restore_files.keep_damaged(session.file.path, folder_of(session), session.now())
    return made or Path(session.file.settings.get(automatic_backups.LAST)["path"])


def _has_damaged_pages(session: Session) -> bool:
    try:
        return bool(session.file.page_faults())
    except UserError:
        return True


def _state(session: Session) -> str:
    """What ``make_ready`` and the swap must find alike; of a damaged file as far as it can be read."""
    try:
        return session.file.content_state()
    except UserError as refused:
        if refused.code not in _DAMAGED:
            raise
        return refused.code


def _key(path: Path, password: str, login: str | None) -> tuple[bytes, KeySlot]:
    with password_waits.one_guess(path):
        found = restore_files.key_of(path, password, login)
        if found is None:
            raise UserError("TD-STORE-001", path=path.name)
    return found
