"""The columns that the definitions ask for; the office file's migrations are tested against this text."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import RegisterSpec


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register's table: the field's name and its SQL type."""

    name: str
    sql_type: str


def columns(register: RegisterSpec) -> list[Column]:
    """The columns of a register in the order of its fields, retired ones included: their data stay."""
    return [Column(field.name, field_type(field).sql_type) for field in register.fields]
