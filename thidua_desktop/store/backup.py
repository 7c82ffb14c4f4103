"""Copies of the office file that are complete and checked, and new recovery sheets."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.store import key_slots, recovery_sheet
from thidua_desktop.store.connection import APPLICATION_ID, DatabaseError, connect
from thidua_desktop.store.durable_files import replace_patiently
from thidua_desktop.store.environment import code_of, told_to_the_person
from thidua_desktop.store.identity import parse_identity
from thidua_desktop.store.open_database import OpenDatabase

if TYPE_CHECKING:
    from sqlite3 import Connection


_MARGIN = 16 * 1024 * 1024  # bytes left free beside a copy
_UNFINISHED = ".part"


class Contents(NamedTuple):
    """What a copy holds: its office, the last change (number, digest as hex) and living records by register."""

    office: str
    name: str
    installation: str
    last_change: int
    digest: str
    counts: dict[str, int]


def backup(database: OpenDatabase, key: bytes, target: Path) -> None:
    """Copy the file as it stands now to ``target``, key slots beside it, and check the copy before it gets its name.

    UserError TD-STORE-019 when the copy is not sound, 300 without room for it, TD-ENV-… when it cannot be written.
    """
    with told_to_the_person(target):
        require_room(database.path, target.parent)
        _copy(database.connection, database.path, key, target)


def copy_before_upgrade(connection: Connection, path: Path, key: bytes, version: int) -> Path:
    """A copy beside the file, named after the schema that it still has; an older copy of that name is replaced."""
    target = path.with_name(f"{path.stem}.before-upgrade-{version >> 16}.{version & 0xFFFF}{path.suffix}")
    _copy(connection, path, key, target)
    return target


def require_room(path: Path, folder: Path) -> None:
    """UserError TD-STORE-300 unless ``folder`` has room for a copy of the file at ``path``."""
    needed, free = path.stat().st_size + _MARGIN, shutil.disk_usage(folder).free
    if free < needed:
        raise UserError("TD-STORE-300", path=str(folder), free=free // 1_000_000, needed=needed // 1_000_000)


def remove_unfinished(folder: Path, stem: str) -> int:
    """Remove what copies of the office file ``stem`` that were cut short left in ``folder``; how many files."""
    found = [one for one in folder.glob(f"*{_UNFINISHED}*") if one.name.startswith(f"{stem}-") and one.is_file()]
    for one in found:
        with contextlib.suppress(OSError):
            one.unlink()
    return len(found)


def remove_copy(target: Path) -> None:
    """Remove a copy and the key slots beside it."""
    with told_to_the_person(target):
        target.unlink(missing_ok=True)
        for slots in (key_slots.slots_path(target), key_slots.second_slots_path(target)):
            slots.unlink(missing_ok=True)


def require_sound(copy: Path, key: bytes) -> None:
    """UserError TD-STORE-019 unless every page of the copy can be read with ``key``, 020 when it is gone."""
    with told_to_the_person(copy):
        if not copy.is_file():  # SQLite would make one
            raise UserError("TD-STORE-020", path=str(copy))
        _require_sound(copy, key, copy)


def look_into(copy: Path, key: bytes) -> Contents:
    """What the copy holds, whatever version wrote it; UserError TD-STORE-002 when the key does not open it, 004."""
    with told_to_the_person(copy):
        if not copy.is_file():
            raise UserError("TD-STORE-020", path=str(copy))
        connection = connect(copy, key, read_only=True)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise UserError("TD-STORE-002", path=str(copy))  # an empty file is a database of nothing
            return _contents(connection)
        finally:
            connection.close()


def _contents(connection: Connection) -> Contents:
    stored = dict(connection.execute("SELECT name, value FROM setting WHERE name LIKE 'office.%'").fetchall())
    identity = parse_identity(stored["office.identity"])
    last = connection.execute("SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    counts = {
        str(name): int(connection.execute(f'SELECT count(*) FROM "{name}" WHERE deleted = 0').fetchone()[0])
        for (name,) in connection.execute("SELECT register FROM register_number ORDER BY 1").fetchall()
    }
    return Contents(
        office=identity.code, name=identity.name, installation=str(stored["office.installation"]).strip('"'),
        last_change=last[0] if last else 0, digest=last[1].hex() if last else "", counts=counts,
    )  # fmt: skip


def new_recovery_sheet(path: Path, key: bytes, random_bytes: Callable[[int], bytes] | None = None) -> str:
    """Replace the recovery slot; the text of the new sheet."""
    secret = (random_bytes or secrets.token_bytes)(recovery_sheet.SECRET_BYTES)
    kept = [slot for slot in key_slots.read_slots(path) if slot.kind != "recovery"]
    with told_to_the_person(path):
        key_slots.write_slots(path, [*kept, key_slots.recovery_slot(key, secret)])
    return recovery_sheet.sheet_text(secret)


def rescue(database: OpenDatabase, key: bytes, target: Path) -> None:
    """A complete, checked copy of an open file that was deleted; UserError TD-STORE-019 and those of a full disk."""
    with told_to_the_person(target):
        _copy(database.connection, database.path, key, target)


def _copy(connection: Connection, path: Path, key: bytes, target: Path) -> None:
    unfinished = target.with_name(target.name + _UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        _require_sound(unfinished, key, target)
        key_slots.copy_slots(path, target)
        replace_patiently(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _require_sound(copy: Path, key: bytes, target: Path) -> None:
    """UserError TD-STORE-019 unless every page of the copy can be read."""
    connection = connect(copy, key, read_only=True)
    try:
        faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        answer = connection.execute("PRAGMA quick_check(1)").fetchone() if not faults else None
    except DatabaseError as problem:
        if code_of(problem) not in ("TD-STORE-002", "TD-STORE-004"):
            raise
        answer = None  # a page that cannot even be begun with
    finally:
        connection.close()
    if answer is None or answer[0] != "ok":
        raise UserError("TD-STORE-019", path=str(target))
