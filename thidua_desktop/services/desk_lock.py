"""When the desk locks by itself, and who may open it again."""

from __future__ import annotations

from thidua_desktop.errors import UserError
from thidua_desktop.services import access, password_waits
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store import key_slots

MINUTES = "lock.minutes"
USUAL_MINUTES, LEAST_MINUTES, MOST_MINUTES = 10, 1, 60


def lock_after(session: Session) -> int:
    """Minutes without a touch after which the desk locks."""
    return int(session.file.settings.get(MINUTES, USUAL_MINUTES))


def set_lock_after(session: Session, minutes: int) -> None:
    """Choose it; raises TD-STORE-220, TD-STORE-301 outside of 1 to 60: it is never switched off."""
    session.require(Permission.MANAGE)
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise UserError("TD-STORE-301", value=minutes, what="số phút", least=LEAST_MINUTES, most=MOST_MINUTES)
    session.file.settings.put(MINUTES, minutes)
    session.announce(Changes(frozenset()))


def is_same_person(session: Session, password: str, login: str | None) -> bool:
    """Whether the person who was at the locked desk is back, which is written down.

    Without a login every password counts, that of the person at the desk first. Raises TD-STORE-001 when the password
    is nobody's, TD-STORE-370 while one has to wait after wrong ones.
    """
    own, path = session.user.login, session.file.path
    slots = key_slots.read_slots(path)
    try:
        with password_waits.one_guess(path) as failures:
            if login not in (None, own) or key_slots.unlock_with_password(slots, password, own) is None:
                if key_slots.unlock_with_password(slots, password, login) is None:
                    raise UserError("TD-STORE-001", path=path.name)
                raise _SomebodyElse
    except _SomebodyElse:
        return False  # the failures are told of whoever opens the office with this password now
    access.came_back(session, failures)
    return True


def lock(session: Session) -> None:
    """Write down that the desk was locked."""
    access.left(session)


class _SomebodyElse(Exception):
    """A good password, of another person."""
