"""Records that several installations of this office write: how each stands, beside its row.

What a version says is sync's own JSON; the store keeps it by the change that wrote it, so that taking a package back
brings the one before to light again. Changes after it are the log's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.store import change_log, record_writer
from thidua_desktop.store.cells import compact_json, plain_of, values_of_plain
from thidua_desktop.store.merge import MergeResult, RecordLine, blocks
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Record, RecordKey
from thidua_desktop.store.record_writer import LateRows, Write, Writing
from thidua_desktop.store.register_table import RegisterTable
from thidua_desktop.store.titles import Titles


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version as it stood with change ``seq``; ``open``: people had something to decide then."""

    seq: int
    content: Mapping[str, Any]
    open: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A record as it shall stand, with its version; ``line.values`` hold those of a deleted record as well."""

    line: RecordLine
    content: Mapping[str, Any]
    open: bool


class RecordVersions:
    """The versions of one open office file."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def get(self, register: str, record_id: str) -> StoredVersion | None:
        """The newest version written down of a record; None when only this installation has ever written it."""
        sql = (
            'SELECT seq, content, "open" FROM record_version WHERE register = ? AND record_id = ? '
            "ORDER BY seq DESC LIMIT 1"
        )
        row = self._database.one(sql, (register, record_id))
        return StoredVersion(row[0], json.loads(row[1]), bool(row[2])) if row else None

    def open(self) -> Iterator[RecordKey]:
        """Records whose newest version left something to decide (a later change of the record may have done it)."""
        sql = (
            'SELECT register, record_id FROM record_version AS v WHERE "open" = 1 AND NOT EXISTS (SELECT 1 FROM '
            "record_version AS n WHERE n.register = v.register AND n.record_id = v.record_id AND n.seq > v.seq) "
            "ORDER BY register, record_id"
        )
        for row in self._database.all(sql):
            yield RecordKey(row[0], row[1])

    def erasures(self) -> list[RecordKey]:
        """Every record that was erased here for good, by register and id."""
        sql = "SELECT DISTINCT register, record_id FROM change WHERE operation = 'erase' ORDER BY register, record_id"
        return [RecordKey(row[0], row[1]) for row in self._database.all(sql)]

    def erased(self, register: str, record_id: str) -> bool:
        """Whether a record was erased here for good."""
        sql = "SELECT 1 FROM change WHERE register = ? AND record_id = ? AND operation = 'erase'"
        return self._database.one(sql, (register, record_id)) is not None


def take_versions(
    database: OpenDatabase, lines: Iterable[VersionLine], package: str, actor: str, now: datetime
) -> MergeResult:
    """Write records as merged, with their versions, in one transaction; one that fits no column is set aside."""
    taking = _Taking(database, Writing(actor, now, package))
    with database.atomic():
        for block in blocks(lines, lambda one: one.line):
            taking.take(block)
        taking.end()
    return taking.result


class _Taking:
    """One package of another installation while it is written, block by block."""

    def __init__(self, database: OpenDatabase, by: Writing) -> None:
        self.result = MergeResult()
        self._database, self._by = database, by
        self._titles, self._late = Titles(database), LateRows()

    def take(self, lines: Sequence[VersionLine]) -> None:
        """Write the records of one block, and how each stands."""
        table = self._database.table(lines[0].line.register)
        here = record_writer.current_all(self._database, table, [one.line.id for one in lines])
        found = [(one, self._write(table, one.line, here.get(one.line.id))) for one in lines]
        fitting = [(one, write) for one, write in found if write is not None]
        writes = [write for _, write in fitting]
        written = record_writer.write_all(self._database, writes, self._by, self._titles, self._late)
        self._database.run_many(
            'INSERT INTO record_version (register, record_id, seq, "open", content) VALUES (?, ?, ?, ?, ?)',
            [
                (table.name, one.line.id, seq, int(one.open), compact_json(dict(one.content)))
                for (one, _), (seq, _) in zip(fitting, written, strict=True)
            ],
        )

    def end(self) -> None:
        """What waited for records that come later in the same package."""
        record_writer.put_late(self._database, self._late, self._titles)

    def _write(self, table: RegisterTable, line: RecordLine, old: Record | None) -> Write | None:
        """What a line writes over ``old``; None when it fits no column."""
        try:
            values = values_of_plain(table.spec, line.values)
        except (ValueError, TypeError, AttributeError) as problem:
            self.result.set_aside.append((line, str(problem)))
            return None
        record = Record(
            register=table.name, id=line.id, office=old.office if old else line.office, revision=line.revision,
            values=values, deleted=line.deleted, changed_at=self._by.now, changed_by=line.changed_by or self._by.actor,
            row=old.row if old else 0,
            extra={name: line.values[name] for name in line.values.keys() - table.spec.by_name.keys()},
        )  # fmt: skip
        plain = plain_of(table.spec, values)
        before = {**plain_of(table.spec, old.values), **old.extra} if old else {}
        self.result.registers.add(table.name)
        self.result.new += old is None
        self.result.deleted += line.deleted
        self.result.changed += old is not None and not line.deleted
        return Write(table, old, record, plain, "merge", change_log.field_changes(before, {**plain, **record.extra}))


def decide(
    database: OpenDatabase, key: RecordKey, plain: Mapping[str, Any], fields: Iterable[str], deleted: bool, by: Writing
) -> Record:
    """Write what people decided as a change of its own, also where the value stays: ``fields`` are decided."""
    table, titles = database.table(key.register), Titles(database)
    with database.atomic():
        old = record_writer.current(database, table, key.id)
        if old is None:
            raise KeyError(key.id)
        before = plain_of(table.spec, old.values)
        after = {name: value for name, value in {**before, **plain}.items() if value is not None}
        values = values_of_plain(table.spec, after)
        changed = {name: (before.get(name), after.get(name)) for name in sorted(fields)}
        record = Record(
            register=table.name, id=old.id, office=old.office, revision=old.revision + 1, values=values,
            deleted=deleted, changed_at=by.now, changed_by=by.actor, row=old.row, extra=old.extra,
        )  # fmt: skip
        operation = "decide_deleted" if deleted else "decide"
        return record_writer.write(
            database, Write(table, old, record, plain_of(table.spec, values), operation, changed), by, titles
        )
