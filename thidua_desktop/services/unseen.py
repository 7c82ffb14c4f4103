"""Values that the person at the desk may not see: left out of what is shown, kept as they are by what is saved.

A field may be hidden whole, or some columns of its child rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import FieldSpec, RegisterSpec, Row, Value, Values
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record


def seen(session: Session, spec: RegisterSpec, record: Record) -> Record:
    """The record without the values that the person at the desk may not see."""
    if not _hidden(session, spec.fields) and not any(_hidden(session, field.fields) for field in spec.fields):
        return record
    return replace(record, values=cast(Values, _seen(session, spec.fields, record.values)))


def with_unseen(session: Session, spec: RegisterSpec, values: Values, record_id: str | None) -> Values:
    """``values`` with what is kept in fields that the person at the desk may not see: a save changes none of them."""
    hidden = _hidden(session, spec.fields)
    parted = [field for field in spec.fields if field.name not in hidden and _hidden(session, field.fields)]
    if not hidden and not parted:
        return values
    shown: dict[str, Value] = {name: value for name, value in values.items() if name not in hidden}
    kept = session.file.records.get(spec.name, record_id) if record_id else None
    before = kept.values if kept is not None else {}
    for field in parted:
        rows = _with_unseen_cells(session, field, rows_of(shown.get(field.name)), rows_of(before.get(field.name)))
        shown[field.name] = tuple(rows) or None
    return {**shown, **{name: before[name] for name in hidden if name in before}}


def _hidden(session: Session, fields: Iterable[FieldSpec]) -> set[str]:
    return {field.name for field in fields if not session.sees(field)}


def _seen(session: Session, fields: Sequence[FieldSpec], values: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name: field for field in fields}
    found = {}
    for name, value in values.items():
        field = known.get(name)
        if field is None or not field.fields:
            found[name] = value
        else:
            found[name] = tuple(_seen(session, field.fields, row) for row in rows_of(value))
    hidden = _hidden(session, fields)
    return {name: value for name, value in found.items() if name not in hidden}


def _with_unseen_cells(session: Session, field: FieldSpec, given: Sequence[Row], kept: Sequence[Row]) -> list[Row]:
    """The given rows, each with the hidden cells of the kept one that it was: the one that looks the same, else the one
    at its place. A kept row of which nothing is seen cannot have been taken away, and stays.
    """
    hidden = _hidden(session, field.fields)
    shown = [{name: cell for name, cell in row.items() if name not in hidden} for row in kept]
    free = {at for at, row in enumerate(shown) if row}
    came = [{name: cell for name, cell in row.items() if name not in hidden} for row in given]
    was: dict[int, int] = {}
    for place, row in enumerate(came):
        alike = [at for at in sorted(free) if shown[at] == row]
        if alike:
            was[place] = place if place in alike else alike[0]
            free.discard(was[place])
    for place in range(len(came)):
        if place not in was and place in free:
            was[place] = place
            free.discard(place)
    unseen = [{name: cell for name, cell in row.items() if name in hidden} for row in kept]
    rows = [{**row, **(unseen[was[place]] if place in was else {})} for place, row in enumerate(came) if row]
    return cast("list[Row]", rows + [dict(row) for at, row in enumerate(kept) if not shown[at]])
