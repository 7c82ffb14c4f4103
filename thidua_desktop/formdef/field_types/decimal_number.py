"""``decimal``: an exact number with ``digits`` places; stored scaled as an integer, plain as "12.50"."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, Plain, expect_type
from thidua_desktop.formdef.field_types.numbers import MOST, check_limits, typed_number
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value


def scaled(spec: FieldSpec, value: Decimal) -> int:
    """``value`` in units of its last place, as the office file keeps it."""
    return int(value.scaleb(spec.digits))


def parse_decimal(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """A number with at most ``digits`` places behind the comma; more are refused rather than rounded."""
    if not typed.strip():
        return None
    number = typed_number(spec, typed)
    exact = Decimal(number).quantize(Decimal(1).scaleb(-spec.digits))
    if exact != number:
        raise NotUnderstood("TD-DATA-109", label=spec.label, digits=spec.digits)
    return exact


def show_decimal(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """With points between thousands and a decimal comma."""
    return text.format_number(value) if isinstance(value, Decimal) else ""


def decimal_to_plain(spec: FieldSpec, value: Value) -> Plain:
    """Text with a point and all places: "12.50"; a whole number from program code is one too."""
    number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return f"{number:.{spec.digits}f}" if isinstance(number, Decimal) else None


def decimal_from_plain(spec: FieldSpec, plain: Plain) -> Value:
    """The exact number; raises ValueError for anything but such text."""
    if plain is None:
        return None
    expect_type(spec, plain, str)
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(f"{spec.name}: {plain}") from error
    if not number.is_finite() or not -MOST < number < MOST:
        raise ValueError(f"{spec.name}: {plain}")
    return number


def check_decimal(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """Limits and number of places."""
    problems = check_limits(spec, value, catalogs)
    if isinstance(value, Decimal) and value != value.quantize(Decimal(1).scaleb(-spec.digits)):
        problems.append(finding("TD-DATA-109", spec.name, label=spec.label, digits=spec.digits))
    return problems


def sample_decimal(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """The declared sample, else the least allowed number."""
    start = Decimal(spec.sample) if spec.sample else (spec.minimum or Decimal(1))
    return start.quantize(Decimal(1).scaleb(-spec.digits))


KIND = FieldKind(
    FieldType.DECIMAL, "INTEGER", parse_decimal, show_decimal, decimal_to_plain, decimal_from_plain, check_decimal,
    sample_decimal,
)  # fmt: skip
