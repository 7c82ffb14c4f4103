"""Tables on papers: child rows, records that link to the paper's record, or the selected records themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import (
    DocumentSpec,
    DocumentTable,
    FieldSpec,
    FieldType,
    RegisterSpec,
    Row,
    Value,
    Values,
)
from thidua_desktop.services import lists
from thidua_desktop.services.documents.linked import linked_records
from thidua_desktop.services.documents.listed_columns import (
    NUMBERS,
    ListedColumn,
    cell_of,
    far_values,
    head_of,
    listed_column,
    note_shown,
    value_of,
)
from thidua_desktop.services.documents.names import total_text
from thidua_desktop.services.documents.row_groups import grouped_rows
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record
from thidua_desktop.text import format_number, roman

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Column, RowGroup, Table, TableRow

_CENTRED = {FieldType.DATE, FieldType.TIME, FieldType.BOOLEAN}
_WEIGHED_ROWS = 200
_LEAST_SHARE, _MOST_SHARE = 5.0, 34.0
_SIZES = ((7, 12.0), (9, 11.0), (12, 10.0))
_SMALLEST = 9.0
_NOTHING = "Chưa có dòng nào"


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a table: what its rows have in common, their number, its sums (a cell for each column, or none)."""

    title: str
    count: int
    subtotal: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table that is ready, and the title that stands over it."""

    caption: str
    table: Table


def document_tables(session: Session, spec: DocumentSpec, records: Sequence[Record]) -> tuple[PaperTable, ...]:
    """The tables of a document, over its one record or over all selected ones."""
    return tuple(_document_table(session, spec, table, records) for table in spec.tables)


def _document_table(
    session: Session, spec: DocumentSpec, table: DocumentTable, records: Sequence[Record]
) -> PaperTable:
    register = session.register(table.register or spec.register)
    fields = register.field(table.rows).fields if table.rows else register.fields
    columns = [column for name in table.columns if (column := listed_column(session, fields, name)) is not None]
    listed = _listed(session, register, table, records)
    parting = listed_column(session, fields, table.group_by) if table.group_by else None
    far = far_values(session, [*columns, *([parting] if parting else [])], listed)
    parts = grouped_rows(session, parting, listed, far) if parting and session.sees(parting.field) else []
    listed = [row for part in parts for row in part.rows] or listed
    values = [[value_of(column, row, far) for column in columns] for row in listed]
    cells = [
        tuple(cell_of(session, column, row, value) for column, value in zip(columns, line, strict=True))
        for row, line in zip(listed, values, strict=True)
    ]
    heads = [head_of(column) for column in columns]
    foot = _sums(session, columns, table, table.totals, values) if cells else []
    groups, start = [], 0
    for part in parts:
        inner = values[start : start + len(part.rows)]
        groups.append(Group(part.title, len(inner), _sums(session, columns, table, table.subtotals, inner)))
        start += len(inner)
    owners = _owners(session, spec, table, records)
    if owners:
        heads = [office_head(session, register), *heads]
        cells = [(owners[id(row)], *line) for row, line in zip(listed, cells, strict=True)]
        foot = ["", *foot] if foot else foot
        groups = [replace(one, subtotal=["", *one.subtotal] if one.subtotal else ()) for one in groups]
    return PaperTable(table.caption, shaped_table(heads, cells, foot, groups=groups))


def _owners(
    session: Session, spec: DocumentSpec, table: DocumentTable, records: Sequence[Record]
) -> dict[int, str]:  # fmt: skip
    """Whose each selected record is, by the identity of its values; {} where all are of this one office.

    A province selects records of many communes: a letter has to name them.
    """
    own = session.file.identity.code
    itself = spec.scope == "selection" and not table.rows and not table.register
    if not itself or all(record.office == own for record in records):
        return {}
    names = lists.office_names(session)
    return {id(record.values): names.get(record.office, record.office) for record in records}


def office_head(session: Session, register: RegisterSpec) -> tuple[FieldSpec, str]:
    """Field and heading of the column that says whose a record is."""
    field = lists.column_field(register, lists.OFFICE)
    taken = {one.label for one in register.fields}
    return field, field.label if field.label not in taken else "Xã, phường, đặc khu"


def _sums(
    session: Session,
    columns: Sequence[ListedColumn],
    table: DocumentTable,
    summed: Sequence[str],
    values: Sequence[Sequence[Value]],
) -> list[str]:
    """A cell for each column, filled where it is summed; nothing where none is."""
    places = {number for number, name in enumerate(table.columns) if name in summed}
    return [
        total_text([line[number] for line in values]) if number in places and session.sees(column.field) else ""
        for number, column in enumerate(columns if summed else ())
    ]


def _listed(
    session: Session, register: RegisterSpec, table: DocumentTable, records: Sequence[Record]
) -> list[Values | Row]:
    if table.rows:
        seen = session.sees(register.field(table.rows))
        return [row for record in records if seen for row in rows_of(record.values.get(table.rows))]
    if table.register:
        found = linked_records(session, register, table.link, [record.id for record in records], table.where)
        note_shown(session, register.name, found)
        return [record.values for record in found]
    return [record.values for record in records]


def shaped_table(
    heads: Sequence[tuple[FieldSpec, str]],
    rows: Sequence[tuple[str, ...]],
    foot: Sequence[str],
    caption: str = "",
    groups: Sequence[Group] = (),
) -> Table:
    """A numbered table whose columns are as wide as what stands in them asks for; small letters where there are many.

    ``foot`` has a cell for each column, or is empty; ``groups`` divide the rows in their order. The rows are numbered
    through, the groups by Roman numerals.
    """
    from thidua_desktop.printing.blocks import Align, Cell, Column, Table

    columns = (Column("TT", 3.0, Align.CENTER), *_columns(heads, rows))
    whole = [number for number, (field, _) in enumerate(heads) if field.type is FieldType.PHONE]
    numbered = tuple((format_number(number), *_held(cells, whole)) for number, cells in enumerate(rows, start=1))
    none = ((Cell(_NOTHING, italic=True, columns=len(columns), align=Align.CENTER),),)
    totals: tuple[TableRow, ...] = (("", *_totals(foot)),) if foot else ()
    return Table(
        columns,
        numbered or none,
        totals=totals,
        caption=caption,
        size=_size(len(columns)),
        fits=True,
        groups=_groups(groups, len(columns)),
    )


def _groups(groups: Sequence[Group], columns: int) -> tuple[RowGroup, ...]:
    """Heads with the number of their rows: "II. Thôn Tân Lập (12)"."""
    from thidua_desktop.printing.blocks import Align, Cell, RowGroup

    made = []
    for number, group in enumerate(groups, start=1):
        title = f"{group.title} ({format_number(group.count)})"
        head = (Cell(roman(number), align=Align.CENTER), Cell(title, columns=columns - 1, align=Align.LEFT))
        summed = any(group.subtotal) and len(groups) > 1  # of one group the total says the same
        subtotal = ("", *_totals(group.subtotal, f"Cộng {roman(number)}")) if summed else None
        made.append(RowGroup(head, group.count, subtotal))
    return tuple(made)


def _held(cells: tuple[str, ...], whole: Sequence[int]) -> tuple[str, ...]:
    """Cells of which some are never broken: a telephone number on two lines is dialled wrongly."""
    if not whole:
        return cells
    return tuple(text.replace(" ", "\u00a0") if number in whole else text for number, text in enumerate(cells))


def _size(columns: int) -> float:
    """Many columns need small letters, or their rows grow high."""
    return next((size for most, size in _SIZES if columns <= most), _SMALLEST)


def _totals(foot: Sequence[str], word: str = "Cộng") -> list[str]:
    """The word for the sum stands in the first column that has none."""
    cells = list(foot)
    place = next((number for number, text in enumerate(cells) if not text), None)
    if place is not None:
        cells[place] = word
    return cells


def _columns(heads: Sequence[tuple[FieldSpec, str]], rows: Sequence[tuple[str, ...]]) -> list[Column]:
    from thidua_desktop.printing.blocks import Align, Column

    made = []
    for number, (field, label) in enumerate(heads):
        texts = [cells[number] for cells in rows[:_WEIGHED_ROWS]]
        align = Align.RIGHT if field.type in NUMBERS else Align.CENTER if field.type in _CENTRED else Align.LEFT
        made.append(Column(label, _share(label, texts), align))
    return made


def _share(label: str, texts: Sequence[str]) -> float:
    """A column's share: between the mean and the longest of its texts, and never less than its head asks for."""
    lengths = [len(text) for text in texts if text]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    wanted = max((max(lengths, default=0) + 2 * mean) / 3, len(label) / 2.5)
    return min(max(wanted, _LEAST_SHARE), _MOST_SHARE)
