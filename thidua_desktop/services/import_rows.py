"""The lines of a table that can be recorded, made into records one by one when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from thidua_desktop.formdef.model import Values
from thidua_desktop.services.transfer_rows import RowProblem
from thidua_desktop.services.transfer_table import ValueTable
from thidua_desktop.store.new_records import Columns, picked


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A line that can be recorded: ``record_id`` only where it changes a record or brings its id (.jsonl);
    ``warnings`` pass with one reason for the file.
    """

    number: int
    values: Values
    record_id: str | None = None
    warnings: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRows(Sequence[ImportRow]):
    """Lines of ``table`` at ``places``; by place: their numbers, ids of records, and warnings."""

    table: ValueTable
    places: Sequence[int]
    numbers: Sequence[int]
    ids: Mapping[int, str] = field(default_factory=dict)
    warnings: Mapping[int, tuple[RowProblem, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> ImportRow: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[ImportRow, ...]: ...
    def __getitem__(self, at: int | slice) -> ImportRow | tuple[ImportRow, ...]:
        if isinstance(at, slice):
            return tuple(map(self._row, self.places[at]))
        return self._row(self.places[at])

    def __iter__(self) -> Iterator[ImportRow]:
        return map(self._row, self.places)

    @property
    def changing(self) -> int:
        """How many of them have the id of a record."""
        return sum(place in self.ids for place in self.places) if self.ids else 0

    @property
    def warned(self) -> int:
        """How many of them have warnings."""
        return sum(place in self.warnings for place in self.places) if self.warnings else 0

    def written(self) -> Iterator[tuple[str | None, Values]]:
        """(id or None, values) of each, as they are written."""
        return zip(map(self.ids.get, self.places), self.table.rows(self.places), strict=True)

    def blocks(self, size: int) -> Iterator[Columns]:
        """Their values by column, so many of them at a time; for lines that are all new."""
        for start in range(0, len(self.places), size):
            places = self.places[start : start + size]
            yield {name: picked(column, places) for name, column in self.table.columns.items()}

    def _row(self, place: int) -> ImportRow:
        warnings = self.warnings.get(place, ())
        return ImportRow(self.numbers[place], self.table.row(place), self.ids.get(place), warnings)


NO_ROWS = ImportRows(ValueTable(0, {}), (), ())
