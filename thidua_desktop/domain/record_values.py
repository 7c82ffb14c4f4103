"""Values of a record as rules and sums read them: one kind of value at a time, whatever else may stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Values: TypeAlias = Mapping[str, object]
"""A record's values by field name; absent, None and "" all mean empty. Child rows: a sequence of mappings."""


def rows_of(value: object) -> Sequence[Mapping[str, object]]:
    """The child rows in a field's value; none when it is empty."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []


def number_of(values: Values, name: str) -> int | Decimal | None:
    """The number in a field, or None when it is empty or not a number."""
    value = values.get(name)
    return value if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def date_of(values: Values, name: str) -> date | None:
    """The day in a field (a date, or ISO text as the office file keeps it), or None."""
    value = values.get(name)
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def text_of(values: Values, name: str) -> str:
    """The text in a field, or "" when it is empty or no text."""
    value = values.get(name)
    return value if isinstance(value, str) else ""
