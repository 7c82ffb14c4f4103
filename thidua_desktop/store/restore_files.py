"""An earlier copy put in the place of an office file: made ready beside it, swapped in one step.

Until the swap the office file is as it was; whatever is cut short leaves only ``<name>.restoring…`` files, which the
next attempt removes. The key slots of the office file stay: passwords are those of today, whatever the copy's age.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from datetime import datetime
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.store import backup, key_slots, office_file
from thidua_desktop.store.connection import DatabaseError, connect
from thidua_desktop.store.durable_files import replace_patiently
from thidua_desktop.store.environment import told_to_the_person
from thidua_desktop.store.file_lock import FileLock
from thidua_desktop.store.identity import User
from thidua_desktop.store.key_slots import slots_path
from thidua_desktop.store.open_file import OfficeFile

_READY = ".restoring"


def make_ready(
    path: Path, key: bytes, definitions: Definitions, copy: Path, login: str | None,
    slot: key_slots.KeySlot | None = None,
) -> OfficeFile:  # fmt: skip
    """The copy beside the office file ``path``, checked, brought up to date and open; close it before the swap.

    UserError TD-STORE-019 not sound, 002 of another key, 003 of a newer program, 300 no room, TD-ENV-….
    """
    ready = _ready(path)
    backup.look_into(copy, key)
    with told_to_the_person(path):
        _clear(path)
        backup.require_room(copy, path.parent)
        shutil.copyfile(copy, ready)
        shutil.copyfile(_slots_of(path, copy), slots_path(ready))
        _flush(ready)
    try:
        backup.require_sound(ready, key)
        return office_file.open_with_key(ready, key, definitions, login, slot)
    except BaseException:
        with contextlib.suppress(OSError):
            _clear(path)
        raise


def swap(path: Path, key: bytes, definitions: Definitions, login: str | None) -> OfficeFile:
    """Put what ``make_ready`` left in the place of the office file, which must be closed; it is open again then.

    UserError TD-STORE-390 as ``require_whole``.
    """
    require_whole(path)
    with told_to_the_person(path):
        lock = FileLock(path)
        try:
            if not slots_path(path).exists() and not key_slots.second_slots_path(path).exists():
                shutil.copyfile(slots_path(_ready(path)), slots_path(path))
            for companion in ("-wal", "-shm"):  # of the file that goes: they must not be read into the other one
                path.with_name(path.name + companion).unlink(missing_ok=True)
            replace_patiently(_ready(path), path)
        finally:
            lock.release()
        _clear(path)
    return office_file.open_with_key(path, key, definitions, login)


def require_whole(path: Path) -> None:
    """UserError TD-STORE-390 unless all of what ``make_ready`` left stands in the one file that the swap moves.

    A disk that filled meanwhile leaves a part of it in the log beside it: the file alone would be damaged.
    """
    log = _ready(path).with_name(_ready(path).name + "-wal")
    if log.exists() and log.stat().st_size:
        raise UserError("TD-STORE-390", path=path.name)


def keep_damaged(path: Path, folder: Path, now: datetime) -> Path:
    """The damaged file byte for byte, with its log and its slots, in a folder of its own under ``folder``."""
    aside = folder / f"{path.stem}-hong-{now:%Y%m%d-%H%M%S}"
    with told_to_the_person(aside):
        aside.mkdir(parents=True, exist_ok=True)
        for one in (path, path.with_name(path.name + "-wal"), slots_path(path)):
            if one.exists():
                backup.require_room(one, aside)
                shutil.copyfile(one, aside / one.name)
    return aside


def key_of(path: Path, password: str, login: str | None) -> tuple[bytes, key_slots.KeySlot] | None:
    """The key that ``password`` opens in the slots beside ``path``, or None; UserError TD-STORE-006, 007, 003."""
    return key_slots.unlock_with_password(key_slots.read_slots(path), password, login)


def user_in(path: Path, key: bytes, slot: key_slots.KeySlot) -> User | None:
    """Who ``slot`` is in the office file as it is, damaged or not; None where that cannot be read (any more)."""
    if not path.is_file():
        return None
    try:
        with contextlib.closing(connect(path, key, read_only=True)) as connection:
            rows = connection.execute("SELECT login, name, role, active FROM user").fetchall()
    except DatabaseError:
        return None
    known = (User(login, name, role, bool(active)) for login, name, role, active in rows)
    return next((user for user in known if key_slots.belongs_to(slot, user.login)), None)


def _ready(path: Path) -> Path:
    return path.with_name(path.name + _READY)


def _slots_of(path: Path, copy: Path) -> Path:
    own = [slots_path(path), key_slots.second_slots_path(path), slots_path(copy)]
    return next((one for one in own if one.is_file()), own[-1])


def _clear(path: Path) -> None:
    """Remove what an attempt left beside the office file."""
    for one in path.parent.iterdir():
        if one.name.startswith(path.name) and _READY in one.name:
            one.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
