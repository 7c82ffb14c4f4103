"""Very many new records of one register: what ``record_writer`` writes of each, made of parts that are made once.

What a value becomes in its column, in the change log, in search and in the order of lists follows from the value alone;
tables repeat their values. Columns that are empty are not written at all, for the driver takes longer to pass nothing
than to pass a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import compress, repeat
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from thidua_desktop import text
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value, Values
from thidua_desktop.store import change_log, search
from thidua_desktop.store.cells import (
    SORTED_BY_KEY,
    Cell,
    canonical_json,
    cell_of_plain,
    sort_cell,
    title_sort_part,
)
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.record_writer import Writing
from thidua_desktop.store.register_table import RegisterTable, quoted
from thidua_desktop.store.titles import Titles

_REMEMBERED: dict[FieldType, type] = {
    **dict.fromkeys((FieldType.TEXT, FieldType.NAME, FieldType.LINK, FieldType.CHOICE, FieldType.TIME), str),
    FieldType.INTEGER: int,
    FieldType.DATE: date,
    FieldType.BOOLEAN: bool,
}
"""Types whose values come again, and are told apart by being equal: 1.0 and 1.00 are not."""
_MOST_REMEMBERED = 20_000
_EMPTY = (None, "", ())

Item = TypeVar("Item")
Columns: TypeAlias = Mapping[str, Sequence[Value]]
"""By name the values of a field in records one after the other; None, "" or () where a record has none."""

_CELL, _SAID, _WORDS, _SORT, _TITLE = map(attrgetter, ("cell", "said", "words", "sort", "title"))


class _Part(NamedTuple):
    """One value: its cell, what the change log says of it, its words for search, its sort key, its part of the
    record's sort key."""

    cell: Cell
    said: str
    words: str
    sort: str | None
    title: str


class _FieldParts:
    """Makes the parts of a field's values; those of a type whose values come again are remembered."""

    def __init__(self, field: FieldSpec, make: Callable[[FieldSpec, Value], _Part]) -> None:
        self._field, self._make = field, make
        self._kind = _REMEMBERED.get(field.type)
        self._known: dict[Value, _Part] = {}

    def of(self, values: Sequence[Value]) -> list[_Part]:
        """The part of each value."""
        if set(map(type, values)) != {self._kind}:
            return [self._make(self._field, value) for value in values]
        known, asked = self._known, set(values)
        if len(known) > _MOST_REMEMBERED:
            known.clear()
        for value in asked.difference(known):
            known[value] = self._make(self._field, value)
        return list(map(known.__getitem__, values))


class _Shape(NamedTuple):
    """Records with a value in the same fields: how they are put together from their parts, and their statement.

    Numbers are places of fields: in the order of names, of the title, of those with a sort key; ``searched`` in the
    order of the form, each with its field where it is a link.
    """

    fields: tuple[_FieldParts, ...]
    by_name: tuple[int, ...]
    titled: tuple[int, ...]
    sorted: tuple[int, ...]
    searched: tuple[tuple[int, FieldSpec | None], ...]
    insert: str


class _Alike(NamedTuple):
    """Records of one shape: their places in the block, and their parts field by field."""

    shape: _Shape
    places: Sequence[int]
    parts: list[list[_Part]]

    def cells(self) -> list[list[Cell]]:
        """The fields' cells and sort keys, by column."""
        columns = [list(map(_CELL, column)) for column in self.parts]
        return columns + [list(map(_SORT, self.parts[at])) for at in self.shape.sorted]

    def of(self, every: Sequence[Item]) -> Sequence[Item]:
        """Those of the whole block that are at the places."""
        return every if len(every) == len(self.places) else picked(every, self.places)

    def texts(self, of: Callable[[_Part], str], at: Sequence[int], joint: str) -> Iterator[str]:
        """One text of each part at these places, joined."""
        columns = [list(map(of, self.parts[place])) for place in at]
        return map(joint.join, zip(*columns, strict=True)) if columns else repeat("", len(self.places))


class NewRecords:
    """Writes new records of ``table`` in the running transaction: changes, rows, search index."""

    def __init__(self, database: OpenDatabase, table: RegisterTable, titles: Titles) -> None:
        self._database, self._table, self._titles = database, table, titles
        self._searched = titles.searched_fields(table.spec)
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._fields: dict[str, _FieldParts] = {}
        self._folded: dict[str, str] = {}

    def write(self, ids: Sequence[str], columns: Columns, by: Writing) -> None:
        """Write a new record of each id: ids that no record has yet, and no two the same."""
        if not ids:
            return
        database, name, at = self._database, self._table.name, by.now.isoformat(timespec="seconds")
        alike = self._by_shape(len(ids), columns)
        said = _in_order(alike, len(ids), lambda one: one.texts(_SAID, one.shape.by_name, ","))
        head, rest = (name, ids, 1, "create", at, by.actor, database.office), (by.reason, by.undoes)
        seq = change_log.append_encoded(database, _lines(*head, [f"{{{fields}}}" for fields in said], *rest))
        row = int(database.one(f"SELECT max(row) FROM {quoted(name)}")[0] or 0) + 1
        for one in alike:
            keys = list(one.texts(_TITLE, one.shape.titled, "\x1f"))
            own = (one.of(ids), database.office, 1, 0, one.of(range(seq, seq + len(ids))), at, by.actor, keys)
            database.run_many(one.shape.insert, _lines(*own, *one.cells(), one.of(range(row, row + len(ids)))))
        self._titles.forget((name, record_id, True) for record_id in ids)
        search.put_folded(database, self._table, row, _in_order(alike, len(ids), self._words))

    def _by_shape(self, size: int, columns: Columns) -> list[_Alike]:
        whole, some = dict[str, Sequence[Value]](), dict[str, Sequence[Value]]()
        for name, column in columns.items():
            if not any(empty in column for empty in _EMPTY):
                whole[name] = column
            elif not all(value in _EMPTY for value in column):
                some[name] = column
        if not some:
            return [self._alike(range(size), whole)]
        groups: dict[tuple[bool, ...], list[int]] = {}
        filled = zip(*([value not in _EMPTY for value in column] for column in some.values()), strict=True)
        for place, has in enumerate(filled):
            groups.setdefault(has, []).append(place)
        found = []
        for has, places in groups.items():
            kept = {**whole, **dict(compress(some.items(), has))}
            found.append(self._alike(places, {name: picked(column, places) for name, column in kept.items()}))
        return found

    def _alike(self, places: Sequence[int], columns: Columns) -> _Alike:
        names = tuple(columns)
        shape = self._shapes.get(names)
        if shape is None:
            shape = self._shapes[names] = self._shape(names)
        parts = [field.of(column) for field, column in zip(shape.fields, columns.values(), strict=True)]
        return _Alike(shape, places, parts)

    def _shape(self, names: tuple[str, ...]) -> _Shape:
        """How records with these fields are written; KeyError for a name that the register does not have."""
        spec, place_of = self._table.spec, {name: place for place, name in enumerate(names)}
        fields = [spec.field(name) for name in names]
        sorted_ones = [at for at, field in enumerate(fields) if field.type in SORTED_BY_KEY]
        titled = [
            name for name in spec.title_fields if name in place_of and spec.field(name).type is not FieldType.LINK
        ]
        looked_at = [field for field in self._searched if field.name in place_of and search.looks_at(field)]
        for field in fields:
            if field.name not in self._fields:
                self._fields[field.name] = _FieldParts(field, self._part)
        return _Shape(
            tuple(self._fields[name] for name in names),
            tuple(place_of[name] for name in sorted(names)),
            tuple(place_of[name] for name in titled),
            tuple(sorted_ones),
            tuple((place_of[one.name], one if one.type is FieldType.LINK else None) for one in looked_at),
            self._table.insert_of(names, [names[at] for at in sorted_ones]),
        )

    def _part(self, field: FieldSpec, value: Value) -> _Part:
        plain = field_type(field).to_plain(field, value)
        words = "" if field.type is FieldType.LINK else search.words_of(field, value, self._titles)
        said = canonical_json({field.name: (None, plain)})[1:-1]
        title = title_sort_part(field, value) if field.name in self._table.spec.title_fields else ""
        return _Part(cell_of_plain(field, plain), said, self._fold(words), sort_cell(field, value), title)

    def _words(self, alike: _Alike) -> Iterable[str]:
        """What search looks at, folded. Titles are asked for when all rows are there that links may point to."""
        columns = [
            list(map(_WORDS, alike.parts[at])) if link is None else self._linked(link, alike.parts[at])
            for at, link in alike.shape.searched
        ]
        if not columns:
            return repeat("", len(alike.places))
        lines = list(zip(*columns, strict=True))
        if any("" in column for column in columns):
            return [search.with_joined_words(" \n".join(filter(None, words))) for words in lines]
        return map(search.with_joined_words, map(" \n".join, lines))

    def _linked(self, link: FieldSpec, parts: Sequence[_Part]) -> list[str]:
        """The folded titles of what a column links to."""
        cells = list(map(_CELL, parts))
        titles = {cell: self._fold(self._titles.shown(link, cell)) for cell in set(cells)}
        return list(map(titles.__getitem__, cells))

    def _fold(self, words: str) -> str:
        folded = self._folded.get(words)
        if folded is None:
            if len(self._folded) > _MOST_REMEMBERED:
                self._folded.clear()
            folded = self._folded[words] = text.fold(words)
        return folded


def picked(column: Sequence[Item], places: Sequence[int]) -> Sequence[Item]:
    """What stands in a column at these places."""
    return itemgetter(*places)(column) if len(places) > 1 else [column[place] for place in places]


def columns_of(records: Sequence[Values]) -> Columns:
    """Records that are there one by one as columns."""
    names = dict.fromkeys(name for values in records for name in values)
    return {name: [values.get(name) for values in records] for name in names}


def _lines(*columns: Sequence[Any] | Cell) -> list[tuple[Any, ...]]:
    """Rows of these columns; a text, a number or nothing stands in every row."""
    every = (repeat(one) if one is None or isinstance(one, str | int) else one for one in columns)
    return list(zip(*every, strict=False))


def _in_order(alike: Sequence[_Alike], size: int, texts_of: Callable[[_Alike], Iterable[str]]) -> list[str]:
    """A text of each record, in the order of the block."""
    if len(alike) == 1:
        return list(texts_of(alike[0]))
    found = [""] * size
    for one in alike:
        for place, made in zip(one.places, texts_of(one), strict=True):
            found[place] = made
    return found
