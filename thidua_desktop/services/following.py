"""Computed fields follow the records that they take values from: the money of an award the day of its round's decision.

They are written in the transaction of the save that they follow, so that one undo takes back both.
"""

from __future__ import annotations

from collections.abc import Callable

from thidua_desktop.formdef.model import FieldType, RegisterSpec, Values
from thidua_desktop.services.session import Changes, Session

Complete = Callable[[Session, str, Values, str | None], Values]

REASON = "Tính lại theo {singular} vừa ghi"


def follow(session: Session, register: str, record_id: str, complete: Complete) -> Changes:
    """Compute again what links to a record just written; what was touched. To be called inside a transaction.

    ``complete`` gives a record's values with its computed fields. Restricted registers are left as they are: whoever
    writes here may not be allowed to see what their fields are computed from.
    """
    names = frozenset(spec.name for spec in session.definitions.registers.values() if _takes_from(spec, register))
    if not names:
        return Changes(frozenset(), ())
    waiting: dict[str, list[tuple[str | None, Values]]] = {}
    for key in session.file.records.backlinks(register, record_id, names):
        record = session.file.records.get(key.register, key.id)
        if record is None:
            continue
        values = complete(session, key.register, record.values, key.id)
        if values != record.values:
            waiting.setdefault(key.register, []).append((key.id, values))
    reason = REASON.format(singular=session.register(register).singular)
    keys = [
        key
        for name, rows in waiting.items()
        for key in session.file.records.save_many(name, rows, actor=session.user.name, now=session.now(), reason=reason)
    ]
    return Changes(frozenset(key.register for key in keys), tuple(key.id for key in keys))


def _takes_from(spec: RegisterSpec, register: str) -> bool:
    """Whether a computed field of ``spec`` is given a link to ``register``."""
    if not spec.computed or spec.restricted or register not in spec.linked:
        return False
    links = {field.name for field in spec.living_fields if field.type is FieldType.LINK and field.register == register}
    return any(arg in links for one in spec.computed for arg in one.args)
