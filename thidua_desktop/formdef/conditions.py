"""Conditions of definitions, asked of values in memory; ``store.list_sql`` asks the same of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thidua_desktop.formdef.model import Condition


def meets(conditions: Iterable[Condition], values: Mapping[str, object]) -> bool:
    """Whether a record or child row has what every condition asks for (days before a day are not asked here)."""
    return all(_meets_one(condition, values.get(condition.field)) for condition in conditions)


def _meets_one(condition: Condition, value: object) -> bool:
    empty = value in (None, "", ())
    if empty and "" in condition.values:
        return True
    if condition.values == ("*",):
        return not empty
    if isinstance(value, tuple):
        return any(str(one) in condition.values for one in value)
    if isinstance(value, bool):
        return ("1" if value else "0") in condition.values
    return not empty and str(value) in condition.values
