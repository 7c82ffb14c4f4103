"""Taking back what one merge wrote: records stand again as before it, unless something has changed them since.

The log only grows: a record taken back has a change ``unmerge`` that names the action it takes back; both together
count as if neither had been. A record that the merge made leaves its register, so that the same line can be taken in
again; its history stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from thidua_desktop.formdef.model import FieldSpec, FieldType
from thidua_desktop.store import change_log, record_writer, search
from thidua_desktop.store.cells import plain_of, values_of_plain
from thidua_desktop.store.change_log import NewChange
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Change, Record, RecordKey
from thidua_desktop.store.record_writer import Write, Writing
from thidua_desktop.store.register_table import RegisterTable, quoted
from thidua_desktop.store.titles import Titles

UNMERGED = "unmerge"
_DELETED = ("delete", "decide_deleted")


class Fate(StrEnum):
    """What becomes of one record."""

    REMOVED = "removed"  # the merge had made it
    RETURNED = "returned"  # it stands again as before
    CHANGED_SINCE = "changed_since"  # kept: something has changed it after the merge
    NEEDED = "needed"  # kept: records that stay point to it


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One record of a merge; ``later`` is the change that keeps it (CHANGED_SINCE)."""

    key: RecordKey
    fate: Fate
    later: Change | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    change: Change
    before: Change | None  # the last change that still counted when the merge wrote, None: there was no record


def effective(changes: Iterable[Change]) -> list[Change]:
    """The changes of one record that still count: a merge that was taken back and its taking back are left out."""
    standing: list[Change] = []
    for change in changes:
        if change.operation == UNMERGED:
            standing = [one for one in standing if one.action != change.undoes]
        else:
            standing.append(change)
    return standing


def look(database: OpenDatabase, action: int) -> list[TakenBack]:
    """What taking back the merge ``action`` would do to each of its records, in the order of the merge."""
    return [fate for fate, _ in _fates(database, action)]


def take_back(database: OpenDatabase, action: int, actor: str, now: datetime, reason: str) -> list[TakenBack]:
    """Take a merge back inside one transaction."""
    by, titles = Writing(actor, now, reason, undoes=action), Titles(database)
    with database.atomic():
        fates = _fates(database, action)
        for _, step in reversed(fates):
            if step is not None:
                _reverse(database, step, by, titles)
    return [fate for fate, _ in fates]


def _fates(database: OpenDatabase, action: int) -> list[tuple[TakenBack, _Step | None]]:
    steps: dict[RecordKey, _Step] = {}
    found: dict[RecordKey, TakenBack] = {}
    for change in change_log.of_action(database, action):
        key = RecordKey(change.register, change.record_id)
        standing = effective(change_log.history(database, key.register, key.id))
        place = next((place for place, one in enumerate(standing) if one.seq == change.seq), None)
        if place is None:
            continue  # taken back already
        if place + 1 < len(standing):
            found[key] = TakenBack(key, Fate.CHANGED_SINCE, standing[-1])
            continue
        steps[key] = _Step(change, standing[place - 1] if place else None)
        found[key] = TakenBack(key, Fate.RETURNED if place else Fate.REMOVED)
    for key in _needed(database, {key for key, fate in found.items() if fate.fate is Fate.REMOVED}):
        found[key] = TakenBack(key, Fate.NEEDED)
        del steps[key]
    return [(fate, steps.get(key)) for key, fate in found.items()]


def _needed(database: OpenDatabase, going: set[RecordKey]) -> set[RecordKey]:
    """Of the records that would go, those that a living record that stays points to, directly or through others."""
    pointed = {(source, target) for source, target in _links_to(database, going) if source != target}
    kept: set[RecordKey] = set()
    while more := {target for source, target in pointed if source not in going - kept} - kept:
        kept |= more
    return kept


def _links_to(database: OpenDatabase, targets: set[RecordKey]) -> Iterator[tuple[RecordKey, RecordKey]]:
    """(from, to) for every link of a living record to one of ``targets``; child rows are read as well."""
    wanted = {key.register for key in targets}
    for table in database.tables():
        links = [spec for spec in table.spec.fields if spec.type is FieldType.LINK and spec.register in wanted]
        rows = [spec for spec in table.spec.fields if any(child.register in wanted for child in _links(spec))]
        if not links and not rows:
            continue
        columns = ", ".join(quoted(spec.name) for spec in (*links, *rows))
        for record_id, *cells in database.run(f"SELECT id, {columns} FROM {quoted(table.name)} WHERE deleted = 0"):
            source = RecordKey(table.name, record_id)
            for target in _named(table, (*links, *rows), cells):
                if target in targets:
                    yield source, target


def _links(spec: FieldSpec) -> list[FieldSpec]:
    return [child for child in spec.fields if child.type is FieldType.LINK]


def _named(table: RegisterTable, specs: Sequence[FieldSpec], cells: Sequence[Any]) -> Iterator[RecordKey]:
    import json

    for spec, cell in zip(specs, cells, strict=True):
        if cell is None:
            continue
        if spec.type is FieldType.LINK:
            yield RecordKey(spec.register, cell)
            continue
        for row in json.loads(cell):
            yield from (RecordKey(child.register, row[child.name]) for child in _links(spec) if row.get(child.name))


def _reverse(database: OpenDatabase, step: _Step, by: Writing, titles: Titles) -> None:
    change = step.change
    table = database.table(change.register)
    record = record_writer.current(database, table, change.record_id)
    if record is None:
        return  # erased since
    database.run(
        'DELETE FROM "record_version" WHERE register = ? AND record_id = ? AND seq = ?',
        (table.name, record.id, change.seq),
    )
    if step.before is None:
        _remove(database, table, record, by)
    else:
        _return(database, table, record, step.change, step.before, by, titles)


def _remove(database: OpenDatabase, table: RegisterTable, record: Record, by: Writing) -> None:
    plain = {**plain_of(table.spec, record.values), **record.extra}
    fields = {name: (value, None) for name, value in plain.items()}
    new = NewChange(UNMERGED, by.actor, by.now, fields, by.reason, by.undoes)
    change_log.append(database, table.name, record.id, record.revision, record.office, new)
    search.remove(database, table, record.row)
    database.run(f"DELETE FROM {quoted(table.name)} WHERE row = ?", (record.row,))


def _return(
    database: OpenDatabase, table: RegisterTable, record: Record, change: Change, before: Change, by: Writing,
    titles: Titles,
) -> None:  # fmt: skip
    now_plain = {**plain_of(table.spec, record.values), **record.extra}
    plain = {**now_plain, **{name: old for name, (old, _) in change.fields.items()}}
    plain = {name: value for name, value in plain.items() if value is not None}
    known = {spec.name for spec in table.spec.fields}
    values = values_of_plain(table.spec, plain)
    again = replace(
        record, revision=before.revision, values=values, deleted=before.operation in _DELETED or not plain,
        changed_at=by.now, changed_by=by.actor,
        extra={name: value for name, value in plain.items() if name not in known},
    )  # fmt: skip
    fields = change_log.field_changes(now_plain, plain)
    record_writer.write(
        database, Write(table, record, again, plain_of(table.spec, values), UNMERGED, fields), by, titles
    )
