"""Whose office file it is, and who may open it."""

from __future__ import annotations

import json
from typing import NamedTuple

from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.open_database import OpenDatabase


class OfficeIdentity(NamedTuple):
    """The office. ``kind``: "commune" or "province"; the letterhead lines stand above every paper."""

    code: str
    name: str
    kind: str = "commune"
    province_code: str = ""
    province_name: str = ""
    header_parent: str = ""
    header_issuer: str = ""
    place: str = ""
    symbol_suffix: str = ""


class NewUser(NamedTuple):
    """A user to be. ``role``: officer, leader or administrator."""

    name: str
    login: str
    role: str = "administrator"


class User(NamedTuple):
    """A user of the office file."""

    login: str
    name: str
    role: str
    active: bool = True


class Users:
    """The users of one open office file."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def all(self) -> list[User]:
        """All users by name."""
        rows = self._database.all("SELECT login, name, role, active FROM user ORDER BY name, login")
        return [User(row[0], row[1], row[2], bool(row[3])) for row in rows]

    def get(self, login: str) -> User | None:
        """The user of a login, or None."""
        return next((user for user in self.all() if user.login == login), None)

    def put(self, user: User) -> None:
        """Add or change a user (the password is a key slot: ``OfficeFile.set_password``)."""
        self._database.run(
            "INSERT INTO user (login, name, role, active) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (login) DO UPDATE SET name = excluded.name, role = excluded.role, active = excluded.active",
            (user.login, user.name, user.role, int(user.active)),
        )


def write_identity(database: OpenDatabase, identity: OfficeIdentity) -> None:
    """Store the office's identity."""
    database.run(
        "INSERT OR REPLACE INTO setting (name, value) VALUES ('office.identity', ?)",
        (compact_json(identity._asdict()),),
    )


def parse_identity(stored: str) -> OfficeIdentity:
    """The identity as stored; names that this version does not know are left out."""
    known = OfficeIdentity._fields
    return OfficeIdentity(**{name: value for name, value in json.loads(stored).items() if name in known})
