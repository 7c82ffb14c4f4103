"""Figures of declared indicators, and the records behind each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, product

from thidua_desktop.formdef.model import Aggregate, Condition, FieldType, IndicatorSpec
from thidua_desktop.store import figure_sql
from thidua_desktop.store.figure_sql import AT_ONCE, Grouping
from thidua_desktop.store.list_sql import FILLED
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import ALWAYS, DateSpan, FigureRow, OfficeDays, RowKeys
from thidua_desktop.store.register_table import RegisterTable, quoted

_ALL = "/all"  # after an indicator's name: all records, whatever they say
_LOOK_UP_COST = 4  # of a record by its day, where reading past one costs 1

_Key = tuple[str, str | None, int, str]
_Sums = dict[_Key, int]
_Values = dict[_Key, int | Decimal]
Shares = dict[tuple[str, str], tuple[int, int]]
"""By indicator and office: in how many records, of how many."""


def figures(
    database: OpenDatabase, names: Sequence[str], ranges: Sequence[DateSpan], by_area: bool,
    offices: Sequence[str] | None, days: OfficeDays = ALWAYS, kind: str = "",
) -> list[FigureRow]:  # fmt: skip
    """One row per office (area), range and indicator; rows that would be zero are left out.

    ``days`` says on which days which office counts. Raises KeyError for an unknown indicator.
    """
    indicators = database.definitions.indicators
    wanted = with_added(indicators, names)
    return _rows(indicators, names, _counted(database, wanted, ranges, Grouping(by_area, _tuple(offices), days, kind)))


def telling(
    database: OpenDatabase, names: Sequence[str], span: DateSpan, offices: Sequence[str] | None, days: OfficeDays
) -> list[FigureRow]:
    """How many records of the period fill the field that an indicator is ``told_by``, per office; none: no row."""
    indicators = database.definitions.indicators
    wanted = [one.telling for one in with_added(indicators, names) if one.told_by]
    return _rows(indicators, names, _counted(database, wanted, [span], Grouping(False, _tuple(offices), days)))


def filled_shares(
    database: OpenDatabase, names: Sequence[str], span: DateSpan, offices: Sequence[str] | None, days: OfficeDays,
    kind: str = "",
) -> Shares:  # fmt: skip
    """In how many records of an office and period the field is filled that an indicator is ``told_by``, of how many.

    Records whose form does not ask for the field, and those that do not say of how many, are left out. All is read in
    one pass.
    """
    indicators, wanted = database.definitions.indicators, list[IndicatorSpec]()
    for one in with_added(indicators, names):
        if not one.told_by:
            continue
        field = database.definitions.registers[one.register].field(one.told_by)
        whole = indicators[one.out_of] if one.out_of else one
        of = (whole.field,) if whole.register == one.register and not whole.rows and whole.field else ()
        where = (*(test for test in one.where if test.field != field.name), *field.asked_when)
        where += tuple(Condition(name, (FILLED,)) for name in of if name != field.name)
        every = one._replace(name=one.name + _ALL, aggregate=Aggregate.COUNT, field="", where=where, plus=(), out_of="")
        wanted += [every, every._replace(name=one.name, where=(*where, Condition(field.name, (FILLED,))))]
    counted = _counted(database, wanted, [span], Grouping(False, _tuple(offices), days, kind))
    sums = {(name, office): int(value) for (office, *_, name), value in counted.items()}
    return {
        (one.name, office): (sums.get((one.name, office), 0), sums.get((one.name + _ALL, office), 0))
        for one in wanted[1::2]
        for office in {office for _, office in sums}
    }


def _rows(indicators: Mapping[str, IndicatorSpec], names: Sequence[str], values: _Values) -> list[FigureRow]:
    """What was asked, with what is added to it; nothing for a figure of zero."""
    asked = _with_plus(values, [indicators[name] for name in dict.fromkeys(names)])
    return [FigureRow(*key, value) for key, value in sorted(asked.items(), key=_order) if value]


def _tuple(offices: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if offices is None else tuple(offices)


def _counted(
    database: OpenDatabase, wanted: Sequence[IndicatorSpec], ranges: Sequence[DateSpan], grouping: Grouping
) -> _Values:
    """Every figure of its own, without what is added to it."""
    sums: _Sums = {}
    if not ranges:
        return {}
    for table, group in _groups(database, wanted):
        _add_flows(database, table, [one for one in group if _is_flow(table, one)], ranges, grouping, sums)
        _add_stocks(database, table, [one for one in group if _is_plain_stock(table, one)], ranges, grouping, sums)
        for indicator in group:
            if indicator.aggregate is Aggregate.DISTINCT:
                _add_distinct(database, table, indicator, ranges, grouping, sums)
    by_name = {indicator.name: indicator for indicator in wanted}
    return {key: _unscaled(database, by_name[key[3]], value) for key, value in sums.items() if value}


def with_added(indicators: Mapping[str, IndicatorSpec], names: Iterable[str]) -> list[IndicatorSpec]:
    """The indicators ``names`` and those that are added to them (``plus``), each once."""
    return [indicators[one] for one in dict.fromkeys(one for name in names for one in (name, *indicators[name].plus))]


def _with_plus(values: _Values, asked: Sequence[IndicatorSpec]) -> _Values:
    """The figures that were asked for, each with what is added to it: per office, area and range."""
    sources: dict[str, list[str]] = {}
    for indicator in asked:
        for name in (indicator.name, *indicator.plus):
            sources.setdefault(name, []).append(indicator.name)
    found: _Values = {}
    for (office, area, place, source), value in values.items():
        for name in sources.get(source, ()):
            key = (office, area, place, name)
            found[key] = found.get(key, 0) + value
    return found


def figure_records(
    database: OpenDatabase, name: str, span: DateSpan, office: str | None, area: str | None,
    days: OfficeDays = ALWAYS, kind: str = "",
) -> RowKeys:  # fmt: skip
    """Row numbers of the records behind a figure, in its own register: what ``plus`` adds lies behind those figures."""
    indicator = database.definitions.indicators[name]
    table = database.table(indicator.register)
    sql, parameters = figure_sql.rows_statement(table, indicator, span, office, area, days, kind)
    return RowKeys(array("q", chain.from_iterable(database.all(sql, parameters))))


def _groups(
    database: OpenDatabase, indicators: Sequence[IndicatorSpec]
) -> Iterator[tuple[RegisterTable, list[IndicatorSpec]]]:
    """Indicators that one pass can serve: of one register, one rows field and one date field."""
    groups: dict[tuple[str, str, str], list[IndicatorSpec]] = {}
    for indicator in indicators:
        groups.setdefault((indicator.register, indicator.rows, indicator.date_field), []).append(indicator)
    for (register, *_), group in groups.items():
        yield database.table(register), group


def _is_flow(table: RegisterTable, indicator: IndicatorSpec) -> bool:
    return indicator.aggregate is not Aggregate.DISTINCT and not figure_sql.is_stock(table, indicator)


def _is_plain_stock(table: RegisterTable, indicator: IndicatorSpec) -> bool:
    return indicator.aggregate is not Aggregate.DISTINCT and figure_sql.is_stock(table, indicator)


def _add_flows(
    database: OpenDatabase, table: RegisterTable, indicators: list[IndicatorSpec], ranges: Sequence[DateSpan],
    grouping: Grouping, sums: _Sums,
) -> None:  # fmt: skip
    parts = [indicators[start : start + AT_ONCE] for start in range(0, len(indicators), AT_ONCE)]
    for bounds, part in product(figure_sql.covered_blocks(ranges), parts):
        covering = [
            [place for place, span in enumerate(ranges) if span.start <= first <= span.end] for first in bounds[:-1]
        ]
        through = (
            bool(part[0].rows)
            and not table.spec.field(part[0].rows).seldom
            and "." not in part[0].date_field
            and _is_good_part(database, table, bounds, part[0].date_field or table.spec.date_field)
        )
        sql, parameters = figure_sql.flow_statement(table, part, bounds, grouping, through)
        for office, area, interval, *values in database.all(sql, parameters):
            for indicator, value in zip(part, values, strict=True):
                for place in covering[interval] if value else ():
                    key = (office, area, place, indicator.name)
                    sums[key] = sums.get(key, 0) + value


def _is_good_part(database: OpenDatabase, table: RegisterTable, bounds: Sequence[date], date_field: str) -> bool:
    """Whether reading the whole register costs less than looking up the records within the bounds one by one."""
    name, day = quoted(table.name), quoted(date_field)
    sql = f"SELECT count(*), (SELECT count(*) FROM {name} WHERE deleted = 0) FROM {name} WHERE deleted = 0"
    days = (bounds[0].isoformat(), bounds[-1].isoformat())
    within, total = database.one(f"{sql} AND {day} >= ? AND {day} < ?", days)
    return bool(within * _LOOK_UP_COST > total)


def _add_stocks(
    database: OpenDatabase, table: RegisterTable, indicators: list[IndicatorSpec], ranges: Sequence[DateSpan],
    grouping: Grouping, sums: _Sums,
) -> None:  # fmt: skip
    places: dict[tuple[date, str], list[int]] = {}  # the ranges that a figure of a day belongs to
    by_name = {indicator.name: indicator for indicator in indicators}
    for indicator in indicators:
        for place, span in enumerate(ranges):
            for day in figure_sql.stock_days(indicator, span):
                places.setdefault((day, indicator.name), []).append(place)
    wanted = [(by_name[name], day) for day, name in sorted(places)]
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        sql, parameters = figure_sql.stock_statement(table, part, grouping)
        for office, area, *values in database.all(sql, parameters):
            for (indicator, day), value in zip(part, values, strict=True):
                for place in places[(day, indicator.name)] if value else ():
                    key = (office, area, place, indicator.name)
                    sums[key] = sums.get(key, 0) + value


def _add_distinct(
    database: OpenDatabase, table: RegisterTable, indicator: IndicatorSpec, ranges: Sequence[DateSpan],
    grouping: Grouping, sums: _Sums,
) -> None:  # fmt: skip
    for place, span in enumerate(ranges):
        sql, parameters = figure_sql.distinct_statement(table, indicator, span, grouping)
        for office, area, value in database.all(sql, parameters):
            sums[(office, area, place, indicator.name)] = value


def _unscaled(database: OpenDatabase, indicator: IndicatorSpec, value: int) -> int | Decimal:
    """Sums of exact decimals leave their scale."""
    if indicator.aggregate is not Aggregate.SUM:
        return value
    register = database.definitions.registers[indicator.register]
    spec = register.field(indicator.rows).child(indicator.field) if indicator.rows else register.field(indicator.field)
    return Decimal(value).scaleb(-spec.digits) if spec.type is FieldType.DECIMAL else value


def _order(item: tuple[_Key, int | Decimal]) -> tuple[str, str, int, str]:
    (office, area, place, name), _ = item
    return office, area or "", place, name
