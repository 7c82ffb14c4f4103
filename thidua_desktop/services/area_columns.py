"""The column of a table that names residential areas whatever its head says: households are listed by "Địa chỉ"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from thidua_desktop.formdef.model import FieldType, RegisterSpec
from thidua_desktop.services import links
from thidua_desktop.services.raw_lines import RawLine
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_columns import ImportColumn, with_mapping

_LOOKED_AT = 50
_MOST = 0.8  # of the cells name an area of the office
_OF_WORDS = (FieldType.TEXT, FieldType.LONG_TEXT)


def with_area_column(
    session: Session,
    register: RegisterSpec,
    columns: tuple[ImportColumn, ...],
    lines: Sequence[RawLine],
    chosen: Collection[int | str],
) -> tuple[ImportColumn, ...]:
    """``columns``, where none is the area's, with the one whose cells nearly all name an area of this office.

    A column of other than words, or of what each record must have, stays what its head says; one that a person spoke
    of (``chosen``) is left alone.
    """
    area = register.by_name.get(register.area_field)
    if area is None or area.type is not FieldType.LINK or any(column.field == area.name for column in columns):
        return columns
    free = [
        column for column in columns if not {column.index, column.heading} & {*chosen} and _is_free(register, column)
    ]
    names = links.names_of(session, area.register) if free else None
    for column in free:
        cells = [line.cells[column.index] for line in lines[:_LOOKED_AT] if column.index < len(line.cells)]
        words = [cell for cell in cells if any(map(str.isalpha, cell))]
        named = sum(len(names.matching(cell, "", None)) == 1 for cell in words) if names is not None else 0
        if words and named >= _MOST * len([cell for cell in cells if cell]):
            return with_mapping(columns, {column.index: area.name})
    return columns


def _is_free(register: RegisterSpec, column: ImportColumn) -> bool:
    field = register.by_name.get(column.field or "")
    return field is None or (field.type in _OF_WORDS and not field.required)
