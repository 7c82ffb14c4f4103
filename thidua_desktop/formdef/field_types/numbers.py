"""What the two number types share: what is typed, limits and their sentences."""

from __future__ import annotations

from decimal import Decimal

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, Value

MOST = 10**15
"""Numbers from here on are slips of the finger, and would not fit the office file."""


_ALSO = {"lượt": ("lượt người", "người")}
"""What people write for a unit: who counts attendances counts people."""


def is_number(value: Value) -> bool:
    """Whether ``value`` is an int or Decimal; a bool is not."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def typed_number(spec: FieldSpec, typed: str) -> text.Number:
    """The number that a person typed, with or without the field's own unit ("12 hộ"); NotUnderstood TD-DATA-107."""
    number = text.parse_number(typed)
    said = text.nfc(typed).strip()
    for unit in (*_ALSO.get(spec.unit, ()), spec.unit) if number is None else ():
        if number is None and unit and said.casefold().endswith(unit.casefold()):
            number = text.parse_number(said[: -len(unit)])
    if number is None or not -MOST < number < MOST:
        raise NotUnderstood("TD-DATA-107", label=spec.label, typed=typed.strip())
    return number


def check_limits(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """The declared least and greatest number; without a declared least, zero."""
    if not isinstance(value, (int, Decimal)) or isinstance(value, bool):
        return []
    least = spec.minimum if spec.minimum is not None else Decimal(0)
    if value < least:
        return [finding("TD-DATA-105", spec.name, label=spec.label, least=_shown(spec, least))]
    if spec.maximum is not None and value > spec.maximum:
        return [finding("TD-DATA-106", spec.name, label=spec.label, greatest=_shown(spec, spec.maximum))]
    return []


def _shown(spec: FieldSpec, limit: Decimal | int) -> str:
    """A limit as the field shows its values: years without a point."""
    return str(limit) if spec.unit == "năm" else text.format_number(limit)
