"""Rows of a table on paper put together by what they have in common: residential area, kind, rank, year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from thidua_desktop.formdef.model import FieldType, Row, Value, Values
from thidua_desktop.services.documents.listed_columns import ListedColumn, cell_of, value_of
from thidua_desktop.services.session import Session
from thidua_desktop.text import lower_first, sort_key


@dataclass(slots=True)
class RowsTogether:
    """Rows of one value, in the order that they had."""

    title: str
    rows: list[Values | Row] = field(default_factory=list)


def grouped_rows(
    session: Session, column: ListedColumn, rows: Sequence[Values | Row], far: Mapping[str, Values]
) -> list[RowsTogether]:
    """Rows by the value of a column: codes in the order of their catalog, numbers and days rising, others by their
    letters; last those that have none."""
    found: dict[str, RowsTogether] = {}
    places: dict[str, tuple[bool, int, str]] = {}
    for row in rows:
        value = value_of(column, row, far)
        title = cell_of(session, column, row, value)
        if title not in found:
            found[title] = RowsTogether(_shown(column, value, title))
            places[title] = _place(session, column, value, title)
        found[title].rows.append(row)
    return [found[title] for title in sorted(found, key=lambda one: places[one])]


def _shown(column: ListedColumn, value: Value, title: str) -> str:
    label = column.field.label
    if not title:
        return f"Chưa ghi {lower_first(label)}"
    if column.field.type is FieldType.BOOLEAN:
        return f"{label}: {title.lower()}"
    return f"{label} {title}" if isinstance(value, int) else title


def _place(session: Session, column: ListedColumn, value: Value, title: str) -> tuple[bool, int, str]:
    if isinstance(value, date):
        return (not title, value.toordinal(), "")
    if isinstance(value, int):
        return (not title, -value if isinstance(value, bool) else value, "")
    codes: dict[str, int] = {}
    if column.field.type is FieldType.CHOICE:
        items = session.definitions.catalogs[column.field.catalog].items
        codes = {item.code: number for number, item in enumerate(items)}
    return (not title, codes.get(str(value), 0), sort_key(title))
