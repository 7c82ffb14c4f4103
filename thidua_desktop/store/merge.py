"""Taking records of another office: the newest revision stands, in any order and however often it comes.

Computed fields stay as they were sent, they are not computed anew: the content of a revision is what its office signed,
and a value of our own under the same revision would be a conflict with the next package that carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from thidua_desktop.store import change_log, record_writer
from thidua_desktop.store.cells import PlainValues, canonical_json, filled, plain_of, values_of_plain
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Record
from thidua_desktop.store.record_writer import Writing
from thidua_desktop.store.register_table import RegisterTable
from thidua_desktop.store.titles import Titles


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """A record as it travels: ``values`` are plain (``formdef`` to_plain), also of fields unknown here."""

    register: str
    id: str
    office: str
    revision: int
    values: Mapping[str, Any]
    deleted: bool = False
    changed_at: str = ""
    changed_by: str = ""


@dataclass(slots=True)
class MergeResult:
    """What a merge did: record counts, and lines set aside with the reason (technical, for the log of the package)."""

    new: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    registers: set[str] = field(default_factory=set)
    set_aside: list[tuple[RecordLine, str]] = field(default_factory=list)


def merge(
    database: OpenDatabase, lines: Iterable[RecordLine], sender: str, package: str, actor: str, now: datetime
) -> MergeResult:
    """Write the lines that are newer than what is here; a line of an office other than ``sender`` is set aside."""
    result, titles = MergeResult(), Titles(database)
    by = Writing(actor, now, package)
    with database.atomic():
        for line in lines:
            reason = _why_not(database, line, sender)
            if reason:
                result.set_aside.append((line, reason))
                continue
            table = database.table(line.register)
            try:
                values = values_of_plain(table.spec, line.values)
            except (ValueError, TypeError, AttributeError) as problem:
                result.set_aside.append((line, str(problem)))
                continue
            _take(database, table, line, filled(values), by, titles, result)
    return result


def _why_not(database: OpenDatabase, line: RecordLine, sender: str) -> str:
    if line.register not in database.definitions.registers:
        return f"register {line.register}"
    if line.office != sender:
        return f"office {line.office}"
    if not line.id or line.revision < 1:
        return "id"
    return ""


def _take(
    database: OpenDatabase, table: RegisterTable, line: RecordLine, values: dict[str, Any], by: Writing, titles: Titles,
    result: MergeResult,
) -> None:  # fmt: skip
    old = record_writer.current(database, table, line.id)
    if old is not None and old.office != line.office:
        result.set_aside.append((line, f"office {old.office}"))
        return
    known = {spec.name for spec in table.spec.fields}
    extra = {name: value for name, value in line.values.items() if name not in known}
    record = Record(
        register=table.name, id=line.id, office=line.office, revision=line.revision, values=values,
        deleted=line.deleted, changed_at=by.now, changed_by=line.changed_by or by.actor, row=old.row if old else 0,
        extra=extra,
    )  # fmt: skip
    plain = plain_of(table.spec, values)
    before = plain_of(table.spec, old.values) if old else {}
    if old is not None and _rank(old, before) >= _rank(record, plain):
        result.unchanged += 1
        return
    old_extra = old.extra if old else {}
    fields = change_log.field_changes({**before, **old_extra}, {**plain, **extra})
    record_writer.write(database, table, old, record, plain, "merge", fields, by, titles)
    result.registers.add(table.name)
    if line.deleted:
        result.deleted += 1
    elif old is None:
        result.new += 1
    else:
        result.changed += 1


def _rank(record: Record, plain: PlainValues) -> tuple[int, bool, str]:
    """Which of two states of a record stands: the higher revision; of the same, one and the same wherever it comes."""
    return record.revision, record.deleted, canonical_json({**plain, **record.extra})
