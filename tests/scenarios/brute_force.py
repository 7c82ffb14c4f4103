"""What every declared indicator should give, reckoned record by record in Python from its definition: no SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from thidua_desktop.formdef.model import Aggregate, Condition, Definitions, IndicatorSpec, RegisterSpec
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery, Record


def holds(values: Mapping[str, Any], condition: Condition) -> bool:
    """Whether a record or child row meets a condition."""
    value = values.get(condition.field)
    empty = value in (None, "", (), False)
    if "" in condition.values and empty:
        return True
    if condition.values == ("*",):
        return not empty
    given = value if isinstance(value, tuple) else (value,)
    texts = {("1" if one is True else "0" if one in (False, None) else str(one)) for one in given}
    return bool(texts & set(condition.values))


def in_span(spec: RegisterSpec, indicator: IndicatorSpec, record: Record, start: date, end: date) -> int:
    """How often a record counts in the days from ``start`` to ``end``: once or not at all, but for ``every``."""
    values = record.values
    dated = indicator.date_field or spec.date_field
    if dated and not indicator.stock:
        return int("." in dated or within(values.get(dated), start, end))  # each child row has a day of its own
    if indicator.opening:
        return int(stands(spec, record, start - timedelta(days=1)))
    if not indicator.every:
        return int(stands(spec, record, end))
    days = (start + timedelta(days=place) for place in range((end - start).days + 1))
    lasts = [day for day in days if (day + timedelta(days=1)).day == start.day][indicator.every - 1 :: indicator.every]
    return sum(stands(spec, record, day) for day in lasts)


def within(day: object, start: date, end: date) -> bool:
    """Whether a day is there and lies between two days."""
    return isinstance(day, date) and start <= day <= end


def stands(spec: RegisterSpec, record: Record, day: date) -> bool:
    """Whether a record stands on a day."""
    begins, ends = record.values.get(spec.valid_from), record.values.get(spec.valid_to)
    return not ((isinstance(begins, date) and begins > day) or (isinstance(ends, date) and ends < day))


def recounted(definitions: Definitions, name: str, records: Mapping[str, list[Record]], start: date, end: date,
              by_area: bool = False) -> dict[str, int | Decimal]:  # fmt: skip
    """The figure by area ("" for all of them together): what the indicator counts and what is added to it."""
    areas = {one.id: one for one in records["residential_area"]}
    found: dict[str, int | Decimal] = {}
    for one in (name, *definitions.indicators[name].plus):
        indicator = definitions.indicators[one]
        spec = definitions.registers[indicator.register]
        held_in: dict[str, list[Record]] = {}
        for record in records[spec.name]:
            if not in_area_of_type(spec, indicator, record, areas):
                continue
            area = record.id if spec.area_field == "id" else str(record.values.get(spec.area_field, ""))
            held_in.setdefault(area if by_area else "", []).extend(
                [record] * in_span(spec, indicator, record, start, end)
            )
        for area, held in held_in.items():
            found[area] = found.get(area, 0) + counted(indicator, held, start, end)
    return {area: value for area, value in found.items() if value}


def in_area_of_type(spec: RegisterSpec, indicator: IndicatorSpec, record: Record, areas: Mapping[str, Record]) -> bool:
    """Whether a record lies in a residential area of one of the indicator's types, if it names any."""
    if not indicator.area_types:
        return True
    area = areas.get(record.id if spec.area_field == "id" else str(record.values.get(spec.area_field)))
    given: Any = area.values.get("area_types", ()) if area else ()
    return bool(set(given) & set(indicator.area_types))


def counted(indicator: IndicatorSpec, records: Iterable[Record], start: date, end: date) -> int | Decimal:
    """The figure over records that already lie in the span."""
    rows: list[Mapping[str, Any]] = []
    for record in records:
        if not all(holds(record.values, condition) for condition in indicator.where):
            continue
        children = record.values.get(indicator.rows, ()) if indicator.rows else (record.values,)
        rows += [row for row in children if all(holds(row, condition) for condition in indicator.row_where)]  # type: ignore[union-attr]
    rows_name, _, column = indicator.date_field.rpartition(".")
    if rows_name:
        rows = [row for row in rows if within(row.get(column), start, end)]
    if indicator.aggregate is Aggregate.COUNT:
        return len(rows)
    values = [row[indicator.field] for row in rows if row.get(indicator.field) not in (None, "")]
    return len(set(values)) if indicator.aggregate is Aggregate.DISTINCT else sum(values)


def all_records(session: Session, register: str) -> list[Record]:
    """Every living record of a register."""
    return list(session.file.records.every(ListQuery(register)))
