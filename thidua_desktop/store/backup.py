"""Copies of the office file that are complete and checked, and new recovery sheets."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.store import key_slots, recovery_sheet
from thidua_desktop.store.connection import connect
from thidua_desktop.store.durable_files import replace_patiently, write_durably
from thidua_desktop.store.environment import told_to_the_person
from thidua_desktop.store.open_database import OpenDatabase

if TYPE_CHECKING:
    from sqlite3 import Connection


def backup(database: OpenDatabase, key: bytes, target: Path) -> None:
    """Copy the file as it stands now to ``target``, key slots beside it, and check the copy before it gets its name."""
    with told_to_the_person(target):
        _copy(database.connection, database.path, key, target)


def copy_before_upgrade(connection: Connection, path: Path, key: bytes, version: int) -> Path:
    """A copy beside the file, named after the schema that it still has; an older copy of that name is replaced."""
    target = path.with_name(f"{path.stem}.before-upgrade-{version >> 16}.{version & 0xFFFF}{path.suffix}")
    _copy(connection, path, key, target)
    return target


def new_recovery_sheet(path: Path, key: bytes, random_bytes: Callable[[int], bytes] | None = None) -> str:
    """Replace the recovery slot; the text of the new sheet."""
    secret = (random_bytes or secrets.token_bytes)(recovery_sheet.SECRET_BYTES)
    kept = [slot for slot in key_slots.read_slots(path) if slot.kind != "recovery"]
    with told_to_the_person(path):
        key_slots.write_slots(path, [*kept, key_slots.recovery_slot(key, secret)])
    return recovery_sheet.sheet_text(secret)


def _copy(connection: Connection, path: Path, key: bytes, target: Path) -> None:
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        _require_sound(unfinished, key, target)
        write_durably(key_slots.slots_path(target), key_slots.slots_path(path).read_bytes())
        replace_patiently(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _require_sound(copy: Path, key: bytes, target: Path) -> None:
    """UserError TD-STORE-019 unless every page of the copy can be read."""
    connection = connect(copy, key, read_only=True)
    try:
        faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()
    finally:
        connection.close()
    if faults or answer is None or answer[0] != "ok":
        raise UserError("TD-STORE-019", path=str(target))
