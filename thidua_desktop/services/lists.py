"""Lists of any size: an array of row numbers, and windows of formatted cells fetched as they are looked at."""

from __future__ import annotations

from array import array
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from thidua_desktop.domain.periods import Period, PeriodKind, previous
from thidua_desktop.formdef.model import Condition, FieldSpec, FieldType, RegisterSpec, Value
from thidua_desktop.services import access, due, titles
from thidua_desktop.services.due import DueState
from thidua_desktop.services.session import Session
from thidua_desktop.store.cells import from_cell, reader_of
from thidua_desktop.store.list_sql import DECIDED, OWN
from thidua_desktop.store.queries import Arrival, Line, ListQuery, Record, RowKeys, SortKey, Totals
from thidua_desktop.text import format_number, sort_key

__all__ = [
    "CODED", "DECIDED", "OFFICE", "OWN_DECISION", "UNDECIDED", "Chip", "ChipValue", "Condition", "ListColumn",
    "ListQuery", "ListRow", "RecordList", "RowKeys", "SortKey", "Totals", "cell_text", "chips", "column_field",
    "columns", "decided_fields", "default_query", "filled_before", "filter_label", "filter_names", "is_quick",
    "nothing_yet", "office_names", "offices", "open_list", "prefetch_links", "scope_words", "searches_quickly",
    "with_condition",
]  # fmt: skip

WINDOW_ROWS = 50
WINDOWS_KEPT = 80
_MANY_VALUES = 1_000
_OWN = 3  # a line begins with row, id, deleted
MASKED = "•••"
_RIGHT = {FieldType.INTEGER, FieldType.DECIMAL}
_CENTER = {FieldType.DATE, FieldType.TIME, FieldType.BOOLEAN}
VALUES_OFFERED = 60
QUICK_ROWS = 5_000
"""Registers up to this size are listed, sorted and searched within a frame of the window."""
OFFICE = "office"
"""The column and the filter that say whose a record is; at the province alone, where they are of many."""
_OFFICE_FIELD = FieldSpec(name=OFFICE, type=FieldType.TEXT, label="Đơn vị")
UNDECIDED = "Tỉnh chưa ghi"
"""What stands in the column of the province's decisions for a record on which none was recorded."""
OWN_DECISION = "Xã quyết định"
"""What stands there for a record on which the commune itself decides."""
_OF_DECISIONS = {"": UNDECIDED, OWN: OWN_DECISION}
LOOKED_BACK = 18
_AS_STORED = {FieldType.TEXT, FieldType.NAME}
_UNSORTED = {FieldType.CHOICES}
CODED = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.BOOLEAN})
_FILTERED = {FieldType.CHOICE, FieldType.CHOICES, FieldType.LINK, FieldType.BOOLEAN}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: ``align`` is left, right or center; ``total`` tells that the foot shows its sum."""

    name: str
    label: str
    align: str = "left"
    sortable: bool = True
    total: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line: display texts in the order of the columns. ``state`` is "", "ended" (no longer valid) or "deleted";
    ``due`` says how a record that waits for something stands.
    """

    id: str
    cells: tuple[str, ...]
    state: str = ""
    due: DueState | None = None


@dataclass(frozen=True, slots=True)
class ChipValue:
    """One value that a filter offers, and how many records have it under the list's other filters."""

    value: str
    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter over the list: the field, what it offers, what is chosen."""

    field: str
    label: str
    values: tuple[ChipValue, ...]
    chosen: tuple[str, ...] = ()


class RecordList:
    """The rows of one query as they stood when it was opened; open again after a change.

    May be opened over a reading session in another thread and then be given to the window's (``handed_to``).
    """

    def __init__(self, session: Session, query: ListQuery, keys: RowKeys | None = None) -> None:
        self.session = session
        self.query = query
        self.spec = session.register(query.register)
        self.columns = columns(session, query.register)
        self._fields = tuple(column_field(self.spec, column.name) for column in self.columns)
        self._links = [(place, field) for place, field in enumerate(self._fields, _OWN) if field.type is FieldType.LINK]
        self._say = _sayings(session, self._fields)
        self._marking = _marking(self.spec)
        self._keys = session.file.records.ids(query) if keys is None else keys
        if keys is None:
            access.note(session, self.spec, access.LIST, records=len(self._keys))
        self._windows: OrderedDict[int, list[Line | ListRow]] = OrderedDict()
        self._totals: Totals | None = None
        self._places: dict[str, int | None] = {}  # of records that were looked for

    def __len__(self) -> int:
        return len(self._keys)

    def row(self, place: int) -> ListRow:
        """The row at ``place`` (from 0), reading the window around it; IndexError beyond the end."""
        if not 0 <= place < len(self._keys):
            raise IndexError(place)
        number, offset = divmod(place, WINDOW_ROWS)
        window = self._window(number)
        if offset >= len(window):
            return ListRow("", ("",) * len(self.columns), "deleted")
        found = window[offset]
        if not isinstance(found, ListRow):  # put into words when it is looked at: of a window, many rows never are
            found = window[offset] = self._in_words(found)
        return found

    def rows(self, start: int, end: int) -> list[ListRow]:
        """The rows from ``start`` to before ``end``."""
        return [self.row(place) for place in range(max(start, 0), min(end, len(self)))]

    def keys(self, places: Iterable[int]) -> RowKeys:
        """The row numbers at these places, by which they are known in any list of this register."""
        return RowKeys(array("q", (self._keys[place] for place in places)))

    def places(self, keys: Iterable[int]) -> list[int]:
        """Where rows of these numbers stand now, from the top; those that are no longer listed are left out."""
        return self._keys.places(set(keys))

    def ids(self, places: Iterable[int]) -> list[str]:
        """Record ids at these places; unlike ``row`` it formats nothing."""
        return self.session.file.records.ids_of_rows(self.query.register, self.keys(places))

    def part(self, session: Session, keys: RowKeys) -> RecordList:
        """The rows of these numbers as a list of their own, over another session."""
        return RecordList(session, self.query, keys)

    def handed_to(self, session: Session) -> RecordList:
        """This list, read from now on over ``session``, in whose thread it is called."""
        self.session, self._say = session, _sayings(session, self._fields)
        access.note(session, self.spec, access.LIST, records=len(self._keys))
        return self

    @property
    def has_totals(self) -> bool:
        """Whether anything is summed under the list."""
        return any(column.total for column in self.columns)

    @property
    def totals_known(self) -> bool:
        """Whether ``totals`` costs no statement any more."""
        return self._totals is not None

    def take_totals(self, totals: Totals) -> None:
        """Count and sums as they were reckoned in another thread."""
        self._totals = totals

    @property
    def totals(self) -> Totals:
        """Count and sums of all rows of the query, not only of those read."""
        if self._totals is None:
            self._totals = self.session.file.records.totals(self.query)
        return self._totals

    def total_cells(self) -> tuple[str, ...]:
        """The foot of the list in the order of the columns; "" where nothing is summed."""
        sums = self.totals.sums if self.has_totals else {}
        return tuple(format_number(sums[column.name]) if column.name in sums else "" for column in self.columns)

    def total_notes(self) -> dict[int, str]:
        """Of sums that not all records fill, by column: in how many of them something stands."""
        from thidua_desktop.services.reports.unrecorded import partly, tell_by

        filled = self.totals.filled if self.has_totals else {}
        telling = tell_by(self.session.definitions, self.query.register)
        places = {column.name: at for at, column in enumerate(self.columns) if column.name in telling}
        return {places[name]: partly(*counts) for name, counts in filled.items() if name in places}

    def place_of(self, record_id: str) -> int | None:
        """The place of a record in the list; None when it is not listed."""
        if record_id not in self._places:
            row = self.session.file.records.row_of(self.query.register, record_id)
            self._places[record_id] = self._keys.place(row) if row is not None else None
        return self._places[record_id]

    def _window(self, number: int) -> list[Line | ListRow]:
        if number in self._windows:
            self._windows.move_to_end(number)
            return self._windows[number]
        keys = self._keys[number * WINDOW_ROWS : (number + 1) * WINDOW_ROWS]
        read = [column.name for column in self.columns] + [field.name for field in self._marking]
        lines = self.session.file.records.lines(self.query.register, keys, read)
        _fetch_titles(self.session, ((field, {line[place] for line in lines}) for place, field in self._links))
        rows = self._windows[number] = list[Line | ListRow](lines)
        while len(self._windows) > WINDOWS_KEPT:
            self._windows.popitem(last=False)
        return rows

    def _in_words(self, line: Line) -> ListRow:
        _, record_id, deleted, *stored = line
        cells = tuple([say(cell) for say, cell in zip(self._say, stored, strict=False)])
        state, waits = "deleted" if deleted else "", None
        if self._marking and not deleted:
            found = zip(self._marking, stored[len(cells) :], strict=True)
            values = {field.name: from_cell(field, cell) for field, cell in found}
            today, until = self.session.today, values.get(self.spec.valid_to)
            state = "ended" if isinstance(until, date) and until < today else ""
            waits = due.state_of(self.spec, values, today)
        return ListRow(record_id, cells, state, waits)


class _Said(dict[Any, str]):
    """What a column says of each stored cell that it met, as the same few come again and again."""

    def __init__(self, say: Callable[[Any], str]) -> None:
        super().__init__({None: ""})
        self._say = say

    def __missing__(self, cell: Any) -> str:
        if len(self) >= _MANY_VALUES:
            self.clear()
            self[None] = ""
        words = self[cell] = self._say(cell)
        return words


def _sayings(session: Session, fields: Iterable[FieldSpec]) -> tuple[Callable[[Any], str], ...]:
    """What columns of these fields say of a stored cell; they ask nobody but ``session``."""
    names = office_names(session) if session.is_province else {}
    return tuple(
        (lambda code: names.get(code, code)) if field is _OFFICE_FIELD else _saying(session, field) for field in fields
    )


def _saying(session: Session, field: FieldSpec) -> Callable[[Any], str]:
    if field.name.startswith(DECIDED):
        return lambda code: _chip_label(session, field, code or "")
    if field.type in _AS_STORED and session.sees(field):
        return lambda cell: cell or ""
    words, read = _words_of(session, field), reader_of(field)
    return _Said(words if read is None else lambda cell: words(read(field, cell))).__getitem__


def open_list(session: Session, query: ListQuery) -> RecordList:
    """The list of a query; reading the row numbers is all that it costs now."""
    return RecordList(session, query)


def _marking(spec: RegisterSpec) -> tuple[FieldSpec, ...]:
    """The fields by which a line is marked: no longer valid, waiting for something."""
    names = (spec.valid_to, *((spec.due.field, spec.due.done) if spec.due is not None else ()))
    return tuple(spec.field(name) for name in dict.fromkeys(filter(None, names)))


def nothing_yet(session: Session, query: ListQuery) -> RecordList:
    """An empty list in the place of one that is still being read."""
    return RecordList(session, query, RowKeys(array("q")))


def holds_any(session: Session, register: str) -> bool:
    """Whether a register has a record at all, whatever a list of it shows now."""
    return session.file.records.holds_any(register)


def filled_before(session: Session, query: ListQuery, period: Period) -> tuple[Period, int] | None:
    """The last period before an empty one that has records under the other filters, and how many; None: none has.

    A register of the first day of a period looks empty, and is not. ``LOOKED_BACK`` periods are looked at.
    """
    if period.kind is PeriodKind.SPAN or period.span is not None:
        return None
    for _ in range(LOOKED_BACK):
        period = previous(period)
        count = session.file.records.totals(query._replace(start=period.start, end=period.end)).count
        if count:
            return period, count
    return None


def scope_words(query: ListQuery) -> str:
    """What the sums under a list are over: filters where any is set, else the period, else what holds, else all."""
    if query.conditions or query.alike or query.office is not None or query.text.strip():
        return "theo bộ lọc"
    if query.start is not None or query.end is not None:
        return "trong kỳ"
    return "đang hoạt động" if query.valid_on is not None else "cả sổ"


def is_quick(session: Session, query: ListQuery) -> bool:
    """Whether a list may be read while the window waits: by the size of its register, with words by that of all.

    Words are looked for in one index of all registers.
    """
    if not query.text.strip():
        return session.file.records.newest_row(query.register) <= QUICK_ROWS
    return searches_quickly(session)


def searches_quickly(session: Session) -> bool:
    """Whether words may be looked for while the window waits: by the size of the whole office."""
    return sum(map(session.file.records.newest_row, session.definitions.registers)) <= QUICK_ROWS


def columns(session: Session, register: str) -> tuple[ListColumn, ...]:
    """The columns that the definition lists, in order; at the province the second one says whose a record is."""
    spec = session.register(register)
    own = [_column(spec.field(name)) for name in spec.list.columns if not spec.field(name).retired]
    if not session.is_province:
        return tuple(own)
    decided = [_column(column_field(spec, name)) for name in decided_fields(session, register)]
    return (*own[:1], _column(_OFFICE_FIELD), *own[1:3], *decided, *own[3:])


def decided_fields(session: Session, register: str) -> tuple[str, ...]:
    """What the province records beside the records of communes: a column and a filter at its desk."""
    from thidua_desktop.services.awards import award_fields

    return (f"{DECIDED}{award_fields.RESULT}",) if session.is_province and register == award_fields.REGISTER else ()


def filter_names(session: Session, register: str) -> tuple[str, ...]:
    """The filters of a list that the person may see: those of the definition, and what the province decided."""
    spec = session.register(register)
    shown = [name for name in spec.list.filters if session.sees(spec.field(name))]
    return (*decided_fields(session, register), *shown)


def column_field(spec: RegisterSpec, name: str) -> FieldSpec:
    """The field that a column of a list shows; KeyError when there is none."""
    if name.startswith(DECIDED):
        decided = spec.field(name.removeprefix(DECIDED))
        return decided._replace(name=name, label="Kết quả của tỉnh", head="", default=None)
    return _OFFICE_FIELD if name == OFFICE else spec.field(name)


def office_names(session: Session) -> dict[str, str]:
    """The name of every office that is known here, this one first, by its code."""
    names = {session.file.identity.code: session.file.identity.name}
    for partner in session.file.partners.all():
        names.setdefault(partner.office, partner.name)
    return names


def offices(session: Session, query: ListQuery, counted: bool = True) -> list[ChipValue]:
    """The offices that have records under the list's other filters, by name, and how many each.

    Without ``counted`` all that are known, which spares reading the whole register.
    """
    names = office_names(session)
    if not counted:
        return sorted(
            (ChipValue(code, name, None) for code, name in names.items()), key=lambda one: sort_key(one.label)
        )
    found = session.file.records.office_counts(query._replace(office=None, sort=()))
    offered = [ChipValue(code, names.get(code, code), count) for code, count in found]
    return sorted(offered, key=lambda one: sort_key(one.label))


def default_query(session: Session, register: str, period: Period | None = None) -> ListQuery:
    """What a list opens with: this period's records, newest first; a standing register shows what is valid today."""
    spec, without = session.register(register), _taken_back(session)
    if spec.date_field and period is not None:
        return ListQuery(register, period.start, period.end, without=without)
    if not spec.date_field and spec.valid_from:
        return ListQuery(register, valid_on=session.today, without=without)
    return ListQuery(register, without=without)


def _taken_back(session: Session) -> tuple[Arrival, ...]:
    """At the province: what communes took over by changes that were taken back, which stands at the old ones again."""
    if not session.is_province:
        return ()
    _, arrivals = session.file.commune_changes.days()
    return tuple(one for one in arrivals if one.day == date.max)


def chips(session: Session, query: ListQuery, counted: bool = True, only: str = "") -> tuple[Chip, ...]:
    """The filters of a list with the values that occur in the register and how many of the list's records have each.

    Without ``counted`` the counts are None and codes are those of their catalog, which spares reading the register for
    each filter. ``only``: that filter alone.
    """
    spec = session.register(query.register)
    fields = [column_field(spec, name) for name in filter_names(session, query.register) if only in ("", name)]
    shown = [field for field in fields if field.type in _FILTERED]
    asked = [field for field in shown if counted or field.type not in CODED]
    whole = ListQuery(query.register)
    occurring = _counts(session, whole, asked, VALUES_OFFERED)
    counts = dict(occurring)
    for within, alike in groupby(asked, lambda field: with_condition(query, field.name, ())._replace(sort=())):
        if counted and within != whole:
            counts |= _counts(session, within, list(alike))
    return tuple(
        _chip(session, query, field, occurring.get(field.name), counts.get(field.name) if counted else None)
        for field in shown
    )


def filter_label(session: Session, register: str, name: str, value: str) -> str:
    """One value of a filter as its chip shows it."""
    field = column_field(session.register(register), name)
    return _chip_label(session, field, value) if field.type in _FILTERED else value


def cell_text(session: Session, field: FieldSpec, value: Value) -> str:
    """One cell as text: sensitive values masked where not permitted, child rows as their number."""
    return "" if value is None or value == () else _words_of(session, field)(value)


def _words_of(session: Session, field: FieldSpec) -> Callable[[Any], str]:
    """What is said of a field's values (not of none): made once for the many cells of a column."""
    if not session.sees(field):
        return lambda value: MASKED
    if field.type is FieldType.ROWS:
        return lambda value: f"{len(value)} dòng"
    words = titles.words_of(session, field)
    return (lambda value: " ".join(words(value).split())) if field.type is FieldType.LONG_TEXT else words


def prefetch_links(session: Session, fields: Sequence[FieldSpec], records: Sequence[Record]) -> None:
    """Read the titles that ``records`` point at in one batch per register."""
    links = [field for field in fields if field.type is FieldType.LINK]
    _fetch_titles(session, ((field, {record.values.get(field.name) for record in records}) for field in links))


def _fetch_titles(session: Session, linked: Iterable[tuple[FieldSpec, Set[Any]]]) -> None:
    """Titles of what link fields hold, in one batch per register."""
    wanted: dict[str, set[str]] = {}
    for field, ids in linked:
        wanted.setdefault(field.register, set()).update(filter(None, ids))
    for register, found in wanted.items():
        titles.entries_for(session, register, found)


def prefetch_ids(session: Session, register: str, ids: Sequence[str]) -> None:
    """Read the titles of these records of one register in one batch."""
    titles.entries_for(session, register, ids)


def _column(field: FieldSpec) -> ListColumn:
    align = "right" if field.type in _RIGHT else "center" if field.type in _CENTER else "left"
    label = f"{field.heading} ({field.unit})" if field.unit and field.type in _RIGHT else field.heading
    return ListColumn(field.name, label, align, field.type not in _UNSORTED, field.total, field.unit)


def _chip(
    session: Session, query: ListQuery, field: FieldSpec, occurring: Counter[str] | None, counts: Counter[str] | None
) -> Chip:
    """``occurring`` None: every code of the catalog is offered; ``counts`` None: without how many there are."""
    chosen = next((c.values for c in query.conditions if c.field == field.name), ())
    if occurring is not None:
        codes = list(occurring)
    elif field.catalog:
        codes = [item.code for item in session.definitions.catalogs[field.catalog].items]
    else:
        codes = ["1", "0"]
    if field.name.startswith(DECIDED):
        codes += [code for code in _OF_DECISIONS if code not in codes]
    offered = [
        ChipValue(code, _chip_label(session, field, code), None if counts is None else counts.get(code, 0))
        for code in _in_order(session, field, codes)
    ]
    return Chip(field.name, field.label, tuple(offered), chosen)


def _counts(
    session: Session, query: ListQuery, fields: Sequence[FieldSpec], limit: int = -1
) -> dict[str, Counter[str]]:
    """The codes that a list's records have in fields, and in how many; of several codes, each by itself."""
    limits = {field.name: -1 if field.type is FieldType.CHOICES else limit for field in fields}
    counted: dict[str, Counter[str]] = {}
    for name, rows in session.file.records.value_counts(query, limits).items() if limits else ():
        found = counted[name] = Counter()
        for value, count in rows:
            if isinstance(value, tuple):
                found.update({code: count for code in value if isinstance(code, str)})
            elif isinstance(value, bool):
                found["1" if value else "0"] += count
            else:
                found[str(value)] += count
        if name.startswith(DECIDED):
            found[""] = session.file.records.totals(with_condition(query, name, ("",))).count
    return counted


def _in_order(session: Session, field: FieldSpec, codes: Sequence[str]) -> list[str]:
    """As their catalog has them, or by what they are called; no value at all stands last."""
    if field.catalog:
        places = {item.code: place for place, item in enumerate(session.definitions.catalogs[field.catalog].items)}
        return sorted(codes, key=lambda code: (places.get(code, len(places)), code))
    known = titles.entries_for(session, field.register, codes) if field.type is FieldType.LINK else {}

    def order(code: str) -> tuple[bool, str]:
        entry = known.get(code)
        return code == "", sort_key(_chip_label(session, field, code)) if entry is None else entry.order

    return sorted(codes, key=order)


def _chip_label(session: Session, field: FieldSpec, value: str) -> str:
    if field.name.startswith(DECIDED) and value in _OF_DECISIONS:
        return _OF_DECISIONS[value]
    if value == "":
        return "(trống)"
    if field.type is FieldType.LINK:
        return titles.title(session, field.register, value)
    if field.type is FieldType.BOOLEAN:
        return "Có" if value == "1" else "Không"
    return session.definitions.catalogs[field.catalog].label(value)


def with_condition(query: ListQuery, field: str, values: tuple[str, ...]) -> ListQuery:
    """``query`` with one filter set (or taken away, for no values)."""
    kept = tuple(condition for condition in query.conditions if condition.field != field)
    return query._replace(conditions=(*kept, Condition(field, values)) if values else kept)
