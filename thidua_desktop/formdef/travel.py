"""What of a record leaves the office: fields that travel, of registers that travel whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thidua_desktop.formdef.model import FieldSpec, RegisterSpec


def travelling_fields(register: RegisterSpec) -> tuple[FieldSpec, ...]:
    """The fields that go into a package; none when the register itself stays (``counts`` or ``none``).

    A sensitive field travels only where its definition says ``travels = true`` in so many words; the loader sees to
    it that it was said (see ``private_fields``).
    """
    if register.travels != "full":
        return ()
    return tuple(field for field in register.fields if field.travels)


def private_fields(register: RegisterSpec) -> tuple[FieldSpec, ...]:
    """The fields that stay in the office, for telling the officer what stays."""
    staying = set(register.fields) - set(travelling_fields(register))
    return tuple(field for field in register.living_fields if field in staying)


def package_row(register: RegisterSpec, plain: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a plain record that travels, child rows included; empty when the register stays."""
    row: dict[str, Any] = {}
    if register.travels != "full":
        return row
    for field in register.fields:
        value = plain.get(field.name) if field.travels else None
        if value is None:
            continue
        if field.fields and isinstance(value, list):
            names = [child.name for child in field.fields if child.travels]
            value = [{name: child[name] for name in names if name in child} for child in value]
        row[field.name] = value
    return row
