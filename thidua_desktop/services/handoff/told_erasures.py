"""Erasing travels between the installations of one office: what one erased for good the others erase too.

An erasure is a fact of the office (``office_facts``) with its reason, which names nobody. It is applied after the
package's records, so that whatever was written meanwhile goes with it; taking the package back does not bring it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thidua_desktop.services import access
from thidua_desktop.services.session import Session
from thidua_desktop.store.attached_files import REGISTER as ATTACHMENT
from thidua_desktop.store.queries import RecordKey
from thidua_desktop.sync.office_part import Fact

KIND = "erased"


def erased_values(session: Session) -> Iterator[tuple[str, list[str]]]:
    """(name of the fact, [reason]) of each record erased here; attached files go with their records."""
    for key in session.file.versions.erasures():
        if key.register != ATTACHMENT:
            last = session.file.changes.history(key.register, key.id)[-1]
            yield f"{KIND} {key.register} {key.id}", [last.reason]


def take_erasures(session: Session, facts: Mapping[str, Fact]) -> list[RecordKey]:
    """Erase what the package says, inside the running transaction; those that were here. Then call ``wipe``."""
    gone = []
    for name, fact in sorted(facts.items()):
        kind, _, rest = name.partition(" ")
        register, _, record_id = rest.partition(" ")
        if kind != KIND or not fact.value or register not in session.definitions.registers:
            continue
        key, reason = RecordKey(register, record_id), str(fact.value[0])
        if session.file.records.erase_told(key, actor=session.user.name, now=session.now(), reason=reason):
            access.note(session, session.definitions.registers[register], access.ERASE, record_id)
            gone.append(key)
    return gone
