"""Values that the person at the desk may not see: left out of what is shown, kept as they are by what is saved.

A field may be hidden whole, or some columns of its child rows alone. Rows that are shown without them carry a mark, by
which a save finds what each one was, whatever became of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import FieldSpec, RegisterSpec, Row, Value, Values
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record

ROW_MARK = "#"
"""In a row of which something is hidden: its place among the recorded ones; NEW_ROW in one that was not there."""
NEW_ROW = -1


class UnclearRowsError(Exception):
    """Of rows without marks nobody can tell which recorded one each was: what is hidden could go to another person."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def marks_rows(session: Session, field: FieldSpec) -> bool:
    """Whether something of the rows of a field is hidden from the person at the desk, so that they carry marks."""
    return bool(_hidden(session, field.fields))


def seen(session: Session, spec: RegisterSpec, record: Record) -> Record:
    """The record without the values that the person at the desk may not see."""
    if not _hidden(session, spec.fields) and not any(_hidden(session, field.fields) for field in spec.fields):
        return record
    return replace(record, values=cast(Values, _seen(session, spec.fields, record.values)))


def with_unseen(session: Session, spec: RegisterSpec, values: Values, record_id: str | None) -> Values:
    """``values`` with what is kept in fields that the person at the desk may not see: a save changes none of them.

    Raises UnclearRowsError.
    """
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
            continue
        rows = [_seen(session, field.fields, row) for row in rows_of(value)]
        marked = _hidden(session, field.fields)
        found[name] = tuple({**row, ROW_MARK: at} if row and marked else row for at, row in enumerate(rows))
    hidden = _hidden(session, fields)
    return {name: value for name, value in found.items() if name not in hidden}


def _with_unseen_cells(session: Session, field: FieldSpec, given: Sequence[Row], kept: Sequence[Row]) -> list[Row]:
    """The given rows, each with the hidden cells of the kept one that it was. A kept row of which nothing is seen
    cannot have been taken away, and stays.
    """
    hidden = _hidden(session, field.fields)
    shown = [_without(row, hidden) for row in kept]
    unseen = [{name: cell for name, cell in row.items() if name in hidden} for row in kept]
    came = [_without(row, hidden) for row in given]
    marked = any(ROW_MARK in row for row in given)
    was = _by_marks(given, shown) if marked else _by_looks(came, shown, unseen)
    if was is None:
        raise UnclearRowsError(finding("TD-DATA-608", field.name, label=field.label))
    rows = [{**row, **(unseen[was[place]] if place in was else {})} for place, row in enumerate(came) if row]
    return cast("list[Row]", rows + [dict(row) for at, row in enumerate(kept) if not shown[at]])


def _without(row: Row, hidden: set[str]) -> dict[str, Any]:
    return {name: cell for name, cell in row.items() if name not in hidden and name != ROW_MARK}


def _by_marks(given: Sequence[Row], shown: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """By place of a given row that of the kept one that it is; each kept one is one given row at most."""
    known = {at: place for place, row in reversed(list(enumerate(given))) if isinstance(at := row.get(ROW_MARK), int)}
    return {place: at for at, place in known.items() if 0 <= at < len(shown) and shown[at]}


def _by_looks(
    came: Sequence[Mapping[str, Any]], shown: Sequence[Mapping[str, Any]], unseen: Sequence[Mapping[str, Any]]
) -> dict[int, int] | None:
    """The same of rows that say nothing of it: those that look the same, then, where as many rows stand as before, the
    others at their own places. None where that would be a guess about rows with something hidden.
    """
    free = {at for at, row in enumerate(shown) if row}
    was: dict[int, int] = {}
    for place, row in enumerate(came):
        alike = [at for at in sorted(free) if shown[at] == row]
        if alike:
            was[place] = place if place in alike else alike[0]
            free.discard(was[place])
    if any(unseen[at] != unseen[was[place]] for place, row in enumerate(came) if place in was
           for at in free if shown[at] == row):  # fmt: skip
        return None  # one of several that look the same is gone
    left = {place for place, row in enumerate(came) if row and place not in was}
    if left == free and len(came) == len(shown):
        return was | {place: place for place in left}
    return None if left and any(unseen[at] for at in free) else was
