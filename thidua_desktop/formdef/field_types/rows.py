"""``rows``: child rows with fields of their own, one level; kept in their order.

Typed as a block copied from a spreadsheet: one row per line, tabs between the living fields in their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import cast

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, Plain, expect_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, Row, Value

MOST_ROWS = 5_000


def _kind(spec: FieldSpec) -> FieldKind:
    return _kind_of_type(spec.type)


@cache
def _kind_of_type(kind: FieldType) -> FieldKind:
    from thidua_desktop.formdef.field_types import field_type

    return field_type(kind)


def living_children(spec: FieldSpec) -> tuple[FieldSpec, ...]:
    """The child fields that are not retired."""
    return tuple(child for child in spec.fields if not child.retired)


def rows_of(value: Value) -> tuple[Row, ...]:
    """The child rows of a rows value; none of any other."""
    if not isinstance(value, tuple):
        return ()
    return tuple(row for row in value if isinstance(row, Mapping))


def parse_rows(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """Rows of a pasted block; surplus cells are ignored, missing ones are empty."""
    children = living_children(spec)
    rows: list[Row] = []
    for line in typed.splitlines():
        cells = line.split("\t")
        row = {
            child.name: _kind(child).parse(child, cell, today, catalogs)
            for child, cell in zip(children, cells, strict=False)
        }
        kept = {name: value for name, value in row.items() if value is not None}
        if kept:
            rows.append(cast(Row, kept))
    return tuple(rows) or None


def show_rows(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """One line per row, tabs between cells: what ``parse`` reads and a spreadsheet takes."""
    children = living_children(spec)
    return "\n".join(
        "\t".join(" ".join(_kind(child).show(child, row.get(child.name), catalogs).split()) for child in children)
        for row in rows_of(value)
    )


def rows_to_plain(spec: FieldSpec, value: Value) -> Plain:
    """A list of dicts by child field name, empty cells left out."""
    if not isinstance(value, tuple):
        return None
    writers = [(child.name, child, _kind(child).to_plain) for child in spec.fields]
    return [
        {name: write(child, cell) for name, child, write in writers if (cell := row.get(name)) is not None}
        for row in rows_of(value)
    ]


def rows_from_plain(spec: FieldSpec, plain: Plain) -> Value:
    """The rows; names that the definition does not know are left out; raises ValueError for another shape."""
    if plain is None:
        return None
    expect_type(spec, plain, list)
    readers = [(child.name, child, _kind(child).from_plain) for child in spec.fields]
    rows: list[Row] = []
    for plain_row in plain:
        expect_type(spec, plain_row, dict)
        row: dict[str, Value] = {}
        for name, child, read in readers:
            cell = plain_row.get(name)
            if cell is not None and (value := read(child, cell)) is not None:
                row[name] = value
        rows.append(cast(Row, row))
    return tuple(rows) or None


def check_rows(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """Every child field of every row; places are written ``agenda[0].yes``."""
    rows = rows_of(value)
    if len(rows) > MOST_ROWS:
        return [finding("TD-DATA-124", spec.name, label=spec.label, limit=MOST_ROWS)]
    problems: list[Problem] = []
    children = living_children(spec)
    for number, row in enumerate(rows):
        for child in children:
            cell = row.get(child.name)
            if cell is None and not child.required:
                continue
            place = f"{spec.name}[{number}].{child.name}"
            if cell is None:
                problems.append(finding("TD-DATA-103", place, label=child.label))
                continue
            problems.extend(found._replace(field=place) for found in _kind(child).check(child, cell, catalogs))
    return problems


def sample_rows(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """One row of samples."""
    return (cast(Row, {child.name: _kind(child).sample(child, catalogs) for child in living_children(spec)}),)


KIND = FieldKind(FieldType.ROWS, "TEXT", parse_rows, show_rows, rows_to_plain, rows_from_plain, check_rows, sample_rows)
