"""What was typed and not yet saved: kept every two seconds by the form, offered again after a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Session, Unwritten
from thidua_desktop.services.titles import title
from thidua_desktop.store.drafts import StoredDraft
from thidua_desktop.store.waiting_drafts import WaitingDraft


class Draft(NamedTuple):
    """One unfinished entry: ``record_id`` is None for a new record; ``texts`` is what ``keep`` was given."""

    register: str
    record_id: str | None
    texts: Mapping[str, object]
    kept_at: datetime
    label: str


def keep(session: Session, register: str, record_id: str | None, texts: Mapping[str, object]) -> bool:
    """Keep what stands in a form (JSON-able texts by field name) for this person, in place of the draft before.

    False while a long piece of work writes: then it is found all the same, ``beside`` brings it to the disk at once
    and ``write_waiting`` to its place.
    """
    session.register(register)
    session.unwritten[register, record_id] = Unwritten(dict(texts), session.now())
    return write_waiting(session)


def beside(session: Session) -> Callable[[], None]:
    """What another thread calls to lay down beside the office file all that waits now: a power cut does not take it.

    When nothing waits any more, what lay there goes. One after the other, in the order asked for.
    """
    waiting = [
        WaitingDraft(register, record_id, session.user.login, one.texts, one.at)
        for (register, record_id), one in session.unwritten.items()
    ]
    return partial(session.file.waiting_drafts.keep, waiting)


def write_waiting(session: Session) -> bool:
    """Bring to its place what was kept or dropped while something else wrote; whether nothing waits any more."""
    for key, one in list(session.unwritten.items()):
        try:
            if not _write(session, *key, one):
                return False
        except UserError:
            session.unwritten[key] = one._replace(refused=True)
            raise
        del session.unwritten[key]
    return True


def refused(session: Session) -> bool:
    """Whether something that was typed is in memory alone, because the disk does not take it."""
    return any(one.refused and one.texts is not None for one in list(session.unwritten.values()))


def _write(session: Session, register: str, record_id: str | None, one: Unwritten) -> bool:
    drafts, owner = session.file.drafts, session.user.login
    if one.texts is None:
        return drafts.drop(register, record_id, owner)
    return drafts.put(register, record_id, owner, one.texts, one.at)


def find(session: Session, register: str, record_id: str | None) -> Draft | None:
    """This person's draft of one record (None: of a new one), if there is one."""
    return next((d for d in restore(session) if d.register == register and d.record_id == record_id), None)


def restore(session: Session) -> list[Draft]:
    """This person's drafts, newest first; those of registers that are gone or closed to the person are left alone."""
    found = []
    for kept in standing(session):
        spec = session.definitions.registers.get(kept.register)
        if spec is None or not session.opens(kept.register):
            continue
        label = title(session, kept.register, kept.record_id) if kept.record_id else f"{spec.singular} mới"
        found.append(Draft(kept.register, kept.record_id, kept.values, kept.at, label))
    return sorted(found, key=lambda draft: draft.kept_at, reverse=True)


def standing(session: Session) -> list[StoredDraft]:
    """What is on the disk, with what still waits to be written in its place."""
    owner, waiting = session.user.login, dict(session.unwritten)
    written = [one for one in session.file.drafts.all(owner) if (one.register, one.record_id) not in waiting]
    kept = (StoredDraft(*key, owner, one.texts, one.at) for key, one in waiting.items() if one.texts is not None)
    return [*written, *kept]


def drop(session: Session, register: str, record_id: str | None) -> bool:
    """Forget a draft; nothing happens when there is none. False as with ``keep``."""
    session.unwritten[register, record_id] = Unwritten(None, session.now())
    return write_waiting(session)
