"""What every declared indicator should give, reckoned record by record in Python from its definition: no SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from thidua_desktop.formdef.model import Aggregate, Condition, IndicatorSpec, RegisterSpec
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery, Record


def holds(values: Mapping[str, Any], condition: Condition) -> bool:
    """Whether a record or child row meets a condition."""
    value = values.get(condition.field)
    empty = value in (None, "", (), False)
    if condition.values == ("",):
        return empty
    if condition.values == ("*",):
        return not empty
    given = value if isinstance(value, tuple) else (value,)
    texts = {("1" if one is True else "0" if one in (False, None) else str(one)) for one in given}
    return bool(texts & set(condition.values))


def in_span(spec: RegisterSpec, indicator: IndicatorSpec, record: Record, start: date, end: date) -> bool:
    """Whether a record counts in the days from ``start`` to ``end``."""
    values = record.values
    if spec.date_field and not indicator.stock:
        day = values.get(spec.date_field)
        return isinstance(day, date) and start <= day <= end
    begins, ends = values.get(spec.valid_from), values.get(spec.valid_to)
    return not ((isinstance(begins, date) and begins > end) or (isinstance(ends, date) and ends < end))


def counted(indicator: IndicatorSpec, records: Iterable[Record]) -> int | Decimal:
    """The figure over records that already lie in the span."""
    rows: list[Mapping[str, Any]] = []
    for record in records:
        if not all(holds(record.values, condition) for condition in indicator.where):
            continue
        children = record.values.get(indicator.rows, ()) if indicator.rows else (record.values,)
        rows += [row for row in children if all(holds(row, condition) for condition in indicator.row_where)]  # type: ignore[union-attr]
    if indicator.aggregate is Aggregate.COUNT:
        return len(rows)
    values = [row[indicator.field] for row in rows if row.get(indicator.field) not in (None, "")]
    return len(set(values)) if indicator.aggregate is Aggregate.DISTINCT else sum(values)


def all_records(session: Session, register: str) -> list[Record]:
    """Every living record of a register."""
    return list(session.file.records.every(ListQuery(register)))
