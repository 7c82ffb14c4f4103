"""Making and opening office files, and telling apart everything that can be wrong with one."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.growing import office_definitions
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.store import backup, key_slots, migrations, recovery_sheet, waiting_drafts
from thidua_desktop.store.connection import APPLICATION_ID, PAGE_SIZE, DatabaseError, connect, use_wal
from thidua_desktop.store.durable_files import replace_patiently
from thidua_desktop.store.environment import code_of, told_to_the_person
from thidua_desktop.store.file_lock import FileLock, lock_path
from thidua_desktop.store.identity import NewUser, OfficeIdentity, User, Users, parse_identity, write_identity
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.store.office_calendars import learn_calendars
from thidua_desktop.store.office_definitions import learn_definitions
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.open_file import FileAccess, OfficeFile, releasing_on_failure
from thidua_desktop.store.settings import Settings, write_secret
from thidua_desktop.store.survey_forms import learn_surveys

if TYPE_CHECKING:
    from sqlite3 import Connection

_FOREIGN_STARTS = (
    b"SQLite format 3",
    b"PK\x03\x04",
    b"%PDF",
    b"MZ\x90\x00",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"age-encryption",
)


class Created(NamedTuple):
    """A new office file, open, and the text of its recovery sheet (shown once)."""

    file: OfficeFile
    recovery: str


def create_office(
    path: Path, definitions: Definitions, office: OfficeIdentity, user: NewUser, password: str, now: datetime,
    keys_blob: bytes = b"", *, cost: KeyCost = KeyCost(),  # noqa: B008  a frozen value
) -> Created:  # fmt: skip
    """Make an office file; UserError TD-STORE-017 when there is something at ``path``, TD-ENV-… when it cannot be
    written.

    ``keys_blob``: the office's own keys as sync wrote them.
    """
    if path.exists():
        raise UserError("TD-STORE-017", path=str(path))
    key, secret = secrets.token_bytes(key_slots.KEY_BYTES), secrets.token_bytes(recovery_sheet.SECRET_BYTES)
    with told_to_the_person(path):
        lock = FileLock(path)
    with releasing_on_failure(lock), told_to_the_person(path):
        unfinished = path.with_name(path.name + ".new")
        for leftover in _with_companions(unfinished):
            leftover.unlink(missing_ok=True)
        _build(unfinished, key, definitions, office, user, keys_blob)
        slots = [key_slots.password_slot(key, user.login, password, cost), key_slots.recovery_slot(key, secret)]
        key_slots.write_slots(path, slots)
        replace_patiently(unfinished, path)
        file = OfficeFile(_access(path, key, lock, definitions, user.login))
    return Created(file, recovery_sheet.sheet_text(secret))


def remove_new(path: Path) -> None:
    """Remove a closed office file that was made this moment, and everything beside it that is its own."""
    with told_to_the_person(path):
        beside = (key_slots.slots_path(path), key_slots.second_slots_path(path), waiting_drafts.waiting_path(path))
        for one in (*_with_companions(path), *beside, lock_path(path)):
            one.unlink(missing_ok=True)


def open_office(path: Path, definitions: Definitions, password: str, login: str | None = None) -> OfficeFile:
    """Open with a password.

    UserError: TD-STORE-001 wrong password, 002 not an office file, 003 newer version, 004 damaged, 005 open elsewhere,
    006 key file missing, 007 key file unreadable, 020 no such file.
    """
    slots = _readable_slots(path)
    found = key_slots.unlock_with_password(slots, password, login)
    if found is None:
        raise UserError("TD-STORE-001", path=path.name)
    key, slot = found
    return open_with_key(path, key, definitions, None, slot)


def open_with_recovery(path: Path, definitions: Definitions, sheet: str) -> OfficeFile:
    """Open with the recovery sheet, or with a rescue sheet of the province.

    UserError as ``open_office``, TD-STORE-008/009/010 misread, 021 of another file.
    """
    secret = recovery_sheet.read_sheet(sheet)
    found = key_slots.unlock_with_secret(_readable_slots(path), secret)
    if found is None:
        raise UserError("TD-STORE-021", path=path.name)
    file = open_with_key(path, found[0], definitions, None)
    file.rescued = found[1].kind == key_slots.ESCROW
    return file


def open_with_key(
    path: Path, key: bytes, definitions: Definitions, login: str | None, slot: key_slots.KeySlot | None = None
) -> OfficeFile:
    """Open with the key itself, for whoever has just proved to have it (``restore_files``)."""
    with told_to_the_person(path):
        lock = FileLock(path)
    with releasing_on_failure(lock), told_to_the_person(path):
        return OfficeFile(_access(path, key, lock, definitions, login, slot))


def _readable_slots(path: Path) -> tuple[key_slots.KeySlot, ...]:
    """The key slots, after a first look at the file itself."""
    with told_to_the_person(path):
        if not path.is_file():
            raise UserError("TD-STORE-020", path=str(path))
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(16)
        has_keys = key_slots.slots_path(path).exists() or key_slots.second_slots_path(path).exists()
        shaped = size >= PAGE_SIZE and (size % PAGE_SIZE == 0 or has_keys)
        if start.startswith(_FOREIGN_STARTS) or not shaped:
            raise UserError("TD-STORE-002", path=str(path))
        return key_slots.read_slots(path)


def _access(
    path: Path, key: bytes, lock: FileLock, definitions: Definitions, login: str | None,
    slot: key_slots.KeySlot | None = None,
) -> FileAccess:  # fmt: skip
    connection = _connect_to_ours(path, key)
    try:
        migrations.refuse_newer(connection, str(path))
        use_wal(connection)
        _upgrade(connection, path, key)
        identity, installation = _read_identity(connection)
        login = login or _login_of(connection, slot)
        own = office_definitions(definitions)
        learn_surveys(connection, own)
        learn_calendars(connection, own)
        learn_definitions(connection, own)
        waiting_drafts.move_in(connection, path, key)
    except BaseException:
        connection.close()
        raise
    return FileAccess(path, key, lock, connection, definitions, own, identity, installation, login)


def _connect_to_ours(path: Path, key: bytes) -> Connection:
    """The key is right (its wrapping says so): what cannot be read now is damaged or was put in the file's place.

    It may be opened in one thread and used in another.
    """
    try:
        connection = connect(path, key, movable=True)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DatabaseError as problem:
        if code_of(problem) in ("TD-STORE-002", "TD-STORE-004"):
            raise UserError("TD-STORE-004", path=str(path)) from problem
        raise
    if application != APPLICATION_ID:
        connection.close()
        raise UserError("TD-STORE-002", path=str(path))
    return connection


def _upgrade(connection: Connection, path: Path, key: bytes) -> None:
    """Take pending schema steps; before the first one, a copy of the file as it was."""
    if not migrations.pending_steps(connection):
        return
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    backup.copy_before_upgrade(connection, path, key, version)
    migrations.migrate(connection)


def _read_identity(connection: Connection) -> tuple[OfficeIdentity, str]:
    stored = dict(connection.execute("SELECT name, value FROM setting WHERE name LIKE 'office.%'").fetchall())
    return parse_identity(stored["office.identity"]), str(stored["office.installation"]).strip('"')


def _login_of(connection: Connection, slot: key_slots.KeySlot | None) -> str | None:
    """Who opened the file: the user whose login the slot was made for."""
    if slot is None:
        return None
    logins = [row[0] for row in connection.execute("SELECT login FROM user")]
    return next((login for login in logins if key_slots.belongs_to(slot, login)), None)


def _build(
    path: Path, key: bytes, definitions: Definitions, office: OfficeIdentity, user: NewUser, keys_blob: bytes
) -> None:
    """A complete new database at ``path``, closed again."""
    connection = connect(path, key)
    try:
        use_wal(connection)
        migrations.migrate(connection)
        database = OpenDatabase(path, connection, definitions, office.code, "")
        with database.atomic():
            write_identity(database, office)
            import uuid

            Settings(database).put("office.installation", str(uuid.uuid4()))
            Users(database).put(User(user.login, user.name, user.role))
            write_secret(database, "sync.office_keys", keys_blob)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()


def _with_companions(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))]
