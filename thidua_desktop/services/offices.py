"""An office's file: made, opened, described, checked; its people and passwords."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from thidua_desktop.domain.problems import blocking
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.kept_definitions import kept_definitions
from thidua_desktop.formdef.model import Definitions, Values
from thidua_desktop.formdef.records import check_record, normalise
from thidua_desktop.services import access, file_places, password_waits
from thidua_desktop.services.password_rules import check_password
from thidua_desktop.services.session import Changes, Clock, Permission, Role, Session, User
from thidua_desktop.store import key_slots, office_file
from thidua_desktop.store.identity import NewUser, OfficeIdentity
from thidua_desktop.store.identity import User as StoredUser
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.text import clean, fold

if TYPE_CHECKING:
    from thidua_desktop.services.units import Unit

__all__ = [
    "CreatedOffice", "Finding", "KeyCost", "NewArea", "NewOffice", "OfficeInfo", "active_users", "change_password",
    "check_login", "check_office", "create_office", "identity_of", "is_own_password", "office_info", "open_office",
    "open_with_recovery", "refuse_temporary", "session_of", "set_letterhead", "suggested_login", "unmake_office",
]  # fmt: skip

TEMPORARY = "people.temporary"
"""Setting: logins whose password was given by an administrator and must be changed before anything else."""

ESCROW_GIVEN = "escrow.given"
"""Setting, see ``handoff.escrow``."""

AREA_REGISTER = "residential_area"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


class NewArea(NamedTuple):
    """A residential area of a new office: ``kind`` is a code of catalog ``area_kind``."""

    kind: str
    name: str
    households: int | None = None


class NewOffice(NamedTuple):
    """What the wizard asks. Letterhead lines left empty are made from the unit's name."""

    unit_code: str
    user_name: str
    password: str
    unit_name: str = ""  # of a commune that the list of units does not have
    unit_province: str = ""  # its province's code
    login: str = ""
    province: bool = False
    header_parent: str = ""
    header_issuer: str = ""
    place: str = ""
    symbol_suffix: str = ""
    areas: tuple[NewArea, ...] = ()


class CreatedOffice(NamedTuple):
    """A new office, open. ``recovery`` is the text of the recovery sheet, ``recovery_sheet_pdf`` the page to print."""

    session: Session
    recovery_sheet_pdf: bytes
    recovery: str


@dataclass(frozen=True, slots=True)
class OfficeInfo:
    """What an office file holds, for people: counts by title of register, the log's head, who may open it."""

    code: str
    name: str
    kind: str
    province_name: str
    installation: str
    path: str
    users: tuple[User, ...]
    counts: tuple[tuple[str, int], ...]
    changes: int
    chain: str
    closed_periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that ``check_office`` found wrong, in a sentence."""

    code: str
    text: str


def create_office(
    path: Path, new: NewOffice, clock: Clock | None = None, cost: KeyCost | None = None, unit: Unit | None = None
) -> CreatedOffice:
    """Make an office file with its first user and residential areas, and leave it open.

    Everything is checked before the file is made. Raises TD-ENV-071, 072 (place), TD-STORE-201/202 (unit),
    203-207 (person and password), 017 (file exists), 209 (area).
    ``cost`` is the price of guessing a password; tests take a small one.
    ``unit`` stands in for the one of the national list (the demo's made-up commune).
    """
    from thidua_desktop.formdef.loader import load_definitions

    file_places.require_own_disk(path)
    file_places.require_no_cloud(path)
    definitions = load_definitions()
    unit = unit or _checked_unit(new)
    login = _checked_login(new.user_name, new.login)
    check_password(new.password, login, new.user_name, unit.name)
    moment = clock or Clock()
    rows = _area_rows(definitions, new.areas, moment.today())
    role = Role.PROVINCE if new.province else Role.ADMINISTRATOR
    person = NewUser(clean(new.user_name), login, str(role))
    made = office_file.create_office(
        path, definitions, identity_of(unit, new), person, new.password, moment.now(), cost=cost or KeyCost()
    )
    session = _session(made.file, User(login, person.name, role), moment)
    if rows:
        session.file.records.save_many(
            AREA_REGISTER, rows, actor=person.name, now=session.now(), reason="Lập văn phòng"
        )
    from thidua_desktop.services.recovery_papers import recovery_sheet

    return CreatedOffice(session, recovery_sheet(session, made.recovery), made.recovery)


def unmake_office(made: CreatedOffice) -> None:
    """Take an office back that was made this moment and nobody has seen: file, key slots and all."""
    path = made.session.file.path
    made.session.close()
    office_file.remove_new(path)


def open_office(path: Path, password: str, login: str | None = None, clock: Clock | None = None) -> Session:
    """Open an office with a password (without ``login`` every user's is tried).

    Raises TD-ENV-071 on the network, TD-STORE-001 and its kin, 370 while one has to wait after wrong ones, 376 for a
    password that an administrator gave (``people.open_with_temporary``), 392 for somebody whom the office does not
    know. Who came in is written down.
    """
    file_places.require_own_disk(path)
    definitions = kept_definitions()
    with password_waits.one_guess(path) as failures:
        session = session_of(office_file.open_office(path, definitions, password, login), clock or Clock())
        refuse_temporary(session)
    access.came_in(session, failures)
    return session


def refuse_temporary(session: Session) -> None:
    """Close the office and raise TD-STORE-376 when the person's password must be changed before anything else."""
    if session.user.login in session.file.settings.get(TEMPORARY, []):
        name = session.file.path.name
        session.close()
        raise UserError("TD-STORE-376", path=name)


def open_with_recovery(path: Path, sheet: str, clock: Clock | None = None) -> Session:
    """Open an office with the text of its recovery sheet, as the first administrator; raises 021, 370 and their kin.

    A rescue sheet of the province opens it alike, until a password is set then (``change_password``).
    """
    file_places.require_own_disk(path)
    definitions = kept_definitions()
    with password_waits.one_guess(path) as failures:
        session = _first_of(office_file.open_with_recovery(path, definitions, sheet), clock or Clock())
    access.came_in(session, failures, access.Act.RESCUE if session.file.rescued else access.RECOVERY)
    return session


def session_of(file: OfficeFile, clock: Clock) -> Session:
    """The session of who opened a file with a password: nobody else's.

    Raises TD-STORE-392, the file closed, when the office does not know them (any more): removed, and back with an older
    key file; added after the copy that was restored.
    """
    user = next((user for user in file.users.all() if user.active and user.login == file.login), None)
    if user is None:
        name = file.path.name
        file.close()
        raise UserError("TD-STORE-392", path=name)
    return _session(file, User(user.login, user.name, Role(user.role)), clock)


def _first_of(file: OfficeFile, clock: Clock) -> Session:
    """With a recovery sheet: the session of the first administrator."""
    known = [user for user in file.users.all() if user.active]
    user = min(known, key=lambda user: user.role != str(Role.ADMINISTRATOR))
    return _session(file, User(user.login, user.name, Role(user.role)), clock)


def change_password(session: Session, password: str, cost: KeyCost | None = None) -> None:
    """Give the person at the desk a new password; raises TD-STORE-203 to 205."""
    user = session.user
    check_password(password, user.login, user.name, session.file.identity.name)
    session.file.set_password(StoredUser(user.login, user.name, str(user.role)), password, cost or KeyCost())
    temporary = session.file.settings.get(TEMPORARY, [])
    if user.login in temporary:  # opened with the recovery sheet
        session.file.settings.put(TEMPORARY, [one for one in temporary if one != user.login])
    access.note_act(session, access.Act.PASSWORD)
    if session.file.rescued:  # now that there is a password, the sheet that people have seen is void
        session.file.remove_escrow()
        session.file.settings.put(ESCROW_GIVEN, {"used": session.now().isoformat()})
        session.file.rescued = False


def is_own_password(session: Session, password: str) -> bool:
    """Whether this is the password of the person at the desk; takes as long as opening the file.

    Raises TD-STORE-370 while one has to wait after wrong ones.
    """
    slots = key_slots.read_slots(session.file.path)
    try:
        with password_waits.one_guess(session.file.path) as failures:
            if key_slots.unlock_with_password(slots, password, session.user.login) is None:
                raise UserError("TD-STORE-001", path=session.file.path.name)
    except UserError as refused:
        if refused.code != "TD-STORE-001":
            raise
        return False
    access.failed_before(session, failures)
    return True


def check_login(login: str) -> None:
    """Raise TD-STORE-207 for a login that will not do."""
    if not _LOGIN.fullmatch(login.strip().lower()):
        raise UserError("TD-STORE-207", login=login)


def identity_of(unit: Unit, new: NewOffice) -> OfficeIdentity:
    """The office's identity: letterhead lines as given, or as the unit's name makes them (Decree 30/2020/NĐ-CP).

    People's committees print no line of a superior body above their own; a police or sector office fills it in.
    """
    body = "Ủy ban nhân dân"
    issuer = new.header_issuer or f"{body} {unit.name}".upper()
    return OfficeIdentity(
        code=unit.code,
        name=unit.name,
        kind="province" if new.province else "commune",
        province_code=unit.province_code,
        province_name=unit.province_name,
        header_parent=clean(new.header_parent),
        header_issuer=clean(issuer),
        place=clean(new.place) or unit.bare_name,
        symbol_suffix=clean(new.symbol_suffix) or "UBND",
    )


def set_letterhead(session: Session, *, header_parent: str, header_issuer: str, place: str, symbol_suffix: str) -> None:
    """Change the lines above every paper; raises TD-STORE-220 without permission."""
    session.require(Permission.MANAGE)
    session.file.change_identity(
        session.file.identity._replace(
            header_parent=clean(header_parent),
            header_issuer=clean(header_issuer),
            place=clean(place),
            symbol_suffix=clean(symbol_suffix),
        )
    )
    access.note_act(session, access.Act.LETTERHEAD)
    session.announce(Changes(frozenset()))


def suggested_login(name: str) -> str:
    """A login from a name: "Nguyễn Văn An" gives "nguyenvanan"."""
    return re.sub(r"[^a-z0-9]", "", fold(name))[:40]


def active_users(session: Session) -> tuple[User, ...]:
    """Who may open the office."""
    return tuple(User(user.login, user.name, Role(user.role)) for user in session.file.users.all() if user.active)


def office_info(session: Session) -> OfficeInfo:
    """What the file holds; counts every register."""
    identity, file = session.file.identity, session.file
    counts = [(spec.title, file.records.count(name)) for name, spec in session.definitions.registers.items()]
    seq, digest = file.changes.head()
    return OfficeInfo(
        identity.code,
        identity.name,
        identity.kind,
        identity.province_name,
        file.installation_id,
        str(file.path),
        active_users(session),
        tuple(counts),
        seq,
        digest,
        tuple(f"{lock.kind} {lock.code}" for lock in file.periods.all()),
    )


def check_office(session: Session) -> list[Finding]:
    """Look through the whole file (pages, links, change log, search index); empty when it is sound."""
    return [Finding("TD-STORE-004", text) for text in session.file.check()]


def _checked_unit(new: NewOffice) -> Unit:
    from thidua_desktop.services import units

    if new.unit_name:
        return units.new_unit(new.unit_code, new.unit_name, new.unit_province)
    unit = units.unit(new.unit_code.strip())
    if unit.is_province != new.province:
        wanted = "cấp tỉnh" if new.province else "cấp xã"
        raise UserError("TD-STORE-202", name=unit.name, unit=unit.code, kind=unit.kind, wanted=wanted)
    return unit


def _checked_login(name: str, wanted: str) -> str:
    if not clean(name):
        raise UserError("TD-STORE-206")
    login = wanted.strip().lower() or suggested_login(name)
    check_login(login)
    return login


def _session(file: OfficeFile, user: User, clock: Clock) -> Session:
    session = Session(file.definitions, file, user, clock)
    session.acts.begin(session)
    return session


def _area_rows(definitions: Definitions, areas: Sequence[NewArea], today: date) -> list[tuple[str | None, Values]]:
    """The first areas as records; raises TD-STORE-209 naming the line. The number of households may follow later."""
    from thidua_desktop.domain.rules.registry import RuleContext

    spec = definitions.registers[AREA_REGISTER]
    context = RuleContext(today)
    rows: list[tuple[str | None, Values]] = []
    for number, area in enumerate(areas, start=1):
        values = normalise(spec, {"kind": area.kind, "name": area.name, "households": area.households})
        problems = blocking(check_record(definitions, spec, values, context))
        serious = [problem for problem in problems if problem.field != "households" or area.households is not None]
        if serious:
            raise UserError("TD-STORE-209", row=number, reason=serious[0].text)
        rows.append((None, values))
    return rows
