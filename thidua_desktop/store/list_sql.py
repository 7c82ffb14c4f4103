"""Lists compiled to SQL: which rows (period, filters, words), in which order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from thidua_desktop.formdef.model import BEFORE, Condition, FieldSpec, FieldType, RegisterSpec
from thidua_desktop.store.cells import SORTED_BY_KEY, Cell, compact_json, sort_cell
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.own_copies import copy_id_sql, is_copy_sql
from thidua_desktop.store.queries import ARRIVAL_SIGNS, ListQuery, SortKey
from thidua_desktop.store.register_table import RegisterTable, quoted
from thidua_desktop.store.search import match_expression, rowid_range

EMPTY, FILLED = "", "*"
_FEW = 3000
OFFICE = "office"  # of every table; a list may be sorted by it
DECIDED = "decided."
"""Before a field's name: its value as the province decided it, which stands beside the record, not in it."""
OWN = "own"
"""Stands there for a record on which nothing was decided because the commune itself decides."""
_DECIDER, _COMMUNE = "decided_by", "commune_chair"
_WHOLE = re.compile("-?[0-9]{1,18}")  # what a cell holds; a "²" is a digit to Python and no number
_TRUE = frozenset(("1", "true", "yes"))


@dataclass(slots=True)
class Filter:
    """Parts of a WHERE clause and their parameters."""

    parts: list[str] = field(default_factory=list)
    parameters: list[Cell] = field(default_factory=list)

    def add(self, part: str, *parameters: Cell) -> None:
        """One more part that must hold."""
        self.parts.append(part)
        self.parameters.extend(parameters)

    @property
    def clause(self) -> str:
        """All parts joined; "1" when there are none."""
        return " AND ".join(self.parts) or "1"


def condition_sql(spec: FieldSpec, condition: Condition, column: str) -> tuple[str, list[Cell]]:
    """A condition over ``column`` (an SQL expression for the field's cell)."""
    tests: list[str] = []
    parameters: list[Cell] = []
    wanted = [value for value in condition.values if value not in (EMPTY, FILLED)]
    if spec.type is FieldType.DATE:
        days = [value.removeprefix(BEFORE) for value in wanted if value.startswith(BEFORE)]
        tests += [f"{column} < ?"] * len(days)
        parameters += days
        wanted = [value for value in wanted if not value.startswith(BEFORE)]
    if EMPTY in condition.values:
        tests.append(f"{column} IS NULL")
    if FILLED in condition.values:
        tests.append(f"{column} IS NOT NULL")
    if wanted and spec.type is FieldType.CHOICES:
        tests += [f"instr({column}, ?) > 0"] * len(wanted)
        parameters += [f'"{code}"' for code in wanted]
    elif wanted:
        tests.append(f"{column} IN ({', '.join('?' * len(wanted))})")
        parameters += [_cell_of_text(spec, value) for value in wanted]
    return (f"({' OR '.join(tests)})" if tests else "0"), parameters


def valid_sql(spec: RegisterSpec) -> str | None:
    """Whether a record counts on a day, given twice as parameter; None for registers without validity."""
    parts = []
    if spec.valid_from:
        parts.append(f"(t.{quoted(spec.valid_from)} IS NULL OR t.{quoted(spec.valid_from)} <= ?)")
    if spec.valid_to:
        parts.append(f"(t.{quoted(spec.valid_to)} IS NULL OR t.{quoted(spec.valid_to)} >= ?)")
    return " AND ".join(parts) or None


def filter_of(database: OpenDatabase, table: RegisterTable, query: ListQuery) -> Filter:
    """The WHERE clause of a list over the table aliased ``t``."""
    spec, found = table.spec, Filter()
    if not query.include_deleted:
        found.add("t.deleted = 0")
    if query.office is not None:
        found.add("t.office = ?", query.office)
    for arrival in query.without:
        found.add(f"NOT (t.office = ? AND substr(t.id, 1, {ARRIVAL_SIGNS}) = ?)", arrival.office, arrival.ids)
    if spec.date_field and query.start is not None:
        found.add(f"t.{quoted(spec.date_field)} >= ?", query.start.isoformat())
    if spec.date_field and query.end is not None:
        found.add(f"t.{quoted(spec.date_field)} <= ?", query.end.isoformat())
    for condition in query.conditions:
        part, parameters = condition_sql(field_of(spec, condition.field), condition, column_of(spec, condition.field))
        found.add(part, *parameters)
    for name, said in query.alike:
        found.add(f"t.{quoted(f'{name}__sort')} = ?", sort_cell(spec.field(name), said))
    valid = valid_sql(spec) if query.valid_on is not None else None
    if valid is not None and query.valid_on is not None:
        found.add(valid, *[query.valid_on.isoformat()] * valid.count("?"))
    _add_words(database, table, query.text, found)
    return found


def total_columns(spec: RegisterSpec, fields: Sequence[FieldSpec]) -> tuple[str, list[Cell]]:
    """For each field, after a comma: its sum, in how many records it is filled, and how many are asked for it."""
    columns, parameters = "", list[Cell]()
    for one in fields:
        column, asked = f"t.{quoted(one.name)}", "count(*)"
        if one.asked_when:
            tests = [condition_sql(spec.field(test.field), test, f"t.{quoted(test.field)}") for test in one.asked_when]
            parameters += [value for _, more in tests for value in more]
            asked = f"sum(({' AND '.join(test for test, _ in tests)}) OR {column} IS NOT NULL)"
        columns += f", sum({column}), count({column}), {asked}"
    return columns, parameters


def field_of(spec: RegisterSpec, name: str) -> FieldSpec:
    """The field whose value a column or a condition of a list is about; KeyError when there is none."""
    return spec.field(name.removeprefix(DECIDED))


def column_of(spec: RegisterSpec, name: str) -> str:
    """Where that value stands, over the table aliased ``t``."""
    if not name.startswith(DECIDED):
        return f"t.{quoted(name)}"
    value = f"json_extract(d.content, '$.{field_of(spec, name).name}')"
    decided = f"(SELECT {value} FROM record_decision AS d WHERE d.register = '{spec.name}' AND d.record_id = t.id)"
    standing = quoted(field_of(spec, name).name)
    same = f"c.id = {copy_id_sql('t.id')} AND c.deleted = 0"
    copied = f"(SELECT c.{standing} FROM {quoted(spec.name)} AS c WHERE {same})"
    own = f"CASE WHEN {is_copy_sql('t.id')} THEN t.{standing} WHEN t.{quoted(_DECIDER)} = '{_COMMUNE}' THEN '{OWN}' END"
    return f"coalesce({copied}, {decided}, {own})"


def _add_words(database: OpenDatabase, table: RegisterTable, typed: str, found: Filter) -> None:
    """Only records that hold all typed words.

    Few matches are looked up one by one; many are met while walking an index that covers the list ("+" tells SQLite
    so).
    """
    expression = match_expression(database, typed)
    if expression is None:
        return
    first, last = rowid_range(table)
    matches = f"FROM search WHERE search MATCH ? AND rowid BETWEEN {first} AND {last}"
    some = database.all(f"SELECT rowid - {first} {matches} LIMIT {_FEW + 1}", (expression,))
    if len(some) > _FEW:
        found.add(f"+t.row IN (SELECT rowid - {first} {matches})", expression)
    else:
        found.add("t.row IN (SELECT value FROM json_each(?))", compact_json([row[0] for row in some]))


def rows_statement(database: OpenDatabase, query: ListQuery) -> tuple[str, list[Cell]]:
    """The statement that gives the row numbers of a list in its order."""
    table = database.table(query.register)
    found = filter_of(database, table, query)
    keys = query.sort or default_sort(table.spec)
    joins: list[str] = []
    order = [term for place, key in enumerate(keys) for term in _order_terms(database, table, key, place, joins)]
    if _meets_covered_conditions(table, query):
        order = [f"+{term}" for term in order]
    last = "DESC" if keys and keys[0].descending else "ASC"
    order_by = ", ".join([*order, f"t.row {last}"])
    sql = f"SELECT t.row FROM {quoted(table.name)} AS t {' '.join(joins)} WHERE {found.clause} ORDER BY {order_by}"
    return sql, found.parameters


def _meets_covered_conditions(table: RegisterTable, query: ListQuery) -> bool:
    """Whether the covering index can answer all conditions and no index of a link narrows them.

    Then the order must not tempt SQLite to walk the index of days, which would look up every record ("+" hides it).
    """
    types = {field_of(table.spec, condition.field).type for condition in query.conditions}
    return bool(types) and not types & {FieldType.LINK, FieldType.ROWS, FieldType.LONG_TEXT}


def default_sort(spec: RegisterSpec) -> tuple[SortKey, ...]:
    """The register's own order."""
    if not spec.sort:
        return ()
    return (SortKey(spec.sort.lstrip("-"), spec.sort.startswith("-")),)


def _order_terms(database: OpenDatabase, table: RegisterTable, key: SortKey, place: int, joins: list[str]) -> list[str]:
    """SQL terms of one sort key; empty values stand last in either direction."""
    direction = "DESC" if key.descending else "ASC"
    if key.field == OFFICE:
        return [f"t.office {direction}"]
    spec, column = field_of(table.spec, key.field), column_of(table.spec, key.field)
    if spec.type in SORTED_BY_KEY:
        column = f"t.{quoted(key.field + '__sort')}"
    elif spec.type is FieldType.CHOICE:
        column = _catalog_order(database, spec, column)
    elif spec.type is FieldType.LINK and spec.register in database.definitions.registers:
        alias = f"linked{place}"
        joins.append(f"LEFT JOIN {quoted(spec.register)} AS {alias} ON {alias}.id = {column}")
        column = f"{alias}.record__sort"
    elif spec.type is FieldType.ROWS:
        column = f"json_array_length({column})"
    return [f"{column} {direction} NULLS LAST" if _may_be_empty(table.spec, spec) else f"{column} {direction}"]


def _may_be_empty(register: RegisterSpec, spec: FieldSpec) -> bool:
    """Required dates sort straight along their index; NULLS LAST would cost a sort."""
    return not (spec.required and spec.type is FieldType.DATE)


def _catalog_order(database: OpenDatabase, spec: FieldSpec, column: str) -> str:
    catalog = database.definitions.catalogs.get(spec.catalog)
    if catalog is None or not catalog.items:
        return column
    codes = (item.code.replace("'", "''") for item in catalog.items)
    cases = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes))
    return f"CASE {column} {cases} END"


def _cell_of_text(spec: FieldSpec, value: str) -> Cell:
    """The cell that a condition's text means; a text that is no such value matches nothing."""
    if spec.type is FieldType.BOOLEAN:
        return int(value.lower() in _TRUE)
    if spec.type is FieldType.INTEGER:
        return int(value) if _WHOLE.fullmatch(value) else None
    if spec.type is FieldType.DECIMAL:
        try:
            return int(Decimal(value).scaleb(spec.digits))
        except InvalidOperation:
            return None
    return value
