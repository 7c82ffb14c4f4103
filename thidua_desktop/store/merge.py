"""Taking records of another office: the newest revision stands, in any order and however often it comes.

Computed fields stay as they were sent, they are not computed anew: the content of a revision is what its office signed,
and a value of our own under the same revision would be a conflict with the next package that carries it. Where they
come out otherwise here, people are told (``services.handoff.recomputed``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from thidua_desktop.store import change_log, record_writer
from thidua_desktop.store.cells import PlainValues, canonical_json, plain_of, values_of_plain
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Record
from thidua_desktop.store.record_writer import LateRows, Write, Writing
from thidua_desktop.store.register_table import RegisterTable
from thidua_desktop.store.titles import Titles

T = TypeVar("T")


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
    merging = _Merging(database, sender, Writing(actor, now, package))
    with database.atomic():
        for block in blocks(lines, lambda line: line):
            merging.take(block)
        merging.end()
    return merging.result


def blocks(lines: Iterable[T], line_of: Callable[[T], RecordLine]) -> Iterator[list[T]]:
    """Neighbours of one register, at most ``record_writer.BLOCK`` of them, no record twice."""
    block: dict[str, T] = {}
    register = ""
    for one in lines:
        line = line_of(one)
        if block and (line.register != register or len(block) >= record_writer.BLOCK or line.id in block):
            yield list(block.values())
            block = {}
        register, block[line.id] = line.register, one
    if block:
        yield list(block.values())


class _Merging:
    """One merge while it goes on."""

    def __init__(self, database: OpenDatabase, sender: str, by: Writing) -> None:
        self.result = MergeResult()
        self._database, self._sender, self._by = database, sender, by
        self._titles, self._late = Titles(database), LateRows()

    def take(self, lines: Sequence[RecordLine]) -> None:
        """Write what is newer of one block."""
        if lines[0].register not in self._database.definitions.registers:
            self.result.set_aside += [(line, f"register {line.register}") for line in lines]
            return
        table = self._database.table(lines[0].register)
        here = record_writer.current_all(self._database, table, [line.id for line in lines])
        found = (self._write(table, line, here.get(line.id)) for line in lines)
        writes = [one for one in found if one is not None]
        record_writer.write_all(self._database, writes, self._by, self._titles, self._late)

    def end(self) -> None:
        """What waited for records that come later in the same package: registers come in the order of their names."""
        record_writer.put_late(self._database, self._late, self._titles)

    def _write(self, table: RegisterTable, line: RecordLine, old: Record | None) -> Write | None:
        """What a line writes over ``old``; None when it is set aside or brings nothing new."""
        reason = self._why_not(line, old)
        if reason:
            self.result.set_aside.append((line, reason))
            return None
        try:
            values = values_of_plain(table.spec, line.values)
        except (ValueError, TypeError, AttributeError) as problem:
            self.result.set_aside.append((line, str(problem)))
            return None
        record = Record(
            register=table.name, id=line.id, office=line.office, revision=line.revision, values=values,
            deleted=line.deleted, changed_at=self._by.now, changed_by=line.changed_by or self._by.actor,
            row=old.row if old else 0,
            extra={name: line.values[name] for name in line.values.keys() - table.spec.by_name.keys()},
        )  # fmt: skip
        plain = plain_of(table.spec, values)
        before = plain_of(table.spec, old.values) if old else {}
        if old is not None and _rank(old, before) >= _rank(record, plain):
            self.result.unchanged += 1
            return None
        self._count(table, line, old)
        old_extra = old.extra if old else {}
        fields = change_log.field_changes({**before, **old_extra}, {**plain, **record.extra})
        return Write(table, old, record, plain, "merge", fields)

    def _why_not(self, line: RecordLine, old: Record | None) -> str:
        if line.office != self._sender:
            return f"office {line.office}"
        if not line.id or line.revision < 1:
            return "id"
        return f"office {old.office}" if old is not None and old.office != line.office else ""

    def _count(self, table: RegisterTable, line: RecordLine, old: Record | None) -> None:
        self.result.registers.add(table.name)
        if line.deleted:
            self.result.deleted += 1
        elif old is None:
            self.result.new += 1
        else:
            self.result.changed += 1


def _rank(record: Record, plain: PlainValues) -> tuple[int, bool, str]:
    """Which of two states of a record stands: the higher revision; of the same, one and the same wherever it comes."""
    return record.revision, record.deleted, canonical_json({**plain, **record.extra})
