"""What callers ask of the store and what they get: frozen values, no SQL."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, TypeAlias, overload

from thidua_desktop.formdef.model import Condition, Value


class DateSpan(Protocol):
    """Days from ``start`` to ``end``, both included (``domain.periods`` has such values)."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


class DateRange(NamedTuple):
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date


class OfficeWindow(NamedTuple):
    """The days on which an office is there, both included; None: since or for ever."""

    office: str
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the office is there on a day."""
        return not ((self.first is not None and day < self.first) or (self.last is not None and day > self.last))

    def overlaps(self, span: DateSpan) -> bool:
        """Whether the office is there on any day of a span."""
        return not (
            (self.first is not None and span.end < self.first) or (self.last is not None and span.start > self.last)
        )

    def cuts(self, span: DateSpan) -> bool:
        """Whether the office begins or ends within a span, so that it is there on some of its days only."""
        return self.overlaps(span) and not (self.holds(span.start) and self.holds(span.end))


class Arrival(NamedTuple):
    """Records that an office took over from another one on a day; their ids begin with ``ids`` (``ARRIVAL_SIGNS``)."""

    office: str
    ids: str
    day: date


ARRIVAL_SIGNS = 15
"""So many signs of an id say by which change a record was taken over: "1f00ab34-99c2-5"."""


class OfficeDays(NamedTuple):
    """On which days offices count. Those without a window count always.

    Events outside an office's days count nowhere. What stands on a day counts only of offices that are there then, or
    (``stands_always``) of all: so each desk counts for itself. What an office took over counts with it from the day of
    the change on, and until then with the office that it comes from, on every desk.
    """

    windows: tuple[OfficeWindow, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    stands_always: bool = False


ALWAYS = OfficeDays()
"""Every office counts on every day."""


class RecordKey(NamedTuple):
    """Names one record."""

    register: str
    id: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands. ``extra`` keeps plain values of fields that only a newer definition knows."""

    register: str
    id: str
    office: str
    revision: int
    values: Mapping[str, Value]
    deleted: bool
    changed_at: datetime
    changed_by: str
    row: int = 0
    changed_seq: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


class PlainRecord(NamedTuple):
    """One record as it stands, its values as JSON can hold them."""

    id: str
    office: str
    revision: int
    deleted: bool
    plain: Mapping[str, Any]


Line: TypeAlias = tuple[Any, ...]
"""A row as it is stored: row, id, deleted, then the columns asked for (``store.cells`` makes values of them)."""


class SortKey(NamedTuple):
    """One column to sort by."""

    field: str
    descending: bool = False


class ListQuery(NamedTuple):
    """Which records of a register, in which order.

    ``start``/``end`` (both included) scope by the register's date field; ``valid_on`` by valid_from/valid_to; ``text``
    is searched without diacritics, every word a prefix; no ``sort`` means the register's own order; ``without``: what
    offices took over by these changes is left out; ``alike``: (name or text field, text) that must say the same,
    capital letters and the place of a tone (hòa, hoà) aside.
    """

    register: str
    start: date | None = None
    end: date | None = None
    conditions: tuple[Condition, ...] = ()
    text: str = ""
    sort: tuple[SortKey, ...] = ()
    office: str | None = None
    include_deleted: bool = False
    valid_on: date | None = None
    without: tuple[Arrival, ...] = ()
    alike: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """The foot of a list: how many, and the sums of the fields declared ``total``; ``filled``: of those that not all
    records fill, in how many of how many that are asked for it."""

    count: int
    sums: Mapping[str, int | Decimal]
    filled: Mapping[str, tuple[int, int]] = field(default_factory=dict)


class RowKeys(Sequence[int]):
    """Row numbers of a list, eight bytes each; ``records.window(register, keys[a:b])`` gives the records."""

    __slots__ = ("_rows",)

    def __init__(self, rows: array[int]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> RowKeys: ...
    def __getitem__(self, index: int | slice) -> int | RowKeys:
        return RowKeys(self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def places(self, rows: Set[int]) -> list[int]:
        """Where these row numbers stand, from the first; those that are not in the list are left out."""
        return [place for place, row in enumerate(self._rows) if row in rows] if rows else []

    def place(self, row: int) -> int | None:
        """Where a row number stands; None when it is not in the list."""
        try:
            return self._rows.index(row)
        except ValueError:
            return None


class Change(NamedTuple):
    """One row of the change log. ``fields``: field name -> (old, new) plain values."""

    seq: int
    register: str
    record_id: str
    revision: int
    operation: str  # create | update | delete | restore | merge
    at: datetime
    actor: str
    installation: str
    office: str
    fields: Mapping[str, tuple[Any, Any]]
    reason: str
    action: int  # seq of the first change of the same transaction
    undoes: int | None  # the action that an undo or redo takes back
    hash: str


class FigureRow(NamedTuple):
    """One figure: ``area`` is None when not asked by area, "" for records without one."""

    office: str
    area: str | None
    range_index: int
    indicator: str
    value: int | Decimal
