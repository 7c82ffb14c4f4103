"""Records that equal a line of a table in all that it says: which of them its child rows mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, cast

from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.store.queries import Record

CellOfRows: TypeAlias = tuple[str, str, Value]
"""One value of a child row: its table, its column, the value."""


def cells_of(table: str, rows: Iterable[Row]) -> Iterator[CellOfRows]:
    """Every value of some child rows."""
    return ((table, name, value) for row in rows for name, value in row.items())


class AlikeRecords:
    """Each record is taken once. They are found by the values of their child rows: a thousand lines may be equal, and
    to compare each with each would take minutes.
    """

    def __init__(self, records: Sequence[Record], tables: Sequence[str]) -> None:
        self._free = {record.id: record for record in records}
        self._having: dict[CellOfRows, dict[str, None]] = {}
        for record in records:
            for table in tables:
                for cell in cells_of(table, cast("tuple[Row, ...]", record.values.get(table) or ())):
                    self._having.setdefault(cell, {})[record.id] = None

    def take(self, cells: Iterable[CellOfRows], fits: Callable[[Record], bool]) -> Record | None:
        """The first one not taken yet that has all of ``cells`` and fits; None for none."""
        having = sorted((self._having.get(cell, {}) for cell in set(cells)), key=len)
        fewest = having[0] if having else dict[str, None].fromkeys(self._free)
        for record_id in fewest:
            record = self._free.get(record_id)
            if record is not None and all(record_id in others for others in having) and fits(record):
                del self._free[record_id], fewest[record_id]
                return record
        return None

    def take_next(self) -> Record | None:
        """The first one not taken yet."""
        first = next(iter(self._free), None)
        return None if first is None else self._free.pop(first)
