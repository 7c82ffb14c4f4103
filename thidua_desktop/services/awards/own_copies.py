"""The province's own records that stand for proposals of communes in its rounds, and what came of them.

The own record's id is reckoned from the commune's and back (``store.own_copies``), so nothing has to be remembered
beside the two, and an undo, a deletion or a correction here changes what the commune hears as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.services.awards.award_fields import (
    AWARD,
    AWARDED,
    CERTIFICATE,
    DAY,
    NUMBER,
    REASON,
    REGISTER,
    RESULT,
    RESULTS,
    STANDS_IN,
)
from thidua_desktop.services.session import Session
from thidua_desktop.store.own_copies import copy_id, original_id
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.store.record_decisions import KeptDecision


def own_copy(session: Session, record: Record) -> Record | None:
    """The province's record that stands for a commune's proposal, or None."""
    found = session.file.records.get(REGISTER, copy_id(record.id)) if copy_id(record.id) != record.id else None
    is_own = found is not None and not found.deleted and found.office == session.file.identity.code
    return found if is_own else None


def original(session: Session, record: Record) -> Record | None:
    """The commune's proposal for which a record of the province stands, or None."""
    id = original_id(record.id)
    if id == record.id or record.office != session.file.identity.code:
        return None
    found = session.file.records.get(REGISTER, id)
    return found if found is not None and found.office != record.office else None


def decided_on(session: Session, record: Record) -> KeptDecision | None:
    """What came of a commune's proposal in a round of the province, once it can be told."""
    own = own_copy(session, record)
    return _decision(session, own, record.id, record.office) if own is not None else None


def decided_by_office(session: Session) -> Mapping[str, list[KeptDecision]]:
    """The same of all proposals, by the commune that is to hear of it."""
    found: dict[str, list[KeptDecision]] = defaultdict(list)
    for own in session.file.records.every(ListQuery(REGISTER, office=session.file.identity.code)):
        proposal = original(session, own)
        made = _decision(session, own, proposal.id, proposal.office) if proposal is not None else None
        if made is not None:
            found[made.office].append(made)
    return found


def _decision(session: Session, own: Record, record_id: str, office: str) -> KeptDecision | None:
    result, day = own.values.get(RESULT), own.values.get(STANDS_IN[DAY])
    awarded = result == AWARDED
    if result not in RESULTS or (awarded and not _may_be_told(own, day, session.today)):
        return None
    told = (RESULT, AWARD, NUMBER, DAY, CERTIFICATE) if awarded else (RESULT, REASON)
    spec = session.register(REGISTER)
    values = {
        name: plain for name in told if (plain := _plain(spec.field(name), own.values.get(STANDS_IN.get(name, name))))
    }
    return KeptDecision(
        register=REGISTER, record_id=record_id, office=office, values=values, at=own.changed_at, actor=own.changed_by
    )


def _may_be_told(own: Record, day: Value, today: date) -> bool:
    """An award is told with number and day of a decision that is made."""
    return bool(own.values.get(STANDS_IN[NUMBER])) and isinstance(day, date) and day <= today


def _plain(field: FieldSpec, value: Value) -> str:
    return "" if value is None else str(field_type(field).to_plain(field, value))
