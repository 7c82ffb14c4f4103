"""Records as they stand, in the order in which the change log wrote them last: what publishing goes through.

The log is walked by its own key, so that neither a sort nor an index on every register is needed, in a file of any
size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua_desktop.store.open_database import OpenDatabase


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record as it stands; ``seq``: its last change. ``plain`` holds every field, private ones too."""

    id: str
    office: str
    revision: int
    deleted: bool
    seq: int
    changed_at: str
    plain: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """What the changes of a block did to one register: records last written in it, ids of those erased for good."""

    register: str
    records: list[ChangedRecord]
    erased: list[str]


class ChangedRecords:
    """The change log of one open office file, read in blocks."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def hash_at(self, seq: int) -> str:
        """Hash (hex) of a change, by which a file is known again; "" when there is no such change."""
        row = self._database.one("SELECT hash FROM change WHERE seq = ?", (seq,))
        return row[0].hex() if row else ""

    def parts(self, after: int, through: int) -> list[ChangedPart]:
        """What the changes after ``after`` up to ``through`` did, register by register."""
        known = self._database.definitions.registers
        found = self._database.all("SELECT DISTINCT register FROM change WHERE seq > ? AND seq <= ?", (after, through))
        return [self._part(register, after, through) for (register,) in sorted(found) if register in known]

    def _part(self, register: str, after: int, through: int) -> ChangedPart:
        table = self._database.table(register)
        changed = "SELECT record_id FROM change WHERE seq > ? AND seq <= ? AND register = ?"
        parameters = (after, through, register)
        sql = f"{table.select} WHERE t.id IN ({changed}) AND t.changed_seq <= ?"
        records = [
            ChangedRecord(plain.id, plain.office, plain.revision, plain.deleted, row[5], row[6], plain.plain)
            for row in self._database.all(sql, (*parameters, through))
            for plain in (table.plain_record(row),)
        ]
        gone = f'SELECT DISTINCT record_id FROM ({changed}) WHERE record_id NOT IN (SELECT id FROM "{table.name}")'
        return ChangedPart(register, records, [row[0] for row in self._database.all(gone, parameters)])
