"""Records that stand in the way of another one, or are perhaps the same: a form names them and leads there."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.formdef.model import Condition, RegisterSpec, Values
from thidua_desktop.services.known_records import twins
from thidua_desktop.services.running_numbers import holder
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery, Record

_ONCE = {"linked_once": 1, "once_a_year": 2}
"""Rules that let one record stand for what a link names -> which argument names the register; the first is the link."""
_LOOKED_AT = 50


def already_there(
    session: Session, spec: RegisterSpec, values: Values, record_id: str | None
) -> Iterator[tuple[str, Record]]:
    """With each where it is met: what is known by the same, has the same number, or is the one that may be."""
    for other in twins(session, spec, values, record_id):
        yield "Trong sổ", other
    for field in spec.running_fields:
        found = holder(session, spec, field, values, record_id)
        if found is not None:
            yield f"Số {values[field.name]}", found
    yield from _the_one_of_its_kind(session, spec, values, record_id)


def depends_on(spec: RegisterSpec) -> frozenset[str]:
    """The fields that change what is found."""
    numbers = {name for field in spec.running_fields for name in (field.name, *field.runs_in)}
    once = {name for check in spec.checks if check.rule in _ONCE for name in check.args[: _ONCE[check.rule]]}
    return frozenset({*spec.known_by, *numbers, *once})


def _the_one_of_its_kind(
    session: Session, spec: RegisterSpec, values: Values, record_id: str | None
) -> Iterator[tuple[str, Record]]:
    for check in spec.checks:
        at = _ONCE.get(check.rule)
        link = values.get(check.args[0]) if at is not None and check.args[at] == spec.name else None
        if not link or at is None or not session.opens(spec.name):
            continue
        keys = session.file.records.ids(ListQuery(spec.name, conditions=(Condition(check.args[0], (str(link),)),)))
        for other in session.file.records.window(spec.name, keys[:_LOOKED_AT]):
            more = check.args[1:at]
            if other.id != record_id and all(other.values.get(name) == values.get(name) is not None for name in more):
                yield (f"Năm {values[more[0]]}" if more else "Trong sổ"), other
