"""Very many new records of one register: what ``record_writer`` writes of each, made of parts that are made once.

What a value becomes in its column, in the change log, in search and in the order of lists follows from the value alone;
tables repeat their values. Columns that are empty are not written at all, for the driver takes longer to pass nothing
than to pass a text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from thidua_desktop import text
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value, Values
from thidua_desktop.store import change_log, search
from thidua_desktop.store.cells import (
    SORTED_BY_KEY,
    Cell,
    canonical_json,
    cell_of_plain,
    filled,
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


class _Part(NamedTuple):
    """One value: its cell, what the change log says of it, its words for search, its sort key, its part of the
    record's sort key."""

    cell: Cell
    said: str
    words: str
    sort: str | None
    title: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """Records with a value in the same fields: how each is put together from its parts, and its statement.

    Numbers are places of fields: in the order of names, of the title, of those with a sort key; ``searched`` in the
    order of the form, each with its field where it is a link.
    """

    part_of: tuple[Callable[[Value], _Part], ...]
    by_name: tuple[int, ...]
    titled: tuple[int, ...]
    sorted: tuple[int, ...]
    searched: tuple[tuple[int, FieldSpec | None], ...]
    insert: str


class NewRecords:
    """Writes new records of ``table`` in the running transaction: changes, rows, search index."""

    def __init__(self, database: OpenDatabase, table: RegisterTable, titles: Titles) -> None:
        self._database, self._table, self._titles = database, table, titles
        self._searched = titles.searched_fields(table.spec)
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._makers: dict[str, Callable[[Value], _Part]] = {}
        self._folded: dict[str, str] = {}

    def write(self, records: Sequence[tuple[str, Values]], by: Writing) -> None:
        """Write (id, values) of each: ids that no record has yet, and no two the same."""
        database, name, at = self._database, self._table.name, by.now.isoformat(timespec="seconds")
        made = [(record_id, *self._parts(values)) for record_id, values in records]
        seq = change_log.append_encoded(
            database,
            [
                (name, record_id, 1, "create", at, by.actor, database.office, _said(shape, parts), by.reason, by.undoes)
                for record_id, shape, parts in made
            ],
        )
        row = int(database.one(f"SELECT max(row) FROM {quoted(name)}")[0] or 0) + 1
        lines: dict[str, list[tuple[Cell, ...]]] = {}
        for place, (record_id, shape, parts) in enumerate(made):
            key = "\x1f".join([parts[at].title for at in shape.titled])
            cells = [part.cell for part in parts]
            sorts = [parts[at].sort for at in shape.sorted]
            line = (record_id, database.office, 1, 0, seq + place, at, by.actor, key, *cells, *sorts, row + place)
            lines.setdefault(shape.insert, []).append(line)
        for sql, alike in lines.items():
            database.run_many(sql, alike)
        self._titles.forget((name, record_id, True) for record_id, _, _ in made)
        search.put_folded(database, self._table, row, [self._words(shape, parts) for _, shape, parts in made])

    def _parts(self, values: Values) -> tuple[_Shape, list[_Part]]:
        kept = filled(values)
        names = tuple(kept)
        shape = self._shapes.get(names)
        if shape is None:
            shape = self._shapes[names] = self._shape(names)
        return shape, [part_of(value) for part_of, value in zip(shape.part_of, kept.values(), strict=True)]

    def _shape(self, names: tuple[str, ...]) -> _Shape:
        """How records with these fields are written; KeyError for a name that the register does not have."""
        spec, place_of = self._table.spec, {name: place for place, name in enumerate(names)}
        fields = [spec.field(name) for name in names]
        sorted_ones = [at for at, field in enumerate(fields) if field.type in SORTED_BY_KEY]
        titled = [
            name for name in spec.title_fields if name in place_of and spec.field(name).type is not FieldType.LINK
        ]
        looked_at = [field for field in self._searched if field.name in place_of and search.looks_at(field)]
        return _Shape(
            tuple(self._maker(field) for field in fields),
            tuple(place_of[name] for name in sorted(names)),
            tuple(place_of[name] for name in titled),
            tuple(sorted_ones),
            tuple((place_of[one.name], one if one.type is FieldType.LINK else None) for one in looked_at),
            self._table.insert_of(names, [names[at] for at in sorted_ones]),
        )

    def _maker(self, field: FieldSpec) -> Callable[[Value], _Part]:
        """What makes the part of a value; what is short and comes again is remembered."""
        if field.name in self._makers:
            return self._makers[field.name]
        known: dict[Value, _Part] = {}
        kind = _REMEMBERED.get(field.type)

        def part_of(value: Value) -> _Part:
            if type(value) is not kind:
                return self._part(field, value)
            part = known.get(value)
            if part is None:
                if len(known) >= _MOST_REMEMBERED:
                    known.clear()
                part = known[value] = self._part(field, value)
            return part

        self._makers[field.name] = part_of
        return part_of

    def _part(self, field: FieldSpec, value: Value) -> _Part:
        plain = field_type(field).to_plain(field, value)
        words = "" if field.type is FieldType.LINK else search.words_of(field, value, self._titles)
        said = canonical_json({field.name: (None, plain)})[1:-1]
        return _Part(
            cell_of_plain(field, plain), said, self._fold(words), sort_cell(field, value), title_sort_part(field, value)
        )

    def _words(self, shape: _Shape, parts: Sequence[_Part]) -> str:
        """What search looks at, folded. Titles are asked for when all rows are there that links may point to."""
        titles = self._titles
        words = [
            parts[at].words if link is None else self._fold(titles.shown(link, parts[at].cell))
            for at, link in shape.searched
        ]
        return search.with_joined_words(" \n".join(filter(None, words)))

    def _fold(self, words: str) -> str:
        folded = self._folded.get(words)
        if folded is None:
            if len(self._folded) >= _MOST_REMEMBERED:
                self._folded.clear()
            folded = self._folded[words] = text.fold(words)
        return folded


def _said(shape: _Shape, parts: Sequence[_Part]) -> str:
    """The fields of a change, as the log holds them."""
    return f"{{{','.join([parts[at].said for at in shape.by_name])}}}"
