"""The closed list of field types, each in one file; ``field_type`` finds the one of a field."""

from __future__ import annotations

from thidua_desktop.formdef.field_types import (
    boolean,
    choice,
    choices,
    clock_time,
    day,
    decimal_number,
    identity_number,
    integer,
    link,
    long_text,
    name,
    phone,
    rows,
    text_line,
)  # fmt: skip
from thidua_desktop.formdef.field_types.kind import NO_CATALOGS, Catalogs, FieldKind, NotUnderstood, Plain
from thidua_desktop.formdef.model import FieldSpec, FieldType

_KINDS: dict[FieldType, FieldKind] = {
    module.KIND.type: module.KIND
    for module in (
        boolean, choice, choices, clock_time, day, decimal_number, identity_number, integer, link, long_text, name,
        phone, rows, text_line,
    )
}  # fmt: skip


def field_type(spec_or_type: FieldSpec | FieldType) -> FieldKind:
    """The operations of a field's type."""
    return _KINDS[spec_or_type.type if isinstance(spec_or_type, FieldSpec) else spec_or_type]


__all__ = ["NO_CATALOGS", "Catalogs", "FieldKind", "NotUnderstood", "Plain", "field_type"]
