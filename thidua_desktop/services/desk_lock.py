"""When the desk locks by itself, and who may open it again."""

from __future__ import annotations

from thidua_desktop.errors import UserError
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
    """Whether the person who was at the locked desk is back; raises TD-STORE-001 when the password is nobody's.

    Without a login every password counts, that of the person at the desk first.
    """
    own = session.user.login
    slots = key_slots.read_slots(session.file.path)
    if login in (None, own) and key_slots.unlock_with_password(slots, password, own) is not None:
        return True
    found = key_slots.unlock_with_password(slots, password, login)
    if found is None:
        raise UserError("TD-STORE-001", path=session.file.path.name)
    return False
