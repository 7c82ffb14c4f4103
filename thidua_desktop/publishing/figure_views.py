"""A view for each indicator, written from the same declaration that the program counts by.

``thidua_figure.<indicator>``: calendar, period, office, value. ``thidua_figure_area.<indicator>``: the same with the
residential area. Apart, because adding up areas would count twice what stands in both, and different persons counted
once per area are not different persons of the office. Rows that would be zero are left out, as the program leaves them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from thidua_desktop.formdef.model import (
    AREA_TYPES,
    BEFORE,
    Aggregate,
    Condition,
    Definitions,
    FieldSpec,
    FieldType,
    IndicatorSpec,
    RegisterSpec,
)
from thidua_desktop.publishing.layout import (
    SCHEMA,
    PublishedRegister,
    child_columns,
    column_type,
    comment,
    leaves,
    literal,
    quoted,
)

FIGURES, BY_AREA = "thidua_figure", "thidua_figure_area"
_ARRIVAL_SIGNS = 15  # as ``store.queries.ARRIVAL_SIGNS``
_TRUE = frozenset(("1", "true", "yes"))


def view_statements(
    definitions: Definitions, registers: dict[str, PublishedRegister], sent: frozenset[str]
) -> Iterator[str]:
    """The views of all indicators; those of ``sent`` show what the communes counted, as the province's program does."""
    for name, indicator in definitions.indicators.items():
        words = [f"{indicator.label} ({indicator.unit})", f"Căn cứ: {indicator.basis}" if indicator.basis else ""]
        if name in sent:
            yield f"CREATE OR REPLACE VIEW {FIGURES}.{quoted(name)} AS {_sent_sql(name)}"
            yield comment("VIEW", f"{FIGURES}.{quoted(name)}", [*words, "Số do xã đếm và gửi kèm gói"])
            continue
        parts = [indicator, *(definitions.indicators[one] for one in indicator.plus)]
        if any(one.register not in registers for one in parts):
            continue  # of a register of which nothing reaches the province: it has no such figure either
        for schema, by_area in ((FIGURES, False), (BY_AREA, True)):
            selects = [_select(definitions.registers[one.register], registers, one, by_area) for one in parts]
            yield f"CREATE OR REPLACE VIEW {schema}.{quoted(name)} AS {_added_up(selects, by_area)}"
            yield comment("VIEW", f"{schema}.{quoted(name)}", words)


def _sent_sql(name: str) -> str:
    return (
        f"SELECT calendar, period, office, value FROM {SCHEMA}.sent_figure "
        f"WHERE indicator = {literal(name)} AND value <> 0"
    )


def _added_up(selects: Sequence[str], by_area: bool) -> str:
    columns = "calendar, period, office, area" if by_area else "calendar, period, office"
    return (
        f"SELECT {columns}, sum(value)::numeric AS value FROM ({' UNION ALL '.join(selects)}) AS part "
        f"GROUP BY {columns} HAVING sum(value) <> 0"
    )


def _select(
    spec: RegisterSpec, registers: dict[str, PublishedRegister], indicator: IndicatorSpec, by_area: bool
) -> str:
    table = registers[spec.name]
    tests = ["NOT t.deleted", *_tests(spec, indicator)]
    source = [f"{table.table} AS t", *_beside(spec, indicator)]
    if _is_stock(spec, indicator):
        source.append(_stock_days(indicator))
        tests += [_stands(spec), _there("p.stands_on")]
    else:
        source.append(f"JOIN {SCHEMA}.day AS p ON p.day = {_day(spec, indicator)}")
        tests.append(_there("p.day"))
    columns = ["p.calendar", "p.period", "t.office::text AS office", *([_area(spec)] if by_area else [])]
    places = ", ".join(str(place + 1) for place in range(len(columns)))
    return (
        f"SELECT {', '.join(columns)}, {_value(spec, indicator)} AS value FROM {' '.join(source)} "
        f"WHERE {' AND '.join(tests)} GROUP BY {places}"
    )


def _there(day: str) -> str:
    """That the office is there on a day, and the record with it, as ``store.figure_sql`` has it."""
    return (
        f"NOT EXISTS (SELECT 1 FROM {SCHEMA}.office AS unit WHERE unit.code = t.office "
        f"AND (unit.begins_on > {day} OR unit.ends_on < {day})) "
        f"AND NOT EXISTS (SELECT 1 FROM {SCHEMA}.arrival AS come WHERE come.office = t.office "
        f"AND come.since > {day} AND come.ids = left(t.id, {_ARRIVAL_SIGNS}))"
    )


def _area(spec: RegisterSpec) -> str:
    return f"coalesce({_column(spec, spec.area_field)}, '')::text AS area" if spec.area_field else "''::text AS area"


def _column(spec: RegisterSpec, name: str) -> str:
    """A column of the register; a field that stays in the office is empty here as it is at the province."""
    if name == "id":
        return "t.id"
    field = spec.field(name)
    return f"t.{quoted(name)}" if leaves(field) else f"NULL::{column_type(field)}"


def _child(spec: RegisterSpec, indicator: IndicatorSpec, name: str) -> str:
    field = spec.field(indicator.rows).child(name)
    return f"child.{quoted(name)}" if leaves(field) else f"NULL::{column_type(field)}"


def _beside(spec: RegisterSpec, indicator: IndicatorSpec) -> list[str]:
    """Child rows, or the codes of a counted ``choices`` field, beside their record."""
    if indicator.rows:
        field = spec.field(indicator.rows)
        rows = f"jsonb_to_recordset({_column(spec, field.name)})"
        return [f"CROSS JOIN LATERAL {rows} AS child({child_columns(field)})"]
    if _counts_codes(spec, indicator):
        return [f"CROSS JOIN LATERAL unnest({_column(spec, indicator.field)}) AS code(value)"]
    return []


def _counts_codes(spec: RegisterSpec, indicator: IndicatorSpec) -> bool:
    distinct = indicator.aggregate is Aggregate.DISTINCT and not indicator.rows and bool(indicator.field)
    return distinct and spec.field(indicator.field).type is FieldType.CHOICES


def _value(spec: RegisterSpec, indicator: IndicatorSpec) -> str:
    if indicator.aggregate is Aggregate.COUNT:
        return "count(*)::numeric"
    if indicator.rows and indicator.field:
        value = _child(spec, indicator, indicator.field)
    elif _counts_codes(spec, indicator):
        value = "code.value"
    else:
        value = _column(spec, indicator.field or "id")
    return f"sum({value})::numeric" if indicator.aggregate is Aggregate.SUM else f"count(DISTINCT {value})::numeric"


def _is_stock(spec: RegisterSpec, indicator: IndicatorSpec) -> bool:
    return indicator.stock or not (indicator.date_field or spec.date_field)


def _stock_days(indicator: IndicatorSpec) -> str:
    """The periods with the days (``stands_on``) that a stock figure is taken on, as ``store.figure_sql.stock_days``."""
    if indicator.opening:
        day = "SELECT calendar, period, starts_on - 1 AS stands_on FROM {0}.period WHERE standing"
    elif not indicator.every:
        day = "SELECT calendar, period, ends_on AS stands_on FROM {0}.period WHERE standing"
    else:
        day = (
            "SELECT calendar, period, d.stands_on FROM {0}.period CROSS JOIN LATERAL (SELECT "
            f"(starts_on + make_interval(months => {indicator.every} * n))::date - 1 AS stands_on "
            f"FROM generate_series(1, {12 // indicator.every}) AS n) AS d WHERE standing AND d.stands_on <= ends_on"
        )
    return f"CROSS JOIN ({day.format(SCHEMA)}) AS p"


def _stands(spec: RegisterSpec) -> str:
    parts = []
    for name, sign in ((spec.valid_from, "<="), (spec.valid_to, ">=")):
        if name:
            column = _column(spec, name)
            parts.append(f"({column} IS NULL OR {column} {sign} p.stands_on)")
    if not parts and spec.date_field:
        parts.append(f"{_column(spec, spec.date_field)} <= p.stands_on")
    return " AND ".join(parts) or "true"


def _day(spec: RegisterSpec, indicator: IndicatorSpec) -> str:
    rows, _, column = indicator.date_field.rpartition(".")
    return _child(spec, indicator, column) if rows else _column(spec, column or spec.date_field)


def _tests(spec: RegisterSpec, indicator: IndicatorSpec) -> Iterator[str]:
    for condition in indicator.where:
        yield _condition(spec.field(condition.field), condition, _column(spec, condition.field))
    for condition in indicator.row_where:
        field = spec.field(indicator.rows).child(condition.field)
        yield _condition(field, condition, _child(spec, indicator, condition.field))
    if indicator.area_types:
        areas = spec.name if spec.area_field == "id" else spec.field(spec.area_field).register
        codes = ", ".join(map(literal, indicator.area_types))
        yield (
            f"{_column(spec, spec.area_field)} IN (SELECT area.id FROM {SCHEMA}.{quoted(areas)} AS area "
            f"WHERE NOT area.deleted AND area.{quoted(AREA_TYPES)} && ARRAY[{codes}]::text[])"
        )


def _condition(field: FieldSpec, condition: Condition, column: str) -> str:
    tests = []
    wanted = [value for value in condition.values if value not in ("", "*")]
    if field.type is FieldType.DATE:
        tests = [f"{column} < {literal(one.removeprefix(BEFORE))}::date" for one in wanted if one.startswith(BEFORE)]
        wanted = [one for one in wanted if not one.startswith(BEFORE)]
    if "" in condition.values:
        tests.append(f"{column} IS NULL")
    if "*" in condition.values:
        tests.append(f"{column} IS NOT NULL")
    if wanted and field.type is FieldType.CHOICES:
        tests.append(f"{column} && ARRAY[{', '.join(map(literal, wanted))}]::text[]")
    elif wanted:
        tests.append(f"{column} IN ({', '.join(_constant(field, one) for one in wanted)})")
    return f"({' OR '.join(tests)})" if tests else "false"


def _constant(field: FieldSpec, text: str) -> str:
    """A condition's text as a value of the column; a text that is no such value meets nothing."""
    if field.type is FieldType.BOOLEAN:
        return "true" if text.lower() in _TRUE else "false"
    if field.type is FieldType.INTEGER:
        return text if text.lstrip("-").isdigit() else "NULL"
    if field.type is FieldType.DECIMAL:
        try:
            return str(Decimal(text))
        except InvalidOperation:
            return "NULL"
    return f"{literal(text)}::{column_type(field)}"
