"""``integer``: a whole number typed as people type it (``1.250``)."""

from __future__ import annotations

from datetime import date

from thidua_desktop import text
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, Plain, as_is, expect_type
from thidua_desktop.formdef.field_types.numbers import MOST, check_limits, is_number, typed_number
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value


def parse_integer(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """A whole number; a fraction is refused rather than rounded."""
    if not typed.strip():
        return None
    number = typed_number(spec, typed)
    if number != int(number):
        raise NotUnderstood("TD-DATA-108", label=spec.label, typed=typed.strip())
    return int(number)


def show_integer(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """With points between thousands; years and ordinals (no unit, greatest below 10.000) as they are."""
    if not isinstance(value, int) or isinstance(value, bool):
        return ""
    return str(value) if 1000 <= value <= 9999 and spec.unit == "năm" else text.format_number(value)


def integer_from_plain(spec: FieldSpec, plain: Plain) -> Value:
    """An int; raises ValueError for anything else."""
    if plain is None:
        return None
    expect_type(spec, plain, int)
    if not -MOST < plain < MOST:
        raise ValueError(f"{spec.name}: {MOST}")
    return int(plain)


def sample_integer(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """The declared sample, else the least allowed number."""
    if spec.sample:
        return int(spec.sample)
    return int(spec.minimum) if is_number(spec.minimum) and spec.minimum else 1


KIND = FieldKind(
    FieldType.INTEGER, "INTEGER", parse_integer, show_integer, as_is, integer_from_plain, check_limits, sample_integer
)
