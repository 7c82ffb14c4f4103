"""What was typed and not yet saved: kept every two seconds by the form, offered again after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from thidua_desktop.frozen import dataclass
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import title


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished entry: ``record_id`` is None for a new record; ``texts`` is what ``keep`` was given."""

    register: str
    record_id: str | None
    texts: Mapping[str, object]
    kept_at: datetime
    label: str


def keep(session: Session, register: str, record_id: str | None, texts: Mapping[str, object]) -> None:
    """Keep what stands in a form (JSON-able texts by field name) for this person, in place of the draft before."""
    session.register(register)
    session.file.drafts.put(register, record_id, session.user.login, dict(texts), session.now())


def find(session: Session, register: str, record_id: str | None) -> Draft | None:
    """This person's draft of one record (None: of a new one), if there is one."""
    return next((d for d in restore(session) if d.register == register and d.record_id == record_id), None)


def restore(session: Session) -> list[Draft]:
    """This person's drafts, newest first; those of registers that are gone or closed to the person are left alone."""
    found = []
    for kept in session.file.drafts.all(session.user.login):
        spec = session.definitions.registers.get(kept.register)
        if spec is None or not session.opens(kept.register):
            continue
        label = title(session, kept.register, kept.record_id) if kept.record_id else f"{spec.singular} mới"
        found.append(Draft(kept.register, kept.record_id, kept.values, kept.at, label))
    return sorted(found, key=lambda draft: draft.kept_at, reverse=True)


def drop(session: Session, register: str, record_id: str | None) -> None:
    """Forget a draft; nothing happens when there is none."""
    session.file.drafts.drop(register, record_id, session.user.login)
