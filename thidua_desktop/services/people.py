"""The people of an office: let in, let go, given another role, given a new password when theirs is forgotten.

A password that an administrator gives is temporary: it opens nothing but the change to an own one
(``open_with_temporary``). There is always somebody who manages the office.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.kept_definitions import kept_definitions
from thidua_desktop.services import access, file_places, password_waits
from thidua_desktop.services.access import Act
from thidua_desktop.services.offices import TEMPORARY, check_login, session_of, suggested_login
from thidua_desktop.services.password_rules import check_password
from thidua_desktop.services.session import PERMISSIONS, Changes, Clock, Permission, Role, Session, User
from thidua_desktop.store import office_file
from thidua_desktop.store.identity import User as StoredUser
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.text import clean

_LETTERS = "abcdefghkmnpqrstuvwxyz"  # none that is taken for another
_GROUPS, _GROUP = 3, 4


class Given(NamedTuple):
    """A temporary password, said once to the person that it is for."""

    user: User
    password: str


def add_user(
    session: Session, *, name: str, login: str, role: Role, password: str, cost: KeyCost | None = None
) -> User:
    """Let another person in.

    Raises TD-STORE-220 without permission, 203 to 207 for what will not do, 374 for a login that is taken.
    """
    session.require(Permission.MANAGE)
    if not clean(name):
        raise UserError("TD-STORE-206")
    checked = login.strip().lower() or suggested_login(name)
    check_login(checked)
    known = session.file.users.get(checked)
    if known is not None and known.active:
        raise UserError("TD-STORE-374", login=checked, name=known.name)
    check_password(password, checked, name, session.file.identity.name)
    user = User(checked, clean(name), role)
    session.file.set_password(StoredUser(user.login, user.name, str(role)), password, cost or KeyCost())
    _set_temporary(session, checked, False)
    access.note_act(session, Act.USER_ADDED, f"{checked}:{ROLES[role]}")
    return user


def remove_user(session: Session, login: str) -> None:
    """Take a person's password away.

    Raises TD-STORE-220 without permission, 018 for the last password, 373 for the last who manages the office.
    """
    session.require(Permission.MANAGE)
    _keep_one_manager(session, login)
    session.file.remove_password(login)
    _set_temporary(session, login, False)
    access.note_act(session, Act.USER_REMOVED, login)


def change_role(session: Session, login: str, role: Role) -> None:
    """Give a colleague another role, from their next log-in on.

    Raises TD-STORE-220, 371 (oneself), 373 (the last who manages), 375 (nobody of that login, a role of another desk).
    """
    session.require(Permission.MANAGE)
    known = _colleague(session, login)
    if role not in roles_of(session):
        raise UserError("TD-STORE-375", login=login)
    if Permission.MANAGE not in PERMISSIONS[role]:
        _keep_one_manager(session, login)
    session.file.users.put(known._replace(role=str(role)))
    access.note_act(session, Act.ROLE, f"{login}:{ROLES[role]}")
    session.announce(Changes(frozenset()))


def reset_password(session: Session, login: str, cost: KeyCost | None = None) -> Given:
    """Give a colleague who forgot the password a temporary one, to be changed at the next log-in.

    Raises TD-STORE-220, 371 (oneself: ``offices.change_password``), 375 (nobody of that login).
    """
    session.require(Permission.MANAGE)
    known = _colleague(session, login)
    password = temporary_password()
    _set_temporary(session, login, True)  # first: a cut in between leaves the old password, asked to be changed
    session.file.set_password(known, password, cost or KeyCost())
    access.note_act(session, Act.RESET, login)
    session.announce(Changes(frozenset()))
    return Given(User(known.login, known.name, Role(known.role)), password)


def temporary_password() -> str:
    """Three groups of letters that can be read out, 53 random bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def open_with_temporary(
    path: Path, temporary: str, password: str, login: str | None = None, clock: Clock | None = None,
    cost: KeyCost | None = None,
) -> Session:  # fmt: skip
    """Open an office and give the person an own password in the place of ``temporary`` (or of any that is theirs).

    Raises what ``offices.open_office`` raises, TD-STORE-203 to 205, 372 for the same one again; then nothing was done.
    """
    file_places.require_own_disk(path)
    with password_waits.one_guess(path) as failures:
        session = session_of(office_file.open_office(path, kept_definitions(), temporary, login), clock or Clock())
        try:
            _set_own(session, temporary, password, cost or KeyCost())
        except BaseException:
            session.close()
            raise
    access.came_in(session, failures)
    access.note_act(session, Act.PASSWORD)
    return session


def _set_own(session: Session, temporary: str, password: str, cost: KeyCost) -> None:
    user = session.user
    if password == temporary:
        raise UserError("TD-STORE-372")
    check_password(password, user.login, user.name, session.file.identity.name)
    session.file.set_password(StoredUser(user.login, user.name, str(user.role)), password, cost)
    _set_temporary(session, user.login, False)


def managers(session: Session) -> list[User]:
    """Who may manage the office."""
    known = [User(one.login, one.name, Role(one.role)) for one in session.file.users.all() if one.active]
    return [one for one in known if Permission.MANAGE in PERMISSIONS[one.role]]


def roles_of(session: Session) -> tuple[Role, ...]:
    """The roles of this desk."""
    return (Role.PROVINCE, Role.LEADER) if session.is_province else (Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR)


ROLES: dict[Role, str] = {
    Role.OFFICER: "cán bộ", Role.LEADER: "lãnh đạo", Role.ADMINISTRATOR: "quản trị", Role.PROVINCE: "chuyên viên tỉnh",
}  # fmt: skip


def _colleague(session: Session, login: str) -> StoredUser:
    if login == session.user.login:
        raise UserError("TD-STORE-371")
    known = session.file.users.get(login)
    if known is None or not known.active:
        raise UserError("TD-STORE-375", login=login)
    return known


def _keep_one_manager(session: Session, login: str) -> None:
    left = [one for one in managers(session) if one.login != login]
    if not left:
        raise UserError("TD-STORE-373")


def _set_temporary(session: Session, login: str, temporary: bool) -> None:
    before = session.file.settings.get(TEMPORARY, [])
    after = sorted({*before, login} if temporary else set(before) - {login})
    if after != before:
        session.file.settings.put(TEMPORARY, after)
