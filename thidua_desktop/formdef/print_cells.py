"""A record as a paper shows it: parts with labels and values, and a small table for each list of child rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import Definitions, FieldSpec, FieldType, RegisterSpec, Value, Values


@dataclass(frozen=True, slots=True)
class PrintTable:
    """The child rows of one field: title, head, cells, and the field's name."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class PrintPart:
    """One section of the entry form on paper: (label, value with its unit) pairs and tables."""

    title: str
    cells: tuple[tuple[str, str], ...]
    tables: tuple[PrintTable, ...]


def print_parts(
    definitions: Definitions, register: RegisterSpec, values: Values, titles: Mapping[str, str]
) -> list[PrintPart]:
    """The filled fields of a record section by section; ``titles`` gives the titles of linked records by id.

    Sensitive fields and empty parts are left out.
    """
    parts = []
    for section in register.sections:
        fields = [register.field(name) for line in section.lines for name in line]
        shown = [field for field in fields if values.get(field.name) is not None and not field.sensitive]
        cells = tuple(
            (field.label, with_unit(field, show(definitions, field, values.get(field.name), titles)))
            for field in shown
            if field.type is not FieldType.ROWS
        )
        tables = tuple(
            _table(definitions, field, values.get(field.name), titles)
            for field in shown
            if field.type is FieldType.ROWS
        )
        if cells or tables:
            parts.append(PrintPart(section.title, cells, tables))
    return parts


def show(definitions: Definitions, field: FieldSpec, value: Value, titles: Mapping[str, str]) -> str:
    """One value as shown, links by their title."""
    if field.type is FieldType.LINK:
        return titles.get(value, "") if isinstance(value, str) else ""
    return field_type(field).show(field, value, definitions.catalogs)


def with_unit(field: FieldSpec, shown: str) -> str:
    """The value with its unit behind it; a year needs none."""
    return f"{shown} {field.unit}" if shown and field.unit and field.unit != "năm" else shown


def _table(definitions: Definitions, field: FieldSpec, value: Value, titles: Mapping[str, str]) -> PrintTable:
    children = [child for child in field.fields if not child.retired and not child.sensitive]
    rows = tuple(
        tuple(show(definitions, child, row.get(child.name), titles) for child in children) for row in rows_of(value)
    )
    return PrintTable(field.label, tuple(child.heading for child in children), rows, field.name)
