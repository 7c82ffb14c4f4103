"""Indicators compiled to SQL: few statements for any number of them.

Counts and sums within periods: one pass over a register, grouped by the elementary intervals between all period bounds
and added up per period afterwards, so that overlapping periods cost nothing. Stock figures: one pass, a column per
last day. Distinct counts cannot be added up, so each takes a statement per period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from thidua_desktop.formdef.model import AREA_TYPES, Aggregate, FieldSpec, FieldType, IndicatorSpec
from thidua_desktop.store.cells import Cell
from thidua_desktop.store.list_sql import condition_sql, valid_sql
from thidua_desktop.store.queries import ALWAYS, ARRIVAL_SIGNS, DateRange, DateSpan, OfficeDays
from thidua_desktop.store.register_table import RegisterTable, quoted

AT_ONCE = 200
"""Indicators (or indicator days) in one statement; SQLite allows 2,000 columns."""

_ARRIVED = f"substr(t.id, 1, {ARRIVAL_SIGNS}) = ?"
Parameters = list[Cell]


@dataclass(frozen=True, slots=True)
class Grouping:
    """By office always; by residential area when asked. ``days``: of offices that are not there on every day.

    ``kind``: only in residential areas of this kind.
    """

    by_area: bool
    offices: tuple[str, ...] | None
    days: OfficeDays = ALWAYS
    kind: str = ""

    def columns(self, table: RegisterTable) -> str:
        """The group columns: office and area (NULL when not asked for)."""
        area = table.spec.area_field
        if not self.by_area:
            return "t.office, NULL"
        return f"t.office, coalesce(t.{quoted(area)}, '')" if area else "t.office, ''"

    def clause(self, table: RegisterTable) -> tuple[str, Parameters]:
        """Living records of the wanted offices and areas; a register without areas has none of any kind."""
        parts: list[str] = ["t.deleted = 0"]
        parameters: Parameters = []
        if self.offices is not None:
            parts.append(f"t.office IN ({', '.join('?' * len(self.offices))})")
            parameters += self.offices
        if self.kind:
            part, more = _in_areas_of(table, (self.kind,)) if table.spec.area_field else ("0", [])
            parts.append(part)
            parameters += more
        return " AND ".join(parts), parameters

    def there_on(self, day: date) -> tuple[str, Parameters]:
        """That the record's office is there on a day; "" when every office is."""
        windows = () if self.days.stands_always else self.days.windows
        gone = [window.office for window in windows if not window.holds(day)]
        tests, parameters = [f"t.office NOT IN ({', '.join('?' * len(gone))})"] if gone else [], [*gone]
        for one in self.days.arrivals:
            if day < one.day:
                tests.append(f"NOT (t.office = ? AND {_ARRIVED})")
                parameters += [one.office, one.ids]
        return " AND ".join(tests), [*parameters]

    def there_within(self, day: str, span: DateSpan) -> tuple[str, Parameters]:
        """That the record's office is there on its ``day`` (SQL), where some office misses a day of the span."""
        tests: list[str] = []
        parameters: Parameters = []
        for window in self.days.windows:
            for bound, sign, inside in ((window.first, "<", span.start), (window.last, ">", span.end)):
                if bound is not None and (bound > inside if sign == "<" else bound < inside):
                    tests.append(f"NOT (t.office = ? AND {day} {sign} ?)")
                    parameters += [window.office, bound.isoformat()]
        for one in self.days.arrivals:
            if span.start < one.day:
                tests.append(f"NOT (t.office = ? AND {_ARRIVED} AND {day} < ?)")
                parameters += [one.office, one.ids, one.day.isoformat()]
        return " AND ".join(tests), parameters


def elementary_bounds(ranges: Sequence[DateSpan]) -> list[date]:
    """First days of the intervals between all bounds; the last one only closes the last interval."""
    return sorted({span.start for span in ranges} | {span.end + timedelta(days=1) for span in ranges})


def covered_blocks(ranges: Sequence[DateSpan]) -> list[list[date]]:
    """The bounds in blocks without a gap: what lies between this month and the same month last year is not read."""
    bounds = elementary_bounds(ranges)
    blocks: list[list[date]] = []
    for first, following in pairwise(bounds):
        if not any(span.start <= first <= span.end for span in ranges):
            continue
        if not blocks or blocks[-1][-1] != first:
            blocks.append([first])
        blocks[-1].append(following)
    return blocks


def flow_statement(
    table: RegisterTable, indicators: Sequence[IndicatorSpec], bounds: Sequence[date], grouping: Grouping,
    read_through: bool = False,
) -> tuple[str, Parameters]:  # fmt: skip
    """(office, area, interval, value of each indicator); all are of one register, one rows field and one date field.

    ``read_through``: the bounds hold a good part of the register's records.
    """
    day = _day(table, indicators[0])
    columns, parameters = _columns(table, [(indicator, None) for indicator in indicators])
    where, more = grouping.clause(table)
    there, days = grouping.there_within(day, DateRange(bounds[0], bounds[-1] - timedelta(days=1)))
    source = (
        f"FROM {_source(table, indicators[0], read_through)} "
        f"WHERE {where}{f' AND {there}' if there else ''} "
        f"AND {day} >= '{bounds[0].isoformat()}' AND {day} < '{bounds[-1].isoformat()}'"
    )
    if grouping.by_area or indicators[0].rows:
        interval = _interval(day, bounds)
        sql = f"SELECT {grouping.columns(table)}, {interval}, {', '.join(columns)} {source} GROUP BY 1, 2, 3"
    else:  # an index gives the records day by day: added up there, a day is put into its interval, not each record
        named = ", ".join(f"{column} AS value{place}" for place, column in enumerate(columns))
        by_day = f"SELECT t.office AS office, {day} AS day, {named} {source} GROUP BY {day}, t.office"
        sums = ", ".join(f"sum(value{place})" for place in range(len(columns)))
        sql = f"SELECT office, NULL, {_interval('day', bounds)}, {sums} FROM ({by_day}) GROUP BY 1, 3"
    return sql, [*parameters, *more, *days]


def _interval(day: str, bounds: Sequence[date]) -> str:
    """The place of the interval that a day lies in."""
    cases = (f"WHEN {day} < '{bound.isoformat()}' THEN {place}" for place, bound in enumerate(bounds[1:]))
    return f"CASE {' '.join(cases)} END"


def stock_statement(
    table: RegisterTable, wanted: Sequence[tuple[IndicatorSpec, date]], grouping: Grouping
) -> tuple[str, Parameters]:
    """(office, area, value of each indicator on its day)."""
    columns, parameters = _columns(table, wanted, grouping)
    where, more = grouping.clause(table)
    sql = (
        f"SELECT {grouping.columns(table)}, {', '.join(columns)} FROM {_source(table, wanted[0][0])} "
        f"WHERE {where} GROUP BY 1, 2"
    )
    return sql, [*parameters, *more]


def distinct_statement(
    table: RegisterTable, indicator: IndicatorSpec, span: DateSpan, grouping: Grouping
) -> tuple[str, Parameters]:
    """(office, area, number of different values) within one period."""
    value = _value(table, indicator)
    meets, parameters = meeting_sql(table, indicator, span, grouping)
    where, more = grouping.clause(table)
    sql = (
        f"SELECT {grouping.columns(table)}, count(DISTINCT {value}) FROM {_source(table, indicator)} "
        f"WHERE {meets} AND {where} GROUP BY 1, 2"
    )
    return sql, [*parameters, *more]


def rows_statement(
    table: RegisterTable, indicator: IndicatorSpec, span: DateSpan, office: str | None, area: str | None,
    days: OfficeDays, kind: str = "",
) -> tuple[str, Parameters]:  # fmt: skip
    """Row numbers of the records behind one figure, in the order of their dates."""
    grouping = Grouping(False, None if office is None else (office,), days, kind)
    meets, parameters = meeting_sql(table, indicator, span, grouping)
    living, more = grouping.clause(table)
    parts = [meets, living]
    parameters = [*parameters, *more]
    if indicator.aggregate is not Aggregate.COUNT:
        parts.append(f"{_value(table, indicator)} IS NOT NULL")
    if area is not None:
        field = table.spec.area_field
        parts.append(f"coalesce(t.{quoted(field)}, '') = ?" if field else "'' = ?")
        parameters.append(area)
    order = f"t.{quoted(table.spec.date_field)}, " if table.spec.date_field else "t.record__sort, "
    sql = f"SELECT DISTINCT t.row FROM {_source(table, indicator)} WHERE {' AND '.join(parts)} ORDER BY {order}t.row"
    return sql, parameters


def meeting_sql(
    table: RegisterTable, indicator: IndicatorSpec, span: DateSpan, grouping: Grouping
) -> tuple[str, Parameters]:
    """Whether a record (and child row) counts within one period."""
    test, parameters = _test(table, indicator)
    if is_stock(table, indicator):
        standing = [_counts_on(table, day, grouping) for day in stock_days(indicator, span)]
        test = f"({test}) AND ({' OR '.join(f'({part})' for part, _ in standing) or '0'})"
        return test, [*parameters, *(one for _, more in standing for one in more)]
    day = _day(table, indicator)
    there, more = grouping.there_within(day, span)
    test = f"({test}) AND {day} >= ? AND {day} <= ?{f' AND {there}' if there else ''}"
    return test, [*parameters, span.start.isoformat(), span.end.isoformat(), *more]


def is_stock(table: RegisterTable, indicator: IndicatorSpec) -> bool:
    """Whether the figure stands on a day; a register without a date has only such figures."""
    return indicator.stock or not (indicator.date_field or table.spec.date_field)


def stock_days(indicator: IndicatorSpec, span: DateSpan) -> list[date]:
    """The days that a stock figure of a period is taken on: its last one, its eve, or every so many months' last."""
    if indicator.opening:
        return [span.start - timedelta(days=1)]
    if not indicator.every:
        return [span.end]
    days: list[date] = []
    while (day := _months_after(span.start, indicator.every * (len(days) + 1)) - timedelta(days=1)) <= span.end:
        days.append(day)
    return days


def _months_after(day: date, months: int) -> date:
    """The same day of a later month; report months begin on a day that every month has."""
    later = day.month - 1 + months
    return day.replace(year=day.year + later // 12, month=later % 12 + 1)


def _day(table: RegisterTable, indicator: IndicatorSpec) -> str:
    """The day that places a record, or each of its child rows, in a period."""
    rows, _, column = indicator.date_field.rpartition(".")
    if rows:
        return _child(table.spec.field(rows).child(column))
    return f"t.{quoted(column or table.spec.date_field)}"


def _source(table: RegisterTable, indicator: IndicatorSpec, read_through: bool = False) -> str:
    """The table, with child rows (or the codes of a counted ``choices`` field) beside it.

    No index holds child rows but those that few records have: for many records reading the table through beats looking
    each record up by its day.
    """
    source = f"{quoted(table.name)} AS t"
    if indicator.rows:
        return f"{source}{' NOT INDEXED' if read_through else ''}, json_each(t.{quoted(indicator.rows)}) AS child"
    if _counts_codes(table, indicator):
        return f"{source}, json_each(t.{quoted(indicator.field)}) AS code"
    return source


def _counts_codes(table: RegisterTable, indicator: IndicatorSpec) -> bool:
    distinct = indicator.aggregate is Aggregate.DISTINCT and not indicator.rows
    return distinct and table.spec.field(indicator.field).type is FieldType.CHOICES


def _columns(
    table: RegisterTable, wanted: Sequence[tuple[IndicatorSpec, date | None]], grouping: Grouping | None = None
) -> tuple[list[str], Parameters]:
    """One sum per indicator (and day), each over a test of its own."""
    columns: list[str] = []
    parameters: Parameters = []
    for indicator, day in wanted:
        test, more = _test(table, indicator)
        if day is not None and grouping is not None:
            standing, days = _counts_on(table, day, grouping)
            test = " AND ".join(part for part in (test, standing) if part != "1") or "1"
            more = [*more, *days]
        value = "1" if indicator.aggregate is Aggregate.COUNT else _value(table, indicator)
        columns.append(f"sum({value})" if test == "1" else f"sum(CASE WHEN {test} THEN {value} END)")
        parameters += more
    return columns, parameters


def _test(table: RegisterTable, indicator: IndicatorSpec) -> tuple[str, Parameters]:
    """The indicator's conditions."""
    parts: list[str] = []
    parameters: Parameters = []
    for condition in indicator.where:
        part, more = condition_sql(table.spec.field(condition.field), condition, f"t.{quoted(condition.field)}")
        parts.append(part)
        parameters += more
    for condition in indicator.row_where:
        child = table.spec.field(indicator.rows).child(condition.field)
        part, more = condition_sql(child, condition, _child(child))
        parts.append(part)
        parameters += more
    if indicator.area_types:
        part, more = _in_areas_of(table, indicator.area_types)
        parts.append(part)
        parameters += more
    return " AND ".join(parts) or "1", parameters


def _counts_on(table: RegisterTable, day: date, grouping: Grouping) -> tuple[str, Parameters]:
    """That a record stands on a day, and its office is there."""
    stands, parameters = _stands_on(table, day)
    there, more = grouping.there_on(day)
    return (f"{stands} AND {there}" if there else stands), [*parameters, *more]


def _in_areas_of(table: RegisterTable, types: Sequence[str]) -> tuple[str, Parameters]:
    """Whether the record's residential area has one of the types; one look at the areas for the whole statement."""
    field = table.spec.area_field
    areas = table.name if field == "id" else table.spec.field(field).register
    tests = " OR ".join([f"instr(area.{quoted(AREA_TYPES)}, ?) > 0"] * len(types))
    inner = f"SELECT area.id FROM {quoted(areas)} AS area WHERE area.deleted = 0 AND ({tests})"
    return f"t.{quoted(field)} IN ({inner})", [f'"{code}"' for code in types]


def _stands_on(table: RegisterTable, day: date) -> tuple[str, Parameters]:
    valid = valid_sql(table.spec)
    if valid is not None:
        return valid, [day.isoformat()] * valid.count("?")
    if table.spec.date_field:
        return f"t.{quoted(table.spec.date_field)} <= ?", [day.isoformat()]
    return "1", []


def _child(child: FieldSpec) -> str:
    """A child field's value in SQL; decimals scaled like columns, so that conditions and sums are the same."""
    raw = f"json_extract(child.value, '$.{child.name}')"
    if child.type is FieldType.DECIMAL:
        return f"CAST(round({raw} * {10**child.digits}) AS INTEGER)"
    return raw


def _value(table: RegisterTable, indicator: IndicatorSpec) -> str:
    """What is summed or counted distinct."""
    if indicator.rows:
        return _child(table.spec.field(indicator.rows).child(indicator.field)) if indicator.field else "t.row"
    if _counts_codes(table, indicator):
        return "code.value"
    return f"t.{quoted(indicator.field)}" if indicator.field else "t.row"
