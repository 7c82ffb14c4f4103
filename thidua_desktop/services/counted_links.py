"""Numbers that say how many records point here (``counts``): where they agreed with the list, they follow it.

A group that was typed with 12 households and lists 12 has 11 when one moves away, in the same action as the household.
Where the list is not kept, or not yet whole, the typed number stands. A number that was left empty is that of the list
where this is declared (``counts_alone``).
"""

from __future__ import annotations

from datetime import date

from thidua_desktop.formdef.model import Condition, FieldSpec, RegisterSpec, Values
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.store.queries import ListQuery, Record

REASON = "Tính lại theo {singular} vừa ghi"


def follow_counts(session: Session, spec: RegisterSpec, before: Values | None, after: Values | None) -> Changes:
    """Renew the numbers of what a record pointed at and points at now; to be called inside its transaction.

    ``before`` None: a new record; ``after`` None: a deleted one.
    """
    touched: list[str] = []
    registers: set[str] = set()
    for owner in session.definitions.registers.values():
        for field in owner.living_fields:
            if field.counts[:1] != (spec.name,):
                continue
            for target in _targets(field, before, after):
                if _renewed(session, spec, owner, field, target, before, after):
                    touched.append(target)
                    registers.add(owner.name)
    return Changes(frozenset(registers), tuple(touched))


def count_what_is_empty(session: Session, spec: RegisterSpec) -> Changes:
    """Give the number to every record that has none and takes that of the list; after an import, in its transaction."""
    touched: list[str] = []
    registers: set[str] = set()
    for owner in session.definitions.registers.values():
        for field in owner.living_fields:
            if not field.counts_alone or field.counts[0] != spec.name:
                continue
            query = ListQuery(
                owner.name, conditions=(Condition(field.name, ("",)),), office=session.file.identity.code,
                valid_on=session.today if owner.valid_to else None,
            )  # fmt: skip
            found = list(session.file.records.every(query))
            rows = [(one, count) for one in found if (count := _listed(session, spec, field, one.id))]
            if rows:
                _write(session, owner, spec, [(one.id, {**one.values, field.name: count}) for one, count in rows])
                touched += [one.id for one, _count in rows]
                registers.add(owner.name)
    return Changes(frozenset(registers), tuple(touched))


def _listed(session: Session, spec: RegisterSpec, field: FieldSpec, target: str) -> int:
    """How many records of the list point at ``target`` today."""
    conditions = (Condition(field.counts[1], (target,)),)
    query = ListQuery(spec.name, conditions=conditions, valid_on=session.today if spec.valid_to else None)
    return len(session.file.records.ids(query))


def _write(session: Session, owner: RegisterSpec, spec: RegisterSpec, rows: list[tuple[str | None, Values]]) -> None:
    reason = REASON.format(singular=spec.singular)
    session.file.records.save_many(owner.name, rows, actor=session.user.name, now=session.now(), reason=reason)


def _targets(field: FieldSpec, before: Values | None, after: Values | None) -> list[str]:
    links = [values.get(field.counts[1]) for values in (before, after) if values is not None]
    return list(dict.fromkeys(link for link in links if isinstance(link, str) and link))


def _renewed(
    session: Session,
    spec: RegisterSpec,
    owner: RegisterSpec,
    field: FieldSpec,
    target: str,
    before: Values | None,
    after: Values | None,
) -> bool:
    """Whether the number of ``target`` was renewed: it agreed with the list before, and the list has changed."""
    change = _counted(session, spec, field, target, after) - _counted(session, spec, field, target, before)
    record = session.file.records.get(owner.name, target) if change else None
    if record is None or record.deleted or not _is_own(session, record):
        return False
    now = _listed(session, spec, field, target)
    standing = record.values.get(field.name)
    if standing != now - change and not (standing is None and field.counts_alone and now):
        return False
    _write(session, owner, spec, [(record.id, {**record.values, field.name: now})])
    return True


def _counted(session: Session, spec: RegisterSpec, field: FieldSpec, target: str, values: Values | None) -> int:
    if values is None or values.get(field.counts[1]) != target:
        return 0
    begins, ends = (values.get(name) if name else None for name in (spec.valid_from, spec.valid_to))
    late = isinstance(begins, date) and begins > session.today
    return int(not late and not (isinstance(ends, date) and ends < session.today))


def _is_own(session: Session, record: Record) -> bool:
    return record.office == session.file.identity.code
